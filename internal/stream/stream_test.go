package stream

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/store"
)

var ctx = context.Background()

func laid(t *testing.T, rounds int) material {
	t.Helper()
	m, err := layMaterial(t.TempDir(), rounds)
	must(t, err)
	return m
}

// Two workers on one exchange make what one process makes.
func TestWorkersMakeWhatOneProcessMakes(t *testing.T) {
	m := laid(t, 2)
	want := undisturbed(t, m)
	f := newOffice(t, quick())
	must(t, importLists(ctx, f.st, m.lists))
	first, _ := f.start(t, f.options())
	second, _ := f.start(t, f.options())
	f.submit(t, m.articles)
	f.submit(t, m.articles) // twice is once
	settled(t, f.x, f.st, 30*time.Second)
	if got := outcome(t, f.st); got != want {
		t.Error(firstDifference(want, got))
	}
	done := first.Done().Read + second.Done().Read
	if done != int64(len(m.articles)) {
		t.Errorf("%d articles read, %d handed in", done, len(m.articles))
	}
	s, err := f.x.Status(ctx, f.st, time.Now())
	must(t, err)
	if len(s.Workers) != 2 || s.Workers[0].Lists != 1 || s.Aside != 0 {
		t.Errorf("status: %+v", s)
	}
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return cmp.Diff(cut(w[i]), cut(g[i]))
		}
	}
	return cmp.Diff(len(w), len(g))
}

func cut(s string) string { return s[:min(len(s), 4000)] }

// Newer lists reach all workers; in the end every article is read by them, and
// none was kept half and half.
func TestNewerListsReadEverythingAgain(t *testing.T) {
	m := laid(t, 1)
	want := undisturbed(t, m)
	f := newOffice(t, quick())
	must(t, importLists(ctx, f.st, m.lists[:1]))
	f.start(t, f.options())
	f.start(t, f.options())
	f.submit(t, m.articles)
	must(t, importLists(ctx, f.st, m.lists[1:])) // while they read
	deadline := time.Now().Add(30 * time.Second)
	for time.Now().Before(deadline) {
		if v, err := f.st.ListVersion(ctx); err == nil && v.Editions == len(m.lists) {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	settled(t, f.x, f.st, 30*time.Second)
	v, err := f.st.ListVersion(ctx)
	must(t, err)
	for r, err := range f.st.Readings(ctx) {
		must(t, err)
		if r.Lists != v.Key {
			t.Errorf("%s is read by %s, the newest lists are %s", r.Article, r.Lists, v.Key)
		}
	}
	if got := outcome(t, f.st); got != want {
		t.Error(firstDifference(want, got))
	}
}

// A process with other settings takes no part, and says why.
func TestOtherSettingsTakeNoPart(t *testing.T) {
	m := laid(t, 1)
	f := newOffice(t, quick())
	must(t, importLists(ctx, f.st, m.lists))
	f.start(t, f.options())
	if _, err := f.options().Readers.Now(ctx); err != nil {
		t.Fatal(err)
	}
	o := f.options()
	o.Readers = NewReaders(f.st, func(ctx context.Context) (*pipeline.Reader, error) {
		k, err := pipeline.StoredLists(ctx, f.st, time.Time{})
		if err != nil {
			return nil, err
		}
		if err := k.ExtendSources([]byte("# nothing new\n")); err != nil {
			return nil, err
		}
		return pipeline.NewReader(k, program)
	}, nil)
	if err := NewWorker(f.x, o).Run(ctx); !errors.Is(err, ErrSettings) {
		t.Errorf("a worker with other sources: %v", err)
	}
}

// What cannot be done is set aside with its error, told, and can be replayed;
// the rest goes on.
func TestPoisonIsSetAsideAndReplayed(t *testing.T) {
	m := laid(t, 1)
	f := newOffice(t, quick())
	must(t, importLists(ctx, f.st, m.lists))
	must(t, f.x.publishRaw(ctx, f.x.n.articles(), "", []byte("{not ours"), nil))
	broken := true
	o := f.options()
	judge := o.Judge
	o.Judge = func(ctx context.Context, read *pipeline.Reader, due []store.Errand) (store.Changes, error) {
		if broken {
			var none []int
			_ = none[len(due)] // a fault of ours
		}
		return judge(ctx, read, due)
	}
	_, stop := f.start(t, o)
	f.submit(t, m.articles)
	deadline := time.Now().Add(30 * time.Second)
	var aside []Aside
	for len(aside) < 2 && time.Now().Before(deadline) {
		time.Sleep(100 * time.Millisecond)
		var err error
		aside, err = f.x.SetAside(ctx)
		must(t, err)
	}
	if len(aside) < 2 {
		t.Fatalf("set aside: %+v", aside)
	}
	for _, a := range aside {
		switch a.Subject {
		case "reportedly.articles":
			if !strings.Contains(a.Error, "message") || a.Task != "{not ours" {
				t.Errorf("%+v", a)
			}
		case "reportedly.cases.0", "reportedly.cases.1", "reportedly.cases.2":
			if !strings.Contains(a.Error, "panic") || !strings.Contains(a.Error, "index out of range") || a.Deliveries != maxTries {
				t.Errorf("%+v", a)
			}
		default:
			t.Errorf("set aside: %+v", a)
		}
	}
	stop()
	broken = false
	f.start(t, o)
	n, err := f.x.Replay(ctx)
	if err != nil || n < 2 {
		t.Fatalf("%d replayed (%v)", n, err)
	}
	settled(t, f.x, f.st, 30*time.Second)
	if cs, err := f.st.Cases(ctx, time.Time{}); err != nil || len(cs) == 0 {
		t.Errorf("%d cases after the fault was mended (%v)", len(cs), err)
	}
	aside, err = f.x.SetAside(ctx)
	must(t, err)
	if len(aside) != 1 || aside[0].Task != "{not ours" {
		t.Errorf("set aside after replaying: %+v", aside)
	}
}

// An article that panics is set aside once, and the conductor leaves it there.
func TestSweepLeavesWhatIsAside(t *testing.T) {
	m := laid(t, 1)
	f := newOffice(t, quick())
	must(t, importLists(ctx, f.st, m.lists))
	must(t, f.st.SaveArticle(ctx, m.articles[0], time.Now()))
	must(t, f.st.SaveArticle(ctx, m.articles[1], time.Now()))
	task := ArticleTask{Articles: []Named{{ID: m.articles[0].ID}}}
	b, _ := json.Marshal(task)
	must(t, f.x.publishRaw(ctx, f.x.n.aside("articles", m.articles[0].ID), "", b, nil))
	w, _ := f.start(t, f.options())
	deadline := time.Now().Add(10 * time.Second)
	for w.Done().Read < 1 && time.Now().Before(deadline) {
		time.Sleep(50 * time.Millisecond)
	}
	time.Sleep(700 * time.Millisecond) // two sweeps more
	if d := w.Done(); d.Read != 1 || d.Again != 0 {
		t.Errorf("the conductor had articles read: %+v", d)
	}
	if _, err := f.st.Reading(ctx, m.articles[1].ID); err != nil {
		t.Error(err)
	}
}

// A publisher waits while the stream is full.
func TestFullStreamHoldsPublishersBack(t *testing.T) {
	o := quick()
	o.MaxTasks = 3
	f := newOffice(t, o)
	m := laid(t, 1)
	must(t, importLists(ctx, f.st, m.lists))
	handed := make(chan int, 100)
	go func() {
		for i, a := range m.articles[:6] {
			if err := f.x.task(ctx, ArticleTask{Articles: []Named{{ID: a.ID, Text: "t"}}}); err != nil {
				t.Error(err)
			}
			handed <- i
		}
		close(handed)
	}()
	time.Sleep(500 * time.Millisecond)
	if n := len(handed); n != 3 {
		t.Errorf("%d tasks taken by a stream that holds 3", n)
	}
	f.start(t, f.options())
	for range handed {
	}
}

func TestTasksAreReadStrictly(t *testing.T) {
	for _, bad := range []string{"", "{}", `{"articles":[{"id":"a"}],"lists":-1}`, `{"articles":[{"id":"a"}],"more":1}`, `{"articles":[{"id":"a"}]} {}`, `{"articles":[{"id":""}]}`,
		`{"articles":[` + strings.Repeat(`{"id":"a"},`, bundle) + `{"id":"a"}]}`, strings.Repeat("x", maxTask+1)} {
		if _, err := decodeArticle([]byte(bad)); err == nil {
			t.Errorf("%.40q is taken for a task of articles", bad)
		}
	}
	for _, bad := range []string{"{}", `{"partition":4}`, `{"partition":-1}`} {
		if _, err := decodeCases([]byte(bad), 4); err == nil {
			t.Errorf("%q is taken for a task of cases", bad)
		}
	}
	task := func(text string, lists int) string {
		return ArticleTask{Articles: []Named{{"a", text}}, Lists: lists}.ID()
	}
	first, again := task("1", 0), task("1", 0)
	if first == task("2", 0) || first == task("1", 1) || first != again {
		t.Error("other texts or lists are the same work, or the same are not")
	}
}

func FuzzTask(f *testing.F) {
	f.Add([]byte(`{"articles":[{"id":"a","text":"t"}],"lists":1}`))
	f.Add([]byte(`{"partition":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if task, err := decodeArticle(data); err == nil && (len(task.Articles) == 0 || task.Articles[0].ID == "") {
			t.Error("a task without an article")
		}
		if task, err := decodeCases(data, 8); err == nil && (task.Partition < 0 || task.Partition >= 8) {
			t.Error("a partition that is none")
		}
	})
}
