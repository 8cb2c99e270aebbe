package sources

import "fmt"

// Lookup finds a name in the register that ships with the program.
func Lookup(name string) (Source, bool) { return Default().Lookup(name) }

// ByDomain finds a host or address in the register that ships.
func ByDomain(host string) (Source, bool) { return Default().ByDomain(host) }

// SameControl asks the register that ships.
func SameControl(a, b string) (bool, string) { return Default().SameControl(a, b) }

// SameControl says whether one hand controls both sources, named or given by
// domain, and why. False with a reason of "" means that the tables show no
// common hand, which is not yet independence.
func (r *Register) SameControl(a, b string) (bool, string) {
	s, ok := r.find(a)
	t, ok2 := r.find(b)
	if !ok || !ok2 {
		if fold(a) == fold(b) && fold(a) != "" {
			return true, "the same name"
		}
		return false, ""
	}
	if s.Name == t.Name {
		return true, "the same source: " + s.Name
	}
	if s.Control == "" || t.Control == "" {
		return false, ""
	}
	g, ok := r.common(s.Control, t.Control)
	if !ok {
		return false, ""
	}
	// model.md 4.2 asks for the same ministry: the Pentagon and the State
	// Department may each know for themselves, but both speak for the president.
	if s.Control != t.Control && g.ID != s.Control && g.ID != t.Control && r.groups[s.Control].Kind == "ministry" && r.groups[t.Control].Kind == "ministry" {
		return false, fmt.Sprintf("two ministries of one executive: %s", g.Name)
	}
	return true, fmt.Sprintf("%s and %s both stand under: %s", s.Name, t.Name, g.Name)
}

func (r *Register) find(nameOrDomain string) (Source, bool) {
	if s, ok := r.Lookup(nameOrDomain); ok {
		return s, true
	}
	return r.ByDomain(nameOrDomain)
}

// Group gives a control group by id.
func (r *Register) Group(id string) (Group, bool) {
	g, ok := r.groups[id]
	return g, ok
}

// Line gives the chain of groups from the source's own upwards.
func (r *Register) Line(id string) []Group {
	var out []Group
	// The bound keeps a circle in a user's file from running for ever.
	for n := 0; id != "" && n < 16; n++ {
		g, ok := r.groups[id]
		if !ok {
			break
		}
		out = append(out, g)
		id = g.Parent
	}
	return out
}

func (r *Register) common(a, b string) (Group, bool) {
	above := r.Line(b)
	for _, g := range r.Line(a) {
		for _, h := range above {
			if g.ID == h.ID {
				return g, true
			}
		}
	}
	return Group{}, false
}
