package store

import (
	"context"
	"time"

	"github.com/reportedly/reportedly/internal/cases/review"
)

// Records keeps the words of people on cases. They are only ever added.
type Records interface {
	// AddRecord keeps a record and gives it back with its id, "r1", "r2", ... in
	// the order in which they came. What review.Check refuses against the records
	// kept by then is not kept.
	AddRecord(ctx context.Context, r review.Record) (review.Record, error)
	// Records gives what was said until a moment, zero = now, in the order in
	// which it came.
	Records(ctx context.Context, known time.Time) ([]review.Record, error)
}
