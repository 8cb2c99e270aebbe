package identity

import (
	_ "embed" // lives.tsv
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/mentions/runs"
	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/story"
)

//go:embed lives.tsv
var livesFile string

var lives = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for l := range strings.Lines(livesFile) {
		if !strings.HasPrefix(l, "#") {
			for _, w := range strings.Fields(l) {
				out[w] = true
			}
		}
	}
	return out
})

// Weights in log-odds; see evidence.go.
const (
	otherCalling = -3.0
	otherAge     = -4.0
	sameAge      = 1.2
	besideName   = 110 // bytes around a full name that speak of its bearer
)

// otherLife weighs what the words beside the name say of the bearer's calling
// and age.
func (c *Text) otherLife(p *party.Party, f *Facts, near []story.Span) []Reason {
	if p.Schema != party.Person && p.Schema != party.LegalEntity {
		return nil
	}
	var out []Reason
	calling, age := false, false
	for _, at := range near {
		from, to := max(0, at.Start-besideName), min(len(c.text), at.End+besideName)
		c.wordsIn(from, to, func(w string, span story.Span) {
			if !calling && !c.foreign && lives()[w] && !f.callings[w] {
				calling = true
				out = append(out, Reason{"calling", otherCalling, "the text says " + w + ", the entry nothing of the kind", span})
			}
			if !age {
				if e, ok := c.age(p, w, span); ok {
					age = true
					out = append(out, e)
				}
			}
		})
	}
	return out
}

// wordsIn gives the words of a stretch in small letters.
func (c *Text) wordsIn(from, to int, each func(string, story.Span)) {
	for i := from; i < to; {
		if runs.KindOfByte[c.text[i]] == runs.Other {
			i++
			continue
		}
		end := i
		for end < to && runs.KindOfByte[c.text[end]] != runs.Other {
			end++
		}
		each(string(names.AppendFold(nil, c.text[i:end])), story.Span{Start: i, End: end})
		i = end
	}
}

var agesInWords = map[string]int{
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
}

// age reads "aged 16", "16-year-old", ", 16," beside the name and compares it
// with the birth years of the entry on the day of publication.
func (c *Text) age(p *party.Party, w string, at story.Span) (Reason, bool) {
	n, err := strconv.Atoi(w)
	if err != nil {
		n = agesInWords[w]
	}
	year := c.day.Year
	if n < 5 || n > 105 || len(p.Births) == 0 || !c.isAge(at) {
		return Reason{}, false
	}
	nearest := 1 << 20
	for _, b := range p.Births {
		if b.Window.IsZero() {
			continue
		}
		if year == 0 {
			// Without a date of publication only a child is certain: nobody is
			// listed as one.
			if n < 18 {
				nearest = 99
			}
			continue
		}
		for y := b.Window.Earliest.Year; y <= b.Window.Latest.Year; y++ {
			d := year - n - y
			nearest = min(nearest, max(d, -d))
		}
	}
	switch {
	case nearest <= 1:
		return Reason{"age", sameAge, fmt.Sprintf("aged %d, as the entry's birth date gives", n), at}, true
	case nearest > 3 && nearest < 1<<20:
		return Reason{"age", otherAge, fmt.Sprintf("aged %d, which does not fit the entry's birth date", n), at}, true
	}
	return Reason{}, false
}

// isAge reports the words that make a number an age.
func (c *Text) isAge(at story.Span) bool {
	before := strings.ToLower(strings.TrimRight(c.text[max(0, at.Start-8):at.Start], " "))
	after := strings.ToLower(c.text[at.End:min(len(c.text), at.End+12)])
	switch {
	case strings.HasPrefix(after, "-year-old"), strings.HasPrefix(after, " year-old"), strings.HasPrefix(after, " years old"), strings.HasPrefix(after, "-jährig"):
		return true
	case strings.HasSuffix(before, "aged"), strings.HasSuffix(before, "age"):
		return true
	case strings.HasSuffix(before, " of") || strings.HasSuffix(before, "turned"):
		return agesInWords[strings.ToLower(at.Of(c.text))] > 0 || strings.HasSuffix(before, "turned")
	}
	return strings.HasSuffix(before, ",") && strings.HasPrefix(after, ",")
}
