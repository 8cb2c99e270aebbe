package frames

import (
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/activity"
)

// Territory under embargo at some time. Which measure stood on a day is not
// decided here: a claim about its trade in such goods is worth reading.
type Territory struct {
	Country string // ISO 3166-1 alpha-2
	Name    string
	Scopes  []string // "arms", "wmd", "petroleum", "luxury", "commodities"
	Source  string
	Words   []string // by which a text calls it, its people or its capital
}

var territories = sync.OnceValue(func() map[string]Territory {
	text, err := data.ReadFile("data/territories.tsv")
	if err != nil {
		panic(fmt.Sprintf("frames: territories: %v", err))
	}
	t, err := readTerritories(string(text))
	if err != nil {
		panic(err) // a fault of the build, read by the package's test
	}
	return t
})

func readTerritories(text string) (map[string]Territory, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.Comment, r.FieldsPerRecord = '\t', '#', 5
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("frames: territories.tsv: %w", err)
	}
	out := map[string]Territory{}
	for _, row := range rows[1:] {
		out[row[0]] = Territory{row[0], row[1], strings.Split(row[2], ";"), row[3], strings.Fields(row[4])}
	}
	return out, nil
}

// Embargoed reports whether trade of the country in goods of that scope was
// under embargo at some time.
func Embargoed(country, scope string) bool {
	return slices.Contains(territories()[country].Scopes, scope)
}

// Territories gives all territories by country.
func Territories() []Territory {
	return slices.SortedFunc(maps.Values(territories()), func(a, b Territory) int { return strings.Compare(a.Country, b.Country) })
}

// TerritoryOf gives the territory of a country, ok false where none was ever
// under an embargo.
func TerritoryOf(country string) (Territory, bool) {
	t, ok := territories()[country]
	return t, ok
}

// scopes say which embargo makes a claim of a code worth reading where no
// listed party is named.
var scopes = map[string]string{
	"ARM-SUPPLY": "arms", "ARM-PROCURE": "arms", "ARM-BROKER": "arms", "ARM-SEIZE": "arms",
	"WMD-GOODS": "wmd", "WMD-ACT": "wmd", "TRD-PETRO-IN": "petroleum", "TRD-PETRO-OUT": "petroleum",
	"TRD-LUXURY": "luxury", "TRD-COMMOD": "commodities", "TRD-GOODS": "arms", "EXP-DUAL": "arms",
	"WMD-COOP": "wmd", "LAB-ABROAD": "labour", "COOP-MIL": "military",
}

// ScopeOf gives the scope of territories.tsv that makes a claim of a code worth
// reading where no listed party is named, "" for none.
func ScopeOf(code activity.Code) string { return scopes[string(code)] }
