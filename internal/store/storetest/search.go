package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// searchable are four cases that differ in what lists are filtered by.
func searchable() []cases.Case {
	mk := func(id, name, party string, v measures.Verdict, min int, day string) cases.Case {
		return cases.Case{ID: id, Title: name + " travelled", Status: cases.Live, Party: cases.Party{ID: party, Name: name, Refs: []string{"UN " + party}},
			Activity: []activity.Code{"TRV-ENTRY"}, Check: cases.Check{Verdict: v}, For: cases.Count{Min: min, Max: min + 1},
			Window:   cases.Window{Earliest: calendar.MustParse(day), Latest: calendar.MustParse(day)},
			Places:   []cases.Place{{Name: "Kraków", Country: "PL"}},
			Articles: []cases.ArticleRef{{ID: "art-" + id, Outlet: "Coast Star"}},
			Claims:   []cases.ClaimLine{{ID: "k" + id, Quote: "the envoy of " + id + " landed"}}}
	}
	a := mk("aa", "Juan Pérez", "un:1", measures.ExemptionUnknown, 1, "2024-01-01")
	b := mk("bb", "Ivan Ivanov", "un:2", measures.NoMeasure, 3, "2024-03-01")
	b.Replies = []cases.Reply{{Act: "deny"}}
	b.Party.Rivals = []cases.Rival{{ID: "un:1"}, {ID: ""}}
	c := mk("cc", "Ivana Petrova", "un:3", measures.Straddles, 2, "2024-02-01")
	c.Review.Outcome, c.Review.Second = "supported", true
	c.Activity = []activity.Code{"ARM-SUPPLY"}
	d := mk("dd", "Old Hand", "un:4", measures.ExemptionUnknown, 2, "2010-01-01")
	d.Status = cases.Background
	return []cases.Case{a, b, c, d}
}

func testFindCases(t *testing.T, s store.Store) {
	all := searchable()
	_, err := s.SaveCases(ctx, store.Run{ID: "r1"}, all[:1], nil, day1)
	must(t, err)
	_, err = s.SaveCases(ctx, store.Run{ID: "r2"}, all, nil, day2)
	must(t, err)
	tests := []struct {
		name  string
		q     store.CaseQuery
		want  string
		total int
	}{
		{"what matters first, nothing told in passing", store.CaseQuery{}, "aa cc bb", 3},
		{"newest", store.CaseQuery{Sort: "new", Background: true}, "bb cc dd aa", 4},
		{"by the day", store.CaseQuery{Sort: "happened"}, "bb cc aa", 3},
		{"by origins", store.CaseQuery{Sort: "origins"}, "bb cc aa", 3},
		{"a page", store.CaseQuery{Sort: "origins", Offset: 1, Limit: 1}, "cc", 3},
		{"past the end", store.CaseQuery{Offset: 9, Limit: 5}, "", 3},
		{"beginnings of words, accents aside", store.CaseQuery{Words: "ivan pet"}, "cc", 1},
		{"a reference", store.CaseQuery{Words: "UN un:2"}, "bb", 1},
		{"signs of a query language", store.CaseQuery{Words: `iva" OR (* -AND :`}, "", 0},
		{"only signs", store.CaseQuery{Words: `"(*`}, "", 0},
		{"names hold no quotes", store.CaseQuery{Words: "landed"}, "", 0},
		{"quotes when asked", store.CaseQuery{Words: "landed envoy", Quotes: true}, "aa cc bb", 3},
		{"engaged", store.CaseQuery{Measure: "engaged"}, "aa", 1},
		{"open", store.CaseQuery{Measure: "open"}, "cc", 1},
		{"none", store.CaseQuery{Measure: "none"}, "bb", 1},
		{"origins", store.CaseQuery{MinOrigins: 2}, "cc bb", 2},
		{"denied", store.CaseQuery{Denied: "yes"}, "bb", 1},
		{"not denied", store.CaseQuery{Denied: "no"}, "aa cc", 2},
		{"undecided", store.CaseQuery{Review: "none"}, "aa bb", 2},
		{"decided", store.CaseQuery{Review: "decided"}, "cc", 1},
		{"second", store.CaseQuery{Review: "second"}, "cc", 1},
		{"stale", store.CaseQuery{Review: "stale"}, "", 0},
		{"since", store.CaseQuery{Since: day1, Background: true}, "cc bb dd", 3},
		{"of a party, rivals too", store.CaseQuery{Party: "un:1"}, "aa bb", 2},
		{"nobody's", store.CaseQuery{Party: "un:9"}, "", 0},
		{"of an article", store.CaseQuery{Article: "art-cc"}, "cc", 1},
		{"of an outlet", store.CaseQuery{Outlet: "Coast Star", Background: true}, "aa cc bb dd", 4},
		{"of an activity", store.CaseQuery{Activity: "TRV"}, "aa bb", 2},
		{"several at once", store.CaseQuery{Activity: "TRV-ENTRY", Denied: "yes", Words: "ivan", MinOrigins: 1}, "bb", 1},
	}
	for _, tt := range tests {
		got, total, err := s.FindCases(ctx, tt.q)
		must(t, err)
		ids := ""
		for _, c := range got {
			ids += " " + c.ID
		}
		if ids != "" {
			ids = ids[1:]
		}
		if ids != tt.want || total != tt.total {
			t.Errorf("%s: %q of %d, want %q of %d", tt.name, ids, total, tt.want, tt.total)
		}
	}
	closed := searchable()[1:]
	closed[0].Party.Name, closed[0].Title = "Boris", "Boris travelled"
	_, err = s.SaveCases(ctx, store.Run{ID: "r3"}, closed, nil, day3)
	must(t, err)
	for q, want := range map[store.CaseQuery]int{{Party: "un:1"}: 1, {Words: "juan"}: 0, {Words: "ivanov"}: 0, {Words: "boris"}: 1} {
		if _, n, err := s.FindCases(ctx, q); n != want || err != nil {
			t.Errorf("after a change %+v finds %d, want %d (%v)", q, n, want, err)
		}
	}
	then, err := s.Case(ctx, 1, day2)
	must(t, err)
	if then.ID != "aa" {
		t.Errorf("case 1 was %q", then.ID)
	}
	if _, err := s.Case(ctx, 1, time.Time{}); err == nil {
		t.Error("a closed case is still there")
	}
}

func testSearchArticles(t *testing.T, s store.Store) {
	texts := []string{"The minister flew to Vienna.", "Nothing happened in Vienna; Zürich slept.", "The minister of trade resigned in Graz.", "A ship left. The minister flew."}
	for i, text := range texts {
		must(t, s.SaveArticle(ctx, story.Article{ID: fmt.Sprint("a", i), Outlet: []string{"Coast Star", "Other"}[i%2], Title: "Title " + fmt.Sprint(i), Text: text}, day1))
	}
	must(t, s.SaveArticle(ctx, story.Article{ID: "a1", Outlet: "Other", Title: "Title 1", Text: "Nothing happened in Linz; Zürich slept."}, day2))
	tests := []struct{ words, want string }{
		{"minister", "a3 a2 a0"}, {"MINISTER flew", "a3 a0"}, {`"minister flew"`, "a3 a0"}, {`"minister of trade"`, "a2"},
		{"vienna", "a0"}, {"linz", "a1"}, {"minis", ""}, {"minis*", "a3 a2 a0"}, {"title 3", "a3"}, {"zürich", "a1"},
		{`") OR (`, ""}, {"", ""}, {"NEAR(minister)", ""}, {"a AND ship", ""}, {"text:minister", ""},
	}
	for _, tt := range tests {
		got, _, err := s.SearchArticles(ctx, tt.words, 0, 10)
		must(t, err)
		if ids := idsOf(got); ids != tt.want {
			t.Errorf("%s: %q, want %q", tt.words, ids, tt.want)
		}
	}
	var ids []string
	for next := int64(0); ; {
		got, n, err := s.SearchArticles(ctx, "minister", next, 2)
		must(t, err)
		ids = append(ids, idsOf(got))
		if next = n; next == 0 {
			break
		}
	}
	if diff := cmp.Diff([]string{"a3 a2", "a0"}, ids); diff != "" {
		t.Error(diff)
	}
	got, next, err := s.ListArticles(ctx, 0, 3)
	must(t, err)
	if idsOf(got) != "a3 a2 a1" || next == 0 {
		t.Errorf("%s, next %d", idsOf(got), next)
	}
	outlets, err := s.Outlets(ctx)
	must(t, err)
	if !slices.Equal(outlets, []store.Outlet{{Name: "Coast Star", Articles: 2}, {Name: "Other", Articles: 2}}) {
		t.Errorf("%+v", outlets)
	}
	if c, err := s.Counts(ctx); err != nil || c.Articles != 4 || c.Cases != 0 {
		t.Errorf("%+v %v", c, err)
	}
}

func idsOf(as []story.Article) string {
	out := ""
	for i, a := range as {
		if i > 0 {
			out += " "
		}
		out += a.ID
	}
	return out
}
