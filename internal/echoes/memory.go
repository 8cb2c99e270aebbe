package echoes

import (
	"strings"

	"github.com/kljensen/snowball/english"
	"github.com/zeebo/xxh3"
)

// word is what prints need of a spelling, worked out once.
type word struct {
	fold        string
	hash        uint64   // of fold, for shingles
	hash32      uint32   // of fold, for facts
	stem        *stem    // English; nil until asked for
	sound       uint32   // consonants, v kept; 0 = too few
	credits     []uint32 // as part of an outlet's name
	person      bool     // "I", "my"
	calendar    bool
	sounded     bool
	credited    bool
	looseHashes [2][]uint32 // consonants, v dropped: of the word, of its Arabic forms
	loosed      [2]bool
	article     uint32 // the print being taken that met the word last
	slot        int32  // its place there
}

// stem is what words of one stem share.
type stem struct {
	hash    uint32
	bits    float64 // information
	article uint32  // the print being taken that met the stem last
	times   int     // there
	subject bool    // every report of the happening has it
}

// in gives the stem as one article shows it, blank at its first word.
func (s *stem) in(article uint32) *stem {
	if s.article != article {
		s.article, s.times, s.subject = article, 0, false
	}
	return s
}

// memory keeps words, because most words of a new article were in earlier
// ones. It is bounded: when it is full it starts anew.
type memory struct {
	words   map[string]*word // by spelling
	folded  map[string]*word // by folded form: spellings of one word are one
	stems   map[string]*stem
	lex     lexicon
	article uint32
}

const maxWords = 1 << 18

func newMemory() *memory {
	return &memory{words: make(map[string]*word, 1024), folded: make(map[string]*word, 1024), stems: make(map[string]*stem, 1024), lex: lexica()}
}

// word gives the entry of a spelling; digits tells that it is a number.
func (m *memory) word(spelling string, digits bool) *word {
	if w, ok := m.words[spelling]; ok {
		return w
	}
	if len(m.words) >= maxWords {
		clear(m.words)
		clear(m.folded)
		clear(m.stems)
	}
	f := foldWord(spelling, digits)
	if w, ok := m.folded[f]; ok {
		m.words[strings.Clone(spelling)] = w
		return w
	}
	w := &word{fold: f, hash: xxh3.HashString(f), hash32: hash32(f), person: firstPerson[f], calendar: calendarWords[f]}
	m.words[strings.Clone(spelling)], m.folded[f] = w, w
	return w
}

// stemOf works out the English stem of a word.
func (m *memory) stemOf(w *word) *stem {
	if w.stem != nil {
		return w.stem
	}
	name := english.Stem(w.fold, true)
	s, ok := m.stems[name]
	if !ok {
		s = &stem{hash: hash32(name), bits: m.lex.information(name)}
		m.stems[name] = s
	}
	w.stem = s
	return s
}

func (w *word) soundOf() (uint32, bool) {
	if !w.sounded {
		if c := consonants(w.fold, false); len(c) >= 2 {
			w.sound = hash32(c)
		}
		w.sounded = true
	}
	return w.sound, w.sound != 0
}

// loose gives the consonant hashes of a word, of all its forms where the text
// has no capitals.
func (w *word) loose(uncased bool) []uint32 {
	k := 0
	if uncased {
		k = 1
	}
	if !w.loosed[k] {
		for _, f := range forms(w.fold, uncased) {
			if c := consonants(f, true); len(c) >= 3 || (len(c) == 2 && len(f) >= 4) {
				w.looseHashes[k] = append(w.looseHashes[k], hash32(c))
			}
		}
		w.loosed[k] = true
	}
	return w.looseHashes[k]
}

// names gives the hashes by which the word may be part of an outlet's name.
func (w *word) names(uncased bool) []uint32 {
	if uncased {
		var out []uint32
		for _, f := range forms(w.fold, true) {
			out = append(out, creditHashes(f)...)
		}
		return out
	}
	if !w.credited {
		w.credits, w.credited = creditHashes(w.fold), true
	}
	return w.credits
}
