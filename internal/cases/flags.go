package cases

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/cases/origins"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// flags looks for the patterns of circular reporting and of stories taken
// back, each with the path that shows it.
func (b *builder) flags(c *Case, g *origins.Gatherer, live []*happenings.Told) {
	add := func(kind, text string, path ...string) { c.Flags = append(c.Flags, Flag{kind, path, text}) }
	for _, r := range g.Roots {
		b.fanIn(r, add)
		b.drift(r, add)
		if r.Retracted != "" && !r.Against {
			add(Retraction, r.Out.Holder+": withdrawn by the outlet that had it", append(slices.Clone(r.Out.Articles), r.Retracted)...)
			b.stale(c, r, add)
		}
	}
	b.loops(c, add)
	b.echoed(c, add)
	for _, t := range live {
		words := t.Quote()
		if p, ok := origins.Says(words, "overclaim"); ok && c.For.Min < 2 && t.Supports() {
			add(Overclaim, fmt.Sprintf("says %q; %d origin stands behind it", p, c.For.Min), t.Article)
		}
		if p, ok := b.lineage.CitesItself(t); ok {
			add(SelfCitation, fmt.Sprintf("the outlet cites its own reporting: %q", p), t.Article)
		}
		for _, k := range t.Chain {
			if _, ok := origins.Says(k.Holder, "launder"); ok {
				add(Laundered, "the chain passes through "+k.Holder, t.Article)
			}
			if b.lineage.SameOutlet(k.Holder, b.lineage.Own(t.Article)) && k.Kind == speech.Outlet && strings.Contains(origins.Fold(words), "report") {
				add(SelfCitation, "the outlet cites its own reporting", t.Article)
			}
		}
	}
	b.oneHand(c, add)
	slices.SortFunc(c.Flags, func(x, y Flag) int {
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), slices.Compare(x.Path, y.Path), cmp.Compare(x.Text, y.Text))
	})
	c.Flags = slices.CompactFunc(c.Flags, func(x, y Flag) bool {
		return x.Kind == y.Kind && slices.Equal(x.Path, y.Path) && x.Text == y.Text
	})
}

type adder func(kind, text string, path ...string)

// fanIn: many outlets, one origin.
func (b *builder) fanIn(r *origins.Root, add adder) {
	outlets := map[string]bool{}
	for _, id := range r.Out.Articles {
		outlets[b.lineage.Own(id)] = true
	}
	if len(outlets) >= 3 && r.Out.Stance == "for" {
		add(FanIn, fmt.Sprintf("%d outlets, one origin: %s", len(outlets), r.Out.Holder), r.Out.Articles...)
	}
}

// drift: a copy is surer than what it was taken from.
func (b *builder) drift(r *origins.Root, add adder) {
	for _, t := range r.Claims {
		for _, o := range r.Claims {
			if o.Article != t.Article && b.lineage.GoesBack(t.Article, o.Article) && o.Role.Element == t.Role.Element &&
				t.Certainty != o.Certainty && t.Certainty.Weaker(o.Certainty) == o.Certainty {
				add(DescriptorDrift, fmt.Sprintf("%q became %q", o.Certainty, t.Certainty), o.Article, t.Article)
			}
		}
	}
}

// stale: copies of a withdrawn story that were never withdrawn themselves.
func (b *builder) stale(c *Case, r *origins.Root, add adder) {
	for _, a := range c.Articles {
		carries := slices.Contains(r.Out.Articles, a.ID) || echoes.Relation(a.Relation).IsCopy() && slices.ContainsFunc(a.Of, func(id string) bool {
			return slices.Contains(r.Out.Articles, id)
		})
		if !carries || b.lineage.SameOutlet(b.lineage.Own(a.ID), b.lineage.Own(r.Retracted)) {
			continue
		}
		fixed := slices.ContainsFunc(c.Articles, func(o ArticleRef) bool {
			return o.Relation == string(echoes.OwnUpdate) && slices.Contains(o.Of, a.ID)
		})
		if !fixed {
			add(StaleCopy, "still tells what was withdrawn", a.ID, r.Retracted)
		}
	}
}

// loops: two articles that each have the story from the other's outlet.
func (b *builder) loops(c *Case, add adder) {
	cites := map[[2]string]string{}
	for _, l := range c.Claims {
		for _, h := range l.Chain {
			for _, o := range c.Articles {
				if o.ID != l.Article && o.Outlet != "" && b.lineage.SameOutlet(h, o.Outlet) {
					cites[[2]string{b.lineage.Own(l.Article), b.lineage.Own(o.ID)}] = l.Article
				}
			}
		}
	}
	for k, a := range cites {
		if o, ok := cites[[2]string{k[1], k[0]}]; ok && k[0] < k[1] {
			path := b.arts.InOrder([]string{a, o})
			add(Loop, k[0]+" and "+k[1]+" cite each other", path...)
		}
	}
}

// echoed: a confirmation that rests on the press, and those who then cite it.
func (b *builder) echoed(c *Case, add adder) {
	for _, n := range c.NotOrigins {
		if !strings.Contains(n.Why, "media") {
			continue
		}
		path := []string{n.Article}
		for _, l := range c.Claims {
			if l.Article != n.Article && slices.ContainsFunc(l.Chain, func(h string) bool { return origins.NameWithin(origins.HolderWords(h), origins.HolderWords(n.Holder)) }) {
				path = append(path, l.Article)
			}
		}
		add(EchoConfirmation, n.Holder+" "+n.Why, b.arts.InOrder(path)...)
	}
}

// oneHand: all that speaks for it comes through one control group.
func (b *builder) oneHand(c *Case, add adder) {
	group := ""
	var path []string
	for _, o := range c.Origins {
		if o.Stance != "for" || o.Retracted != "" {
			continue
		}
		if o.Group == "" || group != "" && o.Group != group {
			return
		}
		group = o.Group
		path = append(path, o.Articles...)
	}
	if g, ok := b.lineage.Reg.Group(group); ok && (strings.HasPrefix(g.Kind, "state") || g.Kind == "ministry" || g.Kind == "party") {
		add(SingleControlGroup, "every origin comes through "+g.Name, b.arts.InOrder(path)...)
	}
}
