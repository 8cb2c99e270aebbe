package sources

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Kind of a source.
type Kind string

// Kinds of the register.
const (
	Wire         Kind = "wire"
	StateWire    Kind = "state-wire"
	Outlet       Kind = "outlet"
	StateMedia   Kind = "state-media"
	Government   Kind = "government"
	Organisation Kind = "organisation"
)

// IsWire reports an agency whose dispatches others carry.
func (k Kind) IsWire() bool { return k == Wire || k == StateWire }

// Source is one who publishes or speaks.
type Source struct {
	Name    string
	Kind    Kind
	Country string // ISO 3166-1 alpha-2, EU or UN; "" where none fits
	Control string // id of the control group, "" if none is registered
	Domains []string
	Aliases []string
	// creditOnly are forms too short or common to count outside a credit line.
	creditOnly []string
}

// Group is a hand that controls sources.
type Group struct {
	ID, Parent, Kind, Country, Name, Note string
}

// Register finds sources by name and domain.
type Register struct {
	sources  []Source
	groups   map[string]Group
	byName   map[string]int
	byCredit map[string]int
	byDomain map[string]int
	// maxWords is the length of the longest name, for the scan of credit lines.
	maxWords int
}

//go:embed register.tsv
var registerTSV string

//go:embed groups.tsv
var groupsTSV string

var embedded = sync.OnceValues(func() (*Register, error) {
	r := &Register{groups: map[string]Group{}, byName: map[string]int{}, byCredit: map[string]int{}, byDomain: map[string]int{}}
	if err := r.readGroups(strings.NewReader(groupsTSV)); err != nil {
		return nil, err
	}
	return r, r.readSources(strings.NewReader(registerTSV))
})

// Default is the register that ships with the program. A broken embedded table
// is a fault of the build that the tests catch, so none is given here.
func Default() *Register {
	r, _ := embedded()
	return r
}

// Extend lays rows of the form of register.tsv over r and gives the new
// register; r itself does not change. A row with a known name replaces it.
// Lines that begin with "group" and a tab are rows of groups.tsv.
func (r *Register) Extend(file io.Reader) (*Register, error) {
	out := &Register{groups: map[string]Group{}, byName: map[string]int{}, byCredit: map[string]int{}, byDomain: map[string]int{}}
	for k, g := range r.groups {
		out.groups[k] = g
	}
	for _, s := range r.sources {
		out.add(s)
	}
	var groups, rows strings.Builder
	in := bufio.NewScanner(file)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		if rest, ok := strings.CutPrefix(in.Text(), "group\t"); ok {
			groups.WriteString(rest + "\n")
			rows.WriteString("\n") // keeps the line numbers of messages right
			continue
		}
		rows.WriteString(in.Text() + "\n")
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("sources: own register: %w", err)
	}
	if err := out.readGroups(strings.NewReader(groups.String())); err != nil {
		return nil, err
	}
	return out, out.readSources(strings.NewReader(rows.String()))
}

func (r *Register) readGroups(in io.Reader) error {
	return eachRow(in, "groups", func(f []string) error {
		r.groups[f[0]] = Group{ID: f[0], Parent: f[1], Kind: f[2], Country: f[3], Name: f[4], Note: f[5]}
		return nil
	})
}

var kinds = map[Kind]bool{Wire: true, StateWire: true, Outlet: true, StateMedia: true, Government: true, Organisation: true}

func (r *Register) readSources(in io.Reader) error {
	return eachRow(in, "register", func(f []string) error {
		s := Source{Name: f[0], Kind: Kind(f[1]), Country: f[2], Control: f[3], Domains: split(f[4], ",")}
		if !kinds[s.Kind] {
			return fmt.Errorf("unknown kind %q", f[1])
		}
		if _, ok := r.groups[s.Control]; s.Control != "" && !ok {
			return fmt.Errorf("unknown control group %q", s.Control)
		}
		for _, a := range split(f[5], ";") {
			if c, ok := strings.CutPrefix(a, "="); ok {
				s.creditOnly = append(s.creditOnly, c)
				continue
			}
			s.Aliases = append(s.Aliases, a)
		}
		r.add(s)
		return nil
	})
}

// eachRow calls row for each line of six tab-separated fields; trailing empty
// fields may be left out.
func eachRow(in io.Reader, what string, row func(fields []string) error) error {
	sc := bufio.NewScanner(in)
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) < 3 || len(f) > 6 || strings.TrimSpace(f[0]) == "" {
			return fmt.Errorf("sources: %s: line %d: want 3 to 6 tab-separated fields, have %d", what, n, len(f))
		}
		for len(f) < 6 {
			f = append(f, "")
		}
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		if err := row(f); err != nil {
			return fmt.Errorf("sources: %s: line %d: %w", what, n, err)
		}
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("sources: %s: %w", what, err)
	}
	return nil
}

// add indexes s; a name that is known already is replaced. An alias never takes
// a name away from another source: the first comer keeps it.
func (r *Register) add(s Source) {
	i := len(r.sources)
	if old, ok := r.byName[fold(s.Name)]; ok && fold(r.sources[old].Name) == fold(s.Name) {
		i = old
		r.sources[i] = s
	} else {
		r.sources = append(r.sources, s)
	}
	r.byName[fold(s.Name)] = i
	for _, a := range s.Aliases {
		keep(r.byName, fold(a), i)
		r.maxWords = max(r.maxWords, len(strings.Fields(a)))
	}
	r.maxWords = max(r.maxWords, len(strings.Fields(s.Name)))
	for _, a := range s.creditOnly {
		keep(r.byCredit, fold(a), i)
	}
	for _, d := range s.Domains {
		keep(r.byDomain, strings.ToLower(d), i)
	}
}

func keep(m map[string]int, key string, i int) {
	if _, ok := m[key]; !ok && key != "" {
		m[key] = i
	}
}

func split(s, sep string) []string {
	var out []string
	for _, p := range strings.Split(s, sep) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// fold makes "The Élysée", "Elysee" and "A.P.", "AP" meet: no marks, no dots
// or quotes, no leading article. A name written in capitals of up to five
// letters keeps them, so that "MAP" (the agency) and "map" differ.
func fold(name string) string {
	var b strings.Builder
	for _, c := range norm.NFKD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, c), c == '.', c == '\'', c == '’', c == '"', c == '“', c == '”', c == ',':
		case c == '-' || c == '‑' || c == '–' || unicode.IsSpace(c):
			b.WriteByte(' ')
		default:
			b.WriteRune(c)
		}
	}
	s := strings.Join(strings.Fields(b.String()), " ")
	for _, the := range []string{"the ", "The ", "THE "} {
		s = strings.TrimPrefix(s, the)
	}
	if n := len(s); n <= 5 && strings.ToUpper(s) == s && strings.ToLower(s) != s {
		return s
	}
	return strings.ToLower(s)
}

// Sources gives all rows in order of the file.
func (r *Register) Sources() []Source { return r.sources }

// Lookup finds a source by its name or an alias. "The", dots, accents and case
// do not matter; a trailing "news agency", "newspaper" or "magazine" may be
// added or left out.
func (r *Register) Lookup(name string) (Source, bool) {
	key := fold(name)
	if i, ok := r.byName[key]; ok {
		return r.sources[i], true
	}
	for _, tail := range []string{" news agency", " newspaper", " daily", " magazine", " agency", " website", " news site", " television", " tv"} {
		if head, ok := strings.CutSuffix(key, tail); ok {
			// Folding keeps the capitals of a bare acronym, so try both.
			for _, k := range []string{head, fold(strings.ToUpper(head))} {
				if i, ok := r.byName[k]; ok {
					return r.sources[i], true
				}
			}
		}
	}
	return Source{}, false
}

// ByDomain finds the source of a host name or address: "https://www.rt.com/x".
// A subdomain belongs to its parent unless it has a row of its own.
func (r *Register) ByDomain(host string) (Source, bool) {
	host = strings.ToLower(host)
	if _, rest, ok := strings.Cut(host, "://"); ok {
		host = rest
	}
	if i := strings.IndexAny(host, "/?#"); i >= 0 {
		host = host[:i]
	}
	if i := strings.LastIndexByte(host, '@'); i >= 0 {
		host = host[i+1:]
	}
	host, _, _ = strings.Cut(host, ":")
	for host != "" {
		if i, ok := r.byDomain[host]; ok {
			return r.sources[i], true
		}
		_, rest, ok := strings.Cut(host, ".")
		if !ok {
			break
		}
		host = rest
	}
	return Source{}, false
}
