package pipeline

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/story"
)

// Agency copy among the articles of PolNeAR is known by its by-line, credit
// line, dateline or last lines, and little else is taken for it.
func TestWireStoriesAreRecognised(t *testing.T) {
	k, err := ListFiles(ctx, []string{"../cases/testdata/articles/watchlist.ftm.json"}, lists.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(k, "test")
	if err != nil {
		t.Fatal(err)
	}
	wires, found, other, wrong := 0, 0, 0, 0
	for _, part := range []string{"dev", "train"} {
		f, err := os.Open(shared(t, "data", "corpora", "polnear", part+".jsonl.gz"))
		if err != nil {
			t.Skip("no ../shared: ", err)
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(z)
		lines.Buffer(nil, 16<<20)
		for lines.Scan() {
			var d struct{ Author, Credit, Wire, Text, Publisher string }
			if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
				t.Fatal(err)
			}
			a := r.Prepare(story.Article{Outlet: d.Publisher, Byline: known(d.Author), Credit: known(d.Credit), Text: d.Text, Language: "en"})
			got := wireOf(r.sources, a)
			if w := known(d.Wire); w != "" {
				wires++
				if s, ok := r.sources.Lookup(w); ok && (got == s.Name || got == anAgency) {
					found++
				} else {
					t.Logf("missed: %s, recognised %q, by-line %q, credit %q, ends %q", w, got, d.Author, d.Credit, d.Text[max(0, len(d.Text)-100):])
				}
				continue
			}
			other++
			if got != "" {
				wrong++
				t.Logf("no wire, recognised %q: by-line %q, credit %q", got, d.Author, a.Credit)
			}
		}
	}
	t.Logf("wire stories recognised %d of %d; others taken for one %d of %d", found, wires, wrong, other)
	if float64(found) < 0.95*float64(wires) {
		t.Errorf("%d of %d wire stories recognised", found, wires)
	}
	if 50*wrong > other {
		t.Errorf("%d of %d other stories taken for a wire's", wrong, other)
	}
}

// known drops the corpus's words for "not given".
func known(s string) string {
	if s == "None" || s == "NA" {
		return ""
	}
	return strings.TrimSpace(s)
}

// anAgency stands for copy with an agency's sign-off that does not say whose.
const anAgency = "an agency"

// wireOf is the agency that an article says it comes from.
func wireOf(reg *sources.Register, a story.Article) string {
	for _, line := range []string{a.Credit, a.Byline, a.Dateline.Wire} {
		if s, ok := reg.Lookup(line); ok && s.Kind.IsWire() {
			return s.Name
		}
		if c, ok := reg.CreditOf(line); ok && c.Source.Kind.IsWire() {
			return c.Source.Name
		}
	}
	if sources.SignOff(a.Credit) != "" {
		return anAgency
	}
	return ""
}
