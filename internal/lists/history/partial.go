package history

import "github.com/reportedly/reportedly/internal/calendar"

// partial decides for each edition whether it holds only a part of its list.
//
// A list can grow by any factor, and a whole regime can end (the Iran entries
// left the UN list between 2022 and 2024), so neither size nor one missing
// regime proves anything. What no list did yet is to lose, between two
// neighbouring editions, more than half of its entries and more than a third
// of its regimes at once. The same test against the next edition uses only the
// entries that say they were listed by then.
func (h *History) partial(editions []*held) []bool {
	out := make([]bool, len(editions))
	last := -1 // the last edition that is not partial
	for i, e := range editions {
		switch {
		case e.Partial:
			out[i] = true
		case e.Whole:
		case last >= 0 && h.lacks(e, editions[last], calendar.Date{}):
			out[i] = true
		default:
			for _, next := range editions[i+1:] {
				if next.Partial || next.count < e.count {
					continue
				}
				out[i] = h.lacks(e, next, e.AsOf)
				break
			}
		}
		if !out[i] {
			last = i
		}
	}
	return out
}

// minListed is how many dated entries a later edition must hold before it can
// say anything about an earlier one.
const minListed = 20

// lacks reports whether e misses more than half of the entries and more than a
// third of the regimes of another edition. With a day only the entries listed
// by then count.
func (h *History) lacks(e, other *held, by calendar.Date) bool {
	entries, kept := 0, 0
	regimes, keptRegimes := map[string]bool{}, map[string]bool{}
	for n := range other.members {
		v := other.members[n]
		if v == 0 {
			continue
		}
		p := &h.versions[v].party
		if len(p.Designations) == 0 {
			continue
		}
		d := &p.Designations[0]
		if !by.IsZero() && (d.ListedOn.IsZero() || d.ListedOn.Last().After(by)) {
			continue
		}
		entries++
		regimes[d.Regime] = true
		if e.version(uint32(n)) != 0 {
			kept++
			keptRegimes[d.Regime] = true
		}
	}
	if entries == 0 || !by.IsZero() && entries < minListed {
		return false
	}
	return kept*2 < entries && (len(regimes)-len(keptRegimes))*3 > len(regimes)
}
