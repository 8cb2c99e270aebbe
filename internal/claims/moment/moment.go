package moment

import (
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/prose/dates"
	"github.com/reportedly/reportedly/internal/story"
)

// Sentence is a sentence with the time expressions in it.
type Sentence struct {
	Clause    *clause.Sentence
	Dates     []dates.Expression
	At        []int // token -> index into Dates, -1
	Published calendar.Date
	// Saying reports a token that is the verb of an attribution.
	Saying func(token int) bool
}

// Of finds the expression that hangs on the deed, and the window it gives
// there. found is false where none hangs on it; ok is false where one does but
// cannot be the time of such a deed.
func (s *Sentence) Of(p clause.Predicate) (e dates.Expression, w calendar.Window, found, ok bool) {
	best, cost := -1, 1000
	seen := map[int]bool{}
	for t, d := range s.At {
		if d < 0 || seen[d] {
			continue
		}
		seen[d] = true
		e := s.Dates[d]
		if e.Window.IsZero() || e.Type == dates.TypeDuration || e.Type == dates.TypeSet {
			continue
		}
		if k := s.distance(p, s.headOf(d, t)); k < cost {
			best, cost = d, k
		}
	}
	if best < 0 || cost > 6 {
		return e, w, false, false
	}
	e = s.Dates[best]
	w, ok = s.past(p, e)
	return e, w, true, ok
}

// HangsOnSpeaking reports an expression that means another day on each day it
// is said; "on Friday" means one day for a week.
func HangsOnSpeaking(text string) bool {
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
func (s *Sentence) past(p clause.Predicate, e dates.Expression) (calendar.Window, bool) {
	w := e.Window
	fact := s.Clause.Factuality(p.Word)
	ahead := fact.Tense == "future" || fact.Effect != "" || fact.Would || fact.Could || fact.Purpose || fact.Tense == "" && !p.Verb
	if s.Published.IsZero() || w.Earliest.IsZero() || w.Latest.IsZero() || !w.Latest.Last().After(s.Published) {
		return w, true
	}
	alone := e.Relative && w.Days() >= 28 && !strings.Contains(strings.TrimSpace(e.Text), " ")
	switch {
	case !w.Earliest.First().After(s.Published):
		if !ahead {
			w = calendar.Between(w.Earliest.First(), s.Published)
		}
		return w, true
	case alone && fact.Tense != "future" && fact.Effect != "planned":
		return calendar.Between(w.Earliest.First().AddMonths(-12), w.Latest.Last().AddMonths(-12)), true
	}
	return w, ahead
}

// OfSaying bounds a deed told in the past without a time of its own by the
// time at which it was told, where the text gives that: "said last month that
// he had visited". News tells of the days before; what was told in a month may
// lie a month before it. Moving deeds (trips, meetings, deliveries) are told
// within a week; of others only a telling of a whole month says anything.
func (s *Sentence) OfSaying(p clause.Predicate, moving bool) (calendar.Window, story.Span, bool) {
	fact := s.Clause.Factuality(p.Word)
	if !p.Verb || !moving && fact.Tense != "pluperfect" || fact.Negated || fact.Tense != "past" && fact.Tense != "pluperfect" {
		return calendar.Window{}, story.Span{}, false
	}
	for t, d := range s.At {
		if d < 0 {
			continue
		}
		e := s.Dates[d]
		at := s.Clause.Tree.Words[s.headOf(d, t)].Head
		if at < 0 || !s.Saying(at) || e.Window.Earliest.IsZero() || e.Window.Latest.IsZero() || e.Window.Days() > 31 {
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
		return calendar.Between(first, e.Window.Latest.Last()), e.Span, true
	}
	return calendar.Window{}, story.Span{}, false
}

// headOf gives the token of expression d whose governor lies outside it.
func (s *Sentence) headOf(d, first int) int {
	for t := first; t < len(s.At); t++ {
		if s.At[t] != d {
			continue
		}
		if h := s.Clause.Tree.Words[t].Head; h < 0 || s.At[h] != d {
			return t
		}
	}
	return first
}

// distance is the cost of going from a time expression to the deed: up from
// the expression to its verb, then to the deed. A verb of saying or another
// deed on the way closes it.
func (s *Sentence) distance(p clause.Predicate, t int) int {
	at, steps := t, 0
	for ; at >= 0 && steps < 8; steps++ {
		if at == p.Word {
			return steps
		}
		w := s.Clause.Tree.Words[at]
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
	if at == p.Clause && s.Clause.Tree.Words[p.Word].Head == at && (t > p.Word || !s.Saying(at)) {
		return steps + 1 // "announced a truce on Friday"
	}
	if s.Saying(at) {
		return 1000
	}
	if at == p.Clause {
		return steps + 1
	}
	// The deed may stand under the verb that carries the time ("tried last week
	// to buy"), or beside it as its conjunct.
	for k, n := p.Word, 0; k >= 0 && n < 4; n++ {
		if k == at {
			return steps + 1 + n
		}
		w := s.Clause.Tree.Words[k]
		switch w.Deprel {
		case "ccomp", "acl:relcl", "parataxis":
			return 1000
		case "advcl", "acl":
			if !s.Clause.To(k) && !s.Clause.Alongside(k) {
				return 1000
			}
		}
		k = w.Head
	}
	// The expression may stand in a clause beside the deed and under it.
	if d := s.Clause.Tree.Words[at].Deprel; d != "advcl" && d != "xcomp" {
		return 1000
	}
	for k, n := at, 0; k >= 0 && n < 2; n++ {
		k = s.Clause.Tree.Words[k].Head
		if k == p.Word || k >= 0 && k == p.Clause {
			return steps + 4 + n
		}
		if k >= 0 && s.Clause.Tree.Words[k].Deprel == "acl:relcl" {
			break // of what a relative clause tells beside it
		}
	}
	return 1000
}
