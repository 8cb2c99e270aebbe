package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// Named is one article with who is named in it, or a finding.
type Named struct {
	Article story.Article
	Result  mentions.Result
	Finding *story.Finding
}

// Scanned is one item of a scan, in the order of the input: an article with
// what was read in it, or a finding.
type Scanned struct {
	Article story.Article
	Reading store.Reading
	Known   bool // the store holds this very reading already; Reading is empty
	Finding *story.Finding
	// File and Next tell, for an archive, where reading goes on after this item.
	File string
	Next int64
}

// ScanOptions steer a scan.
type ScanOptions struct {
	// Workers read side by side; 0 = one a core.
	Workers int
	// Skip reports whether a reading with that key is done already.
	Skip func(ctx context.Context, key string) (bool, error)
}

type job[T any] struct {
	item articles.Item
	out  chan T
}

// Scan reads articles side by side and hands the results on in the order of
// the input. It stops at the first error of give or skip, or when the context
// ends; what was handed on by then is done.
func Scan(ctx context.Context, items iter.Seq[articles.Item], read *Reader, opts ScanOptions, give func(Scanned) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	work := func(item articles.Item) Scanned {
		s := read.one(ctx, item, opts.Skip, cancel)
		s.File, s.Next = item.File, item.Next
		return s
	}
	return inOrder(ctx, cancel, items, opts.Workers, work, give)
}

// Name finds only who is named, side by side and in order, and keeps nothing.
func Name(ctx context.Context, items iter.Seq[articles.Item], known *Knowledge, workers int, give func(Named) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r := &Reader{known: known}
	work := func(item articles.Item) Named {
		if item.Finding != nil || ctx.Err() != nil {
			return Named{Article: item.Article, Finding: item.Finding}
		}
		return Named{Article: item.Article, Result: r.Mentions(item.Article)}
	}
	return inOrder(ctx, cancel, items, workers, work, give)
}

// inOrder works on items side by side and gives the results in the order of
// the input, holding no more than a few items a worker.
func inOrder[T any](ctx context.Context, cancel context.CancelCauseFunc, items iter.Seq[articles.Item], workers int, work func(articles.Item) T, give func(T) error) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	jobs := make(chan job[T], workers)
	order := make(chan chan T, 4*workers)
	finished := make(chan struct{})
	for range workers {
		go func() {
			for j := range jobs {
				j.out <- work(j.item)
			}
			finished <- struct{}{}
		}()
	}
	fed := make(chan struct{})
	go func() {
		feed(ctx, items, jobs, order)
		close(fed)
	}()
	err := collect(order, give, cancel)
	for range workers {
		<-finished
	}
	<-fed
	if err == nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// feed hands items to workers and keeps their order.
func feed[T any](ctx context.Context, items iter.Seq[articles.Item], jobs chan<- job[T], order chan<- chan T) {
	defer close(jobs)
	defer close(order)
	for item := range items {
		out := make(chan T, 1)
		select {
		case order <- out:
		case <-ctx.Done():
			return
		}
		// A worker always takes what was put in order, so that collect never
		// waits for an answer nobody gives.
		jobs <- job[T]{item, out}
		if ctx.Err() != nil {
			return
		}
	}
}

// collect gives results in order; after an error it drains, so that feeder and
// workers can end.
func collect[T any](order <-chan chan T, give func(T) error, cancel context.CancelCauseFunc) error {
	var first error
	for out := range order {
		r := <-out
		if first != nil {
			continue
		}
		if first = give(r); first != nil {
			cancel(first)
		}
	}
	return first
}

// one reads a single item.
func (r *Reader) one(ctx context.Context, item articles.Item, skip func(context.Context, string) (bool, error), cancel context.CancelCauseFunc) Scanned {
	if item.Finding != nil || ctx.Err() != nil {
		return Scanned{Finding: item.Finding, Article: item.Article, Known: true}
	}
	a := r.Prepare(item.Article)
	key := r.Key(a)
	if skip != nil {
		known, err := skip(ctx, key)
		if err != nil {
			cancel(err)
		}
		if known || err != nil {
			return Scanned{Article: a, Known: true}
		}
	}
	a, reading := r.Read(a)
	return Scanned{Article: a, Reading: reading}
}

// Key names a reading by all that it depends on.
func (r *Reader) Key(a story.Article) string {
	h := sha256.New()
	for _, f := range []string{a.ID, a.Text, a.Title, a.Outlet, a.Day().String(), r.known.Key, r.program} {
		io.WriteString(h, f)
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// ScanInto scans into a store: article, capture and reading of each, in order.
// tell, which may be nil, hears of every item after it is kept.
func ScanInto(ctx context.Context, st store.Shelf, items iter.Seq[articles.Item], read *Reader, opts ScanOptions, now Clock, tell func(Scanned)) error {
	opts.Skip = st.HasReading
	return Scan(ctx, items, read, opts, func(s Scanned) error {
		if s.Finding == nil {
			err := st.SaveArticle(ctx, s.Article, now())
			if errors.Is(err, store.ErrErased) {
				if tell != nil {
					tell(Scanned{Finding: &story.Finding{Severity: story.Note, File: "article", Offset: -1, Text: store.ErrErased.Error()}})
				}
				return nil
			}
			if err != nil {
				return err
			}
			if !s.Known {
				if err := st.SaveReading(ctx, s.Reading, now()); err != nil {
					return fmt.Errorf("scan: %w", err)
				}
			}
		}
		if tell != nil {
			tell(s)
		}
		return nil
	})
}
