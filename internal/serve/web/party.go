package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
	"github.com/reportedly/reportedly/internal/serve/web/words"
	"github.com/reportedly/reportedly/internal/store"
)

// partyPage is an entry of a list with those that stand for the same party.
type partyPage struct {
	party.Party
	Same   []party.Party
	Bars   []bar
	Years  []tick
	Cases  []store.NumberedCase
	Maybe  []store.NumberedCase // in which the party may be meant
	Rivals []screening.Hit      // others of a like name
	Known  bool
	Name   string
}

// bar is a designation on the timeline, in units of the drawing.
type bar struct {
	Label, Note   string
	X, W          float64
	Law           bool
	From, To      string
	Row           int
	StillListed   bool
	HasStart, End bool
}

type tick struct {
	X    float64
	Year int
}

// Width and row of the timeline's drawing.
const (
	barWidth = 720.0
	barRow   = 26
)

func (p *Pages) party(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	ctx, id := r.Context(), r.PathValue("id")
	know, index, err := p.known.now(ctx)
	if err != nil {
		return "", page{}, err
	}
	b := &partyPage{Party: party.Party{ID: id}}
	if know != nil {
		b.Party, b.Known = know.Party(id)
	}
	all, err := p.desk.CasesOf(ctx, id)
	if err != nil {
		return "", page{}, err
	}
	for _, c := range all {
		if c.Party.ID == id || slices.Contains(c.Party.Same, id) {
			b.Cases = append(b.Cases, c)
		} else {
			b.Maybe = append(b.Maybe, c)
		}
	}
	if !b.Known {
		if len(all) == 0 {
			return "", page{}, missing("the party " + id)
		}
		b.ID, b.Name = id, words.Bearing(all[0].Party)
		return "party", page{Title: b.Name, Section: "screen", Body: b}, nil
	}
	b.Name = b.PrimaryName()
	for other, head := range know.Same() {
		if other != id && (head == know.Same()[id] && head != "" || head == id) {
			if o, ok := know.Party(other); ok {
				b.Same = append(b.Same, o)
			}
		}
	}
	slices.SortFunc(b.Same, func(x, y party.Party) int { return strings.Compare(x.ID, y.ID) })
	for _, h := range index.Find(screening.Query{Name: b.Name, Schema: b.Schema, Limit: 12}) {
		if h.Party.ID != id && !slices.ContainsFunc(b.Same, func(o party.Party) bool { return o.ID == h.Party.ID }) {
			b.Rivals = append(b.Rivals, h)
		}
	}
	b.draw(calendar.FromTime(p.o.Now()))
	return "party", page{Title: b.Name, Section: "screen", Body: b}, nil
}

// draw lays the designations of the party, and of the entries that stand for
// it, along the years.
func (b *partyPage) draw(today calendar.Date) {
	first := today
	each := func(give func(d party.Designation)) {
		for _, e := range append([]party.Party{b.Party}, b.Same...) {
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
			row := bar{Label: strings.TrimSpace(d.Authority + " " + d.Reference), Law: true, Row: len(b.Bars) * barRow, From: s.from.String(), To: s.to.String(), StillListed: s.to.IsZero(), HasStart: !s.from.IsZero()}
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
		b.Years = append(b.Years, tick{at(calendar.On(y, 1, 1)), y})
	}
}

// Height of the drawing.
func (b *partyPage) Height() int { return len(b.Bars)*barRow + 22 }

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
