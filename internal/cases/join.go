package cases

import (
	"cmp"
	"slices"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/echoes"
)

// happening is a set of claims of one subject taken for one deed.
type happening struct {
	subject string
	claims  []*told
	groups  []role
	core    calendar.Window // what the joined reports have in common
	dated   bool
	country map[string]bool
	past    bool         // only background
	near    []*happening // others it may be the same as
	why     map[*happening]string
}

func newHappening(ts ...*told) *happening {
	h := &happening{country: map[string]bool{}, past: true, why: map[*happening]string{}}
	for _, t := range ts {
		h.add(t)
	}
	return h
}

func (h *happening) add(t *told) {
	h.subject = t.subject
	h.claims = append(h.claims, t)
	h.groups = append(h.groups, t.role)
	h.past = h.past && t.past()
	if t.country != "" {
		h.country[t.country] = true
	}
	h.narrow(t.window, t.dated)
}

// narrow keeps the common part of dated windows; where they do not meet both
// stay possible.
func (h *happening) narrow(w calendar.Window, dated bool) {
	switch {
	case w.IsZero(), h.dated && !dated:
	case dated && !h.dated:
		h.core, h.dated = w, true
	default:
		if c, ok := h.core.Intersect(w); ok {
			h.core = c
		} else {
			h.core = h.core.Hull(w)
		}
	}
}

func (h *happening) join(o *happening) {
	for _, t := range o.claims {
		h.add(t)
	}
}

// first is the claim told first: the anchor of the case's name.
func (h *happening) first(arts *shelf) *told {
	return slices.MinFunc(h.claims, func(a, b *told) int {
		return cmp.Or(arts.earlier(a.Article, b.Article), cmp.Compare(a.Evidence.Start, b.Evidence.Start), cmp.Compare(a.ID, b.ID))
	})
}

func (h *happening) relatedTo(o *happening) bool {
	for _, a := range h.groups {
		if slices.ContainsFunc(o.groups, func(b role) bool { return related(a, b) }) {
			return true
		}
	}
	return false
}

// samePlace compares at the coarser precision, the State: a trip to Minsk and
// a stay in western Belarus are one entry. Unknown fits anything.
func (h *happening) samePlace(o *happening) bool {
	if len(h.country) == 0 || len(o.country) == 0 {
		return true
	}
	for c := range h.country {
		if o.country[c] {
			return true
		}
	}
	return false
}

// gap counts the days between two closed windows, 0 where they meet.
func gap(a, b calendar.Window) int {
	switch {
	case a.Latest.Before(b.Earliest):
		return a.Latest.DaysUntil(b.Earliest)
	case b.Latest.Before(a.Earliest):
		return b.Latest.DaysUntil(a.Earliest)
	}
	return 0
}

// fit is how well two happenings go together.
type fit int

const (
	apart    fit = iota
	possible     // linked, not merged
	within       // one vague window around the other
	adjacent     // pinned, a day or two between
	meets        // pinned, overlapping
	echoed       // one article is the other's copy
)

// compare judges two happenings of one subject.
func (h *happening) compare(o *happening, copied bool) fit {
	if !h.relatedTo(o) || !h.samePlace(o) {
		return apart
	}
	if h.core.IsZero() || o.core.IsZero() {
		if copied {
			return echoed
		}
		return possible
	}
	d := gap(h.core, o.core)
	long := max(h.core.Days(), o.core.Days())
	bothDated := h.dated && o.dated
	switch {
	case copied && (d <= echoGap || !bothDated):
		return echoed
	case d > gapDays, d > 0 && !bothDated:
		return apart
	case d > 0 && long <= pinnedDays:
		return adjacent
	case d > 0:
		return apart
	case bothDated && long > vagueDays:
		return possible
	case long <= pinnedDays:
		return meets
	}
	return within
}

// joiner merges happenings; its result depends on the set alone, because the
// order in which they are taken is fixed by their content.
type joiner struct {
	arts  *shelf
	twins map[[2]string]bool // pairs of articles, one a copy of the other
	done  []*happening
}

func newJoiner(arts *shelf, copies []echoes.Edge) *joiner {
	j := &joiner{arts: arts, twins: map[[2]string]bool{}}
	for _, e := range copies {
		if e.Relation.IsCopy() || e.Relation == echoes.OwnUpdate {
			j.twins[[2]string{e.Copy, e.Of}], j.twins[[2]string{e.Of, e.Copy}] = true, true
		}
	}
	return j
}

// build makes the happenings of one subject.
func (j *joiner) build(ts []*told) []*happening {
	j.done = nil
	var waiting []*happening
	for _, part := range byArticle(ts) {
		waiting = append(waiting, local(part)...)
	}
	slices.SortFunc(waiting, func(a, b *happening) int {
		x, y := a.first(j.arts), b.first(j.arts)
		return cmp.Or(rank(a)-rank(b), cmp.Compare(a.core.Days(), b.core.Days()), a.core.Earliest.Compare(b.core.Earliest),
			j.arts.earlier(x.Article, y.Article), cmp.Compare(x.ID, y.ID))
	})
	for _, h := range waiting {
		j.place(h)
	}
	return j.done
}

// rank: what is firmly dated comes first, background last.
func rank(h *happening) int {
	switch {
	case h.past:
		return 3
	case !h.dated:
		return 2
	case h.core.Days() > pinnedDays:
		return 1
	}
	return 0
}

// place joins h to the happening it fits best, or lets it stand. A window that
// fits two alike joins neither: both are linked as possible.
func (j *joiner) place(h *happening) {
	best, at, ties := apart, (*happening)(nil), 0
	var near []*happening
	for _, o := range j.done {
		f := h.compare(o, j.copied(h, o))
		if f > possible && h.promised(o) && !(h.dated && o.dated) {
			f = apart // a pledge is not the deed
		}
		if h.past && f == possible || f == possible && h.dated && o.dated {
			near = append(near, o)
		}
		switch {
		case f > best && f > possible:
			best, at, ties = f, o, 1
		case f == best && f > possible:
			ties++
			near = append(near, o)
		}
	}
	ambiguous := best == within && ties > 1
	switch {
	case at != nil && !ambiguous:
		at.join(h)
		return
	case ambiguous:
		near = append(near, at)
	}
	for _, o := range near {
		link(h, o, "the time told is too wide to say whether it is the same")
	}
	j.done = append(j.done, h)
}

func link(a, b *happening, why string) {
	if a == b || a.why[b] != "" {
		return
	}
	a.near, b.near = append(a.near, b), append(b.near, a)
	a.why[b], b.why[a] = why, why
}

func (j *joiner) copied(a, b *happening) bool {
	for _, x := range a.claims {
		for _, y := range b.claims {
			if j.twins[[2]string{x.Article, y.Article}] {
				return true
			}
		}
	}
	return false
}

func byArticle(ts []*told) [][]*told {
	var out [][]*told
	for i := 0; i < len(ts); {
		k := i
		for k < len(ts) && ts[k].Article == ts[i].Article {
			k++
		}
		out = append(out, ts[i:k])
		i = k
	}
	return out
}

// local groups the claims of one article: the dated and placed ones first, then
// those that hang on them; answers go with what they answer.
func local(ts []*told) []*happening {
	order := slices.Clone(ts)
	slices.SortStableFunc(order, func(a, b *told) int { return cmp.Compare(firmness(a), firmness(b)) })
	var out []*happening
	at := map[string]*happening{}
	for _, t := range order {
		h := at[t.Answers]
		if t.Answers == "" || h == nil {
			h = home(t, out)
		}
		if h == nil && t.reply() && !t.dated {
			h = nearest(t, out)
		}
		if h == nil {
			h = newHappening()
			out = append(out, h)
		}
		h.add(t)
		at[t.ID] = h
	}
	return out
}

// firmness orders claims of one article: deeds before answers, dated before
// undated, narrow before wide.
func firmness(t *told) int {
	n := 0
	if t.reply() {
		n += 1000
	}
	if t.past() {
		n += 400
	}
	if !t.dated {
		n += 200
	}
	return n + min(t.window.Days(), 150)
}

// home finds the happening of the same article that a claim belongs to, the
// nearest in the text where several fit.
func home(t *told, hs []*happening) *happening {
	one := newHappening(t)
	var best *happening
	var bestFit fit
	bestAway := 0
	for _, h := range hs {
		if h.past != t.past() && t.dated {
			if !h.dated || gap(h.core, t.window) > gapDays || t.window.Days() > vagueDays {
				continue
			}
		}
		if h.past != t.past() && !t.dated && t.past() {
			continue
		}
		f := one.compare(h, false)
		if f == possible && !(t.dated && h.dated) {
			f = within // told in one breath, without another date
		}
		if !t.reply() && aspectClash(t, h) {
			continue
		}
		if f <= possible {
			continue
		}
		away := distance(t, h)
		if f > bestFit || f == bestFit && away < bestAway {
			best, bestFit, bestAway = h, f, away
		}
	}
	return best
}

// nearest: an answer without a date is about what its own article tells as
// news, whatever the place it names.
func nearest(t *told, hs []*happening) *happening {
	one := newHappening(t)
	var best *happening
	for _, h := range hs {
		if !h.past && one.relatedTo(h) && (best == nil || distance(t, h) < distance(t, best)) {
			best = h
		}
	}
	return best
}

// aspectClash: an article that tells one delivery as done and another as
// promised tells two; a promised meeting on a trip that took place is part of
// the trip.
func aspectClash(t *told, h *happening) bool {
	ahead := func(a claims.Aspect) bool { return a == claims.Planned || a == claims.Hypothetical }
	return slices.ContainsFunc(h.claims, func(o *told) bool {
		return o.role.element == t.role.element && !o.reply() && ahead(o.Aspect) != ahead(t.Aspect)
	})
}

// promised: one of two happenings is only announced and the other is told as
// done, for the same element.
func (h *happening) promised(o *happening) bool {
	return slices.ContainsFunc(h.claims, func(t *told) bool { return !t.reply() && aspectClash(t, o) })
}

func distance(t *told, h *happening) int {
	best := 1 << 30
	for _, o := range h.claims {
		d := t.Evidence.Start - o.Evidence.Start
		best = min(best, max(d, -d))
	}
	return best
}
