package claims

import (
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/prose/dates"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// time gives the claim the window of the expression that hangs on the deed. An
// expression under the verb of saying is the time of the saying; one under
// another deed is that deed's.
func (r *reader) time(s *sentence, f fit, c *Claim) {
	best, cost := -1, 1000
	seen := map[int]bool{}
	for t, d := range s.date {
		if d < 0 || seen[d] {
			continue
		}
		seen[d] = true
		e := r.in.Dates[d]
		if e.Window.IsZero() || e.Type == dates.TypeDuration || e.Type == dates.TypeSet {
			continue
		}
		if k := r.distance(s, f, r.headOf(s, d, t)); k < cost {
			best, cost = d, k
		}
	}
	if best < 0 || cost > 6 {
		r.timeOfSaying(s, f, c)
		return
	}
	e := r.in.Dates[best]
	w, ok := r.past(s, f, e)
	if !ok {
		return
	}
	c.When = &When{Window: w, Basis: "expression", Span: e.Span}
	// "Last night" in words spoken to another outlet hangs on the day they were
	// spoken, which may lie some days before this article.
	if e.Relative && len(c.Chain) > 1 && c.Chain[len(c.Chain)-1].Directness == speech.Direct && hangsOnSpeaking(e.Text) {
		c.When.Window = calendar.Between(e.Window.Earliest.First().AddDays(-3), e.Window.Latest.Last())
		c.When.Basis = "expression in words spoken earlier"
	}
}

// hangsOnSpeaking reports an expression that means another day on each day it
// is said; "on Friday" means one day for a week.
func hangsOnSpeaking(text string) bool {
	text = strings.ToLower(text)
	for _, w := range []string{"night", "yesterday", "today", "morning", "evening", "hour", "ago"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// past keeps the time of what was done from lying after publication: the
// window of "this year" ends that day, a month named alone is the last of that
// name, and anything else that lies ahead is no time of a past deed.
func (r *reader) past(s *sentence, f fit, e dates.Expression) (calendar.Window, bool) {
	w := e.Window
	fact := s.cl.Factuality(f.pred.Word)
	ahead := fact.Tense == "future" || fact.Effect != "" || fact.Would || fact.Could || fact.Purpose || fact.Tense == "" && !f.pred.Verb
	if r.published.IsZero() || w.Earliest.IsZero() || w.Latest.IsZero() || !w.Latest.Last().After(r.published) {
		return w, true
	}
	alone := e.Relative && w.Days() >= 28 && !strings.Contains(strings.TrimSpace(e.Text), " ")
	switch {
	case !w.Earliest.First().After(r.published):
		if !ahead {
			w = calendar.Between(w.Earliest.First(), r.published)
		}
		return w, true
	case alone && fact.Tense != "future" && fact.Effect != "planned":
		return calendar.Between(w.Earliest.First().AddMonths(-12), w.Latest.Last().AddMonths(-12)), true
	}
	return w, ahead
}

// timeOfSaying bounds a deed told in the past without a time of its own by the
// time at which it was told, where the text gives that: "said last month that
// he had visited". News tells of the days before; what was told in a month may
// lie a month before it.
func (r *reader) timeOfSaying(s *sentence, f fit, c *Claim) {
	fact := s.cl.Factuality(f.pred.Word)
	moving := c.Activity.Family() == "TRV" || c.Activity.Family() == "MET" || c.Activity.Family() == "ARM"
	if len(c.Chain) == 0 || !f.pred.Verb || !moving && fact.Tense != "pluperfect" || fact.Negated || fact.Tense != "past" && fact.Tense != "pluperfect" {
		return
	}
	for t, d := range s.date {
		if d < 0 {
			continue
		}
		e := r.in.Dates[d]
		at := s.cl.Tree.Words[r.headOf(s, d, t)].Head
		if at < 0 || !r.saying(s, at) || e.Window.Earliest.IsZero() || e.Window.Latest.IsZero() || e.Window.Days() > 31 {
			continue
		}
		first := e.Window.Earliest.First().AddDays(-7)
		switch {
		case !moving && e.Window.Days() > 7:
			first = e.Window.Earliest.First()
		case !moving:
			continue
		case e.Window.Days() > 7:
			first = e.Window.Earliest.First().AddMonths(-1)
		}
		c.When = &When{Window: calendar.Between(first, e.Window.Latest.Last()), Basis: "told then", Span: e.Span}
		return
	}
}

// headOf gives the token of expression d whose governor lies outside it.
func (r *reader) headOf(s *sentence, d, first int) int {
	for t := first; t < len(s.date); t++ {
		if s.date[t] != d {
			continue
		}
		if h := s.cl.Tree.Words[t].Head; h < 0 || s.date[h] != d {
			return t
		}
	}
	return first
}

// distance is the cost of going from a time expression to the deed: up from
// the expression to its verb, then to the deed. A verb of saying or another
// deed on the way closes it.
func (r *reader) distance(s *sentence, f fit, t int) int {
	at, steps := t, 0
	for ; at >= 0 && steps < 8; steps++ {
		if at == f.pred.Word {
			return steps
		}
		w := s.cl.Tree.Words[at]
		if at != t && (w.UPOS == "VERB" || w.UPOS == "AUX") {
			break
		}
		if at != t && strings.HasPrefix(w.Deprel, "nmod") {
			steps += 2 // the time of a thing within a thing
		}
		at = w.Head
	}
	if at < 0 {
		return 1000
	}
	if at == f.pred.Clause && s.cl.Tree.Words[f.pred.Word].Head == at && (t > f.pred.Word || !r.saying(s, at)) {
		return steps + 1 // "announced a truce on Friday"
	}
	if r.saying(s, at) {
		return 1000
	}
	if at == f.pred.Clause {
		return steps + 1
	}
	// The deed may stand under the verb that carries the time ("tried last week
	// to buy"), or beside it as its conjunct.
	for k, n := f.pred.Word, 0; k >= 0 && n < 4; n++ {
		if k == at {
			return steps + 1 + n
		}
		w := s.cl.Tree.Words[k]
		switch w.Deprel {
		case "ccomp", "acl:relcl", "parataxis":
			return 1000
		case "advcl", "acl":
			if !s.cl.To(k) && !s.cl.Alongside(k) {
				return 1000
			}
		}
		k = w.Head
	}
	// The expression may stand in a clause beside the deed and under it.
	if d := s.cl.Tree.Words[at].Deprel; d != "advcl" && d != "xcomp" {
		return 1000
	}
	for k, n := at, 0; k >= 0 && n < 2; n++ {
		k = s.cl.Tree.Words[k].Head
		if k == f.pred.Word || k >= 0 && k == f.pred.Clause {
			return steps + 4 + n
		}
	}
	return 1000
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
