package translit

import (
	"bufio"
	"bytes"
	_ "embed" // the tables below
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/klauspost/compress/zstd"
)

//go:embed table.tsv.zst
var packed []byte

//go:embed surnames.tsv
var surnameFile string

type block [256]string

var table = sync.OnceValue(func() *[0x300]*block {
	var out [0x300]*block
	dec, err := zstd.NewReader(nil)
	if err != nil {
		return &out
	}
	defer dec.Close()
	text, err := dec.DecodeAll(packed, nil)
	if err != nil {
		return &out
	}
	s := bufio.NewScanner(bytes.NewReader(text))
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		num, rest, ok := strings.Cut(s.Text(), "\t")
		n, err := strconv.ParseInt(num, 16, 32)
		if !ok || err != nil || n >= int64(len(out)) {
			continue
		}
		b := new(block)
		for i, c := range strings.Split(rest, "\t") {
			if i < 256 {
				b[i] = letters(c)
			}
		}
		out[n] = b
	}
	return &out
})

// letters keeps a-z and 0-9 of a reading: tone, glottal and aspiration marks
// are written by some and left out by others.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// Append adds the reading of one letter or digit.
func Append(dst []byte, r rune) []byte {
	switch {
	case r >= 'A' && r <= 'Z':
		return append(dst, byte(r)+'a'-'A')
	case r < 0x80:
		return append(dst, byte(r))
	}
	if s, ok := own[r]; ok {
		return append(dst, s...)
	}
	if n := int(r >> 8); n < 0x300 {
		if b := table()[n]; b != nil {
			return append(dst, b[r&0xff]...)
		}
	}
	return dst
}

// own readings overrule the table: Persian letters as Persian names are
// written in Latin, hard and soft signs, and the Ukrainian letters.
var own = map[rune]string{
	'ة': "h", 'ى': "a", 'ع': "a", 'ء': "", 'أ': "a", 'إ': "i", 'آ': "a", 'ا': "a", 'ئ': "y", 'ؤ': "w",
	'چ': "ch", 'ژ': "zh", 'گ': "g", 'پ': "p", 'ڤ': "v", 'ې': "e", 'ۀ': "h", 'ہ': "h", 'ھ': "h", 'ے': "e", 'ں': "n", 'ٹ': "t", 'ڈ': "d", 'ڑ': "r",
	'ј': "j", 'ѓ': "gj", 'ќ': "kj", 'ы': "y", 'ь': "", 'ъ': "", 'Ь': "", 'Ъ': "", 'ß': "ss", 'ẞ': "ss",
	'ä': "a", 'ö': "o", 'ü': "u", 'ø': "o", 'å': "a", 'æ': "ae", 'œ': "oe", 'ı': "i", 'İ': "i", 'ə': "a", 'Ə': "a",
}

// Latin gives text in lower-case ASCII, marks as single blanks.
func Latin(s string) string {
	var out []byte
	blank := true
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			n := len(out)
			out = Append(out, r)
			blank = blank && len(out) == n
		case unicode.IsMark(r) || r == '\'' || r == '’' || r == 'ʼ' || r == '`':
		case !blank:
			out = append(out, ' ')
			blank = true
		}
	}
	return strings.TrimRight(string(out), " ")
}

// Consonantal reports scripts that leave out short vowels.
func Consonantal(r rune) bool {
	return r >= 0x590 && r <= 0x5ff || r >= 0x600 && r <= 0x7ff || r >= 0x8a0 && r <= 0x8ff || r >= 0xfb1d && r <= 0xfdff || r >= 0xfe70 && r <= 0xfeff
}

// Han, Hangul and Kana write without blanks between words.
func Han(r rune) bool {
	return r >= 0x3400 && r <= 0x9fff || r >= 0xf900 && r <= 0xfaff || r >= 0x20000 && r <= 0x2ffff
}

// Hangul reports a Korean syllable.
func Hangul(r rune) bool { return r >= 0xac00 && r <= 0xd7a3 }

// Kana reports a Japanese syllable, the length mark and the dot between names
// left out.
func Kana(r rune) bool { return r >= 0x3041 && r <= 0x30fa || r >= 0x31f0 && r <= 0x31ff || r == 'ー' }

// FamilyName splits a Chinese or Korean name written without blanks into the
// readings of its family and given name. ok is false where the first letters
// are no known family name or the length is no name's.
func FamilyName(s string) (family, given string, ok bool) {
	r := []rune(s)
	if len(r) < 2 || len(r) > 4 {
		return "", "", false
	}
	for n := 2; n >= 1; n-- {
		if n >= len(r) {
			continue
		}
		if f, found := surnames().native[string(r[:n])]; found {
			// The table reads as Korean does; in Chinese letters the name is rather
			// Chinese where that reading is known too.
			if own := Latin(string(r[:n])); Han(r[0]) && surnames().alias[own] == f {
				f = own
			}
			return f, Latin(string(r[n:])), true
		}
	}
	return "", "", false
}

type surnameTable struct {
	native map[string]string   // 김 -> kim
	alias  map[string]string   // gim -> kim: the same family in another romanisation
	east   map[string]struct{} // readings that stand first in a name
}

// surnames reads lines of "reading<TAB>native forms<TAB>other romanisations".
var surnames = sync.OnceValue(func() surnameTable {
	t := surnameTable{map[string]string{}, map[string]string{}, map[string]struct{}{}}
	for l := range strings.Lines(surnameFile) {
		f := strings.Split(strings.TrimSpace(l), "\t")
		if len(f) < 2 || strings.HasPrefix(l, "#") {
			continue
		}
		t.east[f[0]] = struct{}{}
		for _, n := range strings.Fields(f[1]) {
			t.native[n] = f[0]
		}
		if len(f) > 2 {
			for _, a := range strings.Fields(f[2]) {
				t.east[a] = struct{}{}
				t.alias[a] = f[0]
			}
		}
	}
	return t
})

// SurnameAlias gives the usual romanisation of a Korean or Chinese family name
// written in another one, for example "rhee" -> "ri".
func SurnameAlias(latin string) string {
	if a, ok := surnames().alias[latin]; ok {
		return a
	}
	return latin
}

// EastAsianSurname reports a reading that stands as family name at the head
// of Chinese, Korean and Vietnamese names.
func EastAsianSurname(latin string) bool {
	_, ok := surnames().east[latin]
	return ok
}
