package clause

import (
	"sort"
	"strings"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/story"

	"github.com/reportedly/reportedly/internal/prose/speech/lexicon"
	"github.com/reportedly/reportedly/internal/prose/speech/quotation"
)

// View is one sentence with its tree, children looked up once.
type View struct {
	Text   string // of the whole document
	Idx    int    // of the sentence
	Toks   []prose.Token
	Words  []syntax.Word
	Kids   [][]int
	Lex    *lexicon.Lexicon
	Quotes []quotation.Quote
	lowers []string
	lemmas []string
}

// New is the view of sentence i; a tree that does not fit its tokens is left
// out.
func New(doc prose.Document, trees []syntax.Tree, i int, lex *lexicon.Lexicon, quotes []quotation.Quote) *View {
	v := &View{Text: doc.Text, Idx: i, Toks: doc.Sentences[i].Tokens, Lex: lex, Quotes: quotes}
	if i < len(trees) && len(trees[i].Words) == len(v.Toks) {
		v.Words = trees[i].Words
	}
	v.retag()
	v.lowers = make([]string, len(v.Toks))
	for j, t := range v.Toks {
		v.lowers[j] = strings.ToLower(t.Text)
	}
	v.lemmas = make([]string, len(v.Words))
	for j := range v.Words {
		v.lemmas[j] = v.wholeLemma(j)
	}
	v.Kids = make([][]int, len(v.Words))
	for j, w := range v.Words {
		if w.Head >= 0 && w.Head < len(v.Words) && w.Head != j {
			v.Kids[w.Head] = append(v.Kids[w.Head], j)
		}
	}
	return v
}

// asVerbs are verbs of saying and showing that taggers take for plurals.
var asVerbs = map[string]string{"shows": "show", "says": "say", "reports": "report", "claims": "claim", "states": "state"}

// retag gives such a word back its class where the place leaves no doubt:
// before "that", or at the end of a sentence behind a comma and a noun ("...,
// the register shows."). The tree of the document stays as it is.
func (v *View) retag() {
	own := false
	for j, w := range v.Words {
		verb := asVerbs[strings.ToLower(v.Toks[j].Text)]
		if verb == "" || w.UPOS != "NOUN" || j == 0 {
			continue
		}
		if u := v.Words[j-1].UPOS; u != "NOUN" && u != "PROPN" {
			continue
		}
		that := j+1 < len(v.Toks) && strings.EqualFold(v.Toks[j+1].Text, "that") && v.Words[j+1].UPOS == "SCONJ"
		if !that && !v.lastOf(j) {
			continue
		}
		if !own {
			v.Words, own = append([]syntax.Word(nil), v.Words...), true
		}
		v.Words[j].UPOS, v.Words[j].XPOS, v.Words[j].Lemma = "VERB", "VBZ", verb
	}
}

// lastOf: the sentence ends with word j, and a comma stands shortly before it.
func (v *View) lastOf(j int) bool {
	if j+2 < len(v.Toks) || j+1 < len(v.Toks) && v.Toks[j+1].Text != "." {
		return false
	}
	for k := j - 2; k > 2 && k > j-8; k-- {
		if v.Toks[k].Text == "," {
			return true
		}
	}
	return false
}

// Lower is the token in small letters.
func (v *View) Lower(i int) string { return v.lowers[i] }

// Lemma is the tree's, or the lowered form where the tree has none.
func (v *View) Lemma(i int) string { return v.lemmas[i] }

// wholeLemma gives a lemma that lost its e ("declin") its e again where the
// tables know the whole.
func (v *View) wholeLemma(i int) string {
	l := strings.ToLower(v.Words[i].Lemma)
	if l == "" || l == "_" {
		return v.lowers[i]
	}
	if v.Words[i].UPOS == "VERB" && !v.Lex.Vocabulary[l] && v.Lex.Vocabulary[l+"e"] {
		return l + "e"
	}
	return l
}

// rel is the relation without its subtype.
func (v *View) Rel(i int) string {
	rel, _, _ := strings.Cut(v.Words[i].Deprel, ":")
	return rel
}

// kid is the first child of i in one of the relations (given with or without
// subtype), -1 if none.
func (v *View) Kid(i int, rels ...string) int {
	for _, k := range v.Kids[i] {
		for _, r := range rels {
			if v.Words[k].Deprel == r || v.Rel(k) == r {
				return k
			}
		}
	}
	return -1
}

// sub gives i and the words below it, without those below a word of but.
func (v *View) Sub(i int, but ...int) []int {
	skip := map[int]bool{}
	for _, b := range but {
		skip[b] = true
	}
	var out []int
	var walk func(j, depth int)
	walk = func(j, depth int) {
		if skip[j] || depth > len(v.Words) {
			return
		}
		out = append(out, j)
		for _, k := range v.Kids[j] {
			walk(k, depth+1)
		}
	}
	walk(i, 0)
	sort.Ints(out)
	return out
}

// under reports whether j is i or stands below it.
func (v *View) Under(j, i int) bool {
	for n := 0; j >= 0 && n <= len(v.Words); n++ {
		if j == i {
			return true
		}
		j = v.Words[j].Head
	}
	return false
}

func (v *View) IsPunct(i int) bool {
	for _, r := range v.Toks[i].Text {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r > 0x2100 || r > 0xBF && r < 0x2000 || r == '$' || r == '%' {
			return false
		}
	}
	return true
}

func IsQuoteMark(s string) bool {
	return strings.Trim(s, "\"“”„«»‘’'`") == "" && s != ""
}

// spans turns words into stretches of text: runs parted by more than marks are
// pieces of their own; commas and stops at the edges fall away, quotation marks
// stay.
func (v *View) Spans(words []int) []story.Span {
	in := map[int]bool{}
	for _, w := range words {
		in[w] = true
	}
	var out []story.Span
	for i := 0; i < len(v.Toks); i++ {
		if !in[i] {
			continue
		}
		j := i
		for k := i + 1; k < len(v.Toks) && (in[k] || v.IsPunct(k)); k++ {
			if in[k] {
				j = k
			}
		}
		if s, ok := v.Trimmed(i, j); ok {
			out = append(out, s)
		}
		i = j
	}
	return out
}

// trimmed is the span of tokens a..b without marks at its edges, widened by
// quotation marks that touch it.
func (v *View) Trimmed(a, b int) (story.Span, bool) {
	for a <= b && v.IsPunct(a) && !IsQuoteMark(v.Toks[a].Text) && !opensBracket(v.Toks[a].Text) {
		a++
	}
	for b >= a && v.IsPunct(b) && !IsQuoteMark(v.Toks[b].Text) && !closesBracket(v.Toks[b].Text) {
		b--
	}
	if a > b || a == b && v.IsPunct(a) {
		return story.Span{}, false
	}
	return story.Span{Start: v.Toks[a].Start, End: v.Toks[b].End}, true
}

func opensBracket(s string) bool  { return s == "(" || s == "[" || s == "$" }
func closesBracket(s string) bool { return s == ")" || s == "]" || s == "%" }

// cased reports whether i has a case or mark child with that lemma, also a
// fixed one ("because of").
func (v *View) Cased(i int, lemma string) bool {
	for _, k := range v.Kids[i] {
		if (v.Rel(k) == "case" || v.Rel(k) == "mark") && v.Lemma(k) == lemma {
			return true
		}
	}
	return false
}

func (v *View) Negated(i int) bool {
	for _, k := range v.Kids[i] {
		if l := v.Lemma(k); (v.Rel(k) == "advmod" || v.Rel(k) == "aux" || v.Rel(k) == "cc:preconj") && lexicon.Negations[l] {
			return true
		}
	}
	// "can" and "not" may have been written as one word.
	return i > 0 && v.Lower(i-1) == "cannot"
}

// Passive reports a verb with a passive auxiliary or subject.
func (v *View) Passive(i int) bool {
	return v.Kid(i, "aux:pass", "nsubj:pass", "csubj:pass") >= 0
}

// agent is who stands behind a passive: "by X".
func (v *View) Agent(i int) int {
	for _, k := range v.Kids[i] {
		if v.Words[k].Deprel == "obl:agent" || v.Rel(k) == "obl" && v.Cased(k, "by") && !v.TimeWord(k) {
			return k
		}
	}
	return -1
}

// timeWord keeps "by Friday" from being an agent.
func (v *View) TimeWord(i int) bool {
	switch v.Lower(i) {
	case "time", "then", "now", "email", "phone", "telephone", "percent", "deadline":
		return true
	}
	return v.Words[i].UPOS == "NUM" || v.CalendarWord(i)
}

// calendarWord: a day, month or part of a day speaks for nobody.
func (v *View) CalendarWord(i int) bool {
	switch v.Lower(i) {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
		"year", "month", "week", "night", "morning", "evening", "afternoon", "weekend", "yesterday", "later", "earlier", "tomorrow", "today", "day":
		return true
	}
	return false
}

func (v *View) Texts(a, b int) []string {
	var out []string
	for i := a; i <= b && i < len(v.Toks); i++ {
		out = append(out, v.Toks[i].Text)
	}
	return out
}

func (v *View) KidsIn(i int, rels ...string) []int {
	var out []int
	for _, k := range v.Kids[i] {
		for _, r := range rels {
			if v.Words[k].Deprel == r {
				out = append(out, k)
			}
		}
	}
	return out
}

// quotedNear reports whether word i stands within a quotation.
func (v *View) QuotedNear(i int) bool {
	for _, q := range v.Quotes {
		if q.Contains(v.Toks[i].Span) {
			return true
		}
	}
	return false
}

// touchesQuote reports whether any of the words stands in a quotation.
func (v *View) TouchesQuote(words []int) bool {
	for _, w := range words {
		if v.QuotedNear(w) {
			return true
		}
	}
	return false
}

func (v *View) UpTo(a, b int) []int {
	var out []int
	for w := a; w < b; w++ {
		out = append(out, w)
	}
	return out
}
