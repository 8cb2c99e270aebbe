// Command nameforms writes the tables of legal forms, of words with one
// meaning and of nicknames. See README.md for sources and licences.
package main

import (
	"encoding/csv"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/reportedly/reportedly/internal/names/translit"
)

func main() {
	shared := flag.String("shared", "../shared", "folder with the source data")
	out := flag.String("o", "internal/names", "folder to write to")
	flag.Parse()
	for name, make := range map[string]func(string) ([]string, error){
		"forms.tsv": forms, "symbols.tsv": symbols, "nicknames.tsv": nicknames,
	} {
		rows, err := make(filepath.Join(*shared, "data/names"))
		if err != nil {
			log.Fatal(err)
		}
		sort.Strings(rows)
		text := "# made by data/nameforms; sources and licences in its README.md\n" + strings.Join(uniq(rows), "\n") + "\n"
		if err := os.WriteFile(filepath.Join(*out, name), []byte(text), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

func uniq(rows []string) []string {
	out := rows[:0]
	last := ""
	for _, r := range rows {
		head, _, _ := strings.Cut(r, "\t")
		if head == last {
			continue
		}
		last = head
		out = append(out, r)
	}
	return out
}

// value reads a YAML scalar as these files write it: comments end it, quotes
// surround it.
func value(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 1 && (s[0] == '"' || s[0] == '\'') {
		if end := strings.IndexByte(s[1:], s[0]); end >= 0 {
			return s[1 : end+1]
		}
	}
	s, _, _ = strings.Cut(s, " #")
	return strings.TrimSpace(s)
}

func forms(dir string) ([]string, error) {
	b, err := os.ReadFile(filepath.Join(dir, "rigour/rigour_org_types.yml"))
	if err != nil {
		return nil, err
	}
	var rows, aliases []string
	var class, generic string
	flush := func() {
		if generic != "" {
			class = generic
		}
		c := strings.ReplaceAll(translit.Latin(class), " ", "")
		for _, a := range aliases {
			// Long official descriptions of one body are no legal form.
			if f := translit.Latin(a); f != "" && c != "" && len(strings.Fields(f)) <= 7 {
				rows = append(rows, f+"\t"+c)
			}
		}
		aliases, class, generic = nil, "", ""
	}
	for _, l := range strings.Split(string(b), "\n") {
		t := strings.TrimSpace(l)
		switch {
		case strings.HasPrefix(t, "#") || t == "":
		case strings.HasPrefix(t, "- display:"):
			flush()
			class = value(t[len("- display:"):])
			aliases = append(aliases, class)
		case strings.HasPrefix(t, "generic:"):
			generic = value(t[len("generic:"):])
		case strings.HasPrefix(t, "compare:"):
			aliases = append(aliases, value(t[len("compare:"):]))
		case strings.HasPrefix(t, "- "):
			aliases = append(aliases, value(t[2:]))
		}
	}
	flush()
	return rows, nil
}

// bearers are keys of the source that stand for one body, not for a meaning.
var bearers = map[string]bool{"alqaeda": true, "hezbollah": true, "irgc": true, "pla": true, "ccp": true, "cia": true, "khuylo": true, "qdfi": true}

func symbols(dir string) ([]string, error) {
	b, err := os.ReadFile(filepath.Join(dir, "rigour/rigour_symbols.yml"))
	if err != nil {
		return nil, err
	}
	var rows []string
	section, key := "", ""
	for _, l := range strings.Split(string(b), "\n") {
		t := strings.TrimSpace(l)
		switch {
		case strings.HasPrefix(t, "#") || t == "":
		case l[0] != ' ' && strings.HasSuffix(t, ":"):
			section = strings.TrimSuffix(t, ":")
		case strings.HasPrefix(t, "- "):
			f := translit.Latin(value(t[2:]))
			if bearers[key] {
				continue
			}
			if (section == "org_symbols" || section == "org_domains") && f != "" && !strings.Contains(f, " ") {
				rows = append(rows, f+"\t"+key)
			}
		case strings.HasSuffix(value(t), ":"):
			key = strings.ToLower(strings.Trim(strings.TrimSuffix(value(t), ":"), `"'`))
		}
	}
	return rows, nil
}

func nicknames(dir string) ([]string, error) {
	f, err := os.Open(filepath.Join(dir, "variants/english_nicknames.csv"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	recs, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("nicknames: %w", err)
	}
	byName := map[string][]string{}
	for _, r := range recs[1:] {
		if a, b := translit.Latin(r[0]), translit.Latin(r[2]); a != "" && b != "" {
			byName[a] = append(byName[a], b)
		}
	}
	var rows []string
	for a, bs := range byName {
		sort.Strings(bs)
		rows = append(rows, a+"\t"+strings.Join(bs, " "))
	}
	return rows, nil
}
