package dates

import "github.com/reportedly/reportedly/internal/calendar"

type tense uint8

const (
	noTense tense = iota
	past
	future
	present
)

// reach is how many atoms the search for a verb goes, each way.
const reach = 18

// tense looks for the verb nearest to the expression; one to the right counts
// as twice as far, because English news puts the day after its verb. Another
// finite verb between ends the search by being nearer.
func (f *finder) tense(m *found) tense {
	switch m.rule.args["tense"] {
	case "future":
		return future
	case "past":
		return past
	}
	s := f.sentences[m.sentence]
	if m.from > s.from {
		if w := f.l.reading(&f.atoms[m.from-1], clSignal); w != nil && w.text == "since" {
			return past
		}
	}
	best, bestAt := noTense, 3*reach
	for d := 1; d <= reach; d++ {
		if i := m.from - d; i >= s.from && d < bestAt {
			if t := f.tenseAt(i, s); t != noTense {
				best, bestAt = t, d
			}
		}
		if i := m.to - 1 + d; i < s.to && 2*d < bestAt {
			if t := f.tenseAt(i, s); t != noTense {
				best, bestAt = t, 2*d
			}
		}
	}
	return best
}

func (f *finder) tenseAt(i int, s atomRange) tense {
	a := &f.atoms[i]
	switch {
	case a.sym == 0 && a.past:
		return past
	case a.sym == 0:
		return f.infinitive(i, s)
	case f.l.reading(a, clFuture) != nil:
		return future
	case a.past || f.l.reading(a, clPast) != nil:
		return past
	case f.l.reading(a, clPresent) != nil:
		return present
	}
	return noTense
}

// infinitive: "to resume trading Monday", "due to arrive" look ahead. The word
// after "to" is taken for a verb when it is in lower case and unknown to the
// vocabulary, so that "to the", "to two" and "to Moscow" are not.
func (f *finder) infinitive(i int, s atomRange) tense {
	if f.l.infinitiveMark == 0 || i <= s.from || f.atoms[i-1].sym != f.l.infinitiveMark {
		return noTense
	}
	a := &f.atoms[i]
	if a.upper || a.digits > 0 || a.end-a.start < 3 {
		return noTense
	}
	return future
}

// applySignal reads the word before the expression.
func (f *finder) applySignal(e *Expression, m *found) {
	s := f.sentences[m.sentence]
	if m.from <= s.from || e.Window.IsZero() {
		return
	}
	w := f.l.reading(&f.atoms[m.from-1], clSignal)
	if w == nil {
		return
	}
	e.Signal = w.text
	first, last := e.Named.Earliest, e.Named.Latest
	switch w.text {
	case "since":
		e.Window = calendar.Between(first, calendar.Date{})
		if !f.anchor.IsZero() && !f.anchor.Before(first) {
			e.Window = calendar.Between(first, f.anchor)
		}
	case "until", "by":
		e.Window = calendar.Between(calendar.Date{}, last)
	case "before":
		e.Window = calendar.Between(calendar.Date{}, first.AddDays(-1))
	case "after":
		e.Window = calendar.Between(last.AddDays(1), calendar.Date{})
		if !f.anchor.IsZero() && f.anchor.After(last) {
			e.Window = calendar.Between(last.AddDays(1), f.anchor)
		}
	}
}

// joinRanges gives both ends of "between May 3 and May 9", "from 2011 to 2013"
// the window of the whole.
func joinRanges(f *finder, es []Expression) {
	for i := 0; i+1 < len(es); i++ {
		a, b := &es[i], &es[i+1]
		if a.Signal != "between" || a.Sentence != b.Sentence || a.Named.IsZero() || b.Named.IsZero() {
			continue
		}
		if b.Start-a.End > 8 || b.Named.Latest.Before(a.Named.Earliest) {
			continue
		}
		whole := a.Named.Hull(b.Named)
		a.Window, b.Window, b.Signal = whole, whole, "between"
	}
}
