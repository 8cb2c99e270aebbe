package speech

// This file serves trees that miss the clause or the speaker: with plain verbs
// of saying, place alone tells much.

// speaks reports whether the word can be the subject of the verb at i: not a
// word inside a quotation in which the verb does not stand.
func (v *view) speaks(head, i int) bool {
	if v.calendarWord(head) {
		return false // "Last month, the paper reported": the month is no speaker
	}
	for _, q := range v.quotes {
		if q.Contains(v.toks[head].Span) && !q.Contains(v.toks[i].Span) && q.Len() > v.toks[head].Len()+12 {
			return false
		}
	}
	return true
}

func (v *view) finite(i int) bool {
	switch v.words[i].XPOS {
	case "VBD", "VBZ", "VBP", "":
		return true
	case "VBN", "VB":
		// Taggers take "reported" for a participle; without an auxiliary and
		// with a subject it is none.
		if v.words[i].XPOS == "VBN" && v.kid(i, "aux:pass") < 0 {
			for _, k := range v.kidsIn(i, "aux") {
				if l := v.lemma(k); l == "have" || l == "has" || l == "had" {
					return true
				}
			}
		}
		return v.kid(i, "aux", "mark") < 0 && (v.kid(i, "nsubj") >= 0 || v.words[i].Deprel == "parataxis" || v.words[i].Deprel == "root")
	}
	return false
}

// nominal tells words of a noun phrase.
func (v *view) nominal(i int) bool {
	switch v.words[i].UPOS {
	case "NOUN", "PROPN", "ADJ", "DET", "NUM":
		return v.words[i].XPOS != "WDT"
	case "PART":
		return v.lower(i) == "'s" || v.lower(i) == "’s" || v.lower(i) == "'" || v.lower(i) == "’"
	case "PRON":
		return v.words[i].XPOS == "PRP$" || v.words[i].XPOS == ""
	case "PUNCT":
		return v.toks[i].Text == "-" || v.toks[i].Text == "." && i > 0 && v.toks[i-1].Len() <= 3
	}
	return false
}

// besides reads the speaker off the surface: "he said", "said the envoy", "Roe,
// who led the panel, said".
func (v *view) besides(i int) source {
	if !v.finite(i) {
		return nobody
	}
	told := v.lex.verbs[v.lemma(i)]
	if i > 0 && v.isPunct(i-1) && !(told != nil && told.frames["to"]) {
		if s := v.nounsFrom(i + 1); s.head >= 0 {
			return s
		}
	}
	j := i - 1
	for j >= 0 && (v.words[j].UPOS == "ADV" || v.words[j].UPOS == "AUX") {
		j--
	}
	if j < 0 {
		return nobody
	}
	if v.words[j].UPOS == "PRON" {
		if k, ok := pronouns[v.lower(j)]; ok && k != 'r' {
			return source{head: j, pronoun: -1, words: []int{j}}
		}
		return nobody
	}
	if v.toks[j].Text == "," {
		return v.beforeAside(i, j)
	}
	return v.nounsBefore(j)
}

// overrule gives the speaker that stands so close to the verb that the tree
// must be wrong to have another: "..., he said, ...", "..., said Roe, an
// analyst". The flag tells that the speech then lies on both sides.
func (v *view) overrule(i int, tree source) (source, bool) {
	if i > 0 && v.words[i-1].UPOS == "PRON" {
		switch v.lower(i - 1) {
		case "he", "she", "they", "i", "we":
			if tree.head == i-1 || tree.pronoun >= 0 {
				return tree, false
			}
			return source{head: i - 1, pronoun: -1, words: []int{i - 1}}, v.aside(i-1, i)
		}
	}
	s := v.besides(i)
	if s.head < 0 || s.head == tree.head || len(s.words) == 0 || tree.pronoun >= 0 {
		return tree, false
	}
	a, b := s.words[0], s.words[len(s.words)-1]
	for _, w := range s.words {
		if w == tree.head {
			return tree, false
		}
	}
	switch {
	case a == i+1 && (tree.head > b || tree.head < 0):
		return s, false
	case a == i+1 && v.isPunct(i-1) && tree.head < i && !v.isPunct(tree.head) && b+1 < len(v.toks) && v.closed(b+1):
		return s, false
	case b == i-1 && a > 1 && (v.toks[a-1].Text == "," || isQuoteMark(v.toks[a-1].Text)) && tree.head < a && v.aside(a, i):
		return s, true
	case b < i-1 && v.words[s.head].UPOS == "PROPN" && tree.head > b && v.toks[i-1].Text == ",":
		return s, false // an apposition was taken for the subject
	}
	return tree, false
}

// closed: the sentence, or its main part, ends at w.
func (v *view) closed(w int) bool {
	t := v.toks[w].Text
	return t == "." || t == "," || w == len(v.toks)-1
}

// aside: marks stand on both sides of speaker and verb, and speech goes on.
func (v *view) aside(a, i int) bool {
	return a > 1 && v.isPunct(a-1) && i+2 < len(v.toks) && v.toks[i+1].Text == ","
}

// bothSides is all of the sentence but speaker and verb.
func (v *view) bothSides(a, i int) []int {
	out := v.upTo(0, a)
	return append(out, v.upTo(i+1, len(v.toks))...)
}

// inverted: a quotation or clause, a mark, the verb, and then its speaker, whom
// trees like to take for the object: "“...,” confirmed the spokesman", "..., say
// US officials."
func (v *view) inverted(i int, c *cue) bool {
	if i < 3 || i+1 >= len(v.toks) || !v.isPunct(i-1) || !v.finite(i) || v.nearSubject(i) >= 0 && v.nearSubject(i) < i {
		return false
	}
	s := v.nounsFrom(i + 1)
	if s.head < 0 {
		return false
	}
	if isQuoteMark(v.toks[i-1].Text) {
		return true
	}
	last := s.words[len(s.words)-1]
	return v.toks[i-1].Text == "," && c.class == Statement && c.frames["that"] && last+1 < len(v.toks) && v.closed(last+1)
}

// nounsBefore is the noun phrase that ends at j.
func (v *view) nounsBefore(j int) source {
	if u := v.words[j].UPOS; u != "NOUN" && u != "PROPN" && u != "NUM" {
		return nobody
	}
	a := j
	for a > 0 && v.nominal(a-1) && !isQuoteMark(v.toks[a-1].Text) {
		a--
	}
	out := source{head: j, pronoun: -1}
	for w := a; w <= j; w++ {
		out.words = append(out.words, w)
	}
	return out
}

// nounsFrom is the noun phrase that begins at a.
func (v *view) nounsFrom(a int) source {
	if a >= len(v.toks) {
		return nobody
	}
	if k, ok := pronouns[v.lower(a)]; ok && v.words[a].UPOS == "PRON" && k != 'r' && v.lower(a) != "her" && v.lower(a) != "his" {
		return source{head: a, pronoun: -1, words: []int{a}}
	}
	b, head := a, -1
	for b < len(v.toks) && v.nominal(b) {
		if u := v.words[b].UPOS; (u == "NOUN" || u == "PROPN") && !v.timeWord(b) {
			head = b
		} else if v.timeWord(b) && head >= 0 {
			break
		}
		b++
	}
	if head < 0 {
		return nobody
	}
	out := source{head: head, pronoun: -1}
	for w := a; w <= head; w++ {
		out.words = append(out.words, w)
	}
	return out
}

// beforeAside: an apposition or relative clause stands between speaker and
// verb; the speaker begins the sentence, or follows the quotation.
func (v *view) beforeAside(i, comma int) source {
	start := 0
	for k := comma - 1; k > 0; k-- {
		if isQuoteMark(v.toks[k].Text) {
			start = k + 1
			break
		}
	}
	for start < comma && (v.isPunct(start) || v.words[start].UPOS == "CCONJ" || v.words[start].UPOS == "ADV") {
		start++
	}
	s := v.nounsFrom(start)
	if s.head < 0 || s.head+1 >= len(v.toks) || v.toks[s.head+1].Text != "," {
		return nobody
	}
	return s
}

// around takes for content what stands beside the verb and its subject: the
// sentence before them, the words behind "that" or a colon, the quotation.
func (v *view) around(i int, c *cue, rd *reading) bool {
	s := v.subject(i)
	if s.head < 0 || !v.speaks(s.head, i) {
		s = v.besides(i)
	}
	if s.head < 0 || !v.finite(i) {
		return false
	}
	words := s.words
	if words == nil {
		words = v.phrase(s.head, i)
	}
	rd.source = s
	lo, hi := min(i, words[0]), max(i, words[len(words)-1])
	if out := v.behind(hi, c); out != nil {
		rd.content = out
		return true
	}
	before := lo - 1
	if before >= 2 && v.isPunct(before) && v.closesSpeech(before, hi, c) {
		for w := 0; w < before; w++ {
			rd.content = append(rd.content, w)
		}
		if isQuoteMark(v.toks[before].Text) {
			rd.content = append(rd.content, before)
		}
		// “..., ” he said, “...”
		for w := hi + 1; w < len(v.toks) && w < hi+15; w++ {
			if isQuoteMark(v.toks[w].Text) && v.quotedNear(w) {
				rd.content = append(rd.content, v.upTo(w, len(v.toks))...)
				break
			}
		}
		return len(rd.content) > 0
	}
	if c.class == Statement && c.frames["that"] && c.frames["q"] && rd.hearer < 0 && hi == i {
		rd.content = v.clauseBehind(i, s.pronoun >= 0)
	}
	return len(rd.content) > 0
}

// clauseBehind is the clause right behind a verb whose complement the tree
// lost; inside a relative clause it ends at the comma.
func (v *view) clauseBehind(i int, relative bool) []int {
	if i+1 >= len(v.toks) || v.isPunct(i+1) || v.words[i+1].UPOS == "ADP" {
		return nil
	}
	verb := false
	for w := i + 1; w < len(v.toks); w++ {
		u := v.words[w].UPOS
		verb = verb || u == "VERB" || u == "AUX"
		if v.toks[w].Text == ";" || v.toks[w].Text == "," && (relative || w+1 < len(v.toks) && v.words[w+1].UPOS == "CCONJ") {
			if !verb {
				return nil
			}
			return v.upTo(i+1, w)
		}
	}
	if !verb {
		return nil
	}
	return v.upTo(i+1, len(v.toks))
}

// behind reads "said that ...", "said: ..." and a quotation right behind.
func (v *view) behind(hi int, c *cue) []int {
	for w := hi + 1; w < len(v.toks) && w < hi+10; w++ {
		t := v.toks[w].Text
		switch {
		case v.lower(w) == "that" && c.frames["that"] && (v.words[w].UPOS == "SCONJ" || c.frames["from"] || v.calendarWord(w-1) || v.words[w-1].UPOS == "ADV" || v.words[w-1].UPOS == "VERB"):
			return v.upTo(w, len(v.toks))
		case t == ":" && w+2 < len(v.toks):
			return v.upTo(w+1, len(v.toks))
		case isQuoteMark(t) && v.quotedNear(w) && w+1 < len(v.toks):
			return v.upTo(w, len(v.toks))
		case t == ";" || t == "." || v.words[w].UPOS == "VERB":
			return nil
		}
	}
	return nil
}

func (v *view) upTo(a, b int) []int {
	var out []int
	for w := a; w < b; w++ {
		out = append(out, w)
	}
	return out
}

// closesSpeech: behind the verb and its subject comes little, or a quotation
// has just ended.
func (v *view) closesSpeech(before, hi int, c *cue) bool {
	if isQuoteMark(v.toks[before].Text) && c.frames["q"] {
		return true
	}
	if v.toks[before].Text != "," || c.class != Statement && c.class != Belief || !c.frames["q"] || !c.frames["that"] || before < 4 {
		return false
	}
	rest := 0
	for w := hi + 1; w < len(v.toks); w++ {
		if !v.isPunct(w) {
			rest++
		}
	}
	return rest <= 6
}
