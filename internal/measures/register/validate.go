package register

import (
	"errors"
	"fmt"
	"slices"

	"github.com/reportedly/reportedly/internal/activity"
)

var (
	effects  = []string{EffectDuty, EffectCall, EffectAuthorisation, EffectExposure}
	rules    = []string{"none", "committee", "council", "state", "authority", "standing", "unknown"}
	rosters  = []string{"", "closed", "marked", "elsewhere"}
	binding  = []string{"", "US", "EU", "UK", "CH", "CA", "AU"}
	classes  = []string{"listed", "government", "non-state", "private", "un"}
	openOnly = "every interval but the last must be closed"
)

// validate holds the register to its own rules and tells every fault at once.
func (r *Register) validate() error {
	var faults []error
	fault := func(id, format string, a ...any) {
		faults = append(faults, fmt.Errorf("%s: %s", id, fmt.Sprintf(format, a...)))
	}
	seen := map[string]bool{}
	for _, g := range r.Regimes {
		if g.Key == "" || seen[g.Key] || g.Authority == "" || g.Title == "" || g.Addressee == "" || len(g.Measures) == 0 {
			fault(g.Key, "a regime needs a key of its own, authority, title, addressee and measures")
		}
		seen[g.Key] = true
		for i, s := range g.Sunsets {
			r.checkRead(g.Key+" "+s.Instrument, s.Read, fault)
			if s.Instrument == "" || (s.Day.IsZero() && i != len(g.Sunsets)-1) || (i > 0 && !s.Day.IsZero() && !g.Sunsets[i-1].Day.Before(s.Day)) {
				fault(g.Key, "sunset %d: instrument missing or out of order", i+1)
			}
		}
		for _, m := range g.Measures {
			r.checkMeasure(m, fault)
		}
	}
	r.checkTables(fault)
	return errors.Join(faults...)
}

func (r *Register) checkMeasure(m *Measure, fault func(string, string, ...any)) {
	if _, ok := activity.LookupKind(m.Kind); !ok {
		fault(m.ID, "unknown kind %q", m.Kind)
	}
	if !slices.Contains(effects, m.Effect) {
		fault(m.ID, "unknown effect %q", m.Effect)
	}
	if !slices.Contains(rules, m.Exemption.Rule) {
		fault(m.ID, "exemption rule %q; where nothing is known it is \"unknown\"", m.Exemption.Rule)
	}
	for _, s := range m.Exemption.Sets {
		if set, ok := r.Sets[s]; !ok || (set.Kind != "" && set.Kind != m.Kind) {
			fault(m.ID, "exemption set %q is unknown or of another kind", s)
		}
	}
	if !slices.Contains(rosters, m.Roster) && r.roster[m.Roster] == nil {
		fault(m.ID, "no roster %q", m.Roster)
	}
	if !slices.Contains(binding, m.Binds) {
		fault(m.ID, "binds %q", m.Binds)
	}
	if len(m.List)+len(m.Programmes)+len(m.Territory) == 0 && m.Roster == "" {
		fault(m.ID, "has no object: list, programmes, territories or roster")
	}
	if m.Direction != "" && m.Direction != To && m.Direction != From {
		fault(m.ID, "direction %q", m.Direction)
	}
	for _, c := range slices.Concat(m.Goods, m.GoodsObject) {
		if !r.Words.Goods.Has(c) {
			fault(m.ID, "no goods of class %q in goods.csv", c)
		}
	}
	for _, c := range m.Services {
		if !r.Words.Services.Has(c) {
			fault(m.ID, "no services of class %q in services.csv", c)
		}
	}
	for _, c := range m.Recipients {
		if !slices.Contains(classes, c) {
			fault(m.ID, "unknown class of recipients %q", c)
		}
	}
	for _, c := range slices.Concat(m.Activities, m.LeavesOut) {
		if _, ok := activity.Lookup(c); !ok {
			fault(m.ID, "unknown activity %q", c)
		}
	}
	if m.Sunset && len(m.regime.Sunsets) == 0 {
		fault(m.ID, "has a sunset and its regime states none")
	}
	r.checkIntervals(m, fault)
	for _, c := range m.Outside {
		for _, k := range c.Facts {
			if !r.Words.Facts.Has(k) {
				fault(m.ID, "no fact %q in facts.csv", k)
			}
		}
		if c.What == "" || c.Citation == "" || !ordered(c.During()) {
			fault(m.ID, "a carve-out needs words, a citation and ordered days")
		}
	}
	for _, l := range m.Limits {
		if l.Fact == "" || l.Citation == "" || !ordered(Span{l.From, l.Until}) {
			fault(m.ID, "a limit needs a fact, a citation and ordered days")
		}
	}
}

func (r *Register) checkIntervals(m *Measure, fault func(string, string, ...any)) {
	if len(m.Intervals) == 0 {
		fault(m.ID, "has no interval")
	}
	for i, iv := range m.Intervals {
		switch {
		case iv.Opened == "":
			fault(m.ID, "interval %d: nothing opened it", i+1)
		case iv.From.Precision().String() != "day" || (!iv.Until.IsZero() && iv.Until.Precision().String() != "day"):
			fault(m.ID, "interval %d: ends must be days", i+1)
		case iv.Until.IsZero() != (iv.Closed == ""):
			fault(m.ID, "interval %d: a close needs a day and an instrument", i+1)
		case empty(iv.Span()):
			fault(m.ID, "interval %d: ends before it begins", i+1)
		case iv.Until.IsZero() && i != len(m.Intervals)-1:
			fault(m.ID, "%s", openOnly)
		case i > 0 && iv.From.Before(m.Intervals[i-1].Until):
			fault(m.ID, "interval %d: overlaps the one before", i+1)
		}
		r.checkRead(m.ID, iv.Read, fault)
	}
}

// checkRead holds a read mark to the table of pages.
func (r *Register) checkRead(id, read string, fault func(string, string, ...any)) {
	keys := marks(read)
	if len(keys) == 0 {
		fault(id, "no read mark; memory is M")
	}
	for _, k := range keys {
		if _, ok := r.Pages[k]; !ok {
			fault(id, "read mark %q is no page of pages.csv", k)
		}
	}
}

func (r *Register) checkTables(fault func(string, string, ...any)) {
	for _, a := range r.Applies {
		if m, ok := r.byID[a.Measure]; a.Measure != "*" && (!ok || m.regime.Authority != a.Authority) {
			fault("applies.csv", "no measure %q of %s", a.Measure, a.Authority)
		}
		if a.Citation == "" || a.Span.From.IsZero() || !ordered(a.Span) {
			fault("applies.csv", "%s %s: citation or days", a.Measure, a.Reference)
		}
		r.checkRead("applies.csv "+a.Reference, a.Read, fault)
	}
	for _, l := range r.Listings {
		if l.Reference == "" || l.Citation == "" || l.Span.From.IsZero() || !ordered(l.Span) {
			fault("listings.csv", "%s %s: citation or days", l.Authority, l.Reference)
		}
		if l.Regime != "" && !slices.ContainsFunc(r.Regimes, func(g *Regime) bool { return g.Authority == l.Authority && g.GoesBy(l.Regime) }) {
			fault("listings.csv", "%s: no regime %q of %s", l.Reference, l.Regime, l.Authority)
		}
		r.checkRead("listings.csv "+l.Reference, l.Read, fault)
	}
	for _, e := range r.Exemptions {
		if _, ok := r.byID[e.Measure]; !ok {
			fault("exemptions.csv", "no measure %q", e.Measure)
		}
		if e.Body == "" || e.From.IsZero() || (!e.To.IsZero() && e.To.Before(e.From)) {
			fault("exemptions.csv", "%s: body or days", e.Measure)
		}
		r.checkRead("exemptions.csv "+e.Measure, e.Read, fault)
	}
}

func ordered(s Span) bool { return !empty(s) || s == Span{} }
