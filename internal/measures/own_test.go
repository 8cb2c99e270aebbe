package measures_test

import (
	"os"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/eval/measureseval"
	"github.com/reportedly/reportedly/internal/party"
)

// TestGoldenOwn holds every row of our own tables. The parties are built from
// the tables' own column of listing days, so no list is needed.
func TestGoldenOwn(t *testing.T) {
	for _, name := range []string{"testdata/golden_own_un.csv", "testdata/golden_own_others.csv"} {
		listed := map[string]party.Party{}
		for _, row := range table(t, name) {
			for _, ref := range strings.Split(strings.TrimPrefix(row["party_reference"], "owned-by:"), "|") {
				on, err := calendar.Parse(row["listed_on"])
				if err != nil {
					t.Fatalf("%s: %v", row["id"], err)
				}
				authority, regime := row["authority"], row["regime"]
				if authority == "" {
					authority, regime = "UN", ""
				}
				listed[row["id"]+ref] = party.Party{Designations: []party.Designation{{Authority: authority, Reference: ref, Regime: regime, ListedOn: on}}}
			}
		}
		for _, row := range table(t, name) {
			one := oneRow(t, name, row["id"])
			res, err := measureseval.Run(law(t), strings.NewReader(one), func(_, ref string) (party.Party, bool) {
				p, ok := listed[row["id"]+ref]
				return p, ok
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range res.Misses {
				t.Errorf("%s: want %s [%s], got %s [%s]: %s (expected: %s)", m.ID, m.Want, m.WantMeasures, m.Got, m.GotMeasures, m.Reason, m.Expected)
			}
		}
	}
}

// oneRow is the header and one case of a table.
func oneRow(t *testing.T, file, id string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	header := ""
	for line := range strings.Lines(string(text)) {
		switch {
		case strings.HasPrefix(line, "#"):
		case header == "":
			header = line
		case strings.HasPrefix(line, id+","):
			return header + line
		}
	}
	t.Fatalf("%s holds no %s", file, id)
	return ""
}
