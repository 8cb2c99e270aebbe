package cases

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

//go:embed verdictwords.txt
var verdictWordsText string

// Rules is the version of the rules and tables by which cases are built.
const Rules = 1

var verdictWords = sync.OnceValue(func() []string {
	var out []string
	for line := range strings.SplitSeq(verdictWordsText, "\n") {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
})

// stateName gives the short English name of a State, with its article, as a
// sentence needs it.
func stateName(code string) string {
	if n := states()[code]; n != "" {
		return n
	}
	r, err := language.ParseRegion(code)
	if err != nil || !r.IsCountry() {
		return ""
	}
	return display.English.Regions().Name(r)
}

//go:embed states.tsv
var statesText string

var states = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(statesText) {
		if code, name, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && line[0] != '#' {
			out[code] = name
		}
	}
	return out
})

func uniq(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return slices.Compact(s)
}
