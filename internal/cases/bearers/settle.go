package bearers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/mentions"
)

const (
	sevenDays = 7   // between two stories of one outlet that go on with each other
	nearRival = 0.5 // of the party's score: another listed party that fits as well
)

// Key names a bearer: a cluster of one article.
type Key struct {
	Article string
	Cluster int
}

// Ground says by which article a bearer was settled.
type Ground struct {
	Party    string
	Of       string // the article in which the party is accepted
	Relation echoes.Relation
	Text     string // the reason in words
}

// Input of Settle. Outlet gives the lasting name of the outlet of an article,
// "" where it is not known.
type Input struct {
	Claims   []claims.Claim
	Mentions map[string]mentions.Result
	Copies   []echoes.Edge
	Arts     *happenings.Shelf
	Same     map[string]string
	Outlet   func(article string) string
}

// settler holds what is known of names and edges.
type settler struct {
	Input
	up       map[string][]echoes.Edge
	accepted map[string]map[string]bearer // by article and party
	stories  map[string][]string          // by outlet: articles in which a party is accepted
	deeds    map[string][]deed            // by party: what is told of it where it is accepted
	open     map[Key][]deed               // what is told of an open bearer
}

// bearer is an accepted party as one article writes it.
type bearer struct {
	names   []string
	support map[string]bool
}

// Settle gives the claims with the bearers that could be settled filled in. The
// claims given are not changed.
func Settle(in Input) ([]claims.Claim, map[Key]Ground) {
	s := &settler{Input: in, up: map[string][]echoes.Edge{}, accepted: map[string]map[string]bearer{}, stories: map[string][]string{}, deeds: map[string][]deed{}, open: map[Key][]deed{}}
	s.edges()
	s.known()
	s.byOutlet()
	s.byDeed()
	found := map[Key]Ground{}
	out := slices.Clone(in.Claims)
	for i, c := range out {
		own := false
		for k, p := range c.Players {
			if p.Party != "" || p.Cluster < 0 || happenings.Candidates(p) == "" {
				continue
			}
			key := Key{c.Article, p.Cluster}
			g, ok := found[key]
			if !ok {
				g = s.settle(key, p)
				found[key] = g
			}
			if g.Party == "" {
				continue
			}
			if !own {
				out[i].Players, own = slices.Clone(c.Players), true
			}
			out[i].Players[k].Party = g.Party
		}
	}
	for k, g := range found {
		if g.Party == "" {
			delete(found, k)
		}
	}
	return out, found
}

func (s *settler) same(id string) string { return cmp.Or(s.Same[id], id) }

func (s *settler) edges() {
	for _, e := range s.Copies {
		if e.Relation.IsCopy() || e.Relation == echoes.Aggregation || e.Relation == echoes.OwnUpdate {
			s.up[e.Copy] = append(s.up[e.Copy], e)
		}
		switch e.Relation {
		case echoes.OwnUpdate, echoes.SameCapture, echoes.Verbatim, echoes.EditedCopy, echoes.Translation: // one text, one bearer
			s.up[e.Of] = append(s.up[e.Of], echoes.Edge{Copy: e.Of, Of: e.Copy, Relation: e.Relation})
		}
	}
	for id := range s.up {
		slices.SortFunc(s.up[id], func(a, b echoes.Edge) int {
			return cmp.Or(s.Arts.Earlier(a.Of, b.Of), cmp.Compare(a.Relation, b.Relation))
		})
	}
}

// known gathers the accepted parties of each article.
func (s *settler) known() {
	put := func(article, party string, b bearer) {
		if s.accepted[article] == nil {
			s.accepted[article] = map[string]bearer{}
		}
		old := s.accepted[article][party]
		old.names = append(old.names, b.names...)
		if old.support == nil {
			old.support = map[string]bool{}
		}
		for k := range b.support {
			old.support[k] = true
		}
		s.accepted[article][party] = old
	}
	for id, r := range s.Mentions {
		for i, c := range r.Clusters {
			if h, ok := c.Best(); ok && c.Status == mentions.Accepted {
				put(id, s.same(h.Party), bearer{Names(r, i), support(h)})
			}
		}
	}
	for _, c := range s.Claims {
		for _, p := range c.Players {
			if p.Party != "" && p.Cluster >= 0 {
				put(c.Article, s.same(p.Party), bearer{})
			}
		}
	}
}

// byOutlet sorts the articles in which somebody is accepted.
func (s *settler) byOutlet() {
	for id := range s.accepted {
		if o := s.Outlet(id); o != "" {
			s.stories[o] = append(s.stories[o], id)
		}
	}
}

// support is what an article tells of the bearer beyond the name.
func support(h mentions.Hypothesis) map[string]bool {
	out := map[string]bool{}
	for _, e := range h.For {
		switch e.Feature {
		case "rank", "country", "listing", "co-named", "birth year", "age":
			out[e.Feature+" "+e.Text] = true
		}
	}
	return out
}

// settle finds the party that an open bearer is, by the articles his own goes
// back to; a Ground without a party where there is none.
func (s *settler) settle(k Key, p claims.Player) Ground {
	var cands []string
	for _, id := range p.Candidates {
		if id != "" {
			cands = append(cands, s.same(id))
		}
	}
	slices.Sort(cands)
	cands = slices.Compact(cands)
	cl, read := s.cluster(k)
	if read && cl.Status != mentions.Undecided {
		return Ground{}
	}
	g := s.lineage(k.Article, cands)
	if g.Party == "" && read {
		g = s.next(k, cl, cands)
	}
	if g.Party == "" && read && len(cands) == 1 {
		g = s.sameDeed(k, cl, cands[0])
	}
	if g.Party == "" || s.against(cl, read, g.Party, cands) {
		return Ground{}
	}
	return g
}

func (s *settler) cluster(k Key) (mentions.Cluster, bool) {
	r, ok := s.Mentions[k.Article]
	if !ok || k.Cluster >= len(r.Clusters) {
		return mentions.Cluster{}, false
	}
	return r.Clusters[k.Cluster], true
}

// lineage goes through the articles that one goes back to, nearest first.
func (s *settler) lineage(article string, cands []string) Ground {
	type step struct{ id, by string }
	seen := map[string]bool{article: true}
	level := []step{{article, ""}}
	for len(level) > 0 {
		var next []step
		var found []Ground
		for _, at := range level {
			for _, e := range s.up[at.id] {
				if seen[e.Of] {
					continue
				}
				seen[e.Of] = true
				by := cmp.Or(at.by, string(e.Relation))
				next = append(next, step{e.Of, by})
				for _, c := range cands {
					if _, ok := s.accepted[e.Of][c]; ok {
						found = append(found, Ground{c, e.Of, echoes.Relation(by), s.words(article, e.Of, by)})
					}
				}
			}
		}
		if len(found) > 0 {
			if slices.ContainsFunc(found, func(g Ground) bool { return g.Party != found[0].Party }) {
				return Ground{}
			}
			return found[0]
		}
		level = next
	}
	return Ground{}
}

func (s *settler) words(article, of, by string) string {
	switch {
	case by == string(echoes.OwnUpdate):
		return fmt.Sprintf("identity as in %s, another version of the same outlet's story", s.label(of))
	case s.Arts.Earlier(article, of) < 0:
		return fmt.Sprintf("identity as in an article that carries the same text (%s, %s)", s.label(of), by)
	}
	return fmt.Sprintf("identity as in the article it goes back to (%s, %s)", s.label(of), by)
}

func (s *settler) label(id string) string {
	a := s.Arts.ByID[id]
	if a == nil || a.Outlet == "" {
		return id
	}
	return a.Outlet + ", " + a.Day().String()
}

// next looks at other stories of the same outlet within days that write the
// name alike and describe the bearer alike.
func (s *settler) next(k Key, cl mentions.Cluster, cands []string) Ground {
	a := s.Arts.ByID[k.Article]
	if a == nil || a.Published.IsZero() {
		return Ground{}
	}
	mine := Names(s.Mentions[k.Article], k.Cluster)
	var found []Ground
	for _, id := range s.stories[s.Outlet(k.Article)] {
		o, parties := s.Arts.ByID[id], s.accepted[id]
		if o == nil || id == k.Article || o.Published.IsZero() || apart(a.Day().DaysUntil(o.Day())) > sevenDays {
			continue
		}
		for _, c := range cands {
			if b, ok := parties[c]; ok && alike(mine, b.names) && shares(s.support(cl, c), b.support) {
				found = append(found, Ground{c, id, echoes.OwnReport, fmt.Sprintf("identity as in %s, a story of the same outlet with the same name and description", s.label(id))})
			}
		}
	}
	slices.SortFunc(found, func(x, y Ground) int { return cmp.Or(s.Arts.Earlier(x.Of, y.Of), cmp.Compare(x.Party, y.Party)) })
	if len(found) == 0 || slices.ContainsFunc(found, func(g Ground) bool { return g.Party != found[0].Party }) {
		return Ground{}
	}
	return found[0]
}

func (s *settler) support(cl mentions.Cluster, party string) map[string]bool {
	for _, h := range cl.Hypotheses {
		if s.same(h.Party) == party {
			return support(h)
		}
	}
	return nil
}

func apart(days int) int { return max(days, -days) }

func shares(a, b map[string]bool) bool {
	for k := range a {
		if b[k] {
			return true
		}
	}
	return false
}

// alike: a name of two words or more stands in both.
func alike(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool {
		return len(strings.Fields(x)) > 1 && slices.ContainsFunc(b, func(y string) bool { return strings.EqualFold(x, y) })
	})
}

// against: the article speaks of another life, or another listed party fits
// nearly as well. Without scores nothing tells two candidates apart.
func (s *settler) against(cl mentions.Cluster, read bool, party string, cands []string) bool {
	if !read {
		return len(cands) > 1
	}
	score := 0.0
	for _, h := range cl.Hypotheses {
		if h.Party == "" || s.same(h.Party) != party {
			continue
		}
		score += h.Score
		for _, e := range h.Against {
			switch e.Feature {
			case "age", "calling", "longer name":
				return true
			}
		}
	}
	return slices.ContainsFunc(cl.Hypotheses, func(h mentions.Hypothesis) bool {
		return h.Party != "" && s.same(h.Party) != party && h.Score >= nearRival*score
	})
}
