package measureseval

import (
	"strings"

	"github.com/reportedly/reportedly/internal/party"
)

// Index finds parties by authority and reference. A party that several lists
// hold under one authority is given with the designations of all of them.
func Index(parties []party.Party) Lookup {
	type key struct{ authority, reference string }
	byRef := map[key]*party.Party{}
	for _, p := range parties {
		for _, d := range p.Designations {
			k := key{d.Authority, strings.TrimSpace(d.Reference)}
			have, ok := byRef[k]
			if !ok {
				q := p
				q.Designations = nil
				have = &q
				byRef[k] = have
			}
			have.Designations = append(have.Designations, d)
		}
	}
	return func(authority, reference string) (party.Party, bool) {
		p, ok := byRef[key{authority, reference}]
		if !ok {
			return party.Party{}, false
		}
		return *p, true
	}
}
