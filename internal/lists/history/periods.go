package history

import (
	"cmp"
	"slices"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
)

// Presence is three-valued: between the last edition that held an entry and
// the first without it, nobody who has only the editions can tell.
type Presence string

// Presences.
const (
	On      Presence = "listed"
	Off     Presence = "not listed"
	Unclear Presence = "unclear"
)

// Standing tells whether periods cover a day.
func Standing(periods []party.Period, day calendar.Date) Presence {
	out := Off
	for _, p := range periods {
		switch {
		case day.Before(p.From.First()):
		case p.Gone.IsZero(), !day.After(p.LastSeen):
			return On
		case day.Before(p.Gone):
			out = Unclear
		}
	}
	return out
}

// Entry is a party as it stood on a day.
type Entry struct {
	Party    party.Party
	Presence Presence
	Edition  string // key of the edition that the party is taken from
}

// view is the history as known on a day.
type view struct {
	h        *History
	editions []*held
	partial  []bool
}

func (h *History) view(knownAt calendar.Date) view {
	v := view{h: h}
	for _, e := range h.editions {
		if knownAt.IsZero() || !e.known().After(knownAt) {
			v.editions = append(v.editions, e)
		}
	}
	v.partial = h.partial(v.editions)
	return v
}

// Parties gives every party that the editions known on a day ever held, each
// as its last edition tells it, with the periods of all its designations. The
// zero date means all that is known. The result is ordered by ID.
func (h *History) Parties(knownAt calendar.Date) []party.Party {
	v := h.view(knownAt)
	var out []party.Party
	for n := uint32(1); int(n) < len(h.ids); n++ {
		if at := v.latest(n, calendar.Date{}); at >= 0 {
			out = append(out, v.party(n, at))
		}
	}
	slices.SortFunc(out, func(a, b party.Party) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// AsOf gives the parties that stood on the list on a day, or may have, as the
// editions known on another day tell it. Each party is taken from the last
// edition up to that day that holds it, or from the first one after it.
func (h *History) AsOf(day, knownAt calendar.Date) []Entry {
	v := h.view(knownAt)
	var out []Entry
	for n := uint32(1); int(n) < len(h.ids); n++ {
		if e, ok := v.entry(n, day); ok {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b Entry) int { return cmp.Compare(a.Party.ID, b.Party.ID) })
	return out
}

// Show is AsOf for one party, whether it was listed or not; ok is false where
// no edition known by then ever held it.
func (h *History) Show(id string, day, knownAt calendar.Date) (Entry, bool) {
	v, n := h.view(knownAt), h.index[id]
	if n == 0 {
		return Entry{}, false
	}
	at := v.latest(n, day)
	if at < 0 {
		return Entry{}, false
	}
	p := v.party(n, at)
	return Entry{Party: p, Presence: presence(&p, day), Edition: v.editions[at].Key()}, true
}

func (v view) entry(n uint32, day calendar.Date) (Entry, bool) {
	at := v.latest(n, day)
	if at < 0 {
		return Entry{}, false
	}
	p := v.party(n, at)
	e := Entry{Party: p, Presence: presence(&p, day), Edition: v.editions[at].Key()}
	return e, e.Presence != Off
}

// presence is the best standing of any designation.
func presence(p *party.Party, day calendar.Date) Presence {
	out := Off
	for _, d := range p.Designations {
		switch Standing(d.Periods, day) {
		case On:
			return On
		case Unclear:
			out = Unclear
		}
	}
	return out
}

// latest is the last edition up to a day that holds the party, else the first
// after it; -1 where none does. The zero day means the last of all.
func (v view) latest(n uint32, day calendar.Date) int {
	found := -1
	for i, e := range v.editions {
		if e.version(n) == 0 {
			continue
		}
		if !day.IsZero() && e.AsOf.After(day) && found >= 0 {
			return found
		}
		found = i
		if !day.IsZero() && e.AsOf.After(day) {
			return found
		}
	}
	return found
}

// party gives a party as one edition tells it, with what that edition's format
// does not carry from the nearest edition that does, and with periods.
func (v view) party(n uint32, at int) party.Party {
	e := v.editions[at]
	p := v.h.versions[e.version(n)].party
	v.fill(&p, n, at)
	p.Designations = v.designations(n, &p)
	return p
}

// fill adds strong aliases, own-script names and addresses that the edition
// was not able to show, because its files came without them.
func (v view) fill(p *party.Party, n uint32, at int) {
	missing := (1<<Aliases | 1<<NativeNames | 1<<Addresses) &^ v.editions[at].carried
	if missing == 0 {
		return
	}
	for _, i := range nearest(at, len(v.editions)) {
		e := v.editions[i]
		ver := e.version(n)
		if ver == 0 || missing&e.carried == 0 {
			continue
		}
		from := &v.h.versions[ver].party
		take := missing & e.carried
		if take.has(Addresses) {
			p.Addresses = from.Addresses
		}
		p.Names = slices.Clip(p.Names)
		for k, name := range from.Names {
			native := name.Kind == party.Native
			wanted := take.has(NativeNames) && native || take.has(Aliases) && !native && name.Quality != party.Weak
			if k > 0 && wanted && !slices.ContainsFunc(p.Names, func(have party.Name) bool { return have.Text == name.Text }) {
				p.Names = append(p.Names, name)
			}
		}
		if missing &^= take; missing == 0 {
			return
		}
	}
}

// nearest orders the other editions: backwards from at, then forwards.
func nearest(at, count int) []int {
	var out []int
	for i := at - 1; i >= 0; i-- {
		out = append(out, i)
	}
	for i := at + 1; i < count; i++ {
		out = append(out, i)
	}
	return out
}

// designations gives the party's designations with periods: those of the
// edition it is taken from, and those that other editions held.
func (v view) designations(n uint32, p *party.Party) []party.Designation {
	out := slices.Clone(p.Designations)
	have := map[designationKey]int{}
	for i := range out {
		have[keyOf(&out[i])] = i
	}
	for _, e := range v.editions {
		ver := e.version(n)
		if ver == 0 {
			continue
		}
		for i, key := range v.h.versions[ver].keys {
			if at, ok := have[key]; !ok {
				have[key] = len(out)
				out = append(out, v.h.versions[ver].party.Designations[i])
			} else if at >= len(p.Designations) {
				out[at] = v.h.versions[ver].party.Designations[i] // a later telling of a past one
			}
		}
	}
	for i := range out {
		out[i].Periods = v.periods(n, &out[i])
		if k := len(out[i].Periods); k > 0 && !out[i].Periods[k-1].Gone.IsZero() {
			out[i].Status = party.Delisted
		}
	}
	return out
}

// periods walks the editions in order. A partial edition shows presence only.
func (v view) periods(n uint32, d *party.Designation) []party.Period {
	var out []party.Period
	key := keyOf(d)
	open := false
	var absent, firstAbsent calendar.Date // last and first full edition without it
	for i, e := range v.editions {
		held := v.holds(e, n, key)
		switch {
		case held && open:
			out[len(out)-1].LastSeen = e.AsOf
		case held:
			if len(out) == 0 {
				out = v.implied(e, n, key, firstAbsent)
			}
			out = append(out, party.Period{From: v.start(e, n, key, absent), LastSeen: e.AsOf})
			open = true
		case v.partial[i]:
		default:
			absent = e.AsOf
			if firstAbsent.IsZero() {
				firstAbsent = e.AsOf
			}
			if open {
				out[len(out)-1].Gone = e.AsOf
				open = false
			}
		}
	}
	return out
}

// implied is the period before all editions that hold a designation: where its
// listing date lies well before a full edition without it, it stood on the
// list from that date and was gone by then (IRi.040: listed 2008, off the list
// of 2017, on that of 2025). A few days are a late publication, not a period.
func (v view) implied(e *held, n uint32, key designationKey, absent calendar.Date) []party.Period {
	ver := &v.h.versions[e.version(n)]
	listed := ver.party.Designations[slices.Index(ver.keys, key)].ListedOn
	if listed.IsZero() || absent.IsZero() || listed.First().DaysUntil(absent) <= 31 {
		return nil
	}
	return []party.Period{{From: listed, LastSeen: listed.First(), Gone: absent}}
}

func (v view) holds(e *held, n uint32, key designationKey) bool {
	ver := e.version(n)
	return ver != 0 && slices.Contains(v.h.versions[ver].keys, key)
}

// start of a period: the listing date that the edition states, unless a full
// edition on or after that date did not hold the designation; then the date
// survived a gap and the first edition that held it again stands for it.
func (v view) start(e *held, n uint32, key designationKey, absent calendar.Date) calendar.Date {
	ver := &v.h.versions[e.version(n)]
	listed := ver.party.Designations[slices.Index(ver.keys, key)].ListedOn
	if listed.IsZero() || listed.First().After(e.AsOf) || !absent.IsZero() && !listed.First().After(absent) {
		return e.AsOf
	}
	return listed
}
