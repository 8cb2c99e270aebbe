package casebook

import (
	"maps"
	"slices"
)

// set of names.
type set map[string]bool

func (s set) add(names ...string) {
	for _, n := range names {
		s[n] = true
	}
}

func (s set) has(name string) bool { return s[name] }

func (s set) sorted() []string { return slices.Sorted(maps.Keys(s)) }

// without gives the names that another set lacks.
func (s set) without(o set) set {
	out := set{}
	for n := range s {
		if !o[n] {
			out[n] = true
		}
	}
	return out
}
