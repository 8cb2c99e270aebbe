package store

import (
	"context"
	"time"
)

// Habits keeps what each person set up for himself: searches that were saved
// under a name, the moment up to which he looked through the inbox.
type Habits interface {
	// SaveHabit keeps a value under a person and a key; the empty value takes the
	// key away.
	SaveHabit(ctx context.Context, who, key, value string, now time.Time) error
	// Habits gives a person's keys with their values.
	Habits(ctx context.Context, who string) (map[string]string, error)
}
