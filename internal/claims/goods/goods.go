package goods

import (
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/claims/frames"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// Item is goods, persons or cargo.
type Item struct {
	Item     string     `json:"item"`
	Quantity *float64   `json:"quantity"`        // nil where not given
	Bound    string     `json:"bound,omitempty"` // "at-least", "up-to", "about"
	Unit     string     `json:"unit,omitempty"`
	Span     story.Span `json:"-"`
}

// Amount of money.
type Amount struct {
	Value    float64    `json:"value"`
	Currency string     `json:"currency"` // ISO 4217
	Bound    string     `json:"bound,omitempty"`
	Span     story.Span `json:"-"`
}

// Reader reads the goods of one sentence.
type Reader struct {
	text     string
	sentence prose.Sentence
	clause   *clause.Sentence
	lang     *frames.Language
	names    []name // by token, worked out when first asked for
}

// name is what the classes know of a nominal.
type name struct {
	known  bool
	lemmas []string
	joined string // the whole hyphened word, "" if none
}

// New prepares a sentence of a text.
func New(text string, src prose.Sentence, cl *clause.Sentence, lang *frames.Language) *Reader {
	return &Reader{text: text, sentence: src, clause: cl, lang: lang, names: make([]name, len(src.Tokens))}
}

// Class reports a nominal whose own words name a member of a class.
func (s *Reader) Class(i int, class string) bool {
	n := &s.names[i]
	if !n.known {
		*n = name{true, s.clause.Lemmas(i), s.joined(i)}
	}
	if s.lang.Has(class, n.lemmas) {
		return true
	}
	j := n.joined
	return j != "" && (s.lang.Has(class, []string{j}) || s.lang.Has(class, []string{strings.TrimSuffix(j, "s")}))
}

func (s *Reader) phrase(tokens []int) (string, story.Span) {
	if len(tokens) == 0 {
		return "", story.Span{}
	}
	span := story.Span{Start: s.sentence.Tokens[tokens[0]].Start, End: s.sentence.Tokens[tokens[len(tokens)-1]].End}
	return span.Of(s.text), span
}

// Is reports a nominal that names goods of the class: by its own words,
// or, for a holder or measure ("a shipment of", "tons of", "the first part
// of", "arms deliveries"), by what it holds.
func (s *Reader) Is(i int, class string) bool {
	return s.goods(i, class, 0)
}

func (s *Reader) goods(i int, class string, depth int) bool {
	w := s.clause.Tree.Words[i]
	if w.UPOS == "PRON" || depth > 3 {
		return false
	}
	if s.Class(i, class) {
		return true
	}
	if w.UPOS == "NUM" || w.UPOS == "SYM" || s.Class(i, "container") {
		for _, c := range s.clause.Of(i, "of") {
			if s.goods(c, class, depth+1) {
				return true
			}
		}
		for _, c := range s.clause.Related(i, "compound", "amod") {
			if c < i && s.Class(c, class) {
				return true
			}
		}
	}
	return false
}

// Items reads the nominals as goods, each with its quantity.
func (s *Reader) Items(heads []int) []Item {
	var out []Item
	for _, h := range heads {
		out = append(out, s.Item(h))
	}
	return out
}

// Item reads one nominal as goods.
func (s *Reader) Item(i int) Item {
	it := Item{}
	if of := s.clause.Part(i); of >= 0 { // "one of the 28 bundles"
		it = s.Item(of)
		it.Quantity, it.Bound = nil, ""
		if v, ok := number(s.clause.Tree.Words[i].Form); ok {
			it.Quantity, it.Bound = &v, s.bound(i, i)
		}
		return it
	}
	// "20 tons of steel", "a cache of weapons": the thing is behind the measure.
	if of := s.clause.Of(i, "of"); len(of) > 0 && s.Class(i, "unit") {
		it = s.Item(of[0])
		it.Unit = strings.ToLower(s.clause.Tree.Words[i].Form)
		if q, bound := s.Quantity(i); q != nil {
			it.Quantity, it.Bound = q, bound
		}
		return it
	}
	words := s.nameWords(i)
	_, it.Span = s.phrase(words)
	it.Item = s.singular(words, i)
	it.Quantity, it.Bound = s.Quantity(i)
	if it.Quantity == nil {
		it.Quantity, it.Bound, it.Unit = s.capacity(i)
	}
	return it
}

// nameWords are the words that name the thing: compounds, adjectives, the
// head, and what it is made of.
func (s *Reader) nameWords(i int) []int {
	var out []int
	for _, t := range clause.Contiguous(s.clause.Phrase(i, true), i) {
		w := s.clause.Tree.Words[t]
		if s.beforeName(t, i) || w.UPOS == "PUNCT" && len(out) == 0 {
			if t < i {
				out = out[:0]
			}
			continue
		}
		if t > i && (w.UPOS == "ADP" && s.clause.Lemma(t) != "of" || w.UPOS == "SCONJ" || w.UPOS == "PUNCT") {
			break
		}
		out = append(out, t)
	}
	if len(out) == 0 {
		out = []int{i}
	}
	return out
}

// beforeName reports a word that stands before the name of a thing and is no
// part of it: an article, a count, a possessor, an adverb, a preposition. The
// hyphen of "T-90", and the number behind it, are part of the name.
func (s *Reader) beforeName(t, head int) bool {
	w := s.clause.Tree.Words[t]
	hyphen := w.Form == "-" || t > 0 && s.clause.Tree.Words[t-1].Form == "-"
	switch {
	case w.UPOS == "DET", strings.HasPrefix(w.Deprel, "advmod"), strings.HasPrefix(w.Deprel, "nmod:poss"):
		return true
	case w.UPOS == "NUM", strings.HasPrefix(w.Deprel, "case"):
		return t < head && !hyphen
	}
	return false
}

func (s *Reader) singular(words []int, head int) string {
	text, span := s.phrase(words)
	w := s.clause.Tree.Words[head]
	tok := s.sentence.Tokens[head]
	if w.UPOS != "NOUN" || w.Lemma == "" || tok.Start < span.Start || tok.End > span.End {
		return text
	}
	return text[:tok.Start-span.Start] + w.Lemma + text[tok.End-span.Start:]
}

// Quantity reads the number before a nominal and its bound.
func (s *Reader) Quantity(i int) (*float64, string) {
	for _, c := range s.clause.Related(i, "nummod", "det", "amod") {
		if c > i {
			continue
		}
		v, ok := number(s.clause.Tree.Words[c].Form)
		if !ok {
			continue
		}
		for _, d := range s.clause.Related(c, "compound", "nummod") {
			if m, ok := number(s.clause.Tree.Words[d].Form); ok && (v >= 100 || s.clause.Lemma(c) == "dozen") {
				v *= m
			}
		}
		return &v, s.bound(c, i)
	}
	return s.before(i)
}

// before reads "three captured fighter jets" where the tree hung the number
// elsewhere: a number before the words that stand right before the nominal.
func (s *Reader) before(i int) (*float64, string) {
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		switch w := s.clause.Tree.Words[k]; w.UPOS {
		case "NUM":
			h := w.Head
			v, ok := number(w.Form)
			if !ok || k == i-1 || h >= 0 && h < k || h > i || v >= 1900 && v < 2100 {
				return nil, ""
			}
			return &v, s.bound(k, i)
		case "ADJ", "VERB", "NOUN":
			if w.UPOS == "VERB" && w.XPOS != "VBN" {
				return nil, ""
			}
		default:
			return nil, ""
		}
	}
	return nil, ""
}

// capacity reads "housing for up to 1,500 people".
func (s *Reader) capacity(i int) (*float64, string, string) {
	for _, c := range s.clause.Of(i, "for") {
		if q, bound := s.Quantity(c); q != nil {
			return q, bound, s.clause.Tree.Words[c].Form
		}
	}
	return nil, "", ""
}

var bounds = map[string]string{"least": "at-least", "over": "at-least", "more": "at-least", "than": "", "up": "up-to", "maximum": "up-to", "most": "up-to", "about": "about", "around": "about", "some": "about", "approximately": "about", "roughly": "about", "nearly": "up-to", "almost": "up-to", "estimated": "about"}

// bound looks at the two words before the number.
func (s *Reader) bound(num, _ int) string {
	for t := num - 1; t >= 0 && t >= num-3; t-- {
		if b := bounds[s.clause.Lemma(t)]; b != "" {
			return b
		}
	}
	return ""
}

var numberWords = map[string]float64{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000, "million": 1e6, "billion": 1e9}

func number(s string) (float64, bool) {
	s = strings.ToLower(s)
	if v, ok := numberWords[s]; ok {
		return v, true
	}
	if a, b, ok := strings.Cut(s, "-"); ok {
		x, okA := numberWords[a]
		y, okB := numberWords[b]
		if okA && okB && x >= 20 && y < 10 {
			return x + y, true
		}
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	return v, err == nil && s[0] >= '0' && s[0] <= '9'
}

var currencySigns = map[string]string{"$": "USD", "us$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₽": "RUB", "a$": "AUD", "c$": "CAD"}

var currencyWords = map[string]string{"dollar": "USD", "euro": "EUR", "pound": "GBP", "sterling": "GBP", "yen": "JPY", "ruble": "RUB", "rouble": "RUB", "rial": "IRR", "riyal": "SAR", "dirham": "AED", "franc": "CHF", "yuan": "CNY", "won": "KRW", "rupee": "INR", "naira": "NGN", "usd": "USD", "eur": "EUR", "gbp": "GBP"}

var scales = map[string]float64{"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "hundred": 100}

// AmountIn reads the first sum of money among tokens lo..hi of the sentence.
func (s *Reader) AmountIn(lo, hi int) *Amount {
	toks := s.sentence.Tokens
	for t := max(lo, 0); t <= hi && t < len(toks); t++ {
		sign, digits := splitSum(toks[t].Text)
		if sign != "" && digits == "" && t+1 < len(toks) {
			if a := s.sum(t, t+1, sign, toks[t+1].Text); a != nil {
				return a
			}
		}
		if sign != "" && digits != "" {
			if a := s.sum(t, t, sign, digits); a != nil {
				return a
			}
		}
		if cur := currencyWords[s.clause.Lemma(t)]; cur != "" && t > 0 {
			if a := s.sumBefore(t, cur); a != nil {
				return a
			}
		}
	}
	return nil
}

// splitSum parts "$85,000" or "$5.2bn" into sign and rest; a bare number has no
// sign.
func splitSum(text string) (sign, rest string) {
	low := strings.TrimPrefix(strings.ToLower(text), "-")
	for _, k := range []string{"us$", "a$", "c$", "$", "£", "€", "¥", "₽"} {
		if strings.HasPrefix(low, k) {
			return currencySigns[k], low[len(k):]
		}
	}
	return "", ""
}

// sum reads digits with a scale on or after them.
func (s *Reader) sum(from, at int, currency, digits string) *Amount {
	end := len(digits)
	for end > 0 && (digits[end-1] < '0' || digits[end-1] > '9') {
		end--
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(digits[:end], ",", ""), 64)
	if err != nil {
		return nil
	}
	tail := strings.Trim(strings.ToLower(digits[end:]), "-")
	if tail != "" {
		m, ok := scales[tail]
		if !ok {
			return nil
		}
		v *= m
	} else if at+1 < len(s.sentence.Tokens) {
		if m, ok := scales[strings.Trim(strings.ToLower(s.sentence.Tokens[at+1].Text), "-")]; ok {
			v *= m
			at++
		}
	}
	return &Amount{Value: v, Currency: currency, Bound: s.bound(from, from), Span: story.Span{Start: s.sentence.Tokens[from].Start, End: s.sentence.Tokens[at].End}}
}

// sumBefore reads "50,000 dollars", "two million euros".
func (s *Reader) sumBefore(t int, currency string) *Amount {
	v, from := 0.0, t
	scale := 1.0
	for k := t - 1; k >= 0 && k >= t-4; k-- {
		text := strings.ToLower(s.sentence.Tokens[k].Text)
		if m, ok := scales[text]; ok {
			scale *= m
			from = k
			continue
		}
		if n, ok := number(text); ok {
			v, from = n, k
			break
		}
		if text != "us" && text != "u.s." {
			break
		}
	}
	if v == 0 {
		return nil
	}
	return &Amount{Value: v * scale, Currency: currency, Bound: s.bound(from, t), Span: story.Span{Start: s.sentence.Tokens[from].Start, End: s.sentence.Tokens[t].End}}
}

// IsMoney reports a nominal that is a sum or a word for money.
func (s *Reader) IsMoney(i int) bool {
	if s.Is(i, "money") {
		return true
	}
	p := s.clause.Phrase(i, true)
	return s.AmountIn(p[0], p[len(p)-1]) != nil && (s.clause.Tree.Words[i].UPOS == "SYM" || s.clause.Tree.Words[i].UPOS == "NUM" || currencyWords[s.clause.Lemma(i)] != "" || strings.HasPrefix(s.clause.Tree.Words[i].Form, "$"))
}

// joined is the whole hyphened word around token i in lower case: the tokens
// of "S-300s" stand apart in the tree.
func (s *Reader) joined(i int) string {
	toks := s.sentence.Tokens
	lo, hi := i, i
	for lo >= 2 && toks[lo-1].Text == "-" && toks[lo-1].Start == toks[lo-2].End && toks[lo].Start == toks[lo-1].End {
		lo -= 2
	}
	for hi+2 < len(toks) && toks[hi+1].Text == "-" && toks[hi+1].Start == toks[hi].End && toks[hi+2].Start == toks[hi+1].End {
		hi += 2
	}
	if lo == hi {
		return ""
	}
	text, _ := s.phrase([]int{lo, hi})
	return strings.ToLower(text)
}
