package yente

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/entities"
	"github.com/reportedly/reportedly/internal/lists/history"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
	"github.com/reportedly/reportedly/internal/serve/yente/fulltext"
)

// Screener finds parties by what is known of somebody; screening.Index does.
type Screener interface {
	Find(screening.Query) []screening.Hit
}

// Data is all lists at one moment. It never changes once made and may be used
// by any number of requests at once.
type Data struct {
	parties []party.Party
	now     Screener                // those that a list holds now
	ever    func() Screener         // all that any edition held
	words   func() *fulltext.Index  // built when first searched
	inbound func() map[string][]int // party ID -> those that name it in a relation
	lists   entities.Lists
	sets    []dataset
	byID    map[string]int // by entity id and by party ID
	// rendered entities as JSON without the closing brace, filled as asked for
	// until together they take maxRendered bytes.
	rendered []atomic.Pointer[[]byte]
	size     atomic.Int64
	etag     string
}

const maxRendered = 256 << 20

// dataset is a list, or a collection of all of them.
type dataset struct {
	Name, Title string
	list        string // "" for a collection
	edition     party.Edition
	entities    int
}

// collections are the names under which all lists are asked together.
var collections = []string{"default", "sanctions"}

// NewData prepares parties, each with its periods over all editions, for
// serving. key names the editions.
func NewData(parties []party.Party, editions []party.Edition, key string) *Data {
	d := &Data{parties: parties, lists: entities.Lists{Plain: map[string]bool{}, Seen: map[string]calendar.Date{}}, byID: make(map[string]int, 2*len(parties)),
		rendered: make([]atomic.Pointer[[]byte], len(parties)), etag: `"` + key + `"`}
	for _, e := range editions {
		if e.Format == "ftm" {
			d.lists.Plain[e.List] = true
		}
		if e.AsOf.After(d.lists.Seen[e.List]) || d.lists.Seen[e.List].IsZero() {
			d.lists.Seen[e.List] = e.AsOf
		}
	}
	current := make([]party.Party, 0, len(parties))
	count := map[string]int{}
	for i := range parties {
		p := &parties[i]
		d.byID[p.ID] = i
		d.byID[d.lists.ID(p.ID)] = i
		if entities.Standing(p) || len(p.Designations) == 0 {
			current = append(current, *p)
			count[listOf(p)]++
		}
	}
	d.now = screening.New(current)
	d.ever = sync.OnceValue(func() Screener {
		if len(current) == len(parties) {
			return d.now
		}
		return screening.New(parties)
	})
	d.words = sync.OnceValue(func() *fulltext.Index { return fulltext.New(parties, d.lists) })
	d.inbound = sync.OnceValue(d.relations)
	d.catalogue(editions, count)
	return d
}

func (d *Data) catalogue(editions []party.Edition, count map[string]int) {
	newest := map[string]party.Edition{}
	for _, e := range editions {
		if n, ok := newest[e.List]; !ok || !e.AsOf.Before(n.AsOf) {
			newest[e.List] = e
		}
	}
	total := 0
	for list, e := range newest {
		title := e.Publisher
		if title == "" || title == "FollowTheMoney file" {
			title = list
		}
		d.sets = append(d.sets, dataset{Name: entities.Dataset(list), Title: title + " (" + list + ")", list: list, edition: e, entities: count[list]})
		total += count[list]
	}
	slices.SortFunc(d.sets, func(a, b dataset) int { return cmp.Compare(a.Name, b.Name) })
	for _, name := range collections {
		if d.dataset(name) == nil {
			d.sets = append(d.sets, dataset{Name: name, Title: "All lists", entities: total})
		}
	}
}

// dataset finds a list or collection by its name, in FollowTheMoney's spelling
// or the list's own.
func (d *Data) dataset(name string) *dataset {
	for i := range d.sets {
		if s := &d.sets[i]; s.Name == name || (s.list != "" && s.list == name) {
			return s
		}
	}
	return nil
}

func listOf(p *party.Party) string {
	list, _, _ := strings.Cut(p.ID, ":")
	return list
}

// standing reports whether a party is on a list on a day; the zero day asks
// for the newest editions.
func standing(p *party.Party, day calendar.Date) bool {
	if day.IsZero() {
		return len(p.Designations) == 0 || entities.Standing(p)
	}
	for _, g := range p.Designations {
		if len(g.Periods) == 0 { // a single edition without date: only what it states
			if (g.ListedOn.IsZero() || !g.ListedOn.First().After(day)) && (g.DelistedOn.IsZero() || g.DelistedOn.After(day)) {
				return true
			}
		} else if history.Standing(g.Periods, day) != history.Off {
			return true
		}
	}
	return false
}

// appendEntity appends the entity of a party as JSON without closing brace.
func (d *Data) appendEntity(b []byte, i int) []byte {
	if r := d.rendered[i].Load(); r != nil {
		return append(b, *r...)
	}
	e := d.lists.Main(&d.parties[i])
	j := e.AppendJSON(nil)
	if d.size.Add(int64(len(j))) < maxRendered {
		d.rendered[i].Store(&j)
	}
	return append(b, j...)
}

func (d *Data) find(id string) *party.Party {
	if i, ok := d.byID[id]; ok {
		return &d.parties[i]
	}
	return nil
}

// relations turns all relations round.
func (d *Data) relations() map[string][]int {
	out := map[string][]int{}
	for i := range d.parties {
		for _, r := range d.parties[i].Relations {
			if r.Target != "" && !slices.Contains(out[r.Target], i) {
				out[r.Target] = append(out[r.Target], i)
			}
		}
	}
	return out
}
