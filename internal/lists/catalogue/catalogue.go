package catalogue

import (
	_ "embed"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

//go:embed sources.toml
var shipped string

// Source is one official list.
type Source struct {
	Code      string   `toml:"code"`
	List      string   `toml:"list"` // code under which its editions are kept; the source's own if empty
	Title     string   `toml:"title"`
	Publisher string   `toml:"publisher"`
	Terms     string   `toml:"terms"`
	URLs      []string `toml:"urls"`
	Checked   string   `toml:"checked"`
}

// Shipped gives the sources that the program knows.
func Shipped() ([]Source, error) { return Read(strings.NewReader(shipped)) }

// Read reads a file of sources and refuses what it does not know.
func Read(r io.Reader) ([]Source, error) {
	var f struct {
		Source []Source `toml:"source"`
	}
	meta, err := toml.NewDecoder(r).Decode(&f)
	if err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	if extra := meta.Undecoded(); len(extra) > 0 {
		return nil, fmt.Errorf("catalogue: unknown key %q", extra[0])
	}
	seen := map[string]bool{}
	for _, s := range f.Source {
		if s.Code == "" || len(s.URLs) == 0 || seen[s.Code] {
			return nil, fmt.Errorf("catalogue: source %q: needs a code of its own and at least one address", s.Code)
		}
		seen[s.Code] = true
		for _, a := range s.URLs {
			if u, err := url.Parse(a); err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
				return nil, fmt.Errorf("catalogue: source %s: %q is no http address", s.Code, a)
			}
		}
	}
	return f.Source, nil
}

// Terms gives what is known of the licence of a list, "" if nothing.
func Terms(all []Source, list string) string {
	for _, s := range all {
		if s.List == list || (s.List == "" && s.Code == list) {
			return s.Terms
		}
	}
	return ""
}

// Over lays a user's sources over others: one with a known code takes its
// place, others are added.
func Over(base, own []Source) []Source {
	out := append([]Source{}, base...)
	for _, s := range own {
		i := index(out, s.Code)
		if i < 0 {
			out = append(out, s)
			continue
		}
		out[i] = s
	}
	return out
}

func index(all []Source, code string) int {
	for i, s := range all {
		if s.Code == code {
			return i
		}
	}
	return -1
}

// Pick keeps the sources with these codes; a part of a code picks all that have
// it, as "us" and "ofac" pick "us-ofac-sdn". No codes
// keep all; an unknown code is an error.
func Pick(all []Source, codes []string) ([]Source, error) {
	if len(codes) == 0 {
		return all, nil
	}
	var out []Source
	for _, c := range codes {
		n := len(out)
		for _, s := range all {
			if (s.Code == c || slices.Contains(strings.Split(s.Code, "-"), c)) && index(out, s.Code) < 0 {
				out = append(out, s)
			}
		}
		if len(out) == n {
			return nil, fmt.Errorf("catalogue: no source %q", c)
		}
	}
	return out, nil
}
