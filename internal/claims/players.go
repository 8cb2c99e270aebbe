package claims

import (
	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/mentions"
)

// player makes a player of the nominal headed by i.
func (r *reader) player(s *sentence, i int, role Role) Player {
	p := Player{Role: role, Cluster: r.ClusterOf(s, i)}
	p.Surface, p.Span = r.at().Phrase(s, clause.Contiguous(s.Cl.Phrase(i, false), i))
	p.Name = p.Surface
	p.Country = r.CountryOf(s, i)
	if p.Cluster < 0 {
		if p.Country != "" && (s.Toponym[i] >= 0 || s.Cl.Tree.Words[i].UPOS == "PRON") {
			p.Name = r.CountryName(p.Country, p.Surface)
		}
		return p
	}
	c := r.in.Mentions.Clusters[p.Cluster]
	for _, h := range c.Hypotheses {
		if h.Party != "" {
			p.Candidates = append(p.Candidates, h.Party)
		}
	}
	if best, ok := c.Best(); ok && c.Status != mentions.Rejected {
		p.Listed, p.Name = true, best.Name
		if c.Status == mentions.Accepted {
			p.Party = best.Party
		}
	}
	if p.Name == "" {
		p.Name = c.Name
	}
	if m := s.Mention[i]; m >= 0 {
		p.Surface = r.in.Mentions.Mentions[m].Text
	}
	return p
}
