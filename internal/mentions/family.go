package mentions

import (
	"github.com/reportedly/reportedly/internal/mentions/identity"
	"github.com/reportedly/reportedly/internal/mentions/runs"
	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/story"
)

// families offers rare family names that stand alone where the text never
// gives the full name: undecided at best, but shown.
func (r *reading) families() {
	taken := r.taken()
	byParty := map[int32]*bearer{}
	for _, run := range r.runs {
		for i := range run {
			t := &run[i]
			if len(t.Family) == 0 || t.Flags&(runs.Capital|runs.Caseless) == 0 || overlapsAny(taken, story.Span{Start: t.Start, End: t.End}) || r.ix.namedWith(run, i) {
				continue
			}
			r.family(t, byParty)
		}
	}
}

// familyLike is the least likeness of a word that stands alone to the family
// name it may be.
const familyLike = 0.96

const rareBearers = 12

// namedWith reports that a neighbour makes the word part of a longer name. A
// possessive parts the two.
func (ix *Index) namedWith(run []runs.Token, i int) bool {
	return i > 0 && run[i-1].Flags&runs.Closed == 0 && ix.namePart(&run[i-1]) ||
		i+1 < len(run) && run[i].Flags&runs.Closed == 0 && ix.namePart(&run[i+1])
}

// namePart reports a word that makes its neighbour part of a longer name.
func (ix *Index) namePart(t *runs.Token) bool {
	if t.Flags&runs.Caseless != 0 {
		return ix.lex.Spelt(t.Word) && t.More().Kind == names.Plain
	}
	return t.Flags&runs.Capital != 0 && t.More().Kind == names.Plain && t.More().Ordinary == 0 && !identity.IsCountryWord(t.Folded().Text)
}

func (r *reading) family(t *runs.Token, byParty map[int32]*bearer) {
	h := found{span: story.Span{Start: t.Start, End: t.End}}
	for _, id := range t.Family {
		l := r.ix.at(id)
		if h.has(l.party) {
			continue
		}
		x := l.name.Words[l.family]
		h.cands = append(h.cands, candidate{name: id, party: l.party, span: h.span, words: 1, rarity: x.Weight, score: names.WordLikeness(*t.Folded(), x) * 0.95})
	}
	b := byParty[h.cands[0].party]
	if b == nil {
		b = &bearer{cands: map[int32]candidate{}, titles: map[string]bool{}, weak: true}
		r.bearers = append(r.bearers, b)
		byParty[h.cands[0].party] = b
	}
	r.join(b, h)
}
