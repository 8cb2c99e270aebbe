package store

import (
	"context"
	"time"

	"github.com/reportedly/reportedly/internal/story"
)

// CaseQuery asks for a page of the cases that are known now; the zero value
// asks for all live ones, what matters first.
type CaseQuery struct {
	// Words must all begin words of titles, names, references or places; with
	// Quotes they may also stand in what the reports say.
	Words  string
	Quotes bool
	// Measure is "engaged" (a duty would have been), "in-force", "open" (the
	// answer waits), "none", or "" for all.
	Measure    string
	Activity   string // a code or a family of the closed list
	Party      string // id; also where the party is a rival or the same
	Article    string // id: cases that rest on it
	Outlet     string // name: cases that rest on its articles
	MinOrigins int
	Denied     string    // "yes", "no", "" = both
	Review     string    // "none", "second" (waits for a signature), "decided", "stale", "" = all
	Since      time.Time // came or changed after
	Background bool      // also what is told in passing
	Sort       string    // "matters" (also ""), "new", "happened", "origins", "number", "arrived", "arrived"
	Offset     int
	Limit      int // 0 = all
}

// Outlet counts the articles of one outlet.
type Outlet struct {
	Name     string
	Articles int
}

// Counts of what is kept now.
type Counts struct {
	Cases, Articles, Lists int
}

// Search finds cases and articles without reading all of them.
type Search interface {
	// FindCases gives a page of cases and how many there are in all.
	FindCases(ctx context.Context, q CaseQuery) ([]NumberedCase, int, error)
	// Case gives the case of a number as it was known at a moment, zero = now.
	Case(ctx context.Context, number int, known time.Time) (NumberedCase, error)
	// SearchArticles gives the articles that hold all words, those that came
	// last first; before = 0 for the newest, else what an earlier call gave as
	// next, which is 0 at the end.
	SearchArticles(ctx context.Context, words string, before int64, limit int) (found []story.Article, next int64, err error)
	// ListArticles gives the articles themselves in the same way.
	ListArticles(ctx context.Context, before int64, limit int) (found []story.Article, next int64, err error)
	// Outlets gives all outlets by name with the number of their articles.
	Outlets(ctx context.Context) ([]Outlet, error)
	// Counts may lag behind by a few seconds.
	Counts(ctx context.Context) (Counts, error)
}

// Volume counts what is kept, for those who run the service.
type Volume struct {
	Articles, Mentions, Claims           int
	Live, Background, Engaged, Undecided int       // cases
	Newest                               time.Time // when the last article came, zero if none did
}
