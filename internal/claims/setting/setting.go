package setting

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/claims/scene"
	"github.com/reportedly/reportedly/internal/claims/whom"
	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/story"
)

// Text is an article whose deeds are looked for a place.
type Text struct{ *whom.Text }

// placing are the prepositions after which a place is where something happens.
var placing = []string{"in", "at", "near", "inside", "outside", "across", "over", "on", "around", "throughout", "within", "along", "off", "into", "there"}

// Location makes a place of the nominal headed by i.
func (r Text) Location(s *whom.Sentence, i int) *scene.Location {
	l := &scene.Location{}
	l.Text, l.Span = r.Phrase(s, clause.Contiguous(s.Cl.Phrase(i, false), i))
	t := r.ToponymOf(s, i)
	if t < 0 {
		if c := r.Land(s, i); c != nil {
			return c
		}
		return l
	}
	return spot(r.Places[t])
}

// spot is a toponym as a location.
func spot(p places.Toponym) *scene.Location {
	l := &scene.Location{Text: p.Text, Span: p.Span}
	if p.Place != nil {
		l.Name, l.Country, l.ID, l.Kind, l.Lat, l.Lon = p.Place.Name, p.Place.Country, p.Place.ID, string(p.Place.Kind), p.Place.Lat, p.Place.Lon
	}
	return l
}

// Scene finds where a deed happened when no slot says so: the place attached to
// it, else the only one of the sentence.
func (r Text) Scene(s *whom.Sentence, pred clause.Predicate) *scene.Location {
	if l := r.Attached(s, pred); l != nil {
		return l
	}
	return r.Only(s, pred.Word)
}

// Attached is a place that hangs on the deed by a placing preposition, that its
// clause describes, or where what was ordered was to be done.
func (r Text) Attached(s *whom.Sentence, pred clause.Predicate) *scene.Location {
	for _, k := range placing {
		for _, a := range pred.Get(k) {
			if r.IsPlace(s, a.Head) {
				return r.Location(s, a.Head)
			}
		}
	}
	for _, i := range append(s.Cl.Ordered(pred, placing), s.Cl.Overrun(pred)...) {
		if r.IsPlace(s, i) {
			return r.Location(s, i)
		}
	}
	if w := s.Cl.Where(pred.Word); w > 0 && r.Literal(s.Toponym[w-1]) {
		return r.Location(s, w-1) // "fought in Zubrovka, where he met"
	}
	return nil
}

// moves are the verbs whose goal is where the deed they serve happens.
var moves = []string{"travel", "go", "fly", "leave", "head", "move", "journey", "come", "flee", "drive", "sail", "return", "cross"}

// Goal is where a journey goes that the deed is the aim or the end of:
// "travelled to Zubrovka to join the group", "leave for X and meet him".
func (r Text) Goal(s *whom.Sentence, pred clause.Predicate) *scene.Location {
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
				return r.Location(s, o).On("place of the trip")
			}
		}
	}
	return nil
}

// Only is the one place that a sentence names after a placing
// preposition; none where it names two, where a speaker stands there, or where
// it lies deep within another thing ("over a claim about a house in X").
func (r Text) Only(s *whom.Sentence, deed int) *scene.Location {
	found := -1
	for i := range s.Cl.Tree.Words {
		t := s.Toponym[i]
		if t < 0 || r.Places[t].Use != places.Literal || s.Mention[i] >= 0 || found >= 0 && s.Toponym[found] == t {
			continue
		}
		if !slices.Contains(placing, r.before(s, i)) && !r.partOf(s, i) {
			if s.Cl.Case(i) == "" && s.Cl.Tree.Words[i].Deprel != "obl" {
				continue
			}
			return nil
		}
		if found >= 0 || r.InHolder(s, i) || r.elsewhere(s, i) || r.aside(s, i, deed) {
			return nil
		}
		found = i
	}
	if found < 0 {
		return nil
	}
	return r.Location(s, found)
}

// aside reports a place within a relative clause that the deed stands outside of:
// "talks to free the girls, who were kidnapped in Zubrovka".
func (r Text) aside(s *whom.Sentence, i, deed int) bool {
	for n, at := 0, i; n < 12 && at >= 0 && at != deed; n++ {
		w := s.Cl.Tree.Words[at]
		if w.Deprel == "acl:relcl" && w.UPOS == "VERB" {
			return !s.Cl.Within(deed, at) && (w.Head < 0 || s.Cl.Tree.Words[w.Head].Head != deed)
		}
		at = w.Head
	}
	return false
}

// partOf reports a place named by a part of it: "in parts of Zubrovka", "seized
// swaths of Zubrovka".
func (r Text) partOf(s *whom.Sentence, i int) bool {
	h := s.Cl.Tree.Words[i].Head
	if s.Cl.Case(i) != "of" || h < 0 || !r.IsClass(s, h, "portion") && !r.IsClass(s, h, "facility") {
		return false
	}
	w := s.Cl.Tree.Words[h]
	return slices.Contains(placing, s.Cl.Case(h)) || w.Deprel == "obj" && r.IsClass(s, h, "portion")
}

// Reach is how many sentences back a deed is looked for by its noun.
const Reach = 8

// Named is the one place that an earlier sentence hangs on the noun by which a
// deed is spoken of as known: "an attack in the town of Zub ... the attack".
func (r Text) Named(s *whom.Sentence, noun int) *scene.Location {
	if noun < 0 {
		return nil
	}
	var found *scene.Location
	lemma := s.Cl.Lemma(noun)
	for t, p := range r.Places {
		if p.Use != places.Literal || p.Sentence >= s.N || p.Sentence < s.N-Reach || !strings.Contains(strings.ToLower(r.Document.Sentences[p.Sentence].Of(r.Document.Text)), lemma) {
			continue
		}
		e := r.At(p.Sentence)
		if e == nil {
			continue
		}
		for i := range e.Cl.Tree.Words {
			if e.Cl.Lemma(i) != lemma || !e.Cl.IsNoun(i) || !r.hangs(e, i, t) {
				continue
			}
			l := spot(p)
			if found != nil && !scene.Compatible(*found, *l) {
				return nil
			}
			if found == nil || found.Kind == "country" {
				found = l
			}
		}
	}
	return found.On("named with it before")
}

// hangs reports that toponym t stands by a placing preposition on noun i, or on
// the verb that says that it was held or took place.
func (r Text) hangs(s *whom.Sentence, i, t int) bool {
	on := s.Cl.Related(i, "nmod")
	if w := s.Cl.Tree.Words[i]; w.Deprel == "nsubj:pass" || w.Deprel == "nsubj" && slices.Contains(happens, s.Cl.Lemma(w.Head)) {
		on = append(on, s.Cl.Related(w.Head, "obl")...)
	}
	return slices.ContainsFunc(on, func(c int) bool {
		return slices.Contains(placing, s.Cl.Case(c)) && r.ToponymOf(s, c) == t
	})
}

// happens are the verbs that say of a deed that it took place.
var happens = []string{"begin", "start", "open", "occur", "happen", "take", "end", "resume", "conclude"}

// before is the preposition of a place, by the tree or as it stands: "in
// Scotland serving" is a place also where the parser reads a compound.
func (r Text) before(s *whom.Sentence, i int) string {
	w := s.Cl.Tree.Words[i]
	if k := s.Cl.Case(i); k != "" || w.Deprel != "compound" || i == 0 || w.Head < 0 || s.Cl.IsNoun(w.Head) {
		return k
	}
	return s.Cl.Lemma(i - 1)
}

// elsewhere reports a place that belongs to the telling ("told reporters in
// Munich") or to a thing within a thing within a thing.
func (r Text) elsewhere(s *whom.Sentence, i int) bool {
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
			return r.Saying(s, at) && n == 0 || inner > 1
		}
	}
	return false
}

// InHolder reports a word within who is quoted.
func (r Text) InHolder(s *whom.Sentence, i int) bool {
	for _, k := range r.SpeechIn(s) {
		if r.Speech()[k].Holder.Span.Contains(s.Src.Tokens[i].Span) {
			return true
		}
	}
	return false
}

// Saying reports the cue of somebody's speech.
func (r Text) Saying(s *whom.Sentence, i int) bool {
	for _, k := range r.SpeechIn(s) {
		if r.Speech()[k].Cue.Overlaps(s.Src.Tokens[i].Span) {
			return true
		}
	}
	return false
}

// Phrase is a run of tokens as it stands in the article.
func (r Text) Phrase(s *whom.Sentence, tokens []int) (string, story.Span) {
	if len(tokens) == 0 {
		return "", story.Span{}
	}
	span := story.Span{Start: s.Src.Tokens[tokens[0]].Start, End: s.Src.Tokens[tokens[len(tokens)-1]].End}
	return span.Of(r.Document.Text), span
}
