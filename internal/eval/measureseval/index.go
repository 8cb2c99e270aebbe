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
	add := func(k key, p party.Party, d party.Designation) {
		have, ok := byRef[k]
		if !ok {
			q := p
			q.Designations = nil
			have = &q
			byRef[k] = have
		}
		have.Designations = append(have.Designations, d)
	}
	for _, p := range parties {
		for _, d := range p.Designations {
			ref := strings.TrimSpace(d.Reference)
			add(key{d.Authority, ref}, p, d)
			if annex := vesselReference(p, ref); annex != "" {
				add(key{d.Authority, annex}, p, d)
			}
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

// vesselReference names a ship of an annex by its IMO number, as the golden
// tables do: the rows of annexes are renumbered, the number of a hull is not.
func vesselReference(p party.Party, ref string) string {
	i := strings.LastIndexByte(ref, ':')
	if p.Vessel == nil || p.Vessel.IMO == "" || i < 0 {
		return ""
	}
	return ref[:i] + ":IMO" + strings.TrimPrefix(p.Vessel.IMO, "IMO")
}
