package claims

import (
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/claims/moment"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// time gives the claim the window of the expression that hangs on the deed,
// else one bounded by the time of the telling.
func (r *reader) time(s *sentence, f fit, c *Claim) {
	m := &moment.Sentence{Clause: s.cl, Dates: r.in.Dates, At: s.date, Published: r.published, Saying: func(t int) bool { return r.saying(s, t) }}
	e, w, found, ok := m.Of(f.pred)
	if !found {
		family := c.Activity.Family()
		if w, span, ok := m.OfSaying(f.pred, family == "TRV" || family == "MET" || family == "ARM"); ok && len(c.Chain) > 0 {
			c.When = &When{Window: w, Basis: "told then", Span: span}
		}
		return
	}
	if !ok {
		return
	}
	c.When = &When{Window: w, Basis: "expression", Span: e.Span}
	// "Last night" in words spoken to another outlet hangs on the day they were
	// spoken, which may lie some days before this article.
	if e.Relative && len(c.Chain) > 1 && c.Chain[len(c.Chain)-1].Directness == speech.Direct && moment.HangsOnSpeaking(e.Text) {
		c.When.Window = calendar.Between(e.Window.Earliest.First().AddDays(-3), e.Window.Latest.Last())
		c.When.Basis = "expression in words spoken earlier"
	}
}

// saying reports the verb of an attribution.
func (r *reader) saying(s *sentence, i int) bool {
	for _, k := range s.speech {
		if r.in.Speech[k].Cue.Overlaps(s.src.Tokens[i].Span) {
			return true
		}
	}
	return false
}
