package dates

import (
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// Type is the TIMEX3 type of an expression (TimeML 1.2.1).
type Type string

// TIMEX3 types.
const (
	TypeDate     Type = "DATE"
	TypeTime     Type = "TIME"
	TypeDuration Type = "DURATION"
	TypeSet      Type = "SET"
)

// Expression is a stretch of text that names a time.
type Expression struct {
	story.Span
	Text string
	Type Type
	// Value is the TIMEX3 value: "2015-07", "2016-W15", "P2M", "2016-04-14TNI".
	Value string
	// Mod is the TIMEX3 modifier: START, MID, END ("early July"), else "".
	Mod string
	// Window holds the days meant; zero for sets, for durations that hang on
	// nothing and for what cannot be anchored. Never the publication date by
	// default. A word before the expression is part of it: "since 2014" runs to
	// the anchor, "before May" is open to the past.
	Window calendar.Window
	// Named holds the days of the expression alone, without Signal.
	Named calendar.Window
	// Signal is since, until, before, after, by or between, where the text says so.
	Signal string
	Rule   string // which rule read it
	// Sentence is the index of its sentence in the document.
	Sentence int
	// Relative tells that the window hangs on the anchor or on an earlier date.
	Relative bool
}

// Anchor is what relative expressions hang on.
type Anchor struct {
	// Published is the day of publication or of the dateline; zero = unknown,
	// and then relative expressions get no window.
	Published calendar.Date
}

// Find gives the time expressions of a document in order. A language without a
// folder of rules gives none. The error can only be one of the embedded files.
func Find(doc prose.Document, anchor Anchor) ([]Expression, error) {
	all, err := compiled()
	if err != nil {
		return nil, err
	}
	l := all[baseLanguage(doc.Language)]
	if l == nil {
		return nil, nil
	}
	f := finder{l: l, doc: &doc, anchor: anchor.Published, atoms: make([]atom, 0, len(doc.Text)/4)}
	if f.anchor.Precision() != calendar.Day {
		f.anchor = calendar.Date{}
	}
	for i := range doc.Sentences {
		if doc.Sentences[i].Kind != prose.Boilerplate {
			f.scan(i)
		}
	}
	return f.resolve(), nil
}

// baseLanguage takes "en" of "en-GB"; a text of unknown language is tried as
// English.
func baseLanguage(code string) string {
	if code == "" {
		return "en"
	}
	if len(code) > 2 && (code[2] == '-' || code[2] == '_') {
		return code[:2]
	}
	return code
}

// found is a match before it is resolved.
type found struct {
	rule     *rule
	caps     captures
	from, to int // atoms of the document
	sentence int
}

// finder holds the work on one document.
type finder struct {
	l         *language
	doc       *prose.Document
	anchor    calendar.Date
	atoms     []atom
	sentences []atomRange // atoms of each sentence, by index
	found     []found
	caps      captures // of the rule being tried
	bestCaps  captures

	current   int // index of the match being resolved
	narrative bool
	focus     calendar.Date // last date told, what "the next day" hangs on
	focusAt   int           // its sentence
	focusTold bool          // its year stands in the text
	quarter   string        // last quarter told
	quarterAt int           // its sentence
}

type atomRange struct{ from, to int }

// scan collects the longest match at each place of a sentence, left to right.
func (f *finder) scan(sentence int) {
	s := &f.doc.Sentences[sentence]
	from := len(f.atoms)
	f.atoms = f.l.lex(f.atoms, f.doc.Text, s.Start, s.End)
	for len(f.sentences) <= sentence {
		f.sentences = append(f.sentences, atomRange{from, from})
	}
	f.sentences[sentence] = atomRange{from, len(f.atoms)}
	as := f.atoms[from:]
	f.l.markKeys(as)
	for i := 0; i < len(as); {
		if !as[i].live {
			i++
			continue
		}
		m, to := f.longest(as, i)
		if m.rule == nil {
			i++
			continue
		}
		if m.rule.action != "none" {
			m.from, m.to, m.sentence = from+i, from+to, sentence
			for k := range m.caps.log[:m.caps.n] {
				m.caps.log[k].at += from
			}
			f.found = append(f.found, m)
		}
		i = to
	}
}

func (f *finder) longest(as []atom, i int) (found, int) {
	a := &as[i]
	var rules []int16
	switch {
	case a.digits > 0:
		rules = f.l.byDigits
	case a.sym != 0:
		rules = f.l.byFirst[a.sym]
	}
	var best *rule
	end := i
	for _, ri := range rules {
		r := &f.l.rules[ri]
		f.caps.n = 0
		if to := f.l.match(r, as, i, &f.caps); to > end {
			best, end, f.bestCaps = r, to, f.caps
		}
	}
	if best == nil {
		return found{}, i
	}
	return found{rule: best, caps: f.bestCaps}, end
}

// resolve turns matches into expressions.
func (f *finder) resolve() []Expression {
	f.narrative = f.isNarrative()
	out := make([]Expression, 0, len(f.found))
	for i := range f.found {
		m := &f.found[i]
		f.current = i
		v := actions[m.rule.action](f, m)
		if v.value == "" {
			continue
		}
		start, end := f.atoms[m.from].start, f.atoms[m.to-1].end
		e := Expression{
			Span: story.Span{Start: start, End: end}, Text: f.doc.Text[start:end],
			Type: v.typ, Value: v.value, Mod: v.mod, Window: v.window, Named: v.window,
			Rule: m.rule.name, Sentence: m.sentence, Relative: v.relative,
		}
		f.applySignal(&e, m)
		out = append(out, e)
		if e.Signal != "since" && e.Signal != "until" { // bounds are not what the story goes on from
			f.remember(m, &v)
		}
	}
	joinRanges(f, out)
	return out
}

// remember keeps what later expressions hang on.
func (f *finder) remember(m *found, v *value) {
	if v.window.IsZero() || v.typ == TypeDuration || v.at.IsZero() {
		return
	}
	if f.narrative && v.relative && v.at.Year >= f.anchor.Year-1 && f.focus.Year > 0 && f.focus.Year < f.anchor.Year-2 {
		return // "today" in a history does not move the story
	}
	f.focus, f.focusAt = v.at, m.sentence
	f.focusTold = !v.relative || f.narrative
}

// isNarrative tells a history from a report: most years told lie well before
// the anchor, and few expressions hang on the day of writing. In a history a
// month without a year belongs to the date told before it (WikiWars).
func (f *finder) isNarrative() bool {
	old, now := 0, 0
	for i := range f.found {
		m := &f.found[i]
		y := m.caps.get(clYear)
		if !y.ok {
			y = m.caps.get(clYearBare)
		}
		switch {
		case y.ok && (f.anchor.IsZero() || y.n < f.anchor.Year-1), m.rule.name == "bc":
			old++
		case y.ok, m.caps.get(clDay0).ok, m.caps.get(clWeekday).ok:
			now++
		}
	}
	return old >= 3 && old > 2*now
}
