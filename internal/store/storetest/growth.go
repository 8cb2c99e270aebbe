package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/store"
)

func names(due []store.Due) []string {
	var out []string
	for _, d := range due {
		out = append(out, d.Name)
	}
	return out
}

func testGrowth(t *testing.T, s store.Store) {
	is := func(what string, got []string, want ...string) {
		t.Helper()
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	told := func(id string, players ...claims.Player) {
		t.Helper()
		r := reading(id, "key "+id+time.Now().String())
		r.Claims = []claims.Claim{{ID: "claim " + id, Article: id, Activity: "TRV-ENTRY", Players: players}}
		must(t, s.SaveReading(ctx, r, day1))
	}
	for _, id := range []string{"a", "b", "c"} {
		must(t, s.SaveArticle(ctx, article(id, "words of "+id), day1))
	}
	told("a", claims.Player{Role: claims.Traveller, Party: "p"})
	told("b", claims.Player{Role: claims.Traveller, Candidates: []string{"q", "p"}})
	due, err := s.Unprinted(ctx, 10)
	must(t, err)
	is("to be printed", names(due), "a", "b", "c")
	stale, err := s.Stale(ctx)
	must(t, err)
	is("stale", names(stale), "p", "undecided:p+q")
	rows, err := s.Concerning(ctx, []string{"p"})
	must(t, err)
	if len(rows) != 2 {
		t.Errorf("p: %+v", rows)
	}
	testWorkDone(t, s, due, stale)
	testPairs(t, s)

	told("a", claims.Player{Role: claims.Traveller, Party: "r"}) // corrected: p had it, r has it
	stale, err = s.Stale(ctx)
	must(t, err)
	is("after a correction", names(stale), "p", "r")
	by, err := s.ArticlesOf(ctx, []string{"claim a", "nobody's"})
	must(t, err)
	if len(by) != 1 || by["claim a"] != "a" {
		t.Errorf("%v", by)
	}
	all, err := s.Told(ctx, []string{"a", "b", "x"})
	must(t, err)
	if len(all) != 2 || len(all[0].Reading.Claims) != 1 {
		t.Errorf("%+v", all)
	}
	must(t, s.StaleAll(ctx, store.Note{Name: "built", Value: "v2"}, day2))
	stale, err = s.Stale(ctx)
	must(t, err)
	is("all", names(stale), "p", "r", "undecided:p+q")
	note, err := s.Noted(ctx, "built")
	must(t, err)
	if note != "v2" {
		t.Errorf("note %q", note)
	}
}

// testWorkDone: what is done goes off the lists, unless it came again meanwhile.
func testWorkDone(t *testing.T, s store.Store, due, stale []store.Due) {
	t.Helper()
	must(t, s.SaveArticle(ctx, article("c", "other words of c"), day2))
	must(t, s.SaveSources(ctx, nil, nil, nil, due, day2))
	left, err := s.Unprinted(ctx, 10)
	must(t, err)
	if len(left) != 1 || left[0].Name != "c" {
		t.Errorf("left to print: %v", left)
	}
	one := cases.Case{ID: "x", Party: cases.Party{ID: "p"}, Articles: []cases.ArticleRef{{ID: "a"}}, Claims: []cases.ClaimLine{{ID: "claim a"}}}
	other := cases.Case{ID: "y", Party: cases.Party{ID: "z"}}
	ch, err := s.SaveCasesOf(ctx, store.Run{ID: "r1"}, []string{"p", "z"}, []cases.Case{one, other}, stale, day2)
	must(t, err)
	if ch != (store.Changes{New: 2}) {
		t.Errorf("%+v", ch)
	}
	if ch, err = s.SaveCasesOf(ctx, store.Run{ID: "r2"}, []string{"z"}, nil, nil, day3); err != nil || ch != (store.Changes{Closed: 1}) {
		t.Errorf("%+v %v", ch, err)
	}
	if stale, err = s.Stale(ctx); err != nil || len(stale) > 0 {
		t.Errorf("still stale: %v %v", stale, err)
	}
	c, err := s.CaseByID(ctx, "x")
	must(t, err)
	if c.Coverage.Articles != 3 || c.Number != 1 {
		t.Errorf("coverage %+v of case %d", c.Coverage, c.Number)
	}
	if _, err := s.CaseByID(ctx, "y"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a closed case: %v", err)
	}
	held, err := s.ClaimsHeld(ctx, []string{"claim a", "claim b"})
	must(t, err)
	if !held["claim a"] || held["claim b"] {
		t.Errorf("%v", held)
	}
	past, err := s.Covered(ctx, day1)
	must(t, err)
	if now, _ := s.Covered(ctx, time.Time{}); past.Articles != 3 || now.Articles != 3 {
		t.Errorf("read on day 1: %+v, now: %+v", past, now)
	}
}

func testPairs(t *testing.T, s store.Store) {
	t.Helper()
	tie := echoes.Tie{Edge: echoes.Edge{Copy: "b", Of: "a", Relation: echoes.Verbatim, Confidence: 0.9}, When: 5, Outlet: 1 << 31}
	must(t, s.SavePrinted(ctx, []store.Print{{Article: "a", Text: "v1", Body: []byte{1}}}, nil, []echoes.Tie{tie}, day2))
	got, err := s.PairsAt(ctx, []string{"a"}, true, echoes.Verbatim, echoes.Credited)
	must(t, err)
	if len(got) != 1 || got[0].Outlet != 1<<31 || got[0].Copy != "b" {
		t.Errorf("%+v", got)
	}
	must(t, s.SaveSources(ctx, []string{"b"}, []echoes.Edge{tie.Edge}, []string{"p"}, nil, day2))
	edges, err := s.EdgesAt(ctx, []string{"a"})
	must(t, err)
	if len(edges) != 1 {
		t.Errorf("%+v", edges)
	}
	must(t, s.SavePrinted(ctx, nil, []string{"a"}, nil, day3)) // a has another text: b is looked at again
	if got, _ = s.PairsAt(ctx, []string{"b"}, false); len(got) > 0 {
		t.Errorf("%+v", got)
	}
	due, err := s.Unprinted(ctx, 10)
	must(t, err)
	if !slices.Contains(names(due), "b") {
		t.Errorf("due %v", due)
	}
	must(t, s.SaveSources(ctx, []string{"b"}, nil, nil, due, day3))
	if edges, _ = s.EdgesAt(ctx, []string{"a", "b"}); len(edges) > 0 {
		t.Errorf("%+v", edges)
	}
	ps, err := s.PrintsAfter(ctx, 0, 10)
	must(t, err)
	texts, err := s.PrintTexts(ctx, []string{"a", "b"})
	must(t, err)
	if len(ps) != 1 || ps[0].Number != 1 || texts["a"] != "v1" {
		t.Errorf("%+v %v", ps, texts)
	}
	stale, err := s.Stale(ctx)
	must(t, err)
	_, err = s.SaveCasesOf(ctx, store.Run{ID: "r3"}, nil, nil, stale, day3)
	must(t, err)
	if t, ok := s.(interface {
		Together(context.Context, func(context.Context) error) error
	}); ok {
		_ = t.Together(ctx, func(in context.Context) error {
			if err := s.SaveArticle(in, article("never", "kept"), day3); err != nil {
				return err
			}
			return errors.New("undone")
		})
	}
	if _, err := s.Article(ctx, "never"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an article of a transaction that failed: %v", err)
	}
}
