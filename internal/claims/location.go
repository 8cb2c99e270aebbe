package claims

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/prose/places"
)

// placing are the prepositions after which a place is where something happens.
var placing = []string{"in", "at", "near", "inside", "outside", "across", "over", "on", "around", "throughout", "within", "along", "off", "into", "there"}

// toponymOf gives the literal toponym of the nominal headed by i, -1 if none:
// on the head, or beside it ("the Qatari capital Doha", "the town of Banki").
func (r *reader) toponymOf(s *sentence, i int) int {
	ok := r.literal
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
	// "the Qatari capital Doha": whatever the tree makes of the name.
	if next := i + 1; next < len(s.toponym) && r.isClass(s, i, "facility") && ok(s.toponym[next]) && s.cl.Case(next) == "" {
		return s.toponym[next]
	}
	return -1
}

// literal reports a toponym that can be where something happens.
func (r *reader) literal(t int) bool {
	return t >= 0 && (r.in.Places[t].Use == places.Literal || r.in.Places[t].Use == places.Government)
}

// location makes a place of the nominal headed by i.
func (r *reader) location(s *sentence, i int) *Location {
	l := &Location{}
	l.Text, l.Span = r.phrase(s, clause.Contiguous(s.cl.Phrase(i, false), i))
	t := r.toponymOf(s, i)
	if t < 0 {
		if c := r.theCountry(s, i); c != nil {
			return c
		}
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
// on the deed by a placing preposition, or that its clause describes.
func (r *reader) scene(s *sentence, pred clause.Predicate) *Location {
	for _, k := range placing {
		for _, a := range pred.Get(k) {
			if r.isPlace(s, a.Head) {
				return r.location(s, a.Head)
			}
		}
	}
	if w := s.cl.Where(pred.Word); w > 0 && r.literal(s.toponym[w-1]) {
		return r.location(s, w-1) // "fought in Zubrovka, where he met"
	}
	return r.onlyPlace(s)
}

// moves are the verbs whose goal is where the deed they serve happens.
var moves = []string{"travel", "go", "fly", "leave", "head", "move", "journey", "come", "flee", "drive", "sail", "return", "cross"}

// goal is where a journey goes that the deed is the aim or the end of:
// "travelled to Zubrovka to join the group", "leave for X and meet him".
func (r *reader) goal(s *sentence, pred clause.Predicate) *Location {
	for n, at := 0, pred.Word; n < 3; n++ {
		w := s.cl.Tree.Words[at]
		if w.Head < 0 || w.Deprel != "conj" && w.Deprel != "xcomp" && w.Deprel != "advcl" || w.Deprel == "advcl" && !s.cl.To(at) {
			return nil
		}
		at = w.Head
		if !slices.Contains(moves, s.cl.Lemma(at)) {
			continue
		}
		for _, o := range s.cl.Related(at, "obl") {
			if k := s.cl.Case(o); (k == "to" || k == "for" || k == "into") && r.literal(s.toponym[o]) {
				return r.location(s, o).On("place of the trip")
			}
		}
	}
	return nil
}

// onlyPlace is the one place that a sentence names after a placing
// preposition; none where it names two, where a speaker stands there, or where
// it lies deep within another thing ("over a claim about a house in X").
func (r *reader) onlyPlace(s *sentence) *Location {
	found := -1
	for i := range s.cl.Tree.Words {
		t := s.toponym[i]
		if t < 0 || r.in.Places[t].Use != places.Literal || s.mention[i] >= 0 || found >= 0 && s.toponym[found] == t {
			continue
		}
		if !slices.Contains(placing, r.before(s, i)) {
			if s.cl.Case(i) == "" && s.cl.Tree.Words[i].Deprel != "obl" {
				continue
			}
			return nil
		}
		if found >= 0 || r.inHolder(s, i) || r.elsewhere(s, i) {
			return nil
		}
		found = i
	}
	if found < 0 {
		return nil
	}
	return r.location(s, found)
}

// before is the preposition of a place, by the tree or as it stands: "in
// Scotland serving" is a place also where the parser reads a compound.
func (r *reader) before(s *sentence, i int) string {
	w := s.cl.Tree.Words[i]
	if k := s.cl.Case(i); k != "" || w.Deprel != "compound" || i == 0 || w.Head < 0 || s.cl.IsNoun(w.Head) {
		return k
	}
	return s.cl.Lemma(i - 1)
}

// elsewhere reports a place that belongs to the telling ("told reporters in
// Munich") or to a thing within a thing within a thing.
func (r *reader) elsewhere(s *sentence, i int) bool {
	inner := 0
	for n, at := 0, i; n < 8; n++ {
		w := s.cl.Tree.Words[at]
		if w.Head < 0 {
			return false
		}
		if strings.HasPrefix(w.Deprel, "nmod") && !r.isClass(s, w.Head, "facility") {
			inner++
		}
		if at = w.Head; s.cl.IsVerb(at) {
			return r.saying(s, at) && n == 0 || inner > 1
		}
	}
	return false
}

// ownCountry gives the country that a deed of an authority or a paper of a
// State lies in by itself: "Zubrovka issued a warrant", "Swiss residency".
func (r *reader) ownCountry(s *sentence, f fit, c *Claim) *Location {
	switch f.pattern.Set["seat"] {
	case "authority":
		for _, p := range c.Players {
			if p.Role == Authority && p.Cluster < 0 && p.Country != "" {
				return &Location{Text: r.countryName(p.Country, p.Name), Country: p.Country, Kind: "country", Span: p.Span, Basis: "country of the authority"}
			}
		}
	case "item":
		for _, h := range f.filled["item"] {
			for _, m := range s.cl.Related(h, "amod", "compound", "nmod") {
				t := s.toponym[m]
				if t < 0 || s.cl.Case(m) != "" || r.in.Places[t].Place == nil || r.in.Places[t].Place.Country == "" {
					continue
				}
				p := r.in.Places[t]
				return &Location{Text: r.countryName(p.Place.Country, p.Place.Name), Country: p.Place.Country, Kind: "country", Span: p.Span, Basis: "country of the document"}
			}
		}
	}
	return nil
}

// atHome is the country of the authority that acts, where the words name no
// place: a police force arrests at home.
func (r *reader) atHome(c *Claim) *Location {
	switch c.Activity {
	case "OFF-ENFORCE", "OFF-INQUIRE", "TRV-REFUSED":
	default:
		return nil
	}
	for _, p := range c.Players {
		if p.Role == Authority && p.Cluster < 0 && p.Country != "" {
			return &Location{Text: r.countryName(p.Country, p.Name), Country: p.Country, Kind: "country", Span: p.Span, Basis: "country of the authority"}
		}
	}
	return nil
}

// theCountry is the country that "the country" speaks of: the one named last
// before it in the sentence, by name or by its people.
func (r *reader) theCountry(s *sentence, i int) *Location {
	if s.cl.Lemma(i) != "country" || r.plural(s, i) || len(s.cl.Related(i, "amod", "compound", "nmod", "acl")) > 0 {
		return nil
	}
	best := -1
	for t, p := range r.in.Places {
		if p.Start < s.src.Tokens[i].Start && p.Sentence == s.n && p.Place != nil && p.Place.Country != "" && (p.Use == places.Demonym || p.Use == places.Literal || p.Use == places.Government) {
			best = t
		}
	}
	if best < 0 {
		return nil
	}
	p := r.in.Places[best]
	return &Location{Text: r.countryName(p.Place.Country, p.Place.Name), Country: p.Place.Country, Kind: "country", Span: s.src.Tokens[i].Span, Basis: "the country named before"}
}

func (r *reader) inHolder(s *sentence, i int) bool {
	for _, k := range s.speech {
		if r.in.Speech[k].Holder.Span.Contains(s.src.Tokens[i].Span) {
			return true
		}
	}
	return false
}
