package echoes

import (
	"errors"
	"fmt"

	"github.com/zeebo/xxh3"

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
	pairs   []Tie
	near    cache
	score   []hits // by article; zero between calls
}

// card is what decides without the print whether one is worth fetching.
type card struct {
	id        string // "" where a later text of the article took its place
	published int64
	sum       uint64 // hash of the print as kept
	outlet    uint32 // hash of its name
	language  uint16 // hash, 0 = unknown
	five      uint16 // shingles
	facts     uint16 // names and numbers posted
	level     uint8  // one shingle in 1<<level is posted
	uncased   bool
	update    bool
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
func (x *Index) Add(a story.Article) ([]Tie, error) {
	if _, ok := x.at[a.ID]; ok {
		return nil, nil
	}
	if x.options.Outlet != nil {
		a.Outlet = x.options.Outlet(a.Outlet)
	}
	p := newPrint(a, x.words)
	var found []Tie
	for _, i := range x.candidates(p) {
		q, err := x.print(i.at)
		if errors.Is(err, ErrNoPrint) {
			x.Drop(x.cards[i.at].id)
			continue
		}
		if err != nil {
			return nil, err
		}
		if !i.text && !relatable(q, p) {
			continue
		}
		if e, ok := judge(q, p); ok {
			of := q
			if e.Of == p.id {
				of = p
			}
			found = append(found, Tie{Edge: e, When: of.published, Outlet: hash32(of.outlet)})
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

// Drop forgets an article, so that another text of it can be added; it tells
// whether the article was there. Its postings stay and lead nowhere.
func (x *Index) Drop(article string) bool {
	i, ok := x.at[article]
	if ok {
		x.cards[i].id = ""
		delete(x.at, article)
		x.near.drop(i)
	}
	return ok
}

// Restore takes in an article whose print was kept, without looking for
// copies: what it brought was found when it came. A print of another text than
// the one known takes its place.
func (x *Index) Restore(kept []byte) error {
	p, err := decode(kept)
	if err != nil {
		return err
	}
	sum := xxh3.Hash(kept)
	if i, ok := x.at[p.id]; ok {
		if x.cards[i].sum == sum {
			return nil
		}
		x.Drop(p.id)
	}
	x.cards[x.post(p)].sum = sum
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

// enter keeps a print and posts it.
func (x *Index) enter(p *print) error {
	var sum uint64
	if x.options.Shelf != nil {
		kept := p.encode()
		sum = xxh3.Hash(kept)
		if err := x.options.Shelf.PutPrint(p.id, kept); err != nil {
			return fmt.Errorf("echoes: print of %s: %w", p.id, err)
		}
	}
	i := x.post(p)
	x.cards[i].sum = sum
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
	x.cards = append(x.cards, cardOf(p))
	x.score = append(x.score, hits{})
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
func (x *Index) Bytes() int { return x.posted.Bytes() + 128*len(x.cards) }

// Edges gives for each article the sources it goes back to (Resolve).
func (x *Index) Edges() []Edge { return Resolve(x.pairs) }
