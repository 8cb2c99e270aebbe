package clause

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/prose/syntax"
)

// Words are the parts of a language that reading clauses needs.
type Words struct {
	Light   map[string]bool
	Effects map[string]string // lemma -> effect of a governing word
}

// Arg is one argument: the path by which it was found and its head word.
type Arg struct {
	Path string
	Head int
	// Loose marks an argument that does not hang on the word itself but near
	// it: on its object, its light verb, or its clause.
	Loose bool
}

// Predicate is a word with its arguments.
type Predicate struct {
	Word    int
	Verb    bool
	Passive bool
	// Clause is the verb of the clause: Word itself, or the verb over a noun.
	Clause int
	Args   []Arg
}

// Sentence is a tree with its children worked out once.
type Sentence struct {
	Tree     syntax.Tree
	children [][]int
	words    Words
}

// New prepares a tree. A head outside the sentence, or in a loop, becomes a
// root, so that every walk ends.
func New(t syntax.Tree, w Words) *Sentence {
	t.Words = slices.Clone(t.Words)
	s := &Sentence{Tree: t, children: make([][]int, len(t.Words)), words: w}
	for i := range t.Words {
		if t.Words[i].Head >= len(t.Words) || t.Words[i].Head < 0 {
			t.Words[i].Head = -1
		}
		for k, n := i, 0; k >= 0 && k < len(t.Words); k, n = t.Words[k].Head, n+1 {
			if n > len(t.Words) {
				t.Words[i].Head = -1
				break
			}
		}
	}
	for i, w := range t.Words {
		if w.Head >= 0 {
			s.children[w.Head] = append(s.children[w.Head], i)
		}
	}
	return s
}

// Children of a word in order of the sentence.
func (s *Sentence) Children(i int) []int { return s.kids(i) }

func (s *Sentence) kids(i int) []int {
	if i < 0 {
		return nil
	}
	return s.children[i]
}

// word i; over the root stands an empty one.
func (s *Sentence) word(i int) syntax.Word {
	if i < 0 {
		return syntax.Word{Head: -1}
	}
	return s.Tree.Words[i]
}

// Lemma is the lower-case lemma of a word.
func (s *Sentence) Lemma(i int) string { return strings.ToLower(s.word(i).Lemma) }

func (s *Sentence) form(i int) string { return strings.ToLower(s.word(i).Form) }

// rel is the relation without its subtype.
func (s *Sentence) rel(i int) string {
	r, _, _ := strings.Cut(s.word(i).Deprel, ":")
	return r
}

// full is the relation with its subtype.
func (s *Sentence) full(i int) string { return s.word(i).Deprel }

// child gives the first child with one of the relations (with or without
// subtype), -1 if none.
func (s *Sentence) child(i int, rels ...string) int {
	for _, c := range s.kids(i) {
		if slices.Contains(rels, s.full(c)) || slices.Contains(rels, s.rel(c)) {
			return c
		}
	}
	return -1
}

// IsVerb reports a verb, also where the tagger calls a participle an adjective
// that governs an auxiliary.
func (s *Sentence) IsVerb(i int) bool { return s.word(i).UPOS == "VERB" }

// IsNoun reports a noun or name.
func (s *Sentence) IsNoun(i int) bool {
	u := s.word(i).UPOS
	return u == "NOUN" || u == "PROPN"
}

// passive reports whether verb i stands in the passive.
func (s *Sentence) passive(i int) bool {
	if s.child(i, "aux:pass") >= 0 {
		return true
	}
	if s.child(i, "nsubj:pass") >= 0 && s.rel(i) != "root" {
		return true
	}
	w := s.word(i)
	participle := w.XPOS == "VBN" || strings.Contains(w.Feats, "VerbForm=Part") && strings.Contains(w.Feats, "Tense=Past")
	if !participle || s.child(i, "aux") >= 0 {
		return false
	}
	switch s.rel(i) {
	case "acl":
		return s.full(i) != "acl:relcl"
	case "advcl":
		return s.child(i, "nsubj") < 0 && s.child(i, "obj") < 0
	case "conj":
		return s.passive(w.Head) && s.child(i, "nsubj") < 0
	case "xcomp":
		return true
	}
	return false
}

// relative reports a relative pronoun.
func (s *Sentence) relative(i int) bool {
	switch s.form(i) {
	case "who", "which", "that", "whom", "whose":
		return s.word(i).UPOS == "PRON" || s.word(i).UPOS == "DET" || s.word(i).UPOS == "SCONJ"
	}
	return false
}

// antecedent gives the noun that a relative clause over word i describes.
func (s *Sentence) antecedent(i int) int {
	for n := 0; i >= 0 && n < len(s.Tree.Words); n++ {
		if strings.HasPrefix(s.full(i), "acl") {
			return s.word(i).Head
		}
		i = s.word(i).Head
	}
	return -1
}

// Relative gives the noun that the relative clause whose verb is i describes,
// -1 where i heads none.
func (s *Sentence) Relative(i int) int {
	for n := 0; n < 3 && s.rel(i) == "conj" && s.IsVerb(s.word(i).Head); n++ {
		i = s.word(i).Head
	}
	if s.full(i) == "acl:relcl" {
		return s.word(i).Head
	}
	return -1
}

// Where gives the "where" that opens the clause of verb i, -1 if none does.
func (s *Sentence) Where(i int) int {
	for _, c := range s.kids(i) {
		if s.form(c) == "where" && c < i {
			return c
		}
	}
	return -1
}

// resolve turns a relative pronoun into its noun.
func (s *Sentence) resolve(i int) int {
	if i >= 0 && s.relative(i) {
		if a := s.antecedent(s.word(i).Head); a >= 0 {
			return a
		}
	}
	return i
}

// Subject finds the subject of verb i in the surface sense (the sufferer in a
// passive), -1 if none; see the package comment for the order.
func (s *Sentence) Subject(i int) int { return s.subject(i, 0) }

func (s *Sentence) subject(i, depth int) int {
	if i < 0 || depth > 8 {
		return -1
	}
	if c := s.child(i, "nsubj", "csubj"); c >= 0 {
		if c = s.resolve(c); s.word(c).UPOS != "SCONJ" {
			return c
		}
	}
	head := s.word(i).Head
	if head < 0 {
		return -1
	}
	switch s.rel(i) {
	case "xcomp":
		if o := s.child(head, "obj", "iobj"); o >= 0 && s.Lemma(head) != "promise" {
			return s.resolve(o)
		}
		return s.subject(head, depth+1)
	case "obl":
		// "accusing him of bankrolling", "was charged with selling", whatever the
		// parser calls the gerund.
		if s.IsVerb(i) && s.marked(i, "of", "with", "from") {
			if o := s.child(head, "obj"); o >= 0 && o < i {
				return s.resolve(o)
			}
			return s.subject(head, depth+1)
		}
	case "advcl", "conj", "ccomp", "parataxis":
		if s.rel(i) == "ccomp" && s.IsVerb(head) {
			// "said another man funded": the subject taken for the addressee.
			if o := s.child(head, "iobj"); o > head && o < i && s.child(head, "obj") < 0 {
				return s.resolve(o)
			}
		}
		if s.rel(i) == "ccomp" && s.finite(i) || s.rel(i) == "parataxis" {
			return -1
		}
		if o := s.child(head, "obj"); o >= 0 && o < i && s.rel(i) == "advcl" && s.marked(i, "from", "of", "into") {
			return s.resolve(o) // "barred them from leaving", "accused him of selling"
		}
		if s.IsNoun(head) && s.child(head, "cop") < 0 && s.child(head, "nsubj") < 0 {
			if s.rel(i) == "conj" && strings.HasPrefix(s.full(head), "acl") {
				return s.subject(head, depth+1)
			}
			return -1
		}
		return s.subject(head, depth+1)
	case "acl":
		if s.hasTo(i) || s.marked(i, "in", "of", "for", "at", "by", "with") {
			return s.owner(head, depth+1)
		}
		return head
	}
	return -1
}

// owner finds who has the plan in "his plan to visit", "the group's plan".
func (s *Sentence) owner(noun, depth int) int {
	if p := s.child(noun, "nmod:poss"); p >= 0 {
		return p
	}
	for _, c := range s.kids(noun) {
		if s.rel(c) == "nmod" && (s.Case(c) == "by" || s.Case(c) == "of") {
			return c
		}
	}
	if h := s.word(noun).Head; h >= 0 && s.IsVerb(h) {
		return s.subject(h, depth)
	}
	return -1
}

// marked reports one of the words as marker or case of i.
func (s *Sentence) marked(i int, words ...string) bool {
	for _, c := range s.kids(i) {
		if r := s.rel(c); (r == "mark" || r == "case") && slices.Contains(words, s.form(c)) {
			return true
		}
	}
	return false
}

// Alongside reports a clause whose deed falls together with that of the clause
// above: "when he appeared", "contacting the ministry".
func (s *Sentence) Alongside(i int) bool {
	for _, c := range s.kids(i) {
		switch f := s.form(c); {
		case f == "when" || f == "while" || f == "as":
			return true
		case s.rel(c) == "mark" || s.rel(c) == "nsubj" || s.rel(c) == "case":
			return false
		}
	}
	return s.rel(i) == "advcl" && strings.HasSuffix(s.form(i), "ing")
}

// Heading reports an infinitive with a subject of its own outside any verb, the
// future of headlines and summaries: "Envoys to meet in Geneva".
func (s *Sentence) Heading(i int) bool {
	if !s.hasTo(i) || s.child(i, "nsubj") < 0 || s.ownAux(i) {
		return false
	}
	switch s.rel(i) {
	case "root", "parataxis", "dep":
		return true
	}
	return false
}

// To reports an infinitive with to.
func (s *Sentence) To(i int) bool { return s.hasTo(i) }

func (s *Sentence) hasTo(i int) bool {
	for _, c := range s.kids(i) {
		if s.form(c) == "to" && (s.rel(c) == "mark" || s.rel(c) == "aux") {
			return true
		}
	}
	return false
}

func (s *Sentence) finite(i int) bool {
	w := s.word(i)
	if strings.Contains(w.Feats, "VerbForm=Fin") || w.XPOS == "VBD" || w.XPOS == "VBZ" || w.XPOS == "VBP" {
		return true
	}
	for _, c := range s.kids(i) {
		if r := s.rel(c); (r == "aux" || r == "cop") && s.form(c) != "to" {
			return true
		}
	}
	return false
}

// Case gives the preposition of a nominal, joined by _ where it has several
// words, "" if none.
func (s *Sentence) Case(i int) string {
	var out string
	for _, c := range s.kids(i) {
		if s.rel(c) != "case" || s.form(c) == "'s" || s.form(c) == "’s" || s.form(c) == "'" || s.form(c) == "’" {
			continue
		}
		if c > i {
			continue
		}
		part := s.form(c)
		for _, f := range s.kids(c) {
			if s.rel(f) == "fixed" {
				part += "_" + s.form(f)
			}
		}
		if out != "" {
			out += "_"
		}
		out += part
	}
	return out
}
