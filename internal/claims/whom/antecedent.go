package whom

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
func (r *Text) antecedent(s *Sentence, i int) Referent {
	w := s.Cl.Tree.Words[i]
	if w.UPOS == "PRON" {
		switch strings.ToLower(w.Form) {
		case "we", "i", "us", "me":
			return r.speaker(s, i)
		case "he", "him", "his":
			return r.lookBack(s, i, coreference.APerson)
		case "it", "its", "they", "their", "them":
			x := r.lookBack(s, i, coreference.ABody)
			if r.Resolved && x.Cluster >= 0 {
				return nobody // the mentions room knows parties, not States
			}
			return x
		}
		return nobody
	}
	if !r.Definite(s, i) {
		return nobody
	}
	switch {
	case (w.UPOS == "NOUN" || w.UPOS == "ADJ" && strings.HasPrefix(w.Deprel, "nsubj")) && !r.Plural(s, i) && r.IsClass(s, i, "personrole"), r.demonym(s, i):
		if c := r.entitled(s, i); c >= 0 {
			return Referent{Cluster: c}
		}
		if r.IsClass(s, i, "title") {
			return nobody // many bear such a title
		}
		return r.foremost(s, i, coreference.Person)
	case w.UPOS == "NOUN" && r.IsClass(s, i, "anaphor"):
		return r.lookBack(s, i, coreference.AGroup)
	case w.UPOS == "NOUN" && !r.Plural(s, i) && r.IsClass(s, i, "vessel"):
		return r.foremost(s, i, coreference.Vessel)
	case w.UPOS == "NOUN" && !r.Plural(s, i) && r.IsClass(s, i, "anaphoriccompany"):
		return r.foremost(s, i, coreference.Company)
	}
	return nobody
}

// demonym reports a person told by a nation alone: "the Iranian was arrested".
func (r *Text) demonym(s *Sentence, i int) bool {
	t := s.Toponym[i]
	if t < 0 || r.Places[t].Use != places.Demonym || strings.HasSuffix(s.Cl.Tree.Words[i].Form, "s") {
		return false
	}
	rel := s.Cl.Tree.Words[i].Deprel
	return strings.HasPrefix(rel, "nsubj") || rel == "obj" || rel == "obl:agent"
}

// kindOf is what the list says of the bearer of a cluster.
func (r *Text) kindOf(c int) coreference.Kind {
	if c < 0 {
		return coreference.Unknown
	}
	if r.IsPerson(c) {
		return coreference.Person
	}
	best, ok := r.Mentions.Clusters[c].Best()
	if !ok || r.Party == nil {
		return coreference.Unknown
	}
	switch p, _ := r.Party(best.Party); p.Schema {
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
func (r *Text) foremost(s *Sentence, i int, want coreference.Kind) Referent {
	var before []coreference.Mention
	for n := range s.N + 1 {
		if !r.holds(n) {
			continue
		}
		t := r.At(n)
		if t == nil {
			continue
		}
		last := -1
		for j := range t.Cl.Tree.Words {
			m := t.Mention[j]
			if m < 0 || m == last || t.Src.Tokens[j].Start >= s.Src.Tokens[i].Start {
				continue
			}
			last = m
			c := r.Mentions.Mentions[m].Cluster
			k := r.kindOf(c)
			if c < 0 || k == coreference.Unknown && want != coreference.Person {
				continue
			}
			before = append(before, coreference.Mention{Cluster: c, Kind: k, Sentence: t.N, Subject: strings.HasPrefix(t.Cl.Tree.Words[j].Deprel, "nsubj")})
		}
	}
	return Referent{Cluster: coreference.Foremost(before, s.N, want)}
}

// lookBack walks back over the subjects and names before word i.
func (r *Text) lookBack(s *Sentence, i int, want coreference.Want) Referent {
	far := 2
	if want == coreference.AGroup {
		far = 12
	}
	x := coreference.Nearest(s.N, far, want, func(n int) []coreference.Candidate {
		t := r.At(n)
		if t == nil {
			return nil
		}
		end := len(t.Cl.Tree.Words)
		if n == s.N {
			end = i
		}
		return r.candidates(t, end, want)
	})
	return Referent{Cluster: x.Cluster, Country: x.Country}
}

// candidates gives the nominals of a sentence before token end.
func (r *Text) candidates(t *Sentence, end int, want coreference.Want) []coreference.Candidate {
	var out []coreference.Candidate
	for j := 0; j < end; j++ {
		w := t.Cl.Tree.Words[j]
		if w.UPOS != "PROPN" && w.UPOS != "NOUN" && w.UPOS != "PRON" {
			continue
		}
		c := coreference.Candidate{Antecedent: coreference.Antecedent{Cluster: r.ClusterAt(t, j)}, Subject: strings.HasPrefix(w.Deprel, "nsubj")}
		if c.Subject && want != coreference.AGroup {
			x := r.Refer(t, j)
			c.Cluster, c.Country = x.Cluster, x.Country
		}
		if w.Deprel == "obl" && t.Cl.Case(j) == "with" && len(t.Cl.Related(j, "acl")) > 0 {
			c.Subject = true // "with Zubro claiming that he"
		}
		c.Kind = r.kindOf(c.Cluster)
		c.Body = w.UPOS == "PROPN" || w.UPOS == "NOUN"
		c.Person = w.UPOS == "PROPN" && !r.IsPlace(t, j) && len(t.Cl.Related(j, "det")) == 0 || w.UPOS == "NOUN" && !r.Plural(t, j) && r.IsClass(t, j, "person")
		out = append(out, c)
	}
	return out
}

// entitled gives the one cluster that was named with the title that the noun
// repeats, before or after the name: "Maj. Gen. Varga ... the general",
// "Varga, a warlord, ... the warlord"; -1 if none or several.
func (r *Text) entitled(s *Sentence, i int) int {
	found, role := -1, s.Cl.Lemma(i)
	for _, m := range r.Mentions.Mentions {
		if m.Start >= s.Src.Tokens[i].Start || m.Cluster < 0 || !r.calledSo(m.Span, role) {
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
func (r *Text) calledSo(name story.Span, role string) bool {
	text := r.Document.Text
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

// Definite reports "the group", "these militants", with nothing beside that
// tells it from another.
func (r *Text) Definite(s *Sentence, i int) bool {
	for _, c := range s.Cl.Related(i, "det") {
		switch s.Cl.Lemma(c) {
		case "the", "this", "that", "these":
			for _, m := range s.Cl.Related(i, "compound", "nmod", "amod", "acl") {
				if !r.IsClass(s, m, "anaphormod") && !r.nation(s, m) {
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
func (r *Text) nation(s *Sentence, i int) bool {
	t := s.Toponym[i]
	return t >= 0 && r.Places[t].Use == places.Demonym
}
