package origins

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/story"
)

// Lineage answers where an article has its story from.
type Lineage struct {
	Arts *happenings.Shelf
	Reg  *sources.Register
	Of   map[string][]echoes.Edge // by copy

	updates map[string][]string // article -> its outlet's own later versions
	names   map[string]outletName
}

// NewLineage orders the edges by the time of the source.
func NewLineage(arts *happenings.Shelf, copies []echoes.Edge, reg *sources.Register) *Lineage {
	l := &Lineage{Arts: arts, Reg: reg, Of: map[string][]echoes.Edge{}, updates: map[string][]string{}, names: map[string]outletName{}}
	for _, e := range copies {
		l.Of[e.Copy] = append(l.Of[e.Copy], e)
		if e.Relation == echoes.OwnUpdate {
			l.updates[e.Of] = append(l.updates[e.Of], e.Copy)
		}
	}
	for k := range l.Of {
		slices.SortFunc(l.Of[k], func(a, b echoes.Edge) int {
			return cmp.Or(arts.Earlier(a.Of, b.Of), cmp.Compare(a.Relation, b.Relation))
		})
		l.Of[k] = slices.CompactFunc(l.Of[k], func(a, b echoes.Edge) bool { return a.Of == b.Of && a.Relation == b.Relation })
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
func (l *Lineage) source(id string) string {
	for range 32 { // loops are possible in what people print
		up := ""
		for _, e := range l.Of[id] {
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
func (l *Lineage) heard(id string) []string {
	var out []string
	for _, e := range l.Of[id] {
		if e.Relation == echoes.Credited || e.Relation == echoes.Uncredited || e.Relation == echoes.Aggregation {
			out = append(out, e.Of)
		}
	}
	return out
}

// GoesBack tells whether a has its story, in any number of steps, from b.
func (l *Lineage) GoesBack(a, b string) bool {
	seen := map[string]bool{}
	var walk func(string) bool
	walk = func(id string) bool {
		if seen[id] {
			return false
		}
		seen[id] = true
		for _, e := range l.Of[id] {
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
func (l *Lineage) outlet(id string) string {
	a := l.Arts.ByID[l.source(id)]
	if a == nil {
		return ""
	}
	return l.name(a.Outlet, a)
}

// Own is the name of the outlet that printed the article itself.
func (l *Lineage) Own(id string) string {
	a := l.Arts.ByID[id]
	if a == nil {
		return ""
	}
	return l.name(a.Outlet, a)
}

func (l *Lineage) name(outlet string, a *story.Article) string {
	if n := l.lookup(outlet); n.known {
		return n.name
	}
	if outlet == "" && a != nil && a.URL != "" {
		if s, ok := l.Reg.ByDomain(a.URL); ok {
			return s.Name
		}
	}
	return outlet
}

// outletName is what the register knows of a name, kept for one run.
type outletName struct {
	name  string
	known bool
	words []string
}

func (l *Lineage) lookup(outlet string) outletName {
	n, ok := l.names[outlet]
	if !ok {
		s, found := l.Reg.Lookup(outlet)
		n = outletName{s.Name, found, outletWords(outlet)}
		l.names[outlet] = n
	}
	return n
}

// SameOutlet compares names of outlets: registered, else by their words.
func (l *Lineage) SameOutlet(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	x, y := l.lookup(a), l.lookup(b)
	if x.known && y.known {
		return x.name == y.name
	}
	return NameWithin(x.words, y.words)
}

// CitesItself: "as the Post reported on Tuesday", in the Post.
func (l *Lineage) CitesItself(t *happenings.Told) (string, bool) {
	own := l.Own(t.Article)
	if own == "" {
		return "", false
	}
	for _, m := range citing.FindAllStringSubmatch(t.Quote(), -1) {
		if l.SameOutlet(strings.TrimSpace(m[1]), own) {
			return m[0], true
		}
	}
	return "", false
}

// citing finds an outlet that is said to have reported before.
var citing = regexp.MustCompile(`\b(?:as|first|that|,) (?:the )?(\p{Lu}[\p{L}'’ .-]{2,40}?) (?:first |has |had |previously )*(?:reported|wrote|revealed|disclosed)\b`)
