package syntax

import (
	"slices"
	"strings"
	"sync"
)

// irregularOf maps class, space, lemma to its irregular forms, the inverse of
// irregular.
var irregularOf = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for key, lemma := range irregular() {
		class, form, _ := strings.Cut(key, " ")
		m[class+" "+lemma] = append(m[class+" "+lemma], form)
	}
	for _, forms := range m {
		slices.Sort(forms)
	}
	return m
})

// irregulars gives the irregular forms of a lemma of some classes, those with a
// prefix too.
func irregulars(lemma string, classes ...string) (out []string) {
	for _, class := range classes {
		out = append(out, irregularOf()[class+" "+lemma]...)
		for _, p := range prefixes {
			if rest, ok := strings.CutPrefix(lemma, p); ok {
				rest = strings.TrimPrefix(rest, "-")
				for _, f := range irregularOf()[class+" "+rest] {
					out = append(out, lemma[:len(lemma)-len(rest)]+f)
				}
			}
		}
	}
	return out
}

// NounForms gives every form in lower case that a lemma may stand in as a noun,
// the lemma first; it errs towards more.
func NounForms(lemma string) []string {
	lemma = strings.ToLower(lemma)
	out := append([]string{lemma, lemma + "s", lemma + "es"}, irregulars(lemma, "N")...)
	if y, ok := strings.CutSuffix(lemma, "y"); ok {
		out = append(out, y+"ies")
	}
	return out
}

// Forms gives every form in lower case that a lemma may stand in as a verb,
// noun or adjective, the lemma first. It errs towards more: "goed" and "stoped"
// are among them, so that a word that is no form is none of the lemma.
func Forms(lemma string) []string {
	lemma = strings.ToLower(lemma)
	out := []string{lemma}
	add := func(forms ...string) {
		for _, f := range forms {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	add(irregulars(lemma, "V", "N", "J")...)
	n := len(lemma)
	if n == 0 {
		return out
	}
	stems := []string{lemma}
	switch last := lemma[n-1]; {
	case last == 'e':
		stems = append(stems, lemma[:n-1])
	case last == 'y':
		stems = append(stems, lemma[:n-1]+"i")
	case last == 'c':
		stems = append(stems, lemma+"k")
	case !vowel(last):
		stems = append(stems, lemma+lemma[n-1:])
	}
	if ie, ok := strings.CutSuffix(lemma, "ie"); ok {
		stems = append(stems, ie+"y") // dying
	}
	for _, s := range stems {
		add(s+"s", s+"es", s+"ed", s+"d", s+"ing", s+"er", s+"est")
	}
	return out
}
