package register

import (
	"fmt"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
)

func on(s string) calendar.Date { return calendar.MustParse(s) }

// show writes stretches as "from..until" with ? where only the day of a
// boundary is open and ! where something is missing.
func show(all []Stretch) string {
	var out []string
	for _, s := range all {
		mark := ""
		switch {
		case s.Edge && s.Doubt != "":
			mark = "?"
		case s.Doubt != "":
			mark = "!"
		}
		out = append(out, fmt.Sprintf("%s..%s%s", s.From, s.Until, mark))
	}
	return strings.Join(out, " ")
}

// What the list's days and editions leave open stays open, unless the row's
// own opening or close, or a recorded decision, explains it.
func TestCarried(t *testing.T) {
	r, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, row string
		d         party.Designation
		want      string
	}{
		{"listed before the row", "GB-T1", party.Designation{Reference: "GBi.001", ListedOn: on("2010-01-01")}, "2012-05-18.."},
		{"listed after", "GB-T1", party.Designation{Reference: "GBi.001", ListedOn: on("2014-02-03")}, "2014-02-03.."},
		{"delisted", "GB-T1", party.Designation{Reference: "GBi.001", ListedOn: on("2014-02-03"), DelistedOn: on("2016-01-01")}, "2014-02-03..2016-01-01"},
		{"known by month", "GB-T1", party.Designation{Reference: "GBi.001", ListedOn: on("2014-02")}, "2014-02-28.. 2014-02-01..2014-02-28?"},
		{"no day at all", "GB-T1", party.Designation{Reference: "GBi.001"}, "2012-05-18..!"},
		{"delisted, day unknown", "GB-T1", party.Designation{Reference: "GBi.001", ListedOn: on("2014-02-03"), Status: party.Delisted}, "2014-02-03..!"},
		{"gone between editions", "GB-T1", party.Designation{Reference: "GBi.001", ListedOn: on("2014-02-03"), Periods: []party.Period{
			{From: on("2014-02-03"), LastSeen: on("2018-01-01"), Gone: on("2019-01-01")}}}, "2018-01-02..2019-01-01? 2014-02-03..2018-01-02"},
		{"gone, explained by the close of the row", "IR-F2", party.Designation{Reference: "IRi.039", ListedOn: on("2007-03-24"), Periods: []party.Period{
			{From: on("2007-03-24"), LastSeen: on("2022-09-15"), Gone: on("2024-09-21")}}}, "2016-01-16..2023-10-18"},
		{"gone, explained by a decision", "QD-T1", party.Designation{Reference: "QDi.317", ListedOn: on("2013-07-24"), Periods: []party.Period{
			{From: on("2013-07-24"), LastSeen: on("2025-08-02"), Gone: on("2025-11-15")}}}, "2013-07-24..2025-11-06"},
		{"back on the list by the row's opening", "IR-T7", party.Designation{Reference: "IRi.039", ListedOn: on("2007-03-24"), Periods: []party.Period{
			{From: on("2007-03-24"), LastSeen: on("2022-09-15"), Gone: on("2024-09-21")}, {From: on("2025-11-15"), LastSeen: on("2026-05-08")}}}, "2025-09-28.."},
		{"put back though no later edition is at hand", "IR-T7", party.Designation{Reference: "IRi.039", ListedOn: on("2007-03-24"), Periods: []party.Period{
			{From: on("2007-03-24"), LastSeen: on("2022-09-15"), Gone: on("2024-09-21")}}}, "2025-09-28.."},
		{"not on the roster", "IR-T6", party.Designation{Reference: "IRi.040", ListedOn: on("2008-03-03")}, ""},
		{"lost by the table", "LY-T1", party.Designation{Reference: "LYi.019", ListedOn: on("2011-06-24")}, "2011-06-24..2024-01-31"},
		{"a new entry that the table lacks", "LY-T1", party.Designation{Reference: "LYi.099", ListedOn: on("2026-06-24")}, "2026-06-24..!"},
		{"a new entry whose comment says freeze only", "LY-T1", party.Designation{Reference: "LYi.099", ListedOn: on("2026-06-24"), Stated: []party.StatedMeasure{{Kind: "M-FREEZE"}}}, ""},
		{"after the last sunset read", "CD-T1", party.Designation{Reference: "CDi.001", ListedOn: on("2025-01-01")}, "2025-01-01..2026-07-02 2026-07-02..!"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, ok := r.Measure(c.row)
			if !ok {
				t.Fatalf("no row %s", c.row)
			}
			c.d.Authority = m.Regime().Authority
			if got := show(r.Carried(m, c.d)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
