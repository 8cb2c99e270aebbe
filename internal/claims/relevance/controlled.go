package relevance

import (
	"slices"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/claims/frames"
	"github.com/reportedly/reportedly/internal/prose"
)

// addControlled adds the words by which controlled goods are called, in every
// form: whatever a frame with a scope asks for as the thing supplied, bought or
// tested. A phrase counts by its last word.
func addControlled(set *wordSet) {
	l := frames.English()
	var supplied []string
	for _, p := range l.Patterns {
		if frames.ScopeOf(p.Code) == "" {
			continue
		}
		classes := false
		for _, s := range p.Slots {
			for _, t := range strings.Split(s.Type, "/") {
				if name, ok := strings.CutPrefix(t, "@"); ok && s.Needed {
					classes = true
					supplied = append(supplied, name)
				}
			}
		}
		if !classes { // "armed the militia": the trigger itself tells
			for _, t := range slices.Concat(p.Verbs, p.Nouns, p.Adjectives) {
				set.add(t.Lemma, goods)
			}
		}
	}
	for _, c := range l.Within(supplied...) {
		for w := range c.Words {
			set.add(w, goods)
		}
		for p := range c.Phrases {
			set.add(p[strings.LastIndexByte(p, ' ')+1:], goods)
		}
	}
}

// wordSet finds whole words in running text.
type wordSet struct{ words table[kind] }

// kind tells what a word of the set speaks of, bit by bit: goods that an
// embargo may cover, or territories under embargoes of some scopes.
type kind uint16

const goods kind = 1

// scopes of embargoes; their bits follow that of goods.
var scopes = []string{"arms", "wmd", "petroleum", "luxury", "commodities", "labour", "military"}

const territory = ^goods

// scope is the bit of a scope, 0 for "".
func scope(name string) kind {
	for i, s := range scopes {
		if s == name {
			return goods << (i + 1)
		}
	}
	return 0
}

// under gives the scopes of the embargoes on a country.
func under(country string) (k kind) {
	t, _ := frames.TerritoryOf(country)
	for _, s := range t.Scopes {
		k |= scope(s)
	}
	return k
}

// trade holds the words of controlled goods and of territories under embargo.
var trade = sync.OnceValue(func() *wordSet {
	set := &wordSet{}
	addControlled(set)
	for _, t := range frames.Territories() {
		for _, w := range t.Words {
			set.add(w, under(t.Country))
		}
	}
	return set
})

func (s *wordSet) add(lemma string, k kind) {
	part := part(strings.ToLower(lemma))
	forms := []string{part, part + "s", part + "es", part + "ed", part + "d", part + "ing", strings.TrimSuffix(part, "e") + "ing"}
	if y, ok := strings.CutSuffix(part, "y"); ok {
		forms = append(forms, y+"ies", y+"ied")
	}
	for _, f := range forms {
		if f != "" {
			*s.words.put(f) |= k
		}
	}
}

// each calls do with the kind and place of each word of the set until it
// gives false.
func (s *wordSet) each(text string, do func(k kind, at int) bool) {
	from, h := 0, start
	for i := 0; i <= len(text); i++ {
		if i < len(text) {
			if c := inWord[text[i]]; c != 0 {
				h = step(h, c)
				continue
			}
		}
		if i > from {
			if k := s.words.get(text[from:i], h); k != 0 && !do(k, from) {
				return
			}
		}
		from, h = i+1, start
	}
}

// of gives all kinds of the words in a text.
func (s *wordSet) of(text string) (all kind) {
	s.each(text, func(k kind, _ int) bool {
		all |= k
		return true
	})
	return all
}

// within is how many bytes may lie between the goods and the territory of one
// deed: they stand in one sentence, or a pronoun up to three sentences below
// speaks of the territory.
const within = 1500

// Controlled reports whether an English text speaks of goods that an embargo
// may cover and, near them, of a territory under one. Where it does not and nobody listed
// is named, no claim can come of it: a claim about a territory needs both.
func Controlled(text string) (near bool) {
	lastGoods, lastTerritory := -within-1, -within-1
	trade().each(text, func(k kind, at int) bool {
		if k&goods != 0 {
			lastGoods = at
		}
		if k&territory != 0 {
			lastTerritory = at
		}
		near = max(lastGoods, lastTerritory)-min(lastGoods, lastTerritory) <= within && min(lastGoods, lastTerritory) >= 0
		return !near
	})
	return near
}

// Traded reports whether a sentence of an English document in which nobody
// listed is named may hold a deed that concerns a territory under embargo, by
// its words alone: before any place is looked for.
func Traded(doc prose.Document) bool {
	n := len(doc.Sentences)
	w := near{mention: make([]bool, n), toponym: make([]bool, n), demonym: make([]bool, n), embargo: make([]kind, n), first: -1}
	s := newSieve(w)
	held := make([]bool, n)
	for i, src := range doc.Sentences {
		k := trade().of(src.Of(doc.Text))
		w.embargo[i], w.toponym[i], held[i] = k&territory, true, k&goods != 0
	}
	for i, src := range doc.Sentences {
		about := kind(0)
		for k := max(0, i-pronounReach); k <= i; k++ {
			about |= w.embargo[k]
		}
		if about != 0 && held[i] && s.sentence(i, src) == Deed {
			return true
		}
	}
	return false
}
