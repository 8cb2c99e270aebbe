package pipeline

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/story"
)

func copyHead(t *testing.T, from, to string, n int64) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if _, err := io.CopyN(out, in, n); err != nil {
		t.Fatal(err)
	}
}

// shared finds the folder of data beside the checkout, or skips.
func shared(t *testing.T, parts ...string) string {
	t.Helper()
	if d := os.Getenv("REPORTEDLY_SHARED"); d != "" {
		return filepath.Join(append([]string{d}, parts...)...)
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		p := filepath.Join(append([]string{dir, "shared"}, parts...)...)
		if _, err := os.Stat(p); err == nil {
			return p
		}
	}
	t.Skip("no folder shared beside the checkout: the seeds are not here")
	return ""
}

// The two articles that the project began with, read with the real UN lists of
// three dates: what a careful reader takes from them.
func TestSeeds(t *testing.T) {
	folder := shared(t, "data", "lists", "un")
	un := func(name string) string { return filepath.Join(folder, name) }
	for name, last := range map[string]string{"listed again": "un_consolidated_2025-11-15.xml.gz", "no longer listed": "un_consolidated_2024-09-21.xml.gz"} {
		t.Run(name, func(t *testing.T) {
			book := seedsBook(t, filepath.Join(folder, "..", "..", "..", "seeds"), []string{un("un_consolidated_2016-02-11_partial.xml.gz"), un("un_consolidated_2017-06-20.xml.gz"), un(last)})
			checkTrips(t, book)
			if name == "listed again" { // the namesake stands on the third list only
				checkRival(t, book)
			}
			checkArms(t, book)
			for _, c := range book.Cases {
				for _, l := range c.Claims {
					if strings.Contains(l.Quote, "COMMENTS") || strings.Contains(l.Quote, "Photo:") {
						t.Errorf("boilerplate made a claim: %q", l.Quote)
					}
				}
			}
		})
	}
}

// spellings are the forms of the general's name in the two articles.
var spellings = []string{"Qasssem Suleimani", "Suleimani", "Soleimani", "Qassem Soleimani", "General Soleimani", "the general"}

// checkSpellings wants all spellings accepted as one party.
func checkSpellings(t *testing.T, readings []mentions.Result) {
	t.Helper()
	var got []string
	for _, r := range readings {
		for _, m := range r.Mentions {
			c := r.Clusters[m.Cluster]
			if best, ok := c.Best(); ok && best.Party == "un:IRi.039" && c.Status == mentions.Accepted {
				got = append(got, m.Text)
			}
		}
	}
	for _, want := range spellings {
		if !slices.ContainsFunc(got, func(g string) bool { return strings.Contains(strings.ToLower(g), strings.ToLower(want)) }) {
			t.Errorf("%q is not accepted as IRi.039; accepted are %q", want, got)
		}
	}
}

func seedsBook(t *testing.T, seeds string, listFiles []string) Book {
	t.Helper()
	k, err := ListFiles(ctx, listFiles, lists.Options{}, func(f story.Finding) {
		if f.Severity != story.Note {
			t.Error(f)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(k, "test")
	if err != nil {
		t.Fatal(err)
	}
	var told []Told
	for file, day := range map[string]string{"000_db816a75e0c8ac5d.txt": "2015-09-15", "002_6a142e2e75b3f658.txt": "2016-04-18"} {
		for it := range articles.Open(filepath.Join(seeds, file), nil, articles.Options{Published: calendar.MustParse(day)}) {
			if it.Finding != nil {
				t.Fatal(it.Finding)
			}
			a, reading := r.Read(r.Prepare(it.Article))
			told = append(told, Told{a, reading})
		}
	}
	var readings []mentions.Result
	for _, x := range told {
		readings = append(readings, x.Reading.Mentions)
	}
	checkSpellings(t, readings)
	book, err := Cases(told, k, "test")
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// trip finds the case of the general's journey in a month, live or background.
func trip(t *testing.T, b Book, month string) *cases.Case {
	t.Helper()
	for i, c := range b.Cases {
		if c.Party.ID != "un:IRi.039" || len(c.Activity) == 0 || c.Activity[0].Family() != "TRV" {
			continue
		}
		if strings.HasPrefix(c.Window.Earliest.String(), month) && strings.HasPrefix(c.Window.Latest.String(), month) {
			return &b.Cases[i]
		}
	}
	t.Errorf("no journey in %s", month)
	return nil
}

func checkTrips(t *testing.T, b Book) {
	july, sept, april := trip(t, b, "2015-07"), trip(t, b, "2015-09"), trip(t, b, "2016-04")
	journeys := 0
	for _, c := range b.Cases {
		if c.Party.ID == "un:IRi.039" && c.Status == cases.Live && len(c.Activity) > 0 && (c.Activity[0].Family() == "TRV" || c.Activity[0].Family() == "MET") {
			journeys++
		}
		if c.Party.ID == "un:IRi.040" {
			t.Errorf("a case of the namesake: %s", c.Title)
		}
	}
	if journeys != 2 {
		t.Errorf("%d live journeys or meetings of the general, want 2 (September 2015, April 2016)", journeys)
	}
	if july != nil && july.Status != cases.Background {
		t.Errorf("July 2015 is told as background, not %s", july.Status)
	}
	// What Western intelligence sources told of July or August may be the same
	// journey as that of July: linked, not merged.
	linked := false
	for _, c := range b.Cases {
		for _, l := range c.Links {
			linked = linked || july != nil && c.ID != july.ID && l.Case == july.ID && strings.Contains(l.Relation, "possibly")
		}
	}
	if !linked {
		t.Error("no case is linked to July 2015 as possibly the same")
	}
	if sept != nil {
		wantVerdict(t, sept, "1929", calendar.MustParse("2010-06-09"))
	}
	if april == nil {
		return
	}
	wantVerdict(t, april, "2231", calendar.MustParse("2016-01-16"))
	if april.For != (cases.Count{Min: 1, Max: 2}) {
		t.Errorf("April 2016: origins %+v, want 1 (up to 2)", april.For)
	}
	wantOrigin(t, april, "senior Iranian security official", "Reuters")
	wantReply(t, april, "Kremlin", "deny", "meeting")
	wantReply(t, april, "embassy", "cannot-confirm", "whole")
	wantReply(t, april, "Kirby", "cannot-confirm", "whole")
}

func checkRival(t *testing.T, b Book) {
	april := trip(t, b, "2016-04")
	if april == nil {
		return
	}
	if len(april.Party.Rivals) == 0 || april.Party.Rivals[0].ID != "un:IRi.040" || april.Party.Rivals[0].Score >= april.Party.Score {
		t.Errorf("the namesake is no lower rival: %+v", april.Party.Rivals)
	}
}

func wantVerdict(t *testing.T, c *cases.Case, act string, from calendar.Date) {
	t.Helper()
	if c.Check.Verdict != measures.ExemptionUnknown || len(c.Check.Answer.Grounds) == 0 {
		t.Errorf("%s: verdict %s", c.Title, c.Check.Verdict)
		return
	}
	if g := c.Check.Answer.Grounds[0]; !strings.Contains(g.Citation, act) || g.From != from {
		t.Errorf("%s: %s from %s, want %s from %s", c.Title, g.Citation, g.From, act, from)
	}
}

func wantOrigin(t *testing.T, c *cases.Case, holder, via string) {
	t.Helper()
	for _, o := range c.Origins {
		if strings.Contains(o.Holder, holder) && strings.Contains(strings.Join(o.Chain, " > "), via) {
			return
		}
	}
	t.Errorf("%s: no origin %q via %s among %d", c.Title, holder, via, len(c.Origins))
}

func wantReply(t *testing.T, c *cases.Case, holder, act, scope string) {
	t.Helper()
	for _, r := range c.Replies {
		if strings.Contains(r.Holder+r.Quote, holder) && string(r.Act) == act && r.Scope == scope {
			return
		}
	}
	t.Errorf("%s: no reply %s by %s on %s; have %+v", c.Title, act, holder, scope, c.Replies)
}

// Goods on their way to Syria and Iran, with their numbers and their sources;
// pledges stay plans.
func checkArms(t *testing.T, b Book) {
	var syria, iran *cases.Case
	for i, c := range b.Cases {
		if len(c.Activity) == 0 || c.Activity[0] != "ARM-SUPPLY" || c.Aspect == "planned" {
			continue
		}
		for _, p := range c.Places {
			switch p.Country {
			case "SY":
				syria = &b.Cases[i]
			case "IR":
				iran = &b.Cases[i]
			}
		}
	}
	if syria == nil {
		t.Error("no case of arms to Syria")
	} else {
		wantOrigin(t, syria, "New York Times", "New York Times")
		for _, item := range []string{"6 ", "15 ", "35 ", "200 "} {
			wantGoods(t, syria, item)
		}
	}
	if iran == nil {
		t.Error("no case of arms to Iran")
	} else {
		wantOrigin(t, iran, "Iranian media", "Reuters")
	}
}

func wantGoods(t *testing.T, c *cases.Case, item string) {
	t.Helper()
	for _, e := range c.Elements {
		if strings.Contains(e.Detail, item) {
			return
		}
	}
	t.Errorf("%s: no goods with %q", c.Title, item)
}
