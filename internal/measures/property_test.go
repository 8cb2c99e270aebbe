package measures_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/measures/register"
	"github.com/reportedly/reportedly/internal/party"
)

// reaching builds a question that meets the object of a row, and the span in
// which its party may carry it; ok is false where nobody ever did.
func reaching(t *testing.T, r *measures.Register, m *register.Measure) (q measures.Question, carry register.Span, ok bool) {
	t.Helper()
	q = measures.Question{Authority: m.Regime().Authority, Regime: m.Regime().Key, Roles: map[string]string{}, Named: "somebody"}
	for _, a := range activity.All() {
		if a.Code == "TRD-PETRO-IN" && m.Direction == "from" {
			continue // its direction lies in its name
		}
		if activity.CanEngage(a.Code, m.Kind) && (len(m.Activities) == 0 || slices.Contains(m.Activities, a.Code)) {
			q.Activity = a.Code
			break
		}
	}
	if q.Activity == "" {
		return q, carry, false // no activity of the closed list can engage the kind
	}
	q.Place = "ZZ"
	if len(m.Territory) > 0 && len(m.List) == 0 {
		q.Territory = m.Territory[0]
		q.Place = q.Territory
		if m.Direction == "from" {
			q.Roles["supplier"] = q.Territory[:2]
		}
	}
	for _, class := range slices.Concat(m.GoodsObject, m.Goods) {
		q.Goods = append(q.Goods, term(t, "register/data/goods.csv", class))
	}
	if m.Kind == "M-ARMS" && len(q.Goods) == 0 {
		q.Goods = []string{"weapons"}
	}
	if len(m.Services) > 0 {
		q.Goods = []string{term(t, "register/data/services.csv", m.Services[0])}
	}
	if q.Territory != "" {
		return q, carry, true
	}
	d := party.Designation{Authority: q.Authority, Regime: m.Regime().Key, Programmes: m.Programmes, ListedOn: calendar.On(1950, 1, 1)}
	if len(m.Lists) > 0 {
		d.List = m.Lists[0]
	}
	if len(m.List) > 0 {
		d.Reference = m.List[0] + "999"
	}
	if !m.Listed.From.IsZero() {
		d.ListedOn = m.Listed.From
	}
	if m.Roster != "" {
		if d.Reference, carry, ok = onRoster(t, r, m); !ok {
			return q, carry, false
		}
	}
	q.Designations = []party.Designation{d}
	return q, carry, true
}

// onRoster finds a reference that the row's roster names and nothing takes off.
func onRoster(t *testing.T, r *measures.Register, m *register.Measure) (string, register.Span, bool) {
	for _, a := range r.Applies {
		off := slices.ContainsFunc(r.Applies, func(b register.Application) bool { return !b.Carries && b.Reference == a.Reference })
		recorded := slices.ContainsFunc(r.Listings, func(l register.Listing) bool { return l.Reference == a.Reference })
		if a.Measure == m.ID && a.Carries && !off && !recorded {
			return a.Reference, a.Span, true
		}
	}
	if text, err := os.ReadFile("register/data/rosters/" + m.Roster + ".txt"); err == nil {
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, "IRi.") {
				return strings.TrimSpace(line), register.Span{}, true
			}
		}
	}
	return "", register.Span{}, false
}

// term gives a word of a class, or of one below it.
func term(t *testing.T, file, class string) string {
	t.Helper()
	for _, row := range table(t, file) {
		name := row["category"] + row["class"]
		if name == class || strings.HasPrefix(name, class+".") {
			first, _, _ := strings.Cut(row["terms"], ";")
			return first
		}
	}
	t.Fatalf("%s holds no class %q", file, class)
	return ""
}

// TestEveryBoundary asks about both sides of each day on which a row opens or
// closes: the day before it opens no ground rests on it, the first day one
// does; the last day one does, the first day without it none.
func TestEveryBoundary(t *testing.T) {
	r := law(t)
	asked, skipped := 0, 0
	for _, g := range r.Regimes {
		for _, m := range g.Measures {
			q, carry, ok := reaching(t, r, m)
			if m.Effect != register.EffectDuty {
				q.Window = m.Intervals[0].From.Window()
				if a := r.Check(q); hasRow(a, m.ID) {
					t.Errorf("%s is no duty and yet a ground", m.ID)
				}
				continue
			}
			if !ok {
				skipped++
				continue
			}
			for i, iv := range m.Intervals {
				from := iv.From
				if carry.From.After(from) {
					from = carry.From
				}
				joined := i > 0 && m.Intervals[i-1].Until == iv.From
				joins := i+1 < len(m.Intervals) && m.Intervals[i+1].From == iv.Until
				expect := func(day calendar.Date, want bool) {
					asked++
					q.Window = day.Window()
					if a := r.Check(q); hasRow(a, m.ID) != want {
						t.Errorf("%s on %s: ground %v, want %v (%s: %s)", m.ID, day, !want, want, a.Verdict, a.Reason)
					}
				}
				expect(from, true)
				if !joined {
					expect(from.AddDays(-1), false)
				}
				if !iv.Until.IsZero() {
					expect(iv.Until.AddDays(-1), true)
					if !joins {
						expect(iv.Until, false)
						q.Window = calendar.Between(iv.Until.AddDays(-3), iv.Until.AddDays(3))
						if a := r.Check(q); a.Verdict == measures.NoMeasure {
							t.Errorf("%s: a window over its close finds nothing", m.ID)
						}
					}
				}
			}
		}
	}
	t.Logf("%d days asked, %d rows without a party or activity", asked, skipped)
	if asked < 500 || skipped > 20 {
		t.Errorf("%d days asked, %d rows skipped: too few rows were reached", asked, skipped)
	}
}

func hasRow(a measures.Answer, id string) bool {
	return slices.ContainsFunc(a.Grounds, func(g measures.Ground) bool { return g.Row == id })
}

// TestRegisterHolds counts what the register holds, so that a loss shows.
func TestRegisterHolds(t *testing.T) {
	r := law(t)
	regimes, rows, intervals, read := map[string]int{}, 0, 0, 0
	for _, g := range r.Regimes {
		regimes[g.Authority]++
		for _, m := range g.Measures {
			rows++
			for _, iv := range m.Intervals {
				intervals++
				if iv.WasRead() {
					read++
				}
			}
		}
	}
	t.Logf("regimes %v, %d rows, %d intervals of which %d read at least in part; %d applications, %d listings, %d exemptions",
		regimes, rows, intervals, read, len(r.Applies), len(r.Listings), len(r.Exemptions))
	total := 0
	for _, n := range regimes {
		total += n
	}
	if total < 60 || rows < 300 {
		t.Errorf("%d regimes and %d rows", total, rows)
	}
	for _, id := range []string{"IR-T1", "KP-P4", "QD-C1", "TA-A1", "SO-X1", "CD-A3", "LY-P1a", "AO-F1"} {
		if _, ok := r.Measure(id); !ok {
			t.Errorf("no row %s", id)
		}
	}
}
