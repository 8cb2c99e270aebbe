package dates

import (
	"unicode"
	"unicode/utf8"
)

// atom is the smallest piece the grammar sees: a run of letters, a run of
// digits, or one mark. The grammar cuts finer than prose.Token ("third-quarter",
// "1990s", "10:35") so that it does not hang on how the splitter treats hyphens,
// colons and abbreviations.
type atom struct {
	start, end int // bytes of the text
	sym        int32
	n          int // value of a run of digits
	digits     int // length of a run of digits, 0 for words and marks
	gap        bool
	upper      bool
	past       bool // ends as past forms of the language do
	live       bool // a word of time stands here or soon after
}

// lex cuts text[start:end] into atoms and appends them to dst.
func (l *language) lex(dst []atom, text string, start, end int) []atom {
	gap := true
	var buf [64]byte
	for i := start; i < end; {
		r, w := utf8.DecodeRuneInString(text[i:end])
		if r <= ' ' || unicode.IsSpace(r) || r == '\u200f' || r == '\u200e' {
			gap = true
			i += w
			continue
		}
		a := atom{start: i, gap: gap}
		gap = false
		switch {
		case unicode.IsDigit(r):
			i = lexDigits(&a, text, i, end)
		case isLetter(r):
			a.upper = unicode.IsUpper(r)
			i = l.lexWord(&a, buf[:0], text, i, end)
		default:
			i += w
			a.sym = l.symbols[string(utf8.AppendRune(buf[:0], plainMark(r)))]
		}
		a.end = i
		dst = append(dst, a)
	}
	return dst
}

func isLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x80 && (unicode.IsLetter(r) || unicode.IsMark(r))
}

func lexDigits(a *atom, text string, i, end int) int {
	for i < end {
		r, w := utf8.DecodeRuneInString(text[i:end])
		d, ok := digitValue(r)
		if !ok {
			break
		}
		if a.digits < 9 {
			a.n = a.n*10 + d
		}
		a.digits++
		i += w
	}
	return max(i, a.start+1)
}

// digitValue knows ASCII, Arabic-Indic and Persian digits; other digits end the
// run.
func digitValue(r rune) (int, bool) {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0'), true
	case r >= '٠' && r <= '٩':
		return int(r - '٠'), true
	case r >= '۰' && r <= '۹':
		return int(r - '۰'), true
	}
	return 0, false
}

func (l *language) lexWord(a *atom, buf []byte, text string, i, end int) int {
	for i < end {
		r, w := utf8.DecodeRuneInString(text[i:end])
		if !isLetter(r) {
			break
		}
		buf = appendFolded(buf, r)
		i += w
	}
	if len(buf) == 1 && i+1 < end && text[i] == '.' { // a.m., B.C.
		if j := l.lexDotted(a, buf, text, i, end); j > 0 {
			return j
		}
	}
	a.sym = l.symbols[string(buf)]
	for _, c := range l.clitics {
		if a.sym == 0 && len(buf) > len(c)+2 && string(buf[:len(c)]) == c {
			a.sym = l.symbols[string(buf[len(c):])]
		}
	}
	a.past = !a.upper && l.endsPast(buf)
	return i
}

func (l *language) endsPast(word []byte) bool {
	for _, s := range l.pastEndings {
		if len(word) > len(s)+2 && string(word[len(word)-len(s):]) == s {
			return true
		}
	}
	return false
}

// plainMark folds typographic variants so that rules need one form.
func plainMark(r rune) rune {
	switch r {
	case '’', '‘', '`', 'ʼ':
		return '\''
	case '–', '—', '‑', '−':
		return '-'
	case '،':
		return ','
	}
	return r
}

// lexDotted keeps "a.m" and "B.C" whole where the vocabulary knows them.
func (l *language) lexDotted(a *atom, buf []byte, text string, i, end int) int {
	r, w := utf8.DecodeRuneInString(text[i+1 : end])
	j := i + 1 + w
	if !isLetter(r) {
		return 0
	}
	if next, _ := utf8.DecodeRuneInString(text[j:end]); j < end && isLetter(next) {
		return 0
	}
	a.sym = l.symbols[string(utf8.AppendRune(append(buf, '.'), unicode.ToLower(r)))]
	if a.sym == 0 {
		return 0
	}
	return j
}

// appendFolded lower-cases, drops Arabic lengthening and vowel signs, and writes
// hamza forms of alif as plain alif.
func appendFolded(buf []byte, r rune) []byte {
	switch r {
	case 'أ', 'إ', 'آ':
		r = 'ا'
	case '\u0640':
		return buf
	}
	if unicode.Is(unicode.Mn, r) {
		return buf
	}
	return utf8.AppendRune(buf, unicode.ToLower(r))
}

// foldWord folds a word of the data files as lexWord folds those of the text.
func foldWord(s string) string {
	var buf []byte
	for _, r := range s {
		buf = appendFolded(buf, r)
	}
	return string(buf)
}

// keyReach is how many atoms before a word of time an expression can begin.
const keyReach = 7

// markKeys marks the atoms from which an expression can begin, so that "the" and
// "in" far from any word of time cost nothing.
func (l *language) markKeys(as []atom) {
	left := 0
	for i := len(as) - 1; i >= 0; i-- {
		if as[i].digits > 0 || l.key[as[i].sym] {
			left = keyReach
		}
		as[i].live = left > 0
		left--
	}
}
