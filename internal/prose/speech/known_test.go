package speech_test

import (
	"flag"
	"os"
	"sort"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/sources"
)

var update = flag.Bool("update", false, "rewrite derived tables and golden files")

// TestKnownTable keeps data/known.tsv, which speech needs because rooms of one
// row do not import each other, equal to the register of sources.
func TestKnownTable(t *testing.T) {
	want := knownTable()
	path := "lexicon/data/known.tsv"
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("data/known.tsv does not follow sources/register.tsv: go test ./internal/prose/speech -run KnownTable -update")
	}
}

func knownTable() string {
	kind := map[sources.Kind]string{
		sources.Wire: "wire", sources.StateWire: "wire", sources.Outlet: "outlet", sources.StateMedia: "outlet",
		sources.Government: "government", sources.Organisation: "organisation",
	}
	rows := map[string]string{}
	for _, s := range sources.Default().Sources() {
		for i, n := range append([]string{s.Name}, s.Aliases...) {
			if strings.ContainsAny(n, "()") {
				continue
			}
			n = strings.TrimPrefix(strings.TrimPrefix(n, "the "), "The ")
			if _, ok := rows[n]; !ok || i == 0 {
				rows[n] = n + "\t" + kind[s.Kind] + "\t" + s.Country
			}
		}
	}
	var out []string
	for _, r := range rows {
		out = append(out, r)
	}
	sort.Strings(out)
	return "# Made from internal/sources/register.tsv by known_test.go (-update). Do not edit.\n# Columns (tab): name, kind of holder, country.\n" + strings.Join(out, "\n") + "\n"
}
