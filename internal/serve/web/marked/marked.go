package marked

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/story"
)

// Piece is a stretch of text under the same spans.
type Piece struct {
	Text   string
	In     []int // indices of the spans that cover it
	Begins []int // of those, the ones that begin here
	Ends   []int // of those, the ones that end here
}

// Paragraphs cuts text at line breaks and at the ends of spans. A span that
// goes over a line break begins once and ends once. Spans that are empty or do
// not lie within the text are left out.
func Paragraphs(text string, spans []story.Span) [][]Piece {
	cuts := []int{0, len(text)}
	for i, s := range spans {
		if valid(text, s) {
			cuts = append(cuts, spans[i].Start, spans[i].End)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	out := [][]Piece{nil}
	for i := 1; i < len(cuts); i++ {
		from, to := cuts[i-1], cuts[i]
		base := Piece{}
		for n, s := range spans {
			if valid(text, s) && s.Start <= from && to <= s.End {
				base.In = append(base.In, n)
			}
		}
		lines := strings.Split(text[from:to], "\n")
		for l, line := range lines {
			if l > 0 {
				out = append(out, nil)
			}
			p := Piece{Text: line, In: base.In}
			for _, n := range base.In {
				if l == 0 && spans[n].Start == from {
					p.Begins = append(p.Begins, n)
				}
				if l == len(lines)-1 && spans[n].End == to {
					p.Ends = append(p.Ends, n)
				}
			}
			if line != "" || len(p.Begins)+len(p.Ends) > 0 {
				out[len(out)-1] = append(out[len(out)-1], p)
			}
		}
	}
	return out
}

func valid(text string, s story.Span) bool {
	return s.Start >= 0 && s.Start < s.End && s.End <= len(text)
}

// Around gives the stretch of text around a span, cut at spaces, for a snippet
// of about n bytes on either side.
func Around(text string, s story.Span, n int) (before, at, after string) {
	if !valid(text, s) {
		return "", "", ""
	}
	from, to := max(s.Start-n, 0), min(s.End+n, len(text))
	before, after = text[from:s.Start], text[s.End:to]
	if i := strings.IndexAny(before, " \n"); from > 0 && i >= 0 {
		before = "… " + before[i+1:]
	}
	if to < len(text) {
		if i := strings.LastIndexAny(after, " \n"); i >= 0 && !strings.ContainsRune(" \n", rune(text[to])) {
			after = after[:i]
		}
		after += " …"
	}
	return strings.ToValidUTF8(before, ""), text[s.Start:s.End], strings.ToValidUTF8(after, "")
}
