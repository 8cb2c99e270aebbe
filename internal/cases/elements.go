package cases

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/cases/origins"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// part is an element being counted.
type part struct {
	Element
	forIDs, againstIDs []string
	best               speech.Certainty
	solid              []string // origins of at least probable certainty
	rank               int
}

// elements counts each element by itself, and the headline for the case.
func (b *builder) elements(c *Case, g *origins.Gatherer, ts []*happenings.Told) {
	parts := map[string]*part{}
	get := func(name string, t *happenings.Told) *part {
		p := parts[name]
		if p == nil {
			p = &part{Element: Element{Name: name}}
			parts[name] = p
		}
		if name == t.Role.Element && t.Role.Rank > p.rank {
			p.Activity, p.rank = t.Activity, t.Role.Rank
		}
		p.Claims = append(p.Claims, t.ID)
		return p
	}
	for _, t := range ts {
		r := g.At[t]
		if r == nil {
			continue
		}
		if t.Denies() {
			scope, _ := g.Scope(t)
			if scope == "whole" {
				scope = g.Headline
			}
			p := get(scope, t)
			if r.Retracted == "" {
				p.againstIDs = append(p.againstIDs, r.Out.ID)
			}
			continue
		}
		for _, e := range append(g.Elements(t), arguments(t)...) {
			p := get(e, t)
			if r.Retracted != "" {
				continue
			}
			p.forIDs = append(p.forIDs, r.Out.ID)
			if r.Out.Certainty == speech.Certain || r.Out.Certainty == speech.Probable {
				p.solid = append(p.solid, r.Out.ID)
			}
			p.best = origins.Strongest([]speech.Certainty{orLeast(p.best), r.Out.Certainty})
		}
	}
	// a denial of the whole is against the headline even where its own claim names another activity
	for _, r := range g.Roots {
		if r.Out.Stance == "against" && r.Retracted == "" && parts[g.Headline] != nil {
			parts[g.Headline].againstIDs = append(parts[g.Headline].againstIDs, r.Out.ID)
		}
	}
	if parts[g.Headline] == nil {
		parts[g.Headline] = &part{Element: Element{Name: g.Headline, Activity: c.Activity[0], Claims: []string{}}}
	}
	for _, p := range parts {
		c.Elements = append(c.Elements, b.element(p, c, ts))
	}
	slices.SortFunc(c.Elements, func(x, y Element) int {
		return cmp.Or(origins.First(x.Name == g.Headline)-origins.First(y.Name == g.Headline), parts[y.Name].rank-parts[x.Name].rank, cmp.Compare(x.Name, y.Name))
	})
	c.For, c.Against, c.Certainty = c.Elements[0].For, c.Elements[0].Against, cmp.Or(c.Elements[0].Certainty, speech.Uncommitted)
}

func orLeast(c speech.Certainty) speech.Certainty { return cmp.Or(c, speech.Uncommitted) }

func (b *builder) element(p *part, c *Case, ts []*happenings.Told) Element {
	e := p.Element
	e.Claims, e.Origins, e.Denied = uniq(e.Claims), deepest(uniq(p.forIDs), c), deepest(uniq(p.againstIDs), c)
	e.For, e.Against = origins.CountOf(e.Origins, c.Independence), origins.CountOf(e.Denied, c.Independence)
	e.Certainty = p.best
	e.Detail = detailOf(e.Name, ts, p.Claims)
	solid := origins.CountOf(deepest(uniq(p.solid), c), c.Independence)
	switch {
	case e.For.Max == 0:
		e.Level = None
	case solid.Min >= 2 && c.Party.Identity == "accepted":
		e.Level = Corroborated
		for _, o := range c.Origins {
			if o.FirstHand && slices.Contains(p.solid, o.ID) {
				e.Level = CorroboratedFirstHand
			}
		}
	case e.For.Max >= 2:
		e.Level = Claimed
	default:
		e.Level = SingleOrigin
	}
	return e
}

// deepest leaves out outlets that only pass on what another origin of the same
// element said: counted as a part of their own they would tie together two
// sources that have nothing to do with each other.
func deepest(ids []string, c *Case) []string {
	outlet := map[string]bool{}
	for _, o := range c.Origins {
		outlet[o.ID] = o.Kind == speech.Outlet || o.Kind == speech.Wire
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		return outlet[id] && slices.ContainsFunc(c.Independence, func(e Edge) bool {
			other := e.A
			if e.A == id {
				other = e.B
			}
			return e.Value == Dependent && (e.A == id || e.B == id) && !outlet[other] && slices.Contains(ids, other)
		})
	})
}

// arguments of a claim that are counted as elements of their own.
func arguments(t *happenings.Told) []string {
	var out []string
	if t.Purpose != "" {
		out = append(out, "purpose")
	}
	if len(t.Items) > 0 {
		out = append(out, "goods")
		if slices.ContainsFunc(t.Items, func(i claims.Item) bool { return i.Quantity != nil }) {
			out = append(out, "quantity")
		}
	}
	if t.Amount != nil {
		out = append(out, "amount")
	}
	return out
}

// detailOf says in a few words what the element is about.
func detailOf(name string, ts []*happenings.Told, ids []string) string {
	var out []string
	for _, t := range ts {
		if !slices.Contains(ids, t.ID) || t.Denies() {
			continue
		}
		switch name {
		case "purpose":
			out = append(out, t.Purpose)
		case "goods":
			for _, i := range t.Items {
				out = append(out, i.Item)
			}
		case "quantity":
			for _, i := range t.Items {
				if i.Quantity != nil {
					out = append(out, happenings.Quantity(i))
				}
			}
		case "amount":
			if t.Amount != nil {
				out = append(out, happenings.Amount(*t.Amount))
			}
		case "meeting", "call", "agreement":
			for _, p := range t.Players {
				if p.Party == "" || p.Party != t.Subject {
					out = append(out, "with "+p.Name)
				}
			}
		}
	}
	return strings.Join(uniq(out), ", ")
}
