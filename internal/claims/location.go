package claims

import (
	"slices"

	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/prose/places"
)

// placing are the prepositions after which a place is where something happens.
var placing = []string{"in", "at", "near", "inside", "outside", "across", "over", "on", "around", "throughout", "within", "along", "off", "into", "there"}

// toponymOf gives the literal toponym of the nominal headed by i, -1 if none:
// on the head, or beside it ("the Qatari capital Doha", "the town of Banki").
func (r *reader) toponymOf(s *sentence, i int) int {
	ok := func(t int) bool {
		return t >= 0 && (r.in.Places[t].Use == places.Literal || r.in.Places[t].Use == places.Government)
	}
	if t := s.toponym[i]; ok(t) {
		return t
	}
	if w := s.cl.Tree.Words[i]; w.UPOS != "NOUN" && w.UPOS != "PROPN" {
		return -1
	}
	if s.mention[i] >= 0 {
		return -1
	}
	for _, c := range s.cl.Related(i, "appos", "flat", "compound", "nmod", "conj") {
		k := s.cl.Case(c)
		if k != "" && k != "of" && k != "in" && k != "near" {
			continue
		}
		if t := s.toponym[c]; ok(t) && (r.isClass(s, i, "facility") || k == "" && c > i || s.cl.Tree.Words[i].UPOS == "PROPN") {
			return t
		}
	}
	return -1
}

// location makes a place of the nominal headed by i.
func (r *reader) location(s *sentence, i int) *Location {
	l := &Location{}
	l.Text, l.Span = r.phrase(s, clause.Contiguous(s.cl.Phrase(i, false), i))
	t := r.toponymOf(s, i)
	if t < 0 {
		return l
	}
	p := r.in.Places[t]
	l.Text, l.Span = p.Text, p.Span
	if p.Place != nil {
		l.Name, l.Country, l.ID, l.Kind = p.Place.Name, p.Place.Country, p.Place.ID, string(p.Place.Kind)
		l.Lat, l.Lon = p.Place.Lat, p.Place.Lon
	}
	return l
}

// scene finds where a deed happened when no slot says so: a place that hangs
// on the deed by a placing preposition.
func (r *reader) scene(s *sentence, pred clause.Predicate) *Location {
	for _, k := range placing {
		for _, a := range pred.Get(k) {
			if r.isPlace(s, a.Head) {
				return r.location(s, a.Head)
			}
		}
	}
	return r.onlyPlace(s)
}

// onlyPlace is the one place that a sentence names after a placing
// preposition; none where it names two, or where a speaker stands there.
func (r *reader) onlyPlace(s *sentence) *Location {
	found := -1
	for i := range s.cl.Tree.Words {
		t := s.toponym[i]
		if t < 0 || r.in.Places[t].Use != places.Literal || s.mention[i] >= 0 || found >= 0 && s.toponym[found] == t {
			continue
		}
		if !slices.Contains(placing, s.cl.Case(i)) {
			if s.cl.Case(i) == "" && s.cl.Tree.Words[i].Deprel != "obl" {
				continue
			}
			return nil
		}
		if found >= 0 || r.inHolder(s, i) {
			return nil
		}
		found = i
	}
	if found < 0 {
		return nil
	}
	return r.location(s, found)
}

func (r *reader) inHolder(s *sentence, i int) bool {
	for _, k := range s.speech {
		if r.in.Speech[k].Holder.Span.Contains(s.src.Tokens[i].Span) {
			return true
		}
	}
	return false
}
