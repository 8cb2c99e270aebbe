package echoes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// token is a word or number of a story.
type token struct {
	*word
	start, end int
	capital    bool
	initial    bool // first of a sentence
	quoted     bool // inside a quotation or a first-person sentence
	digits     bool
}

// fold takes case and accents away.
func fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// firstPerson are words of somebody who speaks for himself: a letter or a
// statement printed in full, which two outlets may have from its writer.
var firstPerson = map[string]bool{
	"i": true, "my": true, "me": true, "myself": true, "im": true, "ive": true, "ill": true,
	"je": true, "mon": true, "mes": true, "moi": true,
	"я": true, "мне": true, "меня": true, "мой": true, "моя": true, "мои": true,
}

// cut gives the tokens of a paragraph that starts at byte base of the text.
func (m *memory) cut(par string, base int, out []token) []token {
	first := len(out)
	sentence := first
	initial, quoted, person := true, false, false
	open := 0 // token count where the quotation began
	close := func() {
		if person {
			for i := sentence; i < len(out); i++ {
				out[i].quoted = true
			}
		}
		sentence, person, initial = len(out), false, true
	}
	for i := 0; i < len(par); {
		r, n := utf8.DecodeRuneInString(par[i:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			end := wordEnd(par, i)
			t := token{start: base + i, end: base + end, capital: unicode.IsUpper(r), initial: initial, quoted: quoted, digits: unicode.IsDigit(r)}
			t.word = m.word(par[i:end], t.digits)
			if quoted && len(out)-open > longestQuote { // a mark that was never closed
				quoted = false
				for k := open; k < len(out); k++ {
					out[k].quoted = false
				}
			}
			person = person || t.person
			out = append(out, t)
			initial = false
			i = end
			continue
		case r == '“' || r == '«' || r == '„':
			quoted, open = true, len(out)
		case r == '”' || r == '»':
			quoted = false
		case r == '"':
			quoted, open = opens(par, i), len(out)
		case (r == '.' || r == '!' || r == '?' || r == '؟' || r == '。') && (i+n >= len(par) || !isWord(par[i+n:])):
			close()
		}
		i += n
	}
	close()
	return out
}

const longestQuote = 250 // tokens

// opens tells whether the straight mark at i opens a quotation: a word follows
// and none precedes.
func opens(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	return isWord(s[i+1:]) && !unicode.IsLetter(before) && !unicode.IsDigit(before) && before != '.' && before != ','
}

func isWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// wordEnd finds the end of a word; numbers keep separators between digits,
// words keep apostrophes, and ideographs stand alone.
func wordEnd(s string, i int) int {
	r, n := utf8.DecodeRuneInString(s[i:])
	if unicode.Is(unicode.Han, r) {
		return i + n
	}
	number := unicode.IsDigit(r)
	j := i + n
	for j < len(s) {
		r, n := utf8.DecodeRuneInString(s[j:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
			if unicode.Is(unicode.Han, r) {
				return j
			}
		case number && (r == '.' || r == ',') && j+n < len(s) && unicode.IsDigit(rune(s[j+n])):
		case !number && (r == '\'' || r == '’') && isWord(s[j+n:]):
		default:
			return j
		}
		j += n
	}
	return j
}

var apostrophes = strings.NewReplacer("'", "", "’", "")

func foldWord(w string, digits bool) string {
	if !digits {
		f := fold(w)
		if strings.ContainsAny(f, "'’") {
			return apostrophes.Replace(f)
		}
		return f
	}
	var b strings.Builder
	for i, r := range w {
		switch {
		case unicode.IsDigit(r):
			b.WriteByte(byte('0' + digitValue(r)))
		case (r == ',' || r == '.') && len(w)-i-1 == 3:
			// a thousands separator: 1,200 and 1.200 are 1200
		case r == ',' && len(w)-i > 4:
		case r == '.' || r == ',':
			b.WriteByte('.')
		default:
			b.WriteString(fold(string(r)))
		}
	}
	return b.String()
}

// digitValue of a decimal digit of any script: each has its ten in a row.
func digitValue(r rune) rune {
	if r >= '0' && r <= '9' {
		return r - '0'
	}
	zero := r
	for unicode.IsDigit(zero-1) && r-zero < 9 {
		zero--
	}
	return r - zero
}
