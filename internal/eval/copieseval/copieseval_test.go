package copieseval

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// shared finds a file of the folder beside the checkout, or skips.
func shared(t *testing.T, name string) io.Reader {
	t.Helper()
	dir := os.Getenv("REPORTEDLY_SHARED")
	if dir == "" {
		wd, _ := os.Getwd()
		for d := wd; ; d = filepath.Dir(d) {
			if _, err := os.Stat(filepath.Join(d, "shared")); err == nil {
				dir = filepath.Join(d, "shared")
				break
			}
			if d == filepath.Dir(d) {
				t.Skip("no folder `shared` beside the checkout: corpora not at hand")
			}
		}
	}
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Skipf("corpus not at hand: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestNearDuplicates(t *testing.T) {
	res, err := Pairs(shared(t, "data/corpora/near-duplicates/dev.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("pairs %d  precision %.3f  recall %.3f  F1 %.3f", res.Pairs, res.Precision, res.Recall, res.F1)
	for _, m := range res.Misses {
		t.Logf("%s %s got %q: %+v", m.ID, m.Label, m.Relation, m.Likeness)
	}
	if res.F1 < 0.93 {
		t.Errorf("F1 %.3f is below the bar of 0.93", res.F1)
	}
}

func TestEvents(t *testing.T) {
	res, err := Events(shared(t, "data/corpora/giveme5w1h/clusters-dev.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("articles %d  events %d  clusters %d  pairwise P %.3f R %.3f F1 %.3f  B-cubed %.3f", res.Articles, res.Events, res.Found, res.Precision, res.Recall, res.F1, res.BCubed)
	if res.F1 < 0.85 {
		t.Errorf("pairwise F1 %.3f fell below 0.85", res.F1)
	}
}
