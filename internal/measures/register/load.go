package register

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/measures/tables"
	"github.com/reportedly/reportedly/internal/measures/wording"
)

//go:embed data
var dataFS embed.FS

var embedded = sync.OnceValues(func() (*Register, error) {
	sub, err := fs.Sub(dataFS, "data")
	if err != nil {
		return nil, fmt.Errorf("measures: embedded data: %w", err)
	}
	return Load(sub)
})

// Embedded gives the register that the program carries.
func Embedded() (*Register, error) { return embedded() }

// Load reads a register from a folder laid out as docs/measures.md says, and
// refuses it whole if anything in it does not hold.
func Load(fsys fs.FS) (*Register, error) {
	r := &Register{
		Pages:  map[string]string{},
		byKind: map[activity.Kind][]*Measure{},
		byID:   map[string]*Measure{},
		roster: map[string]map[string]bool{},
		Sets:   map[string]ExemptionSet{},
	}
	for _, step := range []func(fs.FS) error{
		r.loadPages, r.loadSets, r.loadBearers, r.loadRegimes, r.loadProgrammes, r.loadRosters, r.loadApplies, r.loadListings, r.loadExemptions, r.loadOwnership,
		func(f fs.FS) (err error) { r.Words, err = wording.Load(f); return err },
	} {
		if err := step(fsys); err != nil {
			return nil, fmt.Errorf("measures: %w", err)
		}
	}
	if err := r.validate(); err != nil {
		return nil, fmt.Errorf("measures: %w", err)
	}
	return r, nil
}

func (r *Register) loadRegimes(fsys fs.FS) error {
	files, err := fs.Glob(fsys, "*/*.toml")
	if err != nil {
		return fmt.Errorf("list regimes: %w", err)
	}
	sort.Strings(files)
	for _, name := range files {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		if err := r.addFile(name, string(text)); err != nil {
			return err
		}
	}
	return nil
}

// regimeFile is a file of one or several regimes.
type regimeFile struct {
	Regimes []*Regime `toml:"regime"`
}

func (r *Register) addFile(name, text string) error {
	var f regimeFile
	md, err := toml.Decode(text, &f)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if extra := md.Undecoded(); len(extra) > 0 {
		return fmt.Errorf("%s: unknown key %q", name, extra[0].String())
	}
	for _, g := range f.Regimes {
		b := r.Bears[g.Authority]
		g.Addressee, g.Binds = cmp.Or(g.Addressee, b.Addressee), cmp.Or(g.Binds, b.Binds)
		r.Regimes = append(r.Regimes, g)
		for _, m := range g.Measures {
			if err := r.addMeasure(g, m); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}

func (r *Register) addMeasure(g *Regime, m *Measure) error {
	if _, twice := r.byID[m.ID]; twice {
		return fmt.Errorf("measure %q stands twice", m.ID)
	}
	m.regime = g
	m.Addressee, m.Binds = cmp.Or(m.Addressee, g.Addressee), cmp.Or(m.Binds, g.Binds)
	r.byID[m.ID] = m
	r.byKind[m.Kind] = append(r.byKind[m.Kind], m)
	return nil
}

func (r *Register) loadPages(fsys fs.FS) error {
	return tables.Each(fsys, "pages.csv", 2, func(f []string) error {
		r.Pages[f[0]] = f[1]
		return nil
	})
}

func (r *Register) loadSets(fsys fs.FS) error {
	return tables.Each(fsys, "exemption-sets.csv", 6, func(f []string) error {
		from, err := calendar.Parse(f[3])
		if err != nil {
			return err
		}
		r.Sets[f[0]] = ExemptionSet{f[0], activity.Kind(f[1]), f[2], from, f[4], f[5]}
		return nil
	})
}

// loadListings reads the listings on record.
func (r *Register) loadListings(fsys fs.FS) error {
	return tables.Each(fsys, "listings.csv", 7, func(f []string) error {
		span, err := parseSpan(f[3], f[4])
		if err != nil {
			return err
		}
		r.Listings = append(r.Listings, Listing{f[0], f[1], f[2], span, f[5], f[6]})
		return nil
	})
}

// loadRosters reads rosters/NAME.txt: one reference a line.
func (r *Register) loadRosters(fsys fs.FS) error {
	files, err := fs.Glob(fsys, "rosters/*.txt")
	if err != nil {
		return fmt.Errorf("list rosters: %w", err)
	}
	for _, name := range files {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		refs := map[string]bool{}
		for line := range strings.Lines(string(text)) {
			line, _, _ = strings.Cut(line, "#")
			for _, ref := range strings.Fields(line) {
				refs[ref] = true
			}
		}
		r.roster[strings.TrimSuffix(path.Base(name), ".txt")] = refs
	}
	return nil
}

// loadApplies reads applies.csv and applies-*.csv.
func (r *Register) loadApplies(fsys fs.FS) error {
	files, err := fs.Glob(fsys, "applies*.csv")
	if err != nil {
		return fmt.Errorf("list tables of what applies: %w", err)
	}
	for _, name := range files {
		if err := tables.Each(fsys, name, 8, r.addApplication); err != nil {
			return err
		}
	}
	return nil
}

func (r *Register) addApplication(f []string) error {
	span, err := parseSpan(f[3], f[4])
	if err != nil {
		return err
	}
	if f[5] != "yes" && f[5] != "no" {
		return fmt.Errorf("carries is %q, want yes or no", f[5])
	}
	refs, err := expand(f[2])
	if err != nil {
		return err
	}
	for _, ref := range refs {
		r.Applies = append(r.Applies, Application{f[0], f[1], ref, span, f[5] == "yes", f[6], f[7]})
	}
	return nil
}

func (r *Register) loadExemptions(fsys fs.FS) error {
	return tables.Each(fsys, "exemptions.csv", 8, func(f []string) error {
		from, err := calendar.Parse(f[4])
		if err != nil {
			return err
		}
		to, err := calendar.Parse(f[5])
		if err != nil {
			return err
		}
		r.Exemptions = append(r.Exemptions, KnownExemption{f[0], strings.Fields(f[1]), strings.Fields(f[2]), f[3], from, to, f[6], f[7]})
		return nil
	})
}

func parseSpan(from, until string) (Span, error) {
	a, err := calendar.Parse(from)
	if err != nil {
		return Span{}, err
	}
	b, err := calendar.Parse(until)
	if err != nil {
		return Span{}, err
	}
	return Span{a, b}, nil
}

// expand writes out "LYi.001..005 LYi.009".
func expand(refs string) ([]string, error) {
	if strings.HasPrefix(refs, "name:") {
		return []string{refs}, nil
	}
	var out []string
	for _, f := range strings.Fields(refs) {
		first, last, isRange := strings.Cut(f, "..")
		if !isRange {
			out = append(out, f)
			continue
		}
		dot := strings.LastIndexByte(first, '.')
		var a, b int
		if _, err := fmt.Sscanf(first[dot+1:]+" "+last, "%d %d", &a, &b); err != nil || dot < 0 || b < a {
			return nil, fmt.Errorf("range of references %q: want PREFIX.001..005", f)
		}
		for n := a; n <= b; n++ {
			out = append(out, fmt.Sprintf("%s%0*d", first[:dot+1], len(last), n))
		}
	}
	return out, nil
}
