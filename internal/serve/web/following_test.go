package web

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/subjects"
	"github.com/reportedly/reportedly/internal/subjects/watch"
)

// How feeds fare stands with the sources, the failing ones with their error.
func TestFeedsAreShownWithTheirHealth(t *testing.T) {
	s := open(t, false)
	ctx := t.Context()
	if got := s.get("/sources"); !strings.Contains(got, "Nothing is followed.") {
		t.Error("a store without feeds does not say so")
	}
	const address = "https://paper.example/rss?<b>"
	if _, err := s.st.AddFeed(ctx, store.Feed{URL: address}, noon); err != nil {
		t.Fatal(err)
	}
	if got := s.get("/sources"); !strings.Contains(got, "not looked at yet") || strings.Contains(got, "rss?<b>") {
		t.Error("a new feed is not shown, or not escaped")
	}
	f := store.Feed{URL: address, Kind: "feed", Title: "The Paper", Fetched: noon, Due: noon, Errors: 3, Error: "503 Service Unavailable"}
	if _, err := s.st.SaveFetch(ctx, f, []store.FeedItem{{Key: "k", Feed: address, URL: address, State: store.ItemOpen, Found: noon}}); err != nil {
		t.Fatal(err)
	}
	got := s.get("/sources")
	for _, want := range []string{"The Paper", "failing", "3 looks", "503 Service Unavailable"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q on the page", want)
		}
	}
}

// Watched subjects stand with their alerts; what was cleared is no alert.
func TestWatchedSubjectsAreShownWithTheirAlerts(t *testing.T) {
	s := open(t, true)
	ctx := t.Context()
	if got := s.get("/screen"); strings.Contains(got, "watched subject") {
		t.Error("nobody is watched yet")
	}
	if _, _, err := s.st.SaveSubjects(ctx, []subjects.Subject{{ID: "c-1", Name: "Marek Tolvani"}, {ID: "c-2", Name: "Ida Berg"}}, noon); err != nil {
		t.Fatal(err)
	}
	hit := func(id, entry string, state subjects.State) watch.Change {
		return watch.Change{Kind: "new", At: noon, Hit: watch.Hit{Subject: id, Name: "Marek Tolvani", Party: "invented:inv-tolvanyi", Entry: entry, Matched: entry, Score: 0.97, Match: true, State: state, Standing: true}}
	}
	run := watch.Run{ID: "run-1", State: "complete", Began: noon, Ended: noon, Subjects: 2, Considered: 2}
	if err := s.st.SaveScreened(ctx, run, []watch.Change{hit("c-1", "Marek Tolvanyi", subjects.Open), hit("c-2", "Cleared One", subjects.Cleared)}, noon); err != nil {
		t.Fatal(err)
	}
	got := s.get("/screen")
	for _, want := range []string{"2 watched subjects, 1 alert", "Marek Tolvanyi", "97"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q on the page", want)
		}
	}
	if strings.Contains(got, "Cleared One") {
		t.Error("a cleared hit is an alert")
	}
}
