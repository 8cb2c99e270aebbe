package mentionseval

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/party"
)

func shared(t testing.TB) string {
	t.Helper()
	if dir := os.Getenv("REPORTEDLY_SHARED"); dir != "" {
		return dir
	}
	dir, _ := os.Getwd()
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		s := filepath.Join(dir, "shared")
		if i, err := os.Stat(filepath.Join(s, "data")); err == nil && i.IsDir() {
			return s
		}
	}
	t.Skip("no folder shared beside the checkout: the figures on gold articles are not checked")
	return ""
}

func load(t testing.TB, files ...string) []party.Party {
	var in []snapshot.Input
	for _, f := range files {
		in = append(in, snapshot.Path(filepath.Join(shared(t), "data", f)))
	}
	loaded, refused, err := lists.Load(context.Background(), in, lists.Options{})
	if err != nil || len(loaded) == 0 {
		t.Skipf("lists not read: %v %v", err, refused)
	}
	var ps []party.Party
	for _, l := range loaded {
		ps = append(ps, l.Parties...)
	}
	return ps
}

func evalFile(t *testing.T, ix *mentions.Index, file string) Result {
	f, err := os.Open(filepath.Join(shared(t), "data/claims", file))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	r, err := Eval(ix, f)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: gold %d recall %.3f accepted %.3f; full names %d recall %.3f; found %d extra %d precision %.3f", file, r.Gold, r.Recall, r.RecallAccepted, r.FullGold, r.RecallFull, r.Found, r.Extra, r.Precision)
	for _, m := range r.Misses {
		t.Logf("miss %s %q of %s: %s | %s", m.Article, m.Text, m.Party, m.Why, m.Around)
	}
	for _, m := range r.Extras {
		t.Logf("extra %s %q as %s (%s) | %s", m.Article, m.Text, m.Party, m.Why, m.Around)
	}
	return r
}

func TestGoldMentions(t *testing.T) {
	ix := mentions.New(load(t, "claims/parties.ftm.json"))
	for _, f := range []string{"seeds.jsonl", "dev.jsonl"} {
		if r := evalFile(t, ix, f); r.Recall < 0.9 {
			t.Errorf("%s: recall %.3f fell under 0.90", f, r.Recall)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	ix := mentions.New(load(b, "lists/un/un_consolidated_2026-02-27.xml.gz", "lists/us_ofac/sdn_2024-05-03.csv.gz"))
	f, err := os.Open(filepath.Join(shared(b), "data/corpora/bbc-news/dev.jsonl.gz"))
	if err != nil {
		b.Skip(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	var texts []string
	size := 0
	for d := json.NewDecoder(z); size < 1<<20; {
		var a struct{ Text string }
		if d.Decode(&a) != nil {
			break
		}
		texts, size = append(texts, a.Text), size+len(a.Text)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, t := range texts {
			ix.Names(t, "en")
		}
	}
}
