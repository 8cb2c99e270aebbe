package cases

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/cases/bearers"
	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/party"
)

// party describes the subject: refs, identity with its reasons, rivals.
func (b *builder) party(h *happenings.Happening) Party {
	p := Party{ID: h.Subject, Kind: "listed", Identity: mentions.Accepted}
	switch {
	case strings.HasPrefix(h.Subject, happenings.Territory):
		p.Kind, p.Name = "territory", b.territoryName(h)
	case strings.HasPrefix(h.Subject, happenings.Undecided):
		p.Identity = mentions.Undecided
		for _, id := range strings.Split(strings.TrimPrefix(h.Subject, happenings.Undecided), "+") {
			p.Rivals = append(p.Rivals, Rival{ID: id, Name: b.nameOf(id)})
		}
	default:
		p.Name = b.nameOf(h.Subject)
		for _, id := range b.twin[h.Subject] {
			if id != h.Subject {
				p.Same = append(p.Same, id)
			}
		}
		slices.Sort(p.Same)
		for _, id := range append([]string{h.Subject}, p.Same...) {
			if e := b.parties[id]; e != nil {
				p.Schema = cmp.Or(p.Schema, string(e.Schema))
				for _, d := range e.Designations {
					p.Refs = append(p.Refs, d.Authority+" "+d.Reference)
				}
			}
		}
		p.Refs = uniq(p.Refs)
	}
	b.bearing(&p, h)
	b.identified(&p, h)
	return p
}

// identified puts a person's word on who is meant before the machine's reasons.
func (b *builder) identified(p *Party, h *happenings.Happening) {
	for _, r := range b.in.Decisions {
		if r.Kind != review.Identify || r.Value != h.Subject {
			continue
		}
		if slices.ContainsFunc(h.Claims, func(t *happenings.Told) bool { return slices.Contains(r.Claims, t.ID) }) {
			p.Reasons = slices.Insert(p.Reasons, 0, Reason{Feature: "decision", Weight: 1, Text: "decided by " + r.Who + ": " + r.Reason})
		}
	}
}

func (b *builder) nameOf(id string) string {
	if e := b.parties[id]; e != nil {
		return e.PrimaryName()
	}
	return id
}

func (b *builder) territoryName(h *happenings.Happening) string {
	for _, t := range h.Claims {
		for _, pl := range t.Players {
			if pl.Role == claims.Recipient && happenings.Territory+pl.Country == h.Subject {
				return cmp.Or(pl.Name, pl.Surface)
			}
		}
		if t.To != nil && happenings.Territory+t.To.Country == h.Subject {
			return cmp.Or(t.To.Name, t.To.Text)
		}
	}
	return strings.TrimPrefix(h.Subject, happenings.Territory)
}

// bearing gathers roles, spellings and the reasons of the best identification
// among the articles, with the rivals it beat. An article that was settled by
// another one says so, and its own doubts give way to the other's reasons.
func (b *builder) bearing(p *Party, h *happenings.Happening) {
	var roles []string
	clusters := map[bearers.Key]bool{}
	for _, t := range h.Claims {
		for _, pl := range t.Players {
			if !b.isSubject(pl, h.Subject) {
				continue
			}
			roles = append(roles, string(pl.Role))
			if b.in.Mentions == nil {
				p.Surfaces = append(p.Surfaces, pl.Surface)
			}
			if pl.Cluster >= 0 {
				clusters[bearers.Key{Article: t.Article, Cluster: pl.Cluster}] = true
			}
		}
	}
	var settled []Reason
	best, own := -1.0, false
	for _, k := range b.inOrder(clusters) {
		r := b.in.Mentions[k.Article]
		g, other := b.settled[k]
		if other {
			settled = append(settled, Reason{Feature: "lineage", Text: g.Text, Article: k.Article})
		}
		if k.Cluster >= len(r.Clusters) {
			continue
		}
		p.Surfaces = append(p.Surfaces, bearers.Names(r, k.Cluster)...)
		cl := r.Clusters[k.Cluster]
		if len(cl.Hypotheses) == 0 || other && own {
			continue
		}
		if s := cl.Hypotheses[0].Score; s > best || !other && !own {
			best, own = s, !other
			b.weighed(p, cl, k.Article)
		}
	}
	p.Reasons = append(p.Reasons, settled...)
	for _, r := range uniq(roles) {
		p.Roles = append(p.Roles, claims.Role(r))
	}
	if p.Name == "" { // whose bearer is open: the name as the text writes it first
		p.Name = fullest(p.Surfaces)
	}
	p.Surfaces = slices.DeleteFunc(uniq(p.Surfaces), func(s string) bool { return s == "" })
}

func (b *builder) inOrder(set map[bearers.Key]bool) []bearers.Key {
	var out []bearers.Key
	for k := range set {
		out = append(out, k)
	}
	slices.SortFunc(out, func(x, y bearers.Key) int {
		return cmp.Or(b.arts.Earlier(x.Article, y.Article), x.Cluster-y.Cluster)
	})
	return out
}

// fullest of some spellings is the one of most words, the first of them.
func fullest(names []string) string {
	out := ""
	for _, n := range names {
		if len(strings.Fields(n)) > len(strings.Fields(out)) {
			out = n
		}
	}
	return out
}

func (b *builder) isSubject(pl claims.Player, subject string) bool {
	id := pl.Party
	if s := b.in.Same[id]; s != "" {
		id = s
	}
	return id != "" && id == subject || pl.Party == "" && subject == happenings.Undecided+happenings.Candidates(pl)
}

func (b *builder) weighed(p *Party, cl mentions.Cluster, article string) {
	p.Score, p.Reasons, p.Rivals = 0, nil, nil
	for i, hy := range cl.Hypotheses {
		mine := hy.Party == p.ID || slices.Contains(p.Same, hy.Party)
		if mine && p.Score == 0 {
			p.Score = hy.Score
			p.Reasons = append(reasons(hy.For, article, 1), reasons(hy.Against, article, -1)...)
			continue
		}
		if mine || hy.Party == "" && i > 0 && hy.Score < 0.005 {
			continue
		}
		name := cmp.Or(hy.Name, b.nameOf(hy.Party))
		if hy.Party == "" {
			name = "somebody who is on no list"
		}
		p.Rivals = append(p.Rivals, Rival{hy.Party, name, hy.Score, reasons(hy.For, article, 1), reasons(hy.Against, article, -1)})
	}
}

func reasons(es []mentions.Evidence, article string, sign float64) []Reason {
	var out []Reason
	for _, e := range es {
		w := e.Weight
		if w > 0 {
			w *= sign
		}
		out = append(out, Reason{e.Feature, w, e.Text, article, e.Span.Start, e.Span.End})
	}
	return out
}

// nationalities of the subject, for telling a journey from life at home.
func (b *builder) nationalities(subject string) []string {
	var out []string
	if e := b.parties[subject]; e != nil {
		for _, n := range e.Nationalities {
			out = append(out, n.Code)
		}
	}
	return out
}

// designations of the subject and of the entries taken for the same party.
func (b *builder) designations(p Party) (out []party.Designation, schema party.Schema, nations []string) {
	for _, id := range append([]string{p.ID}, p.Same...) {
		if e := b.parties[id]; e != nil {
			out = append(out, e.Designations...)
			schema = cmp.Or(schema, e.Schema)
			for _, n := range e.Nationalities {
				nations = append(nations, n.Code)
			}
		}
	}
	return out, schema, slices.DeleteFunc(uniq(nations), func(s string) bool { return s == "" })
}
