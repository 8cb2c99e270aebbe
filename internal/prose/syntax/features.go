package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// vocabularyKey is the form under which a word's vector is kept: lower case,
// digits alike, typographic marks as typed ones.
func vocabularyKey(form string) string {
	plain := true
	for i := range len(form) {
		if b := form[i]; b >= utf8.RuneSelf || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return form
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return '0'
		case r == '’' || r == '‘' || r == '`' || r == '´':
			return '\''
		case r == '“' || r == '”' || r == '„' || r == '«' || r == '»':
			return '"'
		case r == '–' || r == '—' || r == '―':
			return '–'
		}
		return unicode.ToLower(r)
	}, form)
}

// affixes appends the hashed rows of the token's parts and shape. Each kind
// has a seed of its own, so that "un-" and "-un" differ.
func affixes(out []int, form, key string, rows int) []int {
	var cut [4]int // byte offsets of the last 1..4 letters
	n := len(key)
	for k := range cut {
		for n > 0 {
			n--
			if utf8.RuneStart(key[n]) {
				break
			}
		}
		cut[k] = n
	}
	head := [2]int{len(key), len(key)}
	k := 0
	for i := range key {
		if k == 2 || k == 3 {
			head[k-2] = i
		}
		k++
	}
	add := func(kind uint32, s string) { out = append(out, int(hash(kind, s)%uint32(rows))) }
	for k, c := range cut {
		add(uint32(1+k), key[c:])
	}
	add(5, key[:head[0]])
	add(6, key[:head[1]])
	var buf [16]byte
	s := shape(buf[:0], form)
	out = append(out, int(hashBytes(7, s)%uint32(rows)))
	size := byte('0' + min(9, len(form)))
	return append(out, int(hashBytes(8, append(s, size))%uint32(rows)))
}

// shape writes capitals as X, small letters as x, digits as d, runs shortened
// to two: "Sept." is "Xxx.".
func shape(b []byte, form string) []byte {
	run := 0
	for _, r := range form {
		var c byte
		switch {
		case r >= 'a' && r <= 'z':
			c = 'x'
		case r >= 'A' && r <= 'Z':
			c = 'X'
		case r >= '0' && r <= '9':
			c = 'd'
		case r < utf8.RuneSelf:
			c = byte(r)
		case unicode.IsUpper(r):
			c = 'X'
		case unicode.IsLetter(r):
			c = 'x'
		default:
			c = 'o'
		}
		if n := len(b); n > 0 && b[n-1] == c {
			if run++; run > 1 {
				continue
			}
		} else {
			run = 0
		}
		if len(b) == 12 {
			break
		}
		b = append(b, c)
	}
	return b
}

// hash is 32-bit FNV-1a with a seed.
func hash(seed uint32, s string) uint32 {
	h := uint32(2166136261) ^ seed*0x9e3779b9
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h ^ h>>15
}

func hashBytes(seed uint32, s []byte) uint32 {
	h := uint32(2166136261) ^ seed*0x9e3779b9
	for _, c := range s {
		h = (h ^ uint32(c)) * 16777619
	}
	return h ^ h>>15
}
