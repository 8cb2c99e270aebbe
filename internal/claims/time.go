package claims

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/claims/moment"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/story"
)

// time gives the claim the window of the expression that hangs on the deed,
// else one bounded by the time of the telling.
func (r *reader) time(s *sentence, f fit, c *Claim) {
	m := &moment.Sentence{Clause: s.Cl, Dates: r.dates(), At: s.Date, Published: r.published, Saying: func(t int) bool { return r.at().Saying(s, t) }}
	e, w, found, ok := m.Of(f.pred)
	if !found {
		if w, span, ok := m.OfSaying(f.pred, moving(c)); ok && len(c.Chain) > 0 {
			c.When = &When{Window: w, Basis: "told then", Span: span}
		}
		return
	}
	if !ok || r.perfectAway(s, f, w, e.Span) {
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

// moving deeds are told within days, so that they are about as old as the
// telling; of others the telling is only a bound.
func moving(c *Claim) bool {
	family := c.Activity.Family()
	return family == "TRV" || family == "MET" || family == "ARM"
}

// perfectAway reports a window of the past that a deed in the present perfect
// cannot have: English says "has issued" of no day gone by, so the expression
// belongs to something beside it ("has issued a warrant over an assault in
// June"), unless it counts from there ("since June").
func (r *reader) perfectAway(s *sentence, f fit, w calendar.Window, at story.Span) bool {
	if !f.pred.Verb || s.Cl.Factuality(f.pred.Word).Tense != "perfect" || w.Latest.IsZero() || r.published.IsZero() {
		return false
	}
	from := min(s.Src.Tokens[f.pred.Word].End, max(0, at.Start-16))
	before := strings.Fields(strings.ToLower(r.in.Document.Text[from:at.End]))
	return !slices.Contains(before, "since") && w.Latest.Last().DaysUntil(r.published) > 7
}
