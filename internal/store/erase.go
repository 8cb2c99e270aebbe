package store

import (
	"context"
	"errors"
	"time"
)

// ErrErased is returned for an article that was erased on request and is not
// taken again.
var ErrErased = errors.New("it was erased on request and is not taken again")

// Erasure takes personal data out for good (LW-4). It is the one exception to
// the rule that nothing is deleted: what is left is a keyed hash.
type Erasure interface {
	// Erase takes an article out of everything that holds its words: all its
	// versions, captures that no other article has, readings, full text. Cases
	// must be built again before Redact.
	Erase(ctx context.Context, article, reason string, at time.Time) error
	// Redact takes the words of erased articles out of cases as they were known
	// before, and gives how many it changed. Cases that are known now and hold
	// such words are an error: they must be built again first.
	Redact(ctx context.Context, articles []string) (int, error)
	// Expired gives articles that came before a moment and that no case which is
	// known now rests on, the oldest first.
	Expired(ctx context.Context, before time.Time, limit int) ([]string, error)
}
