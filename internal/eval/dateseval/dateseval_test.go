package dateseval

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/prose"
)

// shared finds the data folder beside the checkout.
func shared(t *testing.T, name string) []byte {
	t.Helper()
	dir := os.Getenv("REPORTEDLY_SHARED")
	if dir == "" {
		wd, _ := os.Getwd()
		for d := wd; d != filepath.Dir(d); d = filepath.Dir(d) {
			if _, err := os.Stat(filepath.Join(d, "shared", "data")); err == nil {
				dir = filepath.Join(d, "shared")
				break
			}
		}
	}
	raw, err := os.ReadFile(filepath.Join(dir, "data", "corpora", name))
	if err != nil {
		t.Skipf("corpus %s is not here: %v", name, err)
	}
	if strings.HasSuffix(name, ".gz") {
		zr, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if raw, err = io.ReadAll(zr); err != nil {
			t.Fatal(err)
		}
	}
	return raw
}

// TestBars holds the figures on the development parts above the bars.
func TestBars(t *testing.T) {
	news := append(shared(t, "tempeval3/timebank.jsonl.gz"), shared(t, "tempeval3/aquaint.jsonl.gz")...)
	for _, c := range []struct {
		name, language string
		data           []byte
		relaxed, value float64
	}{
		{"tempeval3", "en", news, 0.90, 0.80},
		{"wikiwars", "en", shared(t, "wikiwars/dev.jsonl.gz"), 0, 0.75},
		{"tempeval2-es", "es", shared(t, "tempeval2-multilingual/es-dev.jsonl"), 0, 0},
		{"tempeval2-fr", "fr", shared(t, "tempeval2-multilingual/fr-dev.jsonl"), 0, 0},
	} {
		res, err := Measure(bytes.NewReader(c.data), c.language, prose.Split)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: gold %d system %d relaxed %.3f strict %.3f value %.3f type %.3f", c.name, res.Gold, res.System,
			res.RelaxedF1, res.StrictF1, res.ValueF1, res.TypeF1)
		if res.RelaxedF1 < c.relaxed || res.ValueF1 < c.value {
			t.Errorf("%s: below the bar of relaxed %.2f, value %.2f", c.name, c.relaxed, c.value)
		}
		if dir := os.Getenv("DATES_MISSES"); dir != "" {
			var b strings.Builder
			for _, m := range res.Misses {
				b.WriteString(m.Kind + "\t" + m.Gold + "\t" + m.System + "\t" + m.Rule + "\t" + m.Context + "\n")
			}
			if err := os.WriteFile(filepath.Join(dir, c.name+".tsv"), []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
