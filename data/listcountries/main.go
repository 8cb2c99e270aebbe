// Command listcountries writes the table of country names that list parsers
// use (internal/lists/fields/countries.csv): each ISO 3166-1 code with its
// CLDR names in English, French, German and Spanish and the further forms of
// extra.tsv, which stand in sanctions lists.
package main

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: listcountries EXTRA.tsv OUT.csv")
	}
	extra, err := readExtra(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	if err := write(os.Args[2], extra); err != nil {
		log.Fatal(err)
	}
}

func readExtra(path string) (map[string][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment, r.Comma, r.LazyQuotes = '#', '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	out := map[string][]string{}
	for _, row := range rows {
		out[row[0]] = strings.Split(row[1], ";")
	}
	return out, nil
}

func write(path string, extra map[string][]string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "# ISO 3166-1 alpha-2 code, names and forms in lists. Made by data/listcountries; edit its extra.tsv instead.")
	fmt.Fprintln(w, "code,names")
	c := csv.NewWriter(w)
	for _, code := range codes(extra) {
		if err := c.Write([]string{code, strings.Join(names(code, extra), ";")}); err != nil {
			return err
		}
	}
	c.Flush()
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// withdrawn holds codes that CLDR still knows but ISO 3166-1 has withdrawn or
// only reserved; no list may be mapped to them.
const withdrawn = "AC AN BU CP CQ CS CT DD DG DY EA EZ FQ FX HV IC JT MI NH NQ NT PC PU PZ RH SU TA TP UK UN VD WK YD YU ZR"

func codes(extra map[string][]string) []string {
	var out []string
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string(a) + string(b)
			r, err := language.ParseRegion(code)
			if err == nil && r.IsCountry() && r.String() == code && !strings.Contains(withdrawn, code) {
				out = append(out, code)
			}
		}
	}
	for code := range extra {
		if !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out
}

func names(code string, extra map[string][]string) []string {
	var out []string
	if r, err := language.ParseRegion(code); err == nil {
		for _, tag := range []language.Tag{language.English, language.French, language.German, language.Spanish} {
			out = append(out, display.Regions(tag).Name(r))
		}
	}
	out = append(out, extra[code]...)
	seen := map[string]bool{}
	return slices.DeleteFunc(out, func(s string) bool {
		dup := s == "" || seen[strings.ToLower(s)]
		seen[strings.ToLower(s)] = true
		return dup
	})
}
