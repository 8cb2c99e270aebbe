package claims

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/claims/coreference"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/story"
)

// antecedent resolves pronouns and descriptions that the mentions room left
// open.
func (r *reader) antecedent(s *sentence, i int) referent {
	w := s.cl.Tree.Words[i]
	if w.UPOS == "PRON" {
		switch strings.ToLower(w.Form) {
		case "we", "i", "us", "me":
			return r.speaker(s, i)
		case "he", "him", "his":
			return r.lookBack(s, i, coreference.APerson)
		case "it", "its", "they", "their", "them":
			x := r.lookBack(s, i, coreference.ABody)
			if r.resolved && x.cluster >= 0 {
				return nobody // the mentions room knows parties, not States
			}
			return x
		}
		return nobody
	}
	if !r.definite(s, i) {
		return nobody
	}
	switch {
	case (w.UPOS == "NOUN" || w.UPOS == "ADJ" && strings.HasPrefix(w.Deprel, "nsubj")) && !r.plural(s, i) && r.isClass(s, i, "personrole"), r.demonym(s, i):
		if c := r.entitled(s, i); c >= 0 {
			return referent{cluster: c}
		}
		if r.isClass(s, i, "title") {
			return nobody // many bear such a title
		}
		return r.foremost(s, i, coreference.Person)
	case w.UPOS == "NOUN" && r.isClass(s, i, "anaphor"):
		return r.lookBack(s, i, coreference.AGroup)
	case w.UPOS == "NOUN" && !r.plural(s, i) && r.isClass(s, i, "vessel"):
		return r.foremost(s, i, coreference.Vessel)
	case w.UPOS == "NOUN" && !r.plural(s, i) && r.isClass(s, i, "anaphoriccompany"):
		return r.foremost(s, i, coreference.Company)
	}
	return nobody
}

// demonym reports a person told by a nation alone: "the Iranian was arrested".
func (r *reader) demonym(s *sentence, i int) bool {
	t := s.toponym[i]
	if t < 0 || r.in.Places[t].Use != places.Demonym || strings.HasSuffix(s.cl.Tree.Words[i].Form, "s") {
		return false
	}
	rel := s.cl.Tree.Words[i].Deprel
	return strings.HasPrefix(rel, "nsubj") || rel == "obj" || rel == "obl:agent"
}

// kindOf is what the list says of the bearer of a cluster.
func (r *reader) kindOf(c int) coreference.Kind {
	if c < 0 {
		return coreference.Unknown
	}
	if r.isPerson(c) {
		return coreference.Person
	}
	best, ok := r.in.Mentions.Clusters[c].Best()
	if !ok || r.in.Party == nil {
		return coreference.Unknown
	}
	switch p, _ := r.in.Party(best.Party); p.Schema {
	case party.Vessel:
		return coreference.Vessel
	case party.Company:
		return coreference.Company
	case party.Organization, party.PublicBody:
		return coreference.Group
	}
	return coreference.Unknown
}

// foremost gives whom "the warlord", "the tycoon", "the company" speaks of.
// Only a bearer whose kind is known and fits counts for a description of a
// thing.
func (r *reader) foremost(s *sentence, i int, want coreference.Kind) referent {
	var before []coreference.Mention
	for _, t := range r.sentences[:s.n+1] {
		if t == nil {
			continue
		}
		last := -1
		for j := range t.cl.Tree.Words {
			m := t.mention[j]
			if m < 0 || m == last || t.src.Tokens[j].Start >= s.src.Tokens[i].Start {
				continue
			}
			last = m
			c := r.in.Mentions.Mentions[m].Cluster
			k := r.kindOf(c)
			if c < 0 || k == coreference.Unknown && want != coreference.Person {
				continue
			}
			before = append(before, coreference.Mention{Cluster: c, Kind: k, Sentence: t.n, Subject: strings.HasPrefix(t.cl.Tree.Words[j].Deprel, "nsubj")})
		}
	}
	return referent{cluster: coreference.Foremost(before, s.n, want)}
}

// lookBack walks back over the subjects and names before word i.
func (r *reader) lookBack(s *sentence, i int, want coreference.Want) referent {
	far := 2
	if want == coreference.AGroup {
		far = 12
	}
	x := coreference.Nearest(s.n, far, want, func(n int) []coreference.Candidate {
		t := r.sentences[n]
		if t == nil {
			return nil
		}
		end := len(t.cl.Tree.Words)
		if n == s.n {
			end = i
		}
		return r.candidates(t, end, want)
	})
	return referent{cluster: x.Cluster, country: x.Country}
}

// candidates gives the nominals of a sentence before token end.
func (r *reader) candidates(t *sentence, end int, want coreference.Want) []coreference.Candidate {
	var out []coreference.Candidate
	for j := 0; j < end; j++ {
		w := t.cl.Tree.Words[j]
		if w.UPOS != "PROPN" && w.UPOS != "NOUN" && w.UPOS != "PRON" {
			continue
		}
		c := coreference.Candidate{Antecedent: coreference.Antecedent{Cluster: r.clusterAt(t, j)}, Subject: strings.HasPrefix(w.Deprel, "nsubj")}
		if c.Subject && want != coreference.AGroup {
			x := r.refer(t, j)
			c.Cluster, c.Country = x.cluster, x.country
		}
		if w.Deprel == "obl" && t.cl.Case(j) == "with" && len(t.cl.Related(j, "acl")) > 0 {
			c.Subject = true // "with Zubro claiming that he"
		}
		c.Kind = r.kindOf(c.Cluster)
		c.Body = w.UPOS == "PROPN" || w.UPOS == "NOUN"
		c.Person = w.UPOS == "PROPN" && !r.isPlace(t, j) && len(t.cl.Related(j, "det")) == 0 || w.UPOS == "NOUN" && !r.plural(t, j) && r.isClass(t, j, "person")
		out = append(out, c)
	}
	return out
}

// entitled gives the one cluster that was named with the title that the noun
// repeats, before or after the name: "Maj. Gen. Varga ... the general",
// "Varga, a warlord, ... the warlord"; -1 if none or several.
func (r *reader) entitled(s *sentence, i int) int {
	found, role := -1, s.cl.Lemma(i)
	for _, m := range r.in.Mentions.Mentions {
		if m.Start >= s.src.Tokens[i].Start || m.Cluster < 0 || !r.calledSo(m.Span, role) {
			continue
		}
		if found >= 0 && found != m.Cluster {
			return -1
		}
		found = m.Cluster
	}
	return found
}

// calledSo reports a title right before a name, shortened or not, or within an
// apposition behind it.
func (r *reader) calledSo(name story.Span, role string) bool {
	text := r.in.Document.Text
	before := strings.Fields(text[max(0, name.Start-40):name.Start])
	for n := len(before) - 1; n >= 0 && n >= len(before)-2; n-- {
		title := strings.ToLower(strings.TrimRight(before[n], ".,"))
		if len(title) >= 3 && strings.HasPrefix(role, title) {
			return true
		}
	}
	after, ok := strings.CutPrefix(text[name.End:min(len(text), name.End+60)], ", ")
	if !ok {
		return false
	}
	after, _, _ = strings.Cut(after, ",")
	return slices.Contains(strings.Fields(strings.ToLower(after)), role)
}

// definite reports "the group", "these militants", with nothing beside that
// tells it from another.
func (r *reader) definite(s *sentence, i int) bool {
	for _, c := range s.cl.Related(i, "det") {
		switch s.cl.Lemma(c) {
		case "the", "this", "that", "these":
			for _, m := range s.cl.Related(i, "compound", "nmod", "amod", "acl") {
				if !r.isClass(s, m, "anaphormod") && !r.nation(s, m) {
					return false
				}
			}
			return true
		}
	}
	return false
}

// nation reports an adjective of a nation, which tells no other bearer from
// the one spoken of: "the Syrian tycoon".
func (r *reader) nation(s *sentence, i int) bool {
	t := s.toponym[i]
	return t >= 0 && r.in.Places[t].Use == places.Demonym
}
