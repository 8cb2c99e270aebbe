package speech

import "github.com/reportedly/reportedly/internal/story"

// source is who stands behind a cue: the head word, and the relative pronoun
// it was reached through, -1 if none.
type source struct {
	head, pronoun int
	// words are set where the phrase was read off the surface.
	words []int
}

var nobody = source{head: -1, pronoun: -1}

func headed(head int) source { return source{head: head, pronoun: -1} }

// subject finds who does what word i says, through relative clauses, shared
// subjects, participles and infinitives.
func (v *view) subject(i int) source { return v.subjectOf(i, 0) }

func (v *view) subjectOf(i, depth int) source {
	if i < 0 || depth > 8 {
		return nobody
	}
	if v.passive(i) {
		if a := v.agent(i); a >= 0 {
			return headed(a)
		}
		return nobody
	}
	if s := v.nearSubject(i); s >= 0 {
		return v.relative(s, i)
	}
	h := v.words[i].Head
	if h < 0 {
		return nobody
	}
	switch v.words[i].Deprel {
	case "conj":
		return v.subjectOf(h, depth+1)
	case "xcomp", "advcl", "parataxis", "ccomp", "dep", "csubj":
		return v.controller(i, h, depth)
	case "acl", "acl:relcl":
		return v.modified(i, h, depth)
	}
	return nobody
}

// nearSubject is the subject of i; where a tree gives two ("Fighters took the
// hill, residents said"), the one next to the verb.
func (v *view) nearSubject(i int) int {
	best := -1
	for _, k := range v.kids[i] {
		if v.rel(k) == "nsubj" && (best < 0 || k < i && k > best) {
			best = k
		}
	}
	return best
}

// relative replaces a relative pronoun by the noun that its clause modifies.
func (v *view) relative(s, i int) source {
	switch v.lower(s) {
	case "who", "which", "that", "whom":
	default:
		return headed(s)
	}
	for j, n := i, 0; j >= 0 && n < 6; j, n = v.words[j].Head, n+1 {
		if v.words[j].Deprel == "acl:relcl" {
			return source{head: v.words[j].Head, pronoun: s}
		}
	}
	return headed(s)
}

// controller is the subject that a clause without one borrows from the clause
// above: the object of "urged X to say" and "quoted X as saying", else the
// subject; of a passive the one that suffers ("was quoted as saying").
func (v *view) controller(i, h, depth int) source {
	if v.words[i].Deprel == "ccomp" || v.words[i].Deprel == "parataxis" || v.words[i].Deprel == "csubj" {
		return nobody
	}
	asked := v.lex.verbs[v.lemma(h)]
	if asked != nil && (asked.frames["np+inf"] && v.rel(i) == "xcomp" || asked.frames["np+as"] && v.cased(i, "as")) {
		if o := v.kid(h, "obj", "iobj"); o >= 0 {
			return headed(o)
		}
	}
	if v.passive(h) {
		if s := v.kid(h, "nsubj:pass"); s >= 0 {
			return v.relative(s, h)
		}
	}
	return v.subjectOf(h, depth+1)
}

// modified: "a report saying ..." speaks itself; in "issued a statement
// saying ..." the issuer does.
func (v *view) modified(i, h, depth int) source {
	if issuing[v.lemma(h)] && v.rel(h) == "obj" {
		if g := v.words[h].Head; g >= 0 {
			if s := v.subjectOf(g, depth+1); s.head >= 0 {
				return s
			}
		}
	}
	if v.words[i].Deprel == "acl" && v.cased(i, "to") {
		return nobody // "a plan to say": the planner is not given
	}
	return headed(h)
}

// issuing are papers that speak for the one who issues them.
var issuing = map[string]bool{"statement": true, "release": true, "letter": true, "message": true, "tweet": true, "email": true, "memo": true, "note": true, "video": true, "op-ed": true, "ad": true, "post": true, "speech": true}

// phrase gives the words of the noun phrase around head i, without clauses that
// hang on it loosely, and never with word but in it.
func (v *view) phrase(i, but int) []int {
	var skip []int
	for _, k := range v.kids[i] {
		switch v.rel(k) {
		case "acl", "appos":
			if v.under(but, k) || v.words[k].Deprel == "acl:relcl" {
				skip = append(skip, k)
			}
		case "det":
			if v.words[k].XPOS == "WDT" {
				skip = append(skip, k)
			}
		case "case", "mark", "parataxis", "ccomp", "advcl", "cop", "nsubj", "discourse", "dep", "advmod", "cc", "csubj", "aux", "orphan", "reparandum", "vocative":
			if v.rel(k) == "advmod" && k < i && v.words[k].UPOS == "ADV" && !v.isPunct(k) && v.rel(k) != "cc" {
				continue // "nearly all of", "at least two"
			}
			skip = append(skip, k)
		default:
			if v.under(but, k) {
				skip = append(skip, k)
			}
		}
	}
	words := v.sub(i, skip...)
	// The phrase is the run around its head: what lies behind the cue is a
	// slip of the tree.
	a, b := i, i
	in := map[int]bool{}
	for _, w := range words {
		in[w] = true
	}
	for a > 0 && (in[a-1] || v.isPunct(a-1) && a > 1 && in[a-2]) && a-1 != but {
		a--
	}
	for b+1 < len(v.words) && (in[b+1] || v.isPunct(b+1) && b+2 < len(v.words) && in[b+2]) && b+1 != but {
		b++
	}
	// "deputy spokeswoman | Marie Roe said": a name cut off by the tree.
	for b+1 < len(v.words) && b+1 != but && v.words[b].UPOS != "PUNCT" && v.words[b+1].UPOS == "PROPN" && i <= b && v.words[i].UPOS == "NOUN" && v.titleNoun(i) && b < but {
		b++
	}
	return v.upTo(a, b+1)
}

// titleNoun: a role that stands before names.
func (v *view) titleNoun(i int) bool {
	k, ok := v.lex.headKind(v.lemma(i))
	return ok && (k == Official || k == PersonH || k == Anonymous)
}

// headSpan is the head word of a phrase, or the whole name that it is part of.
func (v *view) headSpan(i int) story.Span {
	a, b := v.nameAround(i)
	return story.Span{Start: v.toks[a].Start, End: v.toks[b].End}
}

// nameAround widens a proper noun to the run of proper nouns it stands in, as
// far as they hang together.
func (v *view) nameAround(i int) (int, int) {
	a, b := i, i
	if v.words[i].UPOS != "PROPN" {
		return a, b
	}
	joined := func(j, k int) bool {
		w := v.words[j]
		return w.UPOS == "PROPN" && (w.Head == k || v.words[k].Head == j || w.Head >= 0 && w.Head == v.words[k].Head || v.under(j, i) || v.under(i, j)) && v.rel(j) != "appos" && v.rel(j) != "conj" && v.rel(k) != "conj"
	}
	for a > 0 && joined(a-1, a) && v.rel(a) != "appos" {
		a--
	}
	for b+1 < len(v.words) && joined(b+1, b) {
		b++
	}
	return a, b
}
