package uk

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/lists/table"
	"github.com/reportedly/reportedly/internal/party"
)

// Codes of the lists.
const (
	ConList   = "uk-ofsi"
	Sanctions = "uk-sanctions"
)

var conShape = table.Shape{Skip: 1, Loose: true}

// RecogniseConList reports whether the head is a ConList CSV: "Last Updated"
// and a date, then the header.
func RecogniseConList(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimPrefix(head, []byte("\ufeff")), []byte("Last Updated,")) &&
		table.HasAll(table.Header(head, conShape), "Name 6", "Name 1", "Group Type", "Regime", "Group ID")
}

// ParseConList is the snapshot.Parser of the ConList.
func ParseConList(files []*snapshot.File, out *snapshot.Out) error {
	f := files[0]
	*out.Edition = party.Edition{List: ConList, Publisher: "HM Treasury, Office of Financial Sanctions Implementation", Format: "uk-conlist-csv", File: f.Name, SHA256: f.SHA256}
	line, _, _ := strings.Cut(string(f.Head), "\n")
	if _, after, ok := strings.Cut(line, ","); ok {
		out.Edition.Stated, _ = fields.Date(strings.Trim(after, ", \r\""), fields.DayFirst)
	}
	r, err := table.Open(f, conShape)
	if err != nil {
		return err
	}
	defer r.Close()
	g := &gather{byRef: map[string]*party.Party{}}
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if row.Get("Group ID") == "" {
			out.Lost(f.Name, row.Line, "", "a row without a Group ID")
			continue
		}
		g.conRow(row, f.Name)
	}
	return g.give(out)
}

// gather puts the rows of entries together in the order of their first rows.
type gather struct {
	order []*party.Party
	byRef map[string]*party.Party
}

func (g *gather) entry(list, ref, file string, line int, schema party.Schema) *party.Party {
	if e := g.byRef[ref]; e != nil {
		return e
	}
	e := &party.Party{ID: list + ":" + ref, Schema: schema, Source: party.Origin{File: file, Line: line, Offset: -1, Record: ref}}
	g.byRef[ref] = e
	g.order = append(g.order, e)
	return e
}

func (g *gather) give(out *snapshot.Out) error {
	for _, e := range g.order {
		primaryFirst(e)
		out.Edition.Entries++
		if err := out.Party(*e); err != nil {
			return err
		}
	}
	return nil
}

// primaryFirst moves the primary name to the front; an entry of which only
// aliases are given gets its first as the primary one.
func primaryFirst(e *party.Party) {
	i := slices.IndexFunc(e.Names, func(n party.Name) bool { return n.Kind == party.Primary })
	switch {
	case i > 0:
		n := e.Names[i]
		e.Names = slices.Insert(slices.Delete(e.Names, i, i+1), 0, n)
	case i < 0 && len(e.Names) > 0:
		e.Names[0].Kind = party.Primary
	}
}

func schema(text string) party.Schema {
	switch strings.ToLower(text) {
	case "individual":
		return party.Person
	case "ship", "vessel":
		return party.Vessel
	case "aircraft":
		return party.Airplane
	}
	return party.Organization
}

// unRef finds a permanent UN reference or one of the older forms.
var unRef = regexp.MustCompile(`\b[A-Z]{2}[ie]\.\d{3}\b|\b[A-Z]{1,3}\.[A-Z]{1,2}\.\d{1,3}\.[A-Z0-9]{1,2}(?:\.\d{1,2})?\b|\bI\.\d{2}\.[A-Z]\.\d{1,2}\b`)

func (g *gather) conRow(row table.Row, file string) {
	ref := row.Get("Group ID")
	e := g.entry(ConList, ref, file, row.Line, schema(row.Get("Group Type")))
	name := conName(row)
	switch strings.ToUpper(row.Get("Alias Type")) {
	case "PRIME ALIAS", "PRIMARY NAME":
		name.Kind, name.Quality = party.Primary, party.Strong
	case "FKA", "FORMERLY KNOWN AS":
		name.Kind = party.Former
	case "LOW QUALITY AKA":
		name.Kind, name.Quality = party.Alias, party.Weak
	case "GOOD QUALITY AKA":
		name.Kind, name.Quality = party.Alias, party.Strong
	default:
		name.Kind = party.Alias
	}
	addName(e, name)
	conFacts(e, row)
	regime := row.Get("Regime")
	listed, _ := fields.Date(row.Get("Listed On"), fields.DayFirst)
	i := slices.IndexFunc(e.Designations, func(d party.Designation) bool { return d.Regime == regime })
	if i < 0 {
		e.Designations = append(e.Designations, party.Designation{Authority: "UK", List: ConList, Reference: ref, Regime: regime, Programmes: []string{regime}, Status: party.Listed,
			ListedOn: listed, Stated: []party.StatedMeasure{{Kind: "M-FREEZE", Text: "consolidated list of asset freeze targets", From: listed}}})
		i = len(e.Designations) - 1
	}
	d := &e.Designations[i]
	if u, ok := fields.Date(row.Get("Last Updated"), fields.DayFirst); ok && !slices.Contains(d.AmendedOn, u) {
		d.AmendedOn = append(d.AmendedOn, u)
	}
	for _, m := range unRef.FindAllString(row.Get("Other Information"), -1) {
		d.CrossRefs = once(d.CrossRefs, m)
	}
}

func once(list []string, text string) []string {
	if text == "" || slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}

// conName: Name 6 is the family name or the whole name of a body.
func conName(row table.Row) party.Name {
	var parts []string
	for _, c := range []string{"Name 1", "Name 2", "Name 3", "Name 4", "Name 5"} {
		if t := row.Get(c); t != "" {
			parts = append(parts, t)
		}
	}
	last := row.Get("Name 6")
	text := strings.TrimSpace(strings.Join(parts, " ") + " " + last)
	n := party.Name{Text: text, Script: fields.Script(text)}
	if len(parts) > 0 {
		n.Parts, n.Surname = append(parts, last), last
	}
	return n
}

func addName(e *party.Party, n party.Name) {
	if n.Text == "" {
		return
	}
	if n.Kind == party.Alias && n.Script != "Latn" && n.Script != "" {
		n.Kind = party.Native
	}
	for i, have := range e.Names {
		if have.Text == n.Text {
			if n.Kind == party.Primary {
				e.Names[i] = n
			}
			return
		}
	}
	e.Names = append(e.Names, n)
}

var enumerated = regexp.MustCompile(`(?:^|[\s,;])\(?(?:\d{1,2}|[a-h])\)(?:\s*-\s*\(?\d{1,2}\))?`)

// values parts "1) Saudi Arabia 2) Qatar" and "(1)-(2) Tunisia (3) Libya".
func values(text string) []string {
	var out []string
	for _, p := range enumerated.Split(text, -1) {
		if p = strings.Trim(p, " .;,"); p != "" {
			out = append(out, p)
		}
	}
	return out
}

func conFacts(e *party.Party, row table.Row) {
	for _, t := range values(row.Get("DOB")) {
		for _, b := range fields.Births(t, fields.DayFirst) {
			addBirth(e, b)
		}
	}
	birthPlaces(e, values(row.Get("Town of Birth")), values(row.Get("Country of Birth")))
	for _, t := range values(row.Get("Nationality")) {
		c := nationality(t)
		if !slices.Contains(e.Nationalities, c) {
			e.Nationalities = append(e.Nationalities, c)
		}
	}
	for _, x := range []struct{ column, kind string }{{"Passport Details", "passport"}, {"NI Number", "national-id"}} {
		for _, t := range values(row.Get(x.column)) {
			addDocument(e, document(x.kind, t))
		}
	}
	for _, t := range values(row.Get("Position")) {
		if p := (party.Position{Title: t}); !slices.Contains(e.Positions, p) {
			e.Positions = append(e.Positions, p)
		}
	}
	for _, t := range values(row.Get("Title")) {
		e.Titles = once(e.Titles, t)
	}
	var parts []string
	for _, c := range []string{"Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6", "Post/Zip Code", "Country"} {
		if t := row.Get(c); t != "" {
			parts = append(parts, t)
		}
	}
	a := party.Address{Text: strings.Join(parts, ", "), PostCode: row.Get("Post/Zip Code"), In: fields.Country(row.Get("Country"))}
	if a.Text != "" && !slices.Contains(e.Addresses, a) {
		e.Addresses = append(e.Addresses, a)
	}
	note := row.Get("Other Information")
	e.Notes = slices.DeleteFunc(e.Notes, func(s string) bool { return s == "" })
	e.Notes = once(e.Notes, note)
}

// birthPlaces joins "(1) Kabul (2) Herat" with "(1) Afghanistan (2)
// Afghanistan" where they are as many.
func birthPlaces(e *party.Party, towns, countries []string) {
	if len(towns) == len(countries) || len(countries) == 1 && len(towns) > 0 {
		for i, town := range towns {
			addBirth(e, party.Birth{Place: town, In: fields.Country(countries[min(i, len(countries)-1)])})
		}
		return
	}
	for _, town := range towns {
		addBirth(e, party.Birth{Place: town})
	}
	for _, c := range countries {
		addBirth(e, party.Birth{In: fields.Country(c)})
	}
}

// nationality reads "Iranian (Iranian citizenship)".
func nationality(text string) party.Country {
	c := fields.Country(text)
	if c.Code == "" {
		head, _, _ := strings.Cut(text, " (")
		c.Code = fields.Country(head).Code
	}
	return c
}

var leadingNumber = regexp.MustCompile(`^(?:Passport No: |No\.? |')?([A-Z]{0,4}[ -]?[0-9][A-Z0-9/ -]{2,24}?)(?:[ .,(]|$)`)

// document keeps the whole text and takes the number at its start.
func document(kind, text string) party.Document {
	d := party.Document{Kind: kind, Text: text, Number: strings.TrimPrefix(text, "'")}
	if m := leadingNumber.FindStringSubmatch(text); m != nil {
		d.Number = strings.TrimSpace(m[1])
	}
	if i := strings.IndexByte(text, '('); i >= 0 {
		head, _, _ := strings.Cut(text[i+1:], ")")
		first, _, _ := strings.Cut(head, " ")
		d.Country = fields.Country(first)
		if d.Country.Code == "" {
			d.Country = party.Country{}
		}
	}
	return d
}

func addDocument(e *party.Party, d party.Document) {
	if d.Number != "" && !slices.Contains(e.Documents, d) {
		e.Documents = append(e.Documents, d)
	}
}

func addBirth(e *party.Party, b party.Birth) {
	if !slices.Contains(e.Births, b) {
		e.Births = append(e.Births, b)
	}
}
