package speecheval

import (
	"strings"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/story"
)

func spans(in []goldSpan) []story.Span {
	var out []story.Span
	for _, s := range in {
		out = append(out, story.Span(s))
	}
	return out
}

func overlap(a, b []story.Span) int {
	n := 0
	for _, x := range a {
		for _, y := range b {
			n += max(0, min(x.End, y.End)-max(x.Start, y.Start))
		}
	}
	return n
}

func length(a []story.Span) int {
	n := 0
	for _, x := range a {
		n += x.Len()
	}
	return n
}

func equal(a, b []story.Span) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func words(text string, s []story.Span) string {
	var out []string
	for _, x := range s {
		out = append(out, x.Of(text))
	}
	return strings.Join(out, " ... ")
}

// sameHead: both without a source, or a head of the system's touches the word
// that heads the gold's.
func sameHead(g, s item) bool {
	if len(g.source) == 0 || len(s.source) == 0 {
		return len(g.source) == len(s.source)
	}
	return overlap(g.heads, s.heads) > 0
}

// goldHeads gives the word of each source span whose governor stands outside it,
// by the same trees that the system had, so that head rules do not differ; the
// whole span where a sentence has no tree.
func goldHeads(doc prose.Document, trees []syntax.Tree, source []story.Span) []story.Span {
	var out []story.Span
	for _, s := range source {
		out = append(out, headOf(doc, trees, s))
	}
	return out
}

func headOf(doc prose.Document, trees []syntax.Tree, s story.Span) story.Span {
	for i, sent := range doc.Sentences {
		if !sent.Overlaps(s) || i >= len(trees) || len(trees[i].Words) != len(sent.Tokens) {
			continue
		}
		for j, tok := range sent.Tokens {
			if !tok.Overlaps(s) {
				continue
			}
			h := trees[i].Words[j].Head
			if h < 0 || !sent.Tokens[h].Overlaps(s) {
				return tok.Span
			}
		}
	}
	return s
}

// directness types an attribution by how much of its content stands between
// quotation marks.
func directness(content []story.Span, quotes []speech.Quote) speech.Directness {
	quoted := 0
	for _, q := range quotes {
		quoted += overlap(content, []story.Span{q.Span})
	}
	switch {
	case quoted == 0:
		return speech.Indirect
	case quoted*10 >= length(content)*9:
		return speech.Direct
	}
	return speech.Mixed
}
