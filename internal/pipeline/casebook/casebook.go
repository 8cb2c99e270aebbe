package casebook

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/store"
)

// Store is what the casebook needs of a store.
type Store interface {
	store.Growth
	Print(ctx context.Context, article string) (store.Print, error)
	Records(ctx context.Context, known time.Time) ([]review.Record, error)
}

// Basis is what cases rest on beside articles and what people say.
type Basis struct {
	Parties []party.Party
	Same    map[string]string // as in cases.Input
	Sources *sources.Register
	Law     cases.Law
	Lists   []string // editions, for people
	// Key names parties and sources: with another one all cases are built again.
	// SourcesKey names the sources alone: with another one copies are, too.
	Key, SourcesKey string
	Program         string
	Rules           int

	raw map[string][]string // list entries by the one that stands for them
}

// prepare turns Same round, once.
func (b *Basis) prepare() {
	if b.raw != nil {
		return
	}
	b.raw = map[string][]string{}
	for id, head := range b.Same {
		b.raw[head] = append(b.raw[head], id)
	}
}

func (b *Basis) head(id string) string {
	if h := b.Same[id]; h != "" {
		return h
	}
	return id
}

// entries are all list entries that stand for the same parties.
func (b *Basis) entries(parties set) []string {
	out := set{}
	for p := range parties {
		out.add(p)
		out.add(b.raw[b.head(p)]...)
	}
	return out.sorted()
}

// Keeper brings the casebook of one store up to date. It is not safe for use by
// several goroutines at once; several processes may each have one.
type Keeper struct {
	st     Store
	finder *Finder
	// Progress, if given, hears of articles compared and subjects built.
	Progress func(stage string, done int)
}

// New makes a keeper.
func New(st Store) *Keeper { return &Keeper{st: st, finder: NewFinder(st)} }

// Notes that the casebook keeps.
const (
	noteCopies  = "copies"
	noteBuilt   = "built"
	noteRecords = "records"
)

// together is how many stale subjects are built in one go: enough that what they
// share is read once, few enough that the memory stays small.
const together = 48

// Bring makes copies and cases current. After an error the same call goes on
// where it stopped.
func (k *Keeper) Bring(ctx context.Context, b *Basis, now time.Time) (store.Changes, error) {
	if err := k.Copies(ctx, b, now); err != nil {
		return store.Changes{}, err
	}
	if err := k.mark(ctx, b, now); err != nil {
		return store.Changes{}, err
	}
	due, err := k.st.Stale(ctx)
	if err != nil {
		return store.Changes{}, err
	}
	all := due
	var sum store.Changes
	built := set{}
	for len(due) > 0 {
		var part []string
		for len(due) > 0 && len(part) < together {
			if !built[due[0].Name] {
				part = append(part, due[0].Name)
			}
			due = due[1:]
		}
		if len(part) == 0 {
			break
		}
		out, ch, err := build(ctx, k.st, b, part, all, now)
		if err != nil {
			return sum, err
		}
		built.add(out.sorted()...)
		sum.New, sum.Changed, sum.Closed, sum.Same = sum.New+ch.New, sum.Changed+ch.Changed, sum.Closed+ch.Closed, sum.Same+ch.Same
		k.tell("cases", len(part))
	}
	return sum, nil
}

func (k *Keeper) tell(stage string, n int) {
	if k.Progress != nil {
		k.Progress(stage, n)
	}
}

// Copies looks for copies among all articles that are not yet looked at, and
// marks the subjects whose cases that touches.
func (k *Keeper) Copies(ctx context.Context, b *Basis, now time.Time) error {
	key := copiesKey(b)
	had, err := k.st.Noted(ctx, noteCopies)
	if err != nil {
		return err
	}
	if had != key {
		if err := k.st.Reprint(ctx, store.Note{Name: noteCopies, Value: key}, now); err != nil {
			return err
		}
		k.finder = NewFinder(k.st)
	}
	for {
		due, err := k.st.Unprinted(ctx, printBatch)
		if err != nil || len(due) == 0 {
			return err
		}
		if err := k.finder.Find(ctx, b, due, now); err != nil {
			k.finder = NewFinder(k.st) // what it holds may not be what was kept
			return err
		}
		k.tell("copies", len(due))
	}
}

// Groups gives the subjects whose cases are to be built again, in parts that
// have nothing to do with each other: one Build each, in any order, at the same
// time or on several machines. It first marks what new records, other lists or
// another version of the program make stale.
func (k *Keeper) Groups(ctx context.Context, b *Basis, now time.Time) ([][]string, error) {
	if err := k.mark(ctx, b, now); err != nil {
		return nil, err
	}
	due, err := k.st.Stale(ctx)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	var subjects []string
	for _, d := range due {
		subjects = append(subjects, d.Name)
	}
	return partition(ctx, k.st, b, subjects)
}

// mark marks what other lists, another program or new records make stale.
func (k *Keeper) mark(ctx context.Context, b *Basis, now time.Time) error {
	b.prepare()
	if err := k.basisChanged(ctx, b, now); err != nil {
		return err
	}
	return k.recordsCame(ctx, b, now)
}

func (k *Keeper) basisChanged(ctx context.Context, b *Basis, now time.Time) error {
	key := fmt.Sprintf("%s %d %d %s", b.Program, b.Rules, cases.Rules, b.Key)
	had, err := k.st.Noted(ctx, noteBuilt)
	if err != nil || had == key {
		return err
	}
	return k.st.StaleAll(ctx, store.Note{Name: noteBuilt, Value: key}, now)
}

// recordsCame marks what the words of people since the last time are about.
func (k *Keeper) recordsCame(ctx context.Context, b *Basis, now time.Time) error {
	all, err := k.st.Records(ctx, time.Time{})
	if err != nil {
		return err
	}
	had, err := k.st.Noted(ctx, noteRecords)
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(had) // none yet is none
	if n >= len(all) {
		return nil
	}
	note := store.Note{Name: noteRecords, Value: strconv.Itoa(len(all))}
	claims, everything := about(all[n:], all)
	if everything {
		return k.st.StaleAll(ctx, note, now)
	}
	subjects, err := subjectsOf(ctx, k.st, claims, all)
	if err != nil {
		return err
	}
	return k.st.MarkStale(ctx, subjects, note, now)
}

// about gives the claims that some records are about; everything where one is
// about a source.
func about(some, all []review.Record) (claims []string, everything bool) {
	byID := map[string]review.Record{}
	for _, r := range all {
		byID[r.ID] = r
	}
	out := set{}
	for _, r := range some {
		for range len(all) { // an undo may take back an undo
			if r.Kind != review.Undo && r.Kind != review.Sign {
				break
			}
			r = byID[r.Of]
		}
		if r.Source != "" && len(r.Claims) == 0 {
			return nil, true
		}
		out.add(named(r)...)
	}
	return out.sorted(), false
}

// named are all claims that a record names.
func named(r review.Record) []string {
	out := slices.Concat(r.Claims, r.Other)
	if r.Against != "" {
		out = append(out, r.Against)
	}
	return out
}

// subjectsOf gives the subjects of the articles in which claims stand, and those
// that people named for the claims.
func subjectsOf(ctx context.Context, st Store, claims []string, all []review.Record) ([]string, error) {
	at, err := st.ArticlesOf(ctx, claims)
	if err != nil {
		return nil, err
	}
	articles := set{}
	for _, a := range at {
		articles.add(a)
	}
	rows, err := st.ConcernsOf(ctx, articles.sorted())
	if err != nil {
		return nil, err
	}
	out := set{}
	for _, c := range rows {
		if c.Subject != "" {
			out.add(c.Subject)
		}
	}
	asked := set{}
	asked.add(claims...)
	for _, r := range all {
		if r.Kind == review.Identify && slices.ContainsFunc(r.Claims, asked.has) {
			out.add(r.Value)
		}
	}
	return out.sorted(), nil
}

// RunOf names a run, of all cases or of those of some subjects, by the program
// and what it was built from.
func RunOf(program string, rules int, lists string, in cases.Input, subjects ...string) store.Run {
	run := store.Run{Program: program, Rules: rules, Lists: lists, Inputs: inputsHash(in)}
	sum := sha256.Sum256([]byte(run.Program + run.Lists + run.Inputs + strings.Join(subjects, " ")))
	run.ID = hex.EncodeToString(sum[:])[:8]
	return run
}

// inputsHash names the set of claims, articles and records, whatever their order.
func inputsHash(in cases.Input) string {
	var acc [sha256.Size]byte
	add := func(s string) {
		sum := sha256.Sum256([]byte(s))
		for i := range acc {
			acc[i] ^= sum[i]
		}
	}
	for _, c := range in.Claims {
		add("claim " + c.ID)
	}
	for _, a := range in.Articles {
		add("article " + a.ID)
	}
	for _, r := range in.Decisions {
		add("record " + r.ID)
	}
	return hex.EncodeToString(acc[:8])
}
