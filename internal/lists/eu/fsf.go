package eu

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/lists/markup"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

// List is the code of the list.
const List = "eu-fsf"

const publisher = "European Commission"

// RecogniseFSF reports whether the head is FSF XML 1.1.
func RecogniseFSF(head []byte) bool {
	return bytes.Contains(head, []byte("fpi/fsd/export")) || bytes.Contains(head, []byte("<sanctionEntity"))
}

// RecogniseFSD reports whether the head is the XML of before 2017.
func RecogniseFSD(head []byte) bool {
	return bytes.Contains(head, []byte("<WHOLE")) && bytes.Contains(head, []byte("<ENTITY"))
}

// ParseFSF is the snapshot.Parser of FSF XML 1.1
// (schema 20171012-FULL-schema-1_1.xsd).
func ParseFSF(files []*snapshot.File, out *snapshot.Out) error {
	return walk(files[0], out, "eu-fsf-xml", "sanctionEntity", "logicalId", func(r *markup.Reader) {
		if r.Name == "export" {
			out.Edition.Stated, _ = fields.Date(r.Attr("generationDate"), fields.DayFirst)
		}
	}, fsf)
}

// ParseFSD is the snapshot.Parser of the XML of before 2017.
func ParseFSD(files []*snapshot.File, out *snapshot.Out) error {
	return walk(files[0], out, "eu-fsd-xml", "ENTITY", "Id", func(r *markup.Reader) {
		if r.Name == "WHOLE" {
			out.Edition.Stated, _ = fields.Date(r.Attr("Date"), fields.DayFirst)
		}
	}, fsd)
}

func walk(f *snapshot.File, out *snapshot.Out, format, record, key string, root func(*markup.Reader), entry func(*markup.Node, string) party.Party) error {
	*out.Edition = party.Edition{List: List, Publisher: publisher, Format: format, File: f.Name, SHA256: f.SHA256}
	refuse := func(name string, err error) error {
		line, off := markup.Where(err)
		return snapshot.Refuse(f.Name, line, off, name, err)
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
		if kind != markup.Start {
			continue
		}
		if r.Name != record {
			root(r)
			continue
		}
		n, err := r.Record()
		id := n.Attr(key)
		if err != nil {
			return refuse("entry "+id, err)
		}
		if id == "" {
			out.Lost(f.Name, n.Line, "", "an entry without %s", key)
			continue
		}
		last = "after entry " + id
		e := entry(n, id)
		e.Source = party.Origin{File: f.Name, Line: n.Line, Offset: n.Off, Record: id}
		out.Edition.Entries++
		if err := out.Party(e); err != nil {
			return err
		}
	}
}

func schema(code string) party.Schema {
	switch strings.ToLower(code) {
	case "person", "p":
		return party.Person
	}
	return party.Organization
}

func fsf(n *markup.Node, id string) party.Party {
	e := party.Party{ID: List + ":" + id, Schema: schema(n.Kid("subjectType").Attr("code"))}
	for _, a := range n.All("nameAlias") {
		q := party.Weak
		if a.Attr("strong") == "true" {
			q = party.Strong
		}
		name(&e, a.Attr("wholeName"), a.Attr("firstName"), a.Attr("middleName"), a.Attr("lastName"), strings.ToLower(a.Attr("nameLanguage")), q)
		person(&e, a.Attr("gender"), a.Attr("title"), a.Attr("function"))
	}
	for _, c := range n.All("citizenship") {
		nationality(&e, country(c))
	}
	for _, b := range n.All("birthdate") {
		birth(&e, b)
	}
	for _, a := range n.All("address") {
		addr := party.Address{Street: a.Attr("street"), City: a.Attr("city"), Region: a.Attr("region"), PostCode: a.Attr("zipCode"), In: country(a)}
		addr.Text = joined(addr.Street, a.Attr("poBox"), a.Attr("place"), addr.PostCode, addr.City, addr.Region, addr.In.Text)
		addr.Note = strings.Join(a.Values("remark"), " ")
		if addr.Text != "" {
			e.Addresses = append(e.Addresses, addr)
		}
	}
	for _, d := range n.All("identification") {
		identification(&e, d)
	}
	e.Notes = append(e.Notes, n.Values("remark")...)
	d := party.Designation{Authority: "EU", List: List, Reference: id, Status: party.Listed}
	d.ListedOn, _ = fields.Date(n.Attr("designationDate"), fields.DayFirst)
	d.DelistedOn, _ = fields.Date(n.Attr("delistingDate"), fields.DayFirst)
	if !d.DelistedOn.IsZero() {
		d.Status = party.Delisted
	}
	for _, ref := range []string{n.Attr("euReferenceNumber"), n.Attr("unitedNationId")} {
		if ref = strings.TrimSpace(ref); ref != "" {
			d.CrossRefs = append(d.CrossRefs, ref)
		}
	}
	if t := n.Attr("designationDetails"); t != "" {
		d.SourceNotes = append(d.SourceNotes, t)
	}
	e.Designations = regulations(d, n)
	return e
}

// regulations gives one designation for each programme of the entry's acts.
func regulations(base party.Designation, n *markup.Node) []party.Designation {
	var out []party.Designation
	for _, r := range n.All("regulation") {
		programme := r.Attr("programme")
		i := slices.IndexFunc(out, func(d party.Designation) bool { return d.Regime == programme })
		if i < 0 {
			d := base
			d.Regime, d.LegalBasis = programme, nil
			if programme != "" {
				d.Programmes = []string{programme}
			}
			out = append(out, d)
			i = len(out) - 1
		}
		out[i].LegalBasis = append(out[i].LegalBasis, r.Attr("numberTitle"))
		if u := r.Get("publicationUrl"); u != "" {
			out[i].SourceURL = u
		}
		day, ok := fields.Date(r.Attr("entryIntoForceDate"), fields.DayFirst)
		if !ok {
			continue
		}
		// Where the entry has no date of its own, the act in force since the
		// earliest day is the best that the file tells.
		if base.ListedOn.IsZero() && (out[i].ListedOn.IsZero() || day.Before(out[i].ListedOn)) {
			out[i].ListedOn = day
		}
		if r.Attr("regulationType") == "amendment" {
			out[i].AmendedOn = append(out[i].AmendedOn, day)
		}
	}
	if len(out) == 0 {
		out = append(out, base)
	}
	return out
}

func joined(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p = markup.Clean(p); p != "" && p != "UNKNOWN" {
			out = append(out, p)
		}
	}
	return strings.Join(out, ", ")
}

func name(e *party.Party, whole, first, middle, last, lang string, q party.Quality) {
	text := markup.Clean(whole)
	if text == "" {
		text = markup.Clean(first + " " + middle + " " + last)
	}
	if text == "" || slices.ContainsFunc(e.Names, func(n party.Name) bool { return n.Text == text }) {
		return
	}
	n := party.Name{Text: text, Kind: party.Alias, Quality: q, Script: fields.Script(text), Language: lang, Surname: markup.Clean(last)}
	for _, p := range []string{first, middle, last} {
		if p = markup.Clean(p); p != "" && n.Surname != "" {
			n.Parts = append(n.Parts, p)
		}
	}
	switch {
	case len(e.Names) == 0:
		n.Kind = party.Primary
	case n.Script != "Latn" && n.Script != "":
		n.Kind = party.Native
	}
	e.Names = append(e.Names, n)
}

func person(e *party.Party, gender, title, function string) {
	switch gender {
	case "M":
		e.Gender = "male"
	case "F":
		e.Gender = "female"
	}
	if title = markup.Clean(title); title != "" && !slices.Contains(e.Titles, title) {
		e.Titles = append(e.Titles, title)
	}
	if p := (party.Position{Title: markup.Clean(function)}); p.Title != "" && !slices.Contains(e.Positions, p) {
		e.Positions = append(e.Positions, p)
	}
}

func country(n *markup.Node) party.Country {
	text := markup.Clean(n.Attr("countryDescription"))
	c := fields.Country(text)
	if code := n.Attr("countryIso2Code"); code != "" && code != "00" {
		c.Code = code
	}
	if text == "UNKNOWN" || n.Attr("countryIso2Code") == "00" {
		return party.Country{}
	}
	return c
}

func nationality(e *party.Party, c party.Country) {
	if (c.Text != "" || c.Code != "") && !slices.Contains(e.Nationalities, c) {
		e.Nationalities = append(e.Nationalities, c)
	}
}

func birth(e *party.Party, n *markup.Node) {
	b := party.Birth{Circa: n.Attr("circa") == "true", Place: joined(n.Attr("place"), n.Attr("city"), n.Attr("region")), In: country(n), Note: strings.Join(n.Values("remark"), " ")}
	text := n.Attr("birthdate")
	if text == "" && n.Attr("yearRangeFrom") != "" {
		text = n.Attr("yearRangeFrom") + " to " + n.Attr("yearRangeTo")
	}
	if text == "" && n.Attr("year") != "" {
		text = strings.Trim(n.Attr("dayOfMonth")+"/"+n.Attr("monthOfYear")+"/"+n.Attr("year"), "/")
	}
	if cal := n.Attr("calendarType"); cal != "" && cal != "GREGORIAN" {
		b.Note, text = strings.TrimSpace(cal+" "+text+" "+b.Note), ""
	}
	b.Window, _, _ = fields.Span(text, fields.DayFirst)
	if b != (party.Birth{}) && !slices.Contains(e.Births, b) {
		e.Births = append(e.Births, b)
	}
}

// identificationKinds maps the codes of the schema.
var identificationKinds = map[string]string{"passport": "passport", "id": "national-id", "ssn": "national-id", "fiscalcode": "tax", "regnumber": "register", "imo": "imo",
	"swiftbic": "bic", "tradelic": "register", "travelDoc": "passport", "electoral": "national-id", "stamp": "other", "other": "other", "residentperm": "national-id"}

func identification(e *party.Party, n *markup.Node) {
	d := party.Document{Number: n.Attr("number"), Kind: identificationKinds[n.Attr("identificationTypeCode")], Country: country(n), Note: strings.Join(n.Values("remark"), " ")}
	if d.Number == "" {
		d.Number = n.Attr("latinNumber")
	}
	if d.Kind == "" {
		d.Kind = fields.DocumentKind(n.Attr("identificationTypeDescription"))
	}
	d.Issued, _ = fields.Date(n.Attr("issueDate"), fields.DayFirst)
	d.Expires, _ = fields.Date(n.Attr("validTo"), fields.DayFirst)
	d.Text = strings.TrimSpace(n.Attr("identificationTypeDescription") + " " + d.Number)
	for _, flag := range []string{"diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer"} {
		if n.Attr(flag) == "true" {
			d.Note = strings.TrimSpace(flag + " " + d.Note)
		}
	}
	if d.Number != "" || d.Note != "" {
		e.Documents = append(e.Documents, d)
	}
}

func fsd(n *markup.Node, id string) party.Party {
	e := party.Party{ID: List + ":" + id, Schema: schema(n.Attr("Type"))}
	for _, x := range n.All("NAME") {
		name(&e, x.Get("WHOLENAME"), x.Get("FIRSTNAME"), x.Get("MIDDLENAME"), x.Get("LASTNAME"), strings.ToLower(x.Get("LANGUAGE")), party.QualityUnknown)
		person(&e, x.Get("GENDER"), x.Get("TITLE"), x.Get("FUNCTION"))
	}
	for _, x := range n.All("BIRTH") {
		b := party.Birth{Place: x.Get("PLACE"), In: fields.Country(x.Get("COUNTRY"))}
		var ok bool
		if b.Window, b.Circa, ok = fields.Span(x.Get("DATE"), fields.DayFirst); !ok {
			b.Note = x.Get("DATE")
		}
		if b != (party.Birth{}) && !slices.Contains(e.Births, b) {
			e.Births = append(e.Births, b)
		}
	}
	for _, x := range n.All("ADDRESS") {
		a := party.Address{Street: joined(x.Get("NUMBER"), x.Get("STREET")), City: x.Get("CITY"), PostCode: x.Get("ZIPCODE"), In: fields.Country(x.Get("COUNTRY")), Note: x.Get("OTHER")}
		if a.Text = joined(a.Street, a.PostCode, a.City, a.In.Text); a.Text != "" || a.Note != "" {
			e.Addresses = append(e.Addresses, a)
		}
	}
	for _, x := range n.All("PASSPORT") {
		text := x.Get("NUMBER")
		number, _, _ := strings.Cut(text, " (")
		e.Documents = append(e.Documents, party.Document{Kind: fields.DocumentKind(text), Number: number, Country: fields.Country(x.Get("COUNTRY")), Text: text})
	}
	for _, x := range n.All("CITIZEN") {
		nationality(&e, fields.Country(x.Get("COUNTRY")))
	}
	remark := markup.Clean(n.Attr("remark"))
	if remark != "" {
		e.Notes = append(e.Notes, remark)
	}
	d := party.Designation{Authority: "EU", List: List, Reference: id, Regime: n.Attr("programme"), Status: party.Listed, LegalBasis: []string{n.Attr("legal_basis")}, SourceURL: n.Attr("pdf_link")}
	if d.Regime != "" {
		d.Programmes = []string{d.Regime}
	}
	d.ListedOn, _ = fields.Date(n.Attr("reg_date"), fields.DayFirst)
	e.Designations = []party.Designation{d}
	return e
}
