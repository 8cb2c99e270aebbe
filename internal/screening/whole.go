package screening

import (
	"cmp"
	"slices"

	"github.com/reportedly/reportedly/internal/names"
)

const (
	// wholeParty is the share of a score that is lost where its words stand in
	// several names of an entry.
	wholeParty = 0.08
	// tried is how many parties are looked at so.
	tried = 6
	// leastMixed is the least score of the one name that is looked at.
	leastMixed = 0.02
	// wholeFrom is how like a word of another name must be.
	wholeFrom = 0.9
)

// byWholeParties looks at the best parties found from index from on whose name
// and the name asked both have words left over: writers mix what a list gives
// as several names (Shane Crawford, alias Asadullah: Shane Asadullah Crawford).
func (ix *Index) byWholeParties(sc *scratch, m *names.Matcher, from int) {
	open := sc.open[:0]
	for _, f := range sc.found[from:] {
		if f.conflict && f.nameScore > leastMixed && f.nameScore < 0.9 {
			open = append(open, f)
		}
	}
	slices.SortFunc(open, func(a, b found) int {
		return cmp.Or(cmp.Compare(b.nameScore, a.nameScore), cmp.Compare(a.name, b.name))
	})
	sc.open = open
	for _, f := range open[:min(len(open), tried)] {
		l := &ix.names[f.name]
		side, more := ix.extended(sc, m, l)
		if !more {
			continue
		}
		m.Value(side)
		e := m.Evidence()
		v := likely(&e) * (1 - wholeParty)
		if v -= min(l.cost(v), v); v > f.nameScore {
			f.nameScore, f.whole = v, true
			sc.found = append(sc.found, f)
		}
	}
}

// extended is a listed name with those words of its party's other names that
// answer words of the name asked; more is false if there are none.
func (ix *Index) extended(sc *scratch, m *names.Matcher, l *listed) (side names.Side, more bool) {
	side = ix.side(l, sc.refs)
	ids := append(sc.ids[:0], side.IDs...)
	for i := range m.Asked() {
		if w := m.Asked()[i]; w.Kind != names.Plain || w.Syllables() == 1 || ix.best(m, i, ids) >= wholeFrom {
			continue
		}
		if id := ix.elsewhere(m, i, l); id >= 0 && len(ids) < names.MaxWords {
			ids = append(ids, id)
			side.Words = append(side.Words, &ix.words[id])
			more = true
		}
	}
	sc.ids = ids
	side.IDs, side.Fold = ids, 0
	return side, more
}

func (ix *Index) best(m *names.Matcher, i int, ids []int32) (like float64) {
	for _, id := range ids {
		v, _ := m.Alike(i, &ix.words[id], id)
		like = max(like, v)
	}
	return like
}

// elsewhere finds the word of another name of the party that word i of the name
// asked means, -1 if there is none.
func (ix *Index) elsewhere(m *names.Matcher, i int, l *listed) int32 {
	word, like := int32(-1), wholeFrom
	for k := range ix.namesOf(l.party) {
		n := &ix.names[k]
		if n.schema != l.schema || n.flags&doubled != 0 {
			continue
		}
		for _, id := range ix.spell[n.at : n.at+int32(n.n)] {
			if w := &ix.words[id]; w.Kind == names.Plain {
				if v, _ := m.Alike(i, w, id); v >= like {
					word, like = id, v+1e-9
				}
			}
		}
	}
	return word
}
