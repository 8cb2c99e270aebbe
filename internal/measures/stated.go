package measures

import (
	"slices"

	"github.com/reportedly/reportedly/internal/activity"
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
			if !activity.CanEngage(in.Activity, k) || in.r.covers(d, k) {
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
func (r *Register) covers(d party.Designation, k activity.Kind) bool {
	return slices.ContainsFunc(r.byKind[k], func(m *Measure) bool { return r.matches(m, d) })
}

func (in *inquiry) statedRow(d party.Designation, s party.StatedMeasure) *candidate {
	b, ok := in.r.bears[d.Authority]
	switch {
	case ok:
	case d.Authority == "":
		b.addressee = "those whom the list's authority binds"
	default:
		b = bearer{d.Authority, "persons under the jurisdiction of " + d.Authority}
	}
	name := d.Regime
	if name == "" && len(d.Programmes) > 0 {
		name = d.Programmes[0]
	}
	m := &Measure{
		ID: "stated", Kind: activity.Kind(s.Kind), Addressee: b.addressee, Binds: b.binds, OwnNational: d.Authority == "UN" || d.Authority == "EU",
		Scope: "as the list states it", Exemption: ExemptionRule{Rule: "unknown"},
		regime: &Regime{Key: name, Authority: d.Authority, Title: name, Addressee: b.addressee},
	}
	iv := &Interval{From: s.From, Until: s.To, Opened: statedCitation(d, s), Read: "list"}
	m.Intervals = []Interval{*iv}
	c := &candidate{m: m, ref: d.Reference, designated: true, fit: inside}
	base := in.r.listed(m, d, iv, nil)
	if !s.From.IsZero() && d.ListedOn.IsZero() && len(d.Periods) == 0 {
		base = []stretch{{}}
	}
	for _, l := range base {
		if x, ok := meet(l, stretch{Span: Span{s.From, s.To}}); ok {
			x.interval = iv
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
