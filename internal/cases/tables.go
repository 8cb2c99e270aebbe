package cases

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/reportedly/reportedly/internal/activity"
)

//go:embed elements.csv
var elementsCSV string

//go:embed scopes.csv
var scopesCSV string

//go:embed phrases.tsv
var phrasesTSV string

//go:embed verdictwords.txt
var verdictWordsText string

// Rules is the version of the rules and tables by which cases are built.
const Rules = 1

// role of an activity in a happening.
type role struct {
	group   string
	also    []string
	element string
	rank    int
	implies string
}

type scopeOf struct {
	scope     string
	essential bool
}

type tables struct {
	roles   map[activity.Code]role
	scopes  map[string]scopeOf
	phrases map[string][]string
	verdict []string
}

var table = sync.OnceValue(func() tables {
	t := tables{roles: map[activity.Code]role{}, scopes: map[string]scopeOf{}, phrases: map[string][]string{}}
	for _, r := range csvRows("elements.csv", elementsCSV, 6) {
		n, err := strconv.Atoi(r[4])
		if err != nil {
			panic(fmt.Sprintf("cases: elements.csv: %s: rank %q", r[0], r[4]))
		}
		t.roles[activity.Code(r[0])] = role{r[1], splitList(r[2]), r[3], n, r[5]}
	}
	for _, r := range csvRows("scopes.csv", scopesCSV, 3) {
		t.scopes[r[0]] = scopeOf{r[1], r[2] == "yes"}
	}
	for _, line := range textLines(phrasesTSV) {
		kind, phrase, _ := strings.Cut(line, "\t")
		t.phrases[kind] = append(t.phrases[kind], phrase)
	}
	t.verdict = textLines(verdictWordsText)
	return t
})

// csvRows reads an embedded table; a fault in it is a fault of the build, so
// it panics, and the package's tests read all of them.
func csvRows(name, text string, fields int) [][]string {
	r := csv.NewReader(strings.NewReader(text))
	r.Comment = '#'
	r.FieldsPerRecord = fields
	all, err := r.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("cases: %s: %v", name, err))
	}
	return all[1:]
}

func textLines(text string) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

func splitList(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ";")
}

// says finds a phrase of a kind in a text.
func says(text, kind string) (string, bool) {
	s := " " + foldText(text) + " "
	for _, p := range table().phrases[kind] {
		if strings.Contains(s, " "+foldText(p)+" ") {
			return p, true
		}
	}
	return "", false
}

// foldText lowers, takes accents off and puts one space for everything that is
// no letter, digit or hyphen within a word.
func foldText(s string) string {
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
	s, ok := table().scopes[w]
	if !ok {
		s = scopeOf{scope: w}
	}
	if s.scope == headline {
		return "whole", true
	}
	return s.scope, s.essential
}

// related tells whether an activity of role a may belong to a happening of b.
func related(a, b role) bool {
	return a.group == b.group || slices.Contains(a.also, b.group) || slices.Contains(b.also, a.group) ||
		slices.Contains(a.also, "*") || slices.Contains(b.also, "*")
}
