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
			// "that" is a mark here; a relative pronoun would be subject or object.
			that := c.Frames["that"] && (v.Cased(k, "that") || v.Cased(k, "whether") || v.Cased(k, "if") || v.Rel(k) == "ccomp")
			inf := c.Frames["inf"] && v.Cased(k, "to")
			if (that || inf) && k > i {
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
