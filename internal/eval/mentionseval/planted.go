package mentionseval

import (
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/translit"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// Planted is a spelling written into a text, and who must be found there.
type Planted struct {
	Text, Language string
	Span           story.Span // of the spelling, in bytes
	Spelling       string
	Party          string // ID, or list reference
	Kind           string
}

// PlantedResult counts spellings by kind: found = a mention lies there whose
// hypotheses hold the party, lead = he is the likeliest of them.
type PlantedResult struct {
	N      int                      `json:"n"`
	Found  float64                  `json:"found"`
	Lead   float64                  `json:"lead"`
	Kinds  map[string]PlantedResult `json:"kinds,omitempty"`
	Misses []Item                   `json:"misses,omitempty"`
}

// EvalPlanted reads every text and looks who is found at its span.
func EvalPlanted(ix *mentions.Index, planted []Planted) PlantedResult {
	type count struct{ n, found, lead int }
	byKind := map[string]*count{}
	var all count
	var out PlantedResult
	for _, p := range planted {
		c := byKind[p.Kind]
		if c == nil {
			c = &count{}
			byKind[p.Kind] = c
		}
		found, lead, why := p.in(ix)
		for _, c := range []*count{c, &all} {
			c.n++
			if found {
				c.found++
			}
			if lead {
				c.lead++
			}
		}
		if !found {
			out.Misses = append(out.Misses, Item{Article: p.Kind, Party: p.Party, Text: p.Spelling, Around: around(p.Text, p.Span), Why: why})
		}
	}
	result := func(c *count) PlantedResult {
		return PlantedResult{N: c.n, Found: share(c.found, c.n), Lead: share(c.lead, c.n)}
	}
	all2 := result(&all)
	all2.Misses = out.Misses
	if len(byKind) > 1 {
		all2.Kinds = map[string]PlantedResult{}
		for k, c := range byKind {
			all2.Kinds[k] = result(c)
		}
	}
	return all2
}

func (p Planted) in(ix *mentions.Index) (found, lead bool, why string) {
	r := ix.FindIn(story.Article{Text: p.Text, Language: p.Language}, func() prose.Document { return prose.Split(p.Text, p.Language) })
	why = "nothing found there"
	for _, m := range r.Mentions {
		if !m.Span.Overlaps(p.Span) {
			continue
		}
		c := r.Clusters[m.Cluster]
		best, _ := c.Best()
		why = "taken for " + best.Name
		lead = lead || p.is(best.Party)
		for _, h := range c.Hypotheses {
			found = found || p.is(h.Party)
		}
	}
	return found, lead, why
}

// is compares an ID with the wanted ID or reference.
func (p Planted) is(id string) bool {
	return id != "" && (id == p.Party || strings.HasSuffix(id, ":"+p.Party))
}

// carriers are sentences of plain news, one %s each, by script.
var carriers = map[string][]string{
	"Latn": {
		"Officials said on Monday that %s had been seen in the capital, and gave no further details.",
		"%s did not answer written questions, a spokesman for the court added.",
		"The report, published in March, names %s among those who were present.",
		"According to two people at the meeting, %s's aides left before noon.",
	},
	"Arab": {"وقال المسؤول يوم الاثنين إن %s وصل إلى العاصمة.", "ذكر التقرير اسم %s بين الحاضرين."},
	"Hebr": {"דובר המשטרה אמר ביום שני כי %s נראה בעיר."},
	"Cyrl": {"В понедельник сообщили, что %s находится в столице.", "В докладе назван %s."},
	"Hans": {"周一有报道称%s抵达了首都。", "报告中提到了%s的名字。"},
	"Hang": {"월요일 보도에 따르면 %s은 수도에 도착했다."},
	"Kana": {"月曜日の報道によると、%sは首都に到着した。"},
}

var languages = map[string]string{"Latn": "en", "Arab": "ar", "Hebr": "he", "Cyrl": "ru", "Hans": "zh", "Hang": "ko", "Kana": "ja"}

// scriptOf tells which carrier a spelling needs.
func scriptOf(s string) string {
	for _, r := range s {
		switch {
		case translit.Hangul(r):
			return "Hang"
		case translit.Kana(r):
			return "Kana"
		case translit.Han(r):
			return "Hans"
		case unicode.Is(unicode.Hebrew, r):
			return "Hebr"
		case unicode.Is(unicode.Arabic, r):
			return "Arab"
		case unicode.Is(unicode.Cyrillic, r):
			return "Cyrl"
		}
	}
	return "Latn"
}

// plant writes a spelling into a carrier of its script, the nth in turn.
func plant(spelling, id, kind string, n int) Planted {
	script := scriptOf(spelling)
	carrier := carriers[script][n%len(carriers[script])]
	at := strings.Index(carrier, "%s")
	return Planted{Text: strings.Replace(carrier, "%s", spelling, 1), Language: languages[script], Span: story.Span{Start: at, End: at + len(spelling)}, Spelling: spelling, Party: id, Kind: kind}
}

// Variants plants the queries of a CSV file with the columns query, reference
// and kind: names that other lists give to listed parties, and names in their
// original script.
func Variants(r io.Reader) ([]Planted, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("variants: %w", err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0][:min(3, len(rows[0]))], []string{"query", "reference", "kind"}) {
		return nil, fmt.Errorf("variants: the columns are not query, reference, kind")
	}
	var out []Planted
	for i, row := range rows[1:] {
		out = append(out, plant(row[0], row[1], row[2], i))
	}
	return out, nil
}

// slipWord is the least number of letters of a word that a slip is put into.
const slipWord = 6

// Slips plants every listed name in Latin letters that has a word of six
// letters or more, with one typing error in such a word, drawn with a fixed
// seed: a letter left out, doubled, put in, changed, or turned round with the
// next.
func Slips(parties []party.Party) []Planted {
	rnd := rand.New(rand.NewPCG(26, 11))
	var out []Planted
	for i := range parties {
		p := &parties[i]
		for _, n := range p.Names {
			if s, ok := slipIn(n.Text, rnd); ok {
				out = append(out, plant(s, p.ID, "slip", len(out)))
			}
		}
	}
	return out
}

func slipIn(name string, rnd *rand.Rand) (string, bool) {
	type word struct{ from, to int }
	var long []word
	for from := 0; from < len(name); {
		to := from
		for to < len(name) && (name[to]|0x20 >= 'a' && name[to]|0x20 <= 'z') {
			to++
		}
		if to-from >= slipWord {
			long = append(long, word{from, to})
		}
		from = to + 1
	}
	if len(long) == 0 || len(names.Words(name)) == 0 || strings.IndexFunc(name, func(r rune) bool { return r > 0x7f }) >= 0 {
		return "", false
	}
	w := long[rnd.IntN(len(long))]
	at := w.from + rnd.IntN(w.to-w.from-1)
	letter := name[at]&0x20 | 'A' + byte(rnd.IntN(26)) // of the case of its neighbour
	var s string
	switch rnd.IntN(5) {
	case 0:
		s = name[:at] + name[at+1:]
	case 1:
		s = name[:at] + name[at:at+1] + name[at:]
	case 2:
		s = name[:at] + string(letter) + name[at:]
	case 3:
		s = name[:at] + string(letter) + name[at+1:]
	default:
		s = name[:at] + name[at+1:at+2] + name[at:at+1] + name[at+2:]
	}
	return s, s != name
}
