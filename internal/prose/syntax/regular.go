package syntax

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/irregular.tsv
var irregularTSV string

// irregular maps class, space, form to the lemma; the first entry of a form
// counts.
var irregular = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(irregularTSV) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		for form := range strings.FieldsSeq(f[2]) {
			if _, ok := m[f[0]+" "+form]; !ok {
				m[f[0]+" "+form] = f[1]
			}
		}
	}
	return m
})

// endingsOf gives the class and the endings that a Penn tag puts on a lemma.
func endingsOf(xpos string) (class string, ends []string) {
	switch xpos {
	case "VBD", "VBN":
		return "V", []string{"ed"}
	case "VBG":
		return "V", []string{"ing"}
	case "VBZ":
		return "V", []string{"s"}
	case "NNS":
		return "N", []string{"s"}
	case "JJR", "RBR":
		return "J", []string{"er"}
	case "JJS", "RBS":
		return "J", []string{"est"}
	}
	return "", nil
}

// prefixes that irregular verbs and nouns take.
var prefixes = []string{"over", "under", "out", "re", "mis", "fore", "with", "un", "up", "grand", "police", "spokes", "fisher", "militia", "crew", "service", "gun", "business", "broad"}

// inflected finds the lemma of a regular or irregular form. Of the possible
// lemmas it takes the first that was met in text; where none was, spelling
// decides.
func (l *Lemmas) inflected(low, xpos string) (string, bool) {
	class, ends := endingsOf(xpos)
	if class == "" {
		return "", false
	}
	if v, ok := irregular()[class+" "+low]; ok {
		return v, true
	}
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(low, p); ok && len(rest) > 2 {
			if v, ok := irregular()[class+" "+strings.TrimPrefix(rest, "-")]; ok {
				return low[:len(low)-len(strings.TrimPrefix(rest, "-"))] + v, true
			}
		}
	}
	for _, end := range ends {
		stem, ok := strings.CutSuffix(low, end)
		if !ok || len(stem) < 2 || !hasVowel(stem) {
			continue
		}
		if end == "s" {
			return l.unplural(stem, class), true
		}
		return l.unsuffix(stem, end, class), true
	}
	return "", false
}

func (l *Lemmas) known(class, w string) bool { return l.index[class+" "+w] }

// unplural undoes -s: ties, carries, boxes, rifles.
func (l *Lemmas) unplural(stem, class string) string {
	if l.known(class, stem) || !strings.HasSuffix(stem, "e") {
		if strings.HasSuffix(stem, "s") && !l.known(class, stem) { // class, gas
			return stem + "s"
		}
		return stem
	}
	short := stem[:len(stem)-1]
	if y, ok := strings.CutSuffix(short, "i"); ok {
		if len(y) < 2 {
			return stem // ties, dies
		}
		return y + "y"
	}
	if l.known(class, short) {
		return short
	}
	for _, end := range []string{"ss", "sh", "ch", "x", "zz", "o", "us", "as", "is"} {
		if strings.HasSuffix(short, end) {
			return short
		}
	}
	return stem
}

// unsuffix undoes -ed, -ing, -er and -est: planned, seized, carried,
// trafficked, shelled.
func (l *Lemmas) unsuffix(stem, end, class string) string {
	n := len(stem)
	if n == 2 && stem[1] == 'i' { // tied, lied
		return stem + "e"
	}
	if stem[n-1] == 'i' && end != "ing" {
		return stem[:n-1] + "y"
	}
	double := n > 2 && stem[n-1] == stem[n-2] && !strings.ContainsRune("aeiou", rune(stem[n-1]))
	for _, o := range l.stems(stem, double, end == "ing") {
		if l.known(class, o) {
			return o
		}
	}
	switch {
	case strings.HasSuffix(stem, "ick") && groups(stem) > 1: // trafficked
		return stem[:n-1]
	case double && !strings.ContainsRune("lsfz", rune(stem[n-1])), double && stem[n-1] == 'l' && groups(stem) > 1:
		return stem[:n-1]
	case stem[n-1] == 'e' && end != "ing", !double && wantsE(stem):
		return stem + "e"
	}
	return stem
}

// stems are the lemmas that may stand behind a stem, likelier ones first: with
// a final e, as it is, without the doubled letter, without the k of -ck.
func (l *Lemmas) stems(stem string, double, ing bool) []string {
	n := len(stem)
	switch {
	case double:
		return []string{stem, stem[:n-1]}
	case stem[n-1] == 'e' && !ing: // agreed: agre-ed
		return []string{stem, stem + "e"}
	case strings.HasSuffix(stem, "ck"):
		return []string{stem, stem[:n-1]}
	case wantsE(stem):
		return []string{stem + "e", stem}
	}
	return []string{stem, stem + "e"}
}

func vowel(b byte) bool { return strings.IndexByte("aeiouy", b) >= 0 }

func hasVowel(s string) bool { return strings.ContainsAny(s, "aeiouy") }

// groups of vowels, roughly syllables.
func groups(s string) int {
	n := 0
	for i := range len(s) {
		if vowel(s[i]) && (i == 0 || !vowel(s[i-1])) {
			n++
		}
	}
	return n
}

// wantsE judges by spelling whether a stem is written with a final e.
func wantsE(s string) bool {
	n := len(s)
	if n < 2 {
		return false
	}
	last, before := s[n-1], s[n-2]
	switch {
	case last == 'v' || last == 'u' || last == 'c' || last == 'z' && before != 'z':
		return true
	case last == 's' && before != 's':
		return true
	case last == 'g' && (before == 'r' || before == 'd' || before == 'l'):
		return true
	case last == 'l' && !vowel(before) && before != 'l' && before != 'r' && before != 'w':
		return true
	case !vowel(last) && vowel(before) && (n < 3 || !vowel(s[n-3])) && strings.IndexByte("wxyh", last) < 0:
		if groups(s) == 1 {
			return true // a short word would have doubled its last letter
		}
		switch last {
		case 'd', 'g', 'k', 'm':
			return true
		case 'r':
			return before != 'e' && before != 'o'
		case 'n':
			return before == 'i' || before == 'u'
		case 't':
			return before == 'a' || before == 'u' || before == 'o'
		case 'l':
			return before == 'u' || before == 'i'
		case 'p':
			return before == 'a'
		}
	}
	return false
}
