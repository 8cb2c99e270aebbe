package prose

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/abbreviations.tsv
var abbreviationsTSV string

//go:embed data/words.tsv
var wordsTSV string

//go:embed data/kinds.tsv
var kindsTSV string

// abbreviation says what may follow a shortened word.
type abbreviation uint8

const (
	notShort abbreviation = iota
	title                 // stands before a name: never closes a sentence
	number                // short only before a number: "No. 5", "Sat. 4"
	open                  // may close a sentence
)

// pattern is a run of lower-case tokens that gives a line its kind.
type pattern struct {
	kind  SentenceKind
	where string
	words []string
}

// lexicon is the data of this package, read once and never changed.
type lexicon struct {
	short  map[string]map[string]abbreviation // language, form without the stop
	class  map[string]map[string]bool         // word class, word
	cuts   map[string]int                     // "cannot": bytes of the first part
	first  map[string][]pattern               // by first word
	ending map[string][]pattern               // by last word
}

var load = sync.OnceValue(func() *lexicon {
	l := &lexicon{
		short: map[string]map[string]abbreviation{}, class: map[string]map[string]bool{},
		cuts: map[string]int{}, first: map[string][]pattern{}, ending: map[string][]pattern{},
	}
	classes := map[string]abbreviation{"title": title, "number": number, "open": open}
	for _, f := range rows(abbreviationsTSV, 3) {
		if l.short[f[0]] == nil {
			l.short[f[0]] = map[string]abbreviation{}
		}
		l.short[f[0]][f[1]] = classes[f[2]]
	}
	for _, f := range rows(wordsTSV, 2) {
		set := map[string]bool{}
		for w := range strings.FieldsSeq(f[1]) {
			if a, b, ok := strings.Cut(w, "|"); ok {
				l.cuts[a+b] = len(a)
			}
			set[w] = true
		}
		l.class[f[0]] = set
	}
	kinds := map[string]SentenceKind{"caption": Caption, "boilerplate": Boilerplate, "headline": Headline}
	for _, f := range rows(kindsTSV, 3) {
		p := pattern{kinds[f[0]], f[1], strings.Fields(f[2])}
		if p.where == "ends" {
			last := p.words[len(p.words)-1]
			l.ending[last] = append(l.ending[last], p)
		} else {
			l.first[p.words[0]] = append(l.first[p.words[0]], p)
		}
	}
	return l
})

// rows cuts a table into its fields and leaves out comments; a row with
// another number of fields is left out too, and the tests look for such rows.
func rows(table string, fields int) [][]string {
	var out [][]string
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\r\n")
		if f := strings.Split(line, "\t"); len(f) == fields && !strings.HasPrefix(line, "#") {
			out = append(out, f)
		}
	}
	return out
}
