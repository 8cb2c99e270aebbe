package echoes

import "strings"

// consonants reduces a name to the consonants that survive between scripts:
// vowels, h and its kin are dropped, voiced and hissing neighbours fall
// together. Safavi and Сафави give "sfv"; with loose, as for Arabic, which
// writes v, w and u alike, "sf".
func consonants(folded string, loose bool) string {
	s := digraphs.Replace(folded)
	var b strings.Builder
	var last rune
	for _, r := range s {
		c, ok := class[r]
		if !ok || (loose && c == 'v') {
			continue
		}
		if c != last {
			b.WriteRune(c)
		}
		last = c
	}
	return b.String()
}

var digraphs = strings.NewReplacer("tch", "s", "dj", "j", "dzh", "j", "sh", "s", "ch", "s", "kh", "", "gh", "g", "ph", "f", "th", "t", "ts", "s", "tz", "s", "ce", "s", "ci", "s", "дж", "ж")

var class = func() map[rune]rune {
	m := map[rune]rune{}
	for to, from := range map[rune]string{
		'b': "bpбпبپ", 'f': "fфف", 'd': "dдدضذ", 't': "tтتطث", 'k': "kqcкقكک", 'j': "gjгжجغگ",
		's': "sxzсзчшщцصسشزظژچ", 'l': "lлل", 'm': "mмم", 'n': "nнن", 'r': "rрر", 'v': "vwв",
	} {
		for _, r := range from {
			m[r] = to
		}
	}
	return m
}()

// arabicBare takes the article and the prefixed particles off an Arabic word.
func arabicBare(w string) string {
	for _, p := range []string{"وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف"} {
		if rest, ok := strings.CutPrefix(w, p); ok && len([]rune(rest)) >= 3 {
			return rest
		}
	}
	return w
}
