package casebook

import (
	"cmp"
	"context"
	"slices"

	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/store"
)

// walk reads articles and goes from them along the edges that cases look along.
type walk struct {
	st    Store
	seen  map[string]bool // articles gone from
	ours  map[string]bool // with claims of the subjects asked for
	told  map[string]store.Told
	found map[[3]string]echoes.Edge
	down  bool // also to whatever goes back to an article
}

func newWalk(st Store) *walk {
	return &walk{st: st, seen: map[string]bool{}, ours: map[string]bool{}, told: map[string]store.Told{}, found: map[[3]string]echoes.Edge{}}
}

// from goes from some articles. Along an edge it goes
//   - up, from a copy to its source, always;
//   - down, to other versions of one text and to an outlet's own updates, always;
//   - down to re-reports, from an article of ours and from one in which no claim
//     was read: a silent copy of a copy still belongs to the reach of a case.
func (w *walk) from(ctx context.Context, articles []string, ours bool) error {
	queue := set{}
	for _, id := range articles {
		if ours && !w.ours[id] {
			w.ours[id] = true
			queue.add(id) // again, if it was met from elsewhere
		}
		if !w.seen[id] {
			queue.add(id)
		}
	}
	for len(queue) > 0 {
		next, err := w.step(ctx, queue)
		if err != nil {
			return err
		}
		queue = next
	}
	return nil
}

func (w *walk) step(ctx context.Context, queue set) (set, error) {
	unread := set{}
	for id := range queue {
		w.seen[id] = true
		if _, ok := w.told[id]; !ok {
			unread.add(id)
		}
	}
	told, err := w.st.Told(ctx, unread.sorted())
	if err != nil {
		return nil, err
	}
	for _, t := range told {
		w.told[t.Article.ID] = t
	}
	edges, err := w.st.EdgesAt(ctx, queue.sorted())
	if err != nil {
		return nil, err
	}
	next := set{}
	for _, e := range edges {
		w.found[[3]string{e.Copy, e.Of, string(e.Relation)}] = e
		if queue[e.Copy] && !w.seen[e.Of] {
			next.add(e.Of)
		}
		if queue[e.Of] && !w.seen[e.Copy] && (w.down || e.Relation.SameText() || e.Relation == echoes.OwnUpdate || w.ours[e.Of] || silent(w.told[e.Of])) {
			next.add(e.Copy)
		}
	}
	return next, nil
}

// silent: no claim of a deed was read in it (as in package cases).
func silent(t store.Told) bool {
	for _, c := range t.Reading.Claims {
		if g := happenings.RoleOf(c.Activity).Group; g != "official" && g != "other" {
			return false
		}
	}
	return true
}

func (w *walk) edges() []echoes.Edge {
	out := make([]echoes.Edge, 0, len(w.found))
	for _, e := range w.found {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b echoes.Edge) int {
		return cmp.Or(cmp.Compare(a.Copy, b.Copy), cmp.Compare(a.Of, b.Of), cmp.Compare(a.Relation, b.Relation))
	})
	return out
}
