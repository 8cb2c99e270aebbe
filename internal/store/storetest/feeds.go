package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reportedly/reportedly/internal/store"
)

func testFeeds(t *testing.T, s store.Store) {
	a := store.Feed{URL: "https://star.example/feed", Outlet: "Coast Star", Language: "en", Every: time.Hour}
	for i, want := range []bool{true, false} {
		added, err := s.AddFeed(ctx, a, day1)
		must(t, err)
		if added != want {
			t.Errorf("adding for the %d. time: %v", i+1, added)
		}
	}
	f := a
	f.Kind, f.Title, f.Added, f.ETag, f.Fetched, f.Changed, f.Due = "feed", "Star", day1, `"1"`, day2, day2, day3
	items := []store.FeedItem{
		{Key: "k1", Feed: f.URL, URL: "https://star.example/1", Body: []byte("one"), State: store.ItemOpen, Found: day1},
		{Key: "k2", Feed: f.URL, URL: "https://star.example/2", State: store.ItemOpen, Found: day2, Due: day3},
		{Key: "k3", Feed: f.URL, State: store.ItemOld, Found: day2},
	}
	for i, want := range []int{3, 0} {
		n, err := s.SaveFetch(ctx, f, items)
		must(t, err)
		if n != want {
			t.Errorf("saving for the %d. time: %d new", i+1, n)
		}
	}
	open, err := s.OpenItems(ctx, day2, 10)
	must(t, err)
	if len(open) != 1 || open[0].Key != "k1" || string(open[0].Body) != "one" || !open[0].Found.Equal(day1) {
		t.Errorf("open on day 2: %+v", open)
	}
	open[0].State, open[0].Article = store.ItemDone, "a-1"
	must(t, s.SaveItem(ctx, open[0]))
	if open, err = s.OpenItems(ctx, day3, 10); err != nil || len(open) != 1 || open[0].Key != "k2" {
		t.Errorf("open on day 3: %+v %v", open, err)
	}
	f.Open, f.Done = 1, 1
	got, err := s.Feeds(ctx)
	must(t, err)
	if diff := cmp.Diff([]store.Feed{f}, got); diff != "" {
		t.Error(diff)
	}
	must(t, s.RemoveFeed(ctx, f.URL, day3))
	if err := s.RemoveFeed(ctx, f.URL, day3); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("removed twice: %v", err)
	}
	if got, err = s.Feeds(ctx); err != nil || len(got) != 0 {
		t.Errorf("after removal: %+v %v", got, err)
	}
	if added, err := s.AddFeed(ctx, a, day3); err != nil || !added {
		t.Errorf("followed again: %v %v", added, err)
	}
}

func testProgress(t *testing.T, s store.Store) {
	for _, want := range []int64{0, 12, 5 << 32} {
		if want > 0 {
			must(t, s.SaveProgress(ctx, "x.warc", want, day1))
		}
		if got, err := s.Progress(ctx, "x.warc"); err != nil || got != want {
			t.Errorf("%d, want %d (%v)", got, want, err)
		}
	}
}
