package claims

import (
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/story"
)

// isGoods reports a nominal that names goods of the class: by its own words,
// or, for a holder or measure ("a shipment of", "tons of", "the first part
// of", "arms deliveries"), by what it holds.
func (r *reader) isGoods(s *sentence, i int, class string) bool {
	return r.goods(s, i, class, 0)
}

func (r *reader) goods(s *sentence, i int, class string, depth int) bool {
	w := s.cl.Tree.Words[i]
	if w.UPOS == "PRON" || depth > 3 {
		return false
	}
	if r.isClass(s, i, class) {
		return true
	}
	if w.UPOS == "NUM" || w.UPOS == "SYM" || r.isClass(s, i, "container") {
		for _, c := range s.cl.Of(i, "of") {
			if r.goods(s, c, class, depth+1) {
				return true
			}
		}
		for _, c := range s.cl.Related(i, "compound", "amod") {
			if c < i && r.isClass(s, c, class) {
				return true
			}
		}
	}
	return false
}

// items reads the nominals as goods, each with its quantity.
func (r *reader) items(s *sentence, heads []int) []Item {
	var out []Item
	for _, h := range heads {
		out = append(out, r.item(s, h))
	}
	return out
}

func (r *reader) item(s *sentence, i int) Item {
	it := Item{}
	if of := s.cl.Part(i); of >= 0 { // "one of the 28 bundles"
		it = r.item(s, of)
		it.Quantity, it.Bound = nil, ""
		if v, ok := number(s.cl.Tree.Words[i].Form); ok {
			it.Quantity, it.Bound = &v, r.bound(s, i, i)
		}
		return it
	}
	// "20 tons of steel", "a cache of weapons": the thing is behind the measure.
	if of := s.cl.Of(i, "of"); len(of) > 0 && r.isClass(s, i, "unit") {
		it = r.item(s, of[0])
		it.Unit = strings.ToLower(s.cl.Tree.Words[i].Form)
		if q, bound := r.quantity(s, i); q != nil {
			it.Quantity, it.Bound = q, bound
		}
		return it
	}
	words := r.nameWords(s, i)
	_, it.Span = r.phrase(s, words)
	it.Item = r.singular(s, words, i)
	it.Quantity, it.Bound = r.quantity(s, i)
	if it.Quantity == nil {
		it.Quantity, it.Bound, it.Unit = r.capacity(s, i)
	}
	return it
}

// nameWords are the words that name the thing: compounds, adjectives, the
// head, and what it is made of.
func (r *reader) nameWords(s *sentence, i int) []int {
	var out []int
	for _, t := range contiguous(s.cl.Phrase(i, true), i) {
		w := s.cl.Tree.Words[t]
		if w.UPOS == "DET" || w.UPOS == "NUM" && t < i && !(t > 0 && s.cl.Tree.Words[t-1].Form == "-") || strings.HasPrefix(w.Deprel, "case") && t < i || strings.HasPrefix(w.Deprel, "advmod") || strings.HasPrefix(w.Deprel, "nmod:poss") || w.UPOS == "PUNCT" && len(out) == 0 {
			if t < i {
				out = out[:0]
			}
			continue
		}
		if t > i && (w.UPOS == "ADP" && s.cl.Lemma(t) != "of" || w.UPOS == "SCONJ" || w.UPOS == "PUNCT") {
			break
		}
		out = append(out, t)
	}
	if len(out) == 0 {
		out = []int{i}
	}
	return out
}

func (r *reader) singular(s *sentence, words []int, head int) string {
	text, span := r.phrase(s, words)
	w := s.cl.Tree.Words[head]
	tok := s.src.Tokens[head]
	if w.UPOS != "NOUN" || w.Lemma == "" || tok.Start < span.Start || tok.End > span.End {
		return text
	}
	return text[:tok.Start-span.Start] + w.Lemma + text[tok.End-span.Start:]
}

// quantity reads the number before a nominal and its bound.
func (r *reader) quantity(s *sentence, i int) (*float64, string) {
	for _, c := range s.cl.Related(i, "nummod", "det", "amod") {
		if c > i {
			continue
		}
		v, ok := number(s.cl.Tree.Words[c].Form)
		if !ok {
			continue
		}
		for _, d := range s.cl.Related(c, "compound", "nummod") {
			if m, ok := number(s.cl.Tree.Words[d].Form); ok && v >= 100 {
				v *= m
			}
		}
		return &v, r.bound(s, c, i)
	}
	return nil, ""
}

// capacity reads "housing for up to 1,500 people".
func (r *reader) capacity(s *sentence, i int) (*float64, string, string) {
	for _, c := range s.cl.Of(i, "for") {
		if q, bound := r.quantity(s, c); q != nil {
			return q, bound, s.cl.Tree.Words[c].Form
		}
	}
	return nil, "", ""
}

var bounds = map[string]string{"least": "at-least", "over": "at-least", "more": "at-least", "than": "", "up": "up-to", "maximum": "up-to", "most": "up-to", "about": "about", "around": "about", "some": "about", "approximately": "about", "roughly": "about", "nearly": "up-to", "almost": "up-to", "estimated": "about"}

// bound looks at the two words before the number.
func (r *reader) bound(s *sentence, num, _ int) string {
	for t := num - 1; t >= 0 && t >= num-3; t-- {
		if b := bounds[s.cl.Lemma(t)]; b != "" {
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

// amountIn reads the first sum of money among tokens lo..hi of the sentence.
func (r *reader) amountIn(s *sentence, lo, hi int) *Amount {
	toks := s.src.Tokens
	for t := max(lo, 0); t <= hi && t < len(toks); t++ {
		sign, digits := splitSum(toks[t].Text)
		if sign != "" && digits == "" && t+1 < len(toks) {
			if a := r.sum(s, t, t+1, sign, toks[t+1].Text); a != nil {
				return a
			}
		}
		if sign != "" && digits != "" {
			if a := r.sum(s, t, t, sign, digits); a != nil {
				return a
			}
		}
		if cur := currencyWords[s.cl.Lemma(t)]; cur != "" && t > 0 {
			if a := r.sumBefore(s, t, cur); a != nil {
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
func (r *reader) sum(s *sentence, from, at int, currency, digits string) *Amount {
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
	} else if at+1 < len(s.src.Tokens) {
		if m, ok := scales[strings.Trim(strings.ToLower(s.src.Tokens[at+1].Text), "-")]; ok {
			v *= m
			at++
		}
	}
	return &Amount{Value: v, Currency: currency, Bound: r.bound(s, from, from), Span: story.Span{Start: s.src.Tokens[from].Start, End: s.src.Tokens[at].End}}
}

// sumBefore reads "50,000 dollars", "two million euros".
func (r *reader) sumBefore(s *sentence, t int, currency string) *Amount {
	v, from := 0.0, t
	scale := 1.0
	for k := t - 1; k >= 0 && k >= t-4; k-- {
		text := strings.ToLower(s.src.Tokens[k].Text)
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
	return &Amount{Value: v * scale, Currency: currency, Bound: r.bound(s, from, t), Span: story.Span{Start: s.src.Tokens[from].Start, End: s.src.Tokens[t].End}}
}

// isMoney reports a nominal that is a sum or a word for money.
func (r *reader) isMoney(s *sentence, i int) bool {
	if r.isGoods(s, i, "money") {
		return true
	}
	p := s.cl.Phrase(i, true)
	return r.amountIn(s, p[0], p[len(p)-1]) != nil && (s.cl.Tree.Words[i].UPOS == "SYM" || s.cl.Tree.Words[i].UPOS == "NUM" || currencyWords[s.cl.Lemma(i)] != "" || strings.HasPrefix(s.cl.Tree.Words[i].Form, "$"))
}
