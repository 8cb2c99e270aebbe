package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/history"
	"github.com/reportedly/reportedly/internal/lists/links"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// Knowledge is what is known of lists at one moment: every party that any
// edition held, with the periods in which it stood on the list, and the index
// that finds them in texts. It never changes once made.
type Knowledge struct {
	Parties  []party.Party
	Editions []party.Edition
	Key      string // names the editions; part of the key of every reading
	byID     map[string]int
	once     sync.Once
	found    *mentions.Index
	beside   string // file of the store that the index is kept beside, "" none
	sameOnce sync.Once
	same     map[string]string
	sources  *sources.Register // nil: those that ship

	sourcesKey string // names the rows laid over those that ship
}

// Sources gives the outlets, agencies and control groups that are known.
func (k *Knowledge) Sources() *sources.Register {
	if k.sources == nil {
		return sources.Default()
	}
	return k.sources
}

// ExtendSources lays rows of a user over the register (sources.Extend). It is
// called before the knowledge is used: the rows change how credit lines are
// read, so they are part of the key of every reading.
func (k *Knowledge) ExtendSources(rows []byte) error {
	reg, err := k.Sources().Extend(bytes.NewReader(rows))
	if err != nil {
		return err
	}
	sum := sha256.Sum256(append([]byte(k.Key), rows...))
	k.sources, k.Key = reg, hex.EncodeToString(sum[:8])
	sum = sha256.Sum256(append([]byte(k.sourcesKey), rows...))
	k.sourcesKey = hex.EncodeToString(sum[:8])
	return nil
}

// ErrNoLists is returned where there is nobody to look for.
var ErrNoLists = errors.New("no lists: import some with 'reportedly lists import FILE...' or name files with --list")

// StoredLists reads the editions that the store held at a moment, zero = now.
// What the editions of a list told together is kept in the store, since a
// history of hundreds of editions takes a minute to put together.
func StoredLists(ctx context.Context, st store.Lists, known time.Time) (*Knowledge, error) {
	editions, err := st.Editions(ctx, "", known)
	if err != nil {
		return nil, err
	}
	k := &Knowledge{Editions: editions}
	names := listNames(editions)
	merged := make([][]party.Party, len(names))
	work, wctx := errgroup.WithContext(ctx)
	work.SetLimit(runtime.GOMAXPROCS(0))
	for i, list := range names {
		work.Go(func() (err error) {
			merged[i], err = storedHistory(wctx, st, list, editions, known)
			return err
		})
	}
	if err := work.Wait(); err != nil {
		return nil, err
	}
	for _, ps := range merged {
		k.Parties = append(k.Parties, ps...)
	}
	return k.index()
}

func listNames(editions []party.Edition) []string {
	var names []string
	for _, e := range editions {
		if !slices.Contains(names, e.List) {
			names = append(names, e.List)
		}
	}
	slices.Sort(names)
	return names
}

// mergeVersion changes when histories are put together in another way.
const mergeVersion = 1

func storedHistory(ctx context.Context, st store.Lists, list string, editions []party.Edition, known time.Time) ([]party.Party, error) {
	own := slices.Clone(editions)
	own = slices.DeleteFunc(own, func(e party.Edition) bool { return e.List != list })
	key := fmt.Sprintf("history %d %s %s", mergeVersion, list, EditionsKey(own))
	var merged []party.Party
	if ok, err := st.Derived(ctx, key, &merged); ok || err != nil {
		return merged, err
	}
	h := history.New(list)
	var only []party.Party
	err := st.Walk(ctx, list, known, func(e party.Edition, ps []party.Party) error {
		if len(own) == 1 && e.AsOf.IsZero() { // there is no history to order
			only = ps
			return nil
		}
		return h.Add(history.Edition{Edition: e}, ps)
	})
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", list, err)
	}
	if merged = only; merged == nil {
		merged = h.Parties(calendar.Date{})
	}
	if len(own) > 1 {
		err = st.SaveDerived(ctx, key, merged, time.Now())
	}
	return merged, err
}

// ListFiles reads lists from files for one command, past the store.
func ListFiles(ctx context.Context, paths []string, opts lists.Options, found func(story.Finding)) (*Knowledge, error) {
	var inputs []snapshot.Input
	for _, p := range paths {
		inputs = append(inputs, snapshot.Path(p))
	}
	loaded, refused, err := lists.Load(ctx, inputs, opts)
	if err != nil {
		return nil, fmt.Errorf("lists: %w", err)
	}
	for _, f := range refused {
		found(f)
	}
	return know(loaded)
}

// know merges the editions of each list and builds the index.
func know(loaded []lists.Loaded) (*Knowledge, error) {
	byList := map[string][]lists.Loaded{}
	k := &Knowledge{}
	for _, l := range loaded {
		byList[l.Edition.List] = append(byList[l.Edition.List], l)
		k.Editions = append(k.Editions, l.Edition)
	}
	for _, list := range listNames(k.Editions) {
		merged, err := merge(list, byList[list])
		if err != nil {
			return nil, fmt.Errorf("list %s: %w", list, err)
		}
		k.Parties = append(k.Parties, merged...)
	}
	return k.index()
}

// index finishes knowledge once parties and editions are there.
func (k *Knowledge) index() (*Knowledge, error) {
	if len(k.Parties) == 0 {
		return nil, ErrNoLists
	}
	slices.SortFunc(k.Editions, func(a, b party.Edition) int { return strings.Compare(a.Key(), b.Key()) })
	k.byID = make(map[string]int, len(k.Parties))
	for i, p := range k.Parties {
		k.byID[p.ID] = i
	}
	k.Key = EditionsKey(k.Editions)
	return k, nil
}

// Index finds parties in texts; it is built when first asked for.
func (k *Knowledge) Index() *mentions.Index {
	k.once.Do(func() { k.found = k.openIndex() })
	return k.found
}

// merge puts the editions of one list together. A single edition without a
// date stands for itself: there is no history to order.
func merge(list string, loaded []lists.Loaded) ([]party.Party, error) {
	if len(loaded) == 1 && loaded[0].Edition.AsOf.IsZero() {
		return loaded[0].Parties, nil
	}
	var eds []history.Edition
	var parties [][]party.Party
	for _, l := range loaded {
		eds = append(eds, history.Edition{Edition: l.Edition})
		parties = append(parties, l.Parties)
	}
	return history.Merge(list, eds, parties)
}

// EditionsKey names a set of editions, in any order.
func EditionsKey(eds []party.Edition) string {
	var keys []string
	for _, e := range eds {
		keys = append(keys, e.Key())
	}
	slices.Sort(keys)
	h := sha256.New()
	io.WriteString(h, strings.Join(keys, "\n"))
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Same maps the entry of one list to the entry that stands for the same party,
// where identifiers or quoted references (never a name alone) link them. The
// UN's entry stands for all where there is one.
func (k *Knowledge) Same() map[string]string {
	k.sameOnce.Do(func() {
		k.same = map[string]string{}
		for _, group := range links.Groups(links.Find(k.Parties)) {
			head := group[0]
			for _, id := range group {
				if strings.HasPrefix(id, "un:") {
					head = id
					break
				}
			}
			for _, id := range group {
				k.same[id] = head
			}
		}
	})
	return k.same
}

// recallSame takes the links between lists from the store, where they are kept
// because finding them among tens of thousands of entries takes seconds.
func (k *Knowledge) recallSame(ctx context.Context, st store.Lists, now time.Time) error {
	key := fmt.Sprintf("links %d %s", mergeVersion, k.Key)
	var kept map[string]string
	ok, err := st.Derived(ctx, key, &kept)
	if err != nil {
		return err
	}
	if ok {
		k.sameOnce.Do(func() { k.same = kept })
		return nil
	}
	return st.SaveDerived(ctx, key, k.Same(), now)
}

// Party looks a party up by its ID.
func (k *Knowledge) Party(id string) (party.Party, bool) {
	i, ok := k.byID[id]
	if !ok {
		return party.Party{}, false
	}
	return k.Parties[i], true
}

// Place is where a known party stands among Parties.
func (k *Knowledge) Place(id string) int { return k.byID[id] }

// Labels names the editions for people, the newest of each list:
// "un 2025-11-15 (and 2 earlier)".
func (k *Knowledge) Labels() []string {
	type last struct {
		day calendar.Date
		n   int
	}
	byList := map[string]last{}
	var names []string
	for _, e := range k.Editions {
		l, ok := byList[e.List]
		if !ok {
			names = append(names, e.List)
		}
		if e.AsOf.After(l.day) {
			l.day = e.AsOf
		}
		l.n++
		byList[e.List] = l
	}
	slices.Sort(names)
	for i, n := range names {
		l := byList[n]
		if s := l.day.String(); s != "" {
			names[i] += " of " + s
		}
		if l.n > 1 {
			names[i] += fmt.Sprintf(" (and %d earlier)", l.n-1)
		}
	}
	return names
}
