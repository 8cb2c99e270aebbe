package names

import (
	"github.com/reportedly/reportedly/internal/names/sound"
)

// Reason is why two words are alike.
type Reason uint8

const (
	none Reason = iota
	same
	sameNumber
	anInitial
	sameParticle
	aParticle
	oneMeaning
	sameName
	otherName
	sameSound
	sameFamily
	shortForm
	otherSpelling
	sameConsonants
	likeConsonants
	partedOtherwise
	withArticle
	firstLetters
	otherSyllable
)

var reasonText = [...]string{"", "the same", "the same number", "an initial", "the same particle", "a particle", "words of one meaning", "the same name", "another name",
	"the same sound", "the same family name in another romanisation", "a short form", "another spelling", "the same consonants", "like consonants", "words parted otherwise", "the article is written with the word", "first letters", "other syllables"}

func (r Reason) String() string { return reasonText[r] }

// WordLikeness is how alike two words of names are, 0..1.
func WordLikeness(x, y Word) float64 {
	x.Ready()
	y.Ready()
	return Likeness(&x, &y)
}

// Likeness is WordLikeness of words that are Ready.
func Likeness(x, y *Word) float64 {
	l, _ := wordLikeness(x, y)
	return l
}

// wordLikeness compares two words and says why they are alike.
func wordLikeness(x, y *Word) (float64, Reason) {
	switch {
	case x.Text == y.Text && (x.native == y.native || x.native == "" || y.native == ""):
		return 1, same
	case x.native != "" && y.native != "" && x.native != y.native:
		return koreanLikeness(x.native, y.native), otherSyllable
	case x.Kind == Number || y.Kind == Number:
		if x.Kept != "" && (x.Kept == y.Kept || x.Kept == "="+y.Text) || y.Kept != "" && y.Kept == "="+x.Text {
			return 0.98, sameNumber
		}
		return 0, none
	case x.Kind == Initial || y.Kind == Initial:
		if x.Text[0] == y.Text[0] && x.Kind != y.Kind {
			return 0.8, anInitial
		}
		return 0, none
	case x.Kind == Particle && y.Kind == Particle:
		if x.Key == y.Key {
			return 0.95, sameParticle
		}
		return 0.7, aParticle
	case x.Kept != "" && x.Kept == y.Kept && x.Kept[0] == '=':
		return 0.96, oneMeaning
	case x.Consonants || y.Consonants:
		return consonantLikeness(x, y)
	}
	if x.Key != y.Key && !x.letters.Maybe(y.letters) && x.row|y.row == 0 && x.Kept == "" && y.Kept == "" {
		return 0, none
	}
	l := sound.Likeness(x.Text, y.Text)
	if sx, sy := servantOf(x.Text), servantOf(y.Text); sx != "" && sy != "" && x.Key != y.Key {
		// Abd al-Manan and Abd al-Majid share what says nothing.
		if rest := sound.Likeness(sx, sy); rest < otherMaster {
			return rest, otherSpelling
		}
	}
	if l > ofFamily && (derived(x, y) || derived(y, x)) {
		return ofFamily, otherName
	}
	if rx, ry := x.row, y.row; rx != 0 && ry != 0 {
		if rx == ry {
			return max(l, 0.97), sameName
		}
		return min(l, 0.55), otherName
	}
	if x.Key != y.Key && l < 0.9 {
		l = slip(x, y, l)
	}
	if x.Key == y.Key && len(x.Key) == 1 && l < 0.8 && max(len(x.Text), len(y.Text)) <= 4 && vowelEnd(x.Text) == vowelEnd(y.Text) {
		return 0.8, sameSound // Xi, Shi
	}
	if x.Key == y.Key && len(x.Key) > 1 {
		// The same consonants: another romanisation, unless the vowels of a short word differ.
		// Ahmad and Ahmadi, Islam and Islami are two names.
		if len(x.Key) > 2 && l > 0.5 && endsInI(x.Text) == endsInI(y.Text) {
			if l < 0.7 {
				return l + (1-l)*soundLift/2, sameSound
			}
			return l + (1-l)*soundLift, sameSound
		}
	}
	if kept(x, y) {
		return max(l, 0.93), sameFamily
	}
	if l < 0.9 && nickname(x.Text, y.Text) {
		return 0.9, shortForm
	}
	if l < 0.86 && (shortened(x, y) || shortened(y, x)) {
		return 0.86, shortForm
	}
	if l < 0.9 {
		if r := max(joinedArticle(x.Text, y.Text), joinedArticle(y.Text, x.Text)); r > l {
			return r, withArticle
		}
	}
	if len(x.Text) > 4 && len(y.Text) > 4 && l < alike && sound.JaroWinkler(x.Text, y.Text) > 0.92 {
		l = alike
	}
	return l, otherSpelling
}

// ofFamily is how like a given name is to the family name made of it.
const ofFamily = 0.75

// derived reports a family name made of a given name in -i: Rahmani of Rahman.
func derived(long, short *Word) bool {
	n := len(short.Text)
	return len(long.Text) == n+1 && long.Text[n] == 'i' && n > 3 && long.Text[:n] == short.Text && long.row == 0 && !vowelEnd(short.Text) && (short.row != 0 || Worldwide(short.Text) >= 100)
}

func endsInI(s string) bool { return s[len(s)-1] == 'i' || s[len(s)-1] == 'y' }

func kept(x, y *Word) bool {
	return x.Kept != "" && x.Kept[0] != '=' && (x.Kept == y.Kept || x.Kept == y.Key) || y.Kept != "" && y.Kept[0] != '=' && y.Kept == x.Key
}

// consonantLikeness compares a word without vowels: both readings of its
// half-vowels are tried.
func consonantLikeness(x, y *Word) (float64, Reason) {
	best := 0.0
	for _, kx := range [2]string{x.Key, x.Kept} {
		for _, ky := range [2]string{y.Key, y.Kept} {
			if kx == "" || ky == "" {
				continue
			}
			if kx == ky {
				if len(kx) == 1 && (len(x.Text) > 4 || len(y.Text) > 4) {
					return 0.75, sameConsonants
				}
				return 0.96, sameConsonants
			}
			best = max(best, keyLikeness(kx, ky))
		}
	}
	return best, likeConsonants
}

// keyLikeness of two consonant keys; a T for an S (ذ ض ظ) or a head vowel more
// is what transcriptions of Arabic change.
func keyLikeness(a, b string) float64 {
	n := max(len(a), len(b))
	if n < 4 || abs(len(a)-len(b)) > 2 {
		return 0
	}
	var bufA, bufB [32]byte
	x, y := openKey(bufA[:0], a), openKey(bufB[:0], b)
	if string(x) == string(y) {
		return 0.88
	}
	d := sound.Distance(x, y)
	return 1 - float64(d)/float64(100*n)*1.1
}

func openKey(dst []byte, k string) []byte {
	for i := range min(len(k), cap(dst)) {
		c := k[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c == 't' {
			c = 's'
		}
		dst = append(dst, c)
	}
	return dst
}

// slip corrects the likeness of words that do not sound the same. A slip of pen
// or ear changes a letter or two: what differs in three or more is another
// word, however long. Where nobody is known to bear either word, one turn of
// its consonants is a slip too (Droukdel, Dardakil).
func slip(x, y *Word, l float64) float64 {
	if e := sound.Edits(x.Text, y.Text); e >= 3 {
		l -= otherWord * float64(min(e, 5)-2)
		if l < turned && len(x.Key) >= 4 && len(y.Key) >= 4 && sound.Edits(x.Key, y.Key) == 1 && Bearers(x.Text)+Bearers(y.Text) < 3 {
			return turned
		}
	}
	return l
}

const (
	otherMaster = 0.42 // whom two of Abd's kind serve, when less alike, is not the same
	otherWord   = 0.08 // per letter over two that a word differs in
	turned      = 0.74
)

func vowelEnd(s string) bool {
	switch s[len(s)-1] {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}

// shortened reports that long is a compound of which short is the name in
// everyday use: Salah al-Din, Salah; Abd al-Kader, Kader.
func shortened(long, short *Word) bool {
	if len(long.Text) < len(short.Text)+3 || len(short.Text) < 4 {
		return false
	}
	stem := Stem(long.Text)
	if stem == long.Text {
		return false
	}
	if stem == short.Text {
		return true
	}
	row := variants()[stem]
	return row != 0 && int32(row) == short.row
}

// joinedArticle is the likeness of words of which one has the Arabic article
// written with it (Elkaddafi).
func joinedArticle(joined, plain string) float64 {
	rest := withoutArticle(joined)
	if rest == "" || Bearers(joined) > 50 {
		return 0
	}
	if rest == plain {
		return 0.98
	}
	l := sound.Likeness(rest, plain)
	if l < 0.7 {
		return 0
	}
	if k := sound.Key(rest); len(k) > 2 && k == sound.Key(plain) {
		l += (1 - l) * soundLift
	}
	return l - 0.02
}

// withoutArticle is the rest of a word that may begin with the Arabic article,
// "" for others.
func withoutArticle(w string) string {
	if len(w) >= 7 && (w[0] == 'a' || w[0] == 'e') && w[1] == 'l' {
		return w[2:]
	}
	return ""
}

// OtherTexts are further texts under which an index should hold a word: a
// compound's stem, the word without its article.
func (w *Word) OtherTexts() (out [2]string) {
	if w.Consonants {
		return out
	}
	if s := Stem(w.Text); s != w.Text && len(s) >= 4 {
		out[0] = s
	}
	out[1] = withoutArticle(w.Text)
	return out
}

// koreanLikeness is the likeness of two Korean words in their own script: a syllable
// is a part of a name by itself, and another one makes another name.
func koreanLikeness(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) {
		return 0
	}
	equal := 0
	for i := range x {
		if x[i] == y[i] {
			equal++
		}
	}
	return 0.6 * float64(equal) / float64(len(x))
}
