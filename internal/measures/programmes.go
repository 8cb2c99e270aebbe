package measures

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
)

// bearer is whom the law of an authority binds.
type bearer struct{ binds, addressee string }

func (r *Register) loadBearers(fsys fs.FS) error {
	r.bears = map[string]bearer{}
	return eachRow(fsys, "authorities.csv", 3, func(f []string) error {
		r.bears[f[0]] = bearer{f[1], f[2]}
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
		err := eachRow(fsys, name, 12, func(f []string) error { return r.addProgramme(authority, f) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *Register) addProgramme(authority string, f []string) error {
	b := r.bears[authority]
	g := r.regimeOf(authority, f[1])
	if g == nil {
		g = &Regime{Key: f[1], Authority: authority, Title: cmp.Or(f[2], f[1]), Addressee: b.addressee, Binds: b.binds}
		r.Regimes = append(r.Regimes, g)
	}
	m := &Measure{
		ID: f[0], Kind: activity.Kind(f[4]), Scope: f[9], OwnNational: isTravel(activity.Kind(f[4])),
		Exemption: ExemptionRule{Rule: f[10]},
	}
	if isTravel(m.Kind) && authority == "US" {
		m.Addressee = "US visa and border officers"
	}
	for _, key := range strings.Split(f[3], ";") {
		if p, ok := strings.CutPrefix(key, "prefix:"); ok {
			m.List = append(m.List, p)
			continue
		}
		m.Programmes = append(m.Programmes, key)
		if !g.goesBy(key) {
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

// ownershipRule says when a body owned by a listed party falls under a freeze.
type ownershipRule struct {
	authority string
	span      Span
	percent   float64
	more      bool // more than percent, not percent itself
	aggregate bool // shares of several listed owners are added up
	control   bool // control without ownership is enough
	citation  string
}

func (r *Register) loadOwnership(fsys fs.FS) error {
	return eachRow(fsys, "ownership.csv", 8, func(f []string) error {
		span, err := parseSpan(f[1], f[2])
		if err != nil {
			return err
		}
		p, err := strconv.ParseFloat(f[3], 64)
		if err != nil {
			return fmt.Errorf("percent: %w", err)
		}
		r.owning = append(r.owning, ownershipRule{f[0], span, p, f[4] == "more", f[5] == "yes", f[6] == "yes", f[7]})
		return nil
	})
}

// owned asks whether a body that listed parties are said to own falls under
// the row: by the authority's own test on that day.
func (in *inquiry) owned(m *Measure, day calendar.Date) (Verdict, string) {
	if !in.OwnedBy {
		return "", ""
	}
	if isTravel(m.Kind) {
		return OutsideScope, "a body is not a traveller"
	}
	if m.NoOwnership {
		return OutsideScope, "the measure has no ownership test: only the listed party is meant"
	}
	shares := numbers(cmp.Or(in.Roles["stakes"], in.Roles["stake"]))
	for _, rule := range in.r.owning {
		if rule.authority != m.regime.Authority || !rule.span.Has(day) {
			continue
		}
		if len(shares) == 0 {
			return Insufficient, "the share that the listed party holds"
		}
		total := 0.0
		for _, s := range shares {
			if rule.aggregate {
				total += s
			} else {
				total = max(total, s)
			}
		}
		if total > rule.percent || (total == rule.percent && !rule.more) || (rule.control && in.hasFact("control")) {
			return "", ""
		}
		return OutsideScope, "the share reported does not reach the ownership test (" + rule.citation + ")"
	}
	return Insufficient, "a test of ownership for that day"
}

// numbers reads "30 % + 30 %".
func numbers(s string) []float64 {
	var out []float64
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != '.' }) {
		if v, err := strconv.ParseFloat(f, 64); err == nil {
			out = append(out, v)
		}
	}
	return out
}
