package stream

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// Feeder hands articles to the workers: it keeps them in the store and
// publishes a task for each. It needs no lists and no models.
type Feeder struct {
	x   *Exchange
	st  Shared
	reg *sources.Register
	now pipeline.Clock
}

// Shared is the store that all processes of an installation share.
type Shared interface {
	store.Store
}

// NewFeeder makes a feeder; reg reads the credit lines of articles.
func NewFeeder(x *Exchange, st Shared, reg *sources.Register, now pipeline.Clock) *Feeder {
	return &Feeder{x: x, st: st, reg: reg, now: now}
}

// Submit keeps articles and has them read. It returns when both the store and
// the broker have them, and waits while one is away or has enough to do. Doing
// it twice is harmless. An article that was erased is left out.
func (f *Feeder) Submit(ctx context.Context, all ...story.Article) error {
	for some := range slices.Chunk(all, bundle) {
		if err := f.submit(ctx, some); err != nil {
			return err
		}
	}
	return nil
}

func (f *Feeder) submit(ctx context.Context, some []story.Article) error {
	ready := make([]story.Article, len(some))
	for i, a := range some {
		ready[i] = pipeline.Prepare(f.reg, a)
	}
	kept, err := f.keep(ctx, ready)
	if len(kept) == 0 {
		return err
	}
	var v store.ListVersion
	verr := patient(ctx, f.x.o.Log, f.st, func() (err error) {
		v, err = f.st.ListVersion(ctx)
		return err
	})
	if verr != nil {
		return errors.Join(err, fmt.Errorf("stream: %w", verr))
	}
	return errors.Join(err, f.x.task(ctx, ArticleTask{Articles: kept, Lists: v.Number}))
}

// keep keeps articles that are prepared and gives those that are kept; an error
// tells of the others. Those that were erased are neither.
func (f *Feeder) keep(ctx context.Context, ready []story.Article) (kept []Named, err error) {
	var vs []store.TextVersion
	err = patient(ctx, f.x.o.Log, f.st, func() (err error) {
		vs, err = f.st.SaveArticles(ctx, ready, f.now())
		return err
	})
	switch {
	case err == nil:
		for _, v := range vs {
			kept = append(kept, Named{v.Article, v.Text})
		}
		return kept, nil
	case len(ready) > 1: // one of them cannot be kept; which, is found out one by one
		var errs []error
		for _, a := range ready {
			one, err := f.keep(ctx, []story.Article{a})
			kept, errs = append(kept, one...), append(errs, err)
		}
		return kept, errors.Join(errs...)
	case errors.Is(err, store.ErrErased):
		return nil, nil
	}
	return nil, fmt.Errorf("stream: %w", err)
}

// task publishes some articles.
func (x *Exchange) task(ctx context.Context, t ArticleTask) error {
	return x.publish(ctx, x.n.articles(), t.ID(), t, nil)
}

// SubmitAll submits what files yield, some side by side; tell hears of each
// item, one at a time and in any order.
func (f *Feeder) SubmitAll(ctx context.Context, items iter.Seq[articles.Item], side int, tell func(articles.Item, error)) error {
	work, wctx := errgroup.WithContext(ctx)
	work.SetLimit(max(side, 1))
	var one sync.Mutex
	say := func(it articles.Item, err error) {
		one.Lock()
		defer one.Unlock()
		if tell != nil {
			tell(it, err)
		}
	}
	var some []story.Article
	send := func() {
		now := some
		some = nil
		work.Go(func() error {
			err := f.Submit(wctx, now...)
			for _, a := range now {
				say(articles.Item{Article: a}, err)
			}
			return err
		})
	}
	for it := range items {
		if wctx.Err() != nil {
			break
		}
		if it.Finding != nil {
			say(it, nil)
			continue
		}
		if some = append(some, it.Article); len(some) == bundle {
			send()
		}
	}
	if len(some) > 0 {
		send()
	}
	return work.Wait()
}
