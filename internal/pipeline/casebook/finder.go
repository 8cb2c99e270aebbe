package casebook

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// printBatch is how many articles are compared between two transactions.
const printBatch = 256

// copiesKey names what prints depend on beside the articles.
func copiesKey(b *Basis) string { return fmt.Sprintf("%d %s", echoes.PrintVersion, b.SourcesKey) }

// Finder finds copies among the articles of a store. It holds an index of all
// prints (about a kilobyte each), made when first needed.
type Finder struct {
	st    Store
	index *echoes.Index
	shelf *PrintShelf
	last  int64 // number of the last print in the index
}

// NewFinder makes a finder.
func NewFinder(st Store) *Finder { return &Finder{st: st} }

// Find looks for copies among some articles and all others, keeps what it found
// and marks the subjects of articles whose sources changed.
func (f *Finder) Find(ctx context.Context, b *Basis, due []store.Due, now time.Time) error {
	if err := f.ready(ctx, b); err != nil {
		return err
	}
	var around []string
	for _, d := range due {
		around = append(around, d.Name)
	}
	told, err := f.st.Told(ctx, around)
	if err != nil {
		return err
	}
	at := map[string]story.Article{}
	for _, t := range told {
		at[t.Article.ID] = t.Article
	}
	if err := f.print(ctx, around, at, now); err != nil {
		return err
	}
	copies, edges, old, err := f.sources(ctx, around)
	if err != nil {
		return err
	}
	stale, err := f.touched(ctx, around, edges, old)
	if err != nil {
		return err
	}
	return f.st.SaveSources(ctx, copies, edges, stale, due, now)
}

// ready makes the index, or brings it up to date.
func (f *Finder) ready(ctx context.Context, b *Basis) error {
	if f.index == nil {
		f.shelf = NewPrintShelf(ctx, f.st, 1<<30) // kept by SavePrinted
		f.index = echoes.NewIndex(echoes.Options{Outlet: OutletName(b.Sources), Shelf: f.shelf, Forget: true})
	}
	f.shelf.ctx = ctx
	for {
		ps, err := f.st.PrintsAfter(ctx, f.last, 1000)
		if err != nil || len(ps) == 0 {
			return err
		}
		for _, p := range ps {
			f.last = p.Number
			if err := f.index.Restore(p.Body); err != nil {
				return fmt.Errorf("print of %s: %w", p.Article, err)
			}
		}
	}
}

// OutletName gives outlets their lasting names, so that "AP" and "Associated
// Press" are one.
func OutletName(reg *sources.Register) func(string) string {
	return func(name string) string {
		if s, ok := reg.Lookup(name); ok {
			return s.Name
		}
		return name
	}
}

// print enters the articles that are new or changed into the index.
func (f *Finder) print(ctx context.Context, ids []string, at map[string]story.Article, now time.Time) error {
	had, err := f.st.PrintTexts(ctx, ids)
	if err != nil {
		return err
	}
	texts := map[string]string{}
	var anew, fresh []string
	for _, id := range ids {
		a, ok := at[id]
		if !ok {
			continue // erased since
		}
		if texts[id] = echoes.TextOf(a); had[id] == texts[id] {
			continue
		}
		fresh = append(fresh, id)
		if f.index.Drop(id) { // all before the first is added: it must not meet old texts
			anew = append(anew, id)
		}
	}
	var found []echoes.Tie
	for _, id := range fresh {
		ties, err := f.index.Add(at[id])
		if err != nil {
			return err
		}
		found = append(found, ties...)
	}
	prints := f.shelf.take()
	for i := range prints {
		prints[i].Text = texts[prints[i].Article]
	}
	if len(prints)+len(anew) == 0 {
		return nil
	}
	return f.st.SavePrinted(ctx, prints, anew, found, now)
}

// sources chooses again what the articles around some go back to: they
// themselves, those alike to them, and those that credit two sources of which
// it may now be another question whether they are of one root.
func (f *Finder) sources(ctx context.Context, around []string) (copies []string, edges, old []echoes.Edge, err error) {
	which := set{}
	which.add(around...)
	back, err := f.st.PairsAt(ctx, around, true)
	if err != nil {
		return nil, nil, nil, err
	}
	own, err := f.st.PairsAt(ctx, around, false)
	if err != nil {
		return nil, nil, nil, err
	}
	alike := set{}
	for _, t := range slices.Concat(back, own) {
		which.add(t.Copy)
		alike.add(t.Copy, t.Of)
	}
	if len(alike) > 0 {
		family, _, err := f.family(ctx, alike)
		if err != nil {
			return nil, nil, nil, err
		}
		credits, err := f.st.PairsAt(ctx, family.sorted(), true, echoes.Credited)
		if err != nil {
			return nil, nil, nil, err
		}
		for _, t := range credits {
			which.add(t.Copy)
		}
	}
	copies = which.sorted()
	ties, err := f.st.PairsAt(ctx, copies, false)
	if err != nil {
		return nil, nil, nil, err
	}
	credited := set{}
	for _, t := range ties {
		if t.Relation == echoes.Credited {
			credited.add(t.Of)
		}
	}
	_, roots, err := f.family(ctx, credited)
	if err != nil {
		return nil, nil, nil, err
	}
	for _, e := range echoes.Resolve(distinct(slices.Concat(ties, roots))) {
		if which[e.Copy] {
			edges = append(edges, e)
		}
	}
	at, err := f.st.EdgesAt(ctx, copies)
	for _, e := range at {
		if which[e.Copy] {
			old = append(old, e)
		}
	}
	return copies, edges, old, err
}

// family gives all articles of one text with some, and the ties among them.
func (f *Finder) family(ctx context.Context, of set) (set, []echoes.Tie, error) {
	all, queue := set{}, of
	var ties []echoes.Tie
	for len(queue) > 0 {
		all.add(queue.sorted()...)
		next := set{}
		for _, source := range []bool{true, false} {
			got, err := f.st.PairsAt(ctx, queue.sorted(), source, echoes.SameCapture, echoes.Verbatim, echoes.EditedCopy, echoes.Translation)
			if err != nil {
				return nil, nil, err
			}
			ties = append(ties, got...)
			for _, t := range got {
				next.add(t.Copy, t.Of)
			}
		}
		queue = next.without(all)
	}
	return all, ties, nil
}

func distinct(ties []echoes.Tie) []echoes.Tie {
	seen := map[[2]string]bool{}
	return slices.DeleteFunc(ties, func(t echoes.Tie) bool {
		k := [2]string{t.Copy, t.Of}
		had := seen[k]
		seen[k] = true
		return had
	})
}

// touched gives the subjects of articles that cases see in another light when
// edges change: both ends, whatever goes back to them, and what hangs together
// with those. An article without edges touches nobody but its own subjects,
// which are marked when its reading is saved.
func (f *Finder) touched(ctx context.Context, around []string, edges, old []echoes.Edge) ([]string, error) {
	near := set{}
	near.add(around...)
	had := map[[3]string]float64{}
	for _, e := range old {
		had[[3]string{e.Copy, e.Of, string(e.Relation)}] = e.Confidence
	}
	ends := set{}
	for _, e := range edges {
		k := [3]string{e.Copy, e.Of, string(e.Relation)}
		if c, ok := had[k]; !ok || c != e.Confidence || near[e.Copy] || near[e.Of] {
			ends.add(e.Copy, e.Of)
		}
		delete(had, k)
	}
	for k := range had {
		ends.add(k[0], k[1])
	}
	if len(ends) == 0 {
		return nil, nil
	}
	w := newWalk(f.st)
	w.down = true
	if err := w.from(ctx, ends.sorted(), true); err != nil {
		return nil, err
	}
	rows, err := f.st.ConcernsOf(ctx, set(w.seen).sorted())
	out := set{}
	for _, r := range rows {
		if r.Subject != "" {
			out.add(r.Subject)
		}
	}
	return out.sorted(), err
}
