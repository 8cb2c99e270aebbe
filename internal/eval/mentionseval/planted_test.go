package mentionseval

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/party"
)

func open(t *testing.T, file string) io.Reader {
	t.Helper()
	f, err := os.Open(filepath.Join(shared(t), "data", file))
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { f.Close() })
	if strings.HasSuffix(file, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		return z
	}
	return f
}

func report(t *testing.T, what string, r PlantedResult, least float64) {
	t.Helper()
	t.Logf("%s: %d found %.3f lead %.3f", what, r.N, r.Found, r.Lead)
	for k, x := range r.Kinds {
		t.Logf("  %s: %d found %.3f lead %.3f", k, x.N, x.Found, x.Lead)
	}
	for i, m := range r.Misses {
		if testing.Verbose() && i%(len(r.Misses)/40+1) == 0 {
			t.Logf("  miss %s %q of %s: %s | %s", m.Article, m.Text, m.Party, m.Why, m.Around)
		}
	}
	if r.N == 0 || r.Found < least {
		t.Errorf("%s: found %.3f, want at least %.2f", what, r.Found, least)
	}
}

const unList = "lists/un/un_consolidated_2026-02-27.xml.gz"

func TestVariants(t *testing.T) {
	ix := mentions.New(load(t, unList))
	v, err := Variants(open(t, "names_bench/queries_dev.csv"))
	if err != nil {
		t.Fatal(err)
	}
	report(t, "variants", EvalPlanted(ix, v), 0.86)
}

func TestSlips(t *testing.T) {
	ps := load(t, unList)
	report(t, "slips", EvalPlanted(mentions.New(ps), Slips(ps)), 0.87)
}

func TestInflected(t *testing.T) {
	ps, v, err := Inflected(open(t, "corpora/bsnlp2021/dev.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	report(t, "inflected", EvalPlanted(mentions.New(ps), OnlyInflected(v)), 0.91)
}

func TestTagged(t *testing.T) {
	for _, c := range []struct {
		file, language string
		unspaced       bool
		least          float64
	}{{"anercorp-ar/train.jsonl.gz", "ar", false, 0.87}, {"arman-ner-fa/fold1-train.jsonl.gz", "fa", false, 0.95}, {"peoples-daily-ner-zh/dev.jsonl.gz", "zh", true, 0.88}} {
		ps, v, err := Tagged(open(t, "corpora/"+c.file), c.language, c.unspaced)
		if err != nil {
			t.Fatal(err)
		}
		report(t, c.file, EvalPlanted(mentions.New(ps), v), c.least)
	}
}

// The ways of planting need no data beside the checkout.
func TestPlanting(t *testing.T) {
	ps := []party.Party{{ID: "x:A.1", Schema: party.Person, Names: []party.Name{{Text: "Qasim Velayati"}, {Text: "قاسم ولایتی"}}}}
	v, err := Variants(strings.NewReader("query,reference,kind\nQassem VELAYATY,A.1,alias\nقاسم ولایتی,A.1,script\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := Slips(ps)
	if len(v) != 2 || len(s) != 1 || s[0].Spelling == "Qasim Velayati" {
		t.Fatalf("%+v %+v", v, s)
	}
	for _, p := range append(v, s...) {
		if p.Span.Of(p.Text) != p.Spelling {
			t.Errorf("%+v", p)
		}
	}
	if r := EvalPlanted(mentions.New(ps), append(v, s...)); r.Found != 1 || r.Lead != 1 {
		t.Errorf("%+v", r)
	}
	if _, err := Variants(strings.NewReader("a,b\n")); err == nil {
		t.Error("a file of other columns was read")
	}
}
