package places

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/story"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func load(t testing.TB) *Gazetteer {
	t.Helper()
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestGolden runs testdata/LANGUAGE.txt: blocks of a text, "----", and one line
// for each toponym found.
func TestGolden(t *testing.T) {
	g := load(t)
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) < 5 {
		t.Fatalf("golden files: %v %v", paths, err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		language := strings.TrimSuffix(filepath.Base(path), ".txt")
		var out []string
		for _, block := range strings.Split(strings.TrimSpace(string(raw)), "\n\n") {
			input, _, _ := strings.Cut(block, "\n----")
			lines := []string{input, "----"}
			for _, x := range g.Find(prose.Split(input, language), "") {
				lines = append(lines, describe(x))
			}
			out = append(out, strings.Join(lines, "\n"))
		}
		got := strings.Join(out, "\n\n") + "\n"
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

func describe(x Toponym) string {
	s := fmt.Sprintf("[%s] %s", x.Text, x.Use)
	if p := x.Place; p != nil {
		s += fmt.Sprintf(" %s, %s %s %s", p.Name, p.Country, p.Admin1, p.Kind)
	}
	if x.Within != "" {
		s += " within " + x.Within
	}
	return s
}

func TestCountry(t *testing.T) {
	g := load(t)
	for text, want := range map[string]string{
		"Russia": "RU", "Russian": "RU", "Russians": "RU", "RU": "RU", "RUS": "RU", "Russian Federation": "RU", "Россия": "RU",
		"Iranian": "IR", "Islamic Republic of Iran": "IR", "إيران": "IR", "Syrie": "SY", "República Árabe Siria": "SY",
		"North Korean": "KP", "DPRK": "KP", "Democratic People's Republic of Korea": "KP", "Czechia": "CZ", "UAE": "AE",
		"Burma": "MM", "Côte d’Ivoire": "CI", "Türkiye": "TR", "中国": "CN", "Viet Nam": "VN", "the Netherlands": "NL",
		"Londonistan": "", "": "", "us": "US", "QQQ": "",
	} {
		if got, ok := g.Country(text); got != want || ok != (want != "") {
			t.Errorf("Country(%q) = %q, %v; want %q", text, got, ok, want)
		}
	}
}

func first(t *testing.T, g *Gazetteer, name string) Place {
	t.Helper()
	ps := g.Lookup(name)
	if len(ps) == 0 {
		t.Fatalf("no place %q", name)
	}
	return ps[0]
}

func city(t *testing.T, g *Gazetteer, name string) Place {
	t.Helper()
	for _, p := range g.Lookup(name) {
		if p.Kind == City {
			return p
		}
	}
	t.Fatalf("no city %q", name)
	return Place{}
}

func TestGeometry(t *testing.T) {
	g := load(t)
	moscow, petersburg, russia := city(t, g, "Moscow"), first(t, g, "Saint Petersburg"), first(t, g, "Russia")
	if !moscow.Capital || moscow.Country != "RU" {
		t.Errorf("Moscow: %+v", moscow)
	}
	if d := Distance(moscow, petersburg); d < 600 || d > 680 {
		t.Errorf("Moscow to Saint Petersburg: %.0f km, want about 635", d)
	}
	for _, c := range []struct {
		a, b Place
		want bool
	}{
		{moscow, russia, true}, {moscow, petersburg, false}, {russia, petersburg, true},
		{first(t, g, "Middle East"), first(t, g, "Damascus"), true}, {first(t, g, "Middle East"), moscow, false},
		{first(t, g, "Donbas"), first(t, g, "Ukraine"), true},
	} {
		if g.Compatible(c.a, c.b) != c.want || g.Compatible(c.b, c.a) != c.want {
			t.Errorf("Compatible(%s, %s) is not %v both ways", c.a.Name, c.b.Name, c.want)
		}
	}
	if !g.Contains("RU", moscow) || g.Contains("SY", moscow) || !g.Contains("RU."+moscow.Admin1, moscow) || g.Contains("", moscow) {
		t.Error("Contains is wrong about Moscow")
	}
}

// TestEveryCountry: each country of countries.tsv is found by its short name and
// its capital lies in it.
func TestEveryCountry(t *testing.T) {
	g := load(t)
	for capital, iso := range g.words.capitals {
		if capital == "" {
			continue
		}
		found := false
		for _, p := range g.Lookup(capital) {
			found = found || p.Country == iso
		}
		if !found {
			t.Errorf("capital %q is not in %s", capital, iso)
		}
	}
	for d, r := range g.words.demonyms {
		if r.Name == "" {
			t.Errorf("demonym %q has no place", d)
		}
	}
}

func TestFindParsed(t *testing.T) {
	g := load(t)
	doc := prose.Split("Syria shelled Homs.", "en")
	tree := syntax.Tree{Words: []syntax.Word{
		{Form: "Syria", UPOS: "PROPN", Head: 1, Deprel: "nsubj"}, {Form: "shelled", UPOS: "VERB", Head: -1, Deprel: "root"},
		{Form: "Homs", UPOS: "PROPN", Head: 1, Deprel: "obj"}, {Form: ".", UPOS: "PUNCT", Head: 1, Deprel: "punct"},
	}}
	got := g.FindParsed(doc, []syntax.Tree{tree}, "")
	if len(got) != 2 || got[0].Use != Government || got[1].Use != Literal {
		t.Errorf("got %+v", got)
	}
	if got := g.FindParsed(doc, nil, ""); len(got) != 2 {
		t.Errorf("without trees: %+v", got)
	}
}

func TestResolveBorrows(t *testing.T) {
	g := load(t)
	text := "They met at the Hall of Xyzzy in Geneva."
	doc := prose.Split(text, "en")
	at := strings.Index(text, "Hall")
	got := g.Resolve(doc, []story.Span{{Start: at, End: at + len("Hall of Xyzzy")}, {Start: strings.Index(text, "Geneva"), End: len(text) - 1}}, "")
	if len(got) != 2 || got[0].Place == nil || got[0].Place.Kind != Facility || got[0].Within != "Geneva" || got[0].Score != 0 {
		t.Errorf("got %+v", got)
	}
}

func FuzzFind(f *testing.F) {
	g := load(f)
	for _, s := range []string{"Mosul, Iraq", "St. Petersburg, Fla.", "в Москве и بدمشق", "The The The", "W. Va., W. Va.", "U.S.-led", "Paris\xff, Texas", ", , ,"} {
		f.Add(s, "en", "US", 0, 3)
	}
	f.Fuzz(func(t *testing.T, text, language, home string, a, b int) {
		doc := prose.Split(text, language)
		at := 0
		for _, x := range g.Find(doc, home) {
			if x.Start < at || x.End <= x.Start || x.End > len(text) || text[x.Start:x.End] != x.Text || x.Place == nil {
				t.Fatalf("bad toponym %+v in %q", x, text)
			}
			at = x.End
		}
		if 0 <= a && a < b && b <= len(text) {
			if got := g.Resolve(doc, []story.Span{{Start: a, End: b}}, home); len(got) != 1 {
				t.Fatalf("Resolve gave %d for one span", len(got))
			}
		}
	})
}

func ExampleGazetteer_Find() {
	g, err := Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	doc := prose.Split("Iran denied that the ship had sailed to Latakia, Syria.", "en")
	for _, x := range g.Find(doc, "") {
		fmt.Println(x.Text, x.Use, x.Place.Country, x.Place.Kind)
	}
	// Output:
	// Iran government IR country
	// Latakia literal SY city
	// Syria literal SY country
}
