package watch

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"sync"
	"time"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/fetch"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// Getter asks for a page; fetch.Pages is one.
type Getter interface {
	Get(ctx context.Context, r fetch.PageRequest) (fetch.Page, error)
}

// Options of a watcher. Store, Pages, Reader and Program are needed.
type Options struct {
	Store store.Store
	Pages Getter
	// Reader gives a reader for the lists of the moment; it is asked once a cycle
	// and should give the same reader while the lists are the same.
	Reader  func(ctx context.Context) (*pipeline.Reader, error)
	Program string // version, for the cases
	// Cases builds the cases; nil makes one. A process should have one.
	Cases   *pipeline.Builder
	Every   time.Duration
	Workers int // pages fetched, and articles read, side by side; 0 means 4
	Now     pipeline.Clock
	Log     *slog.Logger
	// MaxArticle bounds one article of a folder in bytes, 0 for the default.
	MaxArticle int64
	// Pause between two looks for what is due; 0 means five seconds.
	Pause time.Duration
	// Submit hands articles to other processes instead of reading them here; nil
	// means that they are read here. It returns once they are safe.
	Submit func(ctx context.Context, a story.Article) error
	// FirstRetry is the first pause after a failure; it doubles. 0 means a minute.
	FirstRetry time.Duration
}

// Watcher follows what the store says. Its methods may be called from several
// goroutines; cycles and Take exclude each other.
type Watcher struct {
	o  Options
	mu sync.Mutex // one cycle at a time

	state sync.Mutex
	last  Tally
	when  time.Time
}

// Tally counts what a cycle did.
type Tally struct {
	Feeds    int // looked at
	New      int // items found
	Articles int // read
	Named    int // of them naming somebody who may be listed
	Claims   int
	Retried  int // items put off
	Failed   int // items given up
	Cases    store.Changes
	Built    bool // cases were built
}

func (t *Tally) add(o Tally) {
	t.Feeds += o.Feeds
	t.New += o.New
	t.Articles += o.Articles
	t.Named += o.Named
	t.Claims += o.Claims
	t.Retried += o.Retried
	t.Failed += o.Failed
}

// Defaults of options.
const (
	DefaultEvery = 15 * time.Minute
	defaultPause = 5 * time.Second
	defaultRetry = time.Minute
	maxTries     = 6
	longestRetry = 12 * time.Hour
)

// New makes a watcher.
func New(o Options) *Watcher {
	if o.Every <= 0 {
		o.Every = DefaultEvery
	}
	if o.Workers <= 0 {
		o.Workers = 4
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Pause <= 0 {
		o.Pause = defaultPause
	}
	if o.FirstRetry <= 0 {
		o.FirstRetry = defaultRetry
	}
	if o.Cases == nil {
		o.Cases = pipeline.NewBuilder(o.Store)
	}
	return &Watcher{o: o}
}

// Run follows until the context ends; it then finishes the write under way and
// returns nil. An error of a cycle is logged and the next cycle tries again.
func (w *Watcher) Run(ctx context.Context) error {
	fresh := true
	for {
		t, err := w.cycle(ctx, fresh)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			w.o.Log.Error("watch: cycle failed", "error", err)
		default:
			fresh = false
			if t.Articles > 0 || t.Failed > 0 {
				w.o.Log.Info("watch: read", "articles", t.Articles, "naming", t.Named, "claims", t.Claims, "failed", t.Failed, "new_cases", t.Cases.New, "changed_cases", t.Cases.Changed)
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(w.o.Pause):
		}
	}
}

// Once does one cycle over all that is due, and builds the cases even if
// nothing was new: a run before may have been killed in between.
func (w *Watcher) Once(ctx context.Context) (Tally, error) { return w.cycle(ctx, true) }

// cycle looks at feeds, reads items and builds cases. build asks for cases
// even where nothing was read.
func (w *Watcher) cycle(ctx context.Context, build bool) (Tally, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var t Tally
	read, err := w.reader(ctx)
	if err != nil {
		return t, err
	}
	polled, err := w.poll(ctx)
	t.add(polled)
	if err != nil {
		return t, err
	}
	feeds, err := w.o.Store.Feeds(ctx)
	if err != nil {
		return t, err
	}
	about := map[string]store.Feed{}
	for _, f := range feeds {
		about[f.URL] = f
	}
	for {
		// Few at a time: what was fetched is kept before more is.
		items, err := w.o.Store.OpenItems(ctx, w.o.Now(), 2*w.o.Workers)
		if err != nil || len(items) == 0 {
			if err != nil {
				return t, err
			}
			break
		}
		done, err := w.read(ctx, read, items, about)
		t.add(done)
		if err != nil {
			return t, err
		}
	}
	if w.o.Submit == nil && (t.Articles > 0 || build) {
		if t.Cases, err = w.o.Cases.Build(ctx, read.Known(), w.o.Program, w.o.Now()); err != nil {
			return t, err
		}
		t.Built = true
	}
	w.remember(t)
	return t, nil
}

// reader gives a reader for the lists of the moment, nil where others read.
func (w *Watcher) reader(ctx context.Context) (*pipeline.Reader, error) {
	if w.o.Submit != nil {
		return nil, nil
	}
	read, err := w.o.Reader(ctx)
	if err != nil {
		return nil, fmt.Errorf("watch: %w", err)
	}
	return read, nil
}

// submit hands articles on, one after another.
func (w *Watcher) submit(ctx context.Context, items iter.Seq[articles.Item], tell func(pipeline.Scanned)) error {
	for it := range items {
		if it.Finding == nil {
			if err := w.o.Submit(ctx, it.Article); err != nil {
				return err
			}
		}
		tell(pipeline.Scanned{Article: it.Article, Finding: it.Finding})
	}
	return ctx.Err()
}

// Take reads articles that were handed in: a posted stream. It returns when
// the stream ends; found hears of what could not be read.
func (w *Watcher) Take(ctx context.Context, items iter.Seq[articles.Item], tell func(pipeline.Scanned)) (Tally, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var t Tally
	read, err := w.reader(ctx)
	if err != nil {
		return t, err
	}
	told := func(s pipeline.Scanned) {
		t.count(s)
		if tell != nil {
			tell(s)
		}
	}
	if w.o.Submit != nil {
		err = w.submit(ctx, items, told)
	} else {
		err = pipeline.ScanInto(ctx, w.o.Store, items, read, pipeline.ScanOptions{Workers: w.o.Workers}, w.o.Now, told)
	}
	if read != nil && t.Articles > 0 {
		var berr error
		t.Cases, berr = w.o.Cases.Build(context.WithoutCancel(ctx), read.Known(), w.o.Program, w.o.Now())
		t.Built = berr == nil
		err = errors.Join(err, berr)
	}
	w.remember(t)
	return t, err
}

func (t *Tally) count(s pipeline.Scanned) {
	if s.Finding != nil {
		return
	}
	t.Articles++
	t.Claims += len(s.Reading.Claims)
	if len(s.Reading.Mentions.Mentions) > 0 {
		t.Named++
	}
}

func (w *Watcher) remember(t Tally) {
	w.state.Lock()
	defer w.state.Unlock()
	w.last, w.when = t, w.o.Now()
}

// Health is how the following fares.
type Health struct {
	LastCycle time.Time // zero before the first one ended
	Last      Tally
	Feeds     []FeedHealth
}

// FeedHealth is one address with what is to be said of it.
type FeedHealth struct {
	store.Feed
	// Status is "new" (never looked at), "well", "failing" or "overdue".
	Status string `json:"status"`
	// Lag is how long ago the next look should have been; 0 if it is not due.
	Lag time.Duration `json:"lag"`
}

// Health tells how each address fares.
func (w *Watcher) Health(ctx context.Context) (Health, error) {
	feeds, err := FeedsHealth(ctx, w.o.Store, w.o.Now())
	w.state.Lock()
	defer w.state.Unlock()
	return Health{LastCycle: w.when, Last: w.last, Feeds: feeds}, err
}

// FeedsHealth judges what a store follows, without a watcher.
func FeedsHealth(ctx context.Context, st store.Feeds, now time.Time) ([]FeedHealth, error) {
	feeds, err := st.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]FeedHealth, 0, len(feeds))
	for _, f := range feeds {
		h := FeedHealth{Feed: f, Status: "well"}
		if !f.Due.IsZero() && f.Due.Before(now) {
			h.Lag = now.Sub(f.Due)
		}
		switch {
		case f.Fetched.IsZero():
			h.Status = "new"
		case f.Errors > 0:
			h.Status = "failing"
		case h.Lag > max(f.Every, DefaultEvery):
			h.Status = "overdue"
		}
		out = append(out, h)
	}
	return out, nil
}
