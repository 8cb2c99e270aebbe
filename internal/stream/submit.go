package stream

import (
	"context"
	"fmt"
	"iter"

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

// Submit keeps an article and has it read. It returns when both the store and
// the broker have it, and waits while the broker is away or has enough to do.
// Doing it twice is harmless.
func (f *Feeder) Submit(ctx context.Context, a story.Article) error {
	a = pipeline.Prepare(f.reg, a)
	t := ArticleTask{Article: a.ID}
	err := patient(ctx, f.x.o.Log, f.st, func() error {
		err := f.st.SaveArticle(ctx, a, f.now())
		if err == nil {
			t.Text, err = f.st.TextVersion(ctx, a.ID)
		}
		if err == nil {
			var v store.ListVersion
			v, err = f.st.ListVersion(ctx)
			t.Lists = v.Number
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("stream: %w", err)
	}
	return f.x.task(ctx, t)
}

// task publishes one article.
func (x *Exchange) task(ctx context.Context, t ArticleTask) error {
	return x.publish(ctx, x.n.articles(), t.ID(), t, nil)
}

// SubmitAll submits what a file yields, some side by side; tell hears of each
// item, in any order but one at a time.
func (f *Feeder) SubmitAll(ctx context.Context, items iter.Seq[articles.Item], side int, tell func(articles.Item, error)) error {
	work, wctx := errgroup.WithContext(ctx)
	work.SetLimit(max(side, 1))
	told := make(chan struct{}, 1)
	say := func(it articles.Item, err error) {
		told <- struct{}{}
		defer func() { <-told }()
		if tell != nil {
			tell(it, err)
		}
	}
	for it := range items {
		if wctx.Err() != nil {
			break
		}
		if it.Finding != nil {
			say(it, nil)
			continue
		}
		work.Go(func() error {
			err := f.Submit(wctx, it.Article)
			say(it, err)
			return wctx.Err()
		})
	}
	return work.Wait()
}
