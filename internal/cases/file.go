package cases

import (
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/cases/origins"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// live parts what counts from background told in passing: an unattributed
// "who in July flew to ..." joins the old case and adds nothing to it.
func (b *builder) live(h *happenings.Happening) (live, beside []*happenings.Told) {
	for _, t := range h.Claims {
		if t.Past() && !h.Background && len(t.Chain) == 0 {
			beside = append(beside, t)
			continue
		}
		live = append(live, t)
	}
	return live, beside
}

// counted are the claims that can support the deed: in a case of things done,
// what was only announced does not.
func (b *builder) counted(h *happenings.Happening, live []*happenings.Told) []*happenings.Told {
	done := slices.ContainsFunc(live, func(t *happenings.Told) bool { return t.Supports() && !happenings.Ahead(t.Aspect) })
	if !done {
		return live
	}
	return slices.DeleteFunc(slices.Clone(live), func(t *happenings.Told) bool { return t.Supports() && happenings.Ahead(t.Aspect) })
}

// activities of a case, the highest rank first. An activity that is only
// announced never heads a case of things done.
func activities(ts []*happenings.Told) []activity.Code {
	best := map[activity.Code]int{}
	told := slices.ContainsFunc(ts, func(t *happenings.Told) bool { return !t.Replies() || t.Denies() })
	reported := slices.ContainsFunc(ts, (*happenings.Told).Supports)
	for _, t := range ts {
		if told && t.Replies() && !t.Denies() {
			continue // what somebody would not speak about is no activity
		}
		n := t.Role.Rank
		if happenings.Ahead(t.Aspect) {
			n -= 100
		}
		if t.Replies() && !t.Denies() {
			n -= 200
		}
		if reported && t.Denies() {
			n -= 50 // what is denied heads a case only where nothing is reported
		}
		if old, ok := best[t.Activity]; !ok || n > old {
			best[t.Activity] = n
		}
	}
	var out []activity.Code
	for a := range best {
		out = append(out, a)
	}
	slices.SortFunc(out, func(x, y activity.Code) int { return cmp.Or(best[y]-best[x], cmp.Compare(x, y)) })
	if implied(ts, out[0]) {
		out = slices.DeleteFunc(out, func(a activity.Code) bool { return a == "TRV-ENTRY" })
		out = append([]activity.Code{"TRV-ENTRY"}, out...)
	}
	return out
}

// implied: a stay abroad on given days implies an entry, which is what a
// travel ban is about.
func implied(ts []*happenings.Told, head activity.Code) bool {
	if head != "TRV-PRESENCE" && head != "TRV-EXIT" {
		return false
	}
	return slices.ContainsFunc(ts, func(t *happenings.Told) bool { return t.Activity == "TRV-ENTRY" })
}

func caseID(h *happenings.Happening, arts *happenings.Shelf) string {
	f := h.First(arts)
	return "c" + hashText(h.Subject, f.Role.Group, f.ID)[:12]
}

func hashText(parts ...string) string {
	sum := xxh3.HashString128(strings.Join(parts, "\x00"))
	var buf [16]byte
	binary.BigEndian.PutUint64(buf[:8], sum.Hi)
	binary.BigEndian.PutUint64(buf[8:], sum.Lo)
	return hex.EncodeToString(buf[:])
}

func (b *builder) madeBy(h *happenings.Happening) MadeBy {
	m := b.in.Made
	m.Rules = Rules
	var parts []string
	arts := map[string]bool{}
	for _, t := range h.Claims {
		parts = append(parts, t.ID)
		arts[t.Article] = true
	}
	for id := range arts {
		for _, e := range b.ties[id] {
			parts = append(parts, e.Copy+string(e.Relation)+e.Of)
		}
	}
	m.Inputs = hashText(uniq(append(parts, b.decisionsOn(h)...))...)[:16]
	return m
}

// aspect of the case: that of the counted claims of the headline.
func (b *builder) aspect(c *Case, live []*happenings.Told) {
	order := []claims.Aspect{claims.Completed, claims.Ongoing, claims.Attempted, claims.Historical, claims.Planned, claims.Hypothetical}
	best := len(order)
	for _, t := range live {
		if t.Activity == c.Activity[0] && t.Supports() {
			if i := slices.Index(order, t.Aspect); i >= 0 && i < best {
				best = i
			}
		}
	}
	if best == len(order) {
		c.Aspect = live[0].Aspect
	} else {
		c.Aspect = order[best]
	}
	if happenings.Ahead(c.Aspect) {
		for _, r := range c.Replies {
			if origins.Class(r.Act) == "deny" && r.Scope == "whole" {
				c.Occurrence = "called-off"
			}
		}
	}
}

// window is the hull of what the live, not withdrawn reports of the headline
// give; where none gives a time, what they leave open.
func (b *builder) window(c *Case, live []*happenings.Told, g *origins.Gatherer) {
	var dated, past, rest calendar.Window
	told := slices.ContainsFunc(live, func(t *happenings.Told) bool { return t.Supports() && (g.At[t] == nil || g.At[t].Retracted == "") })
	for _, t := range live {
		if r := g.At[t]; r != nil && r.Retracted != "" || t.Replies() && told {
			continue
		}
		w := t.Window
		switch {
		case t.Past() && c.Status != Background: // "said last month that he had come in July"
			if t.Dated && t.Supports() {
				past = tighten(past, w)
			}
		case !t.Dated:
			if rest.IsZero() {
				rest = w
			} else if x, ok := rest.Intersect(w); ok {
				rest = x
			}
		case t.Act == speech.Retract || t.Act == speech.Correct || t.Activity == "TRV-EXEMPT" && c.Activity[0] != "TRV-EXEMPT":
		case w.Days() <= happenings.PinnedDays || dated.IsZero():
			dated = tighten(dated, w)
		}
	}
	if dated.IsZero() {
		dated = past
	}
	c.Window = Window{Earliest: dated.Earliest, Latest: dated.Latest, Precision: dated.Precision, Basis: "reported"}
	if dated.IsZero() {
		c.Window = Window{Earliest: rest.Earliest, Latest: rest.Latest, Precision: calendar.WindowOnly, Basis: "publication"}
	}
}

// tighten: a wide window around narrower ones says nothing more.
func tighten(a, b calendar.Window) calendar.Window {
	switch {
	case a.Days() > happenings.PinnedDays && b.Days() <= happenings.PinnedDays:
		return b
	case b.Days() > 5 && a.Days() > 0 && a.Days() <= 5 && a.Overlaps(b):
		return a
	case a.Days() > 5 && b.Days() <= 5 && a.Overlaps(b):
		return b
	}
	return a.Hull(b)
}

func (b *builder) places(c *Case, live []*happenings.Told) {
	c.Places = happenings.PlacesOf(live, func(t *happenings.Told) *claims.Location { return t.Where })
	c.From = happenings.PlacesOf(live, func(t *happenings.Told) *claims.Location { return t.From })
	c.Via = happenings.PlacesOf(live, func(t *happenings.Told) *claims.Location { return t.Via })
	if _, _, own := b.designations(c.Party); len(c.Places) == 0 {
		if p, ok := happenings.Filed(live, own); ok {
			c.Places = []Place{p}
		}
	}
}

// lines lists the claims as the case uses them.
func (b *builder) lines(c *Case, g *origins.Gatherer, live []*happenings.Told) {
	for _, t := range live {
		l := ClaimLine{ID: t.ID, Article: t.Article, Activity: t.Activity, Element: t.Role.Element, Aspect: t.Aspect, Polarity: cmp.Or(t.Polarity, "+"),
			Act: t.Act, Certainty: t.Certainty, Scope: t.Scope, Window: t.Window, Quote: t.Quote(), Start: t.Evidence.Start, End: t.Evidence.End, Rule: t.Rule, Score: t.Score}
		if !t.Dated {
			l.Window = calendar.Window{}
		}
		for _, k := range t.Chain {
			l.Chain = append(l.Chain, k.Holder)
		}
		if r := g.At[t]; r != nil {
			l.Origin = r.Out.ID
		}
		if t.Where != nil {
			l.Place = cmp.Or(t.Where.Name, t.Where.Text)
		}
		c.Claims = append(c.Claims, l)
	}
}

// contexts lists background and official acts told in the same articles.
func (b *builder) contexts(c *Case, h *happenings.Happening, beside []*happenings.Told) {
	in := map[string]bool{}
	for _, a := range c.Articles {
		in[a.ID] = true
	}
	for _, t := range beside {
		c.Context = append(c.Context, Context{"background", t.Activity, t.Quote(), t.Article, t.ID})
	}
	for _, t := range b.context[h.Subject] {
		if in[t.Article] {
			kind := "background"
			if t.Role.Group == "official" {
				kind = "official act"
			}
			c.Context = append(c.Context, Context{kind, t.Activity, t.Quote(), t.Article, t.ID})
		}
	}
	slices.SortFunc(c.Context, func(x, y Context) int {
		return cmp.Or(b.arts.Earlier(x.Article, y.Article), cmp.Compare(x.Claim, y.Claim))
	})
}
