package measures_test

import (
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/eval/measureseval"
	"github.com/reportedly/reportedly/internal/party"
)

// table reads a CSV file, plain or .gz, by column name.
func table(t testing.TB, file string) []map[string]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	c := csv.NewReader(r)
	c.FieldsPerRecord = -1
	if !strings.HasPrefix(file, "/") {
		c.Comment = '#' // our own tables
	}
	c.LazyQuotes = true
	all, err := c.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	var out []map[string]string
	for _, rec := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			if i < len(rec) {
				row[name] = rec[i]
			}
		}
		out = append(out, row)
	}
	return out
}

// anyDay reads the day forms of the EU annexes and the UK list.
func anyDay(s string) calendar.Date {
	s = strings.ReplaceAll(strings.TrimSpace(s), "Mar.", "Mar")
	for _, layout := range []string{"2.1.2006", "02/01/2006", "2 Jan 2006", "2 January 2006"} {
		if d, err := time.Parse(layout, s); err == nil {
			return calendar.FromTime(d)
		}
	}
	return calendar.Date{}
}

// elsewhere is a test's own reading of what the lists of other authorities
// tell: references, regimes and days.
func elsewhere(t testing.TB, dir string) map[string]party.Party {
	out := map[string]party.Party{}
	add := func(authority, ref string, schema party.Schema, d party.Designation) {
		d.Authority, d.Reference = authority, ref
		p := out[authority+":"+ref]
		p.Schema = schema
		p.Designations = append(p.Designations, d)
		out[authority+":"+ref] = p
	}
	for _, r := range table(t, filepath.Join(dir, "data/lists/uk/fcdo_2026-05/subjects.csv")) {
		schema := party.Organization
		if r["subject_type"] == "individual" {
			schema = party.Person
		}
		add("UK", r["unique_id"], schema, party.Designation{List: "uk-fcdo", ListedOn: anyDay(r["date_designated"])})
	}
	files, _ := filepath.Glob(filepath.Join(dir, "data/lists/eu/official_journal_2026-08/consolidated/*.csv*"))
	for _, f := range files {
		for _, r := range table(t, f) {
			id := r["recordId"]
			if r["celex"] == "32014R0833" {
				id = strings.ToUpper(r["name"])
				if r["imoNumber"] != "" {
					id = "IMO" + strings.TrimPrefix(r["imoNumber"], "IMO")
				}
				if r["annex"] == "XV" {
					id = r["name"]
				}
			}
			add("EU", r["celex"]+"#"+r["annex"]+":"+id, party.Schema(r["schema"]), party.Designation{Regime: r["programKey"], List: "eu-oj", ListedOn: anyDay(r["startDate"])})
		}
	}
	return out
}

func TestGoldenOthers(t *testing.T) {
	dir := shared(t)
	f, err := os.Open(filepath.Join(dir, "data/measures/golden_us_eu_uk_dev.csv"))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	list := elsewhere(t, dir)
	res, err := measureseval.Run(law(t), f, func(authority, ref string) (party.Party, bool) {
		p, ok := list[authority+":"+ref]
		return p, ok
	})
	if err != nil {
		t.Fatal(err)
	}
	report(t, res, 0.90)
}

func report(t *testing.T, res measureseval.Result, least float64) {
	t.Helper()
	t.Logf("%d rows: verdicts %.3f, measures %.3f, missed %d, invented %d, parties not found %d",
		res.Rows, res.VerdictAccuracy, res.MeasuresAccuracy, res.Missed, res.Invented, res.Unfound)
	for _, m := range res.Misses {
		t.Logf("%s: want %s [%s], got %s [%s]: %s (expected: %s)", m.ID, m.Want, m.WantMeasures, m.Got, m.GotMeasures, m.Reason, m.Expected)
	}
	if res.VerdictAccuracy < least {
		t.Errorf("verdicts %.3f, want at least %.2f", res.VerdictAccuracy, least)
	}
}
