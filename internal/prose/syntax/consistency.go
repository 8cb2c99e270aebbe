package syntax

import (
	"math"
	"slices"
	"strings"
)

// The network chooses the head of each word by itself, so that now and then a
// verb gets two subjects, or a subject hangs on an auxiliary that hangs on
// another verb. settle looks for such trees and makes the single change of an
// arc that heals them at the least loss of likelihood.

// role is what a relation may not do.
type role struct {
	single  int  // relations of one number stand once under a head; 0 for any
	servant bool // its word serves another: no arguments of its own
	content bool // an argument or auxiliary, which servants have none of
	clause  bool // its word heads a clause
}

func roleOf(rel string) role {
	u, sub, _ := strings.Cut(rel, ":")
	switch u {
	case "nsubj", "csubj":
		if sub == "outer" {
			return role{content: true}
		}
		return role{single: 1, content: true}
	case "obj":
		return role{single: 2, content: true}
	case "iobj":
		return role{single: 3, content: true}
	case "cop":
		return role{single: 4, servant: true, content: true}
	case "aux":
		if sub == "pass" {
			return role{single: 5, servant: true, content: true}
		}
		return role{servant: true, content: true}
	case "ccomp":
		return role{content: true, clause: true}
	case "advcl", "parataxis":
		return role{clause: true}
	case "xcomp", "expl":
		return role{content: true}
	case "case", "det", "mark", "cc":
		return role{servant: true}
	}
	return role{}
}

// dearest change in likelihood (nats) that settle makes.
const dearest = 6

// faults counts what is wrong in the tree; blamed collects the words whose arc
// may be to blame.
func (p *Parser) faults(heads, rels []int, blamed *[]int) int {
	n := 0
	blame := func(words ...int) {
		n++
		if blamed != nil {
			*blamed = append(*blamed, words...)
		}
	}
	for i, h := range heads {
		if h < 0 {
			continue
		}
		r := p.roles[rels[i]]
		if r.content && heads[h] >= 0 && p.roles[rels[h]].servant {
			blame(i, h)
		}
		if r.servant && r.content && h > i+1 && p.parted(heads, rels, i, h) {
			blame(i)
		}
		if r.single == 0 {
			continue
		}
		for j := i + 1; j < len(heads); j++ {
			if heads[j] == h && p.roles[rels[j]].single == r.single {
				blame(i, j)
			}
		}
	}
	return n
}

// parted reports a clause of h between auxiliary i and h: in "has freed 21,
// officials said" the auxiliary is of the clause.
func (p *Parser) parted(heads, rels []int, i, h int) bool {
	for k := i + 1; k < h; k++ {
		if heads[k] == h && p.roles[rels[k]].clause {
			return true
		}
	}
	return false
}

// settle heals faults in place, one arc at a time.
func (p *Parser) settle(w *workspace, heads, rels []int) {
	for range 4 {
		w.blamed = w.blamed[:0]
		now := p.faults(heads, rels, &w.blamed)
		if now == 0 {
			return
		}
		slices.Sort(w.blamed)
		best, least := change{}, float32(dearest)
		for _, d := range slices.Compact(w.blamed) {
			if heads[d] < 0 {
				continue
			}
			c := p.cheapest(w, heads, rels, d, now)
			if c.found && c.loss < least {
				best, least = c, c.loss
			}
		}
		if !best.found {
			return
		}
		heads[best.word], rels[best.word] = best.head, best.rel
	}
}

// uncross gives two verbs each their own subject where a clause stands before
// its verb of saying: in "Varga, the envoy, flew home, Fjord News reported" a
// subject between the two verbs is that of the second, and one before both is
// that of the first. No single arc heals the exchange, so settle cannot.
func (p *Parser) uncross(heads, rels []int) {
	for c, v := range heads {
		r := p.roles[rels[c]]
		if v <= c || !r.content || !r.clause {
			continue
		}
		before, between := -1, -1
		for s, h := range heads {
			switch {
			case p.roles[rels[s]].single != 1:
			case h == v && s < c:
				before = s
			case h == c && s > c && s < v:
				between = s
			}
		}
		if before >= 0 && between >= 0 {
			heads[before], heads[between] = c, v
		}
	}
}

type change struct {
	word, head, rel int
	loss            float32
	found           bool
}

// cheapest is the best other arc of word d that leaves fewer faults than now.
func (p *Parser) cheapest(w *workspace, heads, rels []int, d, now int) change {
	m := p.model
	row := w.net.Heads[(d+1)*w.net.Wide:]
	h0, r0 := heads[d], rels[d]
	base := row[h0+1] + p.relation(w, d, h0)[r0]
	best := change{loss: dearest}
	aux := p.roles[r0].servant && p.roles[r0].content && p.auxiliary(w, d)
	for h := range heads {
		if h == d || row[h0+1]-row[h+1] > dearest || below(heads, h, d) {
			continue
		}
		scores := p.relation(w, d, h)
		for r := range m.Rels {
			loss := base - row[h+1] - scores[r]
			if r == p.root || h == h0 && r == r0 || loss >= best.loss || aux && !p.roles[r].servant {
				continue
			}
			heads[d], rels[d] = h, r
			if p.faults(heads, rels, nil) < now {
				best = change{d, h, r, loss, true}
			}
		}
		heads[d], rels[d] = h0, r0
	}
	return best
}

// auxiliary reports that word d is tagged AUX; such a word changes its head
// but stays an auxiliary.
func (p *Parser) auxiliary(w *workspace, d int) bool {
	r := p.model.Reading(w.net.Tags[(d+1)*w.net.TagWide:])
	return p.model.UPOS[r[0]] == "AUX"
}

// relation gives the log-likelihoods of the relations of d under h.
func (p *Parser) relation(w *workspace, d, h int) []float32 {
	scores := p.net.Relation(d+1, h+1, &w.net)
	if p.root >= 0 {
		scores[p.root] = -1e9
	}
	top := scores[argmax(scores)]
	var sum float64
	for _, v := range scores {
		sum += math.Exp(float64(v - top))
	}
	norm := top + float32(math.Log(sum))
	for i := range scores {
		scores[i] -= norm
	}
	return scores
}

func below(heads []int, i, a int) bool {
	for n := 0; i >= 0 && n <= len(heads); n++ {
		if i == a {
			return true
		}
		i = heads[i]
	}
	return false
}
