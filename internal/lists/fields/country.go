package fields

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/party"
)

//go:embed countries.csv
var countriesCSV string

var countries = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, row := range table("countries.csv", countriesCSV, 2) {
		out[strings.ToLower(row[0])] = row[0]
		for _, name := range strings.Split(row[1], ";") {
			out[foldCountry(name)] = row[0]
		}
	}
	return out
})

// table reads an embedded table; a fault in it is a fault of the build, so it
// panics, and the package's tests read all of them.
func table(name, text string, fields int) [][]string {
	r := csv.NewReader(strings.NewReader(text))
	r.Comment = '#'
	r.FieldsPerRecord = fields
	r.LazyQuotes = true
	all, err := r.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("fields: %s: %v", name, err))
	}
	return all[1:]
}

func foldCountry(s string) string {
	s = strings.ToLower(strings.Trim(s, " .,;"))
	return apostrophes.Replace(s)
}

var apostrophes = strings.NewReplacer("’", "'", "‘", "'", "&", "and")

// Country gives the list's text with its ISO code where it is known. A remark
// in brackets is passed over: "Iran (as of 2012)".
func Country(text string) party.Country {
	text = strings.TrimSpace(text)
	c := party.Country{Text: text}
	if text == "" {
		return c
	}
	known := countries()
	if code, ok := known[foldCountry(text)]; ok {
		c.Code = code
		return c
	}
	if i := strings.IndexByte(text, '('); i > 0 {
		c.Code = known[foldCountry(text[:i])]
	}
	return c
}

// Countries reads a field with several countries, parted by ";", "/", a line
// break or, where every part is a known country, by a comma or "and".
func Countries(text string) []party.Country {
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	if c := Country(text); c.Code != "" {
		return []party.Country{c}
	}
	var out []party.Country
	for _, part := range strings.FieldsFunc(text, func(u rune) bool { return u == ';' || u == '/' || u == '\n' || u == '|' }) {
		out = append(out, listed(strings.TrimSpace(part))...)
	}
	return out
}

func listed(text string) []party.Country {
	whole := Country(text)
	if whole.Code != "" || text == "" {
		if text == "" {
			return nil
		}
		return []party.Country{whole}
	}
	var out []party.Country
	for _, part := range strings.Split(strings.ReplaceAll(text, " and ", ","), ",") {
		c := Country(part)
		if c.Code == "" {
			return []party.Country{whole}
		}
		out = append(out, c)
	}
	return out
}
