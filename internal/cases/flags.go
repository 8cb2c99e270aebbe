package cases

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// flags looks for the patterns of circular reporting and of stories taken
// back, each with the path that shows it.
func (b *builder) flags(c *Case, g *gatherer, live []*told) {
	add := func(kind, text string, path ...string) { c.Flags = append(c.Flags, Flag{kind, path, text}) }
	for _, r := range g.roots {
		b.fanIn(r, add)
		b.drift(r, add)
		if r.retracted != "" && !r.against {
			add(Retraction, r.out.Holder+": withdrawn by the outlet that had it", append(slices.Clone(r.out.Articles), r.retracted)...)
			b.stale(c, r, add)
		}
	}
	b.loops(c, add)
	b.echoed(c, add)
	for _, t := range live {
		words := quote(t)
		if p, ok := says(words, "overclaim"); ok && c.For.Min < 2 && t.support() {
			add(Overclaim, fmt.Sprintf("says %q; %d origin stands behind it", p, c.For.Min), t.Article)
		}
		for _, k := range t.Chain {
			if _, ok := says(k.Holder, "launder"); ok {
				add(Laundered, "the chain passes through "+k.Holder, t.Article)
			}
			if b.lineage.sameOutlet(k.Holder, b.lineage.own(t.Article)) && k.Kind == speech.Outlet && strings.Contains(foldText(words), "report") {
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
func (b *builder) fanIn(r *root, add adder) {
	outlets := map[string]bool{}
	for _, id := range r.out.Articles {
		outlets[b.lineage.own(id)] = true
	}
	if len(outlets) >= 3 && r.out.Stance == "for" {
		add(FanIn, fmt.Sprintf("%d outlets, one origin: %s", len(outlets), r.out.Holder), r.out.Articles...)
	}
}

// drift: a copy is surer than what it was taken from.
func (b *builder) drift(r *root, add adder) {
	for _, t := range r.claims {
		for _, o := range r.claims {
			if o.Article != t.Article && b.lineage.goesBack(t.Article, o.Article) && o.role.element == t.role.element &&
				t.Certainty != o.Certainty && t.Certainty.Weaker(o.Certainty) == o.Certainty {
				add(DescriptorDrift, fmt.Sprintf("%q became %q", o.Certainty, t.Certainty), o.Article, t.Article)
			}
		}
	}
}

// stale: copies of a withdrawn story that were never withdrawn themselves.
func (b *builder) stale(c *Case, r *root, add adder) {
	for _, a := range c.Articles {
		carries := slices.Contains(r.out.Articles, a.ID) || echoes.Relation(a.Relation).IsCopy() && slices.ContainsFunc(a.Of, func(id string) bool {
			return slices.Contains(r.out.Articles, id)
		})
		if !carries || b.lineage.sameOutlet(b.lineage.own(a.ID), b.lineage.own(r.retracted)) {
			continue
		}
		fixed := slices.ContainsFunc(c.Articles, func(o ArticleRef) bool {
			return o.Relation == string(echoes.OwnUpdate) && slices.Contains(o.Of, a.ID)
		})
		if !fixed {
			add(StaleCopy, "still tells what was withdrawn", a.ID, r.retracted)
		}
	}
}

// loops: two articles that each have the story from the other's outlet.
func (b *builder) loops(c *Case, add adder) {
	cites := map[[2]string]string{}
	for _, l := range c.Claims {
		for _, h := range l.Chain {
			for _, o := range c.Articles {
				if o.ID != l.Article && o.Outlet != "" && b.lineage.sameOutlet(h, o.Outlet) {
					cites[[2]string{b.lineage.own(l.Article), b.lineage.own(o.ID)}] = l.Article
				}
			}
		}
	}
	for k, a := range cites {
		if o, ok := cites[[2]string{k[1], k[0]}]; ok && k[0] < k[1] {
			path := b.arts.inOrder([]string{a, o})
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
			if l.Article != n.Article && slices.ContainsFunc(l.Chain, func(h string) bool { return nameWithin(holderWords(h), holderWords(n.Holder)) }) {
				path = append(path, l.Article)
			}
		}
		add(EchoConfirmation, n.Holder+" "+n.Why, b.arts.inOrder(path)...)
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
	if g, ok := b.lineage.reg.Group(group); ok && (strings.HasPrefix(g.Kind, "state") || g.Kind == "ministry" || g.Kind == "party") {
		add(SingleControlGroup, "every origin comes through "+g.Name, b.arts.inOrder(path)...)
	}
}
