package table

import (
	"strings"

	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/party"
)

// setter puts the values of one row into a party.
type setter struct {
	party   *party.Party
	mapping *Mapping
	place   []party.Birth
}

func (s *setter) order() fields.Order {
	if s.mapping.Month {
		return fields.MonthFirst
	}
	return fields.DayFirst
}

func (s *setter) designation() *party.Designation { return &s.party.Designations[0] }

type field struct {
	put   func(s *setter, arg, text string)
	whole bool // the text is one value whatever it holds
}

// setters are the fields that a column can be mapped to. Some take an
// argument after a colon: "document:passport".
var setters = map[string]field{
	"name":          {put: func(s *setter, _, t string) { s.name(t, party.Primary, party.Strong) }},
	"alias":         {put: func(s *setter, _, t string) { s.name(t, party.Alias, party.Strong) }},
	"weak-alias":    {put: func(s *setter, _, t string) { s.name(t, party.Alias, party.Weak) }},
	"previous-name": {put: func(s *setter, _, t string) { s.name(t, party.Former, party.Strong) }},
	"native-name":   {put: func(s *setter, _, t string) { s.name(t, party.Native, party.Strong) }},
	"birth":         {put: (*setter).birth},
	"birth-place":   {put: func(s *setter, _, t string) { s.place = append(s.place, place(t)) }},
	"nationality":   {put: func(s *setter, _, t string) { s.country(t) }},
	"gender":        {put: (*setter).gender, whole: true},
	"position":      {put: func(s *setter, _, t string) { s.party.Positions = append(s.party.Positions, party.Position{Title: t}) }},
	"title":         {put: func(s *setter, _, t string) { s.party.Titles = append(s.party.Titles, t) }},
	"document":      {put: (*setter).document},
	"csl-id":        {put: (*setter).cslID},
	"address": {put: func(s *setter, _, t string) {
		s.party.Addresses = append(s.party.Addresses, party.Address{Text: t, In: lastCountry(t)})
	}},
	"note": {put: func(s *setter, _, t string) { s.party.Notes = append(s.party.Notes, t) }, whole: true},
	"link": {put: func(s *setter, _, t string) { s.party.Links = append(s.party.Links, t) }},
	"contact": {put: func(s *setter, k, t string) {
		s.party.Contacts = append(s.party.Contacts, party.Contact{Kind: k, Value: t})
	}},
	"founded":   {put: (*setter).founded},
	"programme": {put: func(s *setter, _, t string) { s.designation().Programmes = append(s.designation().Programmes, t) }},
	"regime":    {put: func(s *setter, _, t string) { s.designation().Regime = t }, whole: true},
	"listed":    {put: (*setter).listed, whole: true},
	"delisted":  {put: (*setter).delisted, whole: true},
	"amended":   {put: (*setter).amended},
	"stated": {put: func(s *setter, _, t string) {
		s.designation().Stated = append(s.designation().Stated, fields.Stated(t)...)
	}, whole: true},
	"legal-basis": {put: func(s *setter, _, t string) { s.designation().LegalBasis = append(s.designation().LegalBasis, t) }},
	"reason":      {put: func(s *setter, _, t string) { s.designation().Reasons = t }, whole: true},
	"cross-ref":   {put: func(s *setter, _, t string) { s.designation().CrossRefs = append(s.designation().CrossRefs, t) }},
	"source":      {put: func(s *setter, _, t string) { s.designation().SourceURL = t }, whole: true},
	"source-note": {put: func(s *setter, _, t string) { s.designation().SourceNotes = append(s.designation().SourceNotes, t) }, whole: true},
	"relation": {put: func(s *setter, k, t string) {
		s.party.Relations = append(s.party.Relations, party.Relation{Kind: k, Name: t})
	}},
	"imo":          {put: (*setter).imo},
	"mmsi":         {put: func(s *setter, _, t string) { s.vessel().MMSI = t }, whole: true},
	"call-sign":    {put: func(s *setter, _, t string) { s.vessel().CallSign = t }, whole: true},
	"flag":         {put: func(s *setter, _, t string) { s.vessel().Flag = fields.Country(t) }, whole: true},
	"vessel-type":  {put: func(s *setter, _, t string) { s.vessel().Type = t }, whole: true},
	"tonnage":      {put: func(s *setter, _, t string) { s.vessel().Tonnage = t }, whole: true},
	"grt":          {put: func(s *setter, _, t string) { s.vessel().GRT = t }, whole: true},
	"vessel-owner": {put: func(s *setter, _, t string) { s.vessel().Owner = t }, whole: true},
}

func (s *setter) name(text string, kind party.NameKind, q party.Quality) {
	n := party.Name{Text: text, Kind: kind, Quality: q, Script: fields.Script(text)}
	if last, first, ok := strings.Cut(text, ", "); ok && s.mapping.Surname && s.party.Schema == party.Person && first != "" {
		n.Text, n.Surname, n.Parts = first+" "+last, last, []string{first, last}
	}
	if kind == party.Primary && len(s.party.Names) > 0 {
		n.Kind = party.Alias
	}
	if n.Kind == party.Alias && n.Script != "Latn" && n.Script != "" {
		n.Kind = party.Native
	}
	for _, have := range s.party.Names {
		if have.Text == n.Text {
			return
		}
	}
	s.party.Names = append(s.party.Names, n)
}

func (s *setter) birth(_, text string) {
	s.party.Births = append(s.party.Births, fields.Births(text, s.order())...)
}

// place takes the country from the last part: "Qom, Iran".
func place(text string) party.Birth {
	head, last := "", text
	if i := strings.LastIndex(text, ", "); i > 0 {
		head, last = text[:i], text[i+2:]
	}
	if c := fields.Country(last); c.Code != "" {
		return party.Birth{Place: head, In: c}
	}
	return party.Birth{Place: text}
}

func lastCountry(text string) party.Country {
	last := text
	if i := strings.LastIndex(text, ", "); i > 0 {
		last = text[i+2:]
	}
	if c := fields.Country(last); c.Code != "" {
		return c
	}
	return party.Country{}
}

func (s *setter) country(text string) {
	for _, c := range fields.Countries(text) {
		dup := false
		for _, have := range s.party.Nationalities {
			dup = dup || have.Text == c.Text || have.Code == c.Code && c.Code != ""
		}
		if !dup {
			s.party.Nationalities = append(s.party.Nationalities, c)
		}
	}
}

func (s *setter) gender(_, text string) {
	switch strings.ToLower(text) {
	case "male", "m":
		s.party.Gender = "male"
	case "female", "f":
		s.party.Gender = "female"
	}
}

func (s *setter) document(kind, text string) {
	if kind == "" {
		kind = fields.DocumentKind(text)
	}
	d := party.Document{Kind: kind, Number: text, Text: text}
	// "008827, issued in Iran"
	if head, rest, ok := strings.Cut(text, "issued in "); ok {
		d.Number, d.Country = strings.Trim(head, " ,("), fields.Country(strings.Trim(rest, " )."))
	}
	s.party.Documents = append(s.party.Documents, d)
}

// cslID reads "IR, 008827, Diplomatic Passport": country, number, kind. Some
// are no documents: "Male, Gender".
func (s *setter) cslID(_, text string) {
	parts := strings.Split(text, ", ")
	label := parts[len(parts)-1]
	switch {
	case label == "Gender":
		s.gender("", parts[0])
	case len(parts) >= 2 && (fields.DocumentKind(label) != "other" || len(parts) == 3 && len(parts[0]) == 2):
		d := party.Document{Kind: fields.DocumentKind(label), Number: parts[len(parts)-2], Text: text}
		if len(parts) > 2 {
			d.Country = fields.Country(parts[0])
		}
		s.party.Documents = append(s.party.Documents, d)
	default:
		s.party.Notes = append(s.party.Notes, text)
	}
}

func (s *setter) founded(_, text string) {
	if d, ok := fields.Date(text, s.order()); ok {
		s.party.Founded = append(s.party.Founded, d)
		return
	}
	s.party.Notes = append(s.party.Notes, "founded "+text)
}

func (s *setter) listed(_, text string) {
	d, ok := fields.Date(text, s.order())
	if !ok {
		s.designation().SourceNotes = append(s.designation().SourceNotes, "listed on: "+text)
	}
	s.designation().ListedOn = d
}

func (s *setter) delisted(_, text string) {
	s.designation().DelistedOn, _ = fields.Date(text, s.order())
}

func (s *setter) amended(_, text string) {
	if d, ok := fields.Date(text, s.order()); ok {
		s.designation().AmendedOn = append(s.designation().AmendedOn, d)
	}
}

func (s *setter) vessel() *party.VesselFacts {
	if s.party.Vessel == nil {
		s.party.Vessel = &party.VesselFacts{}
	}
	return s.party.Vessel
}

func (s *setter) imo(_, text string) {
	number := strings.TrimSpace(strings.TrimPrefix(text, "IMO"))
	s.party.Documents = append(s.party.Documents, party.Document{Kind: "imo", Number: number, Text: text})
	if s.party.Schema == party.Vessel && s.vessel().IMO == "" {
		s.vessel().IMO = number
	}
}

// finish adds birth places; one date and one place belong together.
func (s *setter) finish() {
	if len(s.place) == 1 && len(s.party.Births) == 1 {
		s.party.Births[0].Place, s.party.Births[0].In = s.place[0].Place, s.place[0].In
		return
	}
	s.party.Births = append(s.party.Births, s.place...)
}
