package dates

import (
	"github.com/reportedly/reportedly/internal/calendar"
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
	// Window holds the days meant; zero for durations, sets and what cannot be
	// anchored. Never the publication date by default.
	Window calendar.Window
	Rule   string // which rule read it
	// Sentence is the index of its sentence in the document.
	Sentence int
	// Relative tells that the window hangs on the anchor.
	Relative bool
}

// Anchor is what relative expressions hang on.
type Anchor struct {
	// Published is the day of publication or of the dateline; zero = unknown,
	// and then relative expressions get no window.
	Published calendar.Date
}
