package screeningeval

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
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
	t.Skip("no folder shared beside the checkout: the figures on real lists are not checked")
	return ""
}

func TestFiguresByHand(t *testing.T) {
	ix := screening.New([]party.Party{{ID: "un:X1", Schema: party.Person, Names: []party.Name{{Text: "Tamaz Qorvashi"}}}})
	r, err := Eval(ix, strings.NewReader("query,reference,kind\nTamaz Korvashi,X1,alias\nNobody Known,X1,alias\n"), strings.NewReader("full_name\nArvo Lund\n"))
	if err != nil {
		t.Fatal(err)
	}
	if k := r.Kinds["alias"]; k.N != 2 || k.RecallDefault != 0.5 || k.Rank1 != 1 || len(r.Misses) != 1 {
		t.Errorf("%+v", r)
	}
}

// index reads lists of shared/data/lists.
func index(t testing.TB, files ...string) *screening.Index {
	var in []snapshot.Input
	for _, f := range files {
		in = append(in, snapshot.Path(filepath.Join(shared(t), "data/lists", f)))
	}
	loaded, _, err := lists.Load(context.Background(), in, lists.Options{})
	if err != nil || len(loaded) == 0 {
		t.Skipf("lists not read: %v", err)
	}
	var ps []party.Party
	for _, l := range loaded {
		ps = append(ps, l.Parties...)
	}
	return screening.New(ps)
}

func negatives(t testing.TB, n int) []byte {
	dir := filepath.Join(shared(t), "data/names/ordinary")
	fore, err := os.ReadFile(filepath.Join(dir, "common-forenames-by-country.csv"))
	if err != nil {
		t.Skip(err)
	}
	sur, err := os.ReadFile(filepath.Join(dir, "common-surnames-by-country.csv"))
	if err != nil {
		t.Skip(err)
	}
	names, err := Negatives(bytes.NewReader(fore), bytes.NewReader(sur), n)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"full_name"})
	for _, n := range names {
		_ = w.Write([]string{n})
	}
	w.Flush()
	return b.Bytes()
}

func TestDevQueries(t *testing.T) {
	ix := index(t, "un/un_consolidated_2026-02-27.xml.gz")
	q, err := os.Open(filepath.Join(shared(t), "data/names_bench/queries_dev.csv"))
	if err != nil {
		t.Skip(err)
	}
	defer q.Close()
	r, err := Eval(ix, q, bytes.NewReader(negatives(t, 4000)))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("false alerts %.4f of %d; thresholds %.3f %.3f", r.FalseAlertRate, r.Negatives, r.ThresholdAt1, r.ThresholdAt01)
	for k, v := range r.Kinds {
		t.Logf("%s %+v", k, v)
	}
	for _, m := range r.Misses {
		t.Logf("miss %.2f %s %s | %.150s", m.Score, m.Query, m.Reference, m.Names)
	}
	for _, a := range r.Alerts {
		t.Logf("alert %.2f %s | %s", a.Score, a.Name, a.Party)
	}
}

func BenchmarkScreen(b *testing.B) {
	ix := index(b, "un/un_consolidated_2026-02-27.xml.gz", "us_ofac/sdn_2024-05-03.csv.gz")
	q, err := os.ReadFile(filepath.Join(shared(b), "data/names_bench/queries_dev.csv"))
	if err != nil {
		b.Skip(err)
	}
	qs, err := Read(bytes.NewReader(q), "query")
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		ix.Find(screening.Query{Name: qs[i%len(qs)][0], Schema: party.Person})
	}
}
