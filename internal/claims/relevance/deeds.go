package relevance

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/places"
)

// Hope is what the words of a sentence leave to hope for.
type Hope uint8

// Hopes, least first.
const (
	// None: no frame can fit, whatever the tree.
	None Hope = iota
	// Kin: a frame may fit, but only of parties that an earlier claim names.
	Kin
	// Deed: a frame may fit of a party or territory that stands near.
	Deed
)

// How far before a sentence its pronouns and descriptions may find whom they
// speak of: package whom walks two sentences back for a pronoun, twelve for a
// group, over the whole text for a person, vessel or company described. A pronoun may
// hang on a pronoun before it.
const (
	pronounReach = 3
	groupReach   = 12
)

// Deeds tells for each sentence whether a deed of a listed party, or in a
// territory under embargo, can stand in it: the form of a trigger, what must stand beside it,
// goods of the class that the frame needs, and somebody who may take part. A tree can
// only take hope away, so that a sentence without it needs none.
func Deeds(doc prose.Document, res mentions.Result, tops []places.Toponym) []Hope {
	s := newSieve(nearness(doc, res, tops))
	out := make([]Hope, len(doc.Sentences))
	for n, src := range doc.Sentences {
		out[n] = s.sentence(n, src)
	}
	return out
}

func newSieve(w near) *sieve {
	o := outlines()
	return &sieve{near: w, frames: o, seen: make([]uint64, o.size()), class: make([]int8, len(o.classes))}
}

// near is what stands in each sentence and about it.
type near struct {
	mention, toponym, demonym []bool
	embargo                   []kind // scopes of the territories named
	first                     int    // sentence of the first mention, -1 none
}

func nearness(doc prose.Document, res mentions.Result, tops []places.Toponym) near {
	n := len(doc.Sentences)
	w := near{make([]bool, n), make([]bool, n), make([]bool, n), make([]kind, n), -1}
	at := 0
	for _, m := range res.Mentions {
		if m.Cluster < 0 || m.Cluster >= len(res.Clusters) || res.Clusters[m.Cluster].Status == mentions.Rejected {
			continue
		}
		if at >= n || doc.Sentences[at].Start > m.Start {
			at = 0
		}
		for at < n && doc.Sentences[at].End <= m.Start {
			at++
		}
		for k := at; k < n && doc.Sentences[k].Start < m.End; k++ {
			w.mention[k] = true
			if w.first < 0 || k < w.first {
				w.first = k
			}
		}
	}
	for _, t := range tops {
		w.toponym[t.Sentence] = true
		w.demonym[t.Sentence] = w.demonym[t.Sentence] || t.Use == places.Demonym
		if t.Place != nil {
			w.embargo[t.Sentence] |= under(t.Place.Country)
		}
	}
	return w
}

// among reports a mark in the sentences from..to.
func among(marks []bool, from, to int) bool {
	for k := max(from, 0); k <= min(to, len(marks)-1); k++ {
		if marks[k] {
			return true
		}
	}
	return false
}

// sieve judges the sentences of one article.
type sieve struct {
	near
	frames   *outline
	seen     []uint64 // lemmas that the forms of the sentence may be of
	class    []int8   // by class: 0 not asked, 1 a word of it stands in the sentence, -1 none
	triggers []uint16 // lemmas of triggers in the sentence
	tokens   []prose.Token
}

func (s *sieve) has(lemma uint16) bool { return s.seen[lemma>>6]&(1<<(lemma&63)) != 0 }

func (s *sieve) sentence(n int, src prose.Sentence) Hope {
	if src.Kind != prose.Body && src.Kind != prose.ListItem {
		return None
	}
	clear(s.seen)
	s.tokens = src.Tokens
	s.triggers = s.triggers[:0]
	for _, t := range src.Tokens {
		for _, l := range s.frames.of(t.Text) {
			if s.has(l) {
				continue
			}
			s.seen[l>>6] |= 1 << (l & 63)
			if s.frames.ways[l] != nil {
				s.triggers = append(s.triggers, l)
			}
		}
	}
	if len(s.triggers) == 0 {
		return None
	}
	clear(s.class)
	party, embargoes := s.party(n), s.embargoes(n)
	hope := None
	for _, l := range s.triggers {
		for i := range s.frames.ways[l] {
			w := &s.frames.ways[l][i]
			h := s.fits(n, w, party)
			if h == Deed && !party && w.scope&embargoes == 0 {
				h = Kin
			}
			if h > hope {
				if hope = h; hope == Deed {
					return Deed
				}
			}
		}
	}
	return hope
}

// embargoes gives the scopes of the territories that the sentence names, or may
// speak of by a pronoun.
func (s *sieve) embargoes(n int) kind {
	all := s.embargo[n]
	for k := max(0, n-pronounReach); k < n; k++ {
		if s.embargo[k]&^all != 0 && s.inClass(s.frames.pronoun) {
			all |= s.embargo[k]
		}
	}
	return all
}

// fits reports what stands beside the trigger and in its slots.
func (s *sieve) fits(n int, w *way, party bool) Hope {
	if w.beside >= 0 && !s.has(uint16(w.beside)) {
		return None
	}
	hope := Deed
	for i := range w.needs {
		if w.being && len(w.needs[i].paths) > 0 && !s.behindBe(w.needs[i].paths) {
			return None
		}
		need := &w.needs[i]
		if !s.met(n, need, party) {
			if need.strict {
				return None
			}
			hope = Kin
		}
	}
	return hope
}

// beingReach is how many words behind "be" its preposition stands at most: "was
// not yet back in Cairo".
const beingReach = 5

// behindBe reports a preposition behind a form of "be".
func (s *sieve) behindBe(paths [][]uint16) bool {
	left := 0
	for _, t := range s.tokens {
		lemmas := s.frames.of(t.Text)
		if left > 0 && slices.ContainsFunc(paths, func(p []uint16) bool { return slices.Contains(lemmas, p[0]) }) {
			return true
		}
		if left--; slices.Contains(lemmas, s.frames.be) {
			left = beingReach
		}
	}
	return false
}

func (s *sieve) met(n int, need *need, party bool) bool {
	if len(need.paths) > 0 && !s.phrase(need.paths) {
		return false
	}
	if need.anything || need.place && s.toponym[n] || need.bearer && party {
		return true
	}
	for _, l := range need.lemmas {
		if s.has(l) {
			return true
		}
	}
	for _, c := range need.classes {
		if s.inClass(c) {
			return true
		}
	}
	return false
}

// inClass reports a word or phrase of the class in the sentence.
func (s *sieve) inClass(c int) bool {
	if s.class[c] == 0 {
		s.class[c] = -1
		if k := &s.frames.classes[c]; s.word(k.words) || s.phrase(k.phrases) {
			s.class[c] = 1
		}
	}
	return s.class[c] > 0
}

func (s *sieve) word(set []uint64) bool {
	for i, w := range set {
		if w&s.seen[i] != 0 {
			return true
		}
	}
	return false
}

func (s *sieve) phrase(all [][]uint16) bool {
phrases:
	for _, p := range all {
		for _, l := range p {
			if !s.has(l) {
				continue phrases
			}
		}
		return true
	}
	return false
}

// party reports whether some word of the sentence may speak of a listed party.
func (s *sieve) party(n int) bool {
	f := s.frames
	switch {
	case s.mention[n]:
		return true
	case s.first < 0:
		return false
	case s.inClass(f.speaker) && among(s.mention, n-pronounReach, n+pronounReach), s.inClass(f.pronoun) && among(s.mention, n-pronounReach, n):
		return true
	case !s.inClass(f.definite):
		return false
	}
	return s.inClass(f.anaphor) && among(s.mention, n-groupReach, n) || s.first <= n && (s.demonym[n] || s.inClass(f.described))
}

// way is one trigger of one pattern.
type way struct {
	being  bool // the trigger is "be": what it says stands right behind it
	beside int  // lemma that must stand beside the trigger, -1 none
	scope  kind // of the embargo that makes it worth reading where nobody is listed
	needs  []need
}

// need is a slot or guard, and what can meet it.
type need struct {
	strict   bool       // without it the pattern does not fit; else a claim told before may fill it
	paths    [][]uint16 // prepositions that lead to it, all words of one; none where the tree alone leads to it
	anything bool       // words cannot tell what fills it
	place    bool       // a place
	bearer   bool       // a listed vessel, aircraft or company, whatever it is called
	lemmas   []uint16
	classes  []int
}

// class holds the words of a class and of those within it.
type class struct {
	words   []uint64
	phrases [][]uint16
}

// of gives the lemmas that a token may be a form of.
func (o *outline) of(token string) []uint16 { return o.forms.get(token, hashOf(token)) }

// part is the longest run of letters and digits of a word: tokens are cut at
// marks in more than one way.
func part(lemma string) string {
	longest := ""
	for p := range strings.FieldsFuncSeq(lemma, func(r rune) bool { return r < 0x80 && inWord[r] == 0 }) {
		if len(p) > len(longest) {
			longest = p
		}
	}
	return longest
}
