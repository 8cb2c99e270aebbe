package matter

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
)

//go:embed matters.tsv
var table string

type row struct {
	scope   string
	re      *regexp.Regexp
	example string
}

var rows = sync.OnceValue(func() []row {
	var out []row
	for n, line := range strings.Split(table, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 { // a fault of the build; the package's test reads the table
			panic(fmt.Sprintf("claims/matter: matters.tsv: line %d: %d columns, want 3", n+1, len(f)))
		}
		out = append(out, row{f[0], regexp.MustCompile(f[1]), f[2]})
	}
	return out
})

var (
	cargo = regexp.MustCompile(`\b(?:cargo|cargoes|oil|crude|fuel|gas|diesel|coal|grain|goods|arms|weapons|shipment|load|parts)\b`)
	law   = regexp.MustCompile(`\bunlawful\b|\billegal(?:ly)?\b|\b(?:breach\w*|violat\w*|evasion|evade\w*|circumvent\w*|sham|wrong|wrongdoing|crime|forbidd?\w*|prohibit\w*)\b`)
	not   = regexp.MustCompile(`\b(?:not|no|nothing|never|neither|nobody|cannot|without)\b|n't\b|n’t\b`)
	fine  = regexp.MustCompile(`\b(?:lawful|legal|legally|legitimate|proper|in order|in line with the law|permitted|allowed)\b`)
)

// Denied gives the scope of a denial by the words of its content, "" where they
// fit no row. foreign tells that the content names a State or its people: who
// denies that the oil was Zubrovian denies where it came from.
func Denied(content string, foreign bool) string {
	s := strings.ToLower(content)
	if foreign && cargo.MatchString(s) {
		return "origin"
	}
	for _, r := range rows() {
		if r.re.MatchString(s) {
			return r.scope
		}
	}
	return ""
}

// advocate are words of holders who speak for a party.
var advocate = regexp.MustCompile(`\b(?:lawyers?|attorneys?|solicitors?|barristers?|counsel|advocates?|spokes(?:man|woman|person)|representatives?|manager|company|firm|owners?)\b`)

// Advocate reports a holder who speaks for somebody, by his description.
func Advocate(holder string) bool { return advocate.MatchString(strings.ToLower(holder)) }

// Lawful reports words that call a deed lawful: "the sale was lawful", "it is
// no evasion", "there is nothing unlawful in it". They deny the law that is
// held against the deed and leave the deed itself untouched.
func Lawful(content string) bool {
	s := strings.ToLower(content)
	return law.MatchString(s) && not.MatchString(s) || fine.MatchString(s) && !not.MatchString(s)
}
