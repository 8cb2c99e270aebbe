package syntax

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// The questions below take the index of a word and give indexes, -1 for none.
// They read the tree as it stands and mend nothing.

// is reports whether word i stands in one of the relations, subtypes included:
// "nsubj" takes "nsubj:pass" too, "nsubj:pass" only itself.
func (t Tree) is(i int, rels ...string) bool {
	d := t.Words[i].Deprel
	for _, r := range rels {
		if d == r || len(d) > len(r) && d[len(r)] == ':' && d[:len(r)] == r {
			return true
		}
	}
	return false
}

// Child is the first dependent of i in one of the relations (subtypes
// included).
func (t Tree) Child(i int, rels ...string) int {
	for j := range t.Words {
		if t.Words[j].Head == i && t.is(j, rels...) {
			return j
		}
	}
	return -1
}

// ChildrenAs are the dependents of i in the relations.
func (t Tree) ChildrenAs(i int, rels ...string) []int {
	var out []int
	for j := range t.Words {
		if t.Words[j].Head == i && t.is(j, rels...) {
			out = append(out, j)
		}
	}
	return out
}

// Below reports whether i is below a (or a itself).
func (t Tree) Below(i, a int) bool {
	for n := 0; i >= 0 && n <= len(t.Words); n++ {
		if i == a {
			return true
		}
		i = t.Words[i].Head
	}
	return false
}

// OwnSubject is the subject written with the verb (or predicate) itself.
func (t Tree) OwnSubject(v int) int { return t.Child(v, "nsubj", "csubj") }

// Subject is who v is said of: its own subject; else, for a conjunct, that of
// the first verb; for "plans to sail" that of the verb above (its object in
// "asked the crew to sail"); for a relative or participle clause the noun it
// hangs on. It looks through relative pronouns to their noun.
func (t Tree) Subject(v int) int {
	for n := 0; v >= 0 && n <= len(t.Words); n++ {
		if s := t.OwnSubject(v); s >= 0 {
			return t.Antecedent(s)
		}
		up := t.Words[v].Head
		switch {
		case up < 0:
			return -1
		case t.is(v, "conj") && t.Clausal(up):
			v = up
		case t.is(v, "xcomp"):
			if o := t.Child(up, "obj", "iobj"); o >= 0 {
				return t.Antecedent(o)
			}
			v = up
		case t.is(v, "acl"):
			return up
		case t.is(v, "advcl") && t.Child(v, "aux") < 0 && !t.finite(v):
			// "Leaving port, the ship turned": no subject of its own.
			v = up
		default:
			return -1
		}
	}
	return -1
}

// Antecedent gives the noun for which a relative pronoun stands, else i.
func (t Tree) Antecedent(i int) int {
	if !strings.Contains(t.Words[i].Feats, "PronType=Rel") && !slices.Contains([]string{"WDT", "WP"}, t.Words[i].XPOS) {
		return i
	}
	for k, n := i, 0; k >= 0 && n <= len(t.Words); k, n = t.Words[k].Head, n+1 {
		if t.is(k, "acl") && t.Words[k].Head >= 0 {
			return t.Words[k].Head
		}
	}
	return i
}

// Object is the direct object; of a relative clause without one of its own
// ("the ship that they sold") the noun it hangs on, where a subject is there.
func (t Tree) Object(v int) int {
	if o := t.Child(v, "obj"); o >= 0 {
		return t.Antecedent(o)
	}
	if t.Words[v].Deprel == "acl:relcl" && t.OwnSubject(v) >= 0 && !t.Passive(v) && t.Child(v, "obl") < 0 &&
		t.Child(v, "ccomp", "xcomp", "cop") < 0 && t.Antecedent(t.OwnSubject(v)) != t.Words[v].Head {
		return t.Words[v].Head
	}
	return -1
}

// Actor is who does v: the subject of an active verb, the by-phrase of a
// passive one.
func (t Tree) Actor(v int) int {
	if t.Passive(v) {
		return t.Agent(v)
	}
	return t.Subject(v)
}

// Patient is what v is done to: the object of an active verb, the subject of
// a passive one.
func (t Tree) Patient(v int) int {
	if t.Passive(v) {
		return t.Subject(v)
	}
	return t.Object(v)
}

// Agent is the by-phrase of a passive verb.
func (t Tree) Agent(v int) int {
	for _, o := range t.ChildrenAs(v, "obl") {
		if t.Words[o].Deprel == "obl:agent" || t.Preposition(o) == "by" && t.Passive(v) {
			return o
		}
	}
	return -1
}

// Passive reports a passive verb: one with a passive auxiliary or subject, or
// a bare past participle on a noun ("a ship owned by").
func (t Tree) Passive(v int) bool {
	if t.Child(v, "aux:pass", "nsubj:pass", "csubj:pass") >= 0 {
		return true
	}
	w := t.Words[v]
	if w.XPOS != "VBN" || t.Child(v, "aux") >= 0 {
		return false
	}
	if t.is(v, "acl", "amod") || t.is(v, "advcl") && t.Child(v, "obj") < 0 {
		return true
	}
	return t.is(v, "conj") && w.Head >= 0 && t.OwnSubject(v) < 0 && t.Passive(w.Head)
}

// Auxiliaries of a verb, without the copula.
func (t Tree) Auxiliaries(v int) []int { return t.ChildrenAs(v, "aux") }

// Copula is the form of "be" that links predicate i to its subject.
func (t Tree) Copula(i int) int { return t.Child(i, "cop") }

// Particle is the particle of a phrasal verb ("took" ... "off").
func (t Tree) Particle(v int) int { return t.Child(v, "compound:prt") }

// negators say no to the word they hang on.
var negators = []string{"not", "n't", "never", "no", "neither", "nor", "hardly", "scarcely", "barely"}

// Negation is the word that negates i: "not", "never", "no" with it, or a
// negative subject or object ("no ship left", "nobody came").
func (t Tree) Negation(i int) int {
	for j, w := range t.Words {
		if w.Head != i {
			continue
		}
		low := strings.ToLower(w.Form)
		switch {
		case t.is(j, "advmod", "det", "cc:preconj") && (slices.Contains(negators, w.Lemma) || slices.Contains(negators, low)):
			return j
		case t.is(j, "nsubj", "obj"):
			if slices.Contains([]string{"nobody", "none", "nothing", "neither", "no-one", "no"}, low) {
				return j
			}
			for k, d := range t.Words {
				if d.Head == j && d.Deprel == "det" && strings.EqualFold(d.Form, "no") {
					return k
				}
			}
		}
	}
	return -1
}

// Preposition is the case word of a nominal with its fixed parts, in lower
// case: "on", "because of", "according to", "" for none.
func (t Tree) Preposition(n int) string {
	c := t.Child(n, "case")
	if c < 0 {
		return ""
	}
	s := strings.ToLower(t.Words[c].Form)
	for j, w := range t.Words {
		if w.Head == c && w.Deprel == "fixed" || j > c && w.Head == n && w.Deprel == "case" && j == c+1 {
			s += " " + strings.ToLower(w.Form)
		}
	}
	return s
}

// Oblique is a nominal with its preposition.
type Oblique struct {
	Noun        int
	Preposition string
}

// Obliques are the nominals that modify i, a verb or noun, in their order.
func (t Tree) Obliques(i int) []Oblique {
	var out []Oblique
	for _, o := range t.ChildrenAs(i, "obl", "nmod") {
		if t.Words[o].Deprel != "nmod:poss" {
			out = append(out, Oblique{o, t.Preposition(o)})
		}
	}
	return out
}

// Marker is the word that opens a subordinate clause, in lower case: "that",
// "if", "whether", "to", "after"; "" for none.
func (t Tree) Marker(v int) string {
	for j, w := range t.Words {
		if w.Head == v && w.Deprel == "mark" {
			return strings.ToLower(t.Words[j].Form)
		}
	}
	return ""
}

// Complements are the clauses that v takes: what is said, planned, denied.
func (t Tree) Complements(v int) []int { return t.ChildrenAs(v, "ccomp", "xcomp") }

// Conjuncts are all members of the coordination i is in, in order; i alone
// where there is none.
func (t Tree) Conjuncts(i int) []int {
	top := i
	for n := 0; t.is(top, "conj") && t.Words[top].Head >= 0 && n < len(t.Words); n++ {
		top = t.Words[top].Head
	}
	out := []int{top}
	for k := 0; k < len(out); k++ {
		for _, j := range t.ChildrenAs(out[k], "conj") {
			if !slices.Contains(out, j) {
				out = append(out, j)
			}
		}
	}
	slices.Sort(out)
	return out
}

// Appositions are the nominals that name i anew.
func (t Tree) Appositions(i int) []int { return t.ChildrenAs(i, "appos") }

// Clausal reports whether i heads a clause: a verb not used as an adjective,
// or a predicate with a copula or subject.
func (t Tree) Clausal(i int) bool {
	if t.is(i, "amod", "aux", "cop", "case", "mark", "compound", "fixed") {
		return false
	}
	return t.Words[i].UPOS == "VERB" || t.Child(i, "cop", "nsubj", "csubj") >= 0
}

// ClauseHead is the head of the nearest clause around i (i itself included).
func (t Tree) ClauseHead(i int) int {
	for n := 0; i >= 0 && n <= len(t.Words); n++ {
		if t.Clausal(i) || t.Words[i].Head < 0 {
			return i
		}
		i = t.Words[i].Head
	}
	return -1
}

// Governor is the clause that i's clause hangs in, and the relation by which
// it does ("ccomp", "advcl", "acl:relcl", "conj").
func (t Tree) Governor(v int) (int, string) {
	c := t.ClauseHead(v)
	if c < 0 || t.Words[c].Head < 0 {
		return -1, ""
	}
	return t.ClauseHead(t.Words[c].Head), t.Words[c].Deprel
}

func (t Tree) finite(v int) bool {
	return strings.Contains(t.Words[v].Feats, "VerbForm=Fin")
}

// Range is a run of words [From, To).
type Range struct{ From, To int }

// Span of the range in the text.
func (r Range) Span(s prose.Sentence) story.Span {
	if r.From < 0 || r.To > len(s.Tokens) || r.From >= r.To {
		return story.Span{}
	}
	return story.Span{Start: s.Tokens[r.From].Start, End: s.Tokens[r.To-1].End}
}

// around is the unbroken run about i of words that hang on i without passing
// a word that skip refuses.
func (t Tree) around(i int, skip func(int) bool) Range {
	in := func(j int) bool {
		for k, n := j, 0; k >= 0 && n <= len(t.Words); n++ {
			if k == i {
				return true
			}
			if skip(k) {
				return false
			}
			k = t.Words[k].Head
		}
		return false
	}
	r := Range{i, i + 1}
	for r.From > 0 && in(r.From-1) {
		r.From--
	}
	for r.To < len(t.Words) && in(r.To) {
		r.To++
	}
	return r
}

// NounPhrase is the run of words that make up the nominal i with its
// determiners, names, adjectives and "of"-phrases, without its preposition,
// relative clauses, appositions and further conjuncts.
func (t Tree) NounPhrase(i int) Range {
	predicate := t.Copula(i) >= 0
	r := t.around(i, func(k int) bool {
		if t.Words[k].Head == i {
			switch {
			case t.is(k, "cc", "mark", "cop", "nsubj", "csubj", "aux", "obl", "dislocated", "expl"), k < i && t.is(k, "case"):
				return true
			case t.is(k, "advmod"):
				return predicate
			}
		}
		return t.is(k, "acl:relcl", "appos", "conj", "parataxis", "punct", "advcl", "ccomp", "acl", "cc") && !t.hyphen(k) ||
			t.is(k, "nmod") && k > i && t.Preposition(k) != "of" && t.Preposition(k) != "" && t.Words[k].Deprel != "nmod:poss"
	})
	return t.trim(r)
}

// hyphen tells the marks inside "15-year-old".
func (t Tree) hyphen(k int) bool { return t.Words[k].XPOS == "HYPH" }

// Phrase is everything below i that stands in one run with it, marks at its
// ends cut off.
func (t Tree) Phrase(i int) Range {
	return t.trim(t.around(i, func(k int) bool {
		return t.Words[k].Head == i && t.is(k, "case", "cc", "punct") && k < i
	}))
}

// Clause is the run of words of v's clause with what hangs in it, without
// coordinated clauses that have a subject of their own, asides, and the
// connecting word before it.
func (t Tree) Clause(v int) Range {
	return t.trim(t.around(v, func(k int) bool {
		switch {
		case t.is(k, "parataxis", "discourse"):
			return true
		case t.is(k, "conj"):
			return t.Words[k].Head == v && t.OwnSubject(k) >= 0
		case t.Words[k].Head == v && t.is(k, "cc", "mark"):
			return k < v && t.Words[k].UPOS != "PART"
		}
		return false
	}))
}

func (t Tree) trim(r Range) Range {
	for r.From < r.To-1 && t.Words[r.From].UPOS == "PUNCT" {
		r.From++
	}
	for r.To > r.From+1 && t.Words[r.To-1].UPOS == "PUNCT" {
		r.To--
	}
	return r
}
