package echoes

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"

	"github.com/kljensen/snowball/english"
)

//go:embed words_en.txt
var wordsText string

//go:embed boilerplate.txt
var boilerplateText string

//go:embed update.txt
var updateText string

//go:embed newswords.txt
var newsText string

//go:embed generic.txt
var genericText string

// corpusWords is the size of the text that words_en.txt was counted in.
const corpusWords = 204000

type lexicon struct {
	count   map[string]int
	page    []guarded // paragraphs to drop
	tail    []guarded // paragraphs that end the story
	update  map[string]bool
	generic map[string]bool
	news    map[string]bool // stems of the trade's own words
}

var lexica = sync.OnceValue(func() lexicon {
	l := lexicon{count: map[string]int{}, update: map[string]bool{}, generic: map[string]bool{}, news: map[string]bool{}}
	for line := range dataLines(wordsText) {
		stem, n, _ := strings.Cut(line, " ")
		l.count[stem], _ = strconv.Atoi(n)
	}
	for line := range dataLines(boilerplateText) {
		if rest, ok := strings.CutPrefix(line, "tail "); ok {
			l.tail = append(l.tail, guard(rest))
			continue
		}
		l.page = append(l.page, guard(line))
	}
	for line := range dataLines(updateText) {
		l.update[line] = true
	}
	for line := range dataLines(genericText) {
		for _, w := range strings.Fields(line) {
			l.generic[fold(w)] = true
		}
	}
	for line := range dataLines(newsText) {
		for _, w := range strings.Fields(line) {
			l.news[english.Stem(w, true)] = true
		}
	}
	return l
})

func dataLines(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.SplitSeq(text, "\n") {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			if !yield(line) {
				return
			}
		}
	}
}

// information is how much a shared word tells, in bits above that of a word met
// once in a thousand: 0 for ordinary words and for those of
// every news story, about 7 for words never met.
func (l lexicon) information(stem string) float64 {
	if l.news[stem] {
		return 0
	}
	n := max(1, l.count[stem])
	return max(0, math.Log2(corpusWords/1000/float64(n)))
}
