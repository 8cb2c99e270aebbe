package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/history"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/party"
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
	Index    *mentions.Index
	byID     map[string]int
}

// ErrNoLists is returned where there is nobody to look for.
var ErrNoLists = errors.New("no lists: import some with 'reportedly lists import FILE...' or name files with --list")

// StoredLists reads the editions that the store held at a moment, zero = now.
// With asOf, editions of later days are left out: what the lists said then.
func StoredLists(ctx context.Context, st store.Lists, asOf calendar.Date, known time.Time) (*Knowledge, error) {
	editions, err := st.Editions(ctx, "", known)
	if err != nil {
		return nil, err
	}
	var kept []lists.Loaded
	for _, e := range editions {
		if !asOf.IsZero() && e.AsOf.After(asOf) {
			continue
		}
		parties, err := st.Parties(ctx, e.Key())
		if err != nil {
			return nil, err
		}
		kept = append(kept, lists.Loaded{Edition: e, Parties: parties})
	}
	return know(kept)
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
	k := &Knowledge{byID: map[string]int{}}
	for _, l := range loaded {
		byList[l.Edition.List] = append(byList[l.Edition.List], l)
		k.Editions = append(k.Editions, l.Edition)
	}
	slices.SortFunc(k.Editions, func(a, b party.Edition) int { return strings.Compare(a.Key(), b.Key()) })
	var names []string
	for list := range byList {
		names = append(names, list)
	}
	slices.Sort(names)
	for _, list := range names {
		merged, err := merge(list, byList[list])
		if err != nil {
			return nil, fmt.Errorf("list %s: %w", list, err)
		}
		k.Parties = append(k.Parties, merged...)
	}
	if len(k.Parties) == 0 {
		return nil, ErrNoLists
	}
	for i, p := range k.Parties {
		k.byID[p.ID] = i
	}
	k.Key = editionsKey(k.Editions)
	k.Index = mentions.New(k.Parties)
	return k, nil
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

func editionsKey(eds []party.Edition) string {
	h := sha256.New()
	for _, e := range eds {
		io.WriteString(h, e.Key()+"\n")
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Party looks a party up by its ID.
func (k *Knowledge) Party(id string) (party.Party, bool) {
	i, ok := k.byID[id]
	if !ok {
		return party.Party{}, false
	}
	return k.Parties[i], true
}

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
