package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"

	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/store"
)

// Judge brings the cases up to date with what is due. The context is under the
// fence of the partition.
type Judge func(ctx context.Context, read *pipeline.Reader, due []store.Errand) (store.Changes, error)

// WorkerOptions say what a process takes part in.
type WorkerOptions struct {
	Store   Shared
	Readers *Readers
	Judge   Judge
	// Whole says that Judge makes all cases, whatever is due: then one builder at
	// a time works, for all partitions.
	Whole bool
	Now   pipeline.Clock
	// Read is how many articles are read side by side, 0 = one a core, -1 = none.
	Read int
	// NoCases leaves building cases and conducting to others.
	NoCases bool
	// Gather is how long a builder waits after a wake-up for more of the kind.
	Gather time.Duration
	// Sweep is how often the conductor compares store and streams.
	Sweep time.Duration
	// Program is the version of the program, part of what names a reading.
	Program string
	// MaxArticle bounds one article of an archive in bytes, 0 for the default.
	MaxArticle int64
}

// Defaults of options.
const (
	DefaultGather = time.Second
	DefaultSweep  = 30 * time.Second
	inHandEach    = 2 // tasks that one reading goroutine takes at a time
	dueAtOnce     = 2000
)

// Worker takes part in the work of an installation: it reads articles and
// builds cases. It keeps nothing but the lists, and may be killed at any time.
type Worker struct {
	x     *Exchange
	o     WorkerOptions
	id    string
	tally tally
	began time.Time
}

// tally counts what a worker did.
type tally struct {
	read, again, stale, retried, aside, builds, judged, parts atomic.Int64
}

// Done is what a worker did since it began.
type Done struct {
	Read    int64 `json:"read"`    // articles
	Again   int64 `json:"again"`   // that were read already
	Stale   int64 `json:"stale"`   // readings overtaken by newer text or lists
	Retried int64 `json:"retried"` // tasks put off
	Aside   int64 `json:"aside"`
	Builds  int64 `json:"builds"`
	Judged  int64 `json:"judged"` // articles with their parties
	Parts   int64 `json:"parts"`  // of archives
}

// Done tells what it did.
func (w *Worker) Done() Done {
	t := &w.tally
	return Done{t.read.Load(), t.again.Load(), t.stale.Load(), t.retried.Load(), t.aside.Load(), t.builds.Load(), t.judged.Load(), t.parts.Load()}
}

// NewWorker makes a worker.
func NewWorker(x *Exchange, o WorkerOptions) *Worker {
	if o.Read == 0 {
		o.Read = runtime.GOMAXPROCS(0)
	}
	if o.Gather <= 0 {
		o.Gather = DefaultGather
	}
	if o.Sweep <= 0 {
		o.Sweep = DefaultSweep
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	host, _ := os.Hostname()
	return &Worker{x: x, o: o, id: fmt.Sprintf("%s-%d-%s", host, os.Getpid(), nuid.Next()[16:])}
}

// Run works until the context ends; what is under way is finished or given
// back. The error is one that forbids to begin.
func (w *Worker) Run(ctx context.Context) error {
	w.began = w.o.Now()
	if _, err := w.readers(ctx, 1); err != nil {
		return err
	}
	// Versions are told to all; who misses it learns it from the next task.
	sub, err := w.x.nc.Subscribe(w.x.n.lists(), func(m *nats.Msg) {
		var v store.ListVersion
		if json.Unmarshal(m.Data, &v) == nil {
			if _, err := w.o.Readers.AtLeast(ctx, v.Number); err != nil && ctx.Err() == nil {
				w.x.o.Log.Warn("stream: newer lists", "error", err)
			}
		}
	})
	if err == nil {
		defer sub.Unsubscribe()
	}
	var all sync.WaitGroup
	start := func(t *taker) {
		t.x, t.tally, t.waitNoLonger = w.x, &w.tally, 2*time.Second
		all.Go(func() { t.run(ctx) })
	}
	for range w.o.Read {
		start(&taker{kind: "articles", name: "workers", batch: inHandEach, do: w.article, aside: asideName})
	}
	if w.o.Read > 0 { // one part at a time: it is long, and its file is read in order
		start(&taker{kind: "archives", name: "workers", batch: 1, do: w.archive, aside: func(b []byte) string { return string(b) }})
	}
	if !w.o.NoCases {
		for p := range w.x.partitions {
			start(&taker{kind: "cases", name: builderName(p), batch: 1, do: w.cases, aside: func(b []byte) string { return string(b) }})
		}
		all.Go(func() { w.conduct(ctx) })
	}
	all.Go(func() { w.show(ctx) })
	all.Wait()
	return nil
}

// readers waits for the store where it is away.
func (w *Worker) readers(ctx context.Context, number int) (h *Held, err error) {
	err = patient(ctx, w.x.o.Log, w.o.Store, func() error {
		h, err = w.o.Readers.AtLeast(ctx, number)
		return err
	})
	return h, err
}

// suspicious is how often a task is given out before its articles are parted:
// one of them may be what ends the processes that take it.
const suspicious = 3

// article reads the articles of a task.
func (w *Worker) article(ctx context.Context, m jetstream.Msg) error {
	t, err := decodeArticle(m.Data())
	if err != nil {
		return poison{err}
	}
	if meta, err := m.Metadata(); err == nil && meta.NumDelivered > suspicious && len(t.Articles) > 1 {
		return w.part(ctx, t)
	}
	err = w.bundle(ctx, t)
	if err != nil && ctx.Err() == nil && len(t.Articles) > 1 && !errors.Is(err, errLater) {
		return w.part(ctx, t)
	}
	return err
}

// part gives the articles of a task out again, each by itself.
func (w *Worker) part(ctx context.Context, t ArticleTask) error {
	for _, a := range t.Articles {
		if err := w.x.publish(ctx, w.x.n.articles(), "", ArticleTask{Articles: []Named{a}, Lists: t.Lists}, nil); err != nil {
			return err
		}
	}
	return nil
}

// bundle reads articles and keeps the readings, all by one version of the
// lists; whatever is overtaken meanwhile is read again as a whole.
func (w *Worker) bundle(ctx context.Context, t ArticleTask) error {
	number := t.Lists
	for ctx.Err() == nil {
		held, err := w.readers(ctx, number)
		if err != nil {
			return later(err)
		}
		err = w.read(ctx, held, t.ids())
		if !errors.Is(err, store.ErrStale) {
			return err
		}
		w.tally.stale.Add(1)
		err = patient(ctx, w.x.o.Log, w.o.Store, func() error {
			v, err := w.o.Store.ListVersion(ctx)
			number = max(number, v.Number)
			return err
		})
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// asideName names a task for the record of what is set aside: the sweep leaves
// an article alone that stands there by itself.
func asideName(data []byte) string {
	t, err := decodeArticle(data)
	if err != nil || len(t.Articles) != 1 {
		return string(data)
	}
	return t.Articles[0].ID
}

// later marks errors that are the process's and not the task's.
func later(err error) error {
	if errors.Is(err, ErrSettings) || errors.Is(err, pipeline.ErrNoLists) {
		return errors.Join(errLater, err)
	}
	return err
}

// read reads what of some articles is not read yet, and wakes the builders.
// Articles that are not kept any more were erased since they were handed in.
func (w *Worker) read(ctx context.Context, held *Held, ids []string) error {
	var kept []store.Current
	err := patient(ctx, w.x.o.Log, w.o.Store, func() (err error) {
		kept, err = w.o.Store.Current(ctx, ids)
		return err
	})
	if err != nil {
		return err
	}
	var all []store.Settled
	var again []string
	for _, c := range kept {
		prepared := held.Prepare(c.Article)
		if c.Read != "" && c.Read == held.Key(prepared) {
			again = append(again, c.Article.ID)
			continue
		}
		known, reading := held.Read(prepared)
		all = append(all, store.Settled{Read: c.Article, Known: known, Reading: reading, Lists: held.Version.Number, Head: held.head})
	}
	var due []store.Errand
	err = patient(ctx, w.x.o.Log, w.o.Store, func() (err error) {
		if len(all) > 0 {
			due, err = w.o.Store.Settle(ctx, all, w.o.Now())
		}
		if err == nil && len(again) > 0 { // whoever read them may have ended before he woke anybody
			var left []store.Errand
			left, err = w.o.Store.DueOf(ctx, again)
			due = append(due, left...)
			if err != nil {
				all = nil // kept already
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	w.tally.read.Add(int64(len(kept) - len(again)))
	w.tally.again.Add(int64(len(again)))
	return w.wake(ctx, due)
}

// head is the party that the cases of a party are under.
func (h *Held) head(party string) string {
	if s, ok := h.Known().Same()[party]; ok {
		return s
	}
	return party
}

// wake tells the builders of the partitions in which something is due.
func (w *Worker) wake(ctx context.Context, due []store.Errand) error {
	told := map[int]bool{}
	for _, d := range due {
		p := d.Slot % w.x.partitions
		if told[p] {
			continue
		}
		told[p] = true
		if err := w.x.publish(ctx, w.x.n.cases(p), fmt.Sprintf("c-%d-%d", d.ID, p), CaseTask{Partition: p}, nil); err != nil {
			return err
		}
	}
	return nil
}

// cases judges what is due in a partition.
func (w *Worker) cases(ctx context.Context, m jetstream.Msg) error {
	t, err := decodeCases(m.Data(), w.x.partitions)
	if err != nil {
		return poison{err}
	}
	for first := true; ctx.Err() == nil; first = false {
		var n int
		err := patient(ctx, w.x.o.Log, w.o.Store, func() (err error) {
			n, err = w.judge(ctx, t.Partition, first)
			return err
		})
		switch {
		case errors.Is(err, store.ErrFenced):
			return errors.Join(errLater, err) // whoever took over does it
		case err != nil || n == 0:
			return err
		}
	}
	return ctx.Err()
}

// judge takes the place of the partition's builder and judges some of what is
// due; it gives how much that was.
func (w *Worker) judge(ctx context.Context, partition int, gather bool) (int, error) {
	st := w.o.Store
	due, err := st.Due(ctx, partition, w.x.partitions, 1)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	if gather && !sleep(ctx, w.o.Gather) {
		return 0, ctx.Err()
	}
	v, err := st.ListVersion(ctx)
	if err != nil {
		return 0, err
	}
	held, err := w.o.Readers.AtLeast(ctx, v.Number)
	if err != nil {
		return 0, later(err)
	}
	place := fmt.Sprintf("cases/%d", partition)
	if w.o.Whole {
		place = "cases"
	}
	fence, err := st.Claim(ctx, place)
	if err != nil {
		return 0, err
	}
	if due, err = st.Due(ctx, partition, w.x.partitions, dueAtOnce); err != nil {
		return 0, err
	}
	fenced := store.UnderFence(ctx, fence)
	if _, err := w.o.Judge(fenced, held.Reader, due); err != nil {
		return 0, err
	}
	if err := st.Judged(fenced, due); err != nil {
		return 0, err
	}
	w.tally.builds.Add(1)
	w.tally.judged.Add(int64(len(due)))
	return len(due), nil
}
