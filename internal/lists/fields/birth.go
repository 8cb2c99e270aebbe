package fields

import (
	"regexp"
	"strings"

	"github.com/reportedly/reportedly/internal/party"
)

// alternatives part several dates in one field: "1949; 1/07/1949", "1965 or
// 1966", "12/5/1957; alt DOB: 5/12/1957".
var alternatives = regexp.MustCompile(`\s*(?:;|\bor\b|>>|\n|,?\s*\balt\.? DOB:?)\s*`)

// Births reads a field of birth dates. What is no date stays as a note, whole.
func Births(text string, order Order) []party.Birth {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	if w, circa, ok := Span(strings.Trim(text, "()"), order); ok {
		return []party.Birth{{Window: w, Circa: circa}}
	}
	var out []party.Birth
	about := false
	for _, part := range alternatives.Split(text, -1) {
		if part = strings.Trim(part, " ()"); part == "" {
			continue
		}
		w, circa, ok := Span(part, order)
		if !ok {
			return []party.Birth{{Note: text}}
		}
		about = about || circa
		out = append(out, party.Birth{Window: w, Circa: about})
	}
	return out
}
