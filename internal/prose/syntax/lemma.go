package syntax

import (
	"strings"
	"unicode/utf8"
)

// Lemmas turn forms into lemmas by Penn tag: first a table of whole forms, then
// the rules of inflection checked against the words of text (regular.go), then
// the longest known ending, else the form itself.
type Lemmas struct {
	// Table is keyed by Penn tag, a space, and the form in lower case.
	Table map[string]string
	// Endings are keyed by Penn tag, a space, and the ending.
	Endings map[string]Edit
	// Bases are uninflected forms met in text, by class: V, N, J.
	Bases map[string][]string

	index map[string]bool // class, space, form
}

// Index prepares the look-up of bases.
func (l *Lemmas) Index() {
	l.index = map[string]bool{}
	for class, words := range l.Bases {
		for _, w := range words {
			l.index[class+" "+w] = true
		}
	}
}

// Edit cuts bytes off the end of a form and adds others.
type Edit struct {
	Cut int
	Add string
}

// longestEnding in letters that rules look at.
const longestEnding = 5

// Lemma of a form with its tags.
func (l *Lemmas) Lemma(form, upos, xpos string) string {
	low := vocabularyLower(form)
	if v, ok := l.lookup(xpos, low); ok {
		return v
	}
	if upos != "PROPN" {
		if v, ok := l.inflected(low, xpos); ok {
			return v
		}
	}
	if xpos == "NNP" { // a name is its own lemma: "Quds", "Assads"
		return form
	}
	base := low
	if upos == "PROPN" {
		base = form
	}
	n := len(base)
	var at [longestEnding + 1]int
	k := 0
	for ; k <= longestEnding; k++ {
		at[k] = n
		if n == 0 {
			break
		}
		_, size := utf8.DecodeLastRuneInString(base[:n])
		n -= size
	}
	for k = min(k, longestEnding); k >= 0; k-- {
		if e, ok := l.ending(xpos, base[at[k]:]); ok && e.Cut < len(base) {
			if e.Cut == 0 && e.Add == "" {
				return base
			}
			return base[:len(base)-e.Cut] + e.Add
		}
	}
	return base
}

func (l *Lemmas) lookup(xpos, low string) (string, bool) {
	var b [64]byte
	key := append(append(append(b[:0], xpos...), ' '), low...)
	v, ok := l.Table[string(key)]
	return v, ok
}

func (l *Lemmas) ending(xpos, end string) (Edit, bool) {
	var b [64]byte
	key := append(append(append(b[:0], xpos...), ' '), end...)
	v, ok := l.Endings[string(key)]
	return v, ok
}

// vocabularyLower is the lower-case form with a typed apostrophe.
func vocabularyLower(form string) string {
	if strings.Contains(form, "’") {
		form = strings.ReplaceAll(form, "’", "'")
	}
	return strings.ToLower(form)
}
