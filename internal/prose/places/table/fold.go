package table

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold brings a name to the form in which names are compared: lower case, no
// diacritics, no full stops or apostrophes, hyphens as spaces, Arabic letters
// without their hamza forms.
func Fold(s string) string {
	return string(AppendFold(nil, s))
}

// AppendFold appends Fold(s) to dst.
func AppendFold(dst []byte, s string) []byte {
	start := len(dst)
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			dst = appendASCII(dst, start, c)
			i++
			continue
		}
		r, w := utf8.DecodeRuneInString(s[i:])
		i += w
		dst = appendRune(dst, start, r)
	}
	for len(dst) > start && dst[len(dst)-1] == ' ' {
		dst = dst[:len(dst)-1]
	}
	return dst
}

func appendASCII(dst []byte, start int, c byte) []byte {
	switch {
	case c >= 'A' && c <= 'Z':
		return append(dst, c+'a'-'A')
	case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
		return append(dst, c)
	case c == '.' || c == '\'' || c == '`':
		return dst
	}
	if len(dst) > start && dst[len(dst)-1] != ' ' {
		return append(dst, ' ')
	}
	return dst
}

// letters that carry no decomposition in Unicode.
var plain = map[rune]string{
	'ł': "l", 'Ł': "l", 'ø': "o", 'Ø': "o", 'đ': "d", 'Đ': "d", 'ß': "ss", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe",
	'ı': "i", 'ħ': "h", 'þ': "th", 'Þ': "th", 'ð': "d", 'Ð': "d", 'ə': "a", 'Ə': "a",
	'ё': "е", 'Ё': "е", 'أ': "ا", 'إ': "ا", 'آ': "ا", 'ٱ': "ا", 'ة': "ه", 'ى': "ي", 'ی': "ي", 'ک': "ك", 'ئ': "ي", 'ؤ': "و",
	'ʼ': "", '’': "", '‘': "", 'ʻ': "", 'ʿ': "", 'ʾ': "", '´': "", '\u0640': "",
}

func appendRune(dst []byte, start int, r rune) []byte {
	if p, ok := plain[r]; ok {
		return append(dst, p...)
	}
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		if r < 0x250 || r >= 0x1e00 && r < 0x1f00 {
			for _, d := range norm.NFD.String(string(r)) {
				if unicode.IsLetter(d) {
					dst = utf8.AppendRune(dst, unicode.ToLower(d))
				}
			}
			return dst
		}
		return utf8.AppendRune(dst, unicode.ToLower(r))
	}
	if unicode.IsMark(r) || r == '\u200c' || r == '\u200f' || r == '\u200e' {
		return dst
	}
	if len(dst) > start && dst[len(dst)-1] != ' ' {
		return append(dst, ' ')
	}
	return dst
}

// Words counts the words of a folded name.
func Words(folded string) int { return strings.Count(folded, " ") + 1 }
