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
		for i, t := range run {
			if t.Flags&runs.Known == 0 || t.Flags&(runs.Capital|runs.Caseless) == 0 || overlapsAny(taken, t) {
				continue
			}
			w := names.WordAt(r.text, t.Start, t.End)
			if len(w.Text) < 5 || names.Bearers(w.Text) > rareBearers || names.Ordinary(w.Text) > 0 || identity.IsCountryWord(w.Text) {
				continue
			}
			if namedWith(r.text, run, i) {
				continue
			}
			r.family(t, w, byParty)
		}
	}
}

const rareBearers = 12

// namedWith reports that a neighbour makes the word part of a longer name. A
// possessive parts the two.
func namedWith(text string, run []runs.Token, i int) bool {
	return i > 0 && run[i-1].Flags&runs.Closed == 0 && namePart(text, run[i-1]) ||
		i+1 < len(run) && run[i].Flags&runs.Closed == 0 && namePart(text, run[i+1])
}

// namePart reports a word that makes its neighbour part of a longer name.
func (r *reading) namePart(t runs.Token) bool { return namePart(r.text, t) }

func namePart(text string, t runs.Token) bool {
	w := names.WordAt(text, t.Start, t.End)
	return t.Flags&(runs.Capital|runs.Caseless) != 0 && names.KindOf(w.Text) == names.Plain && names.Ordinary(w.Text) == 0 && !identity.IsCountryWord(w.Text)
}

func (r *reading) family(t runs.Token, w names.Word, byParty map[int32]*bearer) {
	ids := r.ix.family.Find(t.Key)
	if len(ids) == 0 || len(ids) > 24 {
		return
	}
	h := found{span: story.Span{Start: t.Start, End: t.End}}
	for _, id := range ids {
		l := &r.ix.names[id]
		x := l.name.Words[l.family]
		s := names.WordLikeness(w, x)
		if s < 0.96 || h.has(l.party) || l.silent && !w.Consonants || names.Bearers(x.Text) > rareBearers {
			continue
		}
		if !l.name.Person() && (x.Text != w.Text || names.Bearers(x.Text) > 0) {
			continue
		}
		h.cands = append(h.cands, candidate{name: id, party: l.party, span: h.span, words: 1, rarity: x.Weight, score: s * 0.95})
	}
	if len(h.cands) == 0 || len(h.cands) > 3 {
		return
	}
	b := byParty[h.cands[0].party]
	if b == nil {
		b = &bearer{cands: map[int32]candidate{}, titles: map[string]bool{}, weak: true}
		r.bearers = append(r.bearers, b)
		byParty[h.cands[0].party] = b
	}
	r.join(b, h)
}
