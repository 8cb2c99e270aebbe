package dates

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/prose"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden runs testdata/LANGUAGE.txt: blocks of a text, "----", and one line
// for each expression found. A first line "anchor DATE" sets the day of
// publication for the blocks that follow; "anchor" alone makes it unknown.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) < 5 {
		t.Fatalf("golden files: %v %v", paths, err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got := runGolden(t, string(raw), strings.TrimSuffix(filepath.Base(path), ".txt"))
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if diff := cmp.Diff(string(raw), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

func runGolden(t *testing.T, raw, language string) string {
	var anchor Anchor
	var out []string
	for _, block := range strings.Split(strings.TrimSpace(raw), "\n\n") {
		input, _, _ := strings.Cut(block, "\n----")
		out = append(out, input)
		if rest, ok := strings.CutPrefix(input, "anchor"); ok && !strings.Contains(input, "\n") {
			d, err := calendar.Parse(strings.TrimSpace(rest))
			if err != nil {
				t.Fatal(err)
			}
			anchor.Published = d
			continue
		}
		es, err := Find(prose.Split(input, language), anchor)
		if err != nil {
			t.Fatal(err)
		}
		lines := []string{input, "----"}
		for _, e := range es {
			lines = append(lines, describe(e))
		}
		out[len(out)-1] = strings.Join(lines, "\n")
	}
	return strings.Join(out, "\n\n") + "\n"
}

func describe(e Expression) string {
	s := fmt.Sprintf("[%s] %s %s %s", e.Text, e.Type, e.Value, e.Window)
	if e.Mod != "" {
		s += " " + e.Mod
	}
	if e.Signal != "" {
		s += " " + e.Signal
	}
	return s + " (" + e.Rule + ")"
}

// TestUnknownAnchor: nothing that hangs on the day of publication gets a window
// when that day is unknown.
func TestUnknownAnchor(t *testing.T) {
	doc := prose.Split("He left yesterday, last week, on Friday, three days ago, this year and in May. He came back on 3 June 2014.", "en")
	es, err := Find(doc, Anchor{})
	if err != nil {
		t.Fatal(err)
	}
	if len(es) != 7 {
		t.Fatalf("found %d expressions, want 7: %+v", len(es), es)
	}
	for _, e := range es[:6] {
		if !e.Window.IsZero() {
			t.Errorf("%s has window %s without an anchor", e.Text, e.Window)
		}
	}
	if es[6].Window.String() != "2014-06-03" {
		t.Errorf("whole date: %s", es[6].Window)
	}
}

// TestLanguages compiles every language folder.
func TestLanguages(t *testing.T) {
	all, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"en", "ru", "ar", "fr", "es"} {
		if all[code] == nil || len(all[code].rules) < 40 {
			t.Errorf("%s: missing or thin", code)
		}
	}
	es, err := Find(prose.Split("2015年7月24日", "zh"), Anchor{})
	if err != nil || es != nil {
		t.Errorf("a language without a folder gives none, got %v %v", es, err)
	}
}

func TestBadRules(t *testing.T) {
	for _, line := range []string{"x: <nothing> => date", "x: [ a => date", "x: a => nothing", "x a => date", "@m x", "x: a => date y"} {
		l := &language{symbols: map[string]int32{}, words: make([][]word, 1)}
		if err := l.readRules(line); err == nil {
			t.Errorf("%q was taken", line)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"on Monday, 3 May 2015 at 10:35 a.m.", "в ночь на 3 мая", "31/31/3131", "the 99th century BC", "last last last", "0 BC 00:00 '99s"} {
		f.Add(s, "en", 2016, 4, 18)
	}
	f.Fuzz(func(t *testing.T, text, language string, y, m, d int) {
		a := Anchor{calendar.On(y, m, d)}
		if !a.Published.Valid() {
			a = Anchor{}
		}
		es, err := Find(prose.Split(text, language), a)
		if err != nil {
			t.Fatal(err)
		}
		at := 0
		for _, e := range es {
			if e.Start < at || e.End <= e.Start || e.End > len(text) || text[e.Start:e.End] != e.Text || e.Value == "" {
				t.Fatalf("bad expression %+v in %q", e, text)
			}
			at = e.End
		}
	})
}

func ExampleFind() {
	doc := prose.Split("The general flew to Moscow on Thursday night, officials said.", "en")
	found, err := Find(doc, Anchor{Published: calendar.On(2016, 4, 18)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range found {
		fmt.Println(e.Text, e.Value, e.Window)
	}
	// Output: Thursday night 2016-04-14TNI 2016-04-14..2016-04-15
}
