package measures_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite golden files and rosters")

// TestRoster2231 derives the 2231 List from the UN list files of its time: the
// references are facts, and the file in data/rosters holds nothing else.
func TestRoster2231(t *testing.T) {
	dir := shared(t)
	var refs []string
	for _, day := range []string{"2016-02-11_partial", "2017-06-20", "2018-08-24", "2020-03-20", "2022-09-15"} {
		file := filepath.Join(dir, "data/lists/un/un_consolidated_"+day+".xml.gz")
		if _, err := os.Stat(file); err != nil {
			t.Skip(err)
		}
		var now []string
		for ref := range unEdition(t, file) {
			if strings.HasPrefix(ref, "IRi.") || strings.HasPrefix(ref, "IRe.") {
				now = append(now, ref)
			}
		}
		// persons first: IRi before IRe
		slices.SortFunc(now, func(a, b string) int {
			if a[2] != b[2] {
				return int(b[2]) - int(a[2])
			}
			return strings.Compare(a, b)
		})
		if refs != nil && !slices.Equal(refs, now) {
			t.Errorf("the edition of %s holds another 2231 List", day)
		}
		refs = now
	}
	persons := 0
	for _, r := range refs {
		if strings.HasPrefix(r, "IRi.") {
			persons++
		}
	}
	if persons != 23 || len(refs) != 84 {
		t.Errorf("%d individuals and %d entities, want 23 and 61", persons, len(refs)-persons)
	}
	text := "# The 2231 List: references present in the UN list files of 2016-02-11 to 2022-09-15 [list].\n" +
		"# Written by `go test ./internal/measures -run Roster -update`.\n" + strings.Join(refs, "\n") + "\n"
	const path = "register/data/rosters/un-2231.txt"
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != text {
		t.Errorf("%s differs from the list files; run with -update", path)
	}
}
