package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/story"
)

// cutter cuts one text. It holds what the cutting has seen so far.
type cutter struct {
	text  string
	lex   *lexicon
	short map[string]abbreviation
	lang  string
	out   []Token
}

func (c *cutter) emit(a, b int) {
	if a < b {
		c.out = append(c.out, Token{Span: story.Span{Start: a, End: b}, Text: c.text[a:b]})
	}
}

// span appends the tokens of text[a:b].
func (c *cutter) span(a, b int) {
	from := len(c.out)
	for i := a; i < b; {
		if n := spaceAt(c.text, i); n > 0 {
			i += n
			continue
		}
		j, plain := i, true
		for j < b && spaceAt(c.text, j) == 0 {
			plain = plain && isLetter(c.text[j])
			j++
			for j < b && !utf8.RuneStart(c.text[j]) {
				j++
			}
		}
		if plain && j-i < 24 {
			c.word(i, j)
		} else {
			c.chunk(i, j)
		}
		i = j
	}
	for k := from; k < len(c.out); k++ {
		e := c.out[k].End
		c.out[k].SpaceAfter = e >= len(c.text) || spaceAt(c.text, e) > 0
	}
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }
func isDigit(b byte) bool  { return b >= '0' && b <= '9' }

// spaceAt is the number of bytes of white space at i, 0 for none. Zero-width
// marks and byte order marks count as space: pages carry them inside of gaps.
func spaceAt(s string, i int) int {
	switch b := s[i]; {
	case b == ' ' || b >= '\t' && b <= '\r':
		return 1
	case b < utf8.RuneSelf:
		return 0
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u200e' || r == '\u200f' || r == '\u2060' {
		return n
	}
	return 0
}

// word emits a run of letters, cut where the language reads two words.
func (c *cutter) word(a, b int) {
	if n := b - a; n >= 5 && n <= 6 {
		if k := c.lex.cuts[strings.ToLower(c.text[a:b])]; k > 0 && c.lang == "en" {
			c.emit(a, a+k)
			c.emit(a+k, b)
			return
		}
	}
	c.emit(a, b)
}

// chunk cuts a run without white space.
func (c *cutter) chunk(a, b int) {
	if e := c.address(a, b); e > a {
		c.emit(a, e)
		a = e
	}
	for a < b {
		n := c.next(a, b)
		if n <= a {
			n = a + 1
		}
		a = n
	}
}

// address finds a web or mail address at a and gives its end.
func (c *cutter) address(a, b int) int {
	s := c.text[a:b]
	web := strings.HasPrefix(s, "www.") || strings.Contains(s, "://")
	at := strings.IndexByte(s, '@')
	if !web && (at < 0 || at == 0 && len(s) < 2) {
		return a
	}
	if at > 0 && !strings.Contains(s[at:], ".") {
		return a
	}
	if strings.IndexByte("(<[\"'", s[0]) >= 0 || s[0] >= utf8.RuneSelf {
		return a
	}
	e := strings.IndexAny(s, "<>\"“”’[]")
	if e < 0 {
		e = len(s)
	}
	for e > 0 && strings.IndexByte(".,;:!?)'", s[e-1]) >= 0 {
		e--
	}
	return a + e
}

// next emits the token or tokens at a and gives the place after them.
func (c *cutter) next(a, b int) int {
	r, n := utf8.DecodeRuneInString(c.text[a:b])
	switch {
	case ideograph(r):
		c.emit(a, a+n)
		return a + n
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
		return c.wordlike(a, b)
	case r == '\'' || r == '’' || r == '‘' || r == '`':
		return c.apostrophe(a, b, n)
	case (r == '#' || r == '@') && a+n < b && wordByte(c.text[a+n]):
		e := a + n
		for e < b && (wordByte(c.text[e]) || c.text[e] == '_') {
			e++
		}
		if r == '#' && isDigit(c.text[a+n]) {
			e = a + n
		}
		c.emit(a, e)
		return e
	case r == '-' || r == '+':
		if a+n < b && isDigit(c.text[a+n]) && (a == 0 || spaceAt(c.text, a-1) > 0) {
			return c.wordlike(a, b)
		}
		return c.repeat(a, b, "-+")
	case strings.ContainsRune(".!?…", r):
		return c.repeat(a, b, ".!?…")
	case strings.ContainsRune("*=_<>~|", r):
		return c.repeat(a, b, "*=_<>~|")
	}
	c.emit(a, a+n)
	return a + n
}

func wordByte(b byte) bool { return isLetter(b) || isDigit(b) || b >= utf8.RuneSelf }

// ideograph tells scripts written without spaces, cut letter by letter.
func ideograph(r rune) bool {
	return r >= 0x0e00 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar))
}

// repeat emits a run of marks of one set as one token: "...", "?!", "--".
func (c *cutter) repeat(a, b int, set string) int {
	e, same := a, c.text[a]
	for e < b {
		r, n := utf8.DecodeRuneInString(c.text[e:b])
		if !strings.ContainsRune(set, r) || set != ".!?…" && c.text[e] != same {
			break
		}
		e += n
	}
	c.emit(a, e)
	return e
}

// clitics follow an apostrophe at the end of a word.
var clitics = []string{"s", "re", "ve", "ll", "d", "m"}

// apostrophe reads a mark at the start of a token: a quotation mark, a clitic
// left alone ("dogs 's"), a shortened year ('90s), or doubled marks.
func (c *cutter) apostrophe(a, b, n int) int {
	rest := c.text[a+n : b]
	if a+n < b && strings.HasPrefix(c.text[a:b], c.text[a:a+n]+c.text[a:a+n]) {
		c.emit(a, a+2*n) // ''quoted''
		return a + 2*n
	}
	l := 0
	for l < len(rest) && (isLetter(rest[l]) || isDigit(rest[l])) {
		l++
	}
	low := strings.ToLower(rest[:l])
	for _, cl := range clitics {
		if low == cl && (cl == "s" || l > 1) {
			c.emit(a, a+n+l)
			return a + n + l
		}
	}
	if low == "em" || low == "til" || low == "cause" || len(low) >= 2 && isDigit(low[0]) && isDigit(low[1]) && l <= 3 {
		c.emit(a, a+n+l)
		return a + n + l
	}
	c.emit(a, a+n)
	return a + n
}
