package marked

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/story"
)

// Snip is a piece of a snippet.
type Snip struct {
	Text string
	Hit  bool // one of the words looked for
}

// half of a snippet beside the words, in bytes.
const half = 110

// Snippet cuts the stretch around the first of the words, all of them
func Snippet(text, words string) []Snip {
	spans := hits(text, words)
	if len(spans) == 0 {
		return []Snip{{Text: strings.ToValidUTF8(text[:min(len(text), 2*half)], "")}}
	}
	before, at, after := Around(text, spans[0], half)
	whole := before + at + after
	var out []Snip
	for _, para := range Paragraphs(strings.ReplaceAll(whole, "\n", " "), hits(whole, words)) {
		for _, piece := range para {
			out = append(out, Snip{piece.Text, len(piece.In) > 0})
		}
	}
	return out
}

// hits finds words in a text, case ignored where that does not change the
// length of the text.
func hits(text, words string) []story.Span {
	low := strings.ToLower(text)
	if len(low) != len(text) {
		low = text
	}
	var out []story.Span
	for _, w := range strings.Fields(strings.ToLower(words)) {
		w = strings.Trim(w, `"*`)
		for at := 0; w != "" && len(out) < 50; {
			i := strings.Index(low[at:], w)
			if i < 0 {
				break
			}
			out = append(out, story.Span{Start: at + i, End: at + i + len(w)})
			at += i + len(w)
		}
	}
	slices.SortFunc(out, func(a, b story.Span) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	return out
}
