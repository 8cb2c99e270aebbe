package cases

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/cases/origins"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// withNotices adds retractions that no claim carries. Another outlet's word of
// an unnamed agency's withdrawal is the same withdrawal.
func (b *builder) withNotices(rs []Reply, live []*happenings.Told) []Reply {
	inCase, replied := map[string]bool{}, map[string]bool{}
	for _, t := range live {
		inCase[t.Article] = true
	}
	for _, r := range rs {
		if origins.Class(r.Act) == "retract" && r.Own {
			for _, a := range r.Articles {
				replied[a] = true
			}
		}
	}
	rs = append(rs, b.lineage.Notices(inCase, replied)...)
	own := origins.Only(rs, func(r Reply) bool { return r.Act == speech.Retract && r.Own })
	if own < 0 {
		return rs
	}
	for i, r := range rs {
		if r.Act == speech.Retract && !r.Own {
			k := &rs[own]
			k.Articles = b.arts.InOrder(append(k.Articles, r.Articles...))
			k.Also = slices.DeleteFunc(slices.Clone(k.Articles), func(id string) bool { return id == k.Article })
			k.Claims = uniq(append(k.Claims, r.Claims...))
			rs[i].Act = ""
		}
	}
	return slices.DeleteFunc(rs, func(r Reply) bool { return r.Act == "" })
}

// articles of the case with their relations, and how far the story went.
func (b *builder) articles(c *Case, g *origins.Gatherer, live []*happenings.Told) {
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
	for _, id := range b.arts.InOrder(list) {
		ref := ArticleRef{ID: id, Relation: string(echoes.OwnReport)}
		for _, e := range b.lineage.Of[id] {
			if ids[e.Of] && (ref.Of == nil || e.Relation == echoes.Relation(ref.Relation)) {
				ref.Relation = string(e.Relation)
				ref.Of = append(ref.Of, e.Of)
			}
		}
		if a := b.arts.ByID[id]; a != nil {
			ref.Outlet, ref.Title, ref.URL, ref.Published, ref.Language = a.Outlet, a.Title, a.URL, origins.Stamp(a), a.Language
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
			if !in[o] && !out[o] && !b.spoke[o] && b.arts.ByID[o] != nil {
				out[o] = true
				queue = append(queue, o)
			}
		}
	}
	return out
}

// linkCases ties cases of one party: earlier, later, possibly the same.
func (b *builder) linkCases(cs []Case, hs []*happenings.Happening) {
	id := map[*happenings.Happening]string{}
	for i, h := range hs {
		id[h] = cs[i].ID
	}
	subject := map[string][]int{}
	for i, h := range hs {
		subject[h.Subject] = append(subject[h.Subject], i)
	}
	b.openBearers(subject, cs, hs)
	for i, h := range hs {
		for _, o := range h.Near {
			if id[o] != "" {
				cs[i].Links = append(cs[i].Links, Link{id[o], "possibly the same", h.Why[o]})
			}
		}
		cs[i].Links = append(cs[i].Links, b.neighbours(i, subject[h.Subject], cs, hs)...)
		slices.SortFunc(cs[i].Links, func(x, y Link) int {
			return cmp.Or(cmp.Compare(y.Relation, x.Relation), cmp.Compare(x.Case, y.Case))
		})
	}
}

// openBearers ties a case whose bearer is undecided to those of the parties he
// may be, where the deed may be the same, and back.
func (b *builder) openBearers(subject map[string][]int, cs []Case, hs []*happenings.Happening) {
	const why = "if it is decided who is meant"
	for s, open := range subject {
		ids, undecided := strings.CutPrefix(s, happenings.Undecided)
		if !undecided {
			continue
		}
		var parties []string
		for id := range strings.SplitSeq(ids, "+") {
			parties = append(parties, cmp.Or(b.in.Same[id], id))
		}
		for _, p := range uniq(parties) {
			for _, i := range open {
				for _, k := range subject[p] {
					if hs[i].MayBe(hs[k]) {
						cs[i].Links = append(cs[i].Links, Link{cs[k].ID, "possibly the same", why})
						cs[k].Links = append(cs[k].Links, Link{cs[i].ID, "possibly the same", why})
					}
				}
			}
		}
	}
}

// maxLinks bounds the earlier and the later cases that a file points to.
const maxLinks = 3

// neighbours are the nearest earlier and later happenings of the same kind.
func (b *builder) neighbours(i int, of []int, cs []Case, hs []*happenings.Happening) []Link {
	h := hs[i]
	type near struct {
		days int
		Link
	}
	found := map[string][]near{}
	for _, k := range of {
		o := hs[k]
		if k == i || slices.Contains(h.Near, o) || h.Core.IsZero() || o.Core.IsZero() || !h.RelatedTo(o) {
			continue
		}
		rel := "earlier"
		if cs[k].Window.Earliest.After(cs[i].Window.Earliest) {
			rel = "later"
		}
		d := happenings.Gap(h.Core, o.Core)
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
