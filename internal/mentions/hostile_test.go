package mentions

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// hostile are texts that no newspaper prints, each as long as asked.
var hostile = map[string]func(n int) string{
	"one name a thousand times":  func(n int) string { return strings.Repeat("Qasim Velayati ", n/15) },
	"one name with full stops":   func(n int) string { return strings.Repeat("Qasim Velayati. ", n/16) },
	"no blank and no line break": func(n int) string { return strings.Repeat("a", n) },
	"capitals without a blank":   func(n int) string { return strings.Repeat("Q", n) },
	"digits and hyphens":         func(n int) string { return strings.Repeat("9-", n/2) },
	"all words are given names":  func(n int) string { return strings.Repeat("Mohammed Ali Abdul Rahman ", n/26) },
	"invalid UTF-8":              func(n int) string { return strings.Repeat("Qasim \xff\xfe Velayati\x00", n/19) },
	"UTF-16":                     func(n int) string { return strings.Repeat("Q\x00a\x00s\x00i\x00m\x00 \x00", n/12) },
	"Chinese":                    func(n int) string { return strings.Repeat("徐耀林访问了北京", n/24) },
	"Arabic prefixes":            func(n int) string { return strings.Repeat("وقاسم ولایتی ", n/24) },
	"apostrophes":                func(n int) string { return strings.Repeat("Q'a's'", n/6) },
	"He and She":                 func(n int) string { return "Qasim Velayati. " + strings.Repeat("He left. She left. ", n/19) },
	"bytes by chance": func(n int) string {
		r, b := rand.New(rand.NewPCG(1, 1)), make([]byte, n)
		for i := range b {
			b[i] = byte(r.UintN(256))
		}
		return string(b)
	},
	"slips by chance": func(n int) string {
		r, b := rand.New(rand.NewPCG(1, 1)), []byte(strings.Repeat("Velayati Zhukovin ", n/18))
		for i := 0; i < len(b); i += 7 {
			if b[i] != ' ' {
				b[i] = 'a' + byte(r.UintN(26))
			}
		}
		return string(b)
	},
}

// A hostile text costs at most some multiple of plain news, a megabyte of each,
// and never a panic or a span outside the text.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const size = 200_000
	ix := New(parties())
	run := func(text string) time.Duration {
		begin := time.Now()
		r := ix.FindIn(story.Article{Text: text}, func() prose.Document { return prose.Split(text, "en") })
		for _, m := range r.Mentions {
			if m.Start < 0 || m.End > len(text) || m.Start >= m.End {
				t.Fatalf("span %d..%d of %d bytes", m.Start, m.End, len(text))
			}
		}
		return time.Since(begin)
	}
	for name, make := range hostile {
		if d := run(make(size)); d > 4*time.Second {
			t.Errorf("%s: %v for %d bytes", name, d, size)
		} else {
			t.Logf("%s: %v", name, d)
		}
	}
}

func FuzzHostile(f *testing.F) {
	ix := New(parties())
	for _, make := range hostile {
		f.Add(make(300), "en")
	}
	f.Fuzz(func(t *testing.T, text, language string) {
		r := ix.FindIn(story.Article{Text: text, Language: language}, func() prose.Document { return prose.Split(text, language) })
		for _, m := range r.Mentions {
			if m.Start < 0 || m.End > len(text) || m.Start >= m.End || m.Text != text[m.Start:m.End] || m.Cluster >= len(r.Clusters) {
				t.Fatalf("%+v in %q", m, text)
			}
		}
	})
}
