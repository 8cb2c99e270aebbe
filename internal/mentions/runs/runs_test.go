package runs

import (
	"strings"
	"testing"
	"unicode"

	"github.com/reportedly/reportedly/internal/names"
)

func lexicon(words ...string) *Lexicon {
	lex := &Lexicon{Known: NewFilter(len(words))}
	var entries []Entry
	for i, w := range words {
		word := names.WordAt(w, 0, len(w))
		lex.Words = append(lex.Words, word)
		lex.Sounds = append(lex.Sounds, Hash(word.Key)|1)
		for _, h := range WordHashes(word) {
			lex.Known.Add(h)
			entries = append(entries, Entry{Key: h, ID: uint32(i)})
		}
	}
	lex.Vocab = NewTable(entries)
	return lex
}

func TestWalk(t *testing.T) {
	lex := lexicon("qasim", "velayati", "zhukovin")
	for _, c := range []struct{ text, want string }{
		{"yesterday Gen. Qassem Velayati's aide spoke", "Gen Qassem Velayati"},
		{"Qasim al-Velayati, Zhukovin", "Qasim al Velayati|Zhukovin"},
		{"Qasim\n\nVelayati", "Qasim|Velayati"},
		{"nobody is named Here", ""},
		{"Жуковиным", "Жуковиным"},
	} {
		var got []string
		var s Scanner
		s.Walk(lex, c.text, Options{}, Readers{Run: func(run []Token) {
			var ws []string
			for _, t := range run {
				ws = append(ws, c.text[t.Start:t.End])
			}
			got = append(got, strings.Join(ws, " "))
		}})
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestTable(t *testing.T) {
	tab := NewTable([]Entry{{Key: 7, ID: 1}, {Key: 1 << 60, ID: 3}, {Key: 7, ID: 2}, {Key: 7, ID: 1}})
	if got := tab.Find(7); len(got) != 2 || got[0] != 1 || got[1] != 2 {
		t.Errorf("%v", got)
	}
	if len(tab.Find(8)) != 0 {
		t.Error("a key that is not there")
	}
}

func TestNumbers(t *testing.T) {
	text := "IMO 9000001, tail EP-GOX12, in 1999 or 12"
	var got []string
	new(Scanner).Walk(lexicon("qasim"), text, Options{}, Readers{Number: func(a, b int) { got = append(got, text[a:b]) }})
	if strings.Join(got, " ") != "9000001 EP-GOX12" {
		t.Errorf("%q", got)
	}
}

// Every byte at every place of a word of eight.
func TestNotable(t *testing.T) {
	for c := range 256 {
		for at := range 19 {
			b := []byte(strings.Repeat("a ", 10))
			b[at] = byte(c)
			want := len(b)
			if k := KindOfByte[c]; k != Other && k != Lower {
				want = at
			}
			if got := notable(string(b), 0); got != want {
				t.Fatalf("byte %d at %d: %d, want %d", c, at, got, want)
			}
		}
	}
}

// What is taken for a letter at a glance is one.
func TestPlainLetter(t *testing.T) {
	for r := rune(0x80); r < 0x800; r++ {
		b := string(r)
		if plainLetter(b[0], b[1]) && !unicode.IsLetter(r) {
			t.Errorf("%U", r)
		}
	}
}

func FuzzWalk(f *testing.F) {
	lex := lexicon("qasim")
	f.Add("Qasim\xff’s 徐 القاسم")
	f.Fuzz(func(t *testing.T, text string) {
		var s Scanner
		s.Walk(lex, text, Options{Deep: true}, Readers{Run: func(run []Token) {
			for _, k := range run {
				if k.Start < 0 || k.End > len(text) || k.Start > k.End {
					t.Fatalf("%+v", k)
				}
			}
		}, Number: func(a, b int) {
			if a < 0 || b > len(text) || a >= b {
				t.Fatal(a, b)
			}
		}})
	})
}
