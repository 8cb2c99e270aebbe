package claims

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// parts gives each of several deeds of one kind that one sentence tells its own
// part of the sentence as evidence: "withdrew his application in spring, later
// obtaining citizenship elsewhere". A lone deed keeps the whole sentence, with
// whoever says so in it.
func (r *reader) parts() {
	type kind struct {
		sentence int
		family   string
		denial   bool
	}
	groups := map[kind][]int{}
	for n, c := range r.found {
		k := kind{c.Sentence, c.Activity.Family(), c.Act.IsDenialOrNone()}
		groups[k] = append(groups[k], n)
	}
	for k, group := range groups {
		if len(group) < 2 {
			continue
		}
		if s := r.At(k.sentence); s != nil {
			r.part(s, group)
		}
	}
}

// part cuts sentence s before the clause of each trigger but the first.
func (r *reader) part(s *sentence, group []int) {
	slices.SortStableFunc(group, func(a, b int) int { return r.found[a].Trigger.Start - r.found[b].Trigger.Start })
	var heads []int // tokens of the triggers, each once
	for _, n := range group {
		h := slices.IndexFunc(s.Src.Tokens, func(t prose.Token) bool { return t.Overlaps(r.found[n].Trigger) })
		if h < 0 || r.found[n].Evidence != s.Src.Span {
			return // anchored elsewhere already
		}
		if len(heads) == 0 || heads[len(heads)-1] != h {
			heads = append(heads, h)
		}
	}
	start := s.Src.Span.Start
	for k, h := range heads {
		end := s.Src.Span.End
		if k+1 < len(heads) {
			end = s.Src.Tokens[clauseStart(s, heads[k+1], h)].Start
		}
		span := trimmed(r.in.Document.Text, story.Span{Start: start, End: end})
		for _, n := range group {
			if r.found[n].Trigger.Overlaps(s.Src.Tokens[h].Span) {
				r.found[n].Evidence = span
			}
		}
		start = end
	}
}

// clauseStart is the first token of the clause of trigger h that stands behind
// token after.
func clauseStart(s *sentence, h, after int) int {
	at := h
	for {
		first := at
		for i := range s.Cl.Tree.Words {
			if i > after && i < first && within(s, i, at) {
				first = i
			}
		}
		// A trigger that is the object of a verb behind the cut goes with it:
		// "and received a shipment".
		up := s.Cl.Tree.Words[at].Head
		if up <= after || up >= len(s.Cl.Tree.Words) || within(s, after, up) {
			return first
		}
		at = up
	}
}

// within reports that token i hangs below token top, or is it.
func within(s *sentence, i, top int) bool {
	for n := 0; i >= 0 && n < len(s.Cl.Tree.Words); n++ {
		if i == top {
			return true
		}
		i = s.Cl.Tree.Words[i].Head
	}
	return false
}

// trimmed drops blanks and commas at the ends of a part.
func trimmed(text string, span story.Span) story.Span {
	t := span.Of(text)
	span.Start += len(t) - len(strings.TrimLeft(t, " ,;\n\t"))
	span.End -= len(t) - len(strings.TrimRight(t, " ,;\n\t"))
	return span
}
