package stream

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/demo"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/store/sqlite"
	"github.com/reportedly/reportedly/internal/store/tables"
	"github.com/reportedly/reportedly/internal/story"
	"github.com/reportedly/reportedly/internal/stream/broker"
)

// program is the version that test processes call themselves.
const program = "test"

// material is what the tests read: the lists of the demo, and its articles as
// so many outlets would carry them.
type material struct {
	lists    []string // files
	articles []story.Article
}

func layMaterial(dir string, rounds int) (material, error) {
	_, files, err := demo.Lay(filepath.Join(dir, "demo"))
	if err != nil {
		return material{}, err
	}
	m := material{lists: files.Lists}
	for r := range rounds {
		for it := range articles.Open(files.Articles, nil, articles.Options{}) {
			if it.Finding != nil {
				continue
			}
			a := it.Article
			if r > 0 { // another outlet, some days later
				a.ID = fmt.Sprintf("%s-%d", a.ID, r)
				a.Outlet = fmt.Sprintf("Paper %d", r)
				a.Published = a.Published.AddDate(0, 0, r)
			}
			m.articles = append(m.articles, a)
		}
	}
	if len(m.articles) < rounds {
		return m, fmt.Errorf("the demo has %d articles", len(m.articles))
	}
	return m, nil
}

// loader gives readers for the lists that the store holds.
func loader(st store.Lists) func(context.Context) (*pipeline.Reader, error) {
	var mu sync.Mutex
	var have *pipeline.Reader
	return func(ctx context.Context) (*pipeline.Reader, error) {
		mu.Lock()
		defer mu.Unlock()
		eds, err := st.Editions(ctx, "", time.Time{})
		if err != nil {
			return nil, err
		}
		if have != nil && have.Known().Key == pipeline.EditionsKey(eds) {
			return have, nil
		}
		k, err := pipeline.StoredLists(ctx, st, time.Time{})
		if err != nil {
			return nil, err
		}
		if have, err = pipeline.NewReader(k, program); err != nil {
			have = nil
		}
		return have, err
	}
}

// judgeAll makes all cases current.
func judgeAll(st store.Store, now pipeline.Clock) Judge {
	builder := pipeline.NewBuilder(st)
	return func(ctx context.Context, read *pipeline.Reader, _ []store.Errand) (store.Changes, error) {
		return builder.Build(ctx, read.Known(), program, now())
	}
}

func importLists(ctx context.Context, st store.Store, files []string) error {
	var inputs []snapshot.Input
	for _, f := range files {
		inputs = append(inputs, snapshot.Path(f))
	}
	return pipeline.ImportLists(ctx, st, inputs, lists.Options{}, time.Now(), func(pipeline.Imported) {}, func(story.Finding) {})
}

// undisturbed is what one process makes of the material, with nothing between.
func undisturbed(t testing.TB, m material) string {
	t.Helper()
	ctx := context.Background()
	st, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "alone.db"))
	must(t, err)
	defer st.Close()
	must(t, importLists(ctx, st, m.lists))
	read, err := loader(st)(ctx)
	must(t, err)
	var items []articles.Item
	for _, a := range m.articles {
		items = append(items, articles.Item{Article: a})
	}
	must(t, pipeline.ScanInto(ctx, st, slices.Values(items), read, pipeline.ScanOptions{Workers: 2}, time.Now, nil))
	_, err = pipeline.BuildCases(ctx, st, read.Known(), program, time.Now())
	must(t, err)
	return outcome(t, st)
}

// outcome is all that the reading and judging of articles leaves in a store,
// but for what tells when and in which run it was made: moments, numbers of
// cases (given in the order in which cases first came up) and labels of runs.
func outcome(t testing.TB, st store.Store) string {
	t.Helper()
	ctx := context.Background()
	var b strings.Builder
	add := func(kind string, v any) {
		j, err := json.Marshal(v)
		must(t, err)
		fmt.Fprintf(&b, "%s %s\n", kind, j)
	}
	for a, err := range st.Articles(ctx) {
		must(t, err)
		add("article", a)
	}
	for r, err := range st.Readings(ctx) {
		must(t, err)
		add("reading", r)
	}
	cs, err := st.Cases(ctx, time.Time{})
	must(t, err)
	slices.SortFunc(cs, func(a, b store.NumberedCase) int { return strings.Compare(a.ID, b.ID) })
	for _, c := range cs {
		c.Case.MadeBy = cases.MadeBy{}
		add("case", c.Case)
	}
	es, err := st.Copies(ctx, time.Time{})
	must(t, err)
	for _, e := range es {
		add("copy", e)
	}
	return b.String()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// quick are options with short times.
func quick() Options {
	return Options{AckWait: 2 * time.Second, Beat: 100 * time.Millisecond, Partitions: 3, Log: testLog()}
}

func testLog() *slog.Logger {
	if os.Getenv("REPORTEDLY_TEST_LOG") == "" {
		return nil
	}
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// office is a broker and a store in this process.
type office struct {
	st *tables.DB
	b  *broker.Server
	x  *Exchange
}

func newOffice(t *testing.T, o Options) *office {
	t.Helper()
	ctx := context.Background()
	st, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "shared.db"))
	must(t, err)
	b, err := broker.Start(broker.Options{Dir: t.TempDir()})
	must(t, err)
	o.Via = b.Via()
	x, err := Connect(ctx, o)
	must(t, err)
	t.Cleanup(func() {
		x.Close()
		b.Stop()
		st.Close()
	})
	return &office{st, b, x}
}

func (f *office) options() WorkerOptions {
	return WorkerOptions{Store: f.st, Readers: NewReaders(f.st, loader(f.st), nil), Judge: judgeAll(f.st, time.Now), Whole: true, Read: 2, Gather: 20 * time.Millisecond, Sweep: 300 * time.Millisecond, Program: program}
}

// start runs a worker until the test ends or stop is called.
func (f *office) start(t *testing.T, o WorkerOptions) (w *Worker, stop func()) {
	t.Helper()
	w = NewWorker(f.x, o)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(stop)
	return w, stop
}

func (f *office) submit(t *testing.T, all []story.Article) {
	t.Helper()
	feed := NewFeeder(f.x, f.st, sources.Default(), time.Now)
	must(t, feed.Submit(context.Background(), all...))
}

// settled waits until nothing is left to do.
func settled(t testing.TB, x *Exchange, st store.Store, limit time.Duration) {
	t.Helper()
	ctx := context.Background()
	deadline := time.Now().Add(limit)
	quiet := 0
	for quiet < 3 {
		if time.Now().After(deadline) {
			s, err := x.Status(ctx, st, time.Now())
			j, _ := json.Marshal(s)
			t.Fatalf("not settled after %s: %s (%v)", limit, j, err)
		}
		time.Sleep(50 * time.Millisecond)
		if idle(ctx, x, st) {
			quiet++
		} else {
			quiet = 0
		}
	}
}

func idle(ctx context.Context, x *Exchange, st store.Store) bool {
	done, err := x.Idle(ctx, st, program)
	return err == nil && done
}
