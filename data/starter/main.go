// Command starter makes the demo's starter list: some sixty entries of a UN
// consolidated list XML as bare facts (names, dates, functions, references),
// without the list's own prose, in the UN's XML form.
//
//	go run ./data/starter UN.xml[.gz] > internal/demo/data/starter.xml
package main

import (
	"compress/gzip"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"strings"
)

type list struct {
	XMLName     xml.Name `xml:"CONSOLIDATED_LIST"`
	Generated   string   `xml:"dateGenerated,attr"`
	Individuals []entry  `xml:"INDIVIDUALS>INDIVIDUAL"`
	Entities    []entry  `xml:"ENTITIES>ENTITY"`
}

// entry keeps the elements that are facts, in the order of the UN's schema.
type entry struct {
	DataID      string  `xml:"DATAID"`
	Version     string  `xml:"VERSIONNUM"`
	First       string  `xml:"FIRST_NAME,omitempty"`
	Second      string  `xml:"SECOND_NAME,omitempty"`
	Third       string  `xml:"THIRD_NAME,omitempty"`
	Fourth      string  `xml:"FOURTH_NAME,omitempty"`
	Type        string  `xml:"UN_LIST_TYPE"`
	Reference   string  `xml:"REFERENCE_NUMBER"`
	Listed      string  `xml:"LISTED_ON"`
	Gender      string  `xml:"GENDER,omitempty"`
	Original    string  `xml:"NAME_ORIGINAL_SCRIPT,omitempty"`
	Function    *values `xml:"DESIGNATION"`
	Nationality *values `xml:"NATIONALITY"`
	ListType    *values `xml:"LIST_TYPE"`
	Updated     *values `xml:"LAST_DAY_UPDATED"`
	Aliases     []alias `xml:"INDIVIDUAL_ALIAS"`
	EntAliases  []alias `xml:"ENTITY_ALIAS"`
	Births      []birth `xml:"INDIVIDUAL_DATE_OF_BIRTH"`
	BirthPlaces []place `xml:"INDIVIDUAL_PLACE_OF_BIRTH"`
}

type values struct {
	Values []string `xml:"VALUE"`
}

type alias struct {
	Quality string `xml:"QUALITY"`
	Name    string `xml:"ALIAS_NAME"`
}

type birth struct {
	Kind string `xml:"TYPE_OF_DATE"`
	Date string `xml:"DATE,omitempty"`
	Year string `xml:"YEAR,omitempty"`
	From string `xml:"FROM_YEAR,omitempty"`
	To   string `xml:"TO_YEAR,omitempty"`
}

type place struct {
	City    string `xml:"CITY,omitempty"`
	Country string `xml:"COUNTRY,omitempty"`
}

// always holds the two namesakes that the demo shows; the rest is every n-th
// entry of each list, so that all regimes are seen.
var always = map[string]bool{"IRi.039": true, "IRi.040": true}

const perList = 4

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: starter UN.xml[.gz] > starter.xml")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "starter:", err)
		os.Exit(1)
	}
}

func run(path string, w io.Writer) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return err
		}
	}
	var l list
	if err := xml.NewDecoder(r).Decode(&l); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	total := map[string]int{}
	for _, e := range append(append([]entry{}, l.Individuals...), l.Entities...) {
		total[e.Type]++
	}
	seen := map[string]int{}
	l.Individuals = pick(l.Individuals, total, seen)
	l.Entities = pick(l.Entities, total, seen)
	fmt.Fprint(w, xml.Header, "<!-- A sample of facts for the demo of Reportedly; not a list to screen by. -->\n")
	enc := xml.NewEncoder(w)
	enc.Indent("", " ")
	if err := enc.Encode(l); err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n")
	return err
}

func pick(all []entry, total, seen map[string]int) []entry {
	var out []entry
	for _, e := range all {
		n := seen[e.Type]
		seen[e.Type]++
		step := max(total[e.Type]/perList, 1)
		if always[strings.TrimSpace(e.Reference)] || n%step == step/2 {
			out = append(out, e)
		}
	}
	return out
}
