package frames

import (
	"github.com/reportedly/reportedly/internal/prose/speech/clause"
	"github.com/reportedly/reportedly/internal/prose/speech/lexicon"
)

// preposition reads "according to X" and its like: X speaks, the clause it
// hangs in is what is said.
func (v *frame) preposition(i int, c *lexicon.Cue) (Reading, bool) {
	last := i + len(c.Words) - 1
	rd := Reading{Source: clause.Nobody, Hearer: -1, Clause: true, Cue: v.UpTo(i, last+1)}
	head := v.governed(i, last)
	s := v.nounsFrom(last + 1)
	if head < 0 && s.Head < 0 {
		return rd, false
	}
	noun := head
	if noun < 0 {
		noun = s.Head
	}
	if c.Avoid[v.Lemma(noun)] || c.Avoid[v.Lower(noun)] {
		return rd, false
	}
	if s.Head >= 0 && (head < 0 || v.Words[head].Head < 0) {
		// The tree lost the phrase, or made it the root: place decides.
		rd.Source = s
		rd.Content = v.beside(i, s.Words[len(s.Words)-1])
		return rd, len(rd.Content) > 1
	}
	if head < 0 || v.Words[head].Head < 0 {
		return rd, false
	}
	rd.Source = v.Relative(head, head)
	if v.closing(i, last) {
		rd.Content = v.beside(i, last)
		return rd, len(rd.Content) > 1
	}
	rd.Content = v.clauseOf(v.Words[head].Head, head)
	return rd, len(rd.Content) > 0
}

// closing: a comma parts the phrase from all that stands before it, and with it
// the sentence ends: it speaks of the whole, wherever the tree hung it ("has
// been in X to discuss Y, according to an official").
func (v *frame) closing(i, last int) bool {
	if i < 4 || v.Toks[i-1].Text != "," {
		return false
	}
	for w := 0; w < i; w++ {
		if v.Toks[w].Text == ";" || clause.IsQuoteMark(v.Toks[w].Text) {
			return false
		}
	}
	for w := last + 1; w < len(v.Toks); w++ {
		switch {
		case v.Toks[w].Text == "." || v.Toks[w].Text == "!":
			return w >= len(v.Toks)-2
		case v.Words[w].UPOS == "VERB" || v.Words[w].UPOS == "AUX" || v.Toks[w].Text == ",":
			return false
		}
	}
	return true
}

// governed is the noun of the preposition at i..last: its governor, or, in
// trees that take "according" for a verb, the noun below it.
func (v *frame) governed(i, last int) int {
	for j, n := last, 0; j >= 0 && n < 4; j, n = v.Words[j].Head, n+1 {
		h := v.Words[j].Head
		if h > last && (v.Rel(j) == "case" || v.Rel(j) == "fixed" || v.Rel(j) == "mark") {
			return h
		}
		if h < 0 || h < i && v.Rel(j) != "fixed" {
			break
		}
	}
	if k := v.Kid(i, "obl", "nmod"); k > last {
		return k
	}
	return -1
}

// beside is the sentence behind the comma after word end, or before word i.
func (v *frame) beside(i, end int) []int {
	if i <= 1 {
		for w := end + 1; w < len(v.Toks) && w < end+12; w++ {
			if v.Toks[w].Text == "," {
				return v.UpTo(w+1, len(v.Toks))
			}
		}
		return nil
	}
	return v.UpTo(0, i)
}

// clauseOf is the clause above word top, where the tree hung the phrase of
// head on a noun, without that phrase.
func (v *frame) clauseOf(top, head int) []int {
	for n := 0; v.Words[top].UPOS != "VERB" && v.Words[top].Head >= 0 && n < 6 && v.Rel(top) != "conj" && v.Rel(top) != "ccomp"; n++ {
		top = v.Words[top].Head
	}
	var out []int
	for _, w := range v.Sub(top, head) {
		if !v.Under(w, head) {
			out = append(out, w)
		}
	}
	return out
}
