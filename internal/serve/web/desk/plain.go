package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/serve/web/words"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// plain answers from a store that has no queries of its own, by reading all.
type plain struct{ st store.Store }

// Over gives a desk over a store: the store itself where it can answer.
func Over(st store.Store) Desk {
	if d, ok := st.(Desk); ok {
		return d
	}
	return plain{st}
}

func (d plain) Find(ctx context.Context, q Query) ([]store.NumberedCase, int, error) {
	all, err := d.st.Cases(ctx, time.Time{})
	if err != nil {
		return nil, 0, err
	}
	all = slices.DeleteFunc(all, func(c store.NumberedCase) bool { return !q.keeps(c) })
	slices.SortStableFunc(all, q.order)
	n := len(all)
	if q.Size > 0 {
		all = all[min(q.Page*q.Size, n):min((q.Page+1)*q.Size, n)]
	}
	return all, n, nil
}

func (q Query) keeps(c store.NumberedCase) bool {
	v := c.Check.Verdict
	if c.Status == cases.Background && !q.Background || c.For.Min < q.MinOrigins || !q.Since.IsZero() && !c.KnownFrom.After(q.Since) {
		return false
	}
	switch q.Measure {
	case "engaged":
		if !words.Engaged(v) {
			return false
		}
	case "in-force":
		if !strings.HasPrefix(string(v), "in-force") {
			return false
		}
	case "open":
		if !words.Pending(v) {
			return false
		}
	case "none":
		if v != measures.NoMeasure {
			return false
		}
	}
	if !q.reviewed(c.Case) {
		return false
	}
	denied := slices.ContainsFunc(c.Replies, func(r cases.Reply) bool { return r.Act == "deny" || r.Act == "partly-deny" })
	if q.Denied == "yes" && !denied || q.Denied == "no" && denied {
		return false
	}
	hay := strings.ToLower(c.Title + " " + c.Party.Name + " " + strings.Join(c.Party.Refs, " ") + " " + strings.Join(c.Party.Surfaces, " ") + " " + placesOf(c.Case))
	for _, w := range strings.Fields(strings.ToLower(q.Words)) {
		if !strings.Contains(hay, w) {
			return false
		}
	}
	return true
}

// reviewed: the case stands where the query wants it in its review.
func (q Query) reviewed(c cases.Case) bool {
	switch q.Review {
	case "none":
		return c.Review.Outcome == ""
	case "second":
		return c.Review.Second
	case "decided":
		return c.Review.Outcome != ""
	case "stale":
		return c.Review.Stale
	}
	return true
}

func placesOf(c cases.Case) string {
	var b strings.Builder
	for _, p := range c.Places {
		b.WriteString(p.Name + " " + p.Country + " ")
	}
	return b.String()
}

func (q Query) order(a, b store.NumberedCase) int {
	switch q.Sort {
	case "new":
		return cmp.Or(b.KnownFrom.Compare(a.KnownFrom), a.Number-b.Number)
	case "happened":
		return cmp.Or(b.Window.Latest.Compare(a.Window.Latest), a.Number-b.Number)
	case "origins":
		return cmp.Or(b.For.Min-a.For.Min, b.For.Max-a.For.Max, a.Number-b.Number)
	}
	return cmp.Or(weight(b.Case)-weight(a.Case), b.KnownFrom.Compare(a.KnownFrom), a.Number-b.Number)
}

func (d plain) Case(ctx context.Context, number int, known time.Time) (store.NumberedCase, error) {
	all, err := d.st.Cases(ctx, known)
	if err != nil {
		return store.NumberedCase{}, err
	}
	for _, c := range all {
		if c.Number == number {
			return c, nil
		}
	}
	return store.NumberedCase{}, store.ErrNotFound
}

func (d plain) filter(ctx context.Context, keep func(store.NumberedCase) bool) ([]store.NumberedCase, error) {
	all, err := d.st.Cases(ctx, time.Time{})
	return slices.DeleteFunc(all, func(c store.NumberedCase) bool { return !keep(c) }), err
}

func (d plain) CasesOf(ctx context.Context, party string) ([]store.NumberedCase, error) {
	return d.filter(ctx, func(c store.NumberedCase) bool {
		return c.Party.ID == party || slices.Contains(c.Party.Same, party) || slices.ContainsFunc(c.Party.Rivals, func(r cases.Rival) bool { return r.ID == party })
	})
}

func (d plain) CasesIn(ctx context.Context, article string) ([]store.NumberedCase, error) {
	return d.filter(ctx, func(c store.NumberedCase) bool {
		return slices.ContainsFunc(c.Articles, func(a cases.ArticleRef) bool { return a.ID == article })
	})
}

func (d plain) CasesBy(ctx context.Context, name string) ([]store.NumberedCase, error) {
	return d.filter(ctx, func(c store.NumberedCase) bool {
		return slices.ContainsFunc(c.Articles, func(a cases.ArticleRef) bool { return a.Outlet == name })
	})
}

func (d plain) Outlets(ctx context.Context) ([]Outlet, error) {
	var out []Outlet
	for a, err := range d.st.Articles(ctx) {
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(out, func(o Outlet) bool { return o.Name == a.Outlet })
		if i < 0 && a.Outlet != "" {
			out, i = append(out, Outlet{Name: a.Outlet}), len(out)
		}
		if i >= 0 {
			out[i].Articles++
		}
	}
	return out, nil
}

func (d plain) Search(ctx context.Context, words string, limit int) ([]story.Article, error) {
	fields := strings.Fields(strings.ToLower(words))
	var out []story.Article
	for a, err := range d.st.Articles(ctx) {
		if err != nil {
			return nil, err
		}
		hay := strings.ToLower(a.Title + "\n" + a.Text)
		if len(fields) > 0 && !slices.ContainsFunc(fields, func(w string) bool { return !strings.Contains(hay, w) }) {
			out = append(out, a)
		}
		if len(out) == limit {
			break
		}
	}
	return out, nil
}

func (d plain) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	all, err := d.st.Cases(ctx, time.Time{})
	if err != nil {
		return c, err
	}
	c.Cases = len(all)
	for _, err := range d.st.Articles(ctx) {
		if err != nil {
			return c, err
		}
		c.Articles++
	}
	eds, err := d.st.Editions(ctx, "", time.Time{})
	seen := map[string]bool{}
	for _, e := range eds {
		seen[e.List] = true
	}
	c.Lists = len(seen)
	return c, err
}
