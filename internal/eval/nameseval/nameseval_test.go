package nameseval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shared finds the folder with evaluation data beside the checkout.
func shared(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv("REPORTEDLY_SHARED"); dir != "" {
		return dir
	}
	dir, _ := os.Getwd()
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if s := filepath.Join(dir, "shared"); dirExists(filepath.Join(s, "data")) {
			return s
		}
	}
	t.Skip("no folder shared beside the checkout: the figures on labelled pairs are not checked")
	return ""
}

func dirExists(p string) bool {
	i, err := os.Stat(p)
	return err == nil && i.IsDir()
}

func TestFiguresByHand(t *testing.T) {
	in := "schema,name1,name2,is_match,quality\nPerson,Arno Velt,Arno Velt,true,STRONG\nPerson,Arno Velt,Mira Okonjo,false,\n"
	r, err := Eval(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	if r.F1 != 1 || r.AUC != 1 || r.RecallAtP90 != 1 || r.ByQuality["STRONG"].N != 1 {
		t.Errorf("%+v", r)
	}
	if _, err := Eval(strings.NewReader("a,b\n1,2\n")); err == nil {
		t.Error("a file without the columns must be refused")
	}
}

func TestDevPairs(t *testing.T) {
	f, err := os.Open(filepath.Join(shared(t), "data/names_bench/pairs_dev.csv"))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	r, err := Eval(f)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("P %.3f R %.3f F1 %.3f acc %.3f best %.3f at %.3f AUC %.3f R@P90 %.3f", r.Precision, r.Recall, r.F1, r.Accuracy, r.BestF1, r.BestAt, r.AUC, r.RecallAtP90)
	t.Logf("strong %+v", r.ByQuality["STRONG"])
	for _, m := range r.Misses {
		t.Logf("%v %.2f %s %s | %s | %s :: %s", m.Match, m.Score, m.Schema, m.Quality, m.A, m.B, m.Why)
	}
}
