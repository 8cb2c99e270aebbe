package dates

import (
	"bufio"
	"embed"
	"fmt"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed languages
var languageFiles embed.FS

// word is one reading of a symbol: its class and the value it has there.
type word struct {
	class classID
	text  string
	n     int
	cap   bool // only with a capital letter: May, March, Sun
	dot   bool // an abbreviation, which takes a full stop with it
}

// language is the compiled vocabulary and grammar of one language folder.
type language struct {
	code        string
	symbols     map[string]int32
	words       [][]word // by symbol
	rules       []rule
	byFirst     [][]int16 // rules that can start with a symbol
	byDigits    []int16   // rules that can start with digits
	key         []bool    // symbols that every expression holds one of
	pastEndings []string
	clitics     []string // letters joined to the front of words
	dayFirst    bool     // 03/04/2016 is 3 April
	// infinitiveMark is the symbol of "to" where infinitives have one.
	infinitiveMark int32
}

// compiled holds the languages by code, read once.
var compiled = sync.OnceValues(func() (map[string]*language, error) {
	entries, err := languageFiles.ReadDir("languages")
	if err != nil {
		return nil, fmt.Errorf("dates: %w", err)
	}
	out := map[string]*language{}
	for _, e := range entries {
		l, err := loadLanguage(e.Name())
		if err != nil {
			return nil, err
		}
		out[e.Name()] = l
	}
	return out, nil
})

func loadLanguage(code string) (*language, error) {
	l := &language{code: code, symbols: map[string]int32{}, words: make([][]word, 1), dayFirst: true}
	for _, name := range []string{"vocabulary.txt", "rules.txt"} {
		raw, err := languageFiles.ReadFile(path.Join("languages", code, name))
		if err != nil {
			return nil, fmt.Errorf("dates: language %s: %w", code, err)
		}
		read := l.readVocabulary
		if name == "rules.txt" {
			read = l.readRules
		}
		if err := read(string(raw)); err != nil {
			return nil, fmt.Errorf("dates: %s/%s: %w", code, name, err)
		}
	}
	l.index()
	return l, nil
}

// symbol gives the number of a lower-cased word or mark, a new one if need be.
func (l *language) symbol(s string) int32 {
	id, ok := l.symbols[s]
	if !ok {
		id = int32(len(l.words))
		l.symbols[s] = id
		l.words = append(l.words, nil)
	}
	return id
}

// readVocabulary reads lines "class value [cap] [dot] : word word ...".
func (l *language) readVocabulary(raw string) error {
	return eachLine(raw, func(line string) error {
		head, list, ok := strings.Cut(line, ":")
		fields := strings.Fields(head)
		if !ok || len(fields) < 1 {
			return fmt.Errorf("want \"class value : words\"")
		}
		if len(strings.Fields(list)) > 0 && l.setting(fields[0], strings.Fields(list)) {
			return nil
		}
		id, ok := classNames[fields[0]]
		if !ok || len(fields) < 2 {
			return fmt.Errorf("unknown class %q or no value", fields[0])
		}
		w := word{class: id, text: fields[1]}
		w.n, _ = strconv.Atoi(fields[1])
		for _, flag := range fields[2:] {
			w.cap = w.cap || flag == "cap"
			w.dot = w.dot || flag == "dot"
		}
		for _, s := range strings.Fields(list) {
			sym := l.symbol(foldWord(s))
			l.words[sym] = append(l.words[sym], w)
		}
		return nil
	})
}

// setting takes the lines that are no word lists.
func (l *language) setting(name string, values []string) bool {
	switch name {
	case "past-endings":
		l.pastEndings = values
	case "clitics":
		l.clitics = values
	case "infinitive":
		l.infinitiveMark = l.symbol(values[0])
	case "month-first":
		l.dayFirst = false
	default:
		return false
	}
	return true
}

// eachLine calls f with each line that is neither blank nor a # comment.
func eachLine(raw string, f func(string) error) error {
	sc := bufio.NewScanner(strings.NewReader(raw))
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(sc.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if err := f(line); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return sc.Err()
}

// reading gives the reading of a symbol in a class.
func (l *language) reading(a *atom, c classID) *word {
	if a.sym == 0 {
		return nil
	}
	for i := range l.words[a.sym] {
		w := &l.words[a.sym][i]
		if w.class == c && (!w.cap || a.upper) {
			return w
		}
	}
	return nil
}
