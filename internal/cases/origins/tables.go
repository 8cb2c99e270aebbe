package origins

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed scopes.csv
var scopesCSV string

//go:embed phrases.tsv
var phrasesTSV string

type scopeOf struct {
	scope     string
	essential bool
}

var scopes = sync.OnceValue(func() map[string]scopeOf {
	r := csv.NewReader(strings.NewReader(scopesCSV))
	r.Comment = '#'
	r.FieldsPerRecord = 3
	all, err := r.ReadAll()
	if err != nil { // a fault of the build; the package's tests read the table
		panic(fmt.Sprintf("origins: scopes.csv: %v", err))
	}
	m := map[string]scopeOf{}
	for _, f := range all[1:] {
		m[f[0]] = scopeOf{f[1], f[2] == "yes"}
	}
	return m
})

var phrases = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for line := range strings.SplitSeq(phrasesTSV, "\n") {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			kind, phrase, _ := strings.Cut(line, "\t")
			m[kind] = append(m[kind], " "+Fold(phrase)+" ")
		}
	}
	return m
})

// Says finds a phrase of a kind (phrases.tsv) in a text.
func Says(text, kind string) (string, bool) {
	s := " " + Fold(text) + " "
	for _, p := range phrases()[kind] {
		if strings.Contains(s, p) {
			return strings.TrimSpace(p), true
		}
	}
	return "", false
}

// Fold lowers, takes accents off and puts one space for everything that is
// no letter, digit or hyphen within a word.
func Fold(s string) string {
	var b strings.Builder
	space := true
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
			space = false
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’':
			// dropped: accents and apostrophes do not part words
		case !space:
			b.WriteByte(' ')
			space = true
		}
	}
	return strings.TrimSpace(b.String())
}

// scopeFor reads the scope of a denial against the headline: a denial of the
// headline's own element is a denial of the whole.
func scopeFor(word, headline string) (scope string, against bool) {
	w := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(word)), " ", "-")
	if w == "" {
		w = "whole"
	}
	s, ok := scopes()[w]
	if !ok {
		s = scopeOf{scope: w}
	}
	if s.scope == headline {
		return "whole", true
	}
	return s.scope, s.essential
}
