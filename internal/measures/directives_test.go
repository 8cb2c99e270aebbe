package measures_test

import (
	"archive/zip"
	"cmp"
	"encoding/csv"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// directiveRows maps OFAC's own words for a type of sanction to the rows of
// the register that only some entries of a programme carry.
var directiveRows = map[string]string{
	"13662 Sectoral Directive 1":        "US-SSI-D1",
	"13662 Sectoral Directive 2":        "US-SSI-D2",
	"13662 Sectoral Directive 3":        "US-SSI-D3",
	"13662 Sectoral Directive 4":        "US-SSI-D4",
	"Executive Order 14024 Directive 2": "US-14024-D2",
	"Executive Order 14024 Directive 3": "US-14024-D3",
	"Executive Order 14024 Directive 4": "US-14024-D4",
	"Executive Order 14014 Directive 1": "US-MOGE-N",
	"CMIC Executive Order":              "US-CMIC-I",
}

// TestDirectives derives from OFAC's enhanced non-SDN list which entry stands
// under which directive, and since when: reference, programme and day alone.
func TestDirectives(t *testing.T) {
	file := filepath.Join(shared(t), "data/lists/us_ofac/CONS_ENHANCED_2025-01-10.zip")
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Skip(err)
	}
	defer z.Close()
	rows := directives(t, z.File[0])
	if len(rows) < 400 {
		t.Errorf("%d rows, want over 400", len(rows))
	}
	var out strings.Builder
	out.WriteString("# Which entry of OFAC's non-SDN list stands under which directive, from the types of sanction and the day of first\n" +
		"# publication in the enhanced XML of 10 January 2025. Written by `go test ./internal/measures -run Directives -update`.\n")
	w := csv.NewWriter(&out)
	w.Write(strings.Split("measure,authority,references,from,until,carries,citation,read", ","))
	w.WriteAll(rows)
	const path = "register/data/applies-us-directives.csv"
	if *update {
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != out.String() {
		t.Errorf("%s differs from the list file; run with -update", path)
	}
}

func directives(t *testing.T, f *zip.File) (rows [][]string) {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	dec := xml.NewDecoder(r)
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := tok.(xml.StartElement)
		if !ok || start.Name.Local != "entity" {
			continue
		}
		var e struct {
			ID    string `xml:"id,attr"`
			Lists []struct {
				Published string `xml:"datePublished,attr"`
			} `xml:"sanctionsLists>sanctionsList"`
			Types []string `xml:"sanctionsTypes>sanctionsType"`
		}
		if err := dec.DecodeElement(&e, &start); err != nil {
			t.Fatal(err)
		}
		var days []string
		for _, l := range e.Lists {
			days = append(days, l.Published)
		}
		for _, kind := range e.Types {
			row, ok := directiveRows[kind]
			if !ok || len(days) == 0 {
				continue
			}
			since := slices.Min(days)
			if row == "US-CMIC-I" {
				since = slices.Max(days) // first under the original order, then as amended
			}
			rows = append(rows, []string{row, "US", e.ID, since, "", "yes", "OFAC non-SDN list: " + kind, "L"})
		}
	}
	slices.SortFunc(rows, func(a, b []string) int {
		return cmp.Or(strings.Compare(a[0], b[0]), cmp.Compare(len(a[2]), len(b[2])), strings.Compare(a[2], b[2]))
	})
	return rows
}
