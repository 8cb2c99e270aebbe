package clause

import (
	"github.com/reportedly/reportedly/internal/story"

	"github.com/reportedly/reportedly/internal/prose/speech/stance"
)

// Source is who stands behind a cue: the head word, and the relative pronoun
// it was reached through, -1 if none.
type Source struct {
	Head, Pronoun int
	// Words are set where the phrase was read off the surface.
	Words []int
}

var Nobody = Source{Head: -1, Pronoun: -1}

func Headed(head int) Source { return Source{Head: head, Pronoun: -1} }

// subject finds who does what word i says, through relative clauses, shared
// subjects, participles and infinitives.
func (v *View) Subject(i int) Source { return v.subjectOf(i, 0) }

func (v *View) subjectOf(i, depth int) Source {
	if i < 0 || depth > 8 {
		return Nobody
	}
	if v.Passive(i) {
		if a := v.Agent(i); a >= 0 {
			return Headed(a)
		}
		return Nobody
	}
	if s := v.NearSubject(i); s >= 0 {
		return v.Relative(s, i)
	}
	h := v.Words[i].Head
	if h < 0 {
		return Nobody
	}
	switch v.Words[i].Deprel {
	case "conj":
		return v.subjectOf(h, depth+1)
	case "xcomp", "advcl", "parataxis", "ccomp", "dep", "csubj":
		return v.controller(i, h, depth)
	case "acl", "acl:relcl":
		return v.modified(i, h, depth)
	}
	return Nobody
}

// nearSubject is the subject of i; where a tree gives two ("Fighters took the
// hill, residents said"), the one next to the verb.
func (v *View) NearSubject(i int) int {
	best := -1
	for _, k := range v.Kids[i] {
		if v.Rel(k) == "nsubj" && (best < 0 || k < i && k > best) {
			best = k
		}
	}
	return best
}

// relative replaces a relative pronoun by the noun that its clause modifies.
func (v *View) Relative(s, i int) Source {
	switch v.Lower(s) {
	case "who", "which", "that", "whom":
	default:
		return Headed(s)
	}
	for j, n := i, 0; j >= 0 && n < 6; j, n = v.Words[j].Head, n+1 {
		if v.Words[j].Deprel == "acl:relcl" {
			return Source{Head: v.Words[j].Head, Pronoun: s}
		}
	}
	return Headed(s)
}

// controller is the subject that a clause without one borrows from the clause
// above: the object of "urged X to say" and "quoted X as saying", else the
// subject; of a passive the one that suffers ("was quoted as saying").
func (v *View) controller(i, h, depth int) Source {
	if v.Words[i].Deprel == "ccomp" || v.Words[i].Deprel == "parataxis" || v.Words[i].Deprel == "csubj" {
		return Nobody
	}
	asked := v.Lex.Verbs[v.Lemma(h)]
	if asked != nil && (asked.Frames["np+inf"] && v.Rel(i) == "xcomp" || asked.Frames["np+as"] && v.Cased(i, "as")) {
		if o := v.Kid(h, "obj", "iobj"); o >= 0 {
			return Headed(o)
		}
	}
	if v.Passive(h) {
		if s := v.Kid(h, "nsubj:pass"); s >= 0 {
			return v.Relative(s, h)
		}
	}
	return v.subjectOf(h, depth+1)
}

// modified: "a report saying ..." speaks itself; in "issued a statement
// saying ..." the issuer does.
func (v *View) modified(i, h, depth int) Source {
	if issuing[v.Lemma(h)] && v.Rel(h) == "obj" {
		if g := v.Words[h].Head; g >= 0 {
			if s := v.subjectOf(g, depth+1); s.Head >= 0 {
				return s
			}
		}
	}
	if v.Words[i].Deprel == "acl" && v.Cased(i, "to") {
		return Nobody // "a plan to say": the planner is not given
	}
	return Headed(h)
}

// issuing are papers that speak for the one who issues them.
var issuing = map[string]bool{"statement": true, "release": true, "letter": true, "message": true, "tweet": true, "email": true, "memo": true, "note": true, "video": true, "op-ed": true, "ad": true, "post": true, "speech": true}

// phrase gives the words of the noun phrase around head i, without clauses that
// hang on it loosely, and never with word but in it.
func (v *View) Phrase(i, but int) []int {
	var skip []int
	for _, k := range v.Kids[i] {
		switch v.Rel(k) {
		case "acl", "appos":
			if v.Under(but, k) || v.Words[k].Deprel == "acl:relcl" {
				skip = append(skip, k)
			}
		case "det":
			if v.Words[k].XPOS == "WDT" {
				skip = append(skip, k)
			}
		case "case", "mark", "parataxis", "ccomp", "advcl", "cop", "nsubj", "discourse", "dep", "advmod", "cc", "csubj", "aux", "orphan", "reparandum", "vocative":
			if v.Rel(k) == "advmod" && k < i && v.Words[k].UPOS == "ADV" && !v.IsPunct(k) && v.Rel(k) != "cc" {
				continue // "nearly all of", "at least two"
			}
			skip = append(skip, k)
		default:
			if v.Under(but, k) {
				skip = append(skip, k)
			}
		}
	}
	words := v.Sub(i, skip...)
	// The phrase is the run around its head: what lies behind the cue is a
	// slip of the tree.
	a, b := i, i
	in := map[int]bool{}
	for _, w := range words {
		in[w] = true
	}
	for a > 0 && (in[a-1] || v.IsPunct(a-1) && a > 1 && in[a-2]) && a-1 != but {
		a--
	}
	for b+1 < len(v.Words) && (in[b+1] || v.IsPunct(b+1) && b+2 < len(v.Words) && in[b+2]) && b+1 != but {
		b++
	}
	// "deputy spokeswoman | Marie Roe said": a name cut off by the tree.
	for b+1 < len(v.Words) && b+1 != but && v.Words[b].UPOS != "PUNCT" && v.Words[b+1].UPOS == "PROPN" && i <= b && v.Words[i].UPOS == "NOUN" && v.TitleNoun(i) && b < but {
		b++
	}
	return v.UpTo(a, b+1)
}

// titleNoun: a role that stands before names.
func (v *View) TitleNoun(i int) bool {
	k, ok := v.Lex.HeadKind(v.Lemma(i))
	return ok && (k == stance.Official || k == stance.PersonH || k == stance.Anonymous)
}

// headSpan is the head word of a phrase, or the whole name that it is part of.
func (v *View) HeadSpan(i int) story.Span {
	a, b := v.NameAround(i)
	return story.Span{Start: v.Toks[a].Start, End: v.Toks[b].End}
}

// nameAround widens a proper noun to the run of proper nouns it stands in, as
// far as they hang together.
func (v *View) NameAround(i int) (int, int) {
	a, b := i, i
	if v.Words[i].UPOS != "PROPN" {
		return a, b
	}
	joined := func(j, k int) bool {
		w := v.Words[j]
		return w.UPOS == "PROPN" && (w.Head == k || v.Words[k].Head == j || w.Head >= 0 && w.Head == v.Words[k].Head || v.Under(j, i) || v.Under(i, j)) && v.Rel(j) != "appos" && v.Rel(j) != "conj" && v.Rel(k) != "conj"
	}
	for a > 0 && joined(a-1, a) && v.Rel(a) != "appos" {
		a--
	}
	for b+1 < len(v.Words) && joined(b+1, b) {
		b++
	}
	return a, b
}
