package happenings

import (
	"cmp"
	"slices"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/echoes"
)

// Happening is a set of claims of one subject taken for one deed.
type Happening struct {
	Subject    string
	Claims     []*Told
	Core       calendar.Window // what the joined reports have in common
	Dated      bool
	Country    map[string]bool
	Background bool         // only told in passing
	Near       []*Happening // others it may be the same as
	Why        map[*Happening]string
	groups     []Role
}

func New(ts ...*Told) *Happening {
	h := &Happening{Country: map[string]bool{}, Background: true, Why: map[*Happening]string{}}
	for _, t := range ts {
		h.add(t)
	}
	return h
}

func (h *Happening) add(t *Told) {
	h.Subject = t.Subject
	h.Claims = append(h.Claims, t)
	if !t.asked() || len(h.groups) == 0 {
		h.groups = append(h.groups, t.Role)
	}
	h.Background = h.Background && t.Past()
	if t.Country != "" {
		h.Country[t.Country] = true
	}
	h.narrow(t.Window, t.Dated)
}

// narrow keeps the common part of dated windows; where they do not meet both
// stay possible.
func (h *Happening) narrow(w calendar.Window, dated bool) {
	switch {
	case w.IsZero(), h.Dated && !dated:
	case dated && !h.Dated:
		h.Core, h.Dated = w, true
	default:
		if c, ok := h.Core.Intersect(w); ok {
			h.Core = c
		} else {
			h.Core = h.Core.Hull(w)
		}
	}
}

func (h *Happening) Join(o *Happening) {
	for _, t := range o.Claims {
		h.add(t)
	}
}

// First is the claim told first: the anchor of the case's name.
func (h *Happening) First(arts *Shelf) *Told {
	return slices.MinFunc(h.Claims, func(a, b *Told) int {
		return cmp.Or(arts.Earlier(a.Article, b.Article), cmp.Compare(a.Evidence.Start, b.Evidence.Start), cmp.Compare(a.ID, b.ID))
	})
}

func (h *Happening) RelatedTo(o *Happening) bool {
	for _, a := range h.groups {
		if slices.ContainsFunc(o.groups, func(b Role) bool { return Related(a, b) }) {
			return true
		}
	}
	return false
}

// samePlace compares at the coarser precision, the State: a trip to Minsk and
// a stay in western Belarus are one entry. Unknown fits anything.
func (h *Happening) samePlace(o *Happening) bool {
	if len(h.Country) == 0 || len(o.Country) == 0 {
		return true
	}
	for c := range h.Country {
		if o.Country[c] {
			return true
		}
	}
	return false
}

// Gap counts the days between two closed windows, 0 where they meet.
func Gap(a, b calendar.Window) int {
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
func (h *Happening) compare(o *Happening, copied bool) fit {
	if !h.RelatedTo(o) || !h.samePlace(o) {
		return apart
	}
	if h.Core.IsZero() || o.Core.IsZero() {
		if copied {
			return echoed
		}
		return possible
	}
	d := Gap(h.Core, o.Core)
	long := max(h.Core.Days(), o.Core.Days())
	bothDated := h.Dated && o.Dated
	switch {
	case copied && (d <= echoGap || !bothDated):
		return echoed
	case d > gapDays, d > 0 && !bothDated:
		return apart
	case d > 0 && long <= PinnedDays:
		return adjacent
	case d > 0:
		return apart
	case bothDated && long > vagueDays:
		return possible
	case long <= PinnedDays:
		return meets
	}
	return within
}

// MayBe: the two could be one deed, if their subjects were one.
func (h *Happening) MayBe(o *Happening) bool { return h.compare(o, false) > apart }

// Joiner merges happenings; its result depends on the set alone, because the
// order in which they are taken is fixed by their content.
type Joiner struct {
	arts  *Shelf
	twins map[[2]string]bool // pairs of articles, one a copy of the other
	done  []*Happening
}

func NewJoiner(arts *Shelf, copies []echoes.Edge) *Joiner {
	j := &Joiner{arts: arts, twins: map[[2]string]bool{}}
	for _, e := range copies {
		if e.Relation.IsCopy() || e.Relation == echoes.OwnUpdate {
			j.twins[[2]string{e.Copy, e.Of}], j.twins[[2]string{e.Of, e.Copy}] = true, true
		}
	}
	return j
}

// Build makes the happenings of one subject.
func (j *Joiner) Build(ts []*Told) []*Happening {
	j.done = nil
	var waiting []*Happening
	for _, part := range byArticle(ts) {
		waiting = append(waiting, local(part)...)
	}
	slices.SortFunc(waiting, func(a, b *Happening) int {
		x, y := a.First(j.arts), b.First(j.arts)
		return cmp.Or(rank(a)-rank(b), cmp.Compare(a.Core.Days(), b.Core.Days()), a.Core.Earliest.Compare(b.Core.Earliest),
			j.arts.Earlier(x.Article, y.Article), cmp.Compare(x.ID, y.ID))
	})
	for _, h := range waiting {
		j.place(h)
	}
	return j.done
}

// rank: what is firmly dated comes first, background last.
func rank(h *Happening) int {
	switch {
	case h.Background:
		return 3
	case !h.Dated:
		return 2
	case h.Core.Days() > PinnedDays:
		return 1
	}
	return 0
}

// place joins h to the happening it fits best, or lets it stand. A window that
// fits two alike joins neither: both are linked as possible.
func (j *Joiner) place(h *Happening) {
	best, at, ties := apart, (*Happening)(nil), 0
	var near []*Happening
	for _, o := range j.done {
		f := h.compare(o, j.copied(h, o))
		if f > possible && h.promised(o) && !(h.Dated && o.Dated) {
			f = apart // a pledge is not the deed
		}
		if h.Background && f == possible || f == possible && h.Dated && o.Dated {
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
		at.Join(h)
		return
	case ambiguous:
		near = append(near, at)
	}
	for _, o := range near {
		link(h, o, "the time told is too wide to say whether it is the same")
	}
	j.done = append(j.done, h)
}

func link(a, b *Happening, why string) {
	if a == b || a.Why[b] != "" {
		return
	}
	a.Near, b.Near = append(a.Near, b), append(b.Near, a)
	a.Why[b], b.Why[a] = why, why
}

func (j *Joiner) copied(a, b *Happening) bool {
	for _, x := range a.Claims {
		for _, y := range b.Claims {
			if j.twins[[2]string{x.Article, y.Article}] {
				return true
			}
		}
	}
	return false
}

func byArticle(ts []*Told) [][]*Told {
	var out [][]*Told
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
func local(ts []*Told) []*Happening {
	order := slices.Clone(ts)
	slices.SortStableFunc(order, func(a, b *Told) int { return cmp.Compare(firmness(a), firmness(b)) })
	var out []*Happening
	at := map[string]*Happening{}
	for _, t := range order {
		h := at[t.Answers]
		if t.Answers == "" || h == nil || h.Background && t.asked() {
			h = home(t, out)
		}
		if h == nil && (t.asked() || t.Replies() && !t.Dated) {
			h = nearest(t, out)
		}
		if h == nil {
			h = New()
			out = append(out, h)
		}
		h.add(t)
		at[t.ID] = h
	}
	return out
}

// firmness orders claims of one article: deeds before answers, dated before
// undated, narrow before wide.
func firmness(t *Told) int {
	n := 0
	if t.Replies() {
		n += 1000
	}
	if t.Past() {
		n += 400
	}
	if !t.Dated {
		n += 200
	}
	return n + min(t.Window.Days(), 150)
}

// home finds the happening of the same article that a claim belongs to, the
// nearest in the text where several fit.
func home(t *Told, hs []*Happening) *Happening {
	one := New(t)
	var best *Happening
	var bestFit fit
	bestAway := 0
	for _, h := range hs {
		if h.Background != t.Past() && t.Dated {
			if !h.Dated || Gap(h.Core, t.Window) > gapDays || t.Window.Days() > vagueDays {
				continue
			}
		}
		if h.Background != t.Past() && !t.Dated && t.Past() {
			continue
		}
		f := one.compare(h, false)
		if f == possible && !(t.Dated && h.Dated) {
			f = within // told in one breath, without another date
		}
		if !t.Replies() && aspectClash(t, h) {
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
func nearest(t *Told, hs []*Happening) *Happening {
	one := New(t)
	for _, any := range []bool{false, true} { // whoever had no comment had none on the news
		var best *Happening
		for _, h := range hs {
			if !h.Background && (any && t.asked() || one.RelatedTo(h)) && (best == nil || distance(t, h) < distance(t, best)) {
				best = h
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

// asked: somebody was asked and took no position.
func (t *Told) asked() bool { return t.Replies() && !t.Denies() }

// aspectClash: an article that tells one delivery as done and another as
// promised tells two; a promised meeting on a trip that took place is part of
// the trip.
func aspectClash(t *Told, h *Happening) bool {
	return slices.ContainsFunc(h.Claims, func(o *Told) bool {
		return o.Role.Element == t.Role.Element && !o.Replies() && Ahead(o.Aspect) != Ahead(t.Aspect)
	})
}

// promised: one of two happenings is only announced and the other is told as
// done, for the same element.
func (h *Happening) promised(o *Happening) bool {
	return slices.ContainsFunc(h.Claims, func(t *Told) bool { return !t.Replies() && aspectClash(t, o) })
}

func distance(t *Told, h *Happening) int {
	best := 1 << 30
	for _, o := range h.Claims {
		d := t.Evidence.Start - o.Evidence.Start
		best = min(best, max(d, -d))
	}
	return best
}
