package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/store"
)

func testRecords(t *testing.T, s store.Store) {
	words := []review.Record{
		{Kind: review.Decide, Case: "c1", Claims: []string{"k1"}, Value: review.Undecided, Who: "Ada", Reason: "one origin", At: day1},
		{Kind: review.Reliability, Source: "Coast Star", Value: "C", From: calendar.MustParse("2024-01-05"), Who: "Ben", Reason: "review", At: day2},
		{Kind: review.Sign, Of: "r1", Who: "Ben", At: day2},
		{Kind: review.Undo, Of: "r1", Who: "Ada", Reason: "wrong case", At: day3},
	}
	for i, w := range words {
		got, err := s.AddRecord(ctx, w)
		must(t, err)
		words[i].ID = []string{"r1", "r2", "r3", "r4"}[i]
		if diff := cmp.Diff(words[i], got); diff != "" {
			t.Error(diff)
		}
	}
	for _, bad := range []review.Record{
		{Kind: review.Decide, Claims: []string{"k1"}, Value: review.Undecided, Who: "Ada", At: day3},                             // no reason
		{Kind: review.Sign, Of: "r1", Who: "Ada", At: day3},                                                                      // one's own
		{Kind: review.Undo, Of: "r9", Who: "Ada", Reason: "x", At: day3},                                                         // of nothing
		{Kind: review.Decide, Claims: []string{"k1"}, Value: review.Supported, Who: "Ada", Reason: "alternatives?", At: day3},    // IC-4
		{Kind: review.Credibility, Claims: []string{"k1"}, Value: "5", Who: "Ada", Reason: "nothing contradicts it", At: day3},   // AD-5
		{Kind: "guess", Claims: []string{"k1"}, Value: "x", Who: "Ada", Reason: "no such kind", At: day3},                        //
		{Kind: review.Assess, Claims: []string{"k1"}, Likelihood: "likely", Confidence: "high", Who: "A", Reason: "x", At: day3}, // IC-3
	} {
		if r, err := s.AddRecord(ctx, bad); err == nil {
			t.Errorf("%+v was kept as %s", bad, r.ID)
		}
	}
	now, err := s.Records(ctx, time.Time{})
	must(t, err)
	if diff := cmp.Diff(words, now); diff != "" {
		t.Error(diff)
	}
	then, err := s.Records(ctx, day2)
	must(t, err)
	if len(then) != 3 {
		t.Errorf("on day 2 three records were known, got %d", len(then))
	}
}
