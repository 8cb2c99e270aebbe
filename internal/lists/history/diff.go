package history

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/party"
)

// Op says what happened to an entry.
type Op string

// Ops.
const (
	Added   Op = "added"
	Removed Op = "removed"
	Changed Op = "changed"
)

// Change is what is different about one entry between two editions.
type Change struct {
	Op     Op            `json:"op"`
	ID     string        `json:"id"`
	Name   string        `json:"name"`
	Fields []FieldChange `json:"fields,omitempty"` // for Changed, in the order of aspects
}

// FieldChange is what came and what went of one aspect.
type FieldChange struct {
	Field   Aspect   `json:"field"`
	Added   []string `json:"added,omitempty"`
	Removed []string `json:"removed,omitempty"`
}

// String tells the change in one line.
func (c Change) String() string {
	head := fmt.Sprintf("%s %s (%s)", c.Op, c.Name, c.ID)
	if c.Op != Changed {
		return head
	}
	var parts []string
	for _, f := range c.Fields {
		parts = append(parts, f.String())
	}
	return head + ": " + strings.Join(parts, "; ")
}

// String tells the field in words: `alias "A" added, "B" removed`.
func (f FieldChange) String() string {
	if len(f.Added) == 1 && len(f.Removed) == 1 {
		return fmt.Sprintf("%s %q, was %q", f.Field, f.Added[0], f.Removed[0])
	}
	var parts []string
	for _, t := range f.Added {
		parts = append(parts, fmt.Sprintf("%q added", t))
	}
	for _, t := range f.Removed {
		parts = append(parts, fmt.Sprintf("%q removed", t))
	}
	return f.Field.String() + " " + strings.Join(parts, ", ")
}

// Comparison is what is different between two editions.
type Comparison struct {
	Changes []Change `json:"changes"` // ordered by ID
	// Reworked are the aspects in which more than a third of the entries that
	// both editions hold changed at once: the list was rebuilt (in 2019 the UN
	// replaced every Interpol link), not six hundred people. They are told here
	// and not entry by entry.
	Reworked []Aspect `json:"reworked,omitempty"`
	// Uncompared are the aspects that only one of the editions carries.
	Uncompared []Aspect `json:"uncompared,omitempty"`
}

// Diff tells what truly changed from one full edition to another. White space,
// order, record numbers and aspects that one side does not carry at all are no
// changes.
func Diff(older, newer []party.Party) Comparison {
	h := New("")
	a, b := h.intake(older), h.intake(newer)
	return h.compare(a, b, all)
}

func (h *History) intake(parties []party.Party) *held {
	in := &Intake{h: h, e: &held{}}
	for _, p := range parties {
		in.Put(p)
	}
	return in.e
}

// compare works on version numbers: equal numbers are equal entries, so only
// true changes cost anything.
func (h *History) compare(a, b *held, over mask) Comparison {
	var out Comparison
	for aspect := range aspectCount {
		if (a.carried^b.carried)&over&(1<<aspect) != 0 {
			out.Uncompared = append(out.Uncompared, aspect)
		}
	}
	over &= a.carried & b.carried
	common := 0
	var touched [aspectCount]int
	for n := uint32(1); int(n) < len(h.ids); n++ {
		was, is := a.version(n), b.version(n)
		if was != 0 && is != 0 {
			common++
		}
		if was == is {
			continue
		}
		c := Change{Op: Changed, ID: h.ids[n]}
		switch {
		case was == 0:
			c.Op, c.Name = Added, h.versions[is].party.PrimaryName()
		case is == 0:
			c.Op, c.Name = Removed, h.versions[was].party.PrimaryName()
		default:
			c.Name = h.versions[is].party.PrimaryName()
			c.Fields = h.fieldChanges(&h.versions[was].party, &h.versions[is].party, over)
			for _, f := range c.Fields {
				touched[f.Field]++
			}
		}
		out.Changes = append(out.Changes, c)
	}
	for aspect, n := range touched {
		if common >= minCommon && n*3 > common {
			out.Reworked = append(out.Reworked, Aspect(aspect))
		}
	}
	out.tidy()
	return out
}

// minCommon is how many entries two editions must share before a change of
// many of them can be told from changes of each.
const minCommon = 50

// tidy takes out what is told once for all, and entries without a change left.
func (c *Comparison) tidy() {
	for i := range c.Changes {
		c.Changes[i].Fields = slices.DeleteFunc(c.Changes[i].Fields, func(f FieldChange) bool { return slices.Contains(c.Reworked, f.Field) })
	}
	c.Changes = slices.DeleteFunc(c.Changes, func(x Change) bool { return x.Op == Changed && len(x.Fields) == 0 })
	slices.SortFunc(c.Changes, func(x, y Change) int { return strings.Compare(x.ID, y.ID) })
}

func (h *History) fieldChanges(older, newer *party.Party, over mask) []FieldChange {
	var out []FieldChange
	for a := range aspectCount {
		if !over.has(a) {
			continue
		}
		was, is := texts(older, a), texts(newer, a)
		if a == Links {
			was, is = h.ownLinks(was), h.ownLinks(is)
		}
		if slices.Equal(was, is) {
			continue
		}
		out = append(out, FieldChange{Field: a, Added: without(is, was), Removed: without(was, is)})
	}
	return out
}

// ownLinks leaves out links that many entries share: a general page says
// nothing about one of them.
func (h *History) ownLinks(links []string) []string {
	return slices.DeleteFunc(links, func(l string) bool { return h.linked[l] > 20 })
}

// without gives the members of a sorted list that another sorted list lacks.
func without(list, other []string) []string {
	var out []string
	for _, t := range list {
		if _, ok := slices.BinarySearch(other, t); !ok {
			out = append(out, t)
		}
	}
	return out
}
