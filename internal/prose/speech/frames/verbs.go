package frames

import (
	"strings"

	"github.com/reportedly/reportedly/internal/prose/speech/clause"
	"github.com/reportedly/reportedly/internal/prose/speech/lexicon"
	"github.com/reportedly/reportedly/internal/prose/speech/stance"
)

// Reading is what a cue takes: the words of its content, who says it, and the
// words of the cue itself.
type Reading struct {
	Content []int
	Source  clause.Source
	Cue     []int
	Hearer  int  // word that heads whoever is told, -1 if none
	Clause  bool // the content is a clause
}

// frame is a sentence while its cues are read.
type frame struct{ *clause.View }

// Read reads the cue at word i of the sentence; false if it takes nothing here.
func Read(view *clause.View, i int, c *lexicon.Cue) (Reading, bool) {
	v := &frame{view}
	switch c.POS {
	case "verb":
		return v.verb(i, c)
	case "noun":
		return v.noun(i, c)
	case "adj":
		return v.adjective(i, c)
	case "adv":
		return v.adverb(i)
	case "amod":
		return v.attributive(i)
	case "prep":
		return v.preposition(i, c)
	}
	return Reading{}, false
}

func (v *frame) verb(i int, c *lexicon.Cue) (Reading, bool) {
	rd := Reading{Source: clause.Nobody, Cue: append([]int{i}, v.KidsIn(i, "compound:prt")...), Hearer: -1}
	if c.Frames["q"] && c.Frames["that"] && c.Class == stance.Statement {
		if s, comma := v.described(i); s.Head >= 0 {
			rd.Source, rd.Content = s, v.UpTo(0, comma)
			return rd, true
		}
	}
	var ok bool
	if v.Passive(i) {
		ok = v.passiveContent(i, c, &rd)
	} else {
		ok = v.activeContent(i, c, &rd)
		if ok && rd.Source.Head < 0 && c.Class != stance.Appearance {
			rd.Source = v.Subject(i)
		}
	}
	if !ok || len(rd.Content) == 0 || v.voided(i, c) {
		return rd, false
	}
	if c.Frames["q"] && !v.Passive(i) && (rd.Source.Head < 0 || !v.speaks(rd.Source.Head, i)) {
		if s := v.besides(i); s.Head >= 0 {
			rd.Source = s
		}
	}
	if c.Frames["q"] && c.Class == stance.Statement && v.finite(i) && !v.Passive(i) {
		over, both := v.overrule(i, rd.Source)
		if both {
			rd.Content = v.bothSides(over.Words[0], i)
		}
		rd.Source = over
	}
	if rd.Source.Head >= 0 && (v.IsPunct(rd.Source.Head) || !v.speaks(rd.Source.Head, i)) {
		rd.Source = clause.Nobody
	}
	return rd, true
}

// voided: an object that gives the verb another sense ("claimed three lives").
func (v *frame) voided(i int, c *lexicon.Cue) bool {
	for _, k := range v.Kids[i] {
		switch v.Rel(k) {
		case "obj", "obl", "nsubj", "compound", "advmod":
			if v.Words[k].Deprel == "nsubj" {
				continue
			}
			if c.Avoid[v.Lemma(k)] || c.Avoid[v.Lower(k)] {
				return true
			}
		}
	}
	return false
}

func (v *frame) activeContent(i int, c *lexicon.Cue, rd *Reading) bool {
	f := c.Frames
	obj := v.Kid(i, "obj")
	if f["to"] {
		if rd.Hearer = v.Kid(i, "iobj"); rd.Hearer < 0 {
			rd.Hearer = obj
		}
	}
	if f["raise"] {
		return v.raised(i, rd)
	}
	if f["q"] && v.inverted(i, c) && v.Kid(i, "ccomp") < 0 && v.around(i, c, rd) {
		return true
	}
	if f["that"] || f["q"] {
		if v.clauseContent(i, c, rd) {
			return true
		}
	}
	if x := v.Kid(i, "xcomp"); x >= 0 {
		inf := v.Words[x].UPOS == "VERB" || v.Words[x].UPOS == "AUX" || v.Cased(x, "to") || v.Kid(x, "cop") >= 0 && v.Cased(x, "to")
		switch {
		case inf && obj >= 0 && f["np+inf"]:
			rd.Content = append(v.Sub(obj), v.Sub(x)...)
			return true
		case inf && obj < 0 && f["inf"]:
			rd.Content = v.Sub(x)
			return true
		case !inf && obj >= 0 && f["np+pred"]:
			rd.Content = append(v.Sub(obj), v.Sub(x)...)
			return true
		case obj >= 0 && f["np+as"] && v.Cased(x, "as"):
			rd.Content = append(v.Sub(obj), v.Sub(x)...)
			return true
		}
	}
	if obj >= 0 {
		for _, k := range v.Kids[obj] {
			for fr := range f {
				// "accused the firm | of paying", hung on the noun by the tree
				if p, ok := strings.CutPrefix(fr, "np>"); ok && k > obj && v.Cased(k, p) && v.Words[k].Deprel == "acl" {
					rd.Content = v.Sub(obj)
					return true
				}
			}
		}
		for _, k := range v.Kids[i] {
			if v.Rel(k) != "obl" && v.Rel(k) != "advcl" {
				continue
			}
			for fr := range f {
				if p, ok := strings.CutPrefix(fr, "np>"); ok && v.Cased(k, p) {
					rd.Content = append(v.Sub(obj), v.Sub(k)...)
					return true
				}
			}
			if f["np+as"] && v.Cased(k, "as") {
				rd.Content = append(v.Sub(obj), v.Sub(k)...)
				return true
			}
		}
	}
	if v.oblique(i, c, rd) {
		return true
	}
	if obj >= 0 && f["objdoc"] {
		if !v.spoken(obj) {
			return false
		}
		rd.Content = v.Sub(obj)
		return true
	}
	if f["obj"] && obj >= 0 && rd.Hearer < 0 {
		rd.Content = v.Sub(obj)
		return true
	}
	if obj >= 0 && rd.Hearer < 0 {
		return false // a verb with an object of its own says nothing else
	}
	return (f["that"] || f["q"]) && v.around(i, c, rd)
}

// spoken tells things written, shown or said: "retracted the story", not
// "withdrew the troops".
func (v *frame) spoken(i int) bool {
	k, _ := v.Lex.HeadKind(v.Lemma(i))
	c := v.Lex.Nouns[v.Lemma(i)]
	return k == stance.DocumentH || c != nil && (c.Class == stance.Statement || c.Class == stance.Finding)
}

// oblique is content behind a preposition: "warned of a raid".
func (v *frame) oblique(i int, c *lexicon.Cue, rd *Reading) bool {
	for _, k := range v.Kids[i] {
		if v.Rel(k) != "obl" && v.Rel(k) != "advcl" && v.Rel(k) != "nmod" || k < i {
			continue
		}
		if v.CalendarWord(k) || v.Words[k].UPOS == "NUM" {
			continue // "reported on Tuesday"
		}
		for _, p := range c.Preps {
			if !v.Cased(k, p) {
				continue
			}
			var marks []int
			for _, m := range v.Kids[k] {
				if (v.Rel(m) == "case" || v.Rel(m) == "mark") && v.Lemma(m) == p {
					marks = append(marks, m)
				}
			}
			rd.Cue = append(rd.Cue, marks...)
			rd.Content = v.Sub(k, marks...)
			return true
		}
	}
	return false
}

// clauseContent is a finite clause: below the verb, or the verb hangs in it.
func (v *frame) clauseContent(i int, c *lexicon.Cue, rd *Reading) bool {
	for _, k := range v.Kids[i] {
		switch v.Rel(k) {
		case "ccomp", "csubj":
			rd.Content = append(rd.Content, v.Sub(k)...)
		case "parataxis":
			// "said: ..." and speech on either side; not an aside of its own speaker.
			if v.QuotedNear(k) || k > i && v.colonBetween(i, k) {
				rd.Content = append(rd.Content, v.Sub(k)...)
			}
		}
	}
	if len(rd.Content) == 0 && c.Class == stance.Question {
		for _, k := range v.Kids[i] {
			if v.Rel(k) == "advcl" && (v.Cased(k, "if") || v.Cased(k, "whether")) {
				rd.Content = v.Sub(k)
			}
		}
	}
	if len(rd.Content) > 0 {
		rd.Clause = true
		// A second subject far from the verb is the clause's, not the verb's.
		for _, k := range v.Kids[i] {
			if v.Rel(k) == "nsubj" && k != v.NearSubject(i) && k < i && v.Lower(k) != "who" {
				rd.Content = append(v.Sub(k), rd.Content...)
			}
		}
		return c.Frames["that"] || v.TouchesQuote(rd.Content)
	}
	h := v.Words[i].Head
	if h >= 0 && (v.Rel(i) == "parataxis" || v.Rel(i) == "advcl" && v.Cased(i, "as")) && v.Subject(i).Head >= 0 {
		rd.Content = v.Sub(h, i)
		rd.Clause = true
		return len(rd.Content) > 0 && (c.Frames["that"] || v.TouchesQuote(rd.Content))
	}
	return false
}

func (v *frame) colonBetween(a, b int) bool {
	for i := a + 1; i < b && i < len(v.Toks); i++ {
		if t := v.Toks[i].Text; t == ":" {
			return true
		}
	}
	return false
}

func (v *frame) raised(i int, rd *Reading) bool {
	x := v.Kid(i, "xcomp")
	if x < 0 {
		if x = v.Kid(i, "ccomp", "csubj"); x >= 0 {
			rd.Content = v.Sub(x)
			return true
		}
		return false
	}
	if v.Words[x].UPOS != "VERB" && !v.Cased(x, "to") && v.Lemma(i) == "look" {
		return false // "looked tired" is a look
	}
	rd.Content = v.Sub(x)
	if s := v.Kid(i, "nsubj"); s >= 0 {
		rd.Content = append(rd.Content, v.Sub(s)...)
	}
	return true
}

func (v *frame) passiveContent(i int, c *lexicon.Cue, rd *Reading) bool {
	f := c.Frames
	sufferer := v.Kid(i, "nsubj:pass", "nsubj")
	rd.Source = clause.Headed(v.Agent(i))
	if x := v.Kid(i, "ccomp", "csubj"); x >= 0 && (f["that"] || f["q"]) {
		rd.Content = v.Sub(x)
		if f["to"] {
			rd.Hearer = sufferer
		}
		return true
	}
	complements := v.Kids[i]
	if a := v.Agent(i); a >= 0 {
		complements = append(append([]int{}, complements...), v.Kids[a]...) // "accused by X of"
	}
	for _, k := range complements {
		r := v.Rel(k)
		ok := r == "xcomp" && (f["pass>inf"] || f["pass>pred"]) || f["pass>as"] && (r == "obl" || r == "advcl" || r == "xcomp") && v.Cased(k, "as")
		for fr := range f {
			if p, cut := strings.CutPrefix(fr, "pass>"); cut && (r == "obl" || r == "advcl" || r == "acl") && v.Cased(k, p) {
				ok = true
			}
		}
		if !ok {
			continue
		}
		rd.Content = v.Sub(k)
		if a := v.Agent(i); v.Words[k].Head == a && a >= 0 {
			rd.Source.Words = v.Sub(a, append(v.KidsIn(a, "case"), k)...)
		}
		if sufferer >= 0 {
			rd.Content = append(v.Sub(sufferer), rd.Content...)
		}
		if c.Lemma == "quote" || c.Lemma == "cite" {
			return false // "was quoted as saying": the inner verb has the speaker
		}
		return true
	}
	if a := v.Agent(i); f["pass>of"] && a >= 0 {
		// "accused by X | of paying", whatever the tree made of it
		for w := a + 1; w+1 < len(v.Toks) && w < a+6; w++ {
			if v.Lower(w) == "of" && v.Words[w+1].XPOS == "VBG" {
				rd.Source.Words = v.Phrase(a, w)
				rd.Content = v.UpTo(w, len(v.Toks))
				if sufferer >= 0 {
					rd.Content = append(v.Sub(sufferer), rd.Content...)
				}
				return true
			}
		}
	}
	if f["objdoc"] && sufferer >= 0 {
		if !v.spoken(sufferer) {
			return false
		}
	}
	if sufferer >= 0 && (f["obj"] || f["objdoc"] || f["np>for"]) && (rd.Source.Head >= 0 || c.Class == stance.Statement) {
		rd.Content = v.Sub(v.Relative(sufferer, i).Head)
		return !v.Under(i, sufferer)
	}
	if f["that"] && v.Rel(i) == "parataxis" {
		rd.Content = v.Sub(v.Words[i].Head, i)
		return true
	}
	return false
}
