package main

import (
	"bufio"
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/prose/places/table"
)

// entry is a place with its names, before it goes into the table.
type entry struct {
	table.Place
	main, alt []string
	admin2    string
}

// readCities reads a GeoNames dump (19 columns, documented in its readme.txt).
func readCities(path string) ([]entry, error) {
	raw, err := readFrom(path, "package/dist/cities500.txt")
	if err != nil {
		return nil, err
	}
	var out []entry
	sc := bufio.NewScanner(bytes.NewReader(raw))
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		f := strings.Split(sc.Text(), "\t")
		if len(f) < 19 {
			return nil, fmt.Errorf("cities: line %d has %d columns", n, len(f))
		}
		if e, ok := city(f); ok {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b entry) int { return strings.Compare(a.Country+a.Admin1, b.Country+b.Admin1) })
	return out, sc.Err()
}

func city(f []string) (entry, bool) {
	code := f[7]
	if code == "PPLH" || code == "PPLQ" || code == "PPLW" || len(f[8]) != 2 { // historical, abandoned, destroyed
		return entry{}, false
	}
	var e entry
	e.ID, _ = strconv.Atoi(f[0])
	e.Name, e.Country, e.Admin1 = f[1], f[8], f[10]
	e.Lat, _ = strconv.ParseFloat(f[4], 64)
	e.Lon, _ = strconv.ParseFloat(f[5], 64)
	e.Population, _ = strconv.Atoi(f[14])
	e.Kind = places.CodeCity
	if len(e.Admin1) > 8 || len(e.Name) > 120 {
		return entry{}, false
	}
	switch code {
	case "PPLC":
		e.Flags = places.FlagCapital | places.FlagSeat
	case "PPLA":
		e.Flags = places.FlagSeat
	case "PPLX":
		e.Flags = places.FlagSection
	}
	e.admin2 = e.Country + "." + f[10] + "." + f[11]
	e.main = []string{f[1], f[2]}
	if slices.Contains(arabicCountries, e.Country) {
		e.alt = newsSpellings(f[2])
	}
	known := e.Population >= 15000 || code == "PPLC" || code == "PPLA"
	for _, a := range strings.Split(f[3], ",") {
		if keep(a, known) {
			e.alt = append(e.alt, a)
		}
	}
	return e, true
}

// keep drops codes, transliterations and scripts that the product does not read.
func keep(name string, latinToo bool) bool {
	first, _ := utf8.DecodeRuneInString(name)
	if utf8.RuneCountInString(name) < 2 || unicode.IsLower(first) && first < 0x250 {
		return false
	}
	upper, letters := 0, 0
	latin := false
	for _, r := range name {
		switch {
		case unicode.IsDigit(r):
			return false
		case unicode.Is(unicode.Latin, r):
			latin = true
		case unicode.Is(unicode.Cyrillic, r), unicode.Is(unicode.Arabic, r), unicode.Is(unicode.Han, r):
		case unicode.IsLetter(r):
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	if latin && letters <= 4 && upper == letters {
		return false
	}
	return !latin || latinToo
}

// arabicCountries write names with an article that news spells in several ways.
var arabicCountries = strings.Fields("SY IQ YE LY LB PS JO SA AE OM QA KW BH EG SD DZ TN MA MR")

// newsSpellings turns "Ar Raqqah" into "al-Raqqah", "Raqqah", "Raqqa" and "Tall
// Afar" into "Tal Afar": news drops the article or leaves it unassimilated, and
// writes the ending without its h.
func newsSpellings(ascii string) []string {
	ascii = strings.NewReplacer("`", "", "'", "").Replace(ascii)
	heads := []string{ascii}
	first, rest, ok := strings.Cut(ascii, " ")
	switch {
	case ok && slices.Contains(strings.Fields("Al Ar As Ash At Ath Ad Adh Az An El"), first):
		heads = append(heads, "Al "+rest)
		if len(rest) > 3 {
			heads = append(heads, rest)
		}
	case ok && first == "Tall":
		heads = append(heads, "Tal "+rest, "Tel "+rest)
	}
	for _, h := range slices.Clone(heads) {
		if stem, ok := strings.CutSuffix(h, "ah"); ok {
			heads = append(heads, stem+"a")
		}
	}
	return heads[1:]
}
