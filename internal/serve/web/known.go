package web

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/screening"
	"github.com/reportedly/reportedly/internal/store"
)

// known keeps what the lists say in memory and makes it again when an edition
// has come.
type known struct {
	st store.Lists

	mu    sync.Mutex
	count int // of editions it was made from
	last  string
	know  *pipeline.Knowledge
	index *screening.Index
}

// now gives the knowledge and the index of names; both nil where no list is
// loaded.
func (k *known) now(ctx context.Context) (*pipeline.Knowledge, *screening.Index, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	eds, err := k.st.Editions(ctx, "", time.Time{})
	if err != nil || len(eds) == 0 {
		return nil, nil, err
	}
	last := newestEdition(eds)
	if k.know != nil && len(eds) == k.count && last == k.last {
		return k.know, k.index, nil
	}
	know, err := pipeline.StoredLists(ctx, k.st, time.Time{})
	if errors.Is(err, pipeline.ErrNoLists) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	k.know, k.index, k.count, k.last = know, screening.New(know.Parties), len(eds), last
	return k.know, k.index, nil
}

func newestEdition(eds []party.Edition) string {
	var at time.Time
	key := ""
	for _, e := range eds {
		if e.KnownFrom.After(at) || e.KnownFrom.Equal(at) && e.Key() > key {
			at, key = e.KnownFrom, e.Key()
		}
	}
	return key
}
