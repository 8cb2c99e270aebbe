package extracteval

import (
	"math"
	"os"
	"path/filepath"
	"testing"
)

func TestOverlap(t *testing.T) {
	for _, c := range []struct {
		gold, pred string
		p, r       float64
	}{
		{"a b c d e", "a b c d e", 1, 1},
		{"a b c d e", "a b c d", 1, 0.5},
		{"a b c d", "x a b c d y", 1.0 / 3, 1},
		{"a b", "a b", 1, 1},
		{"a b c d", "", 0, 0},
		{"a b c d a b c d", "a b c d", 1, 0.2},
	} {
		p, r, _, _ := overlap(c.gold, c.pred)
		if math.Abs(p-c.p) > 1e-9 || math.Abs(r-c.r) > 1e-9 {
			t.Errorf("%q %q: %v %v, want %v %v", c.gold, c.pred, p, r, c.p, c.r)
		}
	}
}

func TestMeasure(t *testing.T) {
	dir := t.TempDir()
	page := `<html><head><meta property="article:published_time" content="2016-04-18"></head><body><article><p>The envoy of the northern council landed in Nordvik on Monday morning, two officials of the port told the Coast Star.</p><p>The ministry declined to comment on the visit, which had not been announced before that day.</p></article></body></html>`
	gold := `{"file":"1.html","url":"https://star.example/1","date":"2016-04-18","article_body":"The envoy of the northern council landed in Nordvik on Monday morning, two officials of the port told the Coast Star. The ministry declined to comment on the visit, which had not been announced before that day."}` + "\n" +
		`{"file":"2.html","url":"https://star.example/2","date":"2016-04-19"}` + "\n"
	for name, text := range map[string]string{"gold.jsonl": gold, "1.html": page, "2.html": page} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, err := Measure(dir)
	if err != nil {
		t.Fatal(err)
	}
	if r.F1 != 1 || r.Pages != 2 || r.DateAccuracy != 0.5 || len(r.Misses) != 1 || r.Misses[0].Gold != "2016-04-19" {
		t.Errorf("%+v", r)
	}
	if _, err := Measure(t.TempDir()); err == nil {
		t.Error("a folder without gold was measured")
	}
}
