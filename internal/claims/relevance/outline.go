package relevance

import (
	"slices"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/claims/frames"
	"github.com/reportedly/reportedly/internal/prose/syntax"
)

// outline is what the English frames ask of the words of a sentence.
type outline struct {
	lemmas  map[string]uint16
	forms   table[[]uint16] // form in lower case -> lemmas
	ways    [][]way         // by lemma
	classes []class
	byName  map[string]int
	// classes of words that may speak of somebody named before
	speaker, pronoun, definite, anaphor, described int
	be                                             uint16 // the lemma
}

var outlines = sync.OnceValue(func() *outline { return newOutline(frames.English()) })

// Words that package whom follows back to whom they speak of, and the classes
// of nouns that it does with an article before them.
var (
	speaking   = []string{"we", "i", "us", "me"}
	pronouns   = []string{"he", "him", "his", "it", "its", "they", "their", "them"}
	definites  = []string{"the", "this", "that", "these", "those"}
	describing = []string{"personrole", "vessel", "anaphoriccompany"}
)

func newOutline(l *frames.Language) *outline {
	o := &outline{lemmas: map[string]uint16{}, byName: map[string]int{}}
	// All lemmas first, so that sets of them have one size.
	for name, c := range l.Classes {
		o.byName[name] = 0
		for w := range c.Words {
			o.lemma(w)
		}
		for p := range c.Phrases {
			for w := range strings.FieldsSeq(p) {
				o.lemma(w)
			}
		}
	}
	for _, w := range slices.Concat(speaking, pronouns, definites) {
		o.lemma(w)
	}
	for i := range l.Patterns {
		p := &l.Patterns[i]
		for _, t := range p.Nouns {
			o.noun(t.Lemma)
		}
		for _, t := range slices.Concat(p.Verbs, p.Nouns, p.Adjectives) {
			for _, w := range []string{t.Lemma, t.Particle, t.Object, t.Before} {
				if w != "" {
					o.lemma(w)
				}
			}
		}
		for _, g := range p.Guards {
			for w := range g.Lemmas {
				o.lemma(w)
			}
			o.paths(g.Paths)
		}
		for _, s := range p.Slots {
			o.paths(s.Paths)
		}
	}
	o.be = o.lemma("be")
	o.ways = make([][]way, len(o.lemmas))
	for name := range l.Classes {
		o.byName[name] = len(o.classes)
		o.classes = append(o.classes, o.classOf(l, name))
	}
	o.speaker, o.pronoun, o.definite = o.set(speaking), o.set(pronouns), o.set(definites)
	o.anaphor = o.byName["anaphor"]
	o.described = len(o.classes)
	all := class{words: make([]uint64, o.size())}
	for _, name := range describing {
		c := o.classes[o.byName[name]]
		for i := range all.words {
			all.words[i] |= c.words[i]
		}
		all.phrases = append(all.phrases, c.phrases...)
	}
	o.classes = append(o.classes, all)
	for i := range l.Patterns {
		o.pattern(&l.Patterns[i])
	}
	return o
}

func (o *outline) size() int { return (len(o.lemmas) + 63) / 64 }

// lemma gives the number of a lemma, and notes its forms when it is new.
func (o *outline) lemma(lemma string) uint16 {
	if id, ok := o.lemmas[lemma]; ok {
		return id
	}
	return o.note(lemma, slices.Concat(syntax.Forms(lemma), syntax.Forms(part(lemma))))
}

// noun is lemma for a trigger that is one only as a noun: "according" is no
// accord.
func (o *outline) noun(lemma string) uint16 {
	key := lemma + " noun"
	if id, ok := o.lemmas[key]; ok {
		return id
	}
	return o.note(key, slices.Concat(syntax.NounForms(lemma), syntax.NounForms(part(lemma))))
}

func (o *outline) note(key string, forms []string) uint16 {
	id := uint16(len(o.lemmas))
	o.lemmas[key] = id
	for _, f := range forms {
		if f == "" {
			continue
		}
		if all := o.forms.put(f); !slices.Contains(*all, id) {
			*all = append(*all, id)
		}
	}
	return id
}

func (o *outline) set(words []string) int {
	c := class{words: make([]uint64, o.size())}
	for _, w := range words {
		c.add(o.lemma(w))
	}
	o.classes = append(o.classes, c)
	return len(o.classes) - 1
}

func (c *class) add(lemma uint16) { c.words[lemma>>6] |= 1 << (lemma & 63) }

func (o *outline) classOf(l *frames.Language, name string) class {
	out := class{words: make([]uint64, o.size())}
	for _, c := range l.Within(name) {
		for w := range c.Words {
			out.add(o.lemma(w))
		}
		for p := range c.Phrases {
			var ids []uint16
			for w := range strings.FieldsSeq(p) {
				ids = append(ids, o.lemma(w))
			}
			out.phrases = append(out.phrases, ids)
		}
	}
	return out
}

// pattern adds the ways in which a pattern can be triggered.
func (o *outline) pattern(p *frames.Pattern) {
	for k, list := range [][]frames.Trigger{p.Verbs, p.Nouns, p.Adjectives} {
		if len(list) == 0 {
			continue
		}
		needs := o.needs(p, k == 0)
		for _, t := range list {
			w := way{being: t.Lemma == "be", beside: -1, scope: scope(frames.ScopeOf(p.Code)), needs: needs}
			if b := t.Particle + t.Object + t.Before; b != "" { // at most one is set
				w.beside = int(o.lemma(b))
			}
			id := o.lemma(t.Lemma)
			if k == 1 {
				id = o.noun(t.Lemma)
			}
			o.ways[id] = append(o.ways[id], w)
		}
	}
}

// needs are the slots and guards that words can show to be open. Slots for
// people and bodies are not among them: any name or pronoun may fill them.
func (o *outline) needs(p *frames.Pattern, verb bool) []need {
	var out []need
	for _, s := range p.Slots {
		if !s.Needed {
			continue
		}
		location := s.Role == "from" || s.Role == "to" || s.Role == "place" || s.Role == "via"
		n := o.types(s.Type)
		n.paths = o.paths(s.Paths)
		n.strict = location || s.Role == "item" && verb || s.Role == "amount"
		out = append(out, n)
	}
	for _, g := range p.Guards {
		if g.Unless {
			continue
		}
		n := need{}
		if g.Type != "" {
			n = o.types(g.Type)
		}
		n.paths, n.strict = o.paths(g.Paths), true
		for _, c := range g.Classes {
			o.kind(&n, c)
		}
		for w := range g.Lemmas {
			n.lemmas = append(n.lemmas, o.lemma(w))
		}
		out = append(out, n)
	}
	return slices.DeleteFunc(out, func(n need) bool { return n.anything && n.paths == nil })
}

// types gives what can be of the types of a slot.
func (o *outline) types(types string) (n need) {
	for t := range strings.SplitSeq(types, "/") {
		name, isClass := strings.CutPrefix(t, "@")
		switch {
		case isClass:
			o.kind(&n, name)
		case t == "place":
			n.place = true
			n.classes = append(n.classes, o.byName["facility"])
		case t == "toponym":
			n.place = true
		default:
			n.anything = true
		}
	}
	return n
}

// paths gives the words of the prepositions among paths, nil where one of them
// is none: package clause names such paths by the words themselves.
func (o *outline) paths(paths []string) [][]uint16 {
	var out [][]uint16
	for _, p := range paths {
		if slices.Contains(clause.Paths, p) {
			return nil
		}
		var words []uint16
		for w := range strings.SplitSeq(p, "_") {
			words = append(words, o.lemma(w))
		}
		out = append(out, words)
	}
	return out
}

func (o *outline) kind(n *need, name string) {
	n.classes = append(n.classes, o.byName[name])
	switch name {
	case "vessel", "aircraft", "vehicle", "company":
		n.bearer = true
	}
}
