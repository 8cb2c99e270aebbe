package cases

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
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

func uniq(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return slices.Compact(s)
}
