package desk

import (
	"context"
	"time"

	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// Desk answers what pages list and look up. Numbers of pages start at 0.
type Desk interface {
	// Find gives the cases that a query asks for, a page of them, and how many
	// there are in all.
	Find(ctx context.Context, q Query) ([]store.NumberedCase, int, error)
	// Case gives the case of a number as it was known at a moment, zero = now.
	Case(ctx context.Context, number int, known time.Time) (store.NumberedCase, error)
	// CasesOf gives the cases of a party, or in which it may be meant.
	CasesOf(ctx context.Context, party string) ([]store.NumberedCase, error)
	// CasesIn gives the cases that rest on an article.
	CasesIn(ctx context.Context, article string) ([]store.NumberedCase, error)
	// CasesBy gives the cases that rest on an outlet's articles.
	CasesBy(ctx context.Context, outlet string) ([]store.NumberedCase, error)
	// Outlets gives all outlets with the number of their articles.
	Outlets(ctx context.Context) ([]Outlet, error)
	// Search finds articles by their words.
	Search(ctx context.Context, words string, limit int) ([]story.Article, error)
	// Counts for the menu and the first visit.
	Counts(ctx context.Context) (Counts, error)
}

// Query is what the inbox asks for; the zero Query asks for all live cases.
type Query struct {
	Words      string // in names, references, titles
	Measure    string // "engaged", "in-force", "open", "none", "" = all
	MinOrigins int
	Denied     string // "yes", "no", ""
	Review     string // "none", "second", "decided", "stale", ""
	Since      time.Time
	Background bool
	Sort       string // "matters", "new", "happened", "origins"
	Page, Size int
}

// Outlet counts the articles of one outlet.
type Outlet = store.Outlet

// Counts of what is kept.
type Counts = store.Counts
