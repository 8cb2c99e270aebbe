package desk

import (
	"context"
	"time"

	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// stored asks the queries of the store.
type stored struct{ st store.Search }

// Over gives a desk over a store.
func Over(st store.Search) Desk { return stored{st} }

func (d stored) Find(ctx context.Context, q Query) ([]store.NumberedCase, int, error) {
	return d.st.FindCases(ctx, store.CaseQuery{Words: q.Words, Measure: q.Measure, MinOrigins: q.MinOrigins, Denied: q.Denied, Review: q.Review,
		Since: q.Since, Background: q.Background, Sort: q.Sort, Offset: q.Page * q.Size, Limit: q.Size})
}

func (d stored) Case(ctx context.Context, number int, known time.Time) (store.NumberedCase, error) {
	return d.st.Case(ctx, number, known)
}

func (d stored) all(ctx context.Context, q store.CaseQuery) ([]store.NumberedCase, error) {
	q.Background, q.Sort = true, "number"
	found, _, err := d.st.FindCases(ctx, q)
	return found, err
}

func (d stored) CasesOf(ctx context.Context, party string) ([]store.NumberedCase, error) {
	return d.all(ctx, store.CaseQuery{Party: party})
}

func (d stored) CasesIn(ctx context.Context, article string) ([]store.NumberedCase, error) {
	return d.all(ctx, store.CaseQuery{Article: article})
}

// mostBy bounds the cases of one outlet on a page.
const mostBy = 200

func (d stored) CasesBy(ctx context.Context, outlet string) ([]store.NumberedCase, error) {
	return d.all(ctx, store.CaseQuery{Outlet: outlet, Limit: mostBy})
}

func (d stored) Outlets(ctx context.Context) ([]Outlet, error) { return d.st.Outlets(ctx) }

func (d stored) Search(ctx context.Context, words string, limit int) ([]story.Article, error) {
	found, _, err := d.st.SearchArticles(ctx, words, 0, limit)
	return found, err
}

func (d stored) Counts(ctx context.Context) (Counts, error) { return d.st.Counts(ctx) }
