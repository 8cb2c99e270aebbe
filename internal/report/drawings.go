package report

import (
	"html/template"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/draw"
)

// SourceTree draws who has it from whom: origins, the articles that have it
// from them, and their copies. "" where there is nothing to draw.
func SourceTree(c cases.Case) template.HTML {
	column := map[string]int{}
	refs := map[string]cases.ArticleRef{}
	for _, a := range c.Articles {
		refs[a.ID] = a
	}
	var depth func(id string, seen map[string]bool) int
	depth = func(id string, seen map[string]bool) int {
		if d, ok := column[id]; ok {
			return d
		}
		if seen[id] {
			return 1
		}
		seen[id] = true
		d := 1
		for _, of := range refs[id].Of {
			if _, ok := refs[of]; ok && refs[id].Relation != "own-update" {
				d = max(d, 1+depth(of, seen))
			}
		}
		column[id] = min(d, 4)
		return column[id]
	}
	var nodes []draw.Node
	var links []draw.Link
	for _, o := range c.Origins {
		sub := o.Stance + "; basis " + orUnstated(o.Basis)
		nodes = append(nodes, draw.Node{ID: o.ID, Text: o.ID + " " + o.Holder, Sub: sub, Struck: o.Retracted != ""})
	}
	for _, a := range c.Articles {
		sub := a.Relation
		if len(a.Published) >= 10 {
			sub = a.Published[:10] + ", " + sub
		}
		nodes = append(nodes, draw.Node{ID: a.ID, Text: orElse(a.Outlet, a.ID), Sub: sub, Column: depth(a.ID, map[string]bool{}), Struck: a.Retracted != ""})
		for _, of := range a.Of {
			if _, ok := refs[of]; ok {
				links = append(links, draw.Link{From: of, To: a.ID})
			}
		}
	}
	for _, o := range c.Origins {
		kind := map[string]string{"for": "for", "against": "against"}[o.Stance]
		for _, id := range o.Articles {
			if column[id] == 1 || !slices.ContainsFunc(refs[id].Of, func(of string) bool { return slices.Contains(o.Articles, of) }) {
				links = append(links, draw.Link{From: o.ID, To: id, Kind: kind})
			}
		}
	}
	return template.HTML(draw.Tree(nodes, links)) //nolint:gosec // draw escapes all text
}

// DrawnTimeline draws the reported days, the articles and the measures.
func DrawnTimeline(c cases.Case) template.HTML {
	var events []draw.Event
	if c.Window.Basis == "reported" {
		events = append(events, draw.Event{From: c.Window.Earliest, To: c.Window.Latest, Lane: "as reported", Text: what(c)})
	}
	seen := map[string]bool{}
	for _, l := range c.Claims {
		w := l.Window
		key := l.Element + w.Earliest.String() + w.Latest.String()
		if w.Earliest.IsZero() || w.Latest.IsZero() || seen[key] || l.Act.IsDenialOrNone() || w.Earliest == c.Window.Earliest && w.Latest == c.Window.Latest {
			continue
		}
		seen[key] = true
		events = append(events, draw.Event{From: w.Earliest, To: w.Latest, Lane: "as reported", Text: l.Element + ", " + holderOf(l)})
	}
	var told []draw.Event
	for _, a := range c.Articles {
		if len(a.Published) < 10 {
			continue
		}
		if d, err := calendar.Parse(a.Published[:10]); err == nil {
			told = append(told, draw.Event{From: d, Lane: "told", Text: strings.Trim(a.Outlet+", "+a.Relation, ", ")})
		}
	}
	slices.SortStableFunc(told, draw.Order)
	events = append(events, told...)
	for _, g := range c.Check.Answer.Grounds {
		to := g.Until
		if !to.IsZero() {
			to = to.AddDays(-1)
		}
		if len(events) > 0 {
			events = append(events, draw.Event{From: g.From, To: to, Open: g.Until.IsZero(), Lane: "measures", Text: g.Authority + " " + string(g.Kind) + ", " + interval(g)})
		}
	}
	return template.HTML(draw.Timeline(events)) //nolint:gosec // draw escapes all text
}

func holderOf(l cases.ClaimLine) string {
	if len(l.Chain) > 0 {
		return l.Chain[len(l.Chain)-1]
	}
	return "the outlet itself"
}

// DrawnMap draws where it is said to have been; "" where no place has a position.
func DrawnMap(c cases.Case) template.HTML {
	var points []draw.Point
	var codes []string
	add := func(ps []cases.Place, kind string) {
		for _, p := range ps {
			points = append(points, draw.Point{Name: p.Name, Lat: p.Lat, Lon: p.Lon, Kind: kind})
			if kind == "place" {
				codes = append(codes, p.Country)
			}
		}
	}
	add(c.Places, "place")
	add(c.From, "from")
	add(c.Via, "via")
	return template.HTML(draw.Map(points, codes...)) //nolint:gosec // draw escapes all text
}
