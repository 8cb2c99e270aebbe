package fields

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/party"
)

//go:embed documents.csv
var documentsCSV string

//go:embed measures.csv
var measuresCSV string

var documents = sync.OnceValue(func() [][]string { return table("documents.csv", documentsCSV, 2) })

// DocumentKind gives the kind of party.Document for a list's own word, "other"
// where it is not in the table.
func DocumentKind(text string) string {
	text = strings.ToLower(text)
	for _, row := range documents() {
		if containsWord(text, row[0]) {
			return row[1]
		}
	}
	return "other"
}

// containsWord finds a part that starts at a word: "inn" is in "INN 77" and
// not in "beginning".
func containsWord(text, part string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], part)
		if i < 0 {
			return false
		}
		i += from
		if i == 0 || !isLetter(text[i-1]) {
			end := i + len(part)
			if len(part) > 4 || end == len(text) || !isLetter(text[end]) {
				return true
			}
		}
		from = i + 1
	}
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 }

type phrase struct{ text, kind string }

var phrases = sync.OnceValue(func() []phrase {
	var out []phrase
	for _, row := range table("measures.csv", measuresCSV, 2) {
		out = append(out, phrase{row[0], row[1]})
	}
	slices.SortFunc(out, func(a, b phrase) int { return len(b.text) - len(a.text) })
	return out
})

// Stated reads a field that names measures, parted by ";", "," or "|" or one
// a line. A part that is not in the table is kept with an empty kind.
func Stated(text string) []party.StatedMeasure {
	var out []party.StatedMeasure
	for _, part := range strings.FieldsFunc(text, func(u rune) bool { return strings.ContainsRune(";,|\n", u) }) {
		part = strings.Join(strings.Fields(part), " ")
		if part == "" {
			continue
		}
		m := party.StatedMeasure{Text: part}
		m.Kind, _ = MeasureKind(part)
		out = append(out, m)
	}
	return out
}

// MeasureKind gives the kind of the longest phrase of the table in a text.
func MeasureKind(text string) (kind string, ok bool) {
	low := strings.ToLower(strings.Join(strings.Fields(text), " "))
	for _, p := range phrases() {
		if containsWord(low, p.text) {
			return p.kind, true
		}
	}
	return "", false
}
