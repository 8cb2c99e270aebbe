package measures

import (
	"slices"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/measures/register"
	"github.com/reportedly/reportedly/internal/party"
)

// stated gives candidates for measures that only the list itself states: the
// register holds no row of that kind for the designation.
func (in *inquiry) stated(known []*candidate) []*candidate {
	var out []*candidate
	for _, d := range in.Designations {
		if in.Authority != "" && in.Authority != d.Authority {
			continue
		}
		if in.Regime != "" && d.Regime != in.Regime && !slices.Contains(d.Programmes, in.Regime) {
			continue
		}
		for _, s := range d.Stated {
			k := activity.Kind(s.Kind)
			if !activity.CanEngage(in.Activity, k) || in.covers(d, k) {
				continue
			}
			if c := in.statedRow(d, s); len(c.spans) > 0 {
				out = append(out, c)
			}
		}
	}
	return out
}

// covers reports whether the register itself has rows of the kind for the
// designation, so that its intervals and not the list's summary decide.
func (in *inquiry) covers(d party.Designation, k activity.Kind) bool {
	return slices.ContainsFunc(in.r.OfKind(k), func(m *register.Measure) bool { return in.r.Matches(m, d) })
}

func (in *inquiry) statedRow(d party.Designation, s party.StatedMeasure) *candidate {
	b, ok := in.r.Bears[d.Authority]
	switch {
	case ok:
	case d.Authority == "":
		b.Addressee = "those whom the list's authority binds"
	default:
		b = register.Bearer{Binds: d.Authority, Addressee: "persons under the jurisdiction of " + d.Authority}
	}
	name := d.Regime
	if name == "" && len(d.Programmes) > 0 {
		name = d.Programmes[0]
	}
	regime := &register.Regime{Key: name, Authority: d.Authority, Title: name, Addressee: b.Addressee}
	m := regime.Own(&register.Measure{
		ID: "stated", Kind: activity.Kind(s.Kind), Addressee: b.Addressee, Binds: b.Binds, OwnNational: d.Authority == "UN" || d.Authority == "EU",
		Scope: "as the list states it", Exemption: register.ExemptionRule{Rule: "unknown"},
	})
	iv := &register.Interval{From: s.From, Until: s.To, Opened: statedCitation(d, s), Read: "list"}
	m.Intervals = []register.Interval{*iv}
	c := &candidate{m: m, ref: d.Reference, designated: true, fit: inside}
	base := in.r.Listed(m, d, iv, nil)
	if !s.From.IsZero() && d.ListedOn.IsZero() && len(d.Periods) == 0 {
		base = []register.Stretch{{}}
	}
	for _, l := range base {
		if x, ok := register.Meet(l, register.Stretch{Span: register.Span{From: s.From, Until: s.To}}); ok {
			x.Interval = iv
			c.spans = append(c.spans, x)
		}
	}
	return c
}

func statedCitation(d party.Designation, s party.StatedMeasure) string {
	out := d.List
	if out == "" {
		out = d.Authority + " list"
	}
	if d.Reference != "" {
		out += " " + d.Reference
	}
	if s.Text != "" {
		out += ": " + s.Text
	}
	return out
}
