package stage

import (
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/claims/clause"
)

// Aspects, as data/claims names them.
const (
	Completed    = "completed"
	Ongoing      = "ongoing"
	Planned      = "planned"
	Attempted    = "attempted"
	Hypothetical = "hypothetical"
	Historical   = "historical"
)

// Deed is what is known of a deed when its stage is asked.
type Deed struct {
	Fact clause.Factuality
	Verb bool
	// Above is the verb whose aim the deed is, where Fact.Purpose.
	Above clause.Factuality
	// Set is what the pattern says by itself, "" for nothing.
	Set string
	// Keep: what the pattern says holds at any age (a demand stays a demand).
	Keep bool
	// Sourced: told by somebody; Asked: asked whether it was so; Answered: a
	// denial or non-confirmation; Negative: it is said not to be so.
	Sourced, Asked, Answered, Negative bool
	// State: a deed that lasts while it is so (stay, possession).
	State bool
	// Heading: an infinitive with a subject of its own.
	Heading bool
	// Past: the time of the deed lies more than about a month back.
	Past bool
}

// Of gives the aspect.
func Of(d Deed) string {
	a := now(d)
	if d.Keep && a == Completed {
		return d.Set
	}
	if d.Past && a != Planned && a != Hypothetical && a != Attempted {
		return Historical
	}
	if d.Set != "" && (a == Completed || a == Ongoing) {
		return d.Set
	}
	return a
}

// now is the aspect without regard to age.
func now(d Deed) string {
	f := d.Fact
	if f.Conditional && !d.Answered || d.Asked {
		return Hypothetical
	}
	if f.Tense == "future" && f.Effect != "attempted" && f.Effect != "prevented" {
		return Planned
	}
	past := f.Tense == "perfect" || f.Tense == "pluperfect"
	switch f.Effect {
	case "attempted", "prevented":
		return Attempted
	case "planned", "completed", "ongoing":
		return f.Effect
	case "hypothetical":
		if !past {
			return Hypothetical
		}
	}
	switch {
	case f.Would && d.Sourced && !past:
		return Planned // the future told in the past: "said he would not attend"
	case (f.Would || f.Could) && !past:
		return Hypothetical
	case f.Purpose && (d.Above.Tense == "past" || d.Above.Tense == "perfect" || d.Above.Tense == "pluperfect"):
		return Completed
	case f.Purpose, d.Heading:
		return Planned
	case f.Progressive && (f.Tense == "present" || f.Tense == "perfect"):
		return Ongoing
	case f.Progressive && f.Tense == "past" && d.Sourced && d.Verb:
		return Ongoing // the present told in the past: "said he was hiding"
	case f.Tense == "present" && d.Verb:
		return Ongoing
	case f.Tense == "perfect" && d.State && d.Negative:
		return Ongoing // "has not been seen since"
	}
	return Completed
}

// Old reports a window that ended more than about a month before the day. A
// month told whole ("last month") is old by its middle; where the words only
// bound the deed by the time of its telling (loose), by its end.
func Old(w calendar.Window, day calendar.Date, loose bool) bool {
	if w.Latest.IsZero() || day.IsZero() {
		return false
	}
	late := w.Latest.Last().DaysUntil(day)
	if late > 31 || loose || w.Earliest.IsZero() {
		return late > 31
	}
	early := w.Earliest.First().DaysUntil(day)
	return late > 7 && (early+late)/2 > 31
}
