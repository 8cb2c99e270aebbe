package runs

import (
	"strings"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/names/translit"
)

// shortSlip is the least number of letters of a word in which a slip of the pen
// is looked for.
const shortSlip = 5

// Deletions of a word: its own hash and those with one letter left out. Two
// words that differ by one slip share one of them.
func Deletions(w string) []uint64 {
	if len(w) < shortSlip-1 || len(w) > 24 {
		return nil
	}
	var buf [24]byte
	out := make([]uint64, 1, len(w)+1)
	out[0] = Hash(w) ^ NearSalt
	for i := range len(w) {
		if i > 0 && w[i] == w[i-1] {
			continue
		}
		d := append(append(buf[:0], w[:i]...), w[i+1:]...)
		out = append(out, Hash(d)^NearSalt)
	}
	return out
}

// OneSlip reports two words that differ by one letter more, less or other, or
// by two neighbours turned round.
func OneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// Salts keep hashes of one meaning apart from those of another.
const (
	NearSalt  = 0x5851f42d4c957f2d
	ExactSalt = 0x2545f4914f6cdd1d
)

// WordHashes are the hashes under which a word of a listed name is found: its
// sound, and the other readings of it.
func WordHashes(w names.Word) []uint64 {
	var out []uint64
	add := func(k string) {
		if k == "" {
			return
		}
		h := Hash([]byte(k))
		for _, o := range out {
			if o == h {
				return
			}
		}
		out = append(out, h)
	}
	stem := Stem(w.Text)
	if w.Consonants {
		d, k := sound.ConsonantKey(stem)
		add(d)
		add(k)
		return out
	}
	add(sound.Key(stem))
	if stem != w.Text {
		return out
	}
	for _, k := range sound.Alternatives(stem) {
		add(k)
	}
	if a := translit.SurnameAlias(stem); a != stem && len(stem) < 7 {
		add(sound.Key(a))
	}
	return out
}

// Unspaced gives the letters of a name in a script without blanks.
func Unspaced(s string) []rune {
	var out []rune
	for _, r := range s {
		switch {
		case translit.Han(r) || translit.Hangul(r) || translit.Kana(r):
			out = append(out, r)
		case r == ' ' || r == '·' || r == '・':
		default:
			return nil
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// RunePair is the hash of the first two letters of such a name.
func RunePair(a, b rune) uint64 {
	var buf [8]byte
	n := utf8.EncodeRune(buf[:], a)
	n += utf8.EncodeRune(buf[n:], b)
	return Hash(buf[:n])
}

// Stem is names.Stem, with the last part of Abd Allah as the stem of its joined
// writings too: text may part the two.
func Stem(w string) string {
	if strings.HasPrefix(w, "abd") {
		switch strings.TrimLeft(w[3:], "aeiou") {
		case "llah", "lah", "lla", "llh":
			return "allah"
		}
	}
	if w == "allh" {
		return "allah"
	}
	return names.Stem(w)
}
