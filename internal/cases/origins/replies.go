package origins

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/story"
)

// AllReplies gathers denials, non-confirmations, retractions and corrections; one
// reply told in several articles is one, with the others beside it.
func (g *Gatherer) AllReplies(ts []*happenings.Told) []Reply {
	type entry struct {
		Reply
		words []string
		t     *happenings.Told
	}
	var found []*entry
	order := slices.Clone(ts)
	slices.SortStableFunc(order, func(a, b *happenings.Told) int {
		return cmp.Or(g.depth(a.Article)-g.depth(b.Article), g.Lines.Arts.Earlier(a.Article, b.Article))
	})
	for _, t := range order {
		if !t.Replies() || concedes(t) {
			continue
		}
		v := g.voiceOf(t)
		sc, _ := g.Scope(t)
		if name, ok := g.before(t, v, ts); ok {
			v.text, v.words, v.anonymous = name, HolderWords(name), false
		}
		r := Reply{Holder: v.text, Act: actOf(t), Scope: sc, Force: force(t), Article: t.Article, Quote: t.Quote(), Claims: []string{t.ID},
			Articles: []string{t.Article}, Country: v.link.Country, Own: v.own}
		alike := func(e *entry) bool { return Class(e.Act) == Class(r.Act) && e.Scope == r.Scope }
		i := slices.IndexFunc(found, func(e *entry) bool {
			return alike(e) && e.Own == r.Own && NameWithin(e.words, v.words) && (!v.anonymous || g.Lines.source(e.Article) == g.Lines.source(t.Article))
		})
		if i < 0 { // in a copy the same reply under another name, as in a translation
			i = Only(found, func(e *entry) bool { return alike(e) && e.Act == r.Act && g.copied(t.Article, e.Article) })
		}
		if i < 0 && r.Act == speech.Retract && !r.Own {
			i = Only(found, func(e *entry) bool { return e.Act == speech.Retract })
		}
		if t.Denies() && g.notices[t.Article] {
			if i = Only(found, func(e *entry) bool { return e.Act == speech.Retract && e.Article == t.Article }); i < 0 {
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
		e.Claims, e.Articles, e.Also = uniq(e.Claims), g.Lines.Arts.InOrder(e.Articles), g.Lines.Arts.InOrder(e.Also)
		out = append(out, e.Reply)
	}
	slices.SortStableFunc(out, func(a, b Reply) int {
		return cmp.Or(classRank(a.Act)-classRank(b.Act), g.Lines.Arts.Earlier(a.Article, b.Article), cmp.Compare(a.Holder, b.Holder), cmp.Compare(a.Claims[0], b.Claims[0]))
	})
	return out
}

// before finds for "she would not say" who spoke last in the same article.
func (g *Gatherer) before(t *happenings.Told, v voice, ts []*happenings.Told) (string, bool) {
	if v.own || !slices.Contains([]string{"he", "she", "they", "il", "elle", "ils", "он", "она"}, Fold(v.text)) {
		return "", false
	}
	at, name := -1, ""
	for _, o := range ts {
		w := g.voiceOf(o)
		if o.Article == t.Article && o.Evidence.Start < t.Evidence.Start && o.Evidence.Start > at && !w.own && !slices.Contains(backWords, Fold(w.text)) {
			at, name = o.Evidence.Start, w.text
		}
	}
	return name, at >= 0
}

// Only gives the index of the single entry that fits, -1 for none or several.
func Only[T any](list []T, fits func(T) bool) int {
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
func (g *Gatherer) copied(a, b string) bool { return a != b && g.Lines.GoesBack(a, b) }

// actOf gives a denial by plain negative assertion its name.
func actOf(t *happenings.Told) speech.Act {
	if t.Denies() && t.Act != speech.PartlyDeny {
		return speech.Deny
	}
	return t.Act
}

// Class of a reply's act: "deny", "retract" or "none".
func Class(a speech.Act) string {
	switch a {
	case speech.Deny, speech.PartlyDeny:
		return "deny"
	case speech.Retract, speech.Correct:
		return "retract"
	}
	return "none"
}

func classRank(a speech.Act) int { return slices.Index([]string{"deny", "retract", "none"}, Class(a)) }

// force of a denial: a counter-claim that names another place or paper is
// stronger than a flat "no", which is stronger than "baseless".
func force(t *happenings.Told) string {
	if !t.Denies() {
		return ""
	}
	s := Fold(t.Quote())
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

// Retract marks the origins that their outlet has taken back: those it has by
// itself, and those that others have from it, but not what another outlet has
// from the same holder on its own.
func (g *Gatherer) Retract(ts []*happenings.Told, notices []Reply) {
	for _, n := range notices {
		if n.Act != speech.Retract {
			continue
		}
		outlet := g.Lines.Own(n.Article)
		if !n.Own && !g.Lines.SameOutlet(n.Holder, outlet) {
			outlet = n.Holder
		}
		for _, r := range g.Roots {
			if r.Retracted != "" || r.Against || outlet == "" {
				continue
			}
			if g.holds(outlet, r, n.Article) {
				r.Retracted = n.Article
			}
		}
	}
}

// holds: every claim of the origin reaches us through that outlet, before the
// notice.
func (g *Gatherer) holds(outlet string, r *Root, notice string) bool {
	for _, t := range r.Claims {
		if g.Lines.Arts.Earlier(notice, t.Article) < 0 && g.Lines.SameOutlet(g.Lines.Own(t.Article), outlet) {
			return false // it tells it again after the notice
		}
		through := g.Lines.SameOutlet(g.Lines.outlet(t.Article), outlet) || r.anonymous && g.Lines.SameOutlet(r.carrier, outlet)
		for _, k := range t.Chain {
			through = through || g.Lines.SameOutlet(k.Holder, outlet)
		}
		for _, o := range r.Claims {
			through = through || g.Lines.GoesBack(t.Article, o.Article) && g.Lines.SameOutlet(g.Lines.Own(o.Article), outlet)
		}
		if !through {
			return false
		}
	}
	return len(r.Claims) > 0
}

// Notices finds articles by which an outlet takes back or corrects a story of
// its own, where the reader of claims found nothing in them: a kill notice
// tells no deed.
func (l *Lineage) Notices(inCase map[string]bool, replied map[string]bool) []Reply {
	var out []Reply
	var ids []string
	for id := range inCase {
		ids = append(ids, l.updates[id]...)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	for _, id := range ids {
		a := l.Arts.ByID[id]
		if a == nil || replied[id] {
			continue
		}
		for _, e := range l.Of[id] {
			if e.Relation != echoes.OwnUpdate || !inCase[e.Of] {
				continue
			}
			head := a.Title + " . " + a.Text[:min(len(a.Text), 600)]
			r := Reply{Holder: l.Own(id), Scope: "whole", Article: id, Articles: []string{id}, Own: true, Quote: firstLine(a)}
			if _, ok := Says(head, "retract"); ok {
				r.Act = speech.Retract
			} else if _, ok := Says(head, "correct"); ok {
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

// Stamp is the time of publication as far as it is known.
func Stamp(a *story.Article) string {
	switch {
	case a.Published.IsZero():
		return ""
	case a.PublishedPrecision == calendar.Day || a.Published.UTC().Format("15:04:05") == "00:00:00":
		return a.Day().String()
	}
	return a.Published.UTC().Format("2006-01-02T15:04Z")
}
