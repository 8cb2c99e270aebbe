package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// wordlike emits the word or number at a, with its clitics, and gives the
// place after it. Joiners between letters are kept or cut as UD EWT does.
func (c *cutter) wordlike(a, b int) int {
	e := a
	for e < b {
		r, n := utf8.DecodeRuneInString(c.text[e:b])
		if unicode.IsLetter(r) && !ideograph(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_' || e == a {
			e += n
			continue
		}
		k := c.joiner(a, e, b, r, n)
		if k == 0 {
			break
		}
		e += k
	}
	e = c.stop(a, e, b)
	c.clitic(a, e)
	return e
}

// joiner decides whether the mark r at e, between text[a:e] and what follows,
// stays inside the word; it gives the bytes to step over.
func (c *cutter) joiner(a, e, b int, r rune, n int) int {
	if e+n >= b {
		return 0
	}
	before, after := c.text[e-1], c.text[e+n]
	digits := isDigit(before) && isDigit(after)
	switch r {
	case '.':
		return c.dot(a, e, b)
	case ',', ':', '/':
		if digits && (r != '/' || dateLike(c.text[a:b])) {
			return n
		}
	case '\'', '’':
		if wordByte(after) && wordByte(before) && !(after >= utf8.RuneSelf && !letterAt(c.text, e+n)) {
			return n
		}
	case '&':
		if isUpper(before) && isUpper(after) {
			return n
		}
	case '@', '٫', '٬':
		if wordByte(after) {
			return n
		}
	case '-', '‑', '\u00ad':
		if r != '-' || c.hyphen(a, e, b) {
			return n
		}
	}
	return 0
}

func isUpper(b byte) bool { return b >= 'A' && b <= 'Z' }

func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}

// dateLike tells 9/11/2001 and 9/11, which stay whole, from 100/200.
func dateLike(s string) bool {
	run, parts := 0, 1
	for i := 0; i < len(s) && (isDigit(s[i]) || s[i] == '/'); i++ {
		if s[i] == '/' {
			if run > 2 && parts > 1 {
				return false
			}
			run, parts = 0, parts+1
			continue
		}
		run++
	}
	return parts <= 3
}

// dot decides a full stop inside a run: decimal, acronym, address or a missing
// space after a sentence ("left.The").
func (c *cutter) dot(a, e, b int) int {
	before, after := c.text[e-1], c.text[e+1]
	if isDigit(after) && (isDigit(before) || before == '-' || before == '+') {
		return 1
	}
	if !wordByte(after) || !wordByte(before) {
		return 0
	}
	part := c.text[a+strings.LastIndexByte(c.text[a:e], '.')+1 : e]
	if utf8.RuneCountInString(part) == 1 { // U.S, a.m, т.е
		return 1
	}
	if before >= utf8.RuneSelf || after >= utf8.RuneSelf {
		return 0
	}
	if isUpper(after) && !isUpper(before) { // left.The
		return 0
	}
	if c.short[strings.ToLower(c.text[a:e])] != notShort { // Sept.11
		return 0
	}
	rest := c.text[e+1 : b] // site.com, file.doc
	l := 0
	for l < len(rest) && wordByte(rest[l]) {
		l++
	}
	if l <= 4 || strings.Contains(rest, ".") || isDigit(before) {
		return 1
	}
	return 0
}

// hyphen tells the hyphens that EWT keeps: after a prefix ("non-state"),
// between numbers of a phone number or code, and in e-mail.
func (c *cutter) hyphen(a, e, b int) bool {
	first, after := c.text[a:e], c.text[e+1]
	if k := strings.LastIndexByte(first, '-'); k >= 0 && !isDigit(first[0]) && c.lang == "en" {
		return false
	}
	if c.lang != "en" {
		return wordByte(after) && wordByte(c.text[e-1])
	}
	if isDigit(after) && isDigit(c.text[e-1]) {
		n := strings.Count(c.text[a:b], "-")
		return n >= 2 || e-a == 3 && digitsAfter(c.text[e+1:b]) == 4
	}
	if !isLetter(after) {
		return false
	}
	return len(first) <= 7 && c.lex.class["prefix"][strings.ToLower(first)]
}

func digitsAfter(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// stop takes a full stop at e into the word where it shortens it.
func (c *cutter) stop(a, e, b int) int {
	if e >= b || c.text[e] != '.' || strings.HasPrefix(c.text[e:b], "..") {
		return e
	}
	w := c.text[a:e]
	if strings.Contains(w, ".") && !isDigit(w[len(w)-1]) && acronym(w) {
		return e + 1
	}
	r, n := utf8.DecodeRuneInString(w)
	if n == len(w) && unicode.IsUpper(r) && r != 'I' {
		return e + 1
	}
	if len(w) > 12 {
		return e
	}
	switch c.short[strings.ToLower(w)] {
	case title, open:
		return e + 1
	case number: // "No. 5", but "He said no."
		k := e + 1
		for k < len(c.text) && c.text[k] == ' ' {
			k++
		}
		if k < len(c.text) && isDigit(c.text[k]) {
			return e + 1
		}
	}
	return e
}

// acronym tells U.S, a.m, i.e from words joined by a stop.
func acronym(w string) bool {
	for part := range strings.SplitSeq(w, ".") {
		if utf8.RuneCountInString(part) > 2 {
			return false
		}
	}
	return true
}

// clitic emits text[a:e] and parts what EWT reads as words of their own.
func (c *cutter) clitic(a, e int) {
	w := c.text[a:e]
	q := strings.LastIndexAny(w, "'’")
	if q < 0 {
		c.unit(a, e)
		return
	}
	m := 1
	if w[q] != '\'' {
		q = strings.LastIndex(w, "’")
		m = len("’")
	}
	if q <= 0 {
		c.emit(a, e)
		return
	}
	if c.lang != "en" {
		c.elision(a, e, q+m)
		return
	}
	tail := strings.ToLower(w[q+m:])
	if tail == "t" && q > 1 && w[q-1]|0x20 == 'n' { // do|n't, ca|n't, wo|n't
		c.emit(a, a+q-1)
		c.emit(a+q-1, e)
		return
	}
	for _, cl := range clitics {
		if tail == cl {
			c.emit(a, a+q)
			c.emit(a+q, e)
			return
		}
	}
	c.emit(a, e)
}

// elision parts l'homme and qu'il.
func (c *cutter) elision(a, e, cut int) {
	if c.lex.class["elided"][strings.ToLower(strings.TrimRight(c.text[a:a+cut], "'’"))] {
		c.emit(a, a+cut)
		c.emit(a+cut, e)
		return
	}
	c.emit(a, e)
}

// unit parts a number from the letters of its unit: 10|am, 500|kg.
func (c *cutter) unit(a, e int) {
	k := e
	for k > a && isLetter(c.text[k-1]) {
		k--
	}
	if k > a && k < e && e-k <= 4 && isDigit(c.text[k-1]) && c.lex.class["unit"][strings.ToLower(c.text[k:e])] && digitsOnly(c.text[a:k]) {
		c.emit(a, k)
		c.emit(k, e)
		return
	}
	c.word(a, e)
}

func digitsOnly(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) && strings.IndexByte(".,:", s[i]) < 0 {
			return false
		}
	}
	return true
}
