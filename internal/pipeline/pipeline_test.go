package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math/rand"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/demo"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/store/sqlite"
	"github.com/reportedly/reportedly/internal/story"
)

var ctx = context.Background()

// demoReader reads with the lists of the demo.
func demoReader(t testing.TB) (*Reader, string) {
	t.Helper()
	_, files, err := demo.Lay(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	k, err := ListFiles(ctx, files.Lists, lists.Options{}, func(f story.Finding) { t.Log(f) })
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(k, "test")
	if err != nil {
		t.Fatal(err)
	}
	return r, files.Articles
}

func open(path string) iter.Seq[articles.Item] { return articles.Open(path, nil, articles.Options{}) }

// The order of results is that of the input, however many workers read, and
// what they read is the same.
func TestScanKeepsOrder(t *testing.T) {
	r, path := demoReader(t)
	var want []Scanned
	for _, workers := range []int{1, 2, 7} {
		var got []Scanned
		err := Scan(ctx, open(path), r, ScanOptions{Workers: workers}, func(s Scanned) error {
			got = append(got, s)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if workers == 1 {
			want = got
			continue
		}
		if diff := cmp.Diff(asJSON(t, want), asJSON(t, got)); diff != "" {
			t.Errorf("%d workers read otherwise than one:\n%s", workers, diff)
		}
	}
	if len(want) != 13 {
		t.Errorf("%d articles, want 13", len(want))
	}
}

// asJSON is what would be kept of a value.
func asJSON(t *testing.T, v any) string {
	t.Helper()
	j, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(j)
}

func endless() iter.Seq[articles.Item] {
	return func(yield func(articles.Item) bool) {
		for i := 0; ; i++ {
			if !yield(articles.Item{Article: story.Article{ID: fmt.Sprint(i), Text: "Nobody is named here."}}) {
				return
			}
		}
	}
}

// An error of the consumer or a cancelled context ends a scan of any length.
func TestScanEnds(t *testing.T) {
	r, _ := demoReader(t)
	stop := errors.New("disk full")
	n := 0
	err := Scan(ctx, endless(), r, ScanOptions{Workers: 3}, func(Scanned) error {
		if n++; n == 50 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || n != 50 {
		t.Errorf("ended with %v after %d", err, n)
	}
	c, cancel := context.WithCancel(ctx)
	n = 0
	err = Scan(c, endless(), r, ScanOptions{Workers: 3}, func(Scanned) error {
		if n++; n == 50 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// An interrupted scan goes on where it stopped, and the cases are those of an
// undisturbed one.
func TestInterruptedScanResumes(t *testing.T) {
	r, path := demoReader(t)
	now := func() time.Time { return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC) }
	run := func(interrupt int) string {
		st, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "s.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer st.Close()
		if interrupt > 0 {
			c, cancel := context.WithCancel(ctx)
			n := 0
			_ = ScanInto(c, st, open(path), r, ScanOptions{}, now, func(Scanned) {
				if n++; n == interrupt {
					cancel()
				}
			})
		}
		read := 0
		if err := ScanInto(ctx, st, open(path), r, ScanOptions{}, now, func(s Scanned) {
			if !s.Known {
				read++
			}
		}); err != nil {
			t.Fatal(err)
		}
		if interrupt > 0 && read > 13-interrupt {
			t.Errorf("read %d articles again after %d were done", read, interrupt)
		}
		if _, err := BuildCases(ctx, st, r.Known(), "test", now()); err != nil {
			t.Fatal(err)
		}
		cs, err := st.Cases(ctx, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, c := range cs {
			ids = append(ids, fmt.Sprintf("%s %v %v", c.ID, c.For, c.Check.Verdict))
		}
		slices.Sort(ids)
		return strings.Join(ids, "\n")
	}
	if a, b := run(0), run(5); a != b {
		t.Errorf("cases differ:\n%s\n--\n%s", a, b)
	}
}

// The same articles in any order make the same cases.
func TestCasesDoNotDependOnOrder(t *testing.T) {
	r, path := demoReader(t)
	var told []Told
	if err := Scan(ctx, open(path), r, ScanOptions{}, func(s Scanned) error {
		told = append(told, Told{s.Article, s.Reading})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	want, err := Cases(told, r.Known(), "test")
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewSource(1))
	for range 20 {
		rng.Shuffle(len(told), func(i, j int) { told[i], told[j] = told[j], told[i] })
		got, err := Cases(told, r.Known(), "test")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(asJSON(t, want), asJSON(t, got)); diff != "" {
			t.Fatal(diff)
		}
	}
}

// A list cut in the middle changes nothing in the store.
func TestDamagedListIsRefusedWhole(t *testing.T) {
	st, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "s.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	_, files, err := demo.Lay(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	imp := func(path string) (kept []Imported, finds []story.Finding) {
		err := ImportLists(ctx, st, []snapshot.Input{snapshot.Path(path)}, lists.Options{}, time.Now(),
			func(i Imported) { kept = append(kept, i) }, func(f story.Finding) { finds = append(finds, f) })
		if err != nil {
			t.Fatal(err)
		}
		return kept, finds
	}
	if kept, _ := imp(files.Lists[0]); len(kept) != 1 || !kept[0].Added {
		t.Fatalf("%+v", kept)
	}
	if kept, _ := imp(files.Lists[0]); len(kept) != 1 || kept[0].Added {
		t.Errorf("imported twice: %+v", kept)
	}
	cut := filepath.Join(t.TempDir(), "cut.xml")
	copyHead(t, files.Lists[0], cut, 20000)
	kept, finds := imp(cut)
	if len(kept) != 0 || len(finds) != 1 || finds[0].Severity != story.Refused || finds[0].File != cut {
		t.Errorf("kept %v, findings %v", kept, finds)
	}
	if eds, _ := st.Editions(ctx, "", time.Time{}); len(eds) != 1 {
		t.Errorf("%d editions, want the good one", len(eds))
	}
}
