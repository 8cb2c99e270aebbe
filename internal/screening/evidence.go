package screening

import (
	"fmt"
	"strings"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/party"
)

// Weights of evidence beyond the name. An agreement only lifts towards 1; a
// contradiction takes away, because namesakes are common and lists are mostly
// right about birth years.
const (
	sameBirth    = 0.25 // of what is missing to 1
	sameCountry  = 0.10
	otherBirth   = 0.35
	otherYear    = 0.15 // a year or two off: lists round and repeat mistakes
	otherCountry = 0.05
	otherSex     = 0.25
)

// other reports types that exclude each other: a person is no ship.
func other(a, b party.Schema) bool {
	ka, kb := family(a), family(b)
	return ka != 0 && kb != 0 && ka != kb
}

func family(s party.Schema) int {
	switch s {
	case party.Person:
		return 1
	case party.Organization, party.Company, party.PublicBody:
		return 2
	case party.Vessel:
		return 3
	case party.Airplane:
		return 4
	case party.CryptoWallet:
		return 5
	case party.Security:
		return 6
	}
	return 0
}

// weighing turns the score of a name into that of a hit by the other
// evidence; parts are written only where told is not nil.
type weighing struct {
	q     *Query
	party *party.Party
	score float64
	told  *[]names.Part
}

// weigh gives the score of a hit from that of its name.
func weigh(q *Query, p *party.Party, name float64, told *[]names.Part) float64 {
	h := weighing{q, p, name, told}
	if other(q.Schema, p.Schema) {
		h.add("type", -h.score, func() string { return fmt.Sprintf("a %s is no %s", q.Schema, p.Schema) })
		return h.score
	}
	h.birth()
	h.country()
	if q.Gender != "" && p.Gender != "" && q.Gender != p.Gender {
		h.add("sex", -otherSex, func() string { return "the list says " + p.Gender })
	}
	if name <= names.Partial && h.score > names.Partial {
		h.add("partial", names.Partial-h.score, func() string { return "part of a name never decides" })
	}
	if h.score < 0 {
		h.add("floor", -h.score, func() string { return "contradicted" })
	}
	return h.score
}

func (h *weighing) add(feature string, by float64, why func() string) {
	if by == 0 {
		return
	}
	h.score += by
	if h.told != nil {
		*h.told = append(*h.told, names.Part{Feature: feature, Weight: by, Text: why()})
	}
}

func (h *weighing) birth() {
	if h.q.BirthDate.IsZero() {
		return
	}
	said := 0
	nearest := 1 << 30
	for _, b := range h.party.Births {
		if b.Window.IsZero() {
			continue
		}
		said++
		if b.Window.Overlaps(h.q.BirthDate) {
			h.add("birth date", (1-h.score)*sameBirth, func() string { return "born " + b.Window.String() + " by the list" })
			return
		}
		nearest = min(nearest, yearsApart(b, h.q))
	}
	apart := func() string { return fmt.Sprintf("birth dates %d years apart", nearest) }
	switch {
	case said == 0:
	case nearest <= 2:
		h.add("birth date", -otherYear, apart)
	default:
		h.add("birth date", -otherBirth, apart)
	}
}

func yearsApart(b party.Birth, q *Query) int {
	x, y := b.Window, q.BirthDate
	d := x.Earliest.Year - y.Latest.Year
	if e := y.Earliest.Year - x.Latest.Year; e > d {
		d = e
	}
	return max(d, 0)
}

func (h *weighing) country() {
	if h.q.Country == "" {
		return
	}
	code := strings.ToUpper(h.q.Country)
	known := false
	for _, c := range countriesOf(h.party) {
		if c == "" {
			continue
		}
		known = true
		if c == code {
			h.add("country", (1-h.score)*sameCountry, func() string { return "the list names " + code })
			return
		}
	}
	if known {
		h.add("country", -otherCountry, func() string { return "the list does not name " + code })
	}
}

// countriesOf are the countries an entry connects with its party.
func countriesOf(p *party.Party) []string {
	var out []string
	for _, n := range p.Nationalities {
		out = append(out, strings.ToUpper(n.Code))
	}
	for _, b := range p.Births {
		out = append(out, strings.ToUpper(b.In.Code))
	}
	for _, a := range p.Addresses {
		out = append(out, strings.ToUpper(a.In.Code))
	}
	for _, d := range p.Documents {
		out = append(out, strings.ToUpper(d.Country.Code))
	}
	if p.Vessel != nil {
		out = append(out, strings.ToUpper(p.Vessel.Flag.Code))
	}
	return out
}
