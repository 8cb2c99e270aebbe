package pipeline

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/store/sqlite"
)

// What people say holds through re-runs of the machine, and is taken back by a
// further record.
func TestWordsOfPeopleSurviveReruns(t *testing.T) {
	r, path := demoReader(t)
	st, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "s.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	now := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	tick := func() time.Time { now = now.Add(time.Hour); return now }
	if err := ScanInto(ctx, st, open(path), r, ScanOptions{}, tick, func(Scanned) {}); err != nil {
		t.Fatal(err)
	}
	build := func() []store.NumberedCase {
		t.Helper()
		if _, err := BuildCases(ctx, st, r.Known(), "test", tick()); err != nil {
			t.Fatal(err)
		}
		cs, err := st.Cases(ctx, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		return cs
	}
	say := func(rec review.Record) string {
		t.Helper()
		rec.Who, rec.Reason = "Ada", "as the fixture says"
		got, err := Say(ctx, st, nil, rec, tick())
		if err != nil {
			t.Fatal(err)
		}
		return got.ID
	}
	before := build()
	first := before[0].Case
	say(review.Record{Kind: review.Note, Case: first.ID, Text: "call the embassy"})
	say(review.Record{Kind: review.Decide, Case: first.ID, Value: review.Undecided})
	say(review.Record{Kind: review.Reliability, Source: first.Articles[0].Outlet, Value: "C", From: first.Window.Earliest.AddDays(-900)})
	build()
	after := build()
	if v := after[0].Review; v.Outcome != review.Undecided || len(v.Notes) != 1 || v.Stale {
		t.Errorf("%+v", v)
	}
	graded := false
	for _, s := range after[0].Ratings.Sources {
		graded = graded || s.Source == first.Articles[0].Outlet && s.Grade == "C"
	}
	if !graded {
		t.Errorf("no grade: %+v", after[0].Ratings.Sources)
	}
	if after[0].For != before[0].For || after[0].Check.Verdict != before[0].Check.Verdict {
		t.Error("a decision on a case changed what was counted")
	}
	drop := say(review.Record{Kind: review.Drop, Case: first.ID})
	for _, c := range build() {
		if c.ID == first.ID {
			t.Error("a case stands of which all claims were dropped")
		}
	}
	say(review.Record{Kind: review.Undo, Of: drop})
	if got := build(); len(got) != len(before) || got[0].ID != first.ID || len(got[0].Review.Notes) != 1 {
		t.Errorf("after undo: %d cases", len(got))
	}
	if then, err := st.Cases(ctx, before[0].KnownFrom); err != nil || len(then[0].Review.Notes) != 0 {
		t.Errorf("the note was known before it was written: %v", err)
	}
	if _, err := Say(ctx, st, nil, review.Record{Kind: review.Drop, Claims: []string{"nonesuch"}, Who: "Ada", Reason: "x"}, tick()); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a claim that nobody knows: %v", err)
	}
}
