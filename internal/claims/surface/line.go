package surface

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/story"
)

// line is one sentence with what the rooms found in it, by token.
type line struct {
	n                    int
	src                  prose.Sentence
	low                  []string
	mention, place, date []int // token -> index, -1
	cue                  []bool
}

func (r *reader) newLine(n int, src prose.Sentence) *line {
	s := &line{n: n, src: src}
	for _, t := range src.Tokens {
		s.low = append(s.low, fold(t.Text))
		s.mention, s.place, s.date, s.cue = append(s.mention, -1), append(s.place, -1), append(s.date, -1), append(s.cue, false)
	}
	mark := func(span story.Span, do func(t int)) {
		if !span.Overlaps(src.Span) {
			return
		}
		for t, tok := range src.Tokens {
			if tok.Span.Overlaps(span) {
				do(t)
			}
		}
	}
	for i, m := range r.in.Mentions.Mentions {
		if m.Overlaps(src.Span) && r.nameLike(m.Text) {
			mark(m.Span, func(t int) { s.mention[t] = i })
		}
	}
	for i, p := range r.in.Places {
		if p.Use == places.Literal || p.Use == places.Government {
			mark(p.Span, func(t int) { s.place[t] = i })
		}
	}
	for i, d := range r.in.Dates {
		mark(d.Span, func(t int) { s.date[t] = i })
	}
	for _, a := range r.in.Speech {
		mark(a.Cue, func(t int) { s.cue[t] = true })
	}
	return s
}

// nameLike refuses what is a small word of the language, though it may spell
// like part of a name somewhere else ("El", "من").
func (r *reader) nameLike(name string) bool {
	words := strings.Fields(fold(name))
	for n, w := range words {
		if len(words) == 1 && (r.lang.any(w, "article", "title") || utf8.RuneCountInString(w) < 3) || n == len(words)-1 && r.lang.any(w, "oblique", "that", "stop") {
			return false
		}
	}
	return true
}

// span of tokens [a, b).
func (s *line) span(a, b int) story.Span {
	return story.Span{Start: s.src.Tokens[a].Start, End: s.src.Tokens[b-1].End}
}

// match gives the number of tokens that the steps take from i on, 0 if they do
// not fit; what may be left out is taken where that fits.
func (s *line) match(steps []step, i int) int {
	if at := s.take(steps, i); at >= 0 {
		return at - i
	}
	return 0
}

func (s *line) take(steps []step, at int) int {
	if len(steps) == 0 {
		return at
	}
	if at < len(s.low) && steps[0].re.MatchString(s.low[at]) {
		if end := s.take(steps[1:], at+1); end >= 0 {
			return end
		}
	}
	if steps[0].optional {
		return s.take(steps[1:], at)
	}
	return -1
}

func isComma(w string) bool { return w == "," || w == "،" }

// ends reports marks that no clause reaches over.
func ends(w string) bool {
	switch w {
	case ".", ";", ":", "؛", "!", "?", "؟", "…", "—", "–", "-", "(", ")", "«", "»", "“", "”", "\"":
		return true
	}
	return false
}

func (s *line) capital(t int) bool {
	c, _ := utf8.DecodeRuneInString(s.src.Tokens[t].Text)
	return unicode.IsUpper(c)
}

func (s *line) question() bool {
	return strings.ContainsAny(s.low[len(s.low)-1], "?؟") || len(s.low) > 1 && strings.ContainsAny(s.low[len(s.low)-2], "?؟")
}

// opening gives the token of the mention that holds token t at which it begins.
func (s *line) opening(t int) int {
	for t > 0 && s.mention[t-1] == s.mention[t] {
		t--
	}
	return t
}

func (s *line) closing(t int) int {
	for t+1 < len(s.low) && s.mention[t+1] == s.mention[t] {
		t++
	}
	return t
}
