package frames

import (
	"github.com/reportedly/reportedly/internal/prose/speech/clause"
	"github.com/reportedly/reportedly/internal/prose/speech/lexicon"
	"github.com/reportedly/reportedly/internal/prose/speech/stance"
)

// This file serves trees that miss the clause or the speaker: with plain verbs
// of saying, place alone tells much.

// speaks reports whether the word can be the subject of the verb at i: not a
// word inside a quotation in which the verb does not stand.
func (v *frame) speaks(head, i int) bool {
	if v.CalendarWord(head) {
		return false // "Last month, the paper reported": the month is no speaker
	}
	for _, q := range v.Quotes {
		if q.Contains(v.Toks[head].Span) && !q.Contains(v.Toks[i].Span) && q.Len() > v.Toks[head].Len()+12 {
			return false
		}
	}
	return true
}

func (v *frame) finite(i int) bool {
	switch v.Words[i].XPOS {
	case "VBD", "VBZ", "VBP", "":
		return true
	case "VBN", "VB":
		// Taggers take "reported" for a participle; without an auxiliary and
		// with a subject it is none.
		if v.Words[i].XPOS == "VBN" && v.Kid(i, "aux:pass") < 0 {
			for _, k := range v.KidsIn(i, "aux") {
				if l := v.Lemma(k); l == "have" || l == "has" || l == "had" {
					return true
				}
			}
		}
		return v.Kid(i, "aux", "mark") < 0 && (v.Kid(i, "nsubj") >= 0 || v.Words[i].Deprel == "parataxis" || v.Words[i].Deprel == "root")
	}
	return false
}

// nominal tells words of a noun phrase.
func (v *frame) nominal(i int) bool {
	switch v.Words[i].UPOS {
	case "NOUN", "PROPN", "ADJ", "DET", "NUM":
		return v.Words[i].XPOS != "WDT"
	case "PART":
		return v.Lower(i) == "'s" || v.Lower(i) == "’s" || v.Lower(i) == "'" || v.Lower(i) == "’"
	case "PRON":
		return v.Words[i].XPOS == "PRP$" || v.Words[i].XPOS == ""
	case "PUNCT":
		return v.Toks[i].Text == "-" || v.Toks[i].Text == "." && i > 0 && v.Toks[i-1].Len() <= 3
	}
	return false
}

// besides reads the speaker off the surface: "he said", "said the envoy", "Roe,
// who led the panel, said".
func (v *frame) besides(i int) clause.Source {
	if !v.finite(i) {
		return clause.Nobody
	}
	told := v.Lex.Verbs[v.Lemma(i)]
	if i > 0 && v.IsPunct(i-1) && !(told != nil && told.Frames["to"]) {
		if s := v.nounsFrom(i + 1); s.Head >= 0 {
			return s
		}
	}
	j := i - 1
	for j >= 0 && (v.Words[j].UPOS == "ADV" || v.Words[j].UPOS == "AUX") {
		j--
	}
	if j < 0 {
		return clause.Nobody
	}
	if v.Words[j].UPOS == "PRON" {
		if k, ok := lexicon.Pronouns[v.Lower(j)]; ok && k != 'r' {
			return clause.Source{Head: j, Pronoun: -1, Words: []int{j}}
		}
		return clause.Nobody
	}
	if v.Toks[j].Text == "," {
		return v.beforeAside(i, j)
	}
	return v.nounsBefore(j)
}

// overrule gives the speaker that stands so close to the verb that the tree
// must be wrong to have another: "..., he said, ...", "..., said Roe, an
// analyst". The flag tells that the speech then lies on both sides.
func (v *frame) overrule(i int, tree clause.Source) (clause.Source, bool) {
	if i > 0 && v.Words[i-1].UPOS == "PRON" {
		switch v.Lower(i - 1) {
		case "he", "she", "they", "i", "we":
			if tree.Head == i-1 || tree.Pronoun >= 0 {
				return tree, false
			}
			return clause.Source{Head: i - 1, Pronoun: -1, Words: []int{i - 1}}, v.aside(i-1, i)
		}
	}
	s := v.besides(i)
	if s.Head < 0 || s.Head == tree.Head || len(s.Words) == 0 || tree.Pronoun >= 0 {
		return tree, false
	}
	a, b := s.Words[0], s.Words[len(s.Words)-1]
	for _, w := range s.Words {
		if w == tree.Head {
			return tree, false
		}
	}
	switch {
	case a == i+1 && (tree.Head > b || tree.Head < 0):
		return s, false
	case a == i+1 && v.IsPunct(i-1) && tree.Head < i && !v.IsPunct(tree.Head) && b+1 < len(v.Toks) && v.closed(b+1):
		return s, false
	case b == i-1 && a > 1 && (v.Toks[a-1].Text == "," || clause.IsQuoteMark(v.Toks[a-1].Text)) && tree.Head < a && v.aside(a, i):
		return s, true
	case b < i-1 && v.Words[s.Head].UPOS == "PROPN" && tree.Head > b && v.Toks[i-1].Text == ",":
		return s, false // an apposition was taken for the subject
	}
	return tree, false
}

// described reads the speaker at the end of a sentence whom a relative clause
// or a phrase describes: "..., a customs officer who stamped his passport said",
// "..., a source at the airport of Oran said on Friday." Trees take the verb of
// saying for part of that clause, or the last noun for the speaker. The second
// value is the comma before him.
func (v *frame) described(i int) (clause.Source, int) {
	if i < 6 || !v.ends(i) || !v.finite(i) && v.Words[i].XPOS != "VBN" {
		return clause.Nobody, -1
	}
	for k := i - 3; k > 2 && k > i-25; k-- {
		if v.Toks[k].Text != "," {
			continue
		}
		s := v.nounsFrom(k + 1)
		if s.Head < 0 {
			return clause.Nobody, -1
		}
		end, more := s.Head, false
		for end+1 < i && v.Words[end+1].UPOS == "ADP" { // "a member of parliament who"
			t := v.nounsFrom(end + 2)
			if t.Head <= end+1 {
				break
			}
			end, more = t.Head, true
		}
		s.Words = v.UpTo(k+1, end+1)
		switch {
		case more && end+1 == i:
			return s, k
		case end+2 >= i:
			return clause.Nobody, -1
		}
		switch v.Lower(end + 1) {
		case "who", "which", "that":
			return s, k
		}
		return clause.Nobody, -1
	}
	return clause.Nobody, -1
}

// ends: behind word i the sentence ends, but for a day.
func (v *frame) ends(i int) bool {
	w := i + 1
	if w < len(v.Toks) && v.Lower(w) == "on" {
		w++
	}
	for w < len(v.Toks) && w < i+4 && (v.CalendarWord(w) || v.Words[w].UPOS == "NUM") {
		w++
	}
	return w >= len(v.Toks) || v.Toks[w].Text == "." && w >= len(v.Toks)-2
}

// closed: the sentence, or its main part, ends at w.
func (v *frame) closed(w int) bool {
	t := v.Toks[w].Text
	return t == "." || t == "," || w == len(v.Toks)-1
}

// aside: marks stand on both sides of speaker and verb, and speech goes on.
func (v *frame) aside(a, i int) bool {
	return a > 1 && v.IsPunct(a-1) && i+2 < len(v.Toks) && v.Toks[i+1].Text == ","
}

// bothSides is all of the sentence but speaker and verb.
func (v *frame) bothSides(a, i int) []int {
	out := v.UpTo(0, a)
	return append(out, v.UpTo(i+1, len(v.Toks))...)
}

// inverted: a quotation or clause, a mark, the verb, and then its speaker, whom
// trees like to take for the object: "“...,” confirmed the spokesman", "..., say
// US officials."
func (v *frame) inverted(i int, c *lexicon.Cue) bool {
	if i < 3 || i+1 >= len(v.Toks) || !v.IsPunct(i-1) || !v.finite(i) || v.NearSubject(i) >= 0 && v.NearSubject(i) < i {
		return false
	}
	s := v.nounsFrom(i + 1)
	if s.Head < 0 {
		return false
	}
	if clause.IsQuoteMark(v.Toks[i-1].Text) {
		return true
	}
	last := s.Words[len(s.Words)-1]
	return v.Toks[i-1].Text == "," && c.Class == stance.Statement && c.Frames["that"] && last+1 < len(v.Toks) && v.closed(last+1)
}

// nounsBefore is the noun phrase that ends at j.
func (v *frame) nounsBefore(j int) clause.Source {
	if u := v.Words[j].UPOS; u != "NOUN" && u != "PROPN" && u != "NUM" {
		return clause.Nobody
	}
	a := j
	for a > 0 && v.nominal(a-1) && !clause.IsQuoteMark(v.Toks[a-1].Text) {
		a--
	}
	if a > 0 && !v.IsPunct(a-1) && v.Words[a-1].UPOS == "VERB" && v.Words[a-1].XPOS == "VBG" {
		// ", a group watching the war said": the noun before the participle
		for k := a - 2; k > 0 && k > a-9; k-- {
			if v.Toks[k].Text == "," {
				if s := v.nounsFrom(k + 1); s.Head >= 0 && s.Head == a-2 {
					s.Words = v.UpTo(k+1, j+1)
					return s
				}
				break
			}
		}
	}
	out := clause.Source{Head: j, Pronoun: -1}
	for w := a; w <= j; w++ {
		out.Words = append(out.Words, w)
	}
	return out
}

// nounsFrom is the noun phrase that begins at a.
func (v *frame) nounsFrom(a int) clause.Source {
	if a >= len(v.Toks) {
		return clause.Nobody
	}
	if k, ok := lexicon.Pronouns[v.Lower(a)]; ok && v.Words[a].UPOS == "PRON" && k != 'r' && v.Lower(a) != "her" && v.Lower(a) != "his" {
		return clause.Source{Head: a, Pronoun: -1, Words: []int{a}}
	}
	b, head := a, -1
	for b < len(v.Toks) && v.nominal(b) {
		if u := v.Words[b].UPOS; (u == "NOUN" || u == "PROPN") && !v.TimeWord(b) {
			head = b
		} else if v.TimeWord(b) && head >= 0 {
			break
		}
		b++
	}
	if head < 0 {
		return clause.Nobody
	}
	out := clause.Source{Head: head, Pronoun: -1}
	for w := a; w <= head; w++ {
		out.Words = append(out.Words, w)
	}
	return out
}

// beforeAside: an apposition or relative clause stands between speaker and
// verb; the speaker begins the sentence, or follows the quotation.
func (v *frame) beforeAside(i, comma int) clause.Source {
	start := 0
	for k := comma - 1; k > 0; k-- {
		if clause.IsQuoteMark(v.Toks[k].Text) {
			start = k + 1
			break
		}
	}
	for start < comma && (v.IsPunct(start) || v.Words[start].UPOS == "CCONJ" || v.Words[start].UPOS == "ADV") {
		start++
	}
	s := v.nounsFrom(start)
	if s.Head < 0 || s.Head+1 >= len(v.Toks) || v.Toks[s.Head+1].Text != "," {
		return clause.Nobody
	}
	return s
}

// around takes for content what stands beside the verb and its subject: the
// sentence before them, the words behind "that" or a colon, the quotation.
func (v *frame) around(i int, c *lexicon.Cue, rd *Reading) bool {
	s := v.Subject(i)
	if s.Head < 0 || !v.speaks(s.Head, i) {
		s = v.besides(i)
	}
	if s.Head < 0 || !v.finite(i) {
		return false
	}
	words := s.Words
	if words == nil {
		words = v.Phrase(s.Head, i)
	}
	rd.Source = s
	lo, hi := min(i, words[0]), max(i, words[len(words)-1])
	if out := v.behind(hi, c); out != nil {
		rd.Content = out
		return true
	}
	before := lo - 1
	if before >= 2 && v.IsPunct(before) && v.closesSpeech(before, hi, c) {
		for w := 0; w < before; w++ {
			rd.Content = append(rd.Content, w)
		}
		if clause.IsQuoteMark(v.Toks[before].Text) {
			rd.Content = append(rd.Content, before)
		}
		// “..., ” he said, “...”
		for w := hi + 1; w < len(v.Toks) && w < hi+15; w++ {
			if clause.IsQuoteMark(v.Toks[w].Text) && v.QuotedNear(w) {
				rd.Content = append(rd.Content, v.UpTo(w, len(v.Toks))...)
				break
			}
		}
		return len(rd.Content) > 0
	}
	if c.Class == stance.Statement && c.Frames["that"] && c.Frames["q"] && rd.Hearer < 0 && hi == i {
		rd.Content = v.clauseBehind(i, s.Pronoun >= 0)
	}
	return len(rd.Content) > 0
}

// clauseBehind is the clause right behind a verb whose complement the tree
// lost; inside a relative clause it ends at the comma.
func (v *frame) clauseBehind(i int, relative bool) []int {
	if i+1 >= len(v.Toks) || v.IsPunct(i+1) || v.Words[i+1].UPOS == "ADP" {
		return nil
	}
	verb := false
	for w := i + 1; w < len(v.Toks); w++ {
		u := v.Words[w].UPOS
		verb = verb || u == "VERB" || u == "AUX"
		if v.Toks[w].Text == ";" || v.Toks[w].Text == "," && (relative || w+1 < len(v.Toks) && v.Words[w+1].UPOS == "CCONJ") {
			if !verb {
				return nil
			}
			return v.UpTo(i+1, w)
		}
	}
	if !verb {
		return nil
	}
	return v.UpTo(i+1, len(v.Toks))
}

// behind reads "said that ...", "said: ..." and a quotation right behind.
func (v *frame) behind(hi int, c *lexicon.Cue) []int {
	for w := hi + 1; w < len(v.Toks) && w < hi+10; w++ {
		t := v.Toks[w].Text
		switch {
		case v.Lower(w) == "that" && c.Frames["that"] && (v.Words[w].UPOS == "SCONJ" || c.Frames["from"] || v.CalendarWord(w-1) || v.Words[w-1].UPOS == "ADV" || v.Words[w-1].UPOS == "VERB"):
			return v.UpTo(w, len(v.Toks))
		case t == ":" && w+2 < len(v.Toks):
			return v.UpTo(w+1, len(v.Toks))
		case clause.IsQuoteMark(t) && v.QuotedNear(w) && w+1 < len(v.Toks):
			return v.UpTo(w, len(v.Toks))
		case t == ";" || t == "." || v.Words[w].UPOS == "VERB":
			return nil
		}
	}
	return nil
}

// closesSpeech: behind the verb and its subject comes little, or a quotation
// has just ended.
func (v *frame) closesSpeech(before, hi int, c *lexicon.Cue) bool {
	if clause.IsQuoteMark(v.Toks[before].Text) && c.Frames["q"] {
		return true
	}
	if v.Toks[before].Text != "," || c.Class != stance.Statement && c.Class != stance.Belief && c.Class != stance.Finding || !c.Frames["q"] || !c.Frames["that"] || before < 4 {
		return false
	}
	rest := 0
	for w := hi + 1; w < len(v.Toks); w++ {
		if !v.IsPunct(w) {
			rest++
		}
	}
	return rest <= 6
}
