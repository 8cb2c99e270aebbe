package claims

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/prose/places"
)

// placing are the prepositions after which a place is where something happens.
var placing = []string{"in", "at", "near", "inside", "outside", "across", "over", "on", "around", "throughout", "within", "along", "off", "into", "there"}

// location makes a place of the nominal headed by i.
func (r *reader) location(s *sentence, i int) *Location {
	l := &Location{}
	l.Text, l.Span = r.phrase(s, clause.Contiguous(s.Cl.Phrase(i, false), i))
	t := r.ToponymOf(s, i)
	if t < 0 {
		if c := r.Land(s, i); c != nil {
			return c
		}
		return l
	}
	p := r.Places[t]
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
			if r.IsPlace(s, a.Head) {
				return r.location(s, a.Head)
			}
		}
	}
	for _, i := range append(s.Cl.Ordered(pred, placing), s.Cl.Overrun(pred)...) {
		if r.IsPlace(s, i) {
			return r.location(s, i)
		}
	}
	if w := s.Cl.Where(pred.Word); w > 0 && r.Literal(s.Toponym[w-1]) {
		return r.location(s, w-1) // "fought in Zubrovka, where he met"
	}
	return r.onlyPlace(s)
}

// recipientsCountry is where goods go by the words for who gets them: "arms
// meant for Zubrovka's rebels", "sold trucks to Zubrovkan dealers".
func (r *reader) recipientsCountry(s *sentence, f fit, c *Claim) *Location {
	if fam := c.Activity.Family(); fam != "ARM" && fam != "TRD" && fam != "EXP" {
		return nil
	}
	for _, role := range []string{string(Recipient), "buyer"} {
		for _, h := range f.filled[role] {
			for _, m := range s.Cl.Related(h, "amod", "compound", "nmod:poss") {
				if s.Toponym[m] < 0 || s.Mention[m] >= 0 {
					continue
				}
				if p := r.Places[s.Toponym[m]]; p.Place != nil && p.Place.Country != "" {
					return &Location{Text: r.CountryName(p.Place.Country, p.Place.Name), Country: p.Place.Country, Kind: "country", Span: p.Span, Basis: "country of the recipient"}
				}
			}
		}
	}
	return nil
}

// moves are the verbs whose goal is where the deed they serve happens.
var moves = []string{"travel", "go", "fly", "leave", "head", "move", "journey", "come", "flee", "drive", "sail", "return", "cross"}

// goal is where a journey goes that the deed is the aim or the end of:
// "travelled to Zubrovka to join the group", "leave for X and meet him".
func (r *reader) goal(s *sentence, pred clause.Predicate) *Location {
	for n, at := 0, pred.Word; n < 3; n++ {
		w := s.Cl.Tree.Words[at]
		if w.Head < 0 || w.Deprel != "conj" && w.Deprel != "xcomp" && w.Deprel != "advcl" || w.Deprel == "advcl" && !s.Cl.To(at) {
			return nil
		}
		at = w.Head
		if !slices.Contains(moves, s.Cl.Lemma(at)) {
			continue
		}
		for _, o := range s.Cl.Related(at, "obl") {
			if k := s.Cl.Case(o); (k == "to" || k == "for" || k == "into") && r.Literal(s.Toponym[o]) {
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
	for i := range s.Cl.Tree.Words {
		t := s.Toponym[i]
		if t < 0 || r.Places[t].Use != places.Literal || s.Mention[i] >= 0 || found >= 0 && s.Toponym[found] == t {
			continue
		}
		if !slices.Contains(placing, r.before(s, i)) {
			if s.Cl.Case(i) == "" && s.Cl.Tree.Words[i].Deprel != "obl" {
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
	w := s.Cl.Tree.Words[i]
	if k := s.Cl.Case(i); k != "" || w.Deprel != "compound" || i == 0 || w.Head < 0 || s.Cl.IsNoun(w.Head) {
		return k
	}
	return s.Cl.Lemma(i - 1)
}

// elsewhere reports a place that belongs to the telling ("told reporters in
// Munich") or to a thing within a thing within a thing.
func (r *reader) elsewhere(s *sentence, i int) bool {
	inner := 0
	for n, at := 0, i; n < 8; n++ {
		w := s.Cl.Tree.Words[at]
		if w.Head < 0 {
			return false
		}
		if strings.HasPrefix(w.Deprel, "nmod") && !r.IsClass(s, w.Head, "facility") {
			inner++
		}
		if at = w.Head; s.Cl.IsVerb(at) {
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
				return &Location{Text: r.CountryName(p.Country, p.Name), Country: p.Country, Kind: "country", Span: p.Span, Basis: "country of the authority"}
			}
		}
	case "item":
		for _, h := range f.filled["item"] {
			for _, m := range s.Cl.Related(h, "amod", "compound", "nmod") {
				t := s.Toponym[m]
				if t < 0 || s.Cl.Case(m) != "" || r.Places[t].Place == nil || r.Places[t].Place.Country == "" {
					continue
				}
				p := r.Places[t]
				return &Location{Text: r.CountryName(p.Place.Country, p.Place.Name), Country: p.Place.Country, Kind: "country", Span: p.Span, Basis: "country of the document"}
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
			return &Location{Text: r.CountryName(p.Country, p.Name), Country: p.Country, Kind: "country", Span: p.Span, Basis: "country of the authority"}
		}
	}
	return nil
}

func (r *reader) inHolder(s *sentence, i int) bool {
	for _, k := range r.SpeechIn(s) {
		if r.Speech()[k].Holder.Span.Contains(s.Src.Tokens[i].Span) {
			return true
		}
	}
	return false
}
