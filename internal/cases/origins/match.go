package origins

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

func (g *Gatherer) find(t *happenings.Told, v voice) *Root {
	same := func(r *Root) bool { return r.Against == t.Denies() && g.sameHolder(r, t, v) }
	if !v.own {
		if i := slices.IndexFunc(g.Roots, same); i >= 0 {
			return g.Roots[i]
		}
	}
	if r := g.inText(t, v); r != nil {
		return r
	}
	// A copy says what its source says: what is not named otherwise is the
	// source's own origin.
	if src := g.Lines.source(t.Article); src != t.Article {
		if r := g.best(t, v, g.family(src), g.translated(t.Article)); r != nil {
			return r
		}
	}
	for _, src := range g.Lines.heard(g.Lines.source(t.Article)) {
		if v.own || v.anonymous || g.Lines.SameOutlet(v.name, g.Lines.Own(src)) {
			as := v
			as.anonymous = as.anonymous || !as.own // the outlet cited is not a second holder
			if r := g.best(t, as, g.family(g.Lines.source(src)), false); r != nil {
				return r
			}
		}
	}
	if v.own {
		// The lead says in the outlet's voice what a source tells below.
		if r := g.best(t, v, g.family(g.Lines.source(t.Article)), false); r != nil {
			return r
		}
		if i := slices.IndexFunc(g.Roots, func(r *Root) bool {
			return r.own && r.Against == t.Denies() && g.Lines.SameOutlet(r.name, v.name)
		}); i >= 0 {
			return g.Roots[i]
		}
	}
	return nil
}

// inText finds the same holder under another description in the same text: an
// outlet that only passes on what a deeper holder said, "the notary" for the
// one named before, and the man of the lead who is named further down.
func (g *Gatherer) inText(t *happenings.Told, v voice) *Root {
	if v.own {
		return nil
	}
	text := g.family(g.Lines.source(t.Article))
	var near []*Root
	for _, r := range g.Roots {
		if r.Against == t.Denies() && !r.own && slices.ContainsFunc(r.Claims, func(o *happenings.Told) bool { return text(o) && g.shares(o, t) }) {
			near = append(near, r)
		}
	}
	pick := func(ok func(*Root) bool) *Root {
		var found *Root
		for _, r := range near {
			if ok(r) {
				if found != nil {
					return nil
				}
				found = r
			}
		}
		return found
	}
	outlet := v.kind == speech.Outlet || v.kind == speech.Wire
	for _, r := range near { // the source behind an outlet counted till now
		if !outlet && (r.kind == speech.Outlet || r.kind == speech.Wire) && slices.ContainsFunc(r.Claims, func(o *happenings.Told) bool { return text(o) && cites(o, v) }) {
			v.carrier = cmp.Or(r.name, v.carrier)
			r.voice = v
			return r
		}
	}
	if speaks(v.kind) && !v.anonymous { // the statement cited above was his
		if r := pick(func(r *Root) bool { return r.kind == speech.DocumentH && statement(r.text) }); r != nil {
			r.voice = v
			return r
		}
	}
	switch {
	case v.kind == speech.DocumentH && statement(v.text): // whoever speaks by it
		return pick(func(r *Root) bool { return speaks(r.kind) && !r.anonymous })
	case outlet && !v.media: // it only passes on, whichever of them it was
		for _, r := range near {
			if g.Lines.SameOutlet(r.carrier, v.name) || g.passes(r, v.name) {
				return r
			}
		}
		for _, r := range near { // "Fox said, citing two officials"
			if !r.against(t) && cites(t, r.voice) {
				return r
			}
		}
		return nil
	case v.anonymous && definite(v.text) && !nameless(v.text):
		return pick(func(r *Root) bool { return personal(r.voice) && !r.plural() })
	case v.anonymous && !nameless(v.text) && !v.plural():
		return pick(func(r *Root) bool { return !r.anonymous && personal(r.voice) && g.leads(t, r) })
	case !v.anonymous && personal(v):
		r := pick(func(r *Root) bool {
			return r.anonymous && !nameless(r.text) && !r.plural() && (definite(r.text) || personal(r.voice) && g.leadsRoot(r, t))
		})
		if r != nil { // now he has a name
			link := r.link
			r.voice = v
			r.link.Basis = cmp.Or(v.link.Basis, link.Basis)
		}
		return r
	}
	return nil
}

func (r *Root) against(t *happenings.Told) bool { return r.Against != t.Denies() }

// cites: the words of a claim that ends in an outlet name a deeper holder.
func cites(t *happenings.Told, v voice) bool {
	holder := Fold(bare(v.text))
	if v.kind == speech.Outlet || v.kind == speech.Wire || len(strings.Fields(holder)) < 2 {
		return false
	}
	words := " " + Fold(t.Quote()) + " "
	return strings.Contains(words, " citing "+holder+" ") || strings.Contains(words, " cited "+holder+" ") || strings.Contains(words, " quoting "+holder+" ")
}

// printed: an outlet speaks of unnamed sources as its own whom it had, by the
// same name, from another outlet before.
func (g *Gatherer) printed(r *Root, t *happenings.Told, v voice) bool {
	own := g.Lines.Own(t.Article)
	return g.Lines.SameOutlet(v.carrier, own) && slices.ContainsFunc(r.Claims, func(o *happenings.Told) bool {
		return g.Lines.SameOutlet(g.Lines.Own(o.Article), own) && subset(v.words, r.words) && len(v.words) > 1
	})
}

// passes: some chain of the origin goes through that outlet.
func (g *Gatherer) passes(r *Root, outlet string) bool {
	for _, t := range r.Claims {
		for _, k := range t.Chain {
			if g.Lines.SameOutlet(k.Holder, outlet) {
				return true
			}
		}
	}
	return false
}

// leads: the claim stands before those of the origin in its text.
func (g *Gatherer) leads(t *happenings.Told, r *Root) bool {
	return slices.ContainsFunc(r.Claims, func(o *happenings.Told) bool { return o.Article == t.Article && t.Evidence.Start <= o.Evidence.Start })
}

func (g *Gatherer) leadsRoot(r *Root, t *happenings.Told) bool {
	return slices.ContainsFunc(r.Claims, func(o *happenings.Told) bool { return o.Article == t.Article && o.Evidence.Start <= t.Evidence.Start })
}

// takesBack: the denial stands in a notice by which the outlet withdraws its
// story; it is part of the withdrawal, not somebody against.
func (g *Gatherer) takesBack(t *happenings.Told) bool { return g.notices[t.Article] }

// family tells whether a claim stands in the same text.
func (g *Gatherer) family(src string) func(*happenings.Told) bool {
	return func(o *happenings.Told) bool { return g.Lines.source(o.Article) == src }
}

func (g *Gatherer) translated(id string) bool {
	return slices.ContainsFunc(g.Lines.Of[id], func(e echoes.Edge) bool { return e.Relation == echoes.Translation })
}

// best finds, among the origins heard in those texts, the one a claim repeats.
func (g *Gatherer) best(t *happenings.Told, v voice, in func(*happenings.Told) bool, translated bool) *Root {
	var found *Root
	top := 0
	for _, r := range g.Roots {
		if r.Against != t.Denies() || !slices.ContainsFunc(r.Claims, in) {
			continue
		}
		named := !v.own && !v.anonymous
		if named && !translated { // a name of its own is an origin of its own
			continue
		}
		if named && r.anonymous {
			continue
		}
		n := 1
		for _, o := range r.Claims {
			if in(o) && g.shares(o, t) {
				n = max(n, 3)
			}
		}
		if v.own && n < 3 {
			continue
		}
		if r.anonymous == v.anonymous {
			n++
		}
		for _, w := range v.words {
			if slices.Contains(r.words, w) {
				n++
			}
		}
		if n > top {
			found, top = r, n
		}
	}
	return found
}

// shares: the two claims bear on one element.
func (g *Gatherer) shares(a, b *happenings.Told) bool {
	for _, e := range g.Elements(a) {
		if slices.Contains(g.Elements(b), e) {
			return true
		}
	}
	return false
}

// sameHolder: one holder under two descriptions. Named ones by their names;
// unnamed ones only within the outlet that has them, by the same descriptor,
// or where the words refer back to the one before.
func (g *Gatherer) sameHolder(r *Root, t *happenings.Told, v voice) bool {
	if r.own != v.own || r.anonymous != v.anonymous {
		return r.own && !v.anonymous && (v.kind == speech.Outlet || v.kind == speech.Wire) && g.Lines.SameOutlet(r.name, v.name)
	}
	if !v.anonymous {
		if v.kind == speech.Outlet || v.kind == speech.Wire {
			return g.Lines.SameOutlet(r.name, v.name)
		}
		return NameWithin(r.words, v.words)
	}
	if !g.Lines.SameOutlet(r.carrier, v.carrier) && !g.printed(r, t, v) && !(r.carrier == "" && v.carrier == "" && r.Claims[0].Article == t.Article) {
		return false
	}
	text := slices.ContainsFunc(r.Claims, func(o *happenings.Told) bool { return g.Lines.source(o.Article) == g.Lines.source(t.Article) })
	switch {
	case slices.Equal(r.words, v.words):
		return true
	case text && (definite(v.text) || definite(r.text)):
		return subset(v.words, r.words) || subset(r.words, v.words) || slices.Contains(backWords, Fold(v.text))
	case len(v.words) > 0 && len(r.words) > 0:
		return subset(v.words, r.words) || subset(r.words, v.words)
	}
	return false
}
