package register

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/measures/tables"
)

// Bearer is whom the law of an authority binds.
type Bearer struct{ Binds, Addressee string }

func (r *Register) loadBearers(fsys fs.FS) error {
	r.Bears = map[string]Bearer{}
	return tables.Each(fsys, "authorities.csv", 3, func(f []string) error {
		r.Bears[f[0]] = Bearer{f[1], f[2]}
		return nil
	})
}

// loadProgrammes reads AUTHORITY/programmes.csv: regimes whose rows are a kind
// for a tag of a list and an interval, with nothing else to say.
func (r *Register) loadProgrammes(fsys fs.FS) error {
	files, err := fs.Glob(fsys, "*/programmes.csv")
	if err != nil {
		return fmt.Errorf("list programmes: %w", err)
	}
	sort.Strings(files)
	for _, name := range files {
		authority := strings.ToUpper(path.Dir(name))
		err := tables.Each(fsys, name, 12, func(f []string) error { return r.addProgramme(authority, f) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *Register) addProgramme(authority string, f []string) error {
	b := r.Bears[authority]
	g := r.regimeOf(authority, f[1])
	if g == nil {
		g = &Regime{Key: f[1], Authority: authority, Title: cmp.Or(f[2], f[1]), Addressee: b.Addressee, Binds: b.Binds}
		r.Regimes = append(r.Regimes, g)
	}
	m := &Measure{
		ID: f[0], Kind: activity.Kind(f[4]), Scope: f[9], OwnNational: IsTravel(activity.Kind(f[4])),
		Exemption: ExemptionRule{Rule: f[10]},
	}
	if IsTravel(m.Kind) && authority == "US" {
		m.Addressee = "US visa and border officers"
	}
	for _, key := range strings.Split(f[3], ";") {
		if p, ok := strings.CutPrefix(key, "prefix:"); ok {
			m.List = append(m.List, p)
			continue
		}
		m.Programmes = append(m.Programmes, key)
		if !g.GoesBy(key) {
			g.Numbers = append(g.Numbers, Number{Key: key})
		}
	}
	span, err := parseSpan(f[5], f[6])
	if err != nil {
		return err
	}
	m.Intervals = []Interval{{From: span.From, Until: span.Until, Opened: f[7], Closed: f[8], Read: f[11]}}
	// a second row of the same id and kind is a second interval
	if have, ok := r.byID[m.ID]; ok {
		if have.regime != g || have.Kind != m.Kind {
			return fmt.Errorf("measure %q stands twice", m.ID)
		}
		have.Intervals = append(have.Intervals, m.Intervals...)
		return nil
	}
	g.Measures = append(g.Measures, m)
	return r.addMeasure(g, m)
}

func (r *Register) regimeOf(authority, key string) *Regime {
	for _, g := range r.Regimes {
		if g.Authority == authority && g.Key == key {
			return g
		}
	}
	return nil
}

// OwnershipRule says when a body owned by a listed party falls under a freeze.
type OwnershipRule struct {
	Authority string
	Span      Span
	Percent   float64
	More      bool // more than percent, not percent itself
	Aggregate bool // shares of several listed owners are added up
	Control   bool // control without ownership is enough
	Citation  string
}

func (r *Register) loadOwnership(fsys fs.FS) error {
	return tables.Each(fsys, "ownership.csv", 8, func(f []string) error {
		span, err := parseSpan(f[1], f[2])
		if err != nil {
			return err
		}
		p, err := strconv.ParseFloat(f[3], 64)
		if err != nil {
			return fmt.Errorf("percent: %w", err)
		}
		r.Owning = append(r.Owning, OwnershipRule{f[0], span, p, f[4] == "more", f[5] == "yes", f[6] == "yes", f[7]})
		return nil
	})
}
