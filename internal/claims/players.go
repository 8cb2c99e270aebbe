package claims

import (
	"strings"

	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/claims/frames"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/story"
)

// referent is whom a nominal speaks of.
type referent struct {
	cluster int
	country string
}

var nobody = referent{cluster: -1}

// refer finds whom the nominal headed by i speaks of: a mention on the head or
// an apposition of it, the group whose members the nominal names, a State or
// its organ, or the antecedent of a pronoun.
func (r *reader) refer(s *sentence, i int) referent {
	if s.refs == nil {
		s.refs = map[int]referent{}
	}
	if x, ok := s.refs[i]; ok {
		return x
	}
	s.refs[i] = nobody // ends a circle of pronouns
	x := nobody
	if c := r.clusterAt(s, i); c >= 0 {
		x.cluster = c
	} else if c := r.named(s, i); c >= 0 {
		x.cluster = c
	} else if r.isClass(s, i, "member") {
		x.cluster = r.groupOf(s, i)
	}
	if x.cluster < 0 {
		if of := s.cl.Part(i); of >= 0 {
			x = r.refer(s, of)
		}
	}
	if x.cluster < 0 && x.country == "" {
		x.country = r.stateOf(s, i)
	}
	if x == nobody {
		x = r.antecedent(s, i)
	}
	s.refs[i] = x
	return x
}

func (r *reader) clusterOf(s *sentence, i int) int { return r.refer(s, i).cluster }

func (r *reader) countryOf(s *sentence, i int) string { return r.refer(s, i).country }

// clusterAt is the accepted or open cluster of a mention on token i; a mention
// inside a hyphened word ("ISIS-linked") names nobody who acts.
func (r *reader) clusterAt(s *sentence, i int) int {
	m := s.mention[i]
	if m < 0 {
		return -1
	}
	mention := r.in.Mentions.Mentions[m]
	if r.hyphened(s, i, mention.Span) {
		return -1
	}
	if mention.Cluster < 0 || mention.Cluster >= len(r.in.Mentions.Clusters) || r.in.Mentions.Clusters[mention.Cluster].Status == mentions.Rejected {
		return -1
	}
	if mention.Form == mentions.Role && r.plural(s, i) && r.isPerson(mention.Cluster) {
		return -1 // "the militants" are not their leader
	}
	return mention.Cluster
}

func (r *reader) plural(s *sentence, i int) bool {
	w := s.cl.Tree.Words[i]
	return w.UPOS == "NOUN" && (w.XPOS == "NNS" || strings.Contains(w.Feats, "Number=Plur") || w.XPOS == "" && strings.HasSuffix(w.Form, "s") && s.cl.Lemma(i) != strings.ToLower(w.Form))
}

// hyphened reports a mention that is part of a longer word: "ISIS-linked",
// "anti-ISIS"; the tokens of such a word stand without space between them.
func (r *reader) hyphened(s *sentence, i int, span story.Span) bool {
	text := r.in.Document.Text
	if tok := s.src.Tokens[i]; tok.Start < span.Start || tok.End > span.End {
		return strings.ContainsAny(tok.Text, "-–‑")
	}
	after, before := text[span.End:], text[:span.Start]
	if rest, ok := strings.CutPrefix(after, "-"); ok {
		return rest != "" && rest[0] >= 'a' && rest[0] <= 'z'
	}
	return strings.HasSuffix(before, "anti-") || strings.HasSuffix(before, "Anti-") || strings.HasSuffix(before, "pro-")
}

// named looks for the name beside a title or description: flat and appositive
// words, and a name that follows a noun of a person as its compound.
func (r *reader) named(s *sentence, i int) int {
	for _, c := range s.cl.Related(i, "flat", "appos") {
		if k := r.clusterAt(s, c); k >= 0 {
			return k
		}
		for _, d := range s.cl.Related(c, "flat") {
			if k := r.clusterAt(s, d); k >= 0 {
				return k
			}
		}
	}
	for _, c := range s.cl.Related(i, "compound") {
		if c > i {
			if k := r.clusterAt(s, c); k >= 0 {
				return k
			}
		}
	}
	return -1
}

// groupOf finds the group in "Boko Haram leaders", "members of the group",
// "the group's leadership".
func (r *reader) groupOf(s *sentence, i int) int {
	for _, c := range s.cl.Related(i, "compound", "amod", "nmod") {
		if k := s.cl.Case(c); k != "" && k != "of" && k != "for" && k != "from" {
			continue
		}
		if k := r.clusterAt(s, c); k >= 0 {
			return k
		}
		for _, d := range s.cl.Related(c, "compound", "flat", "appos") {
			if k := r.clusterAt(s, d); k >= 0 {
				return k
			}
		}
		if r.isClass(s, c, "anaphor") {
			if k := r.refer(s, c).cluster; k >= 0 {
				return k
			}
		}
		if s.cl.Case(c) == "of" && r.isClass(s, c, "member") {
			if k := r.groupOf(s, c); k >= 0 {
				return k
			}
		}
	}
	return -1
}

// speaker gives who says I or we: the holder of the direct speech around it.
func (r *reader) speaker(s *sentence, i int) referent {
	for _, k := range s.speech {
		a := r.in.Speech[k]
		if a.Directness == speech.Indirect || !covers(a.Content, s.src.Tokens[i].Span) {
			continue
		}
		for _, t := range r.sentences {
			if t == nil || !t.src.Span.Overlaps(a.Holder.Span) {
				continue
			}
			for j, tok := range t.src.Tokens {
				if a.Holder.Span.Contains(tok.Span) && r.clusterAt(t, j) >= 0 {
					return referent{cluster: r.clusterAt(t, j)}
				}
			}
		}
	}
	return nobody
}

// isPerson reports a cluster of a person: by the list, or named by a surname, a
// title or "he".
func (r *reader) isPerson(c int) bool {
	k := r.in.Mentions.Clusters[c]
	for _, m := range k.Mentions {
		switch x := r.in.Mentions.Mentions[m]; x.Form {
		case mentions.Surname, mentions.Title:
			return true
		case mentions.Pronoun:
			switch strings.ToLower(x.Text) {
			case "he", "him", "his", "she", "her":
				return true
			}
		}
	}
	best, ok := k.Best()
	if !ok || best.Party == "" || r.in.Party == nil {
		return false
	}
	p, ok := r.in.Party(best.Party)
	return ok && p.Schema == party.Person
}

// stateOf gives the ISO code of the State or organ of a State that the
// nominal names: "Iran", "the Russian military", "Syria's government", "Moscow
// said".
func (r *reader) stateOf(s *sentence, i int) string {
	if t := s.toponym[i]; t >= 0 {
		p := r.in.Places[t]
		subject := strings.HasPrefix(s.cl.Tree.Words[i].Deprel, "nsubj") || s.cl.Tree.Words[i].Deprel == "obl:agent"
		switch s.cl.Case(i) {
		case "from", "to", "with", "between":
			subject = true // who buys from Tehran buys from Iran
		}
		if p.Place != nil && (p.Place.Kind == places.Country || p.Place.Capital && (p.Use == places.Government || subject) || p.Use == places.Demonym) {
			return p.Place.Country
		}
		return ""
	}
	if !r.isClass(s, i, "organ") {
		return ""
	}
	for _, c := range s.cl.Related(i, "amod", "compound", "nmod") {
		if k := s.cl.Case(c); k != "" && k != "of" {
			continue
		}
		if t := s.toponym[c]; t >= 0 && r.in.Places[t].Place != nil && r.in.Places[t].Use != places.Embedded {
			return r.in.Places[t].Place.Country
		}
	}
	return ""
}

// player makes a player of the nominal headed by i.
func (r *reader) player(s *sentence, i int, role Role) Player {
	p := Player{Role: role, Cluster: r.clusterOf(s, i)}
	p.Surface, p.Span = r.phrase(s, clause.Contiguous(s.cl.Phrase(i, false), i))
	p.Name = p.Surface
	p.Country = r.countryOf(s, i)
	if p.Cluster < 0 {
		if p.Country != "" && (s.toponym[i] >= 0 || s.cl.Tree.Words[i].UPOS == "PRON") {
			p.Name = r.countryName(p.Country, p.Surface)
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
	if m := s.mention[i]; m >= 0 {
		p.Surface = r.in.Mentions.Mentions[m].Text
	}
	return p
}

// countryName is the State as the article names it, for "North Korean",
// "Pyongyang" or "it"; else as the table of territories does.
func (r *reader) countryName(code, surface string) string {
	for _, p := range r.in.Places {
		if p.Place != nil && p.Place.Kind == places.Country && p.Place.Country == code && p.Use != places.Demonym {
			return p.Text
		}
	}
	if t, ok := frames.TerritoryOf(code); ok {
		return t.Name
	}
	return surface
}
