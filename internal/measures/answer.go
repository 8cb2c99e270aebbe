package measures

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/measures/register"
)

// answer takes the gravest outcome and shows the grounds of all.
func (in *inquiry) answer(all []outcome) Answer {
	a := Answer{Verdict: NoMeasure}
	for _, o := range all {
		if rank[o.verdict] > rank[a.Verdict] {
			a.Verdict = o.verdict
		}
	}
	if a.Verdict == NoMeasure {
		return Answer{Verdict: NoMeasure, Reason: in.noneReason()}
	}
	reason := ""
	for _, o := range all {
		if o.verdict == NoMeasure {
			continue
		}
		for _, f := range o.findings {
			a.Grounds = addGround(a.Grounds, in.ground(f))
			if reason == "" && (f.verdict == a.Verdict || a.Verdict == Straddles) && o.verdict == a.Verdict {
				reason = f.why
			}
			if f.verdict == Insufficient && !slices.Contains(a.Missing, f.why) {
				a.Missing = append(a.Missing, f.why)
			}
		}
		if o.verdict == a.Verdict {
			a.Kinds = union(a.Kinds, o.kinds)
		}
	}
	a.Reason = in.reason(a.Verdict, reason)
	sortGrounds(a.Grounds)
	return a
}

// reason puts what decided into one sentence about the measure, never about
// the person.
func (in *inquiry) reason(v Verdict, why string) string {
	switch v {
	case Straddles:
		return "The days reported lie on both sides of a boundary (" + in.Window.String() + ")."
	case Insufficient:
		return "The report lacks " + why + "."
	}
	if why == "" {
		return ""
	}
	return strings.ToUpper(why[:1]) + why[1:] + "."
}

func (in *inquiry) noneReason() string {
	if in.Window.IsZero() {
		return "No measure of a kind that this activity can engage was ever in force here."
	}
	return "No measure of a kind that this activity can engage was in force on " + in.Window.String() + "."
}

// noCandidate answers where no row is concerned: the party itself may be what
// is missing.
func (in *inquiry) noCandidate() Answer {
	if len(in.Designations) == 0 && in.Territory == "" && in.Named == "" {
		a, ok := activity.Lookup(in.Activity)
		if ok && len(a.Engages) > 0 && (onParties(a.Engages[0]) || len(in.territories) == 0) {
			return Answer{Verdict: Insufficient, Reason: "The report lacks the party.", Missing: []string{"the party"}}
		}
	}
	return Answer{Verdict: NoMeasure, Reason: in.noneReason()}
}

// onParties: kinds whose object is always a listed party, never a territory.
func onParties(k activity.Kind) bool {
	return register.IsTravel(k) || k == "M-FREEZE" || k == "M-TERROR"
}

func (in *inquiry) undecided(cands []*candidate) Answer {
	a := Answer{Verdict: IdentityUndecided, Reason: "Two listed parties fit the report."}
	for _, group := range byRegime(cands) {
		o := in.weigh(group)
		a.Kinds = union(a.Kinds, o.kinds)
		for _, f := range o.findings {
			a.Grounds = addGround(a.Grounds, in.ground(f))
		}
	}
	sortGrounds(a.Grounds)
	return a
}

// addGround keeps one ground for each row, party and interval, the gravest.
func addGround(all []Ground, g Ground) []Ground {
	for i, h := range all {
		if h.Row == g.Row && h.Reference == g.Reference && h.From == g.From && h.Authority == g.Authority && h.Regime == g.Regime {
			if rank[g.Verdict] > rank[h.Verdict] {
				all[i] = g
			}
			return all
		}
	}
	return append(all, g)
}

func (in *inquiry) ground(f finding) Ground {
	m, iv := f.c.m, f.s.Interval
	g := Ground{
		Row: m.ID, Authority: m.Regime().Authority, Regime: m.Regime().NumberOn(f.day), Kind: m.Kind, Reference: f.c.ref,
		Addressee: m.Addressee, Duty: m.Wording(), From: f.s.From, Until: f.s.Until, Scope: m.Scope,
		Exemption: m.Exemption.String(), ContestedBy: m.Contested, Verdict: f.verdict, Why: f.why,
	}
	if iv != nil {
		g.Citation, g.Read, g.Source = iv.Opened, iv.WasRead(), iv.Read
		if len(iv.Contested) > 0 {
			g.ContestedBy = iv.Contested
		}
		if s, ok := m.RenewalOn(f.day, iv); ok {
			g.Renewed = s.Instrument
			if !s.Day.IsZero() {
				g.Renewed += ", to " + s.Day.String()
			}
		}
		// the ends of the duty, not of a window cut by doubt about them
		if g.Until.IsZero() || f.s.Doubt != "" || g.Until == m.Horizon() {
			g.Until = iv.Until
		}
	}
	return g
}
