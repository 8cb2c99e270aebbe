package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/names/translit"
)

// Word is one word of a name.
type Word struct {
	Start, End int    // bytes of the original
	Text       string // lower-case Latin letters and digits
	Key        string // sound.Key, or the key with half-vowels dropped
	Kept       string // the key with half-vowels kept, where the script leaves them open
	Kind       Kind
	Weight     float64 // what the word says, set by Parse
	Rare       float64 // what the name it spells says, all its spellings taken together; set by Parse
	Consonants bool    // read from a script without short vowels
	dotted     bool    // one letter before a dot
	row        int32   // of variants.tsv, set by Parse
	syllables  int8    // of a word made of East Asian syllables, set by Parse
	clan       bool    // an East Asian family name, set by Parse
	letters    sound.Letters
	native     string // Korean syllables
}

// Row tells words of variants.tsv that are spellings of one given name: they
// have one row. 0 = not in the table.
func (w *Word) Row() int32 { return w.row }

// ShortForms are the words of which w is a known short or long form.
func ShortForms(w string) []string { return nicknames()[w] }

// MaxWords is the number of words of one name that are read; what follows is
// no name.
const MaxWords = 32

// WordAt reads one word of a text that was cut already; compounds of several
// words are joined by Compose.
func WordAt(text string, start, end int) Word { return wordOf(text[start:end], start, end) }

// Compose joins the Arabic compounds among words (Abd al-Rahman, Nur al-Din).
func Compose(ws []Word) []Word { return compose(ws) }

// Native is a Korean word in its own script, "" for others.
func (w *Word) Native() string { return w.native }

// Words cuts a name into words. It never fails; text without letters gives
// none.
func Words(s string) []Word {
	var out []Word
	for i := 0; i < len(s) && len(out) < 2*MaxWords; {
		start, end, next := nextWord(s, i)
		if start < 0 {
			break
		}
		out = appendWord(out, s, start, end)
		i = next
	}
	out = joinDotted(compose(out))
	if len(out) > MaxWords {
		out = out[:MaxWords]
	}
	return out
}

func apostrophe(r rune) bool {
	switch r {
	case '\'', '’', 'ʼ', '‘', 'ʻ', '`', '´', 'ʿ', 'ʾ', '′':
		return true
	}
	return false
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\u00ad' || r == '\u200b' || r == '\u0640'
}

// nextWord finds the next run of letters, digits and inner apostrophes. The
// English possessive is left out of the word.
func nextWord(s string, from int) (start, end, next int) {
	start = -1
	for i := from; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case inWord(r):
			if start < 0 {
				start = i
			}
			i += n
		case start >= 0 && apostrophe(r) && letterAt(s, i+n):
			if possessive(s, i+n) {
				return start, i, i + n + 1
			}
			i += n
		case start >= 0:
			return start, i, i
		default:
			i += n
		}
	}
	return start, len(s), len(s)
}

func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}

// possessive reports a lone s or S at i that ends the word.
func possessive(s string, i int) bool {
	if s[i] != 's' && s[i] != 'S' {
		return false
	}
	if i+1 == len(s) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s[i+1:])
	return !inWord(r) && !apostrophe(r)
}

func appendWord(out []Word, s string, start, end int) []Word {
	piece := s[start:end]
	first, _ := utf8.DecodeRuneInString(piece)
	if translit.Han(first) || translit.Hangul(first) {
		if f, g, ok := translit.FamilyName(piece); ok {
			_, n := utf8.DecodeRuneInString(piece)
			if fam := len(piece) / utf8.RuneLen(first); fam > 3 {
				n *= 2
			}
			family, given := word(f, start, start+n), word(g, start+n, end)
			if translit.Hangul(first) {
				family.native, given.native = piece[:n], piece[n:]
			}
			return append(out, family, given)
		}
	}
	w := wordOf(piece, start, end)
	if w.Text == "" {
		return out
	}
	w.dotted = utf8.RuneCountInString(piece) == 1 && end < len(s) && s[end] == '.'
	return append(out, w)
}

func word(text string, start, end int) Word {
	return Word{Start: start, End: end, Text: text, Key: sound.Key(text)}
}

// wordOf folds one word of any script.
func wordOf(piece string, start, end int) Word {
	first, _ := utf8.DecodeRuneInString(piece)
	if translit.Consonantal(first) {
		piece = article(piece)
		w := Word{Start: start, End: end, Text: fold(piece), Consonants: true}
		w.Key, w.Kept = sound.ConsonantKey(w.Text)
		return w
	}
	return word(fold(piece), start, end)
}

// article takes the Arabic article off a word that stays long enough without.
func article(w string) string {
	for _, p := range []string{"ال", "אל־"} {
		if rest, ok := strings.CutPrefix(w, p); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest
		}
	}
	return w
}

func fold(piece string) string {
	var buf [64]byte
	return string(AppendFold(buf[:0], piece))
}

// AppendFold appends one word in lower-case Latin letters and digits.
func AppendFold(dst []byte, piece string) []byte {
	start := len(dst)
	out := dst
	for _, r := range piece {
		if unicode.IsMark(r) && r < 0x900 || apostrophe(r) {
			continue // accents of Latin, Cyrillic, Arabic; Indic vowel signs stay
		}
		out = translit.Append(out, r)
	}
	keep := out[:start]
	for _, c := range out[start:] {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			keep = append(keep, c)
		}
	}
	return keep
}

// Fold gives the words of a name, folded and parted by blanks: one form for
// all capitals, accents, scripts and punctuation.
func Fold(s string) string {
	var b strings.Builder
	for i, w := range Words(s) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.Text)
	}
	return b.String()
}

// joinDotted makes one word of letters with dots: S.A.R.L., O.O.O., U.S.
// Initials of persons come out as one word too; Compare opens it again.
func joinDotted(ws []Word) []Word {
	out := ws[:0]
	for _, w := range ws {
		if n := len(out); n > 0 && w.dottedLetter() && out[n-1].dotted && w.Start-out[n-1].End == 1 {
			out[n-1].Text += w.Text
			out[n-1].Key = sound.Key(out[n-1].Text)
			out[n-1].End = w.End
			out[n-1].dotted = w.dotted
			continue
		}
		out = append(out, w)
	}
	return out
}

func (w Word) dottedLetter() bool { return w.dotted || len(w.Text) == 1 }
