package frames

import (
	"github.com/reportedly/reportedly/internal/prose/speech/clause"
	"github.com/reportedly/reportedly/internal/prose/speech/lexicon"
)

// noun reads "its claim that", "a warning by X of".
func (v *frame) noun(i int, c *lexicon.Cue) (Reading, bool) {
	rd := Reading{Source: clause.Nobody, Cue: []int{i}, Hearer: -1}
	for _, k := range v.Kids[i] {
		switch v.Rel(k) {
		case "acl", "ccomp":
			that := c.Frames["that"] && (v.Cased(k, "that") || v.Cased(k, "whether") || v.Cased(k, "if") || v.Rel(k) == "ccomp")
			inf := c.Frames["inf"] && v.Cased(k, "to")
			if (that || inf) && v.Words[k].Deprel != "acl:relcl" && k > i {
				rd.Content, rd.Clause = append(rd.Content, v.Sub(k)...), true
			}
		case "nmod":
			if v.Words[k].Deprel == "nmod:poss" || len(rd.Content) > 0 {
				continue
			}
			for _, p := range c.Preps {
				if v.Cased(k, p) && k > i {
					var marks []int
					for _, m := range v.Kids[k] {
						if v.Rel(m) == "case" {
							marks = append(marks, m)
						}
					}
					rd.Content = v.Sub(k, marks...)
				}
			}
		}
	}
	rd.Source = v.owner(i)
	if rd.Source.Head < 0 && rd.Clause && i > 0 && v.Words[i-1].UPOS == "PROPN" {
		// "Reuters reports that ...", taken for a noun by the tagger.
		if a, b := v.NameAround(i - 1); b == i-1 {
			rd.Source = clause.Headed(a)
			rd.Source.Words = v.UpTo(a, b+1)
		}
	}
	if len(rd.Content) == 0 || !rd.Clause && rd.Source.Head < 0 {
		return rd, false
	}
	return rd, true
}

// owner is whose claim it is: possessive, "by X", "from X", or the subject of a
// verb that holds the noun as its object ("issued a denial of").
func (v *frame) owner(i int) clause.Source {
	for _, k := range v.Kids[i] {
		if v.Words[k].Deprel == "nmod:poss" {
			return clause.Headed(k)
		}
	}
	for _, k := range v.Kids[i] {
		if v.Rel(k) == "nmod" && (v.Cased(k, "by") || v.Cased(k, "from") || v.Cased(k, "among")) {
			return clause.Headed(k)
		}
	}
	if h := v.Words[i].Head; h >= 0 && v.Rel(i) == "obj" && lightVerb[v.Lemma(h)] {
		return v.Subject(h)
	}
	return clause.Nobody
}

// lightVerb holds verbs that lend their subject to a noun of speech.
var lightVerb = map[string]bool{"make": true, "issue": true, "give": true, "have": true, "express": true, "voice": true, "raise": true, "offer": true, "repeat": true, "release": true, "publish": true, "deliver": true, "take": true, "hold": true, "reiterate": true, "renew": true, "win": false, "cast": true, "share": true, "put": true, "announce": true, "declare": true}

// adjective reads "was sure that", "critical of".
func (v *frame) adjective(i int, c *lexicon.Cue) (Reading, bool) {
	rd := Reading{Source: clause.Nobody, Cue: []int{i}, Hearer: -1}
	for _, k := range v.Kids[i] {
		if k < i {
			continue
		}
		r := v.Rel(k)
		switch {
		case c.Frames["that"] && r == "ccomp", c.Frames["inf"] && (r == "xcomp" || r == "advcl") && v.Cased(k, "to"):
			rd.Content = v.Sub(k)
		case r == "obl" || r == "advcl" || r == "nmod":
			for _, p := range c.Preps {
				if v.Cased(k, p) && len(rd.Content) == 0 {
					rd.Content = v.Sub(k)
				}
			}
		}
	}
	if len(rd.Content) == 0 {
		return rd, false
	}
	rd.Source = v.Subject(i)
	return rd, rd.Source.Head >= 0
}

// adverb reads "reportedly": the clause is said by clause.Nobody in particular.
func (v *frame) adverb(i int) (Reading, bool) {
	h := v.Words[i].Head
	if h < 0 || v.Rel(i) != "advmod" {
		return Reading{}, false
	}
	var skip []int
	for _, k := range v.Kids[h] {
		switch v.Rel(k) {
		case "conj", "parataxis", "cc":
			skip = append(skip, k)
		}
	}
	return Reading{Content: v.Sub(h, append(skip, i)...), Source: clause.Nobody, Cue: []int{i}, Hearer: -1}, true
}

// attributive reads "his reported visits".
func (v *frame) attributive(i int) (Reading, bool) {
	h := v.Words[i].Head
	if h < 0 || v.Rel(i) != "amod" || h < i {
		return Reading{}, false
	}
	return Reading{Content: v.Phrase(h, i), Source: clause.Nobody, Cue: []int{i}, Hearer: -1}, true
}

// preposition reads "according to X" and its like: X speaks, the clause it
// hangs in is what is said.
func (v *frame) preposition(i int, c *lexicon.Cue) (Reading, bool) {
	rd := Reading{Source: clause.Nobody, Hearer: -1}
	last := i + len(c.Words) - 1
	for w := i; w <= last; w++ {
		rd.Cue = append(rd.Cue, w)
	}
	head := -1
	// The noun is the governor of the preposition, or (in trees that take
	// "according" for a verb) the next noun below it.
	for j := last; j >= 0 && head < 0; j = v.Words[j].Head {
		if h := v.Words[j].Head; h > last && (v.Rel(j) == "case" || v.Rel(j) == "fixed" || v.Rel(j) == "mark") {
			head = h
		} else if h < 0 || h < i && v.Rel(j) != "fixed" {
			break
		}
	}
	if head < 0 {
		if k := v.Kid(i, "obl", "nmod"); k > last {
			head = k
		}
	}
	if head < 0 {
		return rd, false
	}
	if c.Avoid[v.Lemma(head)] || c.Avoid[v.Lower(head)] {
		return rd, false
	}
	rd.Source = v.Relative(head, head)
	rd.Clause = true
	top := v.Words[head].Head
	if top < 0 {
		top = head
	}
	if v.Under(i, head) {
		rd.Content = v.Sub(top, head)
	} else {
		rd.Content = v.Sub(top, i)
	}
	rd.Content = v.clauseOf(top, head, rd.Content)
	return rd, len(rd.Content) > 0
}

// clauseOf widens what "according to X" covers to the clause around it, where
// the tree hung the phrase on a noun, and cuts clauses joined before it.
func (v *frame) clauseOf(top, head int, words []int) []int {
	for n := 0; v.Words[top].UPOS != "VERB" && v.Words[top].Head >= 0 && n < 6 && v.Rel(top) != "conj" && v.Rel(top) != "ccomp"; n++ {
		top = v.Words[top].Head
	}
	words = v.Sub(top, head)
	var out []int
	for _, w := range words {
		if !v.Under(w, head) {
			out = append(out, w)
		}
	}
	return out
}
