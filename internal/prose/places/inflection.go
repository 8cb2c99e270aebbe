package places

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/places/table"
)

// Endings that Russian and Ukrainian names take, and those of the form in the
// gazetteer. A table of endings, not a stemmer: the name must be in the
// gazetteer, so a wrong guess finds nothing.
var (
	caseEndings = strings.Fields("ами ями ого ому ыми ими ом ем ой ей ою ею ах ях ам ям ов ев ых их ую юю ы и у ю а я е")
	baseEndings = []string{"", "а", "я", "ь", "й", "ия", "о", "е", "ы", "и", "ая", "ий", "ый"}
	// Letters that Arabic joins to the front of a name: and, with, for, so, as.
	arabicClitics = []string{"و", "ب", "ل", "ف", "ك", "لل", "وال", "بال"}
)

// inflected looks for a name of one word in an oblique case ("в Москве") or with
// a clitic ("بدمشق").
func (f *finder) inflected(si int, toks []prose.Token, i int) (spot, bool) {
	word := toks[i].Text
	r, _ := utf8.DecodeRuneInString(word)
	var keys []string
	switch {
	case unicode.Is(unicode.Cyrillic, r):
		keys = cyrillicForms(table.Fold(word))
	case unicode.Is(unicode.Arabic, r):
		keys = arabicForms(table.Fold(word))
	}
	for _, k := range keys {
		if rs, _ := f.g.readings([]byte(k)); len(rs) > 0 && notable(rs) {
			s := f.spotOf(si, toks, i, i+1, rs, false)
			s.key = k
			return s, true
		}
	}
	return spot{}, false
}

// notable: a guessed form must be that of a place worth a guess.
func notable(rs []reading) bool {
	for _, r := range rs {
		if r.Kind != City || r.Population >= 50000 {
			return true
		}
	}
	return false
}

func cyrillicForms(word string) []string {
	var out []string
	for _, e := range caseEndings {
		stem, ok := strings.CutSuffix(word, e)
		if !ok || utf8.RuneCountInString(stem) < 3 {
			continue
		}
		for _, b := range baseEndings {
			out = append(out, stem+b)
		}
	}
	return out
}

func arabicForms(word string) []string {
	var out []string
	for _, c := range arabicClitics {
		if rest, ok := strings.CutPrefix(word, c); ok && utf8.RuneCountInString(rest) >= 3 {
			out = append(out, rest)
			if c == "لل" || c == "وال" || c == "بال" {
				out = append(out, "ال"+rest)
			}
		}
	}
	return append(out, "ال"+word)
}
