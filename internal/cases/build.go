package cases

import (
	"cmp"
	"slices"

	"github.com/reportedly/reportedly/internal/cases/bearers"
	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/cases/origins"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/cases/searched"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/sources"
)

// leastRank is the rank below which an activity alone makes no case.
const leastRank = 30

// builder holds what all cases of one run share.
type builder struct {
	in      Input
	arts    *happenings.Shelf
	lineage *origins.Lineage
	parties map[string]*party.Party
	context map[string][]*happenings.Told // by subject: official acts and the like
	joiner  *happenings.Joiner
	settled map[bearers.Key]bearers.Ground
	spoke   map[string]bool          // articles in which a claim was read
	twins   map[string][]string      // articles tied by a copy, both ways
	ties    map[string][]echoes.Edge // all edges of an article
	seen    Coverage
	twin    map[string][]string // list entries by the one that stands for them
}

// Build joins claims into cases. The same input in any order gives the same
// cases in the same order.
func Build(in Input) []Case {
	in.Decisions = review.Holding(in.Decisions)
	in.Standing = slices.Concat(in.Standing, review.Standing(in.Decisions))
	in.Judgements = slices.Concat(in.Judgements, review.Judgements(in.Decisions))
	b := &builder{in: in, arts: happenings.NewShelf(in.Articles), parties: map[string]*party.Party{}, context: map[string][]*happenings.Told{}}
	reg := in.Sources
	if reg == nil {
		reg = sources.Default()
	}
	b.lineage = origins.NewLineage(b.arts, in.Copies, reg)
	b.joiner = happenings.NewJoiner(b.arts, in.Copies)
	b.in.Claims, b.settled = bearers.Settle(bearers.Input{Claims: in.Claims, Mentions: in.Mentions, Copies: in.Copies, Arts: b.arts, Same: in.Same, Outlet: b.lineage.Own})
	b.spoke, b.twins = map[string]bool{}, map[string][]string{}
	for _, c := range in.Claims {
		if g := happenings.RoleOf(c.Activity).Group; g != "official" && g != "other" {
			b.spoke[c.Article] = true
		}
	}
	b.ties, b.twin = map[string][]echoes.Edge{}, map[string][]string{}
	for id, to := range in.Same {
		b.twin[to] = append(b.twin[to], id)
	}
	if in.Searched != nil {
		b.seen = *in.Searched
	} else {
		b.seen = searched.Of(in.Articles)
	}
	b.seen.Lists = uniq(in.Made.Lists)
	for _, e := range in.Copies {
		b.ties[e.Copy] = append(b.ties[e.Copy], e)
		b.ties[e.Of] = append(b.ties[e.Of], e)
		if e.Relation.IsCopy() {
			b.twins[e.Copy], b.twins[e.Of] = append(b.twins[e.Copy], e.Of), append(b.twins[e.Of], e.Copy)
		}
	}
	for i := range in.Parties {
		b.parties[in.Parties[i].ID] = &in.Parties[i]
	}
	b.atSea()
	var out []Case
	var made []*happenings.Happening
	all := happenings.Tell(b.in.Claims, in.Mentions, in.Same, onTerritory(in.Law), words(in.Decisions), b.arts)
	for i := 0; i < len(all); {
		j := i
		for j < len(all) && all[j].Subject == all[i].Subject {
			j++
		}
		if in.Subjects != nil && !in.Subjects[all[i].Subject] {
			i = j
			continue
		}
		for _, h := range b.happenings(all[i:j]) {
			out = append(out, b.build(h))
			made = append(made, h)
		}
		i = j
	}
	b.linkCases(out, made)
	b.review(out)
	slices.SortFunc(out, func(a, c Case) int {
		return cmp.Or(cmp.Compare(a.Party.ID, c.Party.ID), a.Window.Earliest.Compare(c.Window.Earliest), cmp.Compare(a.ID, c.ID))
	})
	return out
}

// atSea: a listed ship that arrives somewhere calls at a port; it enters no
// State as a person does.
func (b *builder) atSea() {
	b.in.Claims = slices.Clone(b.in.Claims)
	for i, c := range b.in.Claims {
		if c.Activity != "TRV-ENTRY" && c.Activity != "TRV-PRESENCE" {
			continue
		}
		for _, p := range c.Players {
			if e := b.parties[p.Party]; e != nil && e.Schema == party.Vessel {
				c.Activity = "SEA-PORT"
				if c.Place == nil {
					c.Place = c.To
				}
				b.in.Claims[i] = c
			}
		}
	}
}

// onTerritory asks the law, where it knows, which States are under a measure.
func onTerritory(l Law) func(string) bool {
	if t, ok := l.(Territories); ok {
		return t.OnTerritory
	}
	return nil
}

// words are the decisions about single claims.
func words(ds []review.Record) happenings.Words {
	w := happenings.Words{Dropped: map[string]bool{}, Party: map[string]map[string]string{}}
	for _, d := range ds {
		for _, id := range d.Claims {
			switch d.Kind {
			case review.Drop:
				w.Dropped[id] = true
			case review.Identify:
				if w.Party[id] == nil {
					w.Party[id] = map[string]string{}
				}
				w.Party[id][d.Field] = d.Value
			}
		}
	}
	return w
}

// happenings of one subject: official acts go beside, the rest is joined, and
// people's merges and splits are carried out last.
func (b *builder) happenings(ts []*happenings.Told) []*happenings.Happening {
	var deeds []*happenings.Told
	for _, t := range ts {
		switch {
		case t.Role.Group == "official":
			b.context[t.Subject] = append(b.context[t.Subject], t)
		case t.Past() && !t.Dated:
			b.context[t.Subject] = append(b.context[t.Subject], t)
		default:
			deeds = append(deeds, t)
		}
	}
	hs := b.decide(b.joiner.Build(deeds))
	news := map[string]bool{} // article and element of what is dated or attributed
	for _, h := range hs {
		if !h.Background && !bare(h) {
			for _, t := range h.Claims {
				news[t.Article+" "+t.Role.Element] = true
				news[t.Article+" "+t.Role.Implies] = true
			}
		}
	}
	return slices.DeleteFunc(hs, func(h *happenings.Happening) bool {
		again := bare(h) && slices.ContainsFunc(h.Claims, func(t *happenings.Told) bool {
			return news[t.Article+" "+t.Role.Element] || t.Role.Implies != "" && news[t.Article+" "+t.Role.Implies]
		})
		if b.opens(h) && !again {
			return false
		}
		b.context[h.Subject] = append(b.context[h.Subject], h.Claims...)
		return true
	})
}

// bare: without a time and without a source. Beside a dated or attributed
// deed of the same kind in the same article this is that deed named again, and
// opens nothing ("the news of the visit comes amid ...").
func bare(h *happenings.Happening) bool {
	return !slices.ContainsFunc(h.Claims, func(t *happenings.Told) bool { return t.Dated || len(t.Chain) > 0 })
}

// opens tells whether a happening is worth a case of its own: something of
// weight is told or denied, and where the time is open somebody answers for it
// or a place is named. The rest is shown beside the party's other cases.
func (b *builder) opens(h *happenings.Happening) bool {
	for _, t := range h.Claims {
		switch {
		case t.Role.Rank < leastRank:
		case t.Replies() && !t.Denies():
			if t.Dated && t.Country != "" && !h.Background {
				return true // asked about what nobody else reports
			}
		case t.Dated, t.Role.Rank >= 50, len(t.Chain) > 0:
			return true
		}
	}
	return false
}

// decide carries out what people decided about claims of this subject.
func (b *builder) decide(hs []*happenings.Happening) []*happenings.Happening {
	for _, d := range b.in.Decisions {
		in := func(t *happenings.Told) bool { return slices.Contains(d.Claims, t.ID) }
		switch d.Kind {
		case review.Split:
			var out []*happenings.Told
			for _, h := range hs {
				for _, t := range h.Claims {
					if in(t) {
						out = append(out, t)
					}
				}
				if rest := slices.DeleteFunc(slices.Clone(h.Claims), in); len(rest) < len(h.Claims) {
					near := h.Near
					*h = *happenings.New(rest...)
					h.Near = near
				}
			}
			hs = slices.DeleteFunc(hs, func(h *happenings.Happening) bool { return len(h.Claims) == 0 })
			if len(out) > 0 {
				hs = append(hs, happenings.New(out...))
			}
		case review.Merge:
			var first *happenings.Happening
			hs = slices.DeleteFunc(hs, func(h *happenings.Happening) bool {
				if !slices.ContainsFunc(h.Claims, in) {
					return false
				}
				if first == nil {
					first = h
					return false
				}
				first.Join(h)
				return true
			})
		}
	}
	return hs
}

// build makes the case file of one happening.
func (b *builder) build(h *happenings.Happening) Case {
	slices.SortFunc(h.Claims, func(x, y *happenings.Told) int {
		return cmp.Or(b.arts.Earlier(x.Article, y.Article), cmp.Compare(x.Evidence.Start, y.Evidence.Start), cmp.Compare(x.ID, y.ID))
	})
	c := Case{Status: Live}
	if h.Background {
		c.Status = Background
	}
	live, told2 := b.live(h)
	c.Party = b.party(h)
	c.Activity = activities(live)
	headline := happenings.RoleOf(c.Activity[0]).Element
	g := &origins.Gatherer{Lines: b.lineage, Headline: headline, Home: b.nationalities(h.Subject)}
	if len(h.Country) == 1 {
		for state := range h.Country {
			g.Abroad = state
		}
	}
	counted := b.counted(h, live)
	g.Gather(counted)
	c.Replies = b.withNotices(g.AllReplies(live), live)
	g.Retract(live, c.Replies)
	c.Origins = g.Finish()
	c.NotOrigins = g.None
	c.Independence = g.Edges(b.decidedEdge)
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
	b.rate(&c)
	c.Coverage = b.seen
	c.Decisions = b.decisionsOn(h)
	c.MadeBy = b.madeBy(h)
	return c
}

func (b *builder) decisionsOn(h *happenings.Happening) []string {
	var out []string
	for _, d := range b.in.Decisions {
		if d.Kind.Shapes() && slices.ContainsFunc(h.Claims, func(t *happenings.Told) bool {
			return slices.Contains(d.Claims, t.ID) || slices.Contains(d.Other, t.ID)
		}) {
			out = append(out, d.ID)
		}
	}
	return uniq(out)
}

// decidedEdge looks for a person's word on two origins.
func (b *builder) decidedEdge(x, y *origins.Root) (Independence, string) {
	has := func(r *origins.Root, ids []string) bool {
		return slices.ContainsFunc(r.Claims, func(t *happenings.Told) bool { return slices.Contains(ids, t.ID) })
	}
	for _, d := range slices.Backward(b.in.Decisions) {
		if d.Kind == review.Independence && (has(x, d.Claims) && has(y, d.Other) || has(y, d.Claims) && has(x, d.Other)) {
			return Independence(d.Value), d.Who
		}
	}
	return "", ""
}
