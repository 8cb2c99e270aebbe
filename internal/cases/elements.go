package cases

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

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
func (b *builder) elements(c *Case, g *gatherer, ts []*told) {
	parts := map[string]*part{}
	get := func(name string, t *told) *part {
		p := parts[name]
		if p == nil {
			p = &part{Element: Element{Name: name}}
			parts[name] = p
		}
		if name == t.role.element && t.role.rank > p.rank {
			p.Activity, p.rank = t.Activity, t.role.rank
		}
		p.Claims = append(p.Claims, t.ID)
		return p
	}
	for _, t := range ts {
		r := g.at[t]
		if r == nil {
			continue
		}
		if t.denies() {
			scope, _ := g.scope(t)
			if scope == "whole" {
				scope = g.headline
			}
			p := get(scope, t)
			if r.retracted == "" {
				p.againstIDs = append(p.againstIDs, r.out.ID)
			}
			continue
		}
		for _, e := range append(g.elements(t), arguments(t)...) {
			p := get(e, t)
			if r.retracted != "" {
				continue
			}
			p.forIDs = append(p.forIDs, r.out.ID)
			if r.out.Certainty == speech.Certain || r.out.Certainty == speech.Probable {
				p.solid = append(p.solid, r.out.ID)
			}
			p.best = strongest([]speech.Certainty{orLeast(p.best), r.out.Certainty})
		}
	}
	// a denial of the whole is against the headline even where its own claim names another activity
	for _, r := range g.roots {
		if r.out.Stance == "against" && r.retracted == "" && parts[g.headline] != nil {
			parts[g.headline].againstIDs = append(parts[g.headline].againstIDs, r.out.ID)
		}
	}
	if parts[g.headline] == nil {
		parts[g.headline] = &part{Element: Element{Name: g.headline, Activity: c.Activity[0], Claims: []string{}}}
	}
	for _, p := range parts {
		c.Elements = append(c.Elements, b.element(p, c, ts))
	}
	slices.SortFunc(c.Elements, func(x, y Element) int {
		return cmp.Or(boolRank(x.Name == g.headline)-boolRank(y.Name == g.headline), parts[y.Name].rank-parts[x.Name].rank, cmp.Compare(x.Name, y.Name))
	})
	c.For, c.Against, c.Certainty = c.Elements[0].For, c.Elements[0].Against, cmp.Or(c.Elements[0].Certainty, speech.Uncommitted)
}

func orLeast(c speech.Certainty) speech.Certainty { return cmp.Or(c, speech.Uncommitted) }

func (b *builder) element(p *part, c *Case, ts []*told) Element {
	e := p.Element
	e.Claims, e.Origins, e.Denied = uniq(e.Claims), uniq(p.forIDs), uniq(p.againstIDs)
	e.For, e.Against = count(e.Origins, c.Independence), count(e.Denied, c.Independence)
	e.Certainty = p.best
	e.Detail = detailOf(e.Name, ts, p.Claims)
	solid := count(uniq(p.solid), c.Independence)
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

// arguments of a claim that are counted as elements of their own.
func arguments(t *told) []string {
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
func detailOf(name string, ts []*told, ids []string) string {
	var out []string
	for _, t := range ts {
		if !slices.Contains(ids, t.ID) || t.denies() {
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
					out = append(out, quantity(i))
				}
			}
		case "amount":
			if t.Amount != nil {
				out = append(out, amount(*t.Amount))
			}
		case "meeting", "call", "agreement":
			for _, p := range t.Players {
				if p.Party == "" || p.Party != t.subject {
					out = append(out, "with "+p.Name)
				}
			}
		}
	}
	return strings.Join(uniq(out), ", ")
}

func quantity(i claims.Item) string {
	n := ""
	if i.Quantity != nil {
		n = strconv.FormatFloat(*i.Quantity, 'f', -1, 64)
	}
	if i.Bound != "" {
		n = strings.ReplaceAll(i.Bound, "-", " ") + " " + n
	}
	return strings.Join(strings.Fields(n+" "+i.Unit+" "+i.Item), " ")
}

func amount(a claims.Amount) string {
	n := strconv.FormatFloat(a.Value, 'f', -1, 64)
	if a.Bound != "" {
		n = strings.ReplaceAll(a.Bound, "-", " ") + " " + n
	}
	return fmt.Sprintf("%s %s", n, a.Currency)
}
