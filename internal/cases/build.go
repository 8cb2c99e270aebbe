package cases

import (
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/story"
)

// leastRank is the rank below which an activity alone makes no case.
const leastRank = 30

// builder holds what all cases of one run share.
type builder struct {
	in      Input
	arts    *shelf
	lineage *lineage
	parties map[string]*party.Party
	context map[string][]*told // by subject: official acts and the like
	joiner  *joiner
	spoke   map[string]bool     // articles in which a claim was read
	twins   map[string][]string // articles tied by a copy, both ways
}

// Build joins claims into cases. The same input in any order gives the same
// cases in the same order.
func Build(in Input) []Case {
	b := &builder{in: in, arts: newShelf(in.Articles), parties: map[string]*party.Party{}, context: map[string][]*told{}}
	reg := in.Sources
	if reg == nil {
		reg = sources.Default()
	}
	b.lineage = newLineage(b.arts, in.Copies, reg)
	b.joiner = newJoiner(b.arts, in.Copies)
	b.spoke, b.twins = map[string]bool{}, map[string][]string{}
	for _, c := range in.Claims {
		b.spoke[c.Article] = true
	}
	for _, e := range in.Copies {
		if e.Relation.IsCopy() {
			b.twins[e.Copy], b.twins[e.Of] = append(b.twins[e.Copy], e.Of), append(b.twins[e.Of], e.Copy)
		}
	}
	for i := range in.Parties {
		b.parties[in.Parties[i].ID] = &in.Parties[i]
	}
	var out []Case
	var made []*happening
	all := tell(in, b.arts)
	for i := 0; i < len(all); {
		j := i
		for j < len(all) && all[j].subject == all[i].subject {
			j++
		}
		for _, h := range b.happenings(all[i:j]) {
			out = append(out, b.build(h))
			made = append(made, h)
		}
		i = j
	}
	b.linkCases(out, made)
	slices.SortFunc(out, func(a, c Case) int {
		return cmp.Or(cmp.Compare(a.Party.ID, c.Party.ID), a.Window.Earliest.Compare(c.Window.Earliest), cmp.Compare(a.ID, c.ID))
	})
	return out
}

// happenings of one subject: official acts go beside, the rest is joined, and
// people's merges and splits are carried out last.
func (b *builder) happenings(ts []*told) []*happening {
	var deeds []*told
	for _, t := range ts {
		switch {
		case t.role.group == "official":
			b.context[t.subject] = append(b.context[t.subject], t)
		case t.past() && !t.dated:
			b.context[t.subject] = append(b.context[t.subject], t)
		default:
			deeds = append(deeds, t)
		}
	}
	hs := b.decide(b.joiner.build(deeds))
	return slices.DeleteFunc(hs, func(h *happening) bool {
		if b.opens(h) {
			return false
		}
		b.context[h.subject] = append(b.context[h.subject], h.claims...)
		return true
	})
}

// opens tells whether a happening is worth a case of its own: something of
// weight is told or denied, and where the time is open somebody answers for it
// or a place is named. The rest is shown beside the party's other cases.
func (b *builder) opens(h *happening) bool {
	for _, t := range h.claims {
		switch {
		case t.role.rank < leastRank:
		case t.reply() && !t.denies():
			if t.dated && t.country != "" && !h.past {
				return true // asked about what nobody else reports
			}
		case t.dated, t.role.rank >= 50, len(t.Chain) > 0:
			return true
		}
	}
	return false
}

// decide carries out what people decided about claims of this subject.
func (b *builder) decide(hs []*happening) []*happening {
	ds := slices.Clone(b.in.Decisions)
	slices.SortFunc(ds, func(x, y Decision) int { return cmp.Compare(x.ID, y.ID) })
	for _, d := range ds {
		in := func(t *told) bool { return slices.Contains(d.Claims, t.ID) }
		switch d.Kind {
		case Split:
			var out []*told
			for _, h := range hs {
				for _, t := range h.claims {
					if in(t) {
						out = append(out, t)
					}
				}
				if rest := slices.DeleteFunc(slices.Clone(h.claims), in); len(rest) < len(h.claims) {
					near := h.near
					*h = *newHappening(rest...)
					h.near = near
				}
			}
			hs = slices.DeleteFunc(hs, func(h *happening) bool { return len(h.claims) == 0 })
			if len(out) > 0 {
				hs = append(hs, newHappening(out...))
			}
		case Merge:
			var first *happening
			hs = slices.DeleteFunc(hs, func(h *happening) bool {
				if !slices.ContainsFunc(h.claims, in) {
					return false
				}
				if first == nil {
					first = h
					return false
				}
				first.join(h)
				return true
			})
		}
	}
	return hs
}

// build makes the case file of one happening.
func (b *builder) build(h *happening) Case {
	slices.SortFunc(h.claims, func(x, y *told) int {
		return cmp.Or(b.arts.earlier(x.Article, y.Article), cmp.Compare(x.Evidence.Start, y.Evidence.Start), cmp.Compare(x.ID, y.ID))
	})
	c := Case{Status: Live}
	if h.past {
		c.Status = Background
	}
	live, told2 := b.live(h)
	c.Party = b.party(h)
	c.Activity = activities(live)
	headline := table().roles[c.Activity[0]].element
	g := &gatherer{l: b.lineage, headline: headline, home: b.nationalities(h.subject)}
	if len(h.country) == 1 {
		for state := range h.country {
			g.abroad = state
		}
	}
	counted := b.counted(h, live)
	g.gather(counted)
	c.Replies = b.withNotices(g.replies(live), live)
	g.retract(live, c.Replies)
	c.Origins = g.finish()
	c.NotOrigins = g.none
	c.Independence = g.edges(b.decidedEdge)
	b.elements(&c, g, counted)
	b.aspect(&c, live)
	b.articles(&c, g, live)
	b.window(&c, live, g)
	b.places(&c, live)
	b.conflicts(&c, g, live)
	b.lines(&c, g, live)
	b.flags(&c, g, live)
	b.contexts(&c, h, told2)
	c.ID = caseID(h, b.arts)
	c.Title = title(&c)
	b.checks(&c, h, live)
	b.gaps(&c, live)
	b.coverage(&c)
	c.Decisions = b.decisionsOn(h)
	c.MadeBy = b.madeBy(h)
	return c
}

// live parts what counts from background told in passing: an unattributed
// "who in July flew to ..." joins the old case and adds nothing to it.
func (b *builder) live(h *happening) (live, beside []*told) {
	for _, t := range h.claims {
		if t.past() && !h.past && len(t.Chain) == 0 {
			beside = append(beside, t)
			continue
		}
		live = append(live, t)
	}
	return live, beside
}

// counted are the claims that can support the deed: in a case of things done,
// what was only announced does not.
func (b *builder) counted(h *happening, live []*told) []*told {
	done := slices.ContainsFunc(live, func(t *told) bool { return t.support() && !ahead(t.Aspect) })
	if !done {
		return live
	}
	return slices.DeleteFunc(slices.Clone(live), func(t *told) bool { return t.support() && ahead(t.Aspect) })
}

func ahead(a claims.Aspect) bool { return a == claims.Planned || a == claims.Hypothetical }

// activities of a case, the highest rank first. An activity that is only
// announced never heads a case of things done.
func activities(ts []*told) []activity.Code {
	best := map[activity.Code]int{}
	for _, t := range ts {
		n := t.role.rank
		if ahead(t.Aspect) {
			n -= 100
		}
		if t.reply() && !t.denies() {
			n -= 200
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
func implied(ts []*told, head activity.Code) bool {
	if head != "TRV-PRESENCE" && head != "TRV-EXIT" {
		return false
	}
	return slices.ContainsFunc(ts, func(t *told) bool { return t.Activity == "TRV-ENTRY" })
}

func caseID(h *happening, arts *shelf) string {
	f := h.first(arts)
	return "c" + hashText(h.subject, f.role.group, f.ID)[:12]
}

func hashText(parts ...string) string {
	sum := xxh3.HashString128(strings.Join(parts, "\x00"))
	var buf [16]byte
	binary.BigEndian.PutUint64(buf[:8], sum.Hi)
	binary.BigEndian.PutUint64(buf[8:], sum.Lo)
	return hex.EncodeToString(buf[:])
}

func (b *builder) madeBy(h *happening) MadeBy {
	m := b.in.Made
	m.Rules = Rules
	var parts []string
	arts := map[string]bool{}
	for _, t := range h.claims {
		parts = append(parts, t.ID)
		arts[t.Article] = true
	}
	for _, e := range b.in.Copies {
		if arts[e.Copy] || arts[e.Of] {
			parts = append(parts, e.Copy+string(e.Relation)+e.Of)
		}
	}
	m.Inputs = hashText(uniq(append(parts, b.decisionsOn(h)...))...)[:16]
	return m
}

func (b *builder) decisionsOn(h *happening) []string {
	var out []string
	for _, d := range b.in.Decisions {
		if slices.ContainsFunc(h.claims, func(t *told) bool { return slices.Contains(d.Claims, t.ID) }) {
			out = append(out, d.ID)
		}
	}
	return uniq(out)
}

// decidedEdge looks for a person's word on two origins.
func (b *builder) decidedEdge(x, y *root) (Independence, string) {
	has := func(r *root, ids []string) bool {
		return slices.ContainsFunc(r.claims, func(t *told) bool { return slices.Contains(ids, t.ID) })
	}
	for _, d := range b.in.Decisions {
		if d.Kind == SetDependence && (has(x, d.Claims) && has(y, d.Other) || has(y, d.Claims) && has(x, d.Other)) {
			return Independence(d.Value), d.Who
		}
	}
	return "", ""
}

// withNotices adds retractions that no claim carries. Another outlet's word of
// an unnamed agency's withdrawal is the same withdrawal.
func (b *builder) withNotices(rs []Reply, live []*told) []Reply {
	inCase, replied := map[string]bool{}, map[string]bool{}
	for _, t := range live {
		inCase[t.Article] = true
	}
	for _, r := range rs {
		if class(r.Act) == "retract" && r.Own {
			for _, a := range r.Articles {
				replied[a] = true
			}
		}
	}
	rs = append(rs, b.lineage.notices(inCase, replied)...)
	own := only(rs, func(r Reply) bool { return r.Act == speech.Retract && r.Own })
	if own < 0 {
		return rs
	}
	for i, r := range rs {
		if r.Act == speech.Retract && !r.Own {
			k := &rs[own]
			k.Articles = b.arts.inOrder(append(k.Articles, r.Articles...))
			k.Also = slices.DeleteFunc(slices.Clone(k.Articles), func(id string) bool { return id == k.Article })
			k.Claims = uniq(append(k.Claims, r.Claims...))
			rs[i].Act = ""
		}
	}
	return slices.DeleteFunc(rs, func(r Reply) bool { return r.Act == "" })
}

// aspect of the case: that of the counted claims of the headline.
func (b *builder) aspect(c *Case, live []*told) {
	order := []claims.Aspect{claims.Completed, claims.Ongoing, claims.Attempted, claims.Historical, claims.Planned, claims.Hypothetical}
	best := len(order)
	for _, t := range live {
		if t.Activity == c.Activity[0] && t.support() {
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
	if ahead(c.Aspect) {
		for _, r := range c.Replies {
			if class(r.Act) == "deny" && r.Scope == "whole" {
				c.Occurrence = "called-off"
			}
		}
	}
}

// window is the hull of what the live, not withdrawn reports of the headline
// give; where none gives a time, what they leave open.
func (b *builder) window(c *Case, live []*told, g *gatherer) {
	var dated, rest calendar.Window
	told := slices.ContainsFunc(live, func(t *told) bool { return t.support() && (g.at[t] == nil || g.at[t].retracted == "") })
	for _, t := range live {
		if r := g.at[t]; r != nil && r.retracted != "" || t.past() && c.Status != Background || t.reply() && told {
			continue
		}
		w := t.window
		switch {
		case !t.dated:
			if rest.IsZero() {
				rest = w
			} else if x, ok := rest.Intersect(w); ok {
				rest = x
			}
		case t.Act == speech.Retract || t.Act == speech.Correct:
		case w.Days() <= pinnedDays || dated.IsZero():
			dated = tighten(dated, w)
		}
	}
	c.Window = Window{Earliest: dated.Earliest, Latest: dated.Latest, Precision: dated.Precision, Basis: "reported"}
	if dated.IsZero() {
		c.Window = Window{Earliest: rest.Earliest, Latest: rest.Latest, Precision: calendar.WindowOnly, Basis: "publication"}
	}
}

// tighten: a wide window around narrower ones says nothing more.
func tighten(a, b calendar.Window) calendar.Window {
	switch {
	case a.Days() > pinnedDays && b.Days() <= pinnedDays:
		return b
	case b.Days() > 5 && a.Days() > 0 && a.Days() <= 5 && a.Overlaps(b):
		return a
	case a.Days() > 5 && b.Days() <= 5 && a.Overlaps(b):
		return b
	}
	return a.Hull(b)
}

func (b *builder) places(c *Case, live []*told) {
	c.Places = placesOf(live, func(t *told) *claims.Location { return t.place })
	c.From = placesOf(live, func(t *told) *claims.Location { return t.From })
	c.Via = placesOf(live, func(t *told) *claims.Location { return t.Via })
}

func placesOf(ts []*told, pick func(*told) *claims.Location) []Place {
	var out []Place
	for _, t := range ts {
		p := pick(t)
		if p == nil || t.reply() && !t.denies() {
			continue
		}
		name := cmp.Or(p.Name, p.Text)
		i := slices.IndexFunc(out, func(o Place) bool { return o.Name == name && o.Country == p.Country })
		if i < 0 {
			out = append(out, Place{Name: name, Country: p.Country, Kind: p.Kind, ID: p.ID, Lat: p.Lat, Lon: p.Lon})
			i = len(out) - 1
		}
		out[i].Claims = append(out[i].Claims, t.ID)
	}
	fine := []string{"facility", "city", "region", "country", "area", ""}
	slices.SortStableFunc(out, func(a, b Place) int {
		return cmp.Or(slices.Index(fine, a.Kind)-slices.Index(fine, b.Kind), len(b.Claims)-len(a.Claims), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// articles of the case with their relations, and how far the story went.
func (b *builder) articles(c *Case, g *gatherer, live []*told) {
	ids := map[string]bool{}
	for _, t := range live {
		ids[t.Article] = true
	}
	for _, r := range c.Replies {
		for _, a := range r.Articles {
			ids[a] = true
		}
	}
	for id := range b.silent(ids) {
		ids[id] = true
	}
	var list []string
	for id := range ids {
		list = append(list, id)
	}
	outlets, langs := map[string]bool{}, map[string]bool{}
	for _, id := range b.arts.inOrder(list) {
		ref := ArticleRef{ID: id, Relation: string(echoes.OwnReport)}
		for _, e := range b.lineage.of[id] {
			if ids[e.Of] && (ref.Of == nil || e.Relation == echoes.Relation(ref.Relation)) {
				ref.Relation = string(e.Relation)
				ref.Of = append(ref.Of, e.Of)
			}
		}
		if a := b.arts.byID[id]; a != nil {
			ref.Outlet, ref.Title, ref.URL, ref.Published, ref.Language = a.Outlet, a.Title, a.URL, stamp(a), a.Language
		}
		for _, r := range c.Origins {
			if r.Retracted != "" && r.Stance == "for" && slices.Contains(r.Articles, id) {
				ref.Retracted = r.Retracted
			}
		}
		if echoes.Relation(ref.Relation).IsCopy() {
			c.Reach.Copies++
		}
		if ref.Outlet != "" {
			outlets[ref.Outlet] = true
		}
		if ref.Language != "" {
			langs[ref.Language] = true
		}
		c.Articles = append(c.Articles, ref)
	}
	c.Reach.Articles, c.Reach.Outlets = len(c.Articles), len(outlets)
	for l := range langs {
		c.Reach.Languages = append(c.Reach.Languages, l)
	}
	slices.Sort(c.Reach.Languages)
	for _, a := range c.Articles {
		if a.Published != "" {
			c.Reach.FirstSeen = cmp.Or(c.Reach.FirstSeen, a.Published)
			c.Reach.LastSeen = a.Published
		}
	}
}

// silent finds articles in which no claim was read (a language that is not
// read, a notice) but which are copies or sources of articles in the case.
func (b *builder) silent(in map[string]bool) map[string]bool {
	out := map[string]bool{}
	var queue []string
	for id := range in {
		queue = append(queue, id)
	}
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		for _, o := range b.twins[id] {
			if !in[o] && !out[o] && !b.spoke[o] && b.arts.byID[o] != nil {
				out[o] = true
				queue = append(queue, o)
			}
		}
	}
	return out
}

// lines lists the claims as the case uses them.
func (b *builder) lines(c *Case, g *gatherer, live []*told) {
	for _, t := range live {
		l := ClaimLine{ID: t.ID, Article: t.Article, Activity: t.Activity, Element: t.role.element, Aspect: t.Aspect, Polarity: cmp.Or(t.Polarity, "+"),
			Act: t.Act, Certainty: t.Certainty, Scope: t.Scope, Window: t.window, Quote: quote(t), Start: t.Evidence.Start, End: t.Evidence.End, Rule: t.Rule, Score: t.Score}
		if !t.dated {
			l.Window = calendar.Window{}
		}
		for _, k := range t.Chain {
			l.Chain = append(l.Chain, k.Holder)
		}
		if r := g.at[t]; r != nil {
			l.Origin = r.out.ID
		}
		if t.place != nil {
			l.Place = cmp.Or(t.place.Name, t.place.Text)
		}
		c.Claims = append(c.Claims, l)
	}
}

// contexts lists background and official acts told in the same articles.
func (b *builder) contexts(c *Case, h *happening, beside []*told) {
	in := map[string]bool{}
	for _, a := range c.Articles {
		in[a.ID] = true
	}
	for _, t := range beside {
		c.Context = append(c.Context, Context{"background", t.Activity, quote(t), t.Article, t.ID})
	}
	for _, t := range b.context[h.subject] {
		if in[t.Article] {
			kind := "background"
			if t.role.group == "official" {
				kind = "official act"
			}
			c.Context = append(c.Context, Context{kind, t.Activity, quote(t), t.Article, t.ID})
		}
	}
	slices.SortFunc(c.Context, func(x, y Context) int {
		return cmp.Or(b.arts.earlier(x.Article, y.Article), cmp.Compare(x.Claim, y.Claim))
	})
}

// linkCases ties cases of one party: earlier, later, possibly the same.
func (b *builder) linkCases(cs []Case, hs []*happening) {
	id := map[*happening]string{}
	for i, h := range hs {
		id[h] = cs[i].ID
	}
	subject := map[string][]int{}
	for i, h := range hs {
		subject[h.subject] = append(subject[h.subject], i)
	}
	for i, h := range hs {
		for _, o := range h.near {
			if id[o] != "" {
				cs[i].Links = append(cs[i].Links, Link{id[o], "possibly the same", h.why[o]})
			}
		}
		cs[i].Links = append(cs[i].Links, b.neighbours(i, subject[h.subject], cs, hs)...)
		slices.SortFunc(cs[i].Links, func(x, y Link) int {
			return cmp.Or(cmp.Compare(y.Relation, x.Relation), cmp.Compare(x.Case, y.Case))
		})
	}
}

// maxLinks bounds the earlier and the later cases that a file points to.
const maxLinks = 3

// neighbours are the nearest earlier and later happenings of the same kind.
func (b *builder) neighbours(i int, of []int, cs []Case, hs []*happening) []Link {
	h := hs[i]
	type near struct {
		days int
		Link
	}
	found := map[string][]near{}
	for _, k := range of {
		o := hs[k]
		if k == i || slices.Contains(h.near, o) || h.core.IsZero() || o.core.IsZero() || !h.relatedTo(o) {
			continue
		}
		rel := "earlier"
		if cs[k].Window.Earliest.After(cs[i].Window.Earliest) {
			rel = "later"
		}
		d := gap(h.core, o.core)
		found[rel] = append(found[rel], near{d, Link{cs[k].ID, rel, fmt.Sprintf("%d days between", d)}})
	}
	var out []Link
	for _, list := range found {
		slices.SortFunc(list, func(x, y near) int { return cmp.Or(x.days-y.days, cmp.Compare(x.Case, y.Case)) })
		for _, n := range list[:min(len(list), maxLinks)] {
			out = append(out, n.Link)
		}
	}
	return out
}

func (b *builder) coverage(c *Case) {
	cov := Coverage{Articles: len(b.in.Articles), Lists: uniq(b.in.Made.Lists)}
	var first, last *story.Article
	for i := range b.in.Articles {
		a := &b.in.Articles[i]
		if a.Outlet != "" {
			cov.Outlets = append(cov.Outlets, a.Outlet)
		}
		if a.Language != "" {
			cov.Languages = append(cov.Languages, a.Language)
		}
		if a.Published.IsZero() {
			continue
		}
		if first == nil || a.Published.Before(first.Published) {
			first = a
		}
		if last == nil || a.Published.After(last.Published) {
			last = a
		}
	}
	cov.Outlets, cov.Languages = uniq(cov.Outlets), uniq(cov.Languages)
	if len(cov.Outlets) > 40 { // the list is for reading; the number tells the rest
		cov.Outlets = append(cov.Outlets[:40:40], fmt.Sprintf("and %d more", len(cov.Outlets)-40))
	}
	if first != nil {
		cov.From, cov.To = first.Day().String(), last.Day().String()
	}
	c.Coverage = cov
}
