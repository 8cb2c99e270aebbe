package echoes

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/story"
)

func sharedDir(t *testing.T) string {
	t.Helper()
	if d := os.Getenv("REPORTEDLY_SHARED"); d != "" {
		return d
	}
	wd, _ := os.Getwd()
	for d := wd; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "shared")); err == nil {
			return filepath.Join(d, "shared")
		}
		if d == filepath.Dir(d) {
			t.Skip("no folder `shared` beside the checkout: wire room not at hand")
		}
	}
}

func wireroom(t *testing.T) []story.Article {
	t.Helper()
	f, err := os.Open(filepath.Join(sharedDir(t), "data/wireroom/articles.jsonl"))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	var out []story.Article
	for s := bufio.NewScanner(f); s.Scan(); {
		var a struct{ ID, Outlet, URL, Title, Published, Language, Text string }
		if err := json.Unmarshal(s.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		when, _ := time.Parse(time.RFC3339, a.Published)
		out = append(out, story.Article{ID: a.ID, Outlet: a.Outlet, URL: a.URL, Title: a.Title, Language: a.Language, Text: a.Text, Published: when})
	}
	return out
}

// The wire room's copies, translations and re-reports, and none of the pairs
// that merely tell the same happening.
func TestWireroom(t *testing.T) {
	var gold struct {
		Edges []struct {
			Copy, Of string
			Relation Relation
		} `json:"copy_edges"`
		Neutral [][2]string `json:"copies_neutral"`
	}
	raw, err := os.ReadFile(filepath.Join(sharedDir(t), "data/wireroom/gold.json"))
	if err != nil {
		t.Skip(err)
	}
	if err := json.Unmarshal(raw, &gold); err != nil {
		t.Fatal(err)
	}
	x := NewIndex(Options{})
	for _, a := range wireroom(t) {
		if _, err := x.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	got := map[[2]string]Edge{}
	for _, e := range x.Edges() {
		got[[2]string{e.Copy, e.Of}] = e
	}
	for _, g := range gold.Edges {
		e, ok := got[[2]string{g.Copy, g.Of}]
		if !ok {
			t.Errorf("missed: %s %s of %s", g.Copy, g.Relation, g.Of)
			continue
		}
		if e.Relation != g.Relation {
			t.Logf("%s of %s: %s, gold %s", g.Copy, g.Of, e.Relation, g.Relation)
		}
		delete(got, [2]string{g.Copy, g.Of})
	}
	for _, e := range got {
		if e.Relation.IsCopy() {
			t.Errorf("wrong: %s %s of %s", e.Copy, e.Relation, e.Of)
		}
	}
}

// All pairs with their figures, for the log.
func TestWireroomFigures(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("only with -v")
	}
	as := wireroom(t)
	for i, a := range as {
		for _, b := range as[:i] {
			p, q := ordered(newPrint(b, newMemory()), newPrint(a, newMemory()))
			l := compare(p, q)
			rel, _, ok := relate(p, q, l)
			if ok || l.Names+l.Numbers > 2 {
				t.Logf("%s<%s %-20s five %.2f three %.2f facts %.2f (%d+%d) rare %.0f/%.2f len %.2f days %.1f credit %q", q.id, p.id, rel, l.Five, l.Three, l.Facts, l.Names, l.Numbers, l.Rare, l.Rare/float64(min(p.tokens, q.tokens)), l.Length, l.Days, l.Credit)
			}
		}
	}
}
