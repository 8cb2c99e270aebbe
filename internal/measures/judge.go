package measures

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/measures/register"
)

// candidate is a row that may bear on the act, with when it does.
type candidate struct {
	m          *register.Measure
	ref        string // designation that carries it, "" for a territory's
	designated bool
	fit        fit
	spans      []register.Stretch
	goodsOpen  string // why the goods are not known to be the row's object
}

// finding is what one row says of one day.
type finding struct {
	verdict Verdict
	why     string
	c       *candidate
	s       register.Stretch
	day     calendar.Date
}

// outcome is what one regime says of the whole window.
type outcome struct {
	verdict  Verdict
	kinds    []activity.Kind
	findings []finding
}

var rank = map[Verdict]int{
	NoMeasure: 0, OutsideScope: 1, Straddles: 2, Exempt: 3, Insufficient: 4, ExemptionUnknown: 5, NoExemptionReported: 6,
}

// Check answers a question. The steps are those of the package comment.
func (r *Register) Check(q Question) Answer {
	in := r.inquire(&q)
	cands := in.candidates()
	if q.Undecided {
		return in.undecided(cands)
	}
	if len(cands) == 0 {
		return in.noCandidate()
	}
	var all []outcome
	for _, group := range byRegime(cands) {
		all = append(all, in.weigh(group))
	}
	return in.answer(all)
}

// candidates gathers the rows of a kind that the activity can engage, and
// whose object is met: a designation that carries it, or a territory.
func (in *inquiry) candidates() []*candidate {
	var out []*candidate
	for _, g := range in.r.Regimes {
		if !in.asked(g) {
			continue
		}
		for _, m := range g.Measures {
			if m.Effect != register.EffectDuty || !in.engages(m) {
				continue
			}
			out = append(out, in.designated(m)...)
			if c := in.territorial(m); c != nil && (len(m.List) == 0 || !slices.ContainsFunc(out, func(o *candidate) bool { return o.m == m })) {
				out = append(out, c)
			}
		}
	}
	return append(out, in.stated(out)...)
}

// asked applies the question's limits of authority and regime.
func (in *inquiry) asked(g *register.Regime) bool {
	if in.Authority != "" && in.Authority != g.Authority {
		return false
	}
	return in.Regime == "" || g.GoesBy(in.Regime)
}

func (in *inquiry) engages(m *register.Measure) bool {
	if slices.Contains(m.LeavesOut, in.Activity) {
		return true
	}
	if register.IsTravel(m.Kind) && in.Schema != "" && in.Schema != "Person" && in.Schema != "LegalEntity" {
		return false
	}
	// A flight, a deal or a sale of goods engages an arms embargo only where
	// arms are its subject.
	if m.Kind == "M-ARMS" && in.Activity.Family() != "ARM" && !in.anyGoods("arms") {
		return false
	}
	return activity.CanEngage(in.Activity, m.Kind) && (len(m.Activities) == 0 || slices.Contains(m.Activities, in.Activity))
}

// designated gives one candidate for each reference that the row reaches; the
// designations of one reference are read together, for a source may give one
// for each measure.
func (in *inquiry) designated(m *register.Measure) []*candidate {
	if len(m.List)+len(m.Programmes) == 0 && m.Roster == "" || m.Roster == "elsewhere" {
		return nil
	}
	var out []*candidate
	for _, d := range in.Designations {
		if !in.r.Matches(m, d) {
			continue
		}
		i := slices.IndexFunc(out, func(c *candidate) bool { return c.ref == strings.TrimSpace(d.Reference) })
		if i < 0 {
			out = append(out, &candidate{m: m, ref: strings.TrimSpace(d.Reference), designated: true, fit: inside})
			i = len(out) - 1
		}
		out[i].spans = append(out[i].spans, in.r.Carried(m, d)...)
	}
	return slices.DeleteFunc(out, func(c *candidate) bool { return len(c.spans) == 0 })
}

// territorial gives the candidate of a row on a territory.
func (in *inquiry) territorial(m *register.Measure) *candidate {
	if len(m.Territory) == 0 || (len(m.Programmes) > 0 && !in.explicit) {
		return nil
	}
	c := &candidate{m: m, fit: in.fits(m)}
	if c.fit == apart {
		return nil
	}
	if d := in.direction(m); m.Direction != "" && d != "" && d != m.Direction {
		return nil
	}
	for _, about := range []func(*register.Measure) (bool, string){in.aboutGoods, in.service} {
		concerned, open := about(m)
		if !concerned {
			return nil
		}
		c.goodsOpen = cmp.Or(c.goodsOpen, open)
	}
	for i := range m.Intervals {
		c.spans = append(c.spans, register.Stretch{Span: m.Intervals[i].Span(), Interval: &m.Intervals[i]})
	}
	if m.Roster == "elsewhere" && !in.hasFact("designated-vessel") {
		for i := range c.spans {
			c.spans[i].Doubt = "whether the committee designated the vessel"
		}
	}
	c.spans = m.UntilRead(c.spans)
	return c
}

func byRegime(cands []*candidate) [][]*candidate {
	var out [][]*candidate
	at := map[*register.Regime]int{}
	for _, c := range cands {
		i, ok := at[c.m.Regime()]
		if !ok {
			i = len(out)
			at[c.m.Regime()] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], c)
	}
	return out
}

// weigh judges the window for the rows of one regime: it is cut where any row
// or carve-out opens or closes, each part is judged, and only a window whose
// parts agree has one verdict. A boundary between two instruments that leave
// the duty as it was does not part them.
func (in *inquiry) weigh(cands []*candidate) outcome {
	var out outcome
	w := in.Window
	if w.IsZero() {
		return in.undated(cands)
	}
	var first []activity.Kind
	for i, day := range cuts(w, cands) {
		part := in.on(day, cands)
		out.findings = append(out.findings, part.findings...)
		switch {
		case i == 0:
			out.verdict, out.kinds, first = part.verdict, part.kinds, part.kinds
		case class(part.verdict) != class(out.verdict) || !slices.Equal(part.kinds, first):
			out.verdict = Straddles
		case rank[part.verdict] > rank[out.verdict]:
			out.verdict = part.verdict
		}
		out.kinds = union(out.kinds, part.kinds)
	}
	return out
}

// class puts verdicts together that leave the duty as it was.
func class(v Verdict) int {
	switch v {
	case Exempt, ExemptionUnknown, NoExemptionReported:
		return 1
	case OutsideScope:
		return 2
	case NoMeasure:
		return 3
	case Insufficient:
		return 4
	}
	return 5
}

// on judges one day.
func (in *inquiry) on(day calendar.Date, cands []*candidate) outcome {
	out := outcome{verdict: NoMeasure}
	for _, c := range cands {
		f, ok := in.find(c, day)
		if !ok {
			continue
		}
		out.findings = append(out.findings, f)
		if rank[f.verdict] > rank[out.verdict] {
			out.verdict = f.verdict
		}
	}
	for _, f := range out.findings {
		if f.verdict == out.verdict {
			out.kinds = union(out.kinds, []activity.Kind{f.c.m.Kind})
		}
	}
	return out
}

// find asks one row about one day.
func (in *inquiry) find(c *candidate, day calendar.Date) (finding, bool) {
	i := -1
	for j, s := range c.spans {
		if s.Has(day) && (i < 0 || s.Doubt == "") {
			i = j
		}
	}
	if i < 0 {
		return finding{}, false
	}
	f := finding{c: c, s: c.spans[i], day: day}
	f.verdict, f.why = in.scope(c, day)
	switch {
	case f.verdict == OutsideScope, f.verdict == Exempt:
	case f.s.Doubt != "":
		f.verdict, f.why = Insufficient, f.s.Doubt
		if f.s.Edge {
			f.verdict = Straddles
		}
	case f.verdict == "":
		f.verdict, f.why = in.exemption(c.m, c.ref, day)
	}
	return f, true
}

// scope runs the tests of scope: whatever leaves the act out decides; failing
// that, whatever the report lacks.
func (in *inquiry) scope(c *candidate, day calendar.Date) (Verdict, string) {
	m := c.m
	open, lacks := Verdict(""), ""
	for _, test := range []func() (Verdict, string){
		func() (Verdict, string) { return in.place(c) },
		func() (Verdict, string) { return in.activityLeftOut(m) },
		func() (Verdict, string) { return in.goodsInScope(m) },
		func() (Verdict, string) { return in.reaches(m, c.designated) },
		func() (Verdict, string) { return in.carvedOut(m, day) },
		func() (Verdict, string) { return in.placeOpen(m) },
		func() (Verdict, string) { return in.ownNational(m) },
		func() (Verdict, string) { return in.owned(m, day) },
		func() (Verdict, string) { return in.bound(m, day) },
		func() (Verdict, string) { return in.limits(m, day) },
		func() (Verdict, string) { return in.quantity(c) },
	} {
		v, why := test()
		switch {
		case v == OutsideScope, v == Exempt:
			return v, why
		case v == Insufficient && open == "":
			open, lacks = v, why
		}
	}
	return open, lacks
}

func (in *inquiry) place(c *candidate) (Verdict, string) {
	switch c.fit {
	case beside:
		return OutsideScope, "the measure is of another part of the State"
	case partial:
		return in.part(c.m)
	}
	return "", ""
}

func (in *inquiry) activityLeftOut(m *register.Measure) (Verdict, string) {
	if slices.Contains(m.LeavesOut, in.Activity) {
		return OutsideScope, "the text leaves this activity free"
	}
	return "", ""
}

func (in *inquiry) carvedOut(m *register.Measure, day calendar.Date) (Verdict, string) {
	c, ok := in.leftOut(m, day)
	switch {
	case !ok:
		return "", ""
	case c.Exempt:
		return Exempt, "the text excepts " + c.What + " (" + c.Citation + ")"
	}
	return OutsideScope, "the text leaves out " + c.What + " (" + c.Citation + ")"
}

// quantity holds back where goods are open or a cap needs the running total.
func (in *inquiry) quantity(c *candidate) (Verdict, string) {
	switch {
	case c.goodsOpen != "":
		return Insufficient, c.goodsOpen
	case c.m.Cap != "":
		return Insufficient, "the running total: the measure is a cap of " + c.m.Cap
	}
	return "", ""
}

// cuts gives the first day of every part of the window in which all rows stay
// as they are.
func cuts(w calendar.Window, cands []*candidate) []calendar.Date {
	first, last := w.Earliest.First(), w.Latest.Last()
	if first.IsZero() {
		first = calendar.On(1, 1, 1)
	}
	out := []calendar.Date{first}
	add := func(d calendar.Date) {
		if d.After(first) && (last.IsZero() || !d.After(last)) {
			out = append(out, d)
		}
	}
	for _, c := range cands {
		for _, s := range c.spans {
			add(s.From)
			add(s.Until)
		}
		for _, o := range c.m.Outside {
			add(o.From)
			add(o.Until)
		}
		for _, l := range c.m.Limits {
			add(l.From)
			add(l.Until)
		}
	}
	slices.SortFunc(out, calendar.Date.Compare)
	return slices.Compact(out)
}

// undated judges an act without a date: if no day could have had a measure
// there is none, otherwise the date is what is missing.
func (in *inquiry) undated(cands []*candidate) outcome {
	var out outcome
	for _, day := range cuts(calendar.Window{Earliest: calendar.On(1, 1, 1)}, cands) {
		out.findings = append(out.findings, in.on(day, cands).findings...)
	}
	out.verdict = NoMeasure
	for i := range out.findings {
		f := &out.findings[i]
		f.verdict, f.why = Insufficient, "the date of the act"
		out.verdict = Insufficient
		out.kinds = union(out.kinds, []activity.Kind{f.c.m.Kind})
	}
	return out
}

func union(a, b []activity.Kind) []activity.Kind {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return slices.Compact(out)
}

func sortGrounds(g []Ground) {
	slices.SortStableFunc(g, func(a, b Ground) int {
		return cmp.Or(cmp.Compare(rank[b.Verdict], rank[a.Verdict]), b.From.Compare(a.From), cmp.Compare(a.Row, b.Row))
	})
}
