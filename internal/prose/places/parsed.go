package places

import (
	"strings"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/syntax"
)

// FindParsed is Find with the trees of the sentences, one for each sentence of
// the document; an empty tree leaves its sentence to the words alone. Trees drop
// what is tagged as another part of speech ("Nice weather"), and tell a country
// that acts from one in which something happens.
func (g *Gazetteer) FindParsed(doc prose.Document, trees []syntax.Tree, home string) []Toponym {
	all := g.Find(doc, home)
	out := all[:0]
	for _, t := range all {
		if t.Sentence >= len(trees) || Judge(&t, doc.Sentences[t.Sentence], trees[t.Sentence]) {
			out = append(out, t)
		}
	}
	return out
}

// Judge reports whether the tree of its sentence leaves a toponym that Find
// gave a place, and corrects its use. A tree of another length judges nothing.
func Judge(t *Toponym, s prose.Sentence, tree syntax.Tree) bool {
	head := headOf(s.Tokens, tree.Words, *t)
	if head < 0 {
		return true
	}
	if !tagged(tree.Words[head], *t) {
		return false
	}
	t.Use = parsedUse(tree.Words, head, *t)
	return true
}

// headOf is the word of the toponym whose governor lies outside it.
func headOf(toks []prose.Token, words []syntax.Word, t Toponym) int {
	if len(words) != len(toks) {
		return -1
	}
	inside := func(i int) bool { return i >= 0 && i < len(toks) && t.Span.Overlaps(toks[i].Span) }
	for i := range toks {
		if inside(i) && !inside(words[i].Head) {
			return i
		}
	}
	return -1
}

// tagged: names are proper nouns, demonyms adjectives; a common noun, verb or
// adverb that only a city of the gazetteer shares its form with is no place.
func tagged(w syntax.Word, t Toponym) bool {
	if t.Place == nil || t.Place.Kind != City || t.Within != "" || t.Place.Population > 1000000 {
		return true
	}
	switch w.UPOS {
	case "VERB", "ADV", "AUX", "DET", "PRON", "ADP", "CCONJ", "SCONJ", "NUM":
		return false
	}
	return true
}

// parsedUse corrects literal and government by the role in the tree.
func parsedUse(words []syntax.Word, head int, t Toponym) Use {
	if t.Use != Literal && t.Use != Government || t.Place == nil || t.Place.Kind != Country && !t.Place.Capital {
		return t.Use
	}
	w := words[head]
	role, _, _ := strings.Cut(w.Deprel, ":")
	if role == "conj" && w.Head >= 0 {
		role, _, _ = strings.Cut(words[w.Head].Deprel, ":")
	}
	switch role {
	case "nsubj":
		if governed(words, w.Head) {
			return Government
		}
	case "obl", "nmod", "appos":
		return Literal
	}
	return t.Use
}

// governed: the verb is one, not a copula's noun ("Damascus is a city").
func governed(words []syntax.Word, head int) bool {
	return head >= 0 && words[head].UPOS == "VERB" && !strings.HasSuffix(words[head].Deprel, "pass")
}
