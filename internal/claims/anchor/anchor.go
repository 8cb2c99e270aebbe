package anchor

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// Parts gives each of the triggers, in any order, its own part of the sentence
// in text: the sentence is cut before the clause of each trigger but the first,
// as in "withdrew his application in spring, | later obtaining citizenship
// elsewhere". Who says so stays with the part that he stands in. A trigger that
// is no token of the sentence leaves the sentence whole for all.
func Parts(text string, src prose.Sentence, cl *clause.Sentence, triggers []story.Span) []story.Span {
	out := make([]story.Span, len(triggers))
	at := make([]int, len(triggers))
	for n, t := range triggers {
		out[n] = src.Span
		at[n] = slices.IndexFunc(src.Tokens, func(k prose.Token) bool { return k.Overlaps(t) })
	}
	heads := slices.Compact(slices.Sorted(slices.Values(at)))
	if len(heads) < 2 || heads[0] < 0 {
		return out
	}
	start := src.Span.Start
	for k, h := range heads {
		end := src.Span.End
		if k+1 < len(heads) {
			end = src.Tokens[cl.Start(heads[k+1], h)].Start
		}
		span := trimmed(text, story.Span{Start: start, End: end})
		for n := range at {
			if at[n] == h {
				out[n] = span
			}
		}
		start = end
	}
	return out
}

// trimmed drops blanks and commas at the ends of a part.
func trimmed(text string, span story.Span) story.Span {
	t := span.Of(text)
	span.Start += len(t) - len(strings.TrimLeft(t, " ,;\n\t"))
	span.End -= len(t) - len(strings.TrimRight(t, " ,;\n\t"))
	return span
}
