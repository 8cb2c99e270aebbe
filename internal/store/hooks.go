package store

import (
	"context"
	"time"
)

// Hook is an address that is told of new and changed cases.
type Hook struct {
	ID      string
	URL     string
	Secret  string // signs what is sent
	User    int64  // who made it
	Created time.Time
	Removed time.Time // zero = in use
	// Cursor is the moment up to which it was told; what came after is due.
	Cursor   time.Time
	Attempts int // failed ones since the last success
	NextTry  time.Time
	Problem  string // of the last attempt, "" = none
}

// Hooks keeps addresses and how far each was told.
type Hooks interface {
	AddHook(ctx context.Context, h Hook) error
	Hooks(ctx context.Context) ([]Hook, error)
	// SaveHook changes Removed, Cursor, Attempts, NextTry and Problem.
	SaveHook(ctx context.Context, h Hook) error
}

// Replay is an answer that is given again to a request with the same key.
type Replay struct {
	Key     string // of the client, with who asked
	Request string // hash of what was asked
	Status  int    // 0 = the first request is still being worked on
	Body    []byte
	At      time.Time
}

// Replays keeps answers under idempotency keys.
type Replays interface {
	// BeginReplay reserves a key; where it is taken since then, it gives what is
	// kept and fresh is false.
	BeginReplay(ctx context.Context, r Replay, since time.Time) (kept Replay, fresh bool, err error)
	// EndReplay keeps the answer; a status of 0 frees the key.
	EndReplay(ctx context.Context, r Replay) error
}
