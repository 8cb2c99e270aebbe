package words

import (
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
)

// Bar is a designation on the timeline, in units of the drawing.
type Bar struct {
	Label, Note   string
	X, W          float64
	Law           bool
	From, To      string
	Row           int
	StillListed   bool
	HasStart, End bool
}

// Tick is a year on the timeline.
type Tick struct {
	X    float64
	Year int
}

// Width and row of the timeline's drawing.
const (
	barWidth = 720.0
	barRow   = 26
)

// Timeline is the drawing of designations along the years.
type Timeline struct {
	Bars  []Bar
	Years []Tick
}

// Designations lays those of a party, and of the entries that stand for it,
// along the years until today.
func Designations(today calendar.Date, entries ...party.Party) (b Timeline) {
	first := today
	each := func(give func(d party.Designation)) {
		for _, e := range entries {
			for _, d := range e.Designations {
				give(d)
			}
		}
	}
	each(func(d party.Designation) {
		for _, s := range spansOf(d) {
			if !s.from.IsZero() && s.from.Before(first) {
				first = s.from
			}
		}
	})
	from := calendar.On(first.Year, 1, 1)
	days := float64(max(from.DaysUntil(today), 1))
	at := func(d calendar.Date) float64 { return float64(from.DaysUntil(d)) / days * barWidth }
	each(func(d party.Designation) {
		for _, s := range spansOf(d) {
			row := Bar{Label: strings.TrimSpace(d.Authority + " " + d.Reference), Law: true, Row: len(b.Bars) * barRow, From: s.from.String(), To: s.to.String(), StillListed: s.to.IsZero(), HasStart: !s.from.IsZero()}
			end := today
			if !s.to.IsZero() {
				end = s.to
			}
			if row.HasStart {
				row.X = max(at(s.from), 0)
			}
			row.W = max(min(at(end), barWidth)-row.X, 3)
			row.Note = d.Regime
			b.Bars = append(b.Bars, row)
		}
	})
	step := max((today.Year-first.Year)/8, 1)
	for y := first.Year; y <= today.Year; y += step {
		b.Years = append(b.Years, Tick{at(calendar.On(y, 1, 1)), y})
	}
	return b
}

// Height of the drawing.
func (b Timeline) Height() int { return len(b.Bars)*barRow + 22 }

type stretch struct{ from, to calendar.Date }

// spansOf a designation: what the editions held, else what the list states.
func spansOf(d party.Designation) []stretch {
	if len(d.Periods) == 0 {
		return []stretch{{d.ListedOn, d.DelistedOn}}
	}
	var out []stretch
	for _, p := range d.Periods {
		out = append(out, stretch{p.From, p.Gone})
	}
	return out
}
