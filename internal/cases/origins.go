package cases

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// voice is who stands at the end of a claim's chain.
type voice struct {
	text, name string
	kind       speech.HolderKind
	words      []string
	carrier    string // the outlet that has it from him
	own        bool   // the article says it in its own voice
	anonymous  bool
	media      bool // somebody else's stories, not named
	link       claims.Link
}

// root is an origin being gathered.
type root struct {
	voice
	claims    []*told
	against   bool
	folded    map[*told]bool // the outlet's own words about what the holder said
	retracted string
	basis     string
	out       *Origin
}

// gatherer finds the origins of one happening (model.md 4.2).
type gatherer struct {
	l        *lineage
	home     []string // nationalities of the subject: what lies there implies no trip
	abroad   string   // the one State of the happening, for claims that name no place
	headline string
	roots    []*root
	none     []NotOrigin
	at       map[*told]*root
	notices  map[string]bool    // articles that withdraw a story of their outlet
	silent   map[string][]*told // by article: those who cannot confirm
}

// unsigned stands for an outlet that is not known.
const unsigned = "the article itself, outlet not stated"

// voiceOf reads the end of the chain. The outlet that prints the text, or
// whose text is printed, is no link of it.
func (g *gatherer) voiceOf(t *told) voice {
	outlet := g.l.outlet(t.Article)
	chain := t.Chain
	for len(chain) > 0 && (chain[0].Kind == speech.Outlet || chain[0].Kind == speech.Wire) &&
		(g.l.sameOutlet(chain[0].Holder, outlet) || g.l.sameOutlet(chain[0].Holder, g.l.own(t.Article))) {
		chain = chain[1:]
	}
	v := voice{carrier: outlet, own: len(chain) == 0}
	if v.own {
		v.text, v.name, v.kind, v.words = cmp.Or(outlet, unsigned), outlet, speech.Outlet, outletWords(outlet)
		return v
	}
	for _, k := range chain[:len(chain)-1] {
		if k.Kind == speech.Outlet || k.Kind == speech.Wire {
			v.carrier = g.l.name(cmp.Or(k.Name, k.Holder), nil)
		}
	}
	last := chain[len(chain)-1]
	v.link, v.text, v.name, v.kind = last, last.Holder, last.Name, last.Kind
	v.words = holderWords(cmp.Or(last.Name, last.Holder))
	v.media = mediaHolder(last.Holder) && last.Name == ""
	v.anonymous = anonymousKind(last.Kind) || v.media || roleOnly(last)
	if !v.anonymous && (v.kind == speech.Outlet || v.kind == speech.Wire) {
		v.name = g.l.name(cmp.Or(v.name, v.text), nil)
		v.words = outletWords(v.name)
	}
	return v
}

// roleOnly: an official or a person without a name, and without the name of
// an office: "a Western official", "officials there".
func roleOnly(k claims.Link) bool {
	if k.Kind != speech.Official && k.Kind != speech.PersonH || k.Name != "" {
		return false
	}
	return !strings.Contains(foldText(k.Holder), "spokes") && !strings.Contains(foldText(k.Holder), "porte parole")
}

// gather takes the claims for and against the deed, sources before copies,
// attributed claims before the outlets' own words.
func (g *gatherer) gather(ts []*told) {
	g.at = map[*told]*root{}
	g.notices = map[string]bool{}
	g.silent = map[string][]*told{}
	for _, t := range ts {
		if t.Act == speech.CannotConfirm && t.role.element == g.headline {
			g.silent[t.Article] = append(g.silent[t.Article], t)
		}
		if t.Act == speech.Retract && g.voiceOf(t).own {
			g.notices[t.Article] = true
		}
	}
	order := slices.Clone(ts)
	slices.SortStableFunc(order, func(a, b *told) int {
		return cmp.Or(g.depth(a.Article)-g.depth(b.Article), g.l.arts.earlier(a.Article, b.Article), len(b.Chain)-len(a.Chain))
	})
	for _, own := range []bool{false, true} {
		for _, t := range order {
			if t.Act == speech.Retract || t.Act == speech.Correct || !t.support() && !t.denies() {
				continue
			}
			v := g.voiceOf(t)
			if v.own != own || g.noOrigin(t, v) || t.denies() && g.takesBack(t) {
				continue
			}
			g.enter(t, v)
		}
	}
}

// depth counts the steps by which an article goes back to others.
func (g *gatherer) depth(id string) int {
	n := 0
	for range 32 {
		next := ""
		for _, e := range g.l.of[id] {
			if e.Relation.IsCopy() || e.Relation == echoes.Aggregation {
				next = e.Of
				break
			}
		}
		if next == "" {
			break
		}
		id = next
		n++
	}
	return n
}

// noOrigin sets aside voices that add no knowledge: officials who rely on the
// press, and the party's own side conceding what was reported.
func (g *gatherer) noOrigin(t *told, v voice) bool {
	words := t.Evidence.Of(t.article.Text)
	why := ""
	official := !v.own && speaks(v.kind)
	switch {
	case t.denies():
		return false
	case official && pressIn(words):
		why = "relies on media reports, by the words used: a confirmation that adds no origin"
	case v.media && len(t.Chain) > 1 && speaks(t.Chain[len(t.Chain)-2].Kind):
		why = "has it from the media"
	case official && g.ownSideSilent(t):
		why = "mentions it while his own side, in the same article, cannot confirm it"
	case official && conceded(words):
		why = "concedes what was reported: not counted again"
	default:
		return false
	}
	holder := v.text
	if v.media && len(t.Chain) > 1 {
		holder = t.Chain[len(t.Chain)-2].Holder
	}
	g.none = append(g.none, NotOrigin{Holder: holder, Article: t.Article, Why: why, Claims: []string{t.ID}})
	return true
}

// ownSideSilent: somebody of the same chain or State says in the same article
// that he cannot confirm it; raising a report with others is then no knowledge.
func (g *gatherer) ownSideSilent(t *told) bool {
	if t.Act == speech.Confirm {
		return false
	}
	return slices.ContainsFunc(g.silent[t.Article], func(o *told) bool {
		for _, a := range t.Chain {
			for _, b := range o.Chain {
				if speaks(a.Kind) && speaks(b.Kind) && (a.Country != "" && a.Country == b.Country ||
					nameWithin(holderWords(cmp.Or(a.Name, a.Holder)), holderWords(cmp.Or(b.Name, b.Holder)))) {
					return true
				}
			}
		}
		return false
	})
}

func pressIn(s string) bool  { _, ok := says(s, "press"); return ok }
func conceded(s string) bool { _, ok := says(s, "concede"); return ok }

func speaks(k speech.HolderKind) bool {
	return k == speech.Official || k == speech.GovernmentH || k == speech.PersonH || k == speech.Organisation || k == speech.CompanyH
}

// enter counts a claim for the origin it belongs to, old or new.
func (g *gatherer) enter(t *told, v voice) {
	r := g.find(t, v)
	if r == nil {
		r = &root{voice: v, against: t.denies(), folded: map[*told]bool{}}
		g.roots = append(g.roots, r)
	}
	r.claims = append(r.claims, t)
	if v.own && !r.own {
		r.folded[t] = true
	}
	g.at[t] = r
}

func (g *gatherer) find(t *told, v voice) *root {
	same := func(r *root) bool { return r.against == t.denies() && g.sameHolder(r, t, v) }
	if !v.own {
		if i := slices.IndexFunc(g.roots, same); i >= 0 {
			return g.roots[i]
		}
	}
	if r := g.inText(t, v); r != nil {
		return r
	}
	// A copy says what its source says: what is not named otherwise is the
	// source's own origin.
	if src := g.l.source(t.Article); src != t.Article {
		if r := g.best(t, v, g.family(src), g.translated(t.Article)); r != nil {
			return r
		}
	}
	for _, src := range g.l.heard(g.l.source(t.Article)) {
		if v.own || v.anonymous || g.l.sameOutlet(v.name, g.l.own(src)) {
			as := v
			as.anonymous = as.anonymous || !as.own // the outlet cited is not a second holder
			if r := g.best(t, as, g.family(g.l.source(src)), false); r != nil {
				return r
			}
		}
	}
	if v.own {
		// The lead says in the outlet's voice what a source tells below.
		if r := g.best(t, v, g.family(g.l.source(t.Article)), false); r != nil {
			return r
		}
		if i := slices.IndexFunc(g.roots, func(r *root) bool {
			return r.own && r.against == t.denies() && g.l.sameOutlet(r.name, v.name)
		}); i >= 0 {
			return g.roots[i]
		}
	}
	return nil
}

// inText finds the same holder under another description in the same text: an
// outlet that only passes on what a deeper holder said, "the notary" for the
// one named before, and the man of the lead who is named further down.
func (g *gatherer) inText(t *told, v voice) *root {
	if v.own {
		return nil
	}
	text := g.family(g.l.source(t.Article))
	var near []*root
	for _, r := range g.roots {
		if r.against == t.denies() && !r.own && slices.ContainsFunc(r.claims, func(o *told) bool { return text(o) && g.shares(o, t) }) {
			near = append(near, r)
		}
	}
	pick := func(ok func(*root) bool) *root {
		var found *root
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
	switch {
	case outlet && !v.media:
		return pick(func(r *root) bool { return g.l.sameOutlet(r.carrier, v.name) || g.passes(r, v.name) })
	case v.anonymous && definite(v.text) && !nameless(v.text):
		return pick(func(r *root) bool { return personal(r.voice) && !r.plural() })
	case v.anonymous && !nameless(v.text) && !v.plural():
		return pick(func(r *root) bool { return !r.anonymous && personal(r.voice) && g.leads(t, r) })
	case !v.anonymous && personal(v):
		r := pick(func(r *root) bool {
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

// passes: some chain of the origin goes through that outlet.
func (g *gatherer) passes(r *root, outlet string) bool {
	for _, t := range r.claims {
		for _, k := range t.Chain {
			if g.l.sameOutlet(k.Holder, outlet) {
				return true
			}
		}
	}
	return false
}

func personal(v voice) bool {
	return v.kind == speech.PersonH || v.kind == speech.Official || v.kind == speech.Anonymous
}

func (v voice) plural() bool { return v.link.Plural || v.link.Stated > 1 }

// leads: the claim stands before those of the origin in its text.
func (g *gatherer) leads(t *told, r *root) bool {
	return slices.ContainsFunc(r.claims, func(o *told) bool { return o.Article == t.Article && t.Evidence.Start <= o.Evidence.Start })
}

func (g *gatherer) leadsRoot(r *root, t *told) bool {
	return slices.ContainsFunc(r.claims, func(o *told) bool { return o.Article == t.Article && o.Evidence.Start <= t.Evidence.Start })
}

// takesBack: the denial stands in a notice by which the outlet withdraws its
// story; it is part of the withdrawal, not somebody against.
func (g *gatherer) takesBack(t *told) bool { return g.notices[t.Article] }

// family tells whether a claim stands in the same text.
func (g *gatherer) family(src string) func(*told) bool {
	return func(o *told) bool { return g.l.source(o.Article) == src }
}

func (g *gatherer) translated(id string) bool {
	return slices.ContainsFunc(g.l.of[id], func(e echoes.Edge) bool { return e.Relation == echoes.Translation })
}

// best finds, among the origins heard in those texts, the one a claim repeats.
func (g *gatherer) best(t *told, v voice, in func(*told) bool, translated bool) *root {
	var found *root
	top := 0
	for _, r := range g.roots {
		if r.against != t.denies() || !slices.ContainsFunc(r.claims, in) {
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
		for _, o := range r.claims {
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
func (g *gatherer) shares(a, b *told) bool {
	for _, e := range g.elements(a) {
		if slices.Contains(g.elements(b), e) {
			return true
		}
	}
	return false
}

// sameHolder: one holder under two descriptions. Named ones by their names;
// unnamed ones only within the outlet that has them, by the same descriptor,
// or where the words refer back to the one before.
func (g *gatherer) sameHolder(r *root, t *told, v voice) bool {
	if r.own != v.own || r.anonymous != v.anonymous {
		return r.own && !v.anonymous && (v.kind == speech.Outlet || v.kind == speech.Wire) && g.l.sameOutlet(r.name, v.name)
	}
	if !v.anonymous {
		if v.kind == speech.Outlet || v.kind == speech.Wire {
			return g.l.sameOutlet(r.name, v.name)
		}
		return nameWithin(r.words, v.words)
	}
	if !g.l.sameOutlet(r.carrier, v.carrier) && !(r.carrier == "" && v.carrier == "" && r.claims[0].Article == t.Article) {
		return false
	}
	text := slices.ContainsFunc(r.claims, func(o *told) bool { return g.l.source(o.Article) == g.l.source(t.Article) })
	switch {
	case slices.Equal(r.words, v.words):
		return true
	case text && (definite(v.text) || definite(r.text)):
		return subset(v.words, r.words) || subset(r.words, v.words) || slices.Contains(backWords, foldText(v.text))
	case len(v.words) > 0 && len(r.words) > 0:
		return subset(v.words, r.words) || subset(r.words, v.words)
	}
	return false
}

// elements that a claim bears on.
func (g *gatherer) elements(t *told) []string {
	out := []string{t.role.element}
	country := cmp.Or(t.country, g.abroad)
	if t.role.implies != "" && !t.reply() && country != "" && !slices.Contains(g.home, country) {
		out = append(out, t.role.implies)
	}
	return out
}

// side of an origin: whether it speaks against the headline, an element of it
// or for it.
func (g *gatherer) side(r *root) string {
	if !r.against {
		return "for"
	}
	for _, t := range r.claims {
		if _, ag := g.scope(t); ag {
			return "against"
		}
	}
	return "other"
}

// scope of a denial as it bears on the headline. One that denies another
// element leaves the headline untouched.
func (g *gatherer) scope(t *told) (string, bool) {
	word := t.Scope
	whole := word == "" || strings.EqualFold(word, "whole")
	if whole && t.denies() && t.role.element != g.headline && !samePresence(t.role.element, g.headline) {
		word = t.role.element
	}
	if samePresence(word, g.headline) {
		word = "whole"
	}
	s, against := scopeFor(word, g.headline)
	return s, against && t.denies()
}

// samePresence: who denies that a man was there denies that he came.
func samePresence(a, b string) bool {
	in := func(s string) bool { return s == "trip" || s == "presence" || s == "visit" || s == "travel" }
	return in(strings.ToLower(a)) && in(b)
}

// finish makes the origins of the case file.
func (g *gatherer) finish() []Origin {
	for _, r := range g.roots {
		r.out = g.origin(r)
	}
	slices.SortStableFunc(g.roots, func(a, b *root) int {
		return cmp.Or(sideRank(a.out.Stance)-sideRank(b.out.Stance), boolRank(a.out.FirstHand)-boolRank(b.out.FirstHand),
			boolRank(a.out.Retracted == "")-boolRank(b.out.Retracted == ""), boolRank(!a.anonymous)-boolRank(!b.anonymous),
			cmp.Compare(a.out.FirstSeen, b.out.FirstSeen), cmp.Compare(a.out.Holder, b.out.Holder), cmp.Compare(a.out.Claims[0], b.out.Claims[0]))
	})
	var out []Origin
	for i, r := range g.roots {
		r.out.ID = fmt.Sprintf("O%d", i+1)
		out = append(out, *r.out)
	}
	return out
}

func sideRank(s string) int {
	return slices.Index([]string{"for", "against", "other"}, s)
}

func boolRank(first bool) int {
	if first {
		return 0
	}
	return 1
}

func (g *gatherer) origin(r *root) *Origin {
	o := &Origin{Holder: r.text, Kind: r.kind, Stated: r.link.Stated, Plural: r.link.Plural, Country: r.link.Country, Reason: r.link.Reason,
		Stance: g.side(r), Retracted: r.retracted}
	if r.anonymous && r.carrier != "" {
		o.Per = r.carrier
		o.Holder += ", per " + r.carrier
	}
	var words []string
	cert := map[bool][]speech.Certainty{}
	for _, t := range r.claims {
		o.Claims = append(o.Claims, t.ID)
		o.Articles = append(o.Articles, t.Article)
		o.Elements = append(o.Elements, g.elements(t)...)
		v := g.voiceOf(t)
		if !r.folded[t] {
			o.Descriptors = append(o.Descriptors, Descriptor{Outlet: g.l.own(t.Article), Text: v.text, Article: t.Article})
			if len(t.Chain) > 0 {
				k := t.Chain[len(t.Chain)-1]
				r.basis = cmp.Or(r.basis, k.Basis)
				words = append(words, k.Holder, t.Evidence.Of(t.article.Text))
			}
		}
		// the copy may be surer than its source; the source counts
		cert[g.l.source(t.Article) == t.Article && len(g.l.heard(t.Article)) == 0] = append(cert[g.l.source(t.Article) == t.Article && len(g.l.heard(t.Article)) == 0], t.Certainty)
		chain := []string{cmp.Or(g.l.own(t.Article), unsigned)}
		for _, k := range t.Chain {
			chain = append(chain, k.Holder)
		}
		if o.Chain == nil || len(chain) < len(o.Chain) && !r.folded[t] {
			o.Chain = chain
		}
	}
	o.Basis = basisFrom(r.basis, r.kind, strings.Join(words, " . "))
	if r.own || r.media {
		o.Basis = cmp.Or(r.basis, "unstated")
		if r.media {
			o.Basis = "hearsay"
		}
	}
	o.FirstHand = firstHand(o.Basis)
	o.Certainty = strongest(cert[true])
	if len(cert[true]) == 0 {
		o.Certainty = strongest(cert[false])
	}
	o.Elements, o.Claims = uniq(o.Elements), uniq(o.Claims)
	o.Articles = g.l.arts.inOrder(o.Articles)
	if a := g.l.arts.byID[o.Articles[0]]; a != nil {
		o.FirstSeen = stamp(a)
	}
	if grp, ok := g.l.reg.Lookup(cmp.Or(r.name, r.text)); ok {
		o.Group = grp.Control
	} else if r.anonymous {
		if grp, ok := g.l.reg.Lookup(r.carrier); ok {
			o.Group = grp.Control
		}
	}
	return o
}

// strongest of the claims nearest to the origin: each is already the weakest
// along its own chain.
func strongest(cs []speech.Certainty) speech.Certainty {
	for _, c := range []speech.Certainty{speech.Certain, speech.Probable, speech.Possible} {
		if slices.Contains(cs, c) {
			return c
		}
	}
	return speech.Uncommitted
}

func uniq(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return slices.Compact(s)
}
