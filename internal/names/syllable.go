package names

// Names of Chinese, Korean and Vietnamese persons are written as syllables, of
// which there are few hundred: that two names share some says little, while a
// long word says a lot. Syllables are known by their form alone, so that short
// names of other languages (Jan, Gul, Lee) count as such, which they may: short
// words meet by chance.

// ofSyllable is the most that one of them says.
const ofSyllable = 0.5

// Syllables is of how many East Asian syllables the word of a person is made, 0
// if of none or of more than two.
func (w *Word) Syllables() int { return int(w.syllables) }

// clans reports two East Asian names, and whether their family names, before
// or behind the given name, do not answer each other.
func (m *Matcher) clans() (east, other bool) {
	a, b := clanAt(m.a.Words), clanAt(m.b.Words)
	if a < 0 || b < 0 {
		return false, false
	}
	for i := range m.out {
		p := &m.out[i]
		if int(p.a) <= a && a < int(p.a+p.na) && int(p.b) <= b && b < int(p.b+p.nb) {
			return true, false
		}
	}
	return true, true
}

// clanAt is where the family name of an East Asian name stands, -1 if it is
// none.
func clanAt(ws []*Word) int {
	if len(ws) < 2 || len(ws) > 3 {
		return -1
	}
	for _, w := range ws {
		if w.syllables == 0 {
			return -1
		}
	}
	switch {
	case ws[0].clan:
		return 0
	case ws[len(ws)-1].clan:
		return len(ws) - 1
	}
	return -1
}

// syllables is how many syllables of that kind make up a word, 0 if it is not
// made of one or two.
func syllables(w string) int {
	if len(w) > 13 {
		return 0
	}
	for n := min(len(w), 6); n > 0; n-- {
		if !syllable(w[:n]) {
			continue
		}
		if n == len(w) {
			return 1
		}
		if len(w)-n <= 6 && syllable(w[n:]) {
			return 2
		}
	}
	return 0
}

// syllable reports one onset, one vowel with its glides, and one coda.
func syllable(s string) bool {
	i := 0
	for i < len(s) && !isVowel(s[i]) && !glide(s, i) {
		i++
	}
	switch s[:i] {
	case "", "b", "p", "m", "f", "d", "t", "n", "l", "r", "g", "k", "h", "j", "q", "x", "c", "s", "z", "v", "zh", "ch", "sh", "th", "ph", "kh", "ng", "ts", "tr", "pp", "kk", "tt", "ss", "jj":
	default:
		return false
	}
	v := i
	for i < len(s) && (isVowel(s[i]) || glide(s, i)) {
		i++
	}
	if i == v || i-v > 3 {
		return false
	}
	switch s[i:] {
	case "", "n", "ng", "m", "p", "t", "k", "l", "h", "r", "b", "g", "ch", "nh":
		return true
	}
	return false
}

func isVowel(c byte) bool { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' }

// glide reports a y or w before or behind a vowel.
func glide(s string, i int) bool { return s[i] == 'y' || s[i] == 'w' }
