package echoes

import (
	"cmp"
	"slices"

	"github.com/reportedly/reportedly/internal/story"
)

// Index remembers the prints of articles and finds, for each new one, those it
// goes back to or that go back to it. It is not safe for use by several
// goroutines at once.
type Index struct {
	// Options of the index; set before the first Add.
	Options Options

	prints   []*print
	at       map[string]int
	shingles map[uint32][]int32
	facts    map[uint64][]int32
	pairs    []Edge
}

// Options change how outlets are told apart.
type Options struct {
	// Outlet gives the lasting name of an outlet under whatever name an article
	// has it ("AP", "Associated Press"); nil takes names as they are.
	Outlet func(name string) string
}

// maxPostings bounds a posting list: what stands in more articles is
// boilerplate, or a name too common to lead to a source.
const maxPostings = 400

// NewIndex makes an empty index.
func NewIndex(o Options) *Index {
	return &Index{Options: o, at: map[string]int{}, shingles: map[uint32][]int32{}, facts: map[uint64][]int32{}}
}

// Add takes an article in and gives the edges that it brings, as the copy or
// as the source. An article added twice changes nothing.
func (x *Index) Add(a story.Article) []Edge {
	if _, ok := x.at[a.ID]; ok {
		return nil
	}
	if x.Options.Outlet != nil {
		a.Outlet = x.Options.Outlet(a.Outlet)
	}
	p := newPrint(a)
	var found []Edge
	for _, i := range x.candidates(p) {
		if e, ok := judge(x.prints[i], p); ok {
			found = append(found, e)
		}
	}
	x.enter(p)
	x.pairs = append(x.pairs, found...)
	return found
}

// Pair judges two articles by themselves.
func Pair(a, b story.Article) (Edge, Likeness, bool) {
	p, q := ordered(newPrint(a), newPrint(b))
	e, ok := judge(p, q)
	return e, compare(p, q), ok
}

func judge(p, q *print) (Edge, bool) {
	a, b := ordered(p, q)
	l := compare(a, b)
	rel, conf, ok := relate(a, b, l)
	if !ok {
		return Edge{}, false
	}
	return Edge{Copy: b.id, Of: a.id, Relation: rel, Confidence: min(conf, 1), Evidence: l.evidence(rel), DecidedBy: "machine"}, true
}

// ordered puts first the one that had the story first: by credit where one
// credits the other and is not the earlier by more than a day, by time, and
// where that is not known by length, the copy being the shorter.
func ordered(p, q *print) (*print, *print) {
	if p.published != 0 && q.published != 0 && p.published != q.published {
		if p.published > q.published {
			p, q = q, p
		}
		if q.published-p.published < 86400 && credit(q, p) == "line" && credit(p, q) == "" {
			p, q = q, p
		}
		return p, q
	}
	pq, qp := credit(p, q), credit(q, p)
	swap := false
	switch {
	case (pq != "") != (qp != ""):
		swap = qp != ""
	case p.tokens != q.tokens:
		swap = p.tokens < q.tokens
	default:
		swap = p.id > q.id
	}
	if swap {
		return q, p
	}
	return p, q
}

// sampled tells which shingles are posted: one in eight, of short texts all.
func sampled(p *print) func(uint32) bool {
	if len(p.five) <= 120 {
		return func(uint32) bool { return true }
	}
	return func(h uint32) bool { return h>>20&7 == 0 }
}

const week = 7 * 86400

func (p *print) factKeys(around int64) []uint64 {
	w := int64(0)
	if p.published != 0 {
		w = p.published/week + around
	}
	var out []uint64
	for _, list := range [][]item{p.loose, p.numbers} {
		for _, i := range list {
			out = append(out, uint64(i.hash)<<16|uint64(uint16(w)))
		}
	}
	return out
}

// leastShared names and numbers, or one run of five words, make a pair worth a
// comparison.
const leastShared = 3

// candidates are the articles worth a comparison, in order of entry.
func (x *Index) candidates(p *print) []int {
	score := map[int32]int{}
	for _, h := range p.five {
		if list := x.shingles[h]; len(list) <= maxPostings {
			for _, i := range list {
				score[i] += leastShared
			}
		}
	}
	weeks := []int64{-2, -1, 0, 1, 2}
	if p.published == 0 {
		weeks = []int64{0}
	}
	for _, w := range weeks {
		for _, k := range p.factKeys(w) {
			if list := x.facts[k]; len(list) <= maxPostings {
				for _, i := range list {
					score[i]++
				}
			}
		}
	}
	var out []int
	for i, n := range score {
		if n >= leastShared {
			out = append(out, int(i))
		}
	}
	slices.Sort(out)
	return out
}

func (x *Index) enter(p *print) {
	i := int32(len(x.prints))
	x.at[p.id] = int(i)
	x.prints = append(x.prints, p)
	take := sampled(p)
	for _, h := range p.five {
		if take(h) && len(x.shingles[h]) <= maxPostings {
			x.shingles[h] = append(x.shingles[h], i)
		}
	}
	for _, k := range p.factKeys(0) {
		if len(x.facts[k]) <= maxPostings {
			x.facts[k] = append(x.facts[k], i)
		}
	}
}

// Len is the number of articles in the index.
func (x *Index) Len() int { return len(x.prints) }

// Edges gives for each article the sources it goes back to: of several that
// carry the same story the nearest, of equally near ones the first. The order
// of entry does not matter.
func (x *Index) Edges() []Edge { return x.resolve(slices.Clone(x.pairs)) }

// strength orders relations by how direct they are.
var strength = map[Relation]int{SameCapture: 6, Verbatim: 5, EditedCopy: 4, Translation: 3, Credited: 2, Uncredited: 1}

func (x *Index) resolve(pairs []Edge) []Edge {
	slices.SortFunc(pairs, func(a, b Edge) int {
		return cmp.Or(cmp.Compare(a.Copy, b.Copy), -cmp.Compare(strength[a.Relation], strength[b.Relation]),
			-cmp.Compare(a.Confidence, b.Confidence), cmp.Compare(x.when(a.Of), x.when(b.Of)), cmp.Compare(a.Of, b.Of))
	})
	root := newForest()
	for _, e := range pairs {
		if e.Relation.IsCopy() && e.Relation != Credited && e.Relation != Uncredited {
			root.join(e.Copy, e.Of)
		}
	}
	var out []Edge
	for i := 0; i < len(pairs); {
		j := i
		for j < len(pairs) && pairs[j].Copy == pairs[i].Copy {
			j++
		}
		out = append(out, x.choose(pairs[i:j], root)...)
		i = j
	}
	return out
}

// choose keeps one copy edge of an article, the own updates, and where it
// credits two sources of different root an aggregation of both.
func (x *Index) choose(of []Edge, root *forest) []Edge {
	var out []Edge
	var best *Edge
	var credited []Edge
	for i, e := range of {
		switch {
		case e.Relation == OwnUpdate:
			out = append(out, e)
		case e.Relation == Credited:
			if !slices.ContainsFunc(credited, func(c Edge) bool { return root.find(c.Of) == root.find(e.Of) }) {
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
	if best.Relation == Credited && len(credited) > 1 && x.outlets(credited) > 1 {
		for _, c := range credited {
			c.Relation = Aggregation
			out = append(out, c)
		}
		return out
	}
	return append(out, *best)
}

func (x *Index) outlets(es []Edge) int {
	m := map[string]bool{}
	for _, e := range es {
		m[x.prints[x.at[e.Of]].outlet] = true
	}
	return len(m)
}

func (x *Index) when(id string) int64 { return x.prints[x.at[id]].published }

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
