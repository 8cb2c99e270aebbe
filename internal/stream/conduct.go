package stream

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// conduct keeps store and streams together, in one process at a time: newer
// lists become the version that all read by, and what is unread or not judged
// though nobody is at it is published again. That is how work comes back that a
// broker lost. Two at once do no harm: all that they publish is dropped as a
// copy or done to no effect.
func (w *Worker) conduct(ctx context.Context) {
	var lead jetstream.KeyValue
	var revision uint64
	var swept time.Time
	for ; ctx.Err() == nil; sleep(ctx, w.x.o.Beat) {
		err := func() (err error) {
			try, cancel := context.WithTimeout(ctx, time.Minute)
			defer cancel()
			if lead == nil {
				if lead, err = w.x.bucket(try, "lead"); err != nil {
					return err
				}
			}
			if revision, err = w.leads(try, lead, revision); err != nil || revision == 0 {
				return err
			}
			if time.Since(swept) < w.o.Sweep {
				return nil
			}
			if err := w.sweep(ctx); err != nil {
				return err
			}
			swept = time.Now()
			return nil
		}()
		if err != nil && ctx.Err() == nil {
			lead = nil
			w.x.o.Log.Warn("stream: conducting", "error", err)
		}
	}
}

// bucket opens or makes a bucket whose entries go when they are not renewed.
func (x *Exchange) bucket(ctx context.Context, kind string) (jetstream.KeyValue, error) {
	kv, err := x.js.KeyValue(ctx, x.n.bucket(kind))
	if errors.Is(err, jetstream.ErrBucketNotFound) {
		kv, err = x.js.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: x.n.bucket(kind), TTL: 4 * x.o.Beat, Storage: jetstream.MemoryStorage, Replicas: x.o.Replicas})
	}
	return kv, err
}

// leads gives the revision under which this process leads, 0 where another one
// does.
func (w *Worker) leads(ctx context.Context, kv jetstream.KeyValue, revision uint64) (uint64, error) {
	if revision > 0 {
		if next, err := kv.Update(ctx, "conductor", []byte(w.id), revision); err == nil {
			return next, nil
		}
	}
	next, err := kv.Create(ctx, "conductor", []byte(w.id))
	if errors.Is(err, jetstream.ErrKeyExists) {
		return 0, nil
	}
	return next, err
}

// sweep publishes what is not being worked on although it should be.
func (w *Worker) sweep(ctx context.Context) error {
	before := w.o.Readers.held()
	held, err := w.o.Readers.Refresh(ctx, false)
	if err != nil {
		return err
	}
	if before == nil || before.Version != held.Version {
		if b, err := json.Marshal(held.Version); err == nil {
			_ = w.x.nc.Publish(w.x.n.lists(), b)
		}
	}
	if err := w.sweepArticles(ctx, held); err != nil {
		return err
	}
	return w.sweepCases(ctx)
}

// sweepArticles waits until the stream is empty: what is in it will be read,
// and by the newest lists.
func (w *Worker) sweepArticles(ctx context.Context, held *Held) error {
	if busy, err := w.x.waiting(ctx, "articles", "workers"); err != nil || busy > 0 {
		return err
	}
	aside, err := w.x.isAside(ctx, "articles")
	if err != nil {
		return err
	}
	after := ""
	for {
		some, err := w.o.Store.Unread(ctx, held.Version.Key, w.o.Program, after, 500)
		if err != nil || len(some) == 0 {
			return err
		}
		var open []Named
		for _, u := range some {
			after = u.Article
			if aside[w.x.n.aside("articles", u.Article)] == 0 {
				open = append(open, Named{u.Article, u.Text})
			}
		}
		for t := range slices.Chunk(open, bundle) {
			// No id: it may be a task that the broker has seen and lost.
			if err := w.x.publish(ctx, w.x.n.articles(), "", ArticleTask{Articles: t, Lists: held.Version.Number}, nil); err != nil {
				return err
			}
		}
	}
}

func (w *Worker) sweepCases(ctx context.Context) error {
	slots, err := w.o.Store.DueSlots(ctx)
	if err != nil {
		return err
	}
	told := map[int]bool{}
	for _, s := range slots {
		p := s % w.x.partitions
		if told[p] {
			continue
		}
		told[p] = true
		busy, err := w.x.waiting(ctx, "cases", builderName(p))
		if err != nil {
			return err
		}
		if busy > 0 {
			continue
		}
		if err := w.x.publish(ctx, w.x.n.cases(p), "", CaseTask{Partition: p}, nil); err != nil {
			return err
		}
	}
	return nil
}

// waiting counts the tasks of a consumer that are not finished.
func (x *Exchange) waiting(ctx context.Context, kind, consumer string) (int, error) {
	c, err := x.js.Consumer(ctx, x.n.stream(kind), consumer)
	if err != nil {
		return 0, err
	}
	info := c.CachedInfo()
	return int(info.NumPending) + info.NumAckPending, nil
}
