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
	files, _ := filepath.Glob(filepath.Join(dir, "data/lists/un/un_consolidated_*.xml.gz"))
	list := map[string]party.Party{}
	for _, f := range files {
		for ref, p := range unEdition(t, f) {
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
