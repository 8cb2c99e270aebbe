package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/cases"
)

// CSV writes one line a case, for tables. A cell that a spreadsheet would take
// for a formula gets an apostrophe before it: names and quotations come from
// outside.
func CSV(w io.Writer, files []File) error {
	rows := [][]string{{"case", "id", "status", "party", "references", "identity", "activity", "aspect", "earliest", "latest", "date_basis", "places", "countries",
		"origins_for_min", "origins_for_max", "origins_against_min", "origins_against_max", "level", "articles", "copies", "outlets", "verdict", "authority", "measure", "citation", "review", "sentence"}}
	for _, f := range files {
		c := f.Case
		r := []string{fmt.Sprint(f.Number), c.ID, string(c.Status), c.Party.Name, strings.Join(c.Party.Refs, "; "), string(c.Party.Identity), joinCodes(c), string(c.Aspect),
			c.Window.Earliest.String(), c.Window.Latest.String(), c.Window.Basis, placeNames(c.Places), countries(c),
			fmt.Sprint(c.For.Min), fmt.Sprint(c.For.Max), fmt.Sprint(c.Against.Min), fmt.Sprint(c.Against.Max), headLevel(c),
			fmt.Sprint(c.Reach.Articles), fmt.Sprint(c.Reach.Copies), fmt.Sprint(c.Reach.Outlets), string(c.Check.Verdict)}
		authority, measure, citation := "", "", ""
		if g := c.Check.Answer.Grounds; len(g) > 0 {
			authority, measure, citation = g[0].Authority, string(g[0].Kind), g[0].Citation
		}
		rows = append(rows, append(r, authority, measure, citation, f.Review, c.Check.Sentence))
	}
	return writeCSV(w, rows)
}

// Incidents writes what may concern each measure, measure by measure and in
// order of time (UN-9): one line for each case and each measure in force that
// an activity of it could engage.
func Incidents(w io.Writer, files []File) error {
	rows := [][]string{{"authority", "regime", "measure", "citation", "in_force_from", "in_force_until", "contested_by", "earliest", "latest", "date_basis", "case", "party", "references", "reported", "places",
		"origins_for", "origins_against", "level", "verdict", "denied_by", "sentence"}}
	var body [][]string
	for _, f := range files {
		for _, k := range append([]cases.Check{f.Case.Check}, f.Case.Also...) {
			for _, g := range k.Answer.Grounds {
				until := ""
				if !g.Until.IsZero() {
					until = g.Until.AddDays(-1).String()
				}
				body = append(body, []string{g.Authority, g.Regime, string(g.Kind), g.Citation, g.From.String(), until, strings.Join(g.ContestedBy, "; "),
					f.Case.Window.Earliest.String(), f.Case.Window.Latest.String(), f.Case.Window.Basis, fmt.Sprint(f.Number), f.Case.Party.Name, strings.Join(f.Case.Party.Refs, "; "),
					title(k.Activity), placeNames(f.Case.Places), count(f.Case.For), count(f.Case.Against), headLevel(f.Case), string(g.Verdict), strings.Join(deniers(f.Case), "; "), k.Sentence})
			}
		}
	}
	slices.SortStableFunc(body, func(a, b []string) int {
		for _, i := range []int{0, 1, 2, 7, 8} {
			if c := strings.Compare(a[i], b[i]); c != 0 {
				return c
			}
		}
		return 0
	})
	return writeCSV(w, append(rows, body...))
}

func deniers(c cases.Case) []string {
	var out []string
	for _, r := range c.Replies {
		if r.Act == "deny" || r.Act == "partly-deny" {
			s := r.Holder
			if r.Scope != "whole" {
				s += " (the " + r.Scope + " only)"
			}
			out = append(out, s)
		}
	}
	return out
}

func joinCodes(c cases.Case) string {
	var out []string
	for _, a := range c.Activity {
		out = append(out, string(a))
	}
	return strings.Join(out, " ")
}

func countries(c cases.Case) string {
	var out []string
	for _, p := range c.Places {
		if p.Country != "" && !slices.Contains(out, p.Country) {
			out = append(out, p.Country)
		}
	}
	return strings.Join(out, " ")
}

func headLevel(c cases.Case) string {
	if len(c.Elements) == 0 {
		return ""
	}
	return fmt.Sprint(int(c.Elements[0].Level))
}

func writeCSV(w io.Writer, rows [][]string) error {
	out := csv.NewWriter(w)
	for _, r := range rows {
		for i := range r {
			r[i] = harmless(r[i])
		}
		if err := out.Write(r); err != nil {
			return fmt.Errorf("report: csv: %w", err)
		}
	}
	out.Flush()
	return out.Error()
}

// harmless keeps a spreadsheet from reading a cell as a formula (OWASP: CSV
// injection).
func harmless(s string) string {
	if t := strings.TrimLeft(s, " \u00a0"); t != "" && strings.ContainsAny(t[:1], "=+-@\t\r\n|%") {
		return "'" + s
	}
	return s
}
