package ofac

import (
	"strings"

	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/party"
)

// Codes of the two lists.
const (
	SDN  = "us-ofac-sdn"
	Cons = "us-ofac-cons"
)

const publisher = "US Department of the Treasury, Office of Foreign Assets Control"

// empty is how the CSV writes an empty field.
const empty = "-0-"

// value cleans a CSV field.
func value(s string) string {
	s = strings.TrimSpace(s)
	if s == empty {
		return ""
	}
	return s
}

// nonSDN are programmes that occur on the non-SDN list alone or nearly so.
// Legislators of NS-PLC and companies under CMIC make up a third of it, but
// two of 14,965 SDN entries.
var nonSDN = []string{"NS-PLC", "CMIC-EO13959", "NS-CMIC", "NS-ISA", "FSE-IR", "FSE-SY", "561-Related", "NS-MBS"}

// listOf decides from the head of a file which of the two lists it is, since
// neither the CSV nor the classic XML says. mark is what starts an entry.
func listOf(head []byte, mark string) string {
	text := string(head)
	entries, hits := max(strings.Count(text, mark), 1), 0
	for _, p := range nonSDN {
		hits += strings.Count(text, p)
	}
	if hits*5 >= entries {
		return Cons
	}
	return SDN
}

func schema(kind string) party.Schema {
	switch strings.ToLower(kind) {
	case "individual":
		return party.Person
	case "vessel":
		return party.Vessel
	case "aircraft":
		return party.Airplane
	}
	return party.Organization
}

// name turns "SOLEIMANI, Qasem" of a person into "Qasem SOLEIMANI" and marks
// the surname; OFAC writes all persons surname first. Bodies and ships may
// hold commas of their own.
func name(text string, person bool) party.Name {
	text = strings.Join(strings.Fields(text), " ")
	n := party.Name{Text: text, Script: fields.Script(text)}
	if !person {
		return n
	}
	last, first, ok := strings.Cut(text, ", ")
	if !ok || first == "" {
		return n
	}
	return personName(first, last)
}

func personName(first, last string) party.Name {
	text := strings.TrimSpace(first + " " + last)
	n := party.Name{Text: text, Surname: last, Script: fields.Script(text)}
	if first != "" && last != "" {
		n.Parts = []string{first, last}
	}
	return n
}

// aliasKind reads "aka", "f.k.a." and "nka".
func aliasKind(text string) party.NameKind {
	switch strings.ToLower(strings.ReplaceAll(text, ".", "")) {
	case "fka":
		return party.Former
	}
	return party.Alias
}

// addName keeps each spelling once. A weak alias that is repeated as a strong
// one becomes strong.
func addName(e *party.Party, n party.Name) {
	if n.Text == "" {
		return
	}
	for i, have := range e.Names {
		if have.Text == n.Text {
			if i > 0 && have.Quality == party.Weak {
				e.Names[i].Quality = n.Quality
			}
			return
		}
	}
	e.Names = append(e.Names, n)
}

// designate gives the entry one designation for each programme; an entry
// without one still is designated.
func designate(e *party.Party, list, ref string, programmes []string) {
	if len(programmes) == 0 {
		programmes = []string{""}
	}
	for _, p := range programmes {
		d := party.Designation{Authority: "US", List: list, Reference: ref, Regime: p, Status: party.Listed}
		if p != "" {
			d.Programmes = []string{p}
		}
		e.Designations = append(e.Designations, d)
	}
}

// programmes reads "SDGT] [IRGC] [IFSR" and the forms with semicolons.
func programmes(text string) []string {
	var out []string
	for _, p := range strings.FieldsFunc(text, func(u rune) bool { return u == '[' || u == ']' || u == ';' }) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

func vessel(e *party.Party) *party.VesselFacts {
	if e.Vessel == nil {
		e.Vessel = &party.VesselFacts{}
	}
	return e.Vessel
}

func aircraft(e *party.Party) *party.AircraftFacts {
	if e.Aircraft == nil {
		e.Aircraft = &party.AircraftFacts{}
	}
	return e.Aircraft
}

// finish sets what only the whole entry tells: the tail number of an aircraft
// is its name on the list.
func finish(e *party.Party) {
	if e.Schema == party.Airplane && aircraft(e).Tail == "" && len(e.Names) > 0 {
		e.Aircraft.Tail = e.Names[0].Text
	}
}
