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

// weigh turns the name's score into the hit's by the other evidence.
func (h *Hit) weigh(q Query) {
	h.Score = h.NameScore
	if other(q.Schema, h.Party.Schema) {
		h.add("type", -h.Score, fmt.Sprintf("a %s is no %s", q.Schema, h.Party.Schema))
		return
	}
	partial := h.NameScore <= names.Partial
	h.birth(q)
	h.country(q)
	if q.Gender != "" && h.Party.Gender != "" && q.Gender != h.Party.Gender {
		h.add("sex", -otherSex, "the list says "+h.Party.Gender)
	}
	if partial && h.Score > names.Partial {
		h.add("partial", names.Partial-h.Score, "part of a name never decides")
	}
	if h.Score < 0 {
		h.add("floor", -h.Score, "contradicted")
	}
}

func (h *Hit) add(feature string, by float64, why string) {
	if by == 0 {
		return
	}
	h.Score += by
	h.Parts = append(h.Parts, names.Part{Feature: feature, Weight: by, Text: why})
}

func (h *Hit) birth(q Query) {
	if q.BirthDate.IsZero() {
		return
	}
	said := 0
	nearest := 1 << 30
	for _, b := range h.Party.Births {
		if b.Window.IsZero() {
			continue
		}
		said++
		if b.Window.Overlaps(q.BirthDate) {
			h.add("birth date", (1-h.Score)*sameBirth, "born "+b.Window.String()+" by the list")
			return
		}
		nearest = min(nearest, yearsApart(b, q))
	}
	switch {
	case said == 0:
	case nearest <= 2:
		h.add("birth date", -otherYear, fmt.Sprintf("birth dates %d years apart", nearest))
	default:
		h.add("birth date", -otherBirth, fmt.Sprintf("birth dates %d years apart", nearest))
	}
}

func yearsApart(b party.Birth, q Query) int {
	x, y := b.Window, q.BirthDate
	d := x.Earliest.Year - y.Latest.Year
	if e := y.Earliest.Year - x.Latest.Year; e > d {
		d = e
	}
	return max(d, 0)
}

func (h *Hit) country(q Query) {
	if q.Country == "" {
		return
	}
	code := strings.ToUpper(q.Country)
	known := false
	for _, c := range countriesOf(h.Party) {
		if c == "" {
			continue
		}
		known = true
		if c == code {
			h.add("country", (1-h.Score)*sameCountry, "the list names "+code)
			return
		}
	}
	if known {
		h.add("country", -otherCountry, "the list does not name "+code)
	}
}

// countriesOf are the countries an entry connects with its party.
func countriesOf(p party.Party) []string {
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
