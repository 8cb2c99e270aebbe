package speech

import "strings"

// reading is what a cue takes: the words of its content, who says it, and the
// words of the cue itself.
type reading struct {
	content []int
	source  source
	cue     []int
	hearer  int // word that heads whoever is told, -1 if none
	clause  bool
}

func (v *view) verb(i int, c *cue) (reading, bool) {
	rd := reading{source: nobody, cue: append([]int{i}, v.kidsIn(i, "compound:prt")...), hearer: -1}
	var ok bool
	if v.passive(i) {
		ok = v.passiveContent(i, c, &rd)
	} else {
		ok = v.activeContent(i, c, &rd)
		if ok && rd.source.head < 0 && c.class != Appearance {
			rd.source = v.subject(i)
		}
	}
	if !ok || len(rd.content) == 0 || v.voided(i, c) {
		return rd, false
	}
	if c.frames["q"] && !v.passive(i) && (rd.source.head < 0 || !v.speaks(rd.source.head, i)) {
		if s := v.besides(i); s.head >= 0 {
			rd.source = s
		}
	}
	if c.frames["q"] && c.class == Statement && v.finite(i) && !v.passive(i) {
		over, both := v.overrule(i, rd.source)
		if both {
			rd.content = v.bothSides(over.words[0], i)
		}
		rd.source = over
	}
	if rd.source.head >= 0 && (v.isPunct(rd.source.head) || !v.speaks(rd.source.head, i)) {
		rd.source = nobody
	}
	return rd, true
}

func (v *view) kidsIn(i int, rels ...string) []int {
	var out []int
	for _, k := range v.kids[i] {
		for _, r := range rels {
			if v.words[k].Deprel == r {
				out = append(out, k)
			}
		}
	}
	return out
}

// voided: an object that gives the verb another sense ("claimed three lives").
func (v *view) voided(i int, c *cue) bool {
	for _, k := range v.kids[i] {
		switch v.rel(k) {
		case "obj", "obl", "nsubj", "compound", "advmod":
			if v.words[k].Deprel == "nsubj" {
				continue
			}
			if c.avoid[v.lemma(k)] || c.avoid[v.lower(k)] {
				return true
			}
		}
	}
	return false
}

func (v *view) activeContent(i int, c *cue, rd *reading) bool {
	f := c.frames
	obj := v.kid(i, "obj")
	if f["to"] {
		if rd.hearer = v.kid(i, "iobj"); rd.hearer < 0 {
			rd.hearer = obj
		}
	}
	if f["raise"] {
		return v.raised(i, rd)
	}
	if f["q"] && v.inverted(i, c) && v.kid(i, "ccomp") < 0 && v.around(i, c, rd) {
		return true
	}
	if f["that"] || f["q"] {
		if v.clauseContent(i, c, rd) {
			return true
		}
	}
	if x := v.kid(i, "xcomp"); x >= 0 {
		inf := v.words[x].UPOS == "VERB" || v.words[x].UPOS == "AUX" || v.cased(x, "to") || v.kid(x, "cop") >= 0 && v.cased(x, "to")
		switch {
		case inf && obj >= 0 && f["np+inf"]:
			rd.content = append(v.sub(obj), v.sub(x)...)
			return true
		case inf && obj < 0 && f["inf"]:
			rd.content = v.sub(x)
			return true
		case !inf && obj >= 0 && f["np+pred"]:
			rd.content = append(v.sub(obj), v.sub(x)...)
			return true
		case obj >= 0 && f["np+as"] && v.cased(x, "as"):
			rd.content = append(v.sub(obj), v.sub(x)...)
			return true
		}
	}
	if obj >= 0 {
		for _, k := range v.kids[obj] {
			for fr := range f {
				// "accused the firm | of paying", hung on the noun by the tree
				if p, ok := strings.CutPrefix(fr, "np>"); ok && k > obj && v.cased(k, p) && v.words[k].Deprel == "acl" {
					rd.content = v.sub(obj)
					return true
				}
			}
		}
		for _, k := range v.kids[i] {
			if v.rel(k) != "obl" && v.rel(k) != "advcl" {
				continue
			}
			for fr := range f {
				if p, ok := strings.CutPrefix(fr, "np>"); ok && v.cased(k, p) {
					rd.content = append(v.sub(obj), v.sub(k)...)
					return true
				}
			}
			if f["np+as"] && v.cased(k, "as") {
				rd.content = append(v.sub(obj), v.sub(k)...)
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
		rd.content = v.sub(obj)
		return true
	}
	if f["obj"] && obj >= 0 && rd.hearer < 0 {
		rd.content = v.sub(obj)
		return true
	}
	if obj >= 0 && rd.hearer < 0 {
		return false // a verb with an object of its own says nothing else
	}
	return (f["that"] || f["q"]) && v.around(i, c, rd)
}

// spoken tells things written, shown or said: "retracted the story", not
// "withdrew the troops".
func (v *view) spoken(i int) bool {
	k, _ := v.lex.headKind(v.lemma(i))
	c := v.lex.nouns[v.lemma(i)]
	return k == DocumentH || c != nil && (c.class == Statement || c.class == Finding)
}

// oblique is content behind a preposition: "warned of a raid".
func (v *view) oblique(i int, c *cue, rd *reading) bool {
	for _, k := range v.kids[i] {
		if v.rel(k) != "obl" && v.rel(k) != "advcl" && v.rel(k) != "nmod" || k < i {
			continue
		}
		if v.calendarWord(k) || v.words[k].UPOS == "NUM" {
			continue // "reported on Tuesday"
		}
		for _, p := range c.preps {
			if !v.cased(k, p) {
				continue
			}
			var marks []int
			for _, m := range v.kids[k] {
				if (v.rel(m) == "case" || v.rel(m) == "mark") && v.lemma(m) == p {
					marks = append(marks, m)
				}
			}
			rd.cue = append(rd.cue, marks...)
			rd.content = v.sub(k, marks...)
			return true
		}
	}
	return false
}

// clauseContent is a finite clause: below the verb, or the verb hangs in it.
func (v *view) clauseContent(i int, c *cue, rd *reading) bool {
	for _, k := range v.kids[i] {
		switch v.rel(k) {
		case "ccomp", "csubj":
			rd.content = append(rd.content, v.sub(k)...)
		case "parataxis":
			// "said: ..." and speech on either side; not an aside of its own speaker.
			if v.quotedNear(k) || k > i && v.colonBetween(i, k) {
				rd.content = append(rd.content, v.sub(k)...)
			}
		}
	}
	if len(rd.content) == 0 && c.class == Question {
		for _, k := range v.kids[i] {
			if v.rel(k) == "advcl" && (v.cased(k, "if") || v.cased(k, "whether")) {
				rd.content = v.sub(k)
			}
		}
	}
	if len(rd.content) > 0 {
		rd.clause = true
		// A second subject far from the verb is the clause's, not the verb's.
		for _, k := range v.kids[i] {
			if v.rel(k) == "nsubj" && k != v.nearSubject(i) && k < i && v.lower(k) != "who" {
				rd.content = append(v.sub(k), rd.content...)
			}
		}
		return c.frames["that"] || v.touchesQuote(rd.content)
	}
	h := v.words[i].Head
	if h >= 0 && (v.rel(i) == "parataxis" || v.rel(i) == "advcl" && v.cased(i, "as")) && v.subject(i).head >= 0 {
		rd.content = v.sub(h, i)
		rd.clause = true
		return len(rd.content) > 0 && (c.frames["that"] || v.touchesQuote(rd.content))
	}
	return false
}

// touchesQuote reports whether any of the words stands in a quotation.
func (v *view) touchesQuote(words []int) bool {
	for _, w := range words {
		if v.quotedNear(w) {
			return true
		}
	}
	return false
}

func (v *view) colonBetween(a, b int) bool {
	for i := a + 1; i < b && i < len(v.toks); i++ {
		if t := v.toks[i].Text; t == ":" {
			return true
		}
	}
	return false
}

// quotedNear reports whether word i stands within a quotation.
func (v *view) quotedNear(i int) bool {
	for _, q := range v.quotes {
		if q.Contains(v.toks[i].Span) {
			return true
		}
	}
	return false
}

func (v *view) raised(i int, rd *reading) bool {
	x := v.kid(i, "xcomp")
	if x < 0 {
		if x = v.kid(i, "ccomp", "csubj"); x >= 0 {
			rd.content = v.sub(x)
			return true
		}
		return false
	}
	if v.words[x].UPOS != "VERB" && !v.cased(x, "to") && v.lemma(i) == "look" {
		return false // "looked tired" is a look
	}
	rd.content = v.sub(x)
	if s := v.kid(i, "nsubj"); s >= 0 {
		rd.content = append(rd.content, v.sub(s)...)
	}
	return true
}

func (v *view) passiveContent(i int, c *cue, rd *reading) bool {
	f := c.frames
	sufferer := v.kid(i, "nsubj:pass", "nsubj")
	rd.source = headed(v.agent(i))
	if x := v.kid(i, "ccomp", "csubj"); x >= 0 && (f["that"] || f["q"]) {
		rd.content = v.sub(x)
		if f["to"] {
			rd.hearer = sufferer
		}
		return true
	}
	complements := v.kids[i]
	if a := v.agent(i); a >= 0 {
		complements = append(append([]int{}, complements...), v.kids[a]...) // "accused by X of"
	}
	for _, k := range complements {
		r := v.rel(k)
		ok := r == "xcomp" && (f["pass>inf"] || f["pass>pred"]) || f["pass>as"] && (r == "obl" || r == "advcl" || r == "xcomp") && v.cased(k, "as")
		for fr := range f {
			if p, cut := strings.CutPrefix(fr, "pass>"); cut && (r == "obl" || r == "advcl" || r == "acl") && v.cased(k, p) {
				ok = true
			}
		}
		if !ok {
			continue
		}
		rd.content = v.sub(k)
		if a := v.agent(i); v.words[k].Head == a && a >= 0 {
			rd.source.words = v.sub(a, append(v.kidsIn(a, "case"), k)...)
		}
		if sufferer >= 0 {
			rd.content = append(v.sub(sufferer), rd.content...)
		}
		if c.lemma == "quote" || c.lemma == "cite" {
			return false // "was quoted as saying": the inner verb has the speaker
		}
		return true
	}
	if f["objdoc"] && sufferer >= 0 {
		if !v.spoken(sufferer) {
			return false
		}
	}
	if sufferer >= 0 && (f["obj"] || f["objdoc"] || f["np>for"]) && (rd.source.head >= 0 || c.class == Statement) {
		rd.content = v.sub(v.relative(sufferer, i).head)
		return !v.under(i, sufferer)
	}
	if f["that"] && v.rel(i) == "parataxis" {
		rd.content = v.sub(v.words[i].Head, i)
		return true
	}
	return false
}

// noun reads "its claim that", "a warning by X of".
func (v *view) noun(i int, c *cue) (reading, bool) {
	rd := reading{source: nobody, cue: []int{i}, hearer: -1}
	for _, k := range v.kids[i] {
		switch v.rel(k) {
		case "acl", "ccomp":
			that := c.frames["that"] && (v.cased(k, "that") || v.cased(k, "whether") || v.cased(k, "if") || v.rel(k) == "ccomp")
			inf := c.frames["inf"] && v.cased(k, "to")
			if (that || inf) && v.words[k].Deprel != "acl:relcl" && k > i {
				rd.content, rd.clause = append(rd.content, v.sub(k)...), true
			}
		case "nmod":
			if v.words[k].Deprel == "nmod:poss" || len(rd.content) > 0 {
				continue
			}
			for _, p := range c.preps {
				if v.cased(k, p) && k > i {
					var marks []int
					for _, m := range v.kids[k] {
						if v.rel(m) == "case" {
							marks = append(marks, m)
						}
					}
					rd.content = v.sub(k, marks...)
				}
			}
		}
	}
	rd.source = v.owner(i)
	if rd.source.head < 0 && rd.clause && i > 0 && v.words[i-1].UPOS == "PROPN" {
		// "Reuters reports that ...", taken for a noun by the tagger.
		if a, b := v.nameAround(i - 1); b == i-1 {
			rd.source = headed(a)
			rd.source.words = v.upTo(a, b+1)
		}
	}
	if len(rd.content) == 0 || !rd.clause && rd.source.head < 0 {
		return rd, false
	}
	return rd, true
}

// owner is whose claim it is: possessive, "by X", "from X", or the subject of a
// verb that holds the noun as its object ("issued a denial of").
func (v *view) owner(i int) source {
	for _, k := range v.kids[i] {
		if v.words[k].Deprel == "nmod:poss" {
			return headed(k)
		}
	}
	for _, k := range v.kids[i] {
		if v.rel(k) == "nmod" && (v.cased(k, "by") || v.cased(k, "from") || v.cased(k, "among")) {
			return headed(k)
		}
	}
	if h := v.words[i].Head; h >= 0 && v.rel(i) == "obj" && lightVerb[v.lemma(h)] {
		return v.subject(h)
	}
	return nobody
}

// lightVerb holds verbs that lend their subject to a noun of speech.
var lightVerb = map[string]bool{"make": true, "issue": true, "give": true, "have": true, "express": true, "voice": true, "raise": true, "offer": true, "repeat": true, "release": true, "publish": true, "deliver": true, "take": true, "hold": true, "reiterate": true, "renew": true, "win": false, "cast": true, "share": true, "put": true, "announce": true, "declare": true}

// adjective reads "was sure that", "critical of".
func (v *view) adjective(i int, c *cue) (reading, bool) {
	rd := reading{source: nobody, cue: []int{i}, hearer: -1}
	for _, k := range v.kids[i] {
		if k < i {
			continue
		}
		r := v.rel(k)
		switch {
		case c.frames["that"] && r == "ccomp", c.frames["inf"] && (r == "xcomp" || r == "advcl") && v.cased(k, "to"):
			rd.content = v.sub(k)
		case r == "obl" || r == "advcl" || r == "nmod":
			for _, p := range c.preps {
				if v.cased(k, p) && len(rd.content) == 0 {
					rd.content = v.sub(k)
				}
			}
		}
	}
	if len(rd.content) == 0 {
		return rd, false
	}
	rd.source = v.subject(i)
	return rd, rd.source.head >= 0
}

// adverb reads "reportedly": the clause is said by nobody in particular.
func (v *view) adverb(i int) (reading, bool) {
	h := v.words[i].Head
	if h < 0 || v.rel(i) != "advmod" {
		return reading{}, false
	}
	var skip []int
	for _, k := range v.kids[h] {
		switch v.rel(k) {
		case "conj", "parataxis", "cc":
			skip = append(skip, k)
		}
	}
	return reading{content: v.sub(h, append(skip, i)...), source: nobody, cue: []int{i}, hearer: -1}, true
}

// attributive reads "his reported visits".
func (v *view) attributive(i int) (reading, bool) {
	h := v.words[i].Head
	if h < 0 || v.rel(i) != "amod" || h < i {
		return reading{}, false
	}
	return reading{content: v.phrase(h, i), source: nobody, cue: []int{i}, hearer: -1}, true
}
