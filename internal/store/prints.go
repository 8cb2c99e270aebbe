package store

import (
	"context"
	"iter"
)

// Prints keeps the fingerprints by which copies are found (package echoes).
// They can be made again from the articles; one that is saved anew replaces the
// old.
type Prints interface {
	// SavePrints keeps prints in one transaction.
	SavePrints(ctx context.Context, prints []Print) error
	// Print gives the print of an article.
	Print(ctx context.Context, article string) (Print, error)
	// Prints gives all prints, by article id.
	Prints(ctx context.Context) iter.Seq2[Print, error]
}

// Print is the fingerprint of one text.
type Print struct {
	Article string
	Text    string // names the version of the article that it was taken from
	Body    []byte
	Number  int64 // in the order in which prints came; given by PrintsAfter alone
}
