package speecheval

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/prose/syntax"
)

// shared finds the folder of corpora beside the checkout.
func shared(t *testing.T) string {
	t.Helper()
	if d := os.Getenv("REPORTEDLY_SHARED"); d != "" {
		return d
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "shared", "data")); err == nil {
			return filepath.Join(dir, "shared")
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Skip("no folder shared beside the checkout: corpora not measured")
		}
		dir = up
	}
}

func reader(t *testing.T) Read {
	t.Helper()
	p, err := syntax.Load()
	if err != nil {
		t.Skip("no parser: ", err)
	}
	return func(text, outlet string) (prose.Document, []syntax.Tree, []speech.Attribution) {
		doc := prose.Split(text, "en")
		trees := make([]syntax.Tree, len(doc.Sentences))
		for i, s := range doc.Sentences {
			trees[i] = p.Parse(s)
		}
		return doc, trees, speech.Find(doc, trees, outlet)
	}
}

// TestPolnear prints the figures of docs/reading-speech.md. SPLIT=train reads
// the training part, MISSES=file writes every miss as a line of JSON.
func TestPolnear(t *testing.T) {
	split := os.Getenv("SPLIT")
	if split == "" {
		split = "dev"
	}
	f, err := os.Open(filepath.Join(shared(t), "data", "corpora", "polnear", split+".jsonl.gz"))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	res, err := Attribution(z, reader(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("relaxed %+v", res.Relaxed)
	t.Logf("strict %+v", res.Strict)
	t.Logf("source head %.3f of %d", res.SourceHead, res.SameCue)
	for k, s := range res.ByType {
		t.Logf("%s %+v", k, s)
	}
	if path := os.Getenv("MISSES"); path != "" {
		out, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer out.Close()
		enc := json.NewEncoder(out)
		if err := enc.Encode(res.ByCue); err != nil {
			t.Fatal(err)
		}
		for _, m := range res.Misses {
			if err := enc.Encode(m); err != nil {
				t.Fatal(err)
			}
		}
	}
}
