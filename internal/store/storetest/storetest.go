package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// Run runs the suite. open gives a new empty store each time it is called.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	tests := []struct {
		name string
		run  func(*testing.T, store.Store)
	}{
		{"Editions", testEditions},
		{"Downloads", testDownloads},
		{"Articles", testArticles},
		{"Readings", testReadings},
		{"CasesKeepTheirPast", testCases},
		{"Copies", testCopies},
		{"Growth", testGrowth},
		{"Records", testRecords},
		{"Prints", testPrints},
		{"Habits", testHabits},
		{"FindCases", testFindCases},
		{"SearchArticles", testSearchArticles},
		{"Erase", testErase},
		{"Decisions", testDecisions},
		{"Subjects", testSubjects},
		{"SubjectRuns", testSubjectRuns},
		{"Feeds", testFeeds},
		{"Progress", testProgress},
		{"ParallelWriters", testParallel},
		{"ListVersions", testListVersions},
		{"SaveArticles", testSaveArticles},
		{"Settle", testSettle},
		{"Fences", testFences},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			defer s.Close()
			tt.run(t, s)
		})
	}
}

var (
	ctx  = context.Background()
	day1 = time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	day2 = time.Date(2024, 5, 2, 12, 0, 0, 0, time.UTC)
	day3 = time.Date(2024, 5, 3, 12, 0, 0, 0, time.UTC)
)

func asJSON(t *testing.T, v any) string {
	t.Helper()
	j, err := json.MarshalIndent(v, "", " ")
	must(t, err)
	return string(j)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func entry(ref, name string) party.Party {
	return party.Party{ID: "test:" + ref, Schema: party.Person, Names: []party.Name{{Text: name, Kind: party.Primary}},
		Births:       []party.Birth{{Window: calendar.MustParse("1970-02").Window(), Place: "Porto Alto"}},
		Designations: []party.Designation{{Authority: "XX", List: "test", Reference: ref, ListedOn: calendar.MustParse("2001-02-03"), Status: party.Listed}}}
}

func testEditions(t *testing.T, s store.Store) {
	older := party.Edition{List: "test", AsOf: calendar.MustParse("2020-01-01"), SHA256: "aaaaaaaaaaaaaaaa", Format: "made-up", Entries: 2}
	newer := party.Edition{List: "test", AsOf: calendar.MustParse("2021-01-01"), SHA256: "bbbbbbbbbbbbbbbb", Format: "made-up", Entries: 1}
	a, b := entry("1", "Ada Example"), entry("2", "Bo Beispiel")
	// The newer one first: snapshots arrive in any order.
	for i, e := range []struct {
		ed  party.Edition
		ps  []party.Party
		now time.Time
	}{{newer, []party.Party{a}, day1}, {older, []party.Party{a, b}, day2}} {
		added, err := s.SaveEdition(ctx, e.ed, e.ps, nil, e.now)
		must(t, err)
		if !added {
			t.Errorf("edition %d was not added", i)
		}
	}
	if added, err := s.SaveEdition(ctx, older, nil, nil, day3); err != nil || added {
		t.Errorf("the same edition was added twice (%v)", err)
	}
	eds, err := s.Editions(ctx, "test", time.Time{})
	must(t, err)
	older.KnownFrom, newer.KnownFrom = day2, day1
	if diff := cmp.Diff([]party.Edition{older, newer}, eds); diff != "" {
		t.Error(diff)
	}
	if eds, _ := s.Editions(ctx, "", day1); len(eds) != 1 {
		t.Errorf("on day 1 only one edition was known, got %d", len(eds))
	}
	got, err := s.Parties(ctx, older.Key())
	must(t, err)
	if diff := cmp.Diff([]party.Party{a, b}, got); diff != "" {
		t.Error(diff)
	}
	var walked []string
	must(t, s.Walk(ctx, "test", time.Time{}, func(e party.Edition, ps []party.Party) error {
		walked = append(walked, fmt.Sprintf("%s %d", e.AsOf, len(ps)))
		return nil
	}))
	if diff := cmp.Diff([]string{"2020-01-01 2", "2021-01-01 1"}, walked); diff != "" {
		t.Error(diff)
	}
	var back []party.Party
	if ok, err := s.Derived(ctx, "k", &back); ok || err != nil {
		t.Errorf("nothing was derived yet: %v", err)
	}
	must(t, s.SaveDerived(ctx, "k", []party.Party{a}, day1))
	if ok, err := s.Derived(ctx, "k", &back); !ok || err != nil || len(back) != 1 || back[0].ID != a.ID {
		t.Errorf("%v %v", back, err)
	}
	if _, err := s.Parties(ctx, "none"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("unknown edition: %v", err)
	}
}

func testDownloads(t *testing.T, s store.Store) {
	d := store.Download{URL: "https://lists.example/l", ETag: "a", SHA256: "s", Size: 3}
	if got, err := s.Download(ctx, d.URL); err != nil || got.ETag != "" {
		t.Errorf("nothing was kept yet: %+v %v", got, err)
	}
	must(t, s.SaveDownload(ctx, d, day1))
	d.ETag = "b"
	must(t, s.SaveDownload(ctx, d, day2))
	got, err := s.Download(ctx, d.URL)
	must(t, err)
	if got != d {
		t.Errorf("%+v, want the newest", got)
	}
}

func article(id, text string) story.Article {
	return story.Article{ID: id, Outlet: "The Ferry Times", Title: "T", Text: text, Language: "en",
		Published: time.Date(2024, 4, 30, 8, 0, 0, 0, time.UTC), PublishedPrecision: calendar.Day,
		Captures: []story.Capture{{RetrievedAt: day1, Method: "file", Location: id + ".txt", MediaType: "text/plain", Encoding: "utf-8", SHA256: "sha-" + text, Size: int64(len(text)), Body: []byte(text)}}}
}

func testArticles(t *testing.T, s store.Store) {
	must(t, s.SaveArticle(ctx, article("b", "first words"), day1))
	must(t, s.SaveArticle(ctx, article("a", "other words"), day1))
	must(t, s.SaveArticle(ctx, article("b", "first words"), day2))
	must(t, s.SaveArticle(ctx, article("b", "corrected words"), day3))
	got, err := s.Article(ctx, "b")
	must(t, err)
	if got.Text != "corrected words" || len(got.Captures) != 2 {
		t.Errorf("got %q with %d captures", got.Text, len(got.Captures))
	}
	c, err := s.Capture(ctx, "sha-first words")
	must(t, err)
	if string(c.Body) != "first words" {
		t.Errorf("the first capture was not kept: %q", c.Body)
	}
	var ids []string
	for a, err := range s.Articles(ctx) {
		must(t, err)
		ids = append(ids, a.ID)
	}
	if diff := cmp.Diff([]string{"a", "b"}, ids); diff != "" {
		t.Error(diff)
	}
	if _, err := s.Article(ctx, "none"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("unknown article: %v", err)
	}
}

func reading(article, key string) store.Reading {
	six := 6.0
	return store.Reading{Key: key, Article: article, Lists: "test@2020", Program: "0.1", Run: "r1",
		Mentions: mentions.Result{
			Mentions: []mentions.Mention{{Span: story.Span{Start: 0, End: 3}, Text: "Ada", Form: mentions.Full, Reach: "listed name", Score: 1}},
			Clusters: []mentions.Cluster{{Mentions: []int{0}, Name: "Ada", Status: mentions.Accepted, Hypotheses: []mentions.Hypothesis{
				{Party: "test:1", Name: "Ada Example", Score: 0.9, For: []mentions.Evidence{{Feature: "name", Weight: 1, Text: "full name"}}}, {Name: "somebody else", Score: 0.1}}}}},
		Claims: []claims.Claim{{ID: "c1", Article: article, Activity: "TRV-ENTRY", Aspect: claims.Completed, Act: "assert", Polarity: "+", Certainty: "certain",
			Players:  []claims.Player{{Role: claims.Traveller, Name: "Ada Example", Party: "test:1"}},
			To:       &claims.Location{Text: "Porto Alto"},
			When:     &claims.When{Window: calendar.Between(calendar.MustParse("2024-04-28"), calendar.MustParse("2024-04-29")), Basis: "expression"},
			Items:    []claims.Item{{Item: "crate", Quantity: &six}},
			Chain:    []claims.Link{{Holder: "two officials", Kind: "anonymous", Stated: 2}},
			Evidence: story.Span{Start: 0, End: 5}, Rule: "test"}}}
}

func testReadings(t *testing.T, s store.Store) {
	must(t, s.SaveArticle(ctx, article("a", "Ada came."), day1))
	first, second := reading("a", "k1"), reading("a", "k2")
	second.Claims = nil
	must(t, s.SaveReading(ctx, first, day1))
	got, err := s.Reading(ctx, "a")
	must(t, err)
	// Compared as JSON: a claim has fields of the extractor's own that nobody keeps.
	if diff := cmp.Diff(asJSON(t, first), asJSON(t, got)); diff != "" {
		t.Error(diff)
	}
	must(t, s.SaveReading(ctx, second, day2))
	if has, err := s.HasReading(ctx, "k1"); has || err != nil {
		t.Errorf("a replaced reading counts as current (%v)", err)
	}
	if has, _ := s.HasReading(ctx, "k2"); !has {
		t.Error("the new reading is not current")
	}
	must(t, s.SaveReading(ctx, first, day3)) // back to an earlier one
	n := 0
	for r, err := range s.Readings(ctx) {
		must(t, err)
		n++
		if r.Key != "k1" || len(r.Claims) != 1 {
			t.Errorf("current reading %q with %d claims", r.Key, len(r.Claims))
		}
	}
	if n != 1 {
		t.Errorf("%d current readings of one article", n)
	}
}

func testCases(t *testing.T, s store.Store) {
	one := cases.Case{ID: "x", Title: "one", Activity: nil, For: cases.Count{Min: 1, Max: 2},
		Origins: []cases.Origin{{ID: "O1", Holder: "two officials"}}, Elements: []cases.Element{{Name: "trip", Level: cases.SingleOrigin}},
		Independence: []cases.Edge{{A: "O1", B: "O2", Value: cases.Undetermined}}}
	two := cases.Case{ID: "y", Title: "two"}
	run := store.Run{ID: "r1", Program: "0.1"}
	ch, err := s.SaveCases(ctx, run, []cases.Case{one, two}, nil, day1)
	must(t, err)
	if ch != (store.Changes{New: 2}) {
		t.Errorf("%+v", ch)
	}
	changed := one
	changed.For = cases.Count{Min: 2, Max: 2}
	changed.MadeBy = cases.MadeBy{Run: "r2"}
	third := cases.Case{ID: "z", Title: "three"}
	ch, err = s.SaveCases(ctx, store.Run{ID: "r2"}, []cases.Case{changed, third}, nil, day2)
	must(t, err)
	if ch != (store.Changes{New: 1, Changed: 1, Closed: 1}) {
		t.Errorf("%+v", ch)
	}
	same := changed
	same.MadeBy.Run = "r3"
	if ch, _ = s.SaveCases(ctx, store.Run{ID: "r3"}, []cases.Case{same, third}, nil, day3); ch != (store.Changes{Same: 2}) {
		t.Errorf("%+v", ch)
	}
	now, err := s.Cases(ctx, time.Time{})
	must(t, err)
	if len(now) != 2 || now[0].Number != 1 || now[0].For.Min != 2 || now[1].Number != 3 || now[1].Title != "three" {
		t.Errorf("now: %+v", now)
	}
	then, err := s.Cases(ctx, day1.Add(time.Hour))
	must(t, err)
	if len(then) != 2 || then[0].For.Min != 1 || then[1].Title != "two" {
		t.Errorf("on day 1: %+v", then)
	}
	if before, _ := s.Cases(ctx, day1.Add(-time.Hour)); len(before) != 0 {
		t.Errorf("before day 1 nothing was known, got %d", len(before))
	}
}

func testCopies(t *testing.T, s store.Store) {
	e := echoes.Edge{Copy: "b", Of: "a", Relation: echoes.Verbatim, Confidence: 0.9, Evidence: []echoes.Evidence{{Kind: "text", Weight: 1}}, DecidedBy: "machine"}
	_, err := s.SaveCases(ctx, store.Run{ID: "r1"}, nil, []echoes.Edge{e}, day1)
	must(t, err)
	_, err = s.SaveCases(ctx, store.Run{ID: "r2"}, nil, nil, day2)
	must(t, err)
	got, err := s.Copies(ctx, day1)
	must(t, err)
	if diff := cmp.Diff([]echoes.Edge{e}, got); diff != "" {
		t.Error(diff)
	}
	if now, _ := s.Copies(ctx, time.Time{}); len(now) != 0 {
		t.Errorf("the edge was closed, got %v", now)
	}
}

func testParallel(t *testing.T, s store.Store) {
	const n = 20
	errs := make(chan error, n)
	for i := range n {
		go func() {
			id := fmt.Sprintf("p%d", i)
			err := s.SaveArticle(ctx, article(id, "words "+id), day1)
			if err == nil {
				err = s.SaveReading(ctx, reading(id, "k"+id), day1)
			}
			errs <- err
		}()
	}
	for range n {
		must(t, <-errs)
	}
	count := 0
	for _, err := range s.Readings(ctx) {
		must(t, err)
		count++
	}
	if count != n {
		t.Errorf("%d readings, want %d", count, n)
	}
}
