package whom

import (
	"fmt"
	"strings"

	"github.com/reportedly/reportedly/internal/claims/scene"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/story"
)

// Land is the State that "the country" or "the Ugandan capital" speaks of, nil
// where the noun at token i is neither or nothing tells.
func (r *Text) Land(s *Sentence, i int) *scene.Location {
	switch s.Cl.Lemma(i) {
	case "country":
		return r.theCountry(s, i)
	case "capital":
		return r.theCapital(s, i)
	}
	return nil
}

// Country is a State as a place: where the words at a span put a deed, and on
// what ground.
func (r *Text) Country(code, name string, at story.Span, basis string) *scene.Location {
	return &scene.Location{Text: r.CountryName(code, name), Country: code, Kind: "country", Span: at, Basis: basis}
}

// theCountry is the country that "the country" speaks of: the one named last
// before it in the sentence, by name or by its people.
func (r *Text) theCountry(s *Sentence, i int) *scene.Location {
	if r.Plural(s, i) || len(s.Cl.Related(i, "amod", "compound", "nmod", "acl")) > 0 {
		return nil
	}
	best := -1
	for t, p := range r.Places {
		if p.Start < s.Src.Tokens[i].Start && p.Sentence == s.N && p.Place != nil && p.Place.Country != "" && (p.Use == places.Demonym || p.Use == places.Literal || p.Use == places.Government) {
			best = t
		}
	}
	if best < 0 {
		return nil
	}
	p := r.Places[best].Place
	return r.Country(p.Country, p.Name, s.Src.Tokens[i].Span, "the country named before")
}

// theCapital is the State of "the Ugandan capital"; which city that is the
// words do not say.
func (r *Text) theCapital(s *Sentence, i int) *scene.Location {
	for _, m := range s.Cl.Related(i, "amod", "compound", "nmod:poss") {
		if t := s.Toponym[m]; t >= 0 && r.Places[t].Place != nil && r.Places[t].Place.Country != "" && r.Places[t].Place.Kind == places.Country {
			p := r.Places[t]
			return r.Country(p.Place.Country, p.Place.Name, p.Span, "its capital is named")
		}
	}
	return nil
}

// NamesListed reports a sentence that names somebody who may be a listed party.
func (r *Text) NamesListed(n int) bool {
	for _, m := range r.Mentions.Mentions {
		if m.Form == mentions.Pronoun || m.Form == mentions.Role || !m.Overlaps(r.Document.Sentences[n].Span) {
			continue
		}
		c := r.Mentions.Clusters[m.Cluster]
		if _, ok := c.Best(); ok && c.Status != mentions.Rejected {
			return true
		}
	}
	return false
}

// ReadAs tells the tree that a sentence was read by, as mended: each word with
// its part of speech, relation and the word that it hangs on.
func (s *Sentence) ReadAs() string {
	var b strings.Builder
	fmt.Fprintf(&b, "sentence %d read as:", s.N)
	for _, w := range s.Cl.Tree.Words {
		over := "-"
		if w.Head >= 0 {
			over = s.Cl.Tree.Words[w.Head].Form
		}
		fmt.Fprintf(&b, " %s/%s/%s>%s", w.Form, w.UPOS, w.Deprel, over)
	}
	return b.String()
}

// OnlyListed is a token that names the one listed party of a sentence, -1 where
// it names none or several.
func (r *Text) OnlyListed(s *Sentence) int {
	at := -1
	for i, m := range s.Mention {
		if m < 0 {
			continue
		}
		k := r.Mentions.Mentions[m].Cluster
		if _, ok := r.Mentions.Clusters[k].Best(); !ok || r.Mentions.Clusters[k].Status == mentions.Rejected {
			continue
		}
		if at >= 0 && r.Mentions.Mentions[s.Mention[at]].Cluster != k {
			return -1
		}
		at = i
	}
	return at
}
