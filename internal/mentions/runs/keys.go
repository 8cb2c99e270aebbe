package runs

import (
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/names/translit"
)

// Deletions of a key: its own hash and those with one letter left out. Two
// keys that differ by one edit share one of them.
func Deletions(key []byte) []uint64 {
	if len(key) < 3 || len(key) > 14 {
		return nil
	}
	var buf [16]byte
	out := []uint64{Hash(key) ^ NearSalt}
	for i := range key {
		if i > 0 && key[i] == key[i-1] {
			continue
		}
		d := append(append(buf[:0], key[:i]...), key[i+1:]...)
		out = append(out, Hash(d)^NearSalt)
	}
	return out
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
	stem := names.Stem(w.Text)
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
