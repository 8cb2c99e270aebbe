package speech

import (
	"sort"
	"strings"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/story"
)

// view is one sentence with its tree, children looked up once.
type view struct {
	*reader
	idx   int
	toks  []prose.Token
	words []syntax.Word
	kids  [][]int
	used  map[int]bool // words that are already part of a cue
}

func (r *reader) view(i int) *view {
	v := &view{reader: r, idx: i, toks: r.doc.Sentences[i].Tokens, used: map[int]bool{}}
	if i < len(r.trees) && len(r.trees[i].Words) == len(v.toks) {
		v.words = r.trees[i].Words
	}
	v.kids = make([][]int, len(v.words))
	for j, w := range v.words {
		if w.Head >= 0 && w.Head < len(v.words) && w.Head != j {
			v.kids[w.Head] = append(v.kids[w.Head], j)
		}
	}
	return v
}

func (v *view) lower(i int) string { return strings.ToLower(v.toks[i].Text) }

// lemma is the tree's, or the lowered form where the tree has none. A lemma
// that lost its e ("declin") finds it again where the tables know the whole.
func (v *view) lemma(i int) string {
	l := strings.ToLower(v.words[i].Lemma)
	if l == "" || l == "_" {
		return v.lower(i)
	}
	if !v.lex.vocabulary[l] && v.lex.vocabulary[l+"e"] && v.words[i].UPOS == "VERB" {
		return l + "e"
	}
	return l
}

// rel is the relation without its subtype.
func (v *view) rel(i int) string {
	rel, _, _ := strings.Cut(v.words[i].Deprel, ":")
	return rel
}

// kid is the first child of i in one of the relations (given with or without
// subtype), -1 if none.
func (v *view) kid(i int, rels ...string) int {
	for _, k := range v.kids[i] {
		for _, r := range rels {
			if v.words[k].Deprel == r || v.rel(k) == r {
				return k
			}
		}
	}
	return -1
}

// sub gives i and the words below it, without those below a word of but.
func (v *view) sub(i int, but ...int) []int {
	skip := map[int]bool{}
	for _, b := range but {
		skip[b] = true
	}
	var out []int
	var walk func(j, depth int)
	walk = func(j, depth int) {
		if skip[j] || depth > len(v.words) {
			return
		}
		out = append(out, j)
		for _, k := range v.kids[j] {
			walk(k, depth+1)
		}
	}
	walk(i, 0)
	sort.Ints(out)
	return out
}

// under reports whether j is i or stands below it.
func (v *view) under(j, i int) bool {
	for n := 0; j >= 0 && n <= len(v.words); n++ {
		if j == i {
			return true
		}
		j = v.words[j].Head
	}
	return false
}

func (v *view) isPunct(i int) bool {
	for _, r := range v.toks[i].Text {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r > 0x2100 || r > 0xBF && r < 0x2000 || r == '$' || r == '%' {
			return false
		}
	}
	return true
}

func isQuoteMark(s string) bool {
	return strings.Trim(s, "\"“”„«»‘’'`") == "" && s != ""
}

// spans turns words into stretches of text: runs parted by more than marks are
// pieces of their own; commas and stops at the edges fall away, quotation marks
// stay.
func (v *view) spans(words []int) []story.Span {
	in := map[int]bool{}
	for _, w := range words {
		in[w] = true
	}
	var out []story.Span
	for i := 0; i < len(v.toks); i++ {
		if !in[i] {
			continue
		}
		j := i
		for k := i + 1; k < len(v.toks) && (in[k] || v.isPunct(k)); k++ {
			if in[k] {
				j = k
			}
		}
		if s, ok := v.trimmed(i, j); ok {
			out = append(out, s)
		}
		i = j
	}
	return out
}

// trimmed is the span of tokens a..b without marks at its edges, widened by
// quotation marks that touch it.
func (v *view) trimmed(a, b int) (story.Span, bool) {
	for a <= b && v.isPunct(a) && !isQuoteMark(v.toks[a].Text) && !opensBracket(v.toks[a].Text) {
		a++
	}
	for b >= a && v.isPunct(b) && !isQuoteMark(v.toks[b].Text) && !closesBracket(v.toks[b].Text) {
		b--
	}
	if a > b || a == b && v.isPunct(a) {
		return story.Span{}, false
	}
	return story.Span{Start: v.toks[a].Start, End: v.toks[b].End}, true
}

func opensBracket(s string) bool  { return s == "(" || s == "[" || s == "$" }
func closesBracket(s string) bool { return s == ")" || s == "]" || s == "%" }

// cased reports whether i has a case or mark child with that lemma, also a
// fixed one ("because of").
func (v *view) cased(i int, lemma string) bool {
	for _, k := range v.kids[i] {
		if (v.rel(k) == "case" || v.rel(k) == "mark") && v.lemma(k) == lemma {
			return true
		}
	}
	return false
}

func (v *view) negated(i int) bool {
	for _, k := range v.kids[i] {
		if l := v.lemma(k); (v.rel(k) == "advmod" || v.rel(k) == "aux" || v.rel(k) == "cc:preconj") && negations[l] {
			return true
		}
	}
	// "can" and "not" may have been written as one word.
	return i > 0 && v.lower(i-1) == "cannot"
}

var negations = map[string]bool{"not": true, "n't": true, "n’t": true, "never": true, "nor": true, "neither": true, "cannot": true, "no": true}

func (v *view) passive(i int) bool {
	return v.kid(i, "aux:pass", "nsubj:pass", "csubj:pass") >= 0
}

// agent is who stands behind a passive: "by X".
func (v *view) agent(i int) int {
	for _, k := range v.kids[i] {
		if v.words[k].Deprel == "obl:agent" || v.rel(k) == "obl" && v.cased(k, "by") && !v.timeWord(k) {
			return k
		}
	}
	return -1
}

// timeWord keeps "by Friday" from being an agent.
func (v *view) timeWord(i int) bool {
	switch v.lower(i) {
	case "time", "then", "now", "email", "phone", "telephone", "percent", "deadline":
		return true
	}
	return v.words[i].UPOS == "NUM" || v.calendarWord(i)
}

// calendarWord: a day, month or part of a day speaks for nobody.
func (v *view) calendarWord(i int) bool {
	switch v.lower(i) {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
		"year", "month", "week", "night", "morning", "evening", "afternoon", "weekend", "yesterday", "later", "earlier", "tomorrow", "today", "day":
		return true
	}
	return false
}
