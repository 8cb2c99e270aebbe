package mentions

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/party"
)

// Weights of evidence in log-odds against "somebody else", whose own weight
// is 0. Set by hand on data/claims (dev) and the UN list.
const (
	nameFull     = 3.0  // the listed name letter by letter
	nameSlope    = 13.0 // per point of likeness lost
	nameCommon   = 5.0  // per weight that the name's words lack to enough
	nameEnough   = 1.35
	oneWord      = -0.6 // a person's alias of one word
	partOnly     = -1.6 // a surname or part of a name alone
	weakAlias    = -0.5
	longerName   = -2.2
	acceptShare  = 0.72
	acceptSingle = 0.80
)

// weigh turns each bearer's candidates into hypotheses and decides.
func (r *reading) weigh() {
	ctx := r.context()
	for _, b := range r.bearers {
		r.hypotheses(b, ctx)
		b.status = r.decide(b)
	}
}

func (r *reading) hypotheses(b *bearer, ctx *context) {
	groups := map[int32]float64{} // log-odds
	hyps := map[int32]*Hypothesis{}
	most := 0
	for _, i := range b.order[:min(len(b.order), 12)] {
		c := b.cands[i]
		h := &Hypothesis{Party: r.ix.parties[i].ID, Name: r.ix.parties[i].PrimaryName()}
		odds := r.nameEvidence(b, c, h)
		words := 0
		for _, e := range ctx.evidence(&r.ix.parties[i], b) {
			odds += e.Weight
			if e.Feature == "listing" {
				words++
			}
			if e.Weight >= 0 {
				h.For = append(h.For, e)
			} else {
				h.Against = append(h.Against, e)
			}
		}
		most = max(most, words)
		groups[i], hyps[i] = odds, h
	}
	r.lacking(b, ctx, groups, hyps, most)
	total := 1.0
	for _, o := range groups {
		total += math.Exp(min(o, 30))
	}
	for i, h := range hyps {
		h.Score = math.Exp(min(groups[i], 30)) / total
		b.hyps = append(b.hyps, *h)
	}
	b.hyps = append(b.hyps, Hypothesis{Name: "somebody else", Score: 1 / total, For: r.somebodyElse(b)})
	slices.SortStableFunc(b.hyps, func(x, y Hypothesis) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.Party, y.Party))
	})
}

func (r *reading) somebodyElse(b *bearer) []Evidence {
	var out []Evidence
	c := b.best()
	if c.longer != "" {
		out = append(out, Evidence{Feature: "longer name", Text: "the text goes on with " + quoted(c.longer)})
	}
	if c.rarity < nameEnough && r.ix.names[c.name].name.Person() {
		out = append(out, Evidence{Feature: "common name", Text: "many people bear these words"})
	}
	return out
}

// nameEvidence gives the log-odds of the name alone.
func (r *reading) nameEvidence(b *bearer, c candidate, h *Hypothesis) float64 {
	l := &r.ix.names[c.name]
	odds := nameFull - nameSlope*(1-c.score)
	h.For = append(h.For, Evidence{Feature: "name", Weight: odds, Text: r.reachOf(c), Span: c.span})
	against := func(feature string, by float64, why string) {
		odds += by
		h.Against = append(h.Against, Evidence{Feature: feature, Weight: by, Text: why, Span: c.span})
	}
	if l.name.Person() {
		full := countFull(l.name)
		switch {
		case c.numbered:
		case c.words == 1 && full > 1:
			against("part", partOnly, "one word of a longer name")
		case c.words == 1:
			against("one word", oneWord, "a name of one word")
		case c.rarity < nameEnough:
			against("common name", -nameCommon*(nameEnough-c.rarity), "its words are common in names")
		}
	} else if c.words < countFull(l.name) && c.score < 0.9 {
		against("part", partOnly/2, "only part of the body's name")
	}
	if l.weak {
		against("weak alias", weakAlias, "the list calls the name weak")
	}
	if c.longer != "" {
		against("longer name", longerName, "the text goes on with "+quoted(c.longer))
	}
	return odds
}

// decide accepts a bearer whose leading party, with entries of other lists
// for the same bearer, is likely enough.
func (r *reading) decide(b *bearer) Status {
	lead, ok := Cluster{Hypotheses: b.hyps}.Best()
	if !ok {
		return Rejected
	}
	share := 0.0
	for _, h := range b.hyps {
		if h.Party != "" && (h.Party == lead.Party || r.sameBearer(b, lead.Party, h.Party)) {
			share += h.Score
		}
	}
	c := b.best()
	person := r.ix.names[c.name].name.Person()
	switch {
	case b.weak, person && c.words == 1 && !c.numbered && !c.exact:
		return Undecided
	case person && c.words == 1 && !c.numbered && share < acceptSingle:
		return Undecided
	case share >= acceptShare:
		return Accepted
	case share < 0.1:
		return Rejected
	}
	return Undecided
}

// sameBearer reports entries of two lists (or two entries of one) that seem to
// list one bearer: equal names and nothing that contradicts.
func (r *reading) sameBearer(b *bearer, x, y string) bool {
	var p, q *party.Party
	for _, i := range b.order {
		switch r.ix.parties[i].ID {
		case x:
			p = &r.ix.parties[i]
		case y:
			q = &r.ix.parties[i]
		}
	}
	if p == nil || q == nil || birthsDiffer(p, q) {
		return false
	}
	for _, n := range p.Names[:min(len(p.Names), 12)] {
		for _, m := range q.Names[:min(len(q.Names), 12)] {
			if names.Compare(names.Parse(n.Text, p.Schema), names.Parse(m.Text, q.Schema)).Value >= 0.97 {
				return true
			}
		}
	}
	return false
}

func birthsDiffer(p, q *party.Party) bool {
	said := false
	for _, a := range p.Births {
		for _, c := range q.Births {
			if a.Window.IsZero() || c.Window.IsZero() {
				continue
			}
			said = true
			if a.Window.Overlaps(c.Window) {
				return false
			}
		}
	}
	return said
}

func yearText(y int) string { return fmt.Sprintf("%d", y) }
