package measures_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/reportedly/reportedly/internal/eval/measureseval"
	"github.com/reportedly/reportedly/internal/party"
)

func TestGoldenUN(t *testing.T) {
	dir := shared(t)
	list := map[string]party.Party{}
	for _, day := range []string{"2017-06-20", "2020-03-20", "2022-09-15", "2025-11-15", "2026-05-08"} {
		for ref, p := range unEdition(t, filepath.Join(dir, "data/lists/un/un_consolidated_"+day+".xml.gz")) {
			list[ref] = p
		}
	}
	f, err := os.Open(filepath.Join(dir, "data/measures/golden_dev.csv"))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	res, err := measureseval.Run(law(t), f, func(_, ref string) (party.Party, bool) {
		p, ok := list[ref]
		return p, ok
	})
	if err != nil {
		t.Fatal(err)
	}
	report(t, res, 0.85)
}
