package origins

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// Root is an origin being gathered.
type Root struct {
	voice
	Claims    []*happenings.Told
	Against   bool
	Retracted string // the article that withdraws it
	Out       *Origin
	folded    map[*happenings.Told]bool // the outlet's own words about what the holder said
	basis     string
}

// Gatherer finds the origins of one happening (model.md 4.2).
type Gatherer struct {
	Lines    *Lineage
	Home     []string // nationalities of the subject: what lies there implies no trip
	Abroad   string   // the one State of the happening, for claims that name no place
	Headline string   // element
	Roots    []*Root
	None     []NotOrigin
	At       map[*happenings.Told]*Root
	notices  map[string]bool               // articles that withdraw a story of their outlet
	silent   map[string][]*happenings.Told // by article: those who cannot confirm
	told     map[*happenings.Told]string   // whose account a claim in the outlet's own voice is
	knowing  map[string]bool               // articles in which somebody in office tells it of his own knowledge
}

// Gather takes the claims for and against the deed, sources before copies,
// attributed claims before the outlets' own words.
func (g *Gatherer) Gather(ts []*happenings.Told) {
	g.At = map[*happenings.Told]*Root{}
	g.notices = map[string]bool{}
	g.silent = map[string][]*happenings.Told{}
	g.knowing = map[string]bool{}
	for _, t := range ts {
		if v := g.voiceOf(t); t.Supports() && !v.own && (v.kind == speech.Official || v.kind == speech.GovernmentH) && !v.media && !pressIn(t.Evidence.Of(t.Doc.Text)) {
			g.knowing[t.Article] = true
		}
		if t.Act == speech.CannotConfirm && t.Role.Element == g.Headline {
			g.silent[t.Article] = append(g.silent[t.Article], t)
		}
		if t.Act == speech.Retract && g.voiceOf(t).own {
			g.notices[t.Article] = true
		}
	}
	for _, t := range ts {
		if concedes(t) {
			g.None = append(g.None, NotOrigin{Holder: g.voiceOf(t).text, Article: t.Article, Why: "concedes what was reported: not counted again", Claims: []string{t.ID}})
		}
	}
	order := slices.Clone(ts)
	slices.SortStableFunc(order, func(a, b *happenings.Told) int {
		return cmp.Or(g.depth(a.Article)-g.depth(b.Article), g.Lines.Arts.Earlier(a.Article, b.Article), len(b.Chain)-len(a.Chain))
	})
	for _, own := range []bool{false, true} {
		for _, t := range order {
			if t.Act == speech.Retract || t.Act == speech.Correct || !t.Supports() && !t.Denies() {
				continue
			}
			v := g.voiceOf(t)
			if v.own != own || g.noOrigin(t, v) || t.Denies() && g.takesBack(t) {
				continue
			}
			g.enter(t, v)
		}
	}
}

// depth counts the steps by which an article goes back to others.
func (g *Gatherer) depth(id string) int {
	n := 0
	for range 32 {
		next := ""
		for _, e := range g.Lines.Of[id] {
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
func (g *Gatherer) noOrigin(t *happenings.Told, v voice) bool {
	words := t.Evidence.Of(t.Doc.Text)
	why := ""
	official := !v.own && speaks(v.kind)
	switch {
	case t.Denies():
		return false
	case official && pressIn(words):
		why = "relies on media reports, by the words used: a confirmation that adds no origin"
	case v.media && len(t.Chain) > 1 && speaks(t.Chain[len(t.Chain)-2].Kind):
		why = "has it from the media"
	case official && g.pressInSource(t):
		why = "relies on media reports, by the article from which this one has it: a confirmation that adds no origin"
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
	g.None = append(g.None, NotOrigin{Holder: holder, Article: t.Article, Why: why, Claims: []string{t.ID}})
	return true
}

// ownSideSilent: somebody of the same chain or State says in the same article
// that he cannot confirm it; raising a report with others is then no knowledge.
func (g *Gatherer) ownSideSilent(t *happenings.Told) bool {
	if t.Act == speech.Confirm {
		return false
	}
	return slices.ContainsFunc(g.silent[t.Article], func(o *happenings.Told) bool {
		for _, a := range t.Chain {
			for _, b := range o.Chain {
				if speaks(a.Kind) && speaks(b.Kind) && (a.Country != "" && a.Country == b.Country ||
					NameWithin(HolderWords(cmp.Or(a.Name, a.Holder)), HolderWords(cmp.Or(b.Name, b.Holder)))) {
					return true
				}
			}
		}
		return false
	})
}

// pressInSource: an article tells again what another one has an official say,
// and there he knows it from the press, or says no more than that he has seen
// the reports.
func (g *Gatherer) pressInSource(t *happenings.Told) bool {
	for _, id := range g.Lines.heard(g.Lines.source(t.Article)) {
		if a := g.Lines.Arts.ByID[id]; a != nil && !g.knowing[id] && pressIn(a.Text) {
			return true
		}
	}
	return false
}

func pressIn(s string) bool { _, ok := Says(s, "press"); return ok }

// concedes: asked about it, he does not dispute it; that is no silence, and no
// word of his own either.
func concedes(t *happenings.Told) bool {
	return t.Replies() && !t.Denies() && t.Act != speech.Retract && t.Act != speech.Correct && conceded(t.Quote())
}

func conceded(s string) bool { _, ok := Says(s, "concede"); return ok }

// enter counts a claim for the origin it belongs to, old or new.
func (g *Gatherer) enter(t *happenings.Told, v voice) {
	r := g.find(t, v)
	if r == nil {
		r = &Root{voice: v, Against: t.Denies(), folded: map[*happenings.Told]bool{}}
		g.Roots = append(g.Roots, r)
	}
	r.Claims = append(r.Claims, t)
	if v.own && !r.own {
		r.folded[t] = true
	}
	g.At[t] = r
}

// Elements that a claim bears on.
func (g *Gatherer) Elements(t *happenings.Told) []string {
	out := []string{t.Role.Element}
	country := cmp.Or(t.Country, g.Abroad)
	if t.Role.Implies != "" && !t.Replies() && country != "" && !slices.Contains(g.Home, country) {
		out = append(out, t.Role.Implies)
	}
	return out
}

// side of an origin: whether it speaks against the headline, an element of it
// or for it.
func (g *Gatherer) side(r *Root) string {
	if !r.Against {
		return "for"
	}
	for _, t := range r.Claims {
		if _, ag := g.Scope(t); ag {
			return "against"
		}
	}
	return "other"
}

// Scope of a denial as it bears on the headline. One that denies another
// element leaves the headline untouched.
func (g *Gatherer) Scope(t *happenings.Told) (string, bool) {
	word := t.Scope
	whole := word == "" || strings.EqualFold(word, "whole")
	if whole && t.Denies() && t.Role.Element != g.Headline && !samePresence(t.Role.Element, g.Headline) {
		word = t.Role.Element
	}
	if samePresence(word, g.Headline) {
		word = "whole"
	}
	s, against := scopeFor(word, g.Headline)
	return s, against && t.Denies()
}

// samePresence: who denies that a man was there denies that he came.
func samePresence(a, b string) bool {
	in := func(s string) bool { return s == "trip" || s == "presence" || s == "visit" || s == "travel" }
	return in(strings.ToLower(a)) && in(b)
}

// Finish makes the origins of the case file.
func (g *Gatherer) Finish() []Origin {
	for _, r := range g.Roots {
		r.Out = g.origin(r)
	}
	slices.SortStableFunc(g.Roots, func(a, b *Root) int {
		return cmp.Or(sideRank(a.Out.Stance)-sideRank(b.Out.Stance), First(a.Out.FirstHand)-First(b.Out.FirstHand),
			First(a.Out.Retracted == "")-First(b.Out.Retracted == ""), First(!a.anonymous)-First(!b.anonymous),
			cmp.Compare(a.Out.FirstSeen, b.Out.FirstSeen), cmp.Compare(a.Out.Holder, b.Out.Holder), cmp.Compare(a.Out.Claims[0], b.Out.Claims[0]))
	})
	var out []Origin
	for i, r := range g.Roots {
		r.Out.ID = fmt.Sprintf("O%d", i+1)
		out = append(out, *r.Out)
	}
	return out
}

func sideRank(s string) int {
	return slices.Index([]string{"for", "against", "other"}, s)
}

// First sorts what has a quality before what has not.
func First(first bool) int {
	if first {
		return 0
	}
	return 1
}

func (g *Gatherer) origin(r *Root) *Origin {
	o := &Origin{Holder: r.text, Kind: r.kind, Stated: r.link.Stated, Plural: r.link.Plural, Country: r.link.Country, Reason: r.link.Reason,
		Stance: g.side(r), Retracted: r.Retracted}
	if r.anonymous && r.carrier != "" {
		o.Per = r.carrier
		o.Holder += ", per " + r.carrier
	}
	var words []string
	cert := map[bool][]speech.Certainty{}
	whole := false // the chain ends in the holder
	for _, t := range r.Claims {
		o.Claims = append(o.Claims, t.ID)
		o.Articles = append(o.Articles, t.Article)
		o.Elements = append(o.Elements, g.Elements(t)...)
		v := g.voiceOf(t)
		if !r.folded[t] {
			o.Descriptors = append(o.Descriptors, Descriptor{Outlet: g.Lines.Own(t.Article), Text: v.text, Article: t.Article})
			if k := v.link; k.Holder != "" {
				r.basis = cmp.Or(r.basis, k.Basis)
				words = append(words, k.Holder, t.Evidence.Of(t.Doc.Text))
			}
		}
		// the copy may be surer than its source; the source counts
		cert[g.Lines.source(t.Article) == t.Article && len(g.Lines.heard(t.Article)) == 0] = append(cert[g.Lines.source(t.Article) == t.Article && len(g.Lines.heard(t.Article)) == 0], t.Certainty)
		chain := []string{cmp.Or(g.Lines.Own(t.Article), unsigned)}
		for _, k := range t.Chain {
			chain = append(chain, k.Holder)
		}
		if len(t.Chain) == 0 && v.link.Holder != "" {
			chain = append(chain, v.link.Holder)
		}
		ends := chain[len(chain)-1] == r.text // not in an outlet that only passes on
		if o.Chain == nil || !r.folded[t] && (ends && !whole || ends == whole && len(chain) < len(o.Chain)) {
			o.Chain, whole = chain, ends
		}
	}
	if c := r.carrier; r.anonymous && whole && len(o.Chain) == 2 && c != "" && !g.Lines.SameOutlet(c, o.Chain[0]) && slices.ContainsFunc(r.Claims, func(t *happenings.Told) bool { return cites(t, r.voice) }) {
		o.Chain = slices.Insert(o.Chain, 1, c)
	}
	o.Basis = basisFrom(r.basis, r.kind, strings.Join(words, " . "))
	if r.kind == speech.DocumentH && statement(r.text) {
		o.Basis = "unstated"
	}
	if o.Basis == "unstated" && speaksForHimself(r.kind) && g.wasThere(r, words) {
		o.Basis = "witnessed"
	}
	if r.own || r.media {
		o.Basis = cmp.Or(r.basis, "unstated")
		if r.media {
			o.Basis = "hearsay"
		}
	}
	o.FirstHand = firstHand(o.Basis)
	o.Certainty = Strongest(cert[true])
	if len(cert[true]) == 0 {
		o.Certainty = Strongest(cert[false])
	}
	o.Elements, o.Claims = uniq(o.Elements), uniq(o.Claims)
	o.Articles = g.Lines.Arts.InOrder(o.Articles)
	if a := g.Lines.Arts.ByID[o.Articles[0]]; a != nil {
		o.FirstSeen = Stamp(a)
	}
	if grp, ok := g.Lines.Reg.Lookup(cmp.Or(r.name, r.text)); ok {
		o.Group = grp.Control
	} else if r.anonymous {
		if grp, ok := g.Lines.Reg.Lookup(r.carrier); ok {
			o.Group = grp.Control
		}
	}
	return o
}

// wasThere: the holder is described as having been there, or tells it in the
// first person where his own story stands.
func (g *Gatherer) wasThere(r *Root, said []string) bool {
	if sawHim(strings.Join(said, " . ")) {
		return true
	}
	names := map[string]bool{}
	for _, w := range append(slices.Clone(r.words), contentWords(r.name)...) {
		names[w] = true
	}
	for _, t := range r.Claims {
		if !r.folded[t] && (toldOwn(t.Doc.Text, names) || dealtWith(t)) {
			return true
		}
	}
	return false
}

// Strongest of the claims nearest to the origin: each is already the weakest
// along its own chain.
func Strongest(cs []speech.Certainty) speech.Certainty {
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
