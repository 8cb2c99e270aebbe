package echoes

import (
	"cmp"
	"slices"
)

// Tie is a likeness found between two articles, before it is settled which of
// its likenesses an article goes back to.
type Tie struct {
	Edge
	When   int64  // publication of the source, Unix seconds, 0 = unknown
	Outlet uint32 // hash of the source's outlet
}

// SameText reports relations whose two ends are one text: they have one root.
func (r Relation) SameText() bool { return r.IsCopy() && r != Credited && r != Uncredited }

// strength orders relations by how direct they are.
var strength = map[Relation]int{SameCapture: 6, Verbatim: 5, EditedCopy: 4, Translation: 3, Credited: 2, Uncredited: 1}

// Resolve gives for each copy the sources it goes back to: of several that
// carry the same story the nearest, of equally near ones the first; own updates
// beside it; an aggregation where it credits two sources of different root. The
// order of pairs does not matter. What an article goes back to depends on its
// own pairs and on the pairs of same text around the sources it credits, so
// that a part of the pairs gives the same answer for that article.
func Resolve(pairs []Tie) []Edge {
	pairs = slices.Clone(pairs)
	slices.SortFunc(pairs, func(a, b Tie) int {
		return cmp.Or(cmp.Compare(a.Copy, b.Copy), -cmp.Compare(strength[a.Relation], strength[b.Relation]),
			-cmp.Compare(a.Confidence, b.Confidence), cmp.Compare(a.When, b.When), cmp.Compare(a.Of, b.Of))
	})
	root := newForest()
	for _, e := range pairs {
		if e.Relation.SameText() {
			root.join(e.Copy, e.Of)
		}
	}
	var out []Edge
	for i := 0; i < len(pairs); {
		j := i
		for j < len(pairs) && pairs[j].Copy == pairs[i].Copy {
			j++
		}
		out = append(out, choose(pairs[i:j], root)...)
		i = j
	}
	return out
}

// choose keeps one copy edge of an article, the own updates, and where it
// credits two sources of different root an aggregation of both.
func choose(of []Tie, root *forest) []Edge {
	var out []Edge
	var best *Tie
	var credited []Tie
	for i, e := range of {
		switch {
		case e.Relation == OwnUpdate:
			out = append(out, e.Edge)
		case e.Relation == Credited:
			if !slices.ContainsFunc(credited, func(c Tie) bool { return root.find(c.Of) == root.find(e.Of) }) {
				credited = append(credited, e)
			}
			fallthrough
		default:
			if best == nil {
				best = &of[i]
			}
		}
	}
	if best == nil {
		return out
	}
	if best.Relation == Credited && len(credited) > 1 && outlets(credited) > 1 {
		for _, c := range credited {
			c.Relation = Aggregation
			out = append(out, c.Edge)
		}
		return out
	}
	return append(out, best.Edge)
}

func outlets(es []Tie) int {
	m := map[uint32]bool{}
	for _, e := range es {
		m[e.Outlet] = true
	}
	return len(m)
}

// forest is a union-find over article ids.
type forest struct{ up map[string]string }

func newForest() *forest { return &forest{map[string]string{}} }

func (f *forest) find(s string) string {
	for {
		u, ok := f.up[s]
		if !ok || u == s {
			return s
		}
		s = u
	}
}

// join keeps the smaller id as root, so that the result has one form.
func (f *forest) join(a, b string) {
	a, b = f.find(a), f.find(b)
	if a > b {
		a, b = b, a
	}
	if a != b {
		f.up[b] = a
	}
}
