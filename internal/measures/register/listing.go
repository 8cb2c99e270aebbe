package register

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
)

// Stretch is a time in which a designation carries a row, or may carry it.
type Stretch struct {
	Span
	Interval *Interval
	// Doubt says why the carrying is not certain; Edge, that only the day of a
	// boundary is open, so that the party was listed on one side of it.
	Doubt string
	Edge  bool
}

// Matches reports whether the row is about the list or programme of d.
func (r *Register) Matches(m *Measure, d party.Designation) bool {
	if d.Authority != m.regime.Authority || (len(m.Lists) > 0 && !slices.Contains(m.Lists, d.List)) {
		return false
	}
	ref := strings.TrimSpace(d.Reference)
	if slices.ContainsFunc(m.List, func(p string) bool { return strings.HasPrefix(ref, p) }) {
		return true
	}
	for _, p := range m.Programmes {
		if strings.EqualFold(p, d.Regime) || slices.Contains(d.LegalBasis, p) || slices.ContainsFunc(d.Programmes, func(x string) bool { return strings.EqualFold(x, p) }) {
			return true
		}
	}
	return m.Roster != "" && slices.ContainsFunc(r.Applies, func(a Application) bool {
		return a.Measure == m.ID && a.Reference == ref && a.Carries
	})
}

// Carried gives the stretches in which the designation carries the row: the
// listing, cut by the row's intervals, its roster and the table of what
// applies.
func (r *Register) Carried(m *Measure, d party.Designation) []Stretch {
	if !m.Listed.From.IsZero() && (d.ListedOn.IsZero() || !m.Listed.Has(d.ListedOn.First())) {
		return nil
	}
	ref := strings.TrimSpace(d.Reference)
	roster, off := r.rosterOf(m, d, ref)
	dated := slices.ContainsFunc(roster, func(s Stretch) bool { return !s.From.IsZero() && s.Doubt == "" })
	var out []Stretch
	for i := range m.Intervals {
		iv := &m.Intervals[i]
		listings := r.Listed(m, d, iv, off)
		if dated && d.ListedOn.IsZero() {
			listings = openStart(listings)
		}
		for _, l := range listings {
			for _, c := range roster {
				if s, ok := Meet(l, c); ok {
					if s, ok = Meet(s, Stretch{Span: iv.Span()}); ok {
						s.Interval = iv
						out = append(out, s)
					}
				}
			}
		}
	}
	for _, cut := range off {
		out = subtract(out, cut)
	}
	return m.UntilRead(out)
}

// openStart leaves the beginning of a listing to the roster's own days: a list
// that states no listing date shows with its first edition at hand only that
// the party stood on it by then.
func openStart(in []Stretch) []Stretch {
	if len(in) == 0 || in[0].Doubt != "" {
		return []Stretch{{}}
	}
	out := slices.Clone(in)
	out[0].From = calendar.Date{}
	return out
}

// rosterOf gives when the designation stands on the row's roster, and what
// takes it off.
func (r *Register) rosterOf(m *Measure, d party.Designation, ref string) (on []Stretch, off []Span) {
	always := []Stretch{{}}
	for _, a := range r.Applies {
		if a.Reference != ref || a.Authority != d.Authority || (a.Measure != m.ID && a.Measure != "*") {
			continue
		}
		if a.Carries {
			on = append(on, Stretch{Span: a.Span})
		} else {
			off = append(off, a.Span)
		}
	}
	if d.Authority != "UN" {
		always = statedSpans(m, d)
	}
	switch {
	case m.Roster == "" && len(on) == 0, len(r.roster[m.Roster]) > 0 && r.roster[m.Roster][ref]:
		return always, off
	case m.Roster == "marked" && len(on) == 0 && len(off) == 0:
		return marked(m, d), off
	}
	return on, off
}

// statedSpans narrows a row to what the list itself states of that kind. The
// UN's list is not asked: its intervals stand in the register. Only the UK
// list names every measure of an entry, so only its silence excludes one.
func statedSpans(m *Measure, d party.Designation) []Stretch {
	var on []Stretch
	for _, s := range d.Stated {
		if s.Kind == string(m.Kind) {
			on = append(on, Stretch{Span: Span{s.From, s.To}})
		}
	}
	if len(on) == 0 && (d.Authority != "UK" || len(d.Stated) == 0) {
		return []Stretch{{}}
	}
	return on
}

// marked asks the list's own entry whether it carries the row.
func marked(m *Measure, d party.Designation) []Stretch {
	var on []Stretch
	for _, s := range d.Stated {
		if s.Kind == string(m.Kind) {
			on = append(on, Stretch{Span: Span{s.From, s.To}})
		}
	}
	if len(on) == 0 && len(d.Stated) == 0 {
		return []Stretch{{Doubt: "whether the list's entry carries this measure"}}
	}
	return on
}

// Listed gives the times in which the list held the designation, as far as
// the list's dates and editions tell. Where editions leave the day of a change
// open, a close or an opening of the row itself (iv), or a recorded decision
// (off), explains it; otherwise the days between stay in doubt.
func (r *Register) Listed(m *Measure, d party.Designation, iv *Interval, off []Span) []Stretch {
	const edge = "the day of the change, which lies between two editions of the list"
	if out := r.onRecord(m, d); out != nil {
		return out
	}
	var out []Stretch
	first := d.ListedOn
	switch {
	case len(d.Periods) == 0 && first.IsZero():
		out = []Stretch{{Span: Span{Until: d.DelistedOn}, Doubt: "the day of listing"}}
	case len(d.Periods) == 0:
		certain := Stretch{Span: Span{first.Last(), d.DelistedOn}}
		if d.Status == party.Delisted && d.DelistedOn.IsZero() {
			certain.Doubt = "the day of delisting"
		}
		out = append(out, certain)
		if first.Precision() != calendar.Day {
			out = append(out, Stretch{Span: Span{first.First(), first.Last()}, Doubt: "the exact day of listing", Edge: true})
		}
	}
	for i, p := range d.Periods {
		from := p.From.First()
		if i == 0 && !first.IsZero() && first.First().Before(from) {
			from = first.First()
		}
		if i > 0 && !d.Periods[i-1].Gone.IsZero() && iv.From.After(d.Periods[i-1].Gone) && iv.From.Before(from) {
			from = iv.From
		} else if i > 0 && !d.Periods[i-1].Gone.IsZero() && d.Periods[i-1].Gone.Before(from) {
			out = append(out, Stretch{Span: Span{d.Periods[i-1].Gone, from}, Doubt: edge, Edge: true})
		}
		if p.Gone.IsZero() {
			out = append(out, Stretch{Span: Span{From: from}})
			continue
		}
		seen := p.LastSeen.AddDays(1)
		if end := explained(seen, p.Gone, iv, off); !end.IsZero() {
			seen = end
		} else {
			out = append(out, Stretch{Span: Span{seen, p.Gone}, Doubt: edge, Edge: true})
		}
		out = append(out, Stretch{Span: Span{from, seen}})
	}
	if m.Relists && relisted(d, iv) {
		out = append(out, Stretch{Span: Span{From: iv.From}})
	}
	return slices.DeleteFunc(out, func(s Stretch) bool { return empty(s.Span) })
}

// onRecord gives the listings of the register for the designation, which
// stand in for dates that the list's files lack.
func (r *Register) onRecord(m *Measure, d party.Designation) []Stretch {
	var out []Stretch
	for _, l := range r.Listings {
		if l.Authority == d.Authority && l.Reference == strings.TrimSpace(d.Reference) &&
			(l.Regime == "" || m.regime.GoesBy(l.Regime) || slices.Contains(m.Programmes, l.Regime)) {
			out = append(out, Stretch{Span: l.Span})
		}
	}
	return out
}

// Recorded gives the designations of a party for which the register itself
// holds listings, for a party that no list at hand holds.
func (r *Register) Recorded(authority, reference string) []party.Designation {
	var out []party.Designation
	for _, l := range r.Listings {
		if l.Authority == authority && l.Reference == reference {
			out = append(out, party.Designation{Authority: authority, Reference: reference, Regime: l.Regime, ListedOn: l.Span.From, DelistedOn: l.Span.Until})
		}
	}
	return out
}

// explained finds the day in [seen, gone] on which the row closed or the
// party was taken off.
func explained(seen, gone calendar.Date, iv *Interval, off []Span) calendar.Date {
	for _, o := range off {
		if !o.From.Before(seen) && !o.From.After(gone) {
			return o.From
		}
	}
	if !iv.Until.IsZero() && !iv.Until.Before(seen) && !iv.Until.After(gone) {
		return iv.Until
	}
	return calendar.Date{}
}

// relisted reports whether a row that put parties back reaches one that had
// been on the list before it opened and is not known to have left since.
func relisted(d party.Designation, iv *Interval) bool {
	if d.ListedOn.IsZero() || !d.ListedOn.First().Before(iv.From) {
		return false
	}
	if n := len(d.Periods); n > 0 {
		gone := d.Periods[n-1].Gone
		return !gone.IsZero() && !gone.After(iv.From)
	}
	return !d.DelistedOn.IsZero() && !d.DelistedOn.After(iv.From)
}

// UntilRead puts the days after the last sunset read into Doubt: whether the
// row was renewed is not known here.
func (m *Measure) UntilRead(in []Stretch) []Stretch {
	last := m.Horizon()
	if last.IsZero() {
		return in
	}
	var out []Stretch
	for _, s := range in {
		if s.Interval != nil && !s.Interval.Until.IsZero() || (!s.Until.IsZero() && !s.Until.After(last)) {
			out = append(out, s)
			continue
		}
		tail := s
		tail.From = laterDay(s.From, last)
		tail.Doubt, tail.Edge = "the renewal of the measure after "+last.AddDays(-1).String()+", which was not read", false
		if s.From.Before(last) {
			s.Until = last
			out = append(out, s)
		}
		out = append(out, tail)
	}
	return out
}

// Horizon is the first day not covered by a sunset that was read; zero where
// the row has none or a renewal of unknown length is known.
func (m *Measure) Horizon() calendar.Date {
	if !m.Sunset || len(m.regime.Sunsets) == 0 {
		return calendar.Date{}
	}
	last := m.regime.Sunsets[len(m.regime.Sunsets)-1]
	if last.Day.IsZero() {
		return calendar.Date{}
	}
	return last.Day.AddDays(1)
}

// Meet is the common part of two stretches; doubt on either side stays.
func Meet(a, b Stretch) (Stretch, bool) {
	s := a
	s.From = laterDay(a.From, b.From)
	switch {
	case a.Until.IsZero(), !b.Until.IsZero() && b.Until.Before(a.Until):
		s.Until = b.Until
	}
	if b.Doubt != "" && (s.Doubt == "" || !b.Edge) {
		s.Doubt, s.Edge = b.Doubt, b.Edge
	}
	return s, !empty(s.Span)
}

func subtract(in []Stretch, cut Span) []Stretch {
	var out []Stretch
	for _, s := range in {
		before, after := s, s
		if before.Until.IsZero() || before.Until.After(cut.From) {
			before.Until = cut.From
		}
		if !empty(before.Span) {
			out = append(out, before)
		}
		if !cut.Until.IsZero() {
			after.From = laterDay(after.From, cut.Until)
			if !empty(after.Span) {
				out = append(out, after)
			}
		}
	}
	return out
}

func empty(s Span) bool { return !s.Until.IsZero() && !s.From.Before(s.Until) }

func laterDay(a, b calendar.Date) calendar.Date {
	if b.After(a) {
		return b
	}
	return a
}

// ClosedList gives the designation of a party that a resolution of a closed
// regime named and whose list is not published any more.
func (r *Register) ClosedList(authority, name string) (party.Designation, bool) {
	d := party.Designation{Authority: authority, Reference: "name:" + name}
	for _, a := range r.Applies {
		if a.Authority == authority && strings.EqualFold(a.Reference, d.Reference) && a.Carries && (d.ListedOn.IsZero() || a.Span.From.Before(d.ListedOn)) {
			d.Reference, d.ListedOn = a.Reference, a.Span.From
		}
	}
	return d, !d.ListedOn.IsZero()
}
