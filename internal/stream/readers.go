package stream

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/store"
)

// ErrSettings is returned to a process that reads by other lists or other
// outlets than those that the processes of the installation agreed on, though
// by as many editions.
var ErrSettings = errors.New("this process has other --list or --sources than the installation; 'reportedly worker lists --force' makes them the ones that count")

// Held is a reader with the version of the lists that it reads by.
type Held struct {
	*pipeline.Reader
	Version store.ListVersion
}

// Readers holds a reader for the newest version of the lists that this process
// has met. Its methods may be called from several goroutines.
type Readers struct {
	st   store.Work
	load func(context.Context) (*pipeline.Reader, error)
	now  pipeline.Clock

	loading sync.Mutex // one at a time
	mu      sync.Mutex
	have    *Held
}

// NewReaders makes Readers. load gives a reader for the lists that the store
// holds at the moment, the same one as long as they are the same.
func NewReaders(st store.Work, load func(context.Context) (*pipeline.Reader, error), now pipeline.Clock) *Readers {
	if now == nil {
		now = time.Now
	}
	return &Readers{st: st, load: load, now: now}
}

// Now gives what is held, and loads it the first time.
func (r *Readers) Now(ctx context.Context) (*Held, error) { return r.AtLeast(ctx, 1) }

// AtLeast gives a reader by a version with that number or a later one; where
// what is held is older, the newest is loaded first.
func (r *Readers) AtLeast(ctx context.Context, number int) (*Held, error) {
	if h := r.held(); h != nil && h.Version.Number >= number {
		return h, nil
	}
	r.loading.Lock()
	defer r.loading.Unlock()
	if h := r.held(); h != nil && h.Version.Number >= number {
		return h, nil
	}
	return r.refresh(ctx, false)
}

// Refresh loads what the store holds now. Where that is more than the newest
// version knows, it becomes the newest; force makes it the newest in any case.
func (r *Readers) Refresh(ctx context.Context, force bool) (*Held, error) {
	r.loading.Lock()
	defer r.loading.Unlock()
	return r.refresh(ctx, force)
}

func (r *Readers) held() *Held {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.have
}

func (r *Readers) refresh(ctx context.Context, force bool) (*Held, error) {
	for range 5 {
		read, err := r.load(ctx)
		if err != nil {
			return nil, fmt.Errorf("stream: lists: %w", err)
		}
		k := read.Known()
		v, err := r.st.RaiseLists(ctx, k.Key, len(k.Editions), force, r.now())
		switch {
		case err != nil:
			return nil, err
		case v.Key == k.Key:
			k.Index() // dear, and wanted by the first article
			h := &Held{read, v}
			r.mu.Lock()
			r.have = h
			r.mu.Unlock()
			return h, nil
		case v.Editions <= len(k.Editions):
			return nil, ErrSettings
		}
		if !sleep(ctx, firstPause) { // a list is just being taken over
			return nil, ctx.Err()
		}
	}
	return nil, errors.New("stream: the lists that the store holds are fewer than the newest version names")
}
