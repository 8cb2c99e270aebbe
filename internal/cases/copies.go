package cases

import (
	"cmp"
	"slices"

	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/story"
)

// lineage answers where an article has its story from.
type lineage struct {
	arts *shelf
	reg  *sources.Register
	of   map[string][]echoes.Edge // by copy
}

func newLineage(arts *shelf, copies []echoes.Edge, reg *sources.Register) *lineage {
	l := &lineage{arts: arts, reg: reg, of: map[string][]echoes.Edge{}}
	for _, e := range copies {
		l.of[e.Copy] = append(l.of[e.Copy], e)
	}
	for k := range l.of {
		slices.SortFunc(l.of[k], func(a, b echoes.Edge) int {
			return cmp.Or(arts.earlier(a.Of, b.Of), cmp.Compare(a.Relation, b.Relation))
		})
		l.of[k] = slices.CompactFunc(l.of[k], func(a, b echoes.Edge) bool { return a.Of == b.Of && a.Relation == b.Relation })
	}
	return l
}

// sameText: the copy says what the source says, in its words or a
// translation of them.
func sameText(r echoes.Relation) bool {
	switch r {
	case echoes.SameCapture, echoes.Verbatim, echoes.EditedCopy, echoes.Translation:
		return true
	}
	return false
}

// source follows text copies up to the article they came from.
func (l *lineage) source(id string) string {
	for range 32 { // loops are possible in what people print
		up := ""
		for _, e := range l.of[id] {
			if sameText(e.Relation) {
				up = e.Of
				break
			}
		}
		if up == "" {
			return id
		}
		id = up
	}
	return id
}

// heard gives the articles that this one has its story from, by re-report.
func (l *lineage) heard(id string) []string {
	var out []string
	for _, e := range l.of[id] {
		if e.Relation == echoes.Credited || e.Relation == echoes.Uncredited || e.Relation == echoes.Aggregation {
			out = append(out, e.Of)
		}
	}
	return out
}

// goesBack tells whether a has its story, in any number of steps, from b.
func (l *lineage) goesBack(a, b string) bool {
	seen := map[string]bool{}
	var walk func(string) bool
	walk = func(id string) bool {
		if seen[id] {
			return false
		}
		seen[id] = true
		for _, e := range l.of[id] {
			if !e.Relation.IsCopy() && e.Relation != echoes.Aggregation {
				continue
			}
			if e.Of == b || walk(e.Of) {
				return true
			}
		}
		return false
	}
	return walk(a)
}

// outlet is the lasting name of the outlet whose text an article carries.
func (l *lineage) outlet(id string) string {
	a := l.arts.byID[l.source(id)]
	if a == nil {
		return ""
	}
	return l.name(a.Outlet, a)
}

// own is the name of the outlet that printed the article itself.
func (l *lineage) own(id string) string {
	a := l.arts.byID[id]
	if a == nil {
		return ""
	}
	return l.name(a.Outlet, a)
}

func (l *lineage) name(outlet string, a *story.Article) string {
	if s, ok := l.reg.Lookup(outlet); ok {
		return s.Name
	}
	if outlet == "" && a != nil && a.URL != "" {
		if s, ok := l.reg.ByDomain(a.URL); ok {
			return s.Name
		}
	}
	return outlet
}

// sameOutlet compares names of outlets: registered, else by their words.
func (l *lineage) sameOutlet(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	x, okx := l.reg.Lookup(a)
	y, oky := l.reg.Lookup(b)
	if okx && oky {
		return x.Name == y.Name
	}
	return nameWithin(outletWords(a), outletWords(b))
}
