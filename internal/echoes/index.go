package echoes

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/reportedly/reportedly/internal/echoes/postings"
	"github.com/reportedly/reportedly/internal/story"
)

// Index remembers the prints of articles and finds, for each new one, those it
// goes back to or that go back to it. It is not safe for use by several
// goroutines at once.
//
// In memory it holds a table of postings and a few figures of each article,
// about a kilobyte; the prints themselves, four times as large, may lie in a
// Shelf.
type Index struct {
	options Options
	words   *memory
	at      map[string]uint32 // ordinal of an article
	cards   []card
	posted  *postings.Table
	pairs   []Edge
	near    cache
}

// card is what decides without the print whether one is worth fetching.
type card struct {
	id        string
	published int64
	outlet    uint32 // hash of its name
	five      uint16 // shingles
	facts     uint16 // names and numbers posted
	level     uint8  // one shingle in 1<<level is posted
}

// Options of an index.
type Options struct {
	// Outlet gives the lasting name of an outlet under whatever name an article
	// has it ("AP", "Associated Press"); nil takes names as they are.
	Outlet func(name string) string
	// Shelf keeps prints outside the memory; nil keeps them in it.
	Shelf Shelf
	// Forget leaves the edges found to whoever calls Add; Edges gives none then.
	Forget bool
}

// Shelf keeps prints by article.
type Shelf interface {
	PutPrint(article string, print []byte) error
	Print(article string) ([]byte, error)
}

// maxPostings bounds a posting list: what stands in more articles is
// boilerplate, or a name too common to lead to a source.
const maxPostings = 400

// NewIndex makes an empty index.
func NewIndex(o Options) *Index {
	return &Index{options: o, words: newMemory(), at: map[string]uint32{}, posted: postings.New(maxPostings), near: newCache()}
}

// Add takes an article in and gives the edges that it brings, as the copy or
// as the source. An article added twice changes nothing. An error is one of the
// shelf.
func (x *Index) Add(a story.Article) ([]Edge, error) {
	if _, ok := x.at[a.ID]; ok {
		return nil, nil
	}
	if x.options.Outlet != nil {
		a.Outlet = x.options.Outlet(a.Outlet)
	}
	p := newPrint(a, x.words)
	var found []Edge
	for _, i := range x.candidates(p) {
		q, err := x.print(i)
		if err != nil {
			return nil, err
		}
		if e, ok := judge(q, p); ok {
			found = append(found, e)
		}
	}
	if err := x.enter(p); err != nil {
		return nil, err
	}
	if !x.options.Forget {
		x.pairs = append(x.pairs, found...)
	}
	return found, nil
}

// Restore takes in an article whose print was kept, without looking for
// copies: what it brought was found when it came.
func (x *Index) Restore(kept []byte) error {
	p, err := decode(kept)
	if err != nil {
		return err
	}
	if _, ok := x.at[p.id]; !ok {
		x.post(p)
	}
	return nil
}

// print fetches the print of an article.
func (x *Index) print(i uint32) (*print, error) {
	if p := x.near.get(i); p != nil {
		return p, nil
	}
	kept, err := x.options.Shelf.Print(x.cards[i].id)
	if err != nil {
		return nil, fmt.Errorf("echoes: print of %s: %w", x.cards[i].id, err)
	}
	p, err := decode(kept)
	if err != nil {
		return nil, fmt.Errorf("echoes: print of %s: %w", x.cards[i].id, err)
	}
	x.near.put(i, p)
	return p, nil
}

// Pair judges two articles by themselves.
func Pair(a, b story.Article) (Edge, Likeness, bool) {
	m := newMemory()
	p, q := ordered(newPrint(a, m), newPrint(b, m))
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

// mostPosted bounds the shingles of an article that are posted.
const mostPosted = 64

// level of sampling: of more than mostPosted shingles one in 2, 4, 8 ... is
// posted and looked up, chosen by its hash, so that what two articles share is
// sampled alike in both.
func level(n int) uint8 {
	l := uint8(0)
	for n>>l > mostPosted {
		l++
	}
	return l
}

func sampled(h uint32, level uint8) bool { return h>>20&(1<<level-1) == 0 }

const week = 7 * 86400

// Salts part the keys of shingles from those of facts.
const factSalt = 0x9E3779B97F4A7C15

func shingleKey(h uint32) uint64 { return uint64(h) * 0xD6E8FEB86659FD93 >> 8 }

// factKeys of names and numbers, in a week: what two articles months apart
// share makes no copy.
func (p *print) factKeys(around int64, give func(uint64)) {
	w := int64(0)
	if p.published != 0 {
		w = p.published/week + around
	}
	for _, list := range [2][]item{p.loose, p.numbers} {
		for _, i := range list {
			give((uint64(i.hash)<<16 | uint64(uint16(w))) * factSalt >> 8)
		}
	}
}

// leastShared names and numbers, or one run of five words, make a pair worth a
// comparison.
const leastShared = 3

// hits of one candidate.
type hits struct{ runs, facts int }

// candidates are the articles worth a comparison, in order of entry.
func (x *Index) candidates(p *print) []uint32 {
	score := map[uint32]hits{}
	var one [1]uint32
	lv := level(len(p.five))
	for _, h := range p.five {
		if sampled(h, lv) {
			for _, i := range x.posted.Of(shingleKey(h), &one) {
				n := score[i]
				n.runs++
				score[i] = n
			}
		}
	}
	weeks := []int64{-2, -1, 0, 1, 2}
	if p.published == 0 {
		weeks = []int64{0}
	}
	for _, w := range weeks {
		p.factKeys(w, func(k uint64) {
			for _, i := range x.posted.Of(k, &one) {
				n := score[i]
				n.facts++
				score[i] = n
			}
		})
	}
	var out []uint32
	for i, n := range score {
		if x.worth(p, i, n) {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}

// Least shares, far below the thresholds of relate, that make a pair worth
// fetching its print. They are estimates: names fall together in the postings,
// and shingles are a sample.
const (
	fewRuns  = 0.04
	fewFacts = 0.12
)

func (x *Index) worth(p *print, i uint32, n hits) bool {
	c := x.cards[i]
	if n.runs > 0 {
		seen := float64(min(int(c.five), len(p.five))>>max(c.level, level(len(p.five)))) + 1
		if n.runs > 1 || float64(n.runs) >= fewRuns*seen || n.facts >= leastShared {
			return true
		}
	}
	if n.facts < leastShared {
		return false
	}
	return n.facts >= foreignFacts+leastShared || float64(n.facts) >= fewFacts*float64(min(int(c.facts), len(p.loose)+len(p.numbers)))
}

// enter keeps a print and posts it.
func (x *Index) enter(p *print) error {
	if x.options.Shelf != nil {
		if err := x.options.Shelf.PutPrint(p.id, p.encode()); err != nil {
			return fmt.Errorf("echoes: print of %s: %w", p.id, err)
		}
	}
	i := x.post(p)
	if x.options.Shelf == nil {
		x.near.keep(i, p)
	} else {
		x.near.put(i, p)
	}
	return nil
}

func (x *Index) post(p *print) uint32 {
	i := uint32(len(x.cards))
	x.at[p.id] = i
	lv := level(len(p.five))
	x.cards = append(x.cards, card{p.id, p.published, hash32(p.outlet), uint16(min(len(p.five), 1<<16-1)), uint16(min(len(p.loose)+len(p.numbers), 1<<16-1)), lv})
	for _, h := range p.five {
		if sampled(h, lv) {
			x.posted.Add(shingleKey(h), i)
		}
	}
	p.factKeys(0, func(k uint64) { x.posted.Add(k, i) })
	return i
}

// Len is the number of articles in the index.
func (x *Index) Len() int { return len(x.cards) }

// Bytes is about the memory that the index holds, without prints.
func (x *Index) Bytes() int { return x.posted.Bytes() + 120*len(x.cards) }

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
	m := map[uint32]bool{}
	for _, e := range es {
		m[x.cards[x.at[e.Of]].outlet] = true
	}
	return len(m)
}

func (x *Index) when(id string) int64 { return x.cards[x.at[id]].published }

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
