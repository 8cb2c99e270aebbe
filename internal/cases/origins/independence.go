package origins

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// Outcomes of a test.
const (
	met    = "met"
	failed = "failed"
	open   = "open"
)

// Edges judges each pair of origins of one side by the four tests.
func (g *Gatherer) Edges(decided func(a, b *Root) (Independence, string)) []Edge {
	var out []Edge
	for i, a := range g.Roots {
		for _, b := range g.Roots[i+1:] {
			if a.Against != b.Against || a.Retracted != "" || b.Retracted != "" {
				continue
			}
			e := g.judge(a, b)
			if v, who := decided(a, b); v != "" {
				e.Value, e.DecidedBy, e.Why = v, who, "set by "+who
			}
			out = append(out, e)
		}
	}
	return out
}

func (g *Gatherer) judge(a, b *Root) Edge {
	e := Edge{A: a.Out.ID, B: b.Out.ID, DecidedBy: "machine"}
	e.Tests = [4]Test{g.sameHand(a, b), g.cites(a, b), g.deeper(a, b), g.access(a, b)}
	for _, t := range e.Tests[:3] {
		if t.Outcome == failed {
			e.Value, e.Why = Dependent, t.Reason
			return e
		}
	}
	if e.Tests[3].Outcome == met && e.Tests[0].Outcome == met {
		e.Value, e.Why = Independent, e.Tests[3].Reason
		return e
	}
	e.Value, e.Why = Undetermined, "nothing shows that they are one, nothing shows separate access"
	for _, t := range e.Tests {
		if t.Outcome == open && t.Reason != "" {
			e.Why = t.Reason
			break
		}
	}
	return e
}

// sameHand is test 1: different holders, not under one control group.
func (g *Gatherer) sameHand(a, b *Root) Test {
	if a.media || b.media {
		return Test{open, "one of them is unnamed media, which may be the other"}
	}
	if yes, why := g.Lines.Reg.SameControl(hand(a), hand(b)); yes && hand(a) != hand(b) {
		return Test{failed, "one hand: " + why}
	}
	if a.link.Country != "" && a.link.Country == b.link.Country && speaksForState(a) && speaksForState(b) {
		if shareWord(a.words, b.words, "ministry", "foreign", "defence", "defense", "interior", "embassy", "presidency", "kremlin", "pentagon") {
			return Test{failed, "two voices of one ministry"}
		}
		return Test{open, "both speak for one State; different organs are not yet different sources"}
	}
	if a.anonymous && b.anonymous && g.Lines.SameOutlet(a.carrier, b.carrier) {
		return Test{open, "two unnamed descriptors in one outlet may be one person"}
	}
	return Test{met, ""}
}

// hand is the name by which the register of control groups may know a holder.
func hand(r *Root) string {
	if r.anonymous {
		return r.carrier
	}
	if r.name != "" {
		return r.name
	}
	return r.text
}

func speaksForState(r *Root) bool {
	return r.kind == speech.GovernmentH || r.kind == speech.Official
}

func shareWord(a, b []string, words ...string) bool {
	for _, w := range words {
		w = Singular(w)
		if slices.Contains(a, w) && slices.Contains(b, w) {
			return true
		}
	}
	return false
}

// cites is test 2: no chain of one passes through, cites or quotes the other
// or an article of the other about the happening.
func (g *Gatherer) cites(a, b *Root) Test {
	for _, p := range [2][2]*Root{{a, b}, {b, a}} {
		x, y := p[0], p[1]
		if x.own && !x.Out.FirstHand && sameArticle(x, y) {
			return Test{failed, "the article says in its own voice what it has from " + y.text}
		}
		if x.own || x.kind == speech.Outlet || x.kind == speech.Wire {
			for _, t := range y.Claims {
				if g.Lines.SameOutlet(g.Lines.Own(t.Article), x.name) || g.Lines.SameOutlet(g.Lines.outlet(t.Article), x.name) {
					if !x.anonymous {
						return Test{failed, "what " + y.text + " said is printed by " + x.name + " itself"}
					}
				}
				for _, k := range t.Chain {
					if g.Lines.SameOutlet(k.Holder, x.name) {
						return Test{failed, "the chain of " + y.text + " passes through " + x.name}
					}
				}
			}
		}
		if g.allFrom(x, y) && !(x.link.Holder != "" && !x.anonymous && !x.own) {
			return Test{failed, "every article that has " + x.text + " goes back to one that has " + y.text}
		}
	}
	if g.mixes(a, b) {
		return Test{open, "one is told in an article that has the story from the other"}
	}
	return Test{met, ""}
}

// allFrom: each article of x has its story from an article of y.
func (g *Gatherer) allFrom(x, y *Root) bool {
	for _, t := range x.Claims {
		from := slices.ContainsFunc(y.Claims, func(o *happenings.Told) bool {
			return o.Article != t.Article && g.Lines.GoesBack(t.Article, o.Article)
		})
		if !from {
			return false
		}
	}
	return len(x.Claims) > 0
}

// mixes: an article that re-reports the one adds the other.
func (g *Gatherer) mixes(a, b *Root) bool { return g.allFrom(a, b) || g.allFrom(b, a) }

// deeper is test 3: no shared deeper origin.
func (g *Gatherer) deeper(a, b *Root) Test {
	if a.kind == speech.DocumentH && b.kind == speech.DocumentH && overlap(a.words, b.words) >= 0.5 {
		return Test{failed, "the same document"}
	}
	for _, p := range [2][2]*Root{{a, b}, {b, a}} {
		if p[0].kind == speech.DocumentH {
			for _, t := range p[1].Claims {
				for _, k := range t.Chain {
					if k.Kind == speech.DocumentH && overlap(HolderWords(k.Holder), p[0].words) >= 0.5 {
						return Test{failed, "both rest on " + p[0].text}
					}
				}
			}
		}
	}
	if a.Out.Basis == b.Out.Basis && a.Out.Basis == "image-video" {
		return Test{open, "both rest on pictures, perhaps the same"}
	}
	return Test{met, ""}
}

func overlap(a, b []string) float64 {
	n := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			n++
		}
	}
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	return float64(n) / float64(min(len(a), len(b)))
}

// access is test 4: a positive sign that the later one had access of his own.
// Who was there, or holds the paper, has it whoever spoke first; a bare
// statement after another has it only by a checkable detail that the earlier
// one lacks, and then only from a holder who can be asked.
func (g *Gatherer) access(a, b *Root) Test {
	early, late := a, b
	if g.Lines.Arts.Earlier(b.Out.Articles[0], a.Out.Articles[0]) < 0 {
		early, late = b, a
	}
	la, lb := a.Out.FirstHand, b.Out.FirstHand
	switch {
	case la && lb && a.Out.Basis != b.Out.Basis:
		return Test{met, "different evidence: " + a.Out.Basis + " and " + b.Out.Basis}
	case la && lb && !a.anonymous && !b.anonymous:
		return Test{met, "two named first-hand holders"}
	case late.Out.FirstHand && (!late.anonymous || late.Out.Basis != "witnessed" || !sameArticle(early, late)):
		return Test{met, "the later one is first-hand (" + late.Out.Basis + ") and does not cite the other"}
	case early.Out.FirstHand && late.Out.Basis != "unstated" && late.Out.Basis != "hearsay" && late.Out.Basis != early.Out.Basis:
		return Test{met, "different evidence: " + a.Out.Basis + " and " + b.Out.Basis}
	}
	if d := detail(early, late); d != "" && !late.anonymous && !late.own && late.kind != speech.Outlet && late.kind != speech.Wire {
		return Test{met, "the later one gives a checkable detail that the earlier lacks: " + d}
	}
	return Test{open, ""}
}

func sameArticle(a, b *Root) bool {
	return slices.ContainsFunc(a.Claims, func(x *happenings.Told) bool {
		return slices.ContainsFunc(b.Claims, func(y *happenings.Told) bool { return x.Article == y.Article })
	})
}

// detail finds something checkable in the later one's claims that the earlier
// one's lack: a number of goods, an amount, a carrier, a route.
func detail(early, late *Root) string {
	have := strings.Join(details(early), "|")
	for _, d := range details(late) {
		if !strings.Contains(have, d) {
			return d
		}
	}
	return ""
}

func details(r *Root) []string {
	var out []string
	for _, t := range r.Claims {
		for _, i := range t.Items {
			if i.Quantity != nil {
				out = append(out, happenings.Quantity(i))
			}
		}
		if t.Amount != nil {
			out = append(out, happenings.Amount(*t.Amount))
		}
		if t.Via != nil && t.Via.Name != "" {
			out = append(out, "via "+t.Via.Name)
		}
		if t.Where != nil && t.Where.Kind == "facility" {
			out = append(out, "at "+t.Where.Text)
		}
	}
	return uniq(out)
}

// CountOf runs union-find over the origins of one element: Max merges dependent
// pairs, Min undetermined ones too.
func CountOf(ids []string, edges []Edge) Count {
	parts := func(merge func(Independence) bool) int {
		up := map[string]string{}
		for _, id := range ids {
			up[id] = id
		}
		find := func(s string) string {
			for up[s] != s {
				s = up[s]
			}
			return s
		}
		for _, e := range edges {
			if up[e.A] != "" && up[e.B] != "" && merge(e.Value) {
				up[find(e.A)] = find(e.B)
			}
		}
		n := 0
		for id := range up {
			if find(id) == id {
				n++
			}
		}
		return n
	}
	return Count{
		Min: parts(func(v Independence) bool { return v != Independent }),
		Max: parts(func(v Independence) bool { return v == Dependent }),
	}
}
