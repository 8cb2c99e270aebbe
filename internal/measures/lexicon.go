package measures

import (
	"io/fs"
	"slices"
	"strings"
	"unicode"
)

// lexicon holds the word lists by which free words of a report are sorted
// into classes that the register speaks of.
type lexicon struct {
	goods    termTable
	actors   termTable
	facts    termTable
	services termTable
	demonym  map[string]string // "italian" -> "IT"
	bodies   map[string][]membership
}

// membership says that a State was in a jurisdiction for a time.
type membership struct {
	State string
	Span  Span
}

// termTable finds terms in words, the longest first.
type termTable struct {
	class  map[string]string // folded term -> class
	length int               // words of the longest term
}

func loadLexicon(fsys fs.FS) (lexicon, error) {
	lx := lexicon{demonym: map[string]string{}, bodies: map[string][]membership{}}
	var err error
	if lx.goods, err = loadTerms(fsys, "goods.csv"); err != nil {
		return lx, err
	}
	if lx.actors, err = loadTerms(fsys, "actors.csv"); err != nil {
		return lx, err
	}
	if lx.services, err = loadTerms(fsys, "services.csv"); err != nil {
		return lx, err
	}
	if lx.facts, err = loadTerms(fsys, "facts.csv"); err != nil {
		return lx, err
	}
	err = eachRow(fsys, "demonyms.csv", 2, func(f []string) error {
		for _, w := range strings.Split(f[1], ";") {
			lx.demonym[strings.Join(words(w), " ")] = f[0]
		}
		return nil
	})
	if err != nil {
		return lx, err
	}
	return lx, eachRow(fsys, "jurisdictions.csv", 4, func(f []string) error {
		span, err := parseSpan(f[2], f[3])
		if err != nil {
			return err
		}
		for _, state := range strings.Fields(f[1]) {
			lx.bodies[f[0]] = append(lx.bodies[f[0]], membership{state, span})
		}
		return nil
	})
}

func loadTerms(fsys fs.FS, name string) (termTable, error) {
	t := termTable{class: map[string]string{}}
	err := eachRow(fsys, name, 2, func(f []string) error {
		for _, term := range strings.Split(f[1], ";") {
			w := words(term)
			if len(w) == 0 {
				continue
			}
			t.class[strings.Join(w, " ")] = f[0]
			t.length = max(t.length, len(w))
		}
		return nil
	})
	return t, err
}

// words folds to lower case and splits at everything but letters, digits and
// inner hyphens; a plural ending is taken off so that "rifles" meets "rifle".
func words(s string) []string {
	f := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '\''
	})
	for i, w := range f {
		f[i] = singular(w)
	}
	return f
}

func singular(w string) string {
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 4 && (strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "xes")):
		return w[:len(w)-2]
	case len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us"):
		return w[:len(w)-1]
	}
	return w
}

// find gives the classes of the terms in s, each once, in order. A longer term
// hides the shorter ones inside it.
func (t termTable) find(s string) []string {
	var out []string
	w := words(s)
	for i := 0; i < len(w); {
		n := min(t.length, len(w)-i)
		for ; n > 0; n-- {
			if c, ok := t.class[strings.Join(w[i:i+n], " ")]; ok {
				if !slices.Contains(out, c) {
					out = append(out, c)
				}
				break
			}
		}
		i += max(n, 1)
	}
	return out
}

// within reports whether a category is one of the wanted or lies below one.
func within(category string, wanted []string) bool {
	for _, w := range wanted {
		if category == w || strings.HasPrefix(category, w+".") {
			return true
		}
	}
	return false
}

// stateOf reads an ISO code or the first State that a description names.
func (lx lexicon) stateOf(s string) string {
	if isCode(s) {
		return s[:2]
	}
	w := words(s)
	for i := range w {
		for n := min(4, len(w)-i); n > 0; n-- {
			if c, ok := lx.demonym[strings.Join(w[i:i+n], " ")]; ok {
				return c
			}
		}
	}
	return ""
}

// isCode reports "FR" or "UA-43".
func isCode(s string) bool {
	if len(s) < 2 || !upper(s[0]) || !upper(s[1]) {
		return false
	}
	return len(s) == 2 || s[2] == '-'
}

func upper(b byte) bool { return b >= 'A' && b <= 'Z' }
