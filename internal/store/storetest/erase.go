package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// What was erased is nowhere, does not come back, and past cases hold none of
// its words.
func testErase(t *testing.T, s store.Store) {
	e, ok := s.(store.Erasure)
	if !ok {
		t.Skip("the store does not erase")
	}
	a := story.Article{ID: "x", URL: "https://example.org/x", Text: "Words about somebody private."}
	must(t, s.SaveArticle(ctx, a, day1))
	must(t, s.SaveArticle(ctx, story.Article{ID: "y", Text: "Something else."}, day1))
	c := cases.Case{ID: "c", Title: "somebody private", Status: cases.Live, Articles: []cases.ArticleRef{{ID: "x"}}, Claims: []cases.ClaimLine{{ID: "k", Quote: "somebody private"}}}
	_, err := s.SaveCases(ctx, store.Run{ID: "r1"}, []cases.Case{c}, nil, day1)
	must(t, err)
	if ids, err := e.Expired(ctx, day2, 10); err != nil || len(ids) != 1 || ids[0] != "y" {
		t.Errorf("expired: %v %v", ids, err)
	}
	must(t, e.Erase(ctx, "x", "request", day2))
	if _, err := e.Redact(ctx, []string{"x"}); err == nil {
		t.Error("a case that is known now was redacted")
	}
	_, err = s.SaveCases(ctx, store.Run{ID: "r2"}, nil, nil, day2)
	must(t, err)
	if n, err := e.Redact(ctx, []string{"x"}); n != 1 || err != nil {
		t.Errorf("%d redacted, %v", n, err)
	}
	if _, err := s.Article(ctx, "x"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("still there: %v", err)
	}
	if got, _, err := s.SearchArticles(ctx, "private", 0, 10); len(got) != 0 || err != nil {
		t.Errorf("still found: %v %v", got, err)
	}
	past, err := s.Cases(ctx, day1.Add(time.Hour))
	must(t, err)
	if len(past) != 1 || past[0].Title == c.Title || len(past[0].Claims) != 0 {
		t.Errorf("the past holds its words: %+v", past)
	}
	for _, again := range []story.Article{a, {ID: "other", Text: a.Text}, {ID: "other", URL: a.URL, Text: "changed"}, {ID: "x", Text: "changed"}} {
		if err := s.SaveArticle(ctx, again, day3); !errors.Is(err, store.ErrErased) {
			t.Errorf("%s came back: %v", again.ID, err)
		}
	}
	must(t, s.SaveArticle(ctx, story.Article{ID: "z", Text: "Words about somebody else."}, day3))
	if err := e.Erase(ctx, "none", "request", day3); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("%v", err)
	}
}
