package uk

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/lists/markup"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/lists/table"
	"github.com/reportedly/reportedly/internal/party"
)

const fcdo = "UK Foreign, Commonwealth & Development Office"

// regime is the letters before the number of a Unique ID: RUS0251 stands
// under the Russia regulations.
func regime(id string) string { return strings.TrimRight(id, "0123456789") }

// RecogniseXML reports whether the head is the UK Sanctions List in XML.
func RecogniseXML(head []byte) bool {
	return bytes.Contains(head, []byte("<Designations")) && bytes.Contains(head, []byte("<UniqueID>"))
}

// ParseXML is the snapshot.Parser of UK-Sanctions-List.xml. Its elements were
// taken from programs that read the published file, since the file itself was
// not at hand.
func ParseXML(files []*snapshot.File, out *snapshot.Out) error {
	f := files[0]
	*out.Edition = party.Edition{List: Sanctions, Publisher: fcdo, Format: "uk-sanctions-xml", File: f.Name, SHA256: f.SHA256}
	refuse := func(entry string, err error) error {
		line, off := markup.Where(err)
		return snapshot.Refuse(f.Name, line, off, entry, err)
	}
	body, err := f.Open()
	if err != nil {
		return snapshot.Refuse(f.Name, 0, -1, "", err)
	}
	defer body.Close()
	r, err := markup.NewReader(body)
	if err != nil {
		return refuse("", err)
	}
	last := ""
	for {
		kind, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return refuse(last, err)
		}
		if kind != markup.Start || r.Name != "Designation" && r.Name != "DateGenerated" {
			continue
		}
		n, err := r.Record()
		if err != nil {
			return refuse("entry "+n.Get("UniqueID"), err)
		}
		if n.Name == "DateGenerated" {
			out.Edition.Stated, _ = fields.Date(n.Text(), fields.DayFirst)
			continue
		}
		id := n.Get("UniqueID")
		if id == "" {
			out.Lost(f.Name, n.Line, "", "a designation without UniqueID")
			continue
		}
		last = "after entry " + id
		e := designationXML(n, id)
		e.Source = party.Origin{File: f.Name, Line: n.Line, Offset: n.Off, Record: id}
		out.Edition.Entries++
		if err := out.Party(e); err != nil {
			return err
		}
	}
}

func designationXML(n *markup.Node, id string) party.Party {
	e := party.Party{ID: Sanctions + ":" + id, Schema: schema(n.Get("IndividualEntityShip"))}
	for _, x := range n.Kid("Names").All("Name") {
		addName(&e, usName(x.Get, x.Get("NameType"), x.Get("AliasStrength")))
	}
	for _, x := range n.Kid("NonLatinNames").All("NonLatinName") {
		native(&e, x.Get("NameNonLatinScript"))
	}
	e.Titles = n.Kid("Titles").Values("Title")
	for _, a := range n.Kid("Addresses").All("Address") {
		addAddress(&e, func(c string) string { return a.Get("Address" + c) })
	}
	contacts(&e, "phone", n.Kid("PhoneNumbers").Values("PhoneNumber"))
	contacts(&e, "email", n.Kid("EmailAddresses").Values("EmailAddress"))
	contacts(&e, "website", n.Kid("Websites").Values("Website"))
	individualXML(&e, n.Kid("IndividualDetails").Kid("Individual"))
	entityXML(&e, n.Kid("EntityDetails").Kid("Entity"))
	shipXML(&e, n.Kid("ShipDetails").Kid("Ship"))
	e.Notes = once(e.Notes, n.Get("OtherInformation"))
	d := usDesignation(n.Get, id)
	if len(d.Stated) == 0 {
		for _, k := range kids(n.Kid("SanctionsImposedIndicators")) {
			if strings.EqualFold(k.Text(), "true") {
				d.Stated = append(d.Stated, fields.Stated(spaced(k.Name))...)
			}
		}
	}
	e.Designations = []party.Designation{d}
	primaryFirst(&e)
	return e
}

func kids(n *markup.Node) []*markup.Node {
	if n == nil {
		return nil
	}
	return n.Kids
}

// spaced turns "TravelBan" into "Travel Ban".
func spaced(name string) string {
	var b strings.Builder
	for i, u := range name {
		if i > 0 && u >= 'A' && u <= 'Z' {
			b.WriteByte(' ')
		}
		b.WriteRune(u)
	}
	return b.String()
}

// usDesignation reads what XML and CSV name alike, apart from blanks.
func usDesignation(get func(...string) string, id string) party.Designation {
	d := party.Designation{Authority: "UK", List: Sanctions, Reference: id, Regime: regime(id), Status: party.Listed, Reasons: get("UKStatementofReasons")}
	if r := get("RegimeName"); r != "" {
		d.Programmes, d.LegalBasis = []string{r}, []string{r}
	}
	d.ListedOn, _ = fields.Date(get("DateDesignated"), fields.DayFirst)
	if u, ok := fields.Date(get("LastUpdated"), fields.DayFirst); ok {
		d.AmendedOn = append(d.AmendedOn, u)
	}
	d.CrossRefs = once(d.CrossRefs, get("UNReferenceNumber"))
	if g := get("OFSIGroupID"); g != "" {
		d.CrossRefs = once(d.CrossRefs, ConList+":"+g)
	}
	d.Stated = fields.Stated(get("SanctionsImposed"))
	if s := get("DesignationSource"); s != "" {
		d.SourceNotes = append(d.SourceNotes, "designation source: "+s)
	}
	return d
}

// usName: Name6 is the family name or the whole name of a body.
func usName(get func(...string) string, kind, strength string) party.Name {
	var parts []string
	for _, c := range []string{"Name1", "Name2", "Name3", "Name4", "Name5"} {
		if t := get(c); t != "" {
			parts = append(parts, t)
		}
	}
	last := get("Name6")
	text := strings.TrimSpace(strings.Join(parts, " ") + " " + last)
	n := party.Name{Text: text, Kind: party.Alias, Script: fields.Script(text)}
	if len(parts) > 0 && last != "" {
		n.Parts, n.Surname = append(parts, last), last
	}
	kindOf(&n, kind, strength)
	return n
}

func kindOf(n *party.Name, kind, strength string) {
	switch strings.ToLower(strings.ReplaceAll(kind, "_", " ")) {
	case "primary name", "primary":
		n.Kind, n.Quality = party.Primary, party.Strong
	case "primary name variation", "primary variation":
		n.Quality = party.Strong
	}
	switch s := strings.ToLower(strength); {
	case strings.Contains(s, "low"), strings.Contains(s, "weak"):
		n.Quality = party.Weak
	case strings.Contains(s, "good"), strings.Contains(s, "strong"):
		n.Quality = party.Strong
	}
}

func native(e *party.Party, text string) {
	for _, t := range fields.SplitNames(text) {
		addName(e, party.Name{Text: t, Kind: party.Native, Quality: party.Strong, Script: fields.Script(t)})
	}
}

func contacts(e *party.Party, kind string, all []string) {
	for _, t := range all {
		if c := (party.Contact{Kind: kind, Value: t}); !slices.Contains(e.Contacts, c) {
			e.Contacts = append(e.Contacts, c)
		}
	}
}

func addAddress(e *party.Party, get func(string) string) {
	var parts []string
	for _, c := range []string{"Line1", "Line2", "Line3", "Line4", "Line5", "Line6", "PostalCode", "Country"} {
		if t := get(c); t != "" {
			parts = append(parts, t)
		}
	}
	a := party.Address{Text: strings.Join(parts, ", "), PostCode: get("PostalCode"), In: fields.Country(get("Country"))}
	if a.Text != "" && !slices.Contains(e.Addresses, a) {
		e.Addresses = append(e.Addresses, a)
	}
}

// dob reads "dd/mm/1963" and "11/03/1957".
func dob(e *party.Party, text string) {
	if text == "" {
		return
	}
	b := party.Birth{}
	var ok bool
	plain := strings.NewReplacer("dd/mm/", "", "dd/", "", "mm/", "").Replace(text)
	if b.Window, b.Circa, ok = fields.Span(plain, fields.DayFirst); !ok {
		b.Note = text
	}
	addBirth(e, b)
}

func gender(text string) string {
	switch t := strings.ToLower(text); t {
	case "male", "female":
		return t
	}
	return ""
}

func individualXML(e *party.Party, n *markup.Node) {
	for _, t := range n.Kid("DOBs").Values("DOB") {
		dob(e, t)
	}
	for _, l := range n.Kid("BirthDetails").All("Location") {
		b := party.Birth{Place: l.Get("TownOfBirth"), In: fields.Country(l.Get("CountryOfBirth"))}
		if b.Place != "" || b.In.Text != "" {
			addBirth(e, b)
		}
	}
	for _, t := range n.Kid("Nationalities").Values("Nationality") {
		e.Nationalities = append(e.Nationalities, fields.Countries(t)...)
	}
	for _, t := range n.Kid("Positions").Values("Position") {
		e.Positions = append(e.Positions, party.Position{Title: t})
	}
	if g := n.Get("Genders", "Gender"); g != "" {
		e.Gender = gender(g)
	}
	for _, p := range n.Kid("PassportDetails").All("Passport") {
		addDocument(e, party.Document{Kind: "passport", Number: p.Get("PassportNumber"), Note: p.Get("PassportAdditionalInformation"), Text: p.Get("PassportNumber")})
	}
	for _, p := range n.Kid("NationalIdentifierDetails").All("NationalIdentifier") {
		addDocument(e, party.Document{Kind: "national-id", Number: p.Get("NationalIdentifierNumber"), Note: p.Get("NationalIdentifierAdditionalInformation"), Text: p.Get("NationalIdentifierNumber")})
	}
}

func entityXML(e *party.Party, n *markup.Node) {
	for _, t := range n.Kid("TypeOfEntities").Values("TypeOfEntity") {
		e.Notes = once(e.Notes, "type of entity: "+t)
	}
	for _, t := range n.Kid("ParentCompanies").Values("ParentCompany") {
		e.Relations = append(e.Relations, party.Relation{Kind: "owned-by", Name: t, Note: "parent company"})
	}
	for _, t := range n.Kid("Subsidiaries").Values("Subsidiary") {
		e.Relations = append(e.Relations, party.Relation{Kind: "owns", Name: t, Note: "subsidiary"})
	}
	for _, t := range n.Kid("BusinessRegistrationNumbers").Values("BusinessRegistrationNumber") {
		addDocument(e, party.Document{Kind: "register", Number: t, Text: t})
	}
}

func shipXML(e *party.Party, n *markup.Node) {
	if n == nil {
		return
	}
	ship(e, n.Get("IMONumbers", "IMONumber"), n.Get("CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip"), n.Get("TypeOfShipDetails", "TypeOfShip"), n.Get("TonnageOfShipDetails", "TonnageOfShip"),
		n.Get("CurrentOwnerOperators", "CurrentOwnerOperator"), n.Get("YearsBuilt", "YearBuilt"), n.Kid("PreviousFlags").Values("PreviousFlag"))
}

func ship(e *party.Party, imo, flag, kind, tonnage, owner, built string, former []string) {
	if e.Schema != party.Vessel {
		return
	}
	imo = strings.TrimSpace(strings.TrimPrefix(imo, "IMO"))
	e.Vessel = &party.VesselFacts{IMO: imo, Flag: fields.Country(flag), Type: kind, Tonnage: tonnage, Owner: owner}
	e.Vessel.Built, _ = fields.Date(built, fields.DayFirst)
	for _, f := range former {
		e.Vessel.FormerFlags = append(e.Vessel.FormerFlags, fields.Country(f))
	}
	addDocument(e, party.Document{Kind: "imo", Number: imo, Text: imo})
}

// usShapes: the CSV starts with "Report Date: ..." or at once with the header.
func usShape(head []byte) (table.Shape, bool) {
	for skip := range 2 {
		s := table.Shape{Skip: skip, Loose: true}
		if table.HasAll(table.Header(head, s), "Unique ID", "OFSI Group ID", "Name 6", "Name type", "Sanctions Imposed") {
			return s, true
		}
	}
	return table.Shape{}, false
}

// RecogniseCSV reports whether the head is the UK Sanctions List as CSV.
func RecogniseCSV(head []byte) bool {
	_, ok := usShape(head)
	return ok
}

// ParseCSV is the snapshot.Parser of UK-Sanctions-List.csv: one row for each
// name and address of an entry.
func ParseCSV(files []*snapshot.File, out *snapshot.Out) error {
	f := files[0]
	*out.Edition = party.Edition{List: Sanctions, Publisher: fcdo, Format: "uk-sanctions-csv", File: f.Name, SHA256: f.SHA256}
	shape, _ := usShape(f.Head)
	line, _, _ := strings.Cut(strings.TrimPrefix(string(f.Head), "\ufeff"), "\n")
	if _, after, ok := strings.Cut(line, "Report Date:"); ok && shape.Skip == 1 {
		out.Edition.Stated, _ = fields.Date(strings.Trim(after, ", \r\""), fields.DayFirst)
	}
	r, err := table.Open(f, shape)
	if err != nil {
		return err
	}
	defer r.Close()
	g := &gather{byRef: map[string]*party.Party{}}
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return g.give(out)
		}
		if err != nil {
			return err
		}
		if row.Get("Unique ID") == "" {
			out.Lost(f.Name, row.Line, "", "a row without a Unique ID")
			continue
		}
		g.usRow(row, f.Name)
	}
}

// columns names the CSV's columns by the XML's elements.
var columns = map[string]string{
	"Name1": "Name 1", "Name2": "Name 2", "Name3": "Name 3", "Name4": "Name 4", "Name5": "Name 5", "Name6": "Name 6", "UKStatementofReasons": "UK Statement of Reasons",
	"RegimeName": "Regime Name", "DateDesignated": "Date Designated", "LastUpdated": "Last Updated", "UNReferenceNumber": "UN Reference Number", "OFSIGroupID": "OFSI Group ID",
	"SanctionsImposed": "Sanctions Imposed", "DesignationSource": "Designation source", "Line1": "Address Line 1", "Line2": "Address Line 2", "Line3": "Address Line 3",
	"Line4": "Address Line 4", "Line5": "Address Line 5", "Line6": "Address Line 6", "PostalCode": "Address Postal Code", "Country": "Address Country",
}

func (g *gather) usRow(row table.Row, file string) {
	get := func(path ...string) string { return row.Get(columns[path[0]]) }
	id := row.Get("Unique ID")
	kind := row.Get("Designation Type")
	if kind == "" {
		kind = row.Get("Individual, Entity, Ship")
	}
	e := g.entry(Sanctions, id, file, row.Line, schema(kind))
	if len(e.Designations) == 0 {
		e.Designations = []party.Designation{usDesignation(get, id)}
	}
	addName(e, usName(get, row.Get("Name type"), row.Get("Alias strength")))
	native(e, row.Get("Name non-latin script"))
	addAddress(e, func(c string) string { return get(c) })
	for _, t := range values(row.Get("Title")) {
		e.Titles = once(e.Titles, t)
	}
	for _, t := range strings.Split(row.Get("D.O.B"), ";") {
		dob(e, strings.TrimSpace(t))
	}
	if b := (party.Birth{Place: row.Get("Town of birth"), In: fields.Country(row.Get("Country of birth"))}); b.Place != "" || b.In.Text != "" {
		addBirth(e, b)
	}
	for _, c := range fields.Countries(row.Get("Nationality(/ies)")) {
		if !slices.Contains(e.Nationalities, c) {
			e.Nationalities = append(e.Nationalities, c)
		}
	}
	addDocument(e, party.Document{Kind: "passport", Number: strings.TrimPrefix(row.Get("Passport number"), "'"), Note: row.Get("Passport additional information"), Text: row.Get("Passport number")})
	addDocument(e, party.Document{Kind: "national-id", Number: strings.TrimPrefix(row.Get("National Identifier number"), "'"), Note: row.Get("National Identifier additional information"), Text: row.Get("National Identifier number")})
	addDocument(e, party.Document{Kind: "register", Number: row.Get("Business registration number (s)"), Text: row.Get("Business registration number (s)")})
	if p := (party.Position{Title: row.Get("Position")}); p.Title != "" && !slices.Contains(e.Positions, p) {
		e.Positions = append(e.Positions, p)
	}
	if t := gender(row.Get("Gender")); t != "" {
		e.Gender = t
	}
	for kind, column := range map[string]string{"phone": "Phone number", "email": "Email address", "website": "Website"} {
		if t := row.Get(column); t != "" {
			contacts(e, kind, []string{t})
		}
	}
	e.Notes = once(e.Notes, row.Get("Other Information"))
	g.usRelations(e, row)
	if e.Vessel == nil {
		ship(e, row.Get("IMO number"), row.Get("Current believed flag of ship"), row.Get("Type of ship"), row.Get("Tonnage of ship"), row.Get("Current owner/operator (s)"), row.Get("Year Built"),
			fields.SplitNames(row.Get("Previous flags")))
	}
}

func (g *gather) usRelations(e *party.Party, row table.Row) {
	for _, x := range []struct{ column, kind string }{{"Parent company", "owned-by"}, {"Parent Company", "owned-by"}, {"Subsidiaries", "owns"}} {
		for _, t := range values(row.Get(x.column)) {
			if r := (party.Relation{Kind: x.kind, Name: t}); !slices.Contains(e.Relations, r) {
				e.Relations = append(e.Relations, r)
			}
		}
	}
}
