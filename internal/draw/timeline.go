package draw

import (
	"cmp"
	"slices"

	"github.com/reportedly/reportedly/internal/calendar"
)

// Event stands on a day, or lies between two.
type Event struct {
	From, To calendar.Date
	Lane     string // events of one lane stand in one row block: "reported deed", "articles", "measures"
	Text     string
	Open     bool // goes on after To
}

const (
	laneLeft = 150.0
	rowStep  = 20.0
	mostRows = 60
)

// Timeline draws events against days; "" where none has a day.
func Timeline(events []Event) string {
	events = slices.DeleteFunc(slices.Clone(events), func(e Event) bool { return e.From.IsZero() && e.To.IsZero() })
	if len(events) == 0 {
		return ""
	}
	for i := range events {
		e := &events[i]
		if e.From.IsZero() {
			e.From = e.To
		}
		if e.To.IsZero() {
			e.To = e.From
		}
		e.From, e.To = e.From.First(), e.To.Last()
	}
	events = events[:min(len(events), mostRows)]
	first, last := events[0].From, events[0].To
	for _, e := range events {
		if e.Lane == "measures" {
			continue // measures of years would press the days together; they are cut at the edges
		}
		if e.From.Before(first) || events[0].Lane == "measures" {
			first = e.From
		}
		if e.To.After(last) || events[0].Lane == "measures" {
			last = e.To
		}
	}
	first, last = first.AddDays(-2), last.AddDays(2)
	span := float64(max(1, first.DaysUntil(last)))
	x := func(d calendar.Date) float64 {
		at := float64(first.DaysUntil(d)) / span
		return laneLeft + min(1, max(0, at))*(width-laneLeft-20)
	}
	s := &svg{}
	lanes := lanesOf(events)
	y := 16.0
	for _, lane := range lanes {
		s.text(4, y+10, "d-s", "start", lane)
		for _, e := range events {
			if e.Lane != lane {
				continue
			}
			a, b := x(e.From), x(e.To.AddDays(1))
			if e.Open || e.To.After(last) {
				b = width - 20
			}
			s.put(`<rect class="d-box" x="%.1f" y="%.1f" width="%.1f" height="12" rx="2"/>`, a, y, max(5, b-a))
			if b-a > 260 { // room inside
				s.text(a+6, y+10, "d-t", "start", shorten(e.Text, int((b-a)/6.4)))
			} else if a > width*0.6 {
				s.text(a-5, y+10, "d-t", "end", shorten(e.Text, 80))
			} else {
				s.text(max(a, b)+5, y+10, "d-t", "start", shorten(e.Text, int((width-b)/6.4)))
			}
			y += rowStep
		}
		y += 6
	}
	s.put(`<line class="d-line" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`, laneLeft, y, width-20, y)
	for i := range 5 {
		d := first.AddDays(int(span) * i / 4)
		s.put(`<line class="d-line" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`, x(d), y, x(d), y+4)
		anchor := "middle"
		if i == 4 {
			anchor = "end"
		}
		s.text(x(d), y+17, "d-s", anchor, d.Time().Format("2 Jan 2006"))
	}
	s.height = y + 26
	return s.close("Timeline of what is reported, told and in force")
}

func lanesOf(events []Event) []string {
	var out []string
	for _, e := range events {
		if !slices.Contains(out, e.Lane) {
			out = append(out, e.Lane)
		}
	}
	return out
}

// Order sorts events by day, then by words.
func Order(a, b Event) int {
	return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To), cmp.Compare(a.Text, b.Text))
}
