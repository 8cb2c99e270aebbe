package newsdesk

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"sync"
	"time"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
	"github.com/reportedly/reportedly/internal/telemetry"
)

// Desk reads articles with the lists of a store.
type Desk struct {
	st      store.Store
	program string
	now     func() time.Time
	// Worked is told how long reading and building took; may be nil. It is set
	// before the desk is used.
	Worked func(stage string, took time.Duration)

	mu       sync.Mutex // guards reader and editions
	reader   *pipeline.Reader
	editions string

	builder  *pipeline.Builder
	building sync.Mutex // one build at a time; those who wait share the next
	asked    sync.Mutex
	waiting  []chan error
}

// New makes a desk; it reads nothing yet. program is the version of the
// program, part of the key of every reading.
func New(st store.Store, program string, now func() time.Time) *Desk {
	if now == nil {
		now = time.Now
	}
	return &Desk{st: st, program: program, now: now, builder: pipeline.NewBuilder(st)}
}

// Builder builds the cases of the store; it holds the index of copies, so one
// process should have one.
func (d *Desk) Builder() *pipeline.Builder { return d.builder }

// Reader gives the reader for the lists as they stand; pipeline.ErrNoLists
// where there are none.
func (d *Desk) Reader(ctx context.Context) (*pipeline.Reader, error) {
	eds, err := d.st.Editions(ctx, "", time.Time{})
	if err != nil {
		return nil, err
	}
	key := keyOf(eds)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.reader != nil && d.editions == key {
		return d.reader, nil
	}
	know, err := pipeline.StoredLists(ctx, d.st, time.Time{})
	if err != nil {
		return nil, err
	}
	r, err := pipeline.NewReader(know, d.program)
	if err != nil {
		return nil, err
	}
	d.reader, d.editions = r, key
	return r, nil
}

func keyOf(eds []party.Edition) string {
	var b strings.Builder
	for _, e := range eds {
		b.WriteString(e.Key())
		b.WriteByte('\n')
	}
	return b.String()
}

// Party looks a listed party up.
func (d *Desk) Party(ctx context.Context, id string) (party.Party, error) {
	r, err := d.Reader(ctx)
	if err != nil {
		return party.Party{}, err
	}
	p, ok := r.Known().Party(id)
	if !ok {
		return p, fmt.Errorf("party %s: %w", id, store.ErrNotFound)
	}
	return p, nil
}

// Mentions tells who is named in a text that is not kept.
func (d *Desk) Mentions(ctx context.Context, a story.Article) (mentions.Result, *pipeline.Reader, error) {
	r, err := d.Reader(ctx)
	if err != nil {
		return mentions.Result{}, nil, err
	}
	return r.Mentions(a), r, nil
}

// Taken counts what came of articles that were handed in.
type Taken struct {
	Articles int             `json:"articles" doc:"articles that are kept now"`
	Known    int             `json:"read_before" doc:"of them read before; nothing was done"`
	Mentions int             `json:"mentions"`
	Claims   int             `json:"claims"`
	IDs      []string        `json:"ids" doc:"ids of the articles"`
	Findings []story.Finding `json:"-"`
	Changes  store.Changes   `json:"-"`
}

// Take reads articles, keeps them and brings the cases up to date. What could
// not be read is a finding; the rest is kept.
func (d *Desk) Take(ctx context.Context, items iter.Seq[articles.Item]) (Taken, error) {
	var t Taken
	r, err := d.Reader(ctx)
	if err != nil {
		return t, err
	}
	ctx, end := telemetry.Span(ctx, "newsdesk.read")
	began := time.Now()
	err = pipeline.ScanInto(ctx, d.st, items, r, pipeline.ScanOptions{Workers: 1}, d.now, func(s pipeline.Scanned) {
		if s.Finding != nil {
			t.Findings = append(t.Findings, *s.Finding)
			return
		}
		t.Articles++
		t.IDs = append(t.IDs, s.Article.ID)
		t.Mentions += len(s.Reading.Mentions.Mentions)
		t.Claims += len(s.Reading.Claims)
		if s.Known {
			t.Known++
		}
	})
	end(err)
	d.worked("reading", began)
	if err != nil || t.Articles == t.Known {
		return t, err
	}
	return t, d.Rebuild(ctx)
}

// Rebuild brings the cases up to date. Calls that come while a build runs
// share the one after it.
func (d *Desk) Rebuild(ctx context.Context) error {
	done := make(chan error, 1)
	d.asked.Lock()
	d.waiting = append(d.waiting, done)
	d.asked.Unlock()
	d.building.Lock()
	d.asked.Lock()
	mine := d.waiting
	d.waiting = nil
	d.asked.Unlock()
	if len(mine) > 0 { // else a build that began after this call has done it
		err := d.build(context.WithoutCancel(ctx))
		for _, c := range mine {
			c <- err
		}
	}
	d.building.Unlock()
	return <-done
}

func (d *Desk) worked(stage string, began time.Time) {
	if d.Worked != nil {
		d.Worked(stage, time.Since(began))
	}
}

func (d *Desk) build(ctx context.Context) (err error) {
	defer d.worked("building", time.Now())
	ctx, end := telemetry.Span(ctx, "newsdesk.build")
	defer func() { end(err) }()
	r, err := d.Reader(ctx)
	if err != nil {
		return err
	}
	_, err = d.builder.Build(ctx, r.Known(), d.program, d.now())
	return err
}
