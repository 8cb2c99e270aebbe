package stream

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/story"
)

// SubmitPart has a part of a web archive read by some worker, which must find
// the file under the same name. Progress is kept in the store, so that whoever
// takes the part over goes on inside it.
func (x *Exchange) SubmitPart(ctx context.Context, p articles.Part, lists int) error {
	if err := p.Valid(); err != nil {
		return fmt.Errorf("stream: %w", err)
	}
	return x.publish(ctx, x.n.archives(), fmt.Sprintf("p-%s-%d", short(p.Name()), lists), p, nil)
}

// archive reads a part of an archive.
func (w *Worker) archive(ctx context.Context, m jetstream.Msg) error {
	var p articles.Part
	err := decodeTask(m.Data(), &p)
	if err == nil {
		err = p.Valid()
	}
	if err != nil {
		return poison{err}
	}
	held, err := w.readers(ctx, 1)
	if err != nil {
		return later(err)
	}
	key := pipeline.PartKey(p, held.Reader)
	var from int64
	err = patient(ctx, w.x.o.Log, w.o.Store, func() (err error) {
		from, err = w.o.Store.Progress(ctx, key)
		return err
	})
	if err != nil || from >= p.To {
		return err
	}
	items, err := p.Open(from, articles.Options{MaxArticle: w.o.MaxArticle, Retrieved: w.o.Now()})
	if err != nil {
		return err
	}
	if err := w.some(ctx, held, key, items); err != nil {
		return err
	}
	w.tally.parts.Add(1)
	return w.progress(ctx, key, p.To)
}

// some reads the articles of a part, and notes how far it is after each bundle.
func (w *Worker) some(ctx context.Context, held *Held, key string, items func(func(articles.Item) bool)) error {
	var ready []story.Article
	var next int64
	send := func() error {
		if len(ready) > 0 {
			if err := w.keepAndRead(ctx, ready); err != nil {
				return err
			}
			ready = nil
		}
		return w.progress(ctx, key, next)
	}
	for it := range items {
		if it.Finding != nil {
			w.x.o.Log.Warn("stream: archive", "finding", it.Finding.String())
			next = max(next, it.Next)
			continue
		}
		ready, next = append(ready, held.Prepare(it.Article)), it.Next
		if len(ready) == bundle {
			if err := send(); err != nil {
				return err
			}
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return send()
}

func (w *Worker) keepAndRead(ctx context.Context, ready []story.Article) error {
	t := ArticleTask{Lists: 1}
	for _, a := range ready {
		t.Articles = append(t.Articles, Named{ID: a.ID})
	}
	f := Feeder{x: w.x, st: w.o.Store, now: w.o.Now}
	kept, err := f.keep(ctx, ready)
	if err != nil {
		return err
	}
	t.Articles = kept
	if len(kept) == 0 {
		return nil
	}
	if err := w.bundle(ctx, t); err != nil {
		// One of them cannot be read: it is tried and set aside by itself.
		if ctx.Err() != nil {
			return err
		}
		return w.part(ctx, t)
	}
	return nil
}

func (w *Worker) progress(ctx context.Context, key string, at int64) error {
	if at == 0 {
		return nil
	}
	return patient(ctx, w.x.o.Log, w.o.Store, func() error { return w.o.Store.SaveProgress(ctx, key, at, w.o.Now()) })
}
