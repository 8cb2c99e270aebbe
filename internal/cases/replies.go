package cases

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/story"
)

// replies gathers denials, non-confirmations, retractions and corrections; one
// reply told in several articles is one, with the others beside it.
func (g *gatherer) replies(ts []*told) []Reply {
	type entry struct {
		Reply
		words []string
		t     *told
	}
	var found []*entry
	order := slices.Clone(ts)
	slices.SortStableFunc(order, func(a, b *told) int {
		return cmp.Or(g.depth(a.Article)-g.depth(b.Article), g.l.arts.earlier(a.Article, b.Article))
	})
	for _, t := range order {
		if !t.reply() {
			continue
		}
		v := g.voiceOf(t)
		sc, _ := g.scope(t)
		r := Reply{Holder: v.text, Act: actOf(t), Scope: sc, Force: force(t), Article: t.Article, Quote: quote(t), Claims: []string{t.ID},
			Articles: []string{t.Article}, Country: v.link.Country, Own: v.own}
		alike := func(e *entry) bool { return class(e.Act) == class(r.Act) && e.Scope == r.Scope }
		i := slices.IndexFunc(found, func(e *entry) bool {
			return alike(e) && e.Own == r.Own && nameWithin(e.words, v.words) && (!v.anonymous || g.l.source(e.Article) == g.l.source(t.Article))
		})
		if i < 0 { // in a copy the same reply under another name, as in a translation
			i = only(found, func(e *entry) bool { return alike(e) && e.Act == r.Act && g.copied(t.Article, e.Article) })
		}
		if i < 0 && r.Act == speech.Retract && !r.Own {
			i = only(found, func(e *entry) bool { return e.Act == speech.Retract })
		}
		if t.denies() && g.notices[t.Article] {
			if i = only(found, func(e *entry) bool { return e.Act == speech.Retract && e.Article == t.Article }); i < 0 {
				continue
			}
		}
		if i < 0 {
			found = append(found, &entry{r, v.words, t})
			continue
		}
		found[i].Claims = append(found[i].Claims, t.ID)
		if !slices.Contains(found[i].Articles, t.Article) {
			found[i].Articles = append(found[i].Articles, t.Article)
			found[i].Also = append(found[i].Also, t.Article)
		}
	}
	var out []Reply
	for _, e := range found {
		e.Claims, e.Articles, e.Also = uniq(e.Claims), g.l.arts.inOrder(e.Articles), g.l.arts.inOrder(e.Also)
		out = append(out, e.Reply)
	}
	slices.SortStableFunc(out, func(a, b Reply) int {
		return cmp.Or(classRank(a.Act)-classRank(b.Act), g.l.arts.earlier(a.Article, b.Article), cmp.Compare(a.Holder, b.Holder), cmp.Compare(a.Claims[0], b.Claims[0]))
	})
	return out
}

// only gives the index of the single entry that fits, -1 for none or several.
func only[T any](list []T, fits func(T) bool) int {
	at := -1
	for i, e := range list {
		if fits(e) {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}

// copied: the article has the story, in its words or told again, from the other.
func (g *gatherer) copied(a, b string) bool { return a != b && g.l.goesBack(a, b) }

// actOf gives a denial by plain negative assertion its name.
func actOf(t *told) speech.Act {
	if t.denies() && t.Act != speech.PartlyDeny {
		return speech.Deny
	}
	return t.Act
}

func class(a speech.Act) string {
	switch a {
	case speech.Deny, speech.PartlyDeny:
		return "deny"
	case speech.Retract, speech.Correct:
		return "retract"
	}
	return "none"
}

func classRank(a speech.Act) int { return slices.Index([]string{"deny", "retract", "none"}, class(a)) }

// force of a denial: a counter-claim that names another place or paper is
// stronger than a flat "no", which is stronger than "baseless".
func force(t *told) string {
	if !t.denies() {
		return ""
	}
	s := foldText(quote(t))
	for _, w := range []string{"baseless", "fabricat", "propaganda", "nonsense", "lies", "rumour", "rumor"} {
		if strings.Contains(s, w) {
			return "generic"
		}
	}
	for _, w := range []string{"instead", "was in ", "were in ", "at the time", "records show", "in fact"} {
		if strings.Contains(s, w) {
			return "counter-claim"
		}
	}
	return "flat"
}

func quote(t *told) string { return strings.TrimSpace(t.Evidence.Of(t.article.Text)) }

// retract marks the origins that their outlet has taken back: those it has by
// itself, and those that others have from it, but not what another outlet has
// from the same holder on its own.
func (g *gatherer) retract(ts []*told, notices []Reply) {
	for _, n := range notices {
		if n.Act != speech.Retract {
			continue
		}
		outlet := g.l.own(n.Article)
		if !n.Own && !g.l.sameOutlet(n.Holder, outlet) {
			outlet = n.Holder
		}
		for _, r := range g.roots {
			if r.retracted != "" || r.against || outlet == "" {
				continue
			}
			if g.holds(outlet, r, n.Article) {
				r.retracted = n.Article
			}
		}
	}
}

// holds: every claim of the origin reaches us through that outlet, before the
// notice.
func (g *gatherer) holds(outlet string, r *root, notice string) bool {
	for _, t := range r.claims {
		if g.l.arts.earlier(notice, t.Article) < 0 && g.l.sameOutlet(g.l.own(t.Article), outlet) {
			return false // it tells it again after the notice
		}
		through := g.l.sameOutlet(g.l.outlet(t.Article), outlet) || r.anonymous && g.l.sameOutlet(r.carrier, outlet)
		for _, k := range t.Chain {
			through = through || g.l.sameOutlet(k.Holder, outlet)
		}
		for _, o := range r.claims {
			through = through || g.l.goesBack(t.Article, o.Article) && g.l.sameOutlet(g.l.own(o.Article), outlet)
		}
		if !through {
			return false
		}
	}
	return len(r.claims) > 0
}

// notices finds articles by which an outlet takes back or corrects a story of
// its own, where the reader of claims found nothing in them: a kill notice
// tells no deed.
func (l *lineage) notices(inCase map[string]bool, replied map[string]bool) []Reply {
	var out []Reply
	var ids []string
	for id := range l.of {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		a := l.arts.byID[id]
		if a == nil || replied[id] {
			continue
		}
		for _, e := range l.of[id] {
			if e.Relation != echoes.OwnUpdate || !inCase[e.Of] {
				continue
			}
			head := a.Title + " . " + a.Text[:min(len(a.Text), 600)]
			r := Reply{Holder: l.own(id), Scope: "whole", Article: id, Articles: []string{id}, Own: true, Quote: firstLine(a)}
			if _, ok := says(head, "retract"); ok {
				r.Act = speech.Retract
			} else if _, ok := says(head, "correct"); ok {
				r.Act, r.Scope = speech.Correct, "detail"
			}
			if r.Act != "" {
				out = append(out, r)
				break
			}
		}
	}
	return out
}

func firstLine(a *story.Article) string {
	line, _, _ := strings.Cut(strings.TrimSpace(a.Text), "\n")
	return line
}

// inOrder sorts article ids by publication and drops doubles.
func (s *shelf) inOrder(ids []string) []string {
	ids = slices.Clone(ids)
	slices.SortFunc(ids, s.earlier)
	return slices.Compact(ids)
}

// stamp is the time of publication as far as it is known.
func stamp(a *story.Article) string {
	switch {
	case a.Published.IsZero():
		return ""
	case a.PublishedPrecision == calendar.Day || a.Published.UTC().Format("15:04:05") == "00:00:00":
		return a.Day().String()
	}
	return a.Published.UTC().Format("2006-01-02T15:04Z")
}
