package places

import (
	"bufio"
	"embed"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/prose/places/table"
)

//go:embed data/*.tsv data/*.txt
var files embed.FS

// wordClass is a set of classes of words_en.txt.
type wordClass uint32

const (
	wOrgHead wordClass = 1 << iota
	wOrgOf
	wTitle
	wRole
	wLocative
	wDirection
	wSpeech
	wStatecraft
	wNever
	wFeature
	wPlaceOf
	wGiven
	wCommon
	wSays
	wActs
)

var wordClasses = map[string]wordClass{
	"orghead": wOrgHead, "orgof": wOrgOf, "title": wTitle, "role": wRole, "locative": wLocative,
	"direction": wDirection, "speech": wSpeech, "statecraft": wStatecraft, "never": wNever,
	"feature": wFeature, "placeof": wPlaceOf, "says": wSays, "acts": wActs,
}

// wordLists are the readable data files, by folded word.
type wordLists struct {
	classes       map[string]wordClass
	demonyms      map[string]reading
	abbreviations map[string]reading // "Ill.", "B.C." as they are written
	areaCountries map[string][]string
	capitals      map[string]string // folded capital: country
	firstOfTwo    map[string]bool   // first words of demonyms of two words
}

func loadWords(g *Gazetteer) (*wordLists, error) {
	w := &wordLists{classes: map[string]wordClass{}, demonyms: map[string]reading{},
		abbreviations: map[string]reading{}, areaCountries: map[string][]string{}, capitals: map[string]string{}, firstOfTwo: map[string]bool{}}
	for _, step := range []struct {
		file string
		read func(line string) error
	}{
		{"words_en.txt", w.classLine},
		{"given_names.txt", func(s string) error { w.classes[s] |= wGiven; return nil }},
		{"common_words.txt", func(s string) error { w.classes[s] |= wCommon; return nil }},
		{"countries.tsv", func(s string) error { return w.countryLine(g, s) }},
		{"areas.tsv", w.areaLine},
		{"demonyms.tsv", func(s string) error { return w.demonymLine(g, s) }},
		{"us_states.tsv", func(s string) error { return w.stateLine(g, s) }},
	} {
		if err := eachLine(step.file, step.read); err != nil {
			return nil, fmt.Errorf("places: %s: %w", step.file, err)
		}
	}
	for d := range w.demonyms {
		if first, _, ok := strings.Cut(d, " "); ok {
			w.firstOfTwo[first] = true
		}
	}
	return w, nil
}

func eachLine(file string, f func(string) error) error {
	raw, err := files.ReadFile("data/" + file)
	if err != nil {
		return err
	}
	sc := bufio.NewScanner(strings.NewReader(string(raw)))
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		if err := f(line); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return sc.Err()
}

func (w *wordLists) classLine(line string) error {
	name, list, ok := strings.Cut(line, ":")
	class := wordClasses[strings.TrimSpace(name)]
	if !ok || class == 0 {
		return fmt.Errorf("unknown class %q", name)
	}
	for _, s := range strings.Fields(list) {
		w.classes[table.Fold(s)] |= class
	}
	return nil
}

// countryLine reads the demonyms and the capital of a country.
func (w *wordLists) countryLine(g *Gazetteer, line string) error {
	f := strings.Split(line, "\t")
	if len(f) < 5 {
		return fmt.Errorf("%s: want 5 columns", f[0])
	}
	r, ok := g.countryByCode(f[0])
	if !ok {
		return fmt.Errorf("%s is not in the gazetteer", f[0])
	}
	w.capitals[table.Fold(f[3])] = f[0]
	for _, d := range strings.Split(f[4], ";") {
		if d == "" {
			continue
		}
		w.demonyms[table.Fold(d)] = r
		if plural(d) {
			w.demonyms[table.Fold(d+"s")] = r
		}
	}
	return nil
}

// plural: Iraqis, Russians, Serbs; not Chinese, Irish, Dutch.
func plural(demonym string) bool {
	last := demonym[len(demonym)-1]
	return last != 's' && last != 'h' && last != 'e' || strings.HasSuffix(demonym, "Argentine") ||
		strings.HasSuffix(demonym, "Slovene") || strings.HasSuffix(demonym, "Pole") || strings.HasSuffix(demonym, "Dane")
}

// countryByCode finds the record of a country; they come first in the table.
func (g *Gazetteer) countryByCode(iso string) (reading, bool) {
	for i := 0; i < g.table.Len() && g.table.Kind(i) == CodeCountry; i++ {
		if g.table.In(i, iso, "") {
			return g.place(i), true
		}
	}
	return reading{}, false
}

func (w *wordLists) areaLine(line string) error {
	f := strings.Split(line, "\t")
	if len(f) > 4 && f[4] != "" {
		w.areaCountries[f[0]] = strings.Split(f[4], ";")
	}
	return nil
}

func (w *wordLists) demonymLine(g *Gazetteer, line string) error {
	list, name, ok := strings.Cut(line, "\t")
	places := g.Lookup(name)
	if !ok || len(places) == 0 {
		return fmt.Errorf("%q: no such place", name)
	}
	for _, d := range strings.Split(list, ";") {
		w.demonyms[table.Fold(d)] = reading{Place: places[0]}
	}
	return nil
}

// stateLine reads "US.IL	Ill.;IL".
func (w *wordLists) stateLine(g *Gazetteer, line string) error {
	code, list, ok := strings.Cut(line, "\t")
	iso, admin, ok2 := strings.Cut(code, ".")
	if !ok || !ok2 {
		return fmt.Errorf("want \"code<tab>forms\"")
	}
	r, found := g.region(iso, admin)
	if !found {
		return fmt.Errorf("%s is not in the gazetteer", code)
	}
	for _, a := range strings.Split(list, ";") {
		w.abbreviations[a] = r
	}
	return nil
}

func (g *Gazetteer) region(iso, admin string) (reading, bool) {
	for i := 0; i < g.table.Len() && g.table.Kind(i) != CodeCity; i++ {
		if g.table.Kind(i) == CodeRegion && g.table.In(i, iso, admin) {
			return g.place(i), true
		}
	}
	return reading{}, false
}

// upper tells that a word begins with a capital letter; caseless that its script
// has none.
func upper(word string) (isUpper, caseless bool) {
	r, _ := utf8.DecodeRuneInString(word)
	if !unicode.IsLetter(r) {
		return false, false
	}
	return unicode.IsUpper(r), !unicode.IsUpper(r) && !unicode.IsLower(r)
}
