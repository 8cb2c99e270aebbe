package sound

import "math/bits"

// Costs of one edit between two letters, in hundredths. A whole letter more,
// less or other costs 100. The smaller costs are what romanisations, dialects
// and keyboards change most: vowels for one another, a doubled letter, a
// silent h. They were set by hand on name pairs of data/names_bench (dev).
const (
	whole      = 100
	vowelVowel = 45
	vowelGap   = 55
	doubled    = 20
	silentH    = 35
	sameClass  = 40
	swap       = 75
	digitSwap  = 150
)

const longest = 48 // letters compared; longer words are cut

// Likeness of two words in lower-case Latin letters, 1 = the same. It is
// symmetric, and 0 where more than about half of the longer word differs.
func Likeness(a, b string) float64 {
	if a == b {
		return 1
	}
	if len(a) > longest {
		a = a[:longest]
	}
	if len(b) > longest {
		b = b[:longest]
	}
	n := max(len(a), len(b))
	if n == 0 || len(a) == 0 || len(b) == 0 {
		return 0
	}
	d := Distance(a, b)
	// A short word bears less change: one letter of three is another word.
	l := 1 - float64(d)/float64(100*n)*1.25
	if a[0] != b[0] && !near(a[0], b[0]) {
		l -= 0.05
	}
	return max(l, 0)
}

// Distance is the weighted Damerau-Levenshtein distance in hundredths of a
// letter (optimal string alignment).
func Distance[T ~string | ~[]byte](a, b T) int {
	if len(a) > longest {
		a = a[:longest]
	}
	if len(b) > longest {
		b = b[:longest]
	}
	var rows [3][longest + 1]int32
	var gaps [longest]int32
	prev2, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := range len(b) {
		gaps[j] = gap(b, j)
		prev[j+1] = prev[j] + gaps[j]
	}
	for i := range len(a) {
		ga := gap(a, i)
		cost := &costs[a[i]]
		left := prev[0] + ga
		cur[0] = left
		for j := range len(b) {
			best := min(prev[j]+int32(cost[b[j]]), prev[j+1]+ga, left+gaps[j])
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] && a[i] != a[i-1] {
				best = min(best, prev2[j-1]+swap)
			}
			cur[j+1] = best
			left = best
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return int(prev[len(b)])
}

// Edits is the number of letters that differ (optimal string alignment: a
// letter more, less, other, or two neighbours turned).
func Edits(a, b string) int {
	if len(a) > longest {
		a = a[:longest]
	}
	if len(b) > longest {
		b = b[:longest]
	}
	var rows [3][longest + 1]uint8
	prev2, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		prev[j] = uint8(j)
	}
	for i := range len(a) {
		cur[0] = uint8(i + 1)
		for j := range len(b) {
			if a[i] == b[j] {
				cur[j+1] = prev[j]
			} else {
				cur[j+1] = 1 + min(prev[j], prev[j+1], cur[j])
			}
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				cur[j+1] = min(cur[j+1], prev2[j-1]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return int(prev[len(b)])
}

// costs[a][b] is substitute(a, b).
var costs = func() *[256][256]uint8 {
	t := new([256][256]uint8)
	for a := range 256 {
		for b := range 256 {
			t[a][b] = uint8(substitute(byte(a), byte(b)))
		}
	}
	return t
}()

// gap is the cost of leaving out s[i].
func gap[T ~string | ~[]byte](s T, i int) int32 {
	c := s[i]
	switch {
	case i > 0 && s[i-1] == c:
		return doubled
	case c == 'h' && i > 0:
		return silentH
	case vowel(c) && i > 0:
		return vowelGap
	case c >= '0' && c <= '9':
		return digitSwap
	}
	return whole
}

func substitute(a, b byte) int {
	switch {
	case a == b:
		return 0
	case a <= '9' || b <= '9':
		if looksLike(a, b) || looksLike(b, a) {
			return sameClass
		}
		if a <= '9' && b <= '9' {
			return digitSwap
		}
		return whole
	case vowel(a) && vowel(b):
		return vowelVowel
	case near(a, b):
		return sameClass
	}
	return whole
}

// looksLike pairs a digit with the letter it is typed for.
func looksLike(digit, letter byte) bool {
	switch digit {
	case '0':
		return letter == 'o'
	case '1':
		return letter == 'i' || letter == 'l'
	case '3':
		return letter == 'e'
	case '5':
		return letter == 's'
	case '8':
		return letter == 'b'
	}
	return false
}

var groups = [256]byte{'k': 1, 'q': 1, 'c': 1, 'g': 1, 's': 2, 'z': 2, 'v': 3, 'w': 3, 't': 4, 'd': 4, 'b': 5, 'p': 5, 'j': 6, 'y': 6, 'i': 6, 'f': 7}

// Letters sums up which consonants stand in a word, for a quick look whether
// two words can be alike at all.
type Letters struct {
	set  uint32
	size uint8
}

// LettersOf a word in lower-case Latin letters.
func LettersOf(w string) Letters {
	l := Letters{size: uint8(min(len(w), longest))}
	for i := range int(l.size) {
		switch c := w[i]; {
		case c <= '9':
			l.set |= 1 << 31 // digits stand for letters: anything goes
		case vowel(c) || c == 'h' || c < 'a' || c > 'z':
		case groups[c] != 0:
			l.set |= 1 << groups[c]
		default:
			l.set |= 1 << (c - 'a' + 4)
		}
	}
	return l
}

// Maybe is false where Likeness is certainly under 0.6: each consonant without
// answer costs a whole letter.
func (l Letters) Maybe(k Letters) bool {
	if (l.set|k.set)>>31 != 0 {
		return true
	}
	lost := max(bits.OnesCount32(l.set&^k.set), bits.OnesCount32(k.set&^l.set))
	return lost*whole*125 <= 40*100*int(max(l.size, k.size))
}

// Near reports letters that romanisations change for one another, or equal
// ones.
func Near(a, b byte) bool { return a == b || near(a, b) }

func near(a, b byte) bool {
	if vowel(a) && vowel(b) {
		return true
	}
	return groups[a] != 0 && groups[a] == groups[b]
}

// JaroWinkler is the usual similarity of two strings; it favours words that
// begin alike. Kept beside Likeness for words in which length matters less.
func JaroWinkler(a, b string) float64 {
	if a == b {
		return 1
	}
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	if len(a) > longest {
		a = a[:longest]
	}
	if len(b) > longest {
		b = b[:longest]
	}
	var inA, inB [longest]bool
	reach := max(len(a), len(b))/2 - 1
	m := 0
	for i := range len(a) {
		for j := max(0, i-reach); j < min(len(b), i+reach+1); j++ {
			if !inB[j] && a[i] == b[j] {
				inA[i], inB[j] = true, true
				m++
				break
			}
		}
	}
	if m == 0 {
		return 0
	}
	half, k := 0, 0
	for i := range len(a) {
		if !inA[i] {
			continue
		}
		for !inB[k] {
			k++
		}
		if a[i] != b[k] {
			half++
		}
		k++
	}
	f := float64(m)
	j := (f/float64(len(a)) + f/float64(len(b)) + (f-float64(half/2))/f) / 3
	p := 0
	for p < 4 && p < len(a) && p < len(b) && a[p] == b[p] {
		p++
	}
	return j + float64(p)*0.1*(1-j)
}
