package history

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
)

// Edition is one edition with what history needs beyond party.Edition.
type Edition struct {
	party.Edition
	// At orders editions of one day; zero where only the day is known.
	At time.Time
	// Known is the day on which we came to know the edition; zero stands for
	// the day it shows.
	Known calendar.Date
	// Whole says that the caller vouches for a complete list, so that the
	// edition is never taken for a partial one.
	Whole bool
}

func (e Edition) known() calendar.Date {
	if e.Known.IsZero() {
		return e.AsOf
	}
	return e.Known
}

func order(a, b *held) int {
	return cmp.Or(a.AsOf.Compare(b.AsOf), a.At.Compare(b.At), cmp.Compare(a.SHA256, b.SHA256), cmp.Compare(a.File, b.File))
}

// History is what the editions of one list told. It is not safe for
// concurrent use.
type History struct {
	list     string
	index    map[string]uint32 // party ID -> number, from 1
	ids      []string
	versions []version // number 0 is unused
	byPrint  map[printKey]uint32
	linked   map[string]int // entries' versions by link
	editions []*held        // in order
}

type printKey struct {
	party uint32
	sum   [2]uint64
}

type version struct {
	party   party.Party
	carried mask
	keys    []designationKey
}

// designationKey tells the designations of an entry apart.
type designationKey struct{ list, reference, regime string }

func keyOf(d *party.Designation) designationKey {
	return designationKey{d.List, d.Reference, d.Regime}
}

// held is an edition with the version of each party that it holds.
type held struct {
	Edition
	members []uint32 // version by party number, 0 = absent
	count   int
	carried mask
}

func (e *held) version(n uint32) uint32 {
	if int(n) < len(e.members) {
		return e.members[n]
	}
	return 0
}

// New starts the history of one list.
func New(list string) *History {
	return &History{list: list, index: map[string]uint32{}, ids: []string{""}, versions: make([]version, 1), byPrint: map[printKey]uint32{}, linked: map[string]int{}}
}

// Errors that a caller may want to tell apart.
var (
	ErrNoDate    = errors.New("the edition has no date: say which day it shows")
	ErrOtherList = errors.New("the edition belongs to another list")
)

// Intake takes one edition, party by party.
type Intake struct {
	h *History
	e *held
}

// Begin starts taking an edition. Nothing of it counts before Done, so a
// snapshot that turns out damaged leaves the history as it was.
func (h *History) Begin(e Edition) (*Intake, error) {
	if e.List != h.list {
		return nil, fmt.Errorf("history of %s: %w: %s", h.list, ErrOtherList, e.List)
	}
	return &Intake{h: h, e: &held{Edition: e}}, nil
}

// Put takes one entry. A second entry of the same ID in one edition is
// ignored: parsers report it.
func (in *Intake) Put(p party.Party) {
	h := in.h
	n, ok := h.index[p.ID]
	if !ok {
		n = uint32(len(h.ids))
		h.index[p.ID] = n
		h.ids = append(h.ids, p.ID)
	}
	if in.e.version(n) != 0 {
		return
	}
	sum, carried := print(&p)
	v, ok := h.byPrint[printKey{n, sum}]
	if !ok {
		v = uint32(len(h.versions))
		h.byPrint[printKey{n, sum}] = v
		ver := version{party: p, carried: carried}
		for i := range p.Designations {
			ver.keys = append(ver.keys, keyOf(&p.Designations[i]))
		}
		h.versions = append(h.versions, ver)
		for _, l := range p.Links {
			h.linked[l]++
		}
	}
	in.e.carried |= carried
	for len(in.e.members) <= int(n) {
		in.e.members = append(in.e.members, 0)
	}
	in.e.members[n] = v
	in.e.count++
}

// Done makes the edition part of the history. e is the edition as it is known
// now that it was read whole. An edition that is already there (same day, same
// bytes) is taken once.
func (in *Intake) Done(e Edition) error {
	if e.AsOf.IsZero() {
		return fmt.Errorf("%s: %w", e.File, ErrNoDate)
	}
	in.e.Edition = e
	at, found := slices.BinarySearchFunc(in.h.editions, in.e, order)
	if found && e.SHA256 != "" {
		return nil
	}
	in.h.editions = slices.Insert(in.h.editions, at, in.e)
	return nil
}

// Add takes a whole edition.
func (h *History) Add(e Edition, parties []party.Party) error {
	in, err := h.Begin(e)
	if err != nil {
		return err
	}
	for _, p := range parties {
		in.Put(p)
	}
	return in.Done(e)
}

// Merge puts editions of one list together and gives every party they ever
// held, with its periods.
func Merge(list string, editions []Edition, parties [][]party.Party) ([]party.Party, error) {
	h := New(list)
	for i, e := range editions {
		if err := h.Add(e, parties[i]); err != nil {
			return nil, err
		}
	}
	return h.Parties(calendar.Date{}), nil
}

// Editions in the order of the days they show; Partial is set on those that
// are taken to hold only a part of the list.
func (h *History) Editions() []Edition {
	partial := h.partial(h.editions)
	var out []Edition
	for i, e := range h.editions {
		x := e.Edition
		x.Partial = partial[i]
		out = append(out, x)
	}
	return out
}

// Changes tells what is different between two editions, by their keys. An
// edition that holds only a part of the list removes nobody.
func (h *History) Changes(older, newer string) (Comparison, error) {
	a, err := h.find(older)
	if err != nil {
		return Comparison{}, err
	}
	b, err := h.find(newer)
	if err != nil {
		return Comparison{}, err
	}
	partial := h.partial(h.editions)
	over := all
	if h.editions[a].Format != h.editions[b].Format {
		over &= acrossFormats
	}
	out := h.compare(h.editions[a], h.editions[b], over)
	out.Changes = slices.DeleteFunc(out.Changes, func(c Change) bool {
		return c.Op == Removed && partial[b] || c.Op == Added && partial[a]
	})
	return out, nil
}

func (h *History) find(key string) (int, error) {
	i := slices.IndexFunc(h.editions, func(e *held) bool { return e.Key() == key })
	if i < 0 {
		return 0, fmt.Errorf("history of %s: no edition %s", h.list, key)
	}
	return i, nil
}
