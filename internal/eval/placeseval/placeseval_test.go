package placeseval

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/places"
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
	raw, err := os.ReadFile(filepath.Join(dir, "data", "corpora", "geoparsing", name))
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
	g, err := places.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, file            string
		recognition, accuracy float64
	}{
		{"tr-news", "tr-news-dev.jsonl", 0.70, 0.80},
		{"lgl", "lgl-dev.jsonl.gz", 0.70, 0.75},
		{"geowebnews", "geowebnews-dev.jsonl.gz", 0.70, 0.88},
		{"geovirus", "geovirus-dev.jsonl.gz", 0.70, 0},
	} {
		res, err := Measure(bytes.NewReader(shared(t, c.file)), g, prose.Split)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%-10s gold %d system %d P %.3f R %.3f F1 %.3f | located %d @161 %.3f (own %.3f) median %.1f mean %.0f country %.3f", c.name,
			res.Gold, res.System, res.RecognitionPrecision, res.RecognitionRecall, res.RecognitionF1,
			res.Located, res.Accuracy161, res.OwnAccuracy161, res.MedianKm, res.MeanKm, res.CountryAccuracy)
		if res.RecognitionF1 < c.recognition || res.Accuracy161 < c.accuracy {
			t.Errorf("%s: below the bar of recognition %.2f, accuracy %.2f", c.name, c.recognition, c.accuracy)
		}
		if dir := os.Getenv("PLACES_MISSES"); dir != "" {
			var b strings.Builder
			for _, m := range res.Misses {
				fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%.0f\t%s\t%s\n", m.Kind, m.Text, m.Gold, m.System, m.Km, m.Context, m.Document)
			}
			if err := os.WriteFile(filepath.Join(dir, c.name+".tsv"), []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
