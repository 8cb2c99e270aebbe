package measures_test

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/party"
)

func day(s string) calendar.Window { return calendar.MustParse(s).Window() }

// person is listed under a reference of the UN since a day.
func person(ref, since string) []party.Designation {
	return []party.Designation{{Authority: "UN", List: "un", Reference: ref, ListedOn: calendar.MustParse(since), Status: party.Listed}}
}

func TestSentence(t *testing.T) {
	r := law(t)
	q := measures.Question{Designations: person("IRi.039", "2007-03-24"), Schema: party.Person, Nationality: []string{"IR"}, Activity: "TRV-ENTRY", Place: "RU"}
	for _, c := range []struct {
		window, bearer, want string
		verdict              measures.Verdict
	}{
		{"2016-04-14", "Russia", "If the reports are accurate, Russia's duty to prevent entry into or transit through its territory would have been engaged (UN travel ban: res. 2231 (2015) annex B ¶6(e), in force from 16 January 2016 to 17 October 2020); whether an exemption was granted is not known.", measures.ExemptionUnknown},
		{"2015-07-24", "", "If the reports are accurate, the duty of all States to prevent entry into or transit through their territory would have been engaged (UN travel ban: res. 1929 (2010) ¶10, in force from 9 June 2010 to 15 January 2016, paragraph from memory); whether an exemption was granted is not known.", measures.ExemptionUnknown},
		{"2021-06-07", "", "If the reports are accurate, no measure held in the register that this activity can engage was in force then.", measures.NoMeasure},
		{"", "Russia", "The reports do not give what is needed to say whether Russia's duty to prevent entry into or transit through its territory would have been engaged (UN travel ban: res. 1929 (2010) ¶10 with 2231 (2015) ¶¶11-12, in force from 28 September 2025, no end recorded, contested by Iran, Russia, China): missing is the date of the act.", measures.Insufficient},
	} {
		q.Window = calendar.Window{}
		if c.window != "" {
			q.Window = day(c.window)
		}
		a := r.Check(q)
		if a.Verdict != c.verdict {
			t.Errorf("%s: %s, want %s", c.window, a.Verdict, c.verdict)
		}
		if got := measures.Sentence(a, c.bearer); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.window, got, c.want)
		}
	}
}

// TestNoVerdictWords holds every text of the register, and a sentence of every
// verdict, to the wording rule.
func TestNoVerdictWords(t *testing.T) {
	r := law(t)
	check := func(where string, texts ...string) {
		for _, text := range texts {
			if bad := measures.VerdictWords(text); len(bad) > 0 {
				t.Errorf("%s: %q in %q", where, bad, text)
			}
		}
	}
	for _, g := range r.Regimes {
		check(g.Key, g.Title, g.Note)
		for _, m := range g.Measures {
			check(m.ID, m.Duty, m.Scope, m.Exemption.Text, m.Note, m.Addressee)
			for _, verdict := range []measures.Verdict{measures.NoMeasure, measures.OutsideScope, measures.Exempt, measures.ExemptionUnknown,
				measures.NoExemptionReported, measures.Straddles, measures.Insufficient, measures.IdentityUndecided} {
				a := measures.Answer{Verdict: verdict, Missing: []string{"the date"}, Grounds: []measures.Ground{{
					Authority: g.Authority, Kind: m.Kind, Addressee: m.Addressee, Duty: m.Duty, Citation: m.Intervals[0].Opened, From: m.Intervals[0].From}}}
				s := measures.Sentence(a, "")
				check(m.ID, s)
				if !strings.Contains(s, "f the reports are accurate") && !strings.Contains(s, "reports") {
					t.Errorf("%s: unattributed: %q", m.ID, s)
				}
			}
		}
	}
}
