package newsdesk_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/demo"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/serve/newsdesk"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/store/sqlite"
	"github.com/reportedly/reportedly/internal/story"
)

func TestTake(t *testing.T) {
	ctx := context.Background()
	st, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "s.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	d := newsdesk.New(st, "test", nil)
	_, files, err := demo.Lay(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	open := func() (out []articles.Item) {
		for it := range articles.Open(files.Articles, nil, articles.Options{}) {
			out = append(out, it)
		}
		return out
	}
	each := func(items []articles.Item) func(func(articles.Item) bool) {
		return func(yield func(articles.Item) bool) {
			for _, it := range items {
				if !yield(it) {
					return
				}
			}
		}
	}
	if _, err := d.Take(ctx, each(open())); !errors.Is(err, pipeline.ErrNoLists) {
		t.Fatalf("without lists: %v", err)
	}
	var inputs []snapshot.Input
	for _, f := range files.Lists {
		inputs = append(inputs, snapshot.Path(f))
	}
	if err := pipeline.ImportLists(ctx, st, inputs, lists.Options{}, time.Now(), func(pipeline.Imported) {}, func(f story.Finding) { t.Log(f) }); err != nil {
		t.Fatal(err)
	}
	items := open()
	half := len(items) / 2
	var wait sync.WaitGroup
	for _, part := range [][]articles.Item{items[:half], items[half:]} {
		wait.Go(func() {
			if _, err := d.Take(ctx, each(part)); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	_, n, err := st.FindCases(ctx, store.CaseQuery{Background: true})
	if err != nil || n == 0 {
		t.Fatal(n, err)
	}
	again, err := d.Take(ctx, each(items))
	if err != nil || again.Known != again.Articles || again.Articles != len(items) {
		t.Errorf("%+v %v", again, err)
	}
	if _, m, _ := st.FindCases(ctx, store.CaseQuery{Background: true}); m != n {
		t.Errorf("%d cases, then %d", n, m)
	}
}
