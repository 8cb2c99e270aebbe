package ofac

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/party"
)

//go:embed features.csv
var featuresCSV string

type label struct{ text, field string }

// labels by their first byte, longest first.
var labels = sync.OnceValue(func() map[byte][]label {
	r := csv.NewReader(strings.NewReader(featuresCSV))
	r.Comment, r.LazyQuotes, r.FieldsPerRecord = '#', true, 2
	rows, err := r.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("ofac: features.csv: %v", err))
	}
	out := map[byte][]label{}
	for _, row := range rows[1:] {
		out[row[0][0]] = append(out[row[0][0]], label{row[0], row[1]})
	}
	for _, l := range out {
		slices.SortFunc(l, func(a, b label) int { return len(b.text) - len(a.text) })
	}
	return out
})

// field finds the label at the start of a remark; rest is what follows it.
func field(text string) (l label, rest string, ok bool) {
	if text == "" {
		return label{}, "", false
	}
	for _, l := range labels()[text[0]] {
		if !strings.HasPrefix(text, l.text) {
			continue
		}
		rest = text[len(l.text):]
		if rest == "" || rest[0] == ' ' || strings.HasSuffix(l.text, ":") || rest[0] == ':' {
			return l, strings.TrimLeft(rest, " :"), true
		}
	}
	return label{}, "", false
}

var (
	// "008827 (Iran) issued 1999 expires 05 Feb 2004"
	issuedOn  = regexp.MustCompile(`\s+(?:issued|Date of Issue)\s+((?:\d{1,2} )?(?:[A-Z][a-z]{2} )?\d{4})`)
	expiresOn = regexp.MustCompile(`\s+(?:expires|expired|Expiration Date)\s+((?:\d{1,2} )?(?:[A-Z][a-z]{2} )?\d{4})`)
	country   = regexp.MustCompile(`\s*\(([^()]*(?:\([^()]*\))?[^()]*)\)\s*$`)
	number    = regexp.MustCompile(`^([A-Z][A-Za-z.'/&() -]{2,60}?(?:No\.?|Number|ID|#|Code|Card)) (\S.*)$`)
	altName   = regexp.MustCompile(`^([afn])\.k\.a\. ['"](.+)['"]\.?$`)
	currency  = regexp.MustCompile(`^([A-Z0-9]{2,6}) (\S{20,120})$`)
)

// fact is one remark or one id, taken apart.
type fact struct {
	field, label, value string
	country             string
	issued, expires     calendar.Date
	text                string
}

// remarks parts the column at "; ". The last remark ends in a full stop.
func remarks(text string) []string {
	var out []string
	for _, item := range strings.Split(strings.TrimSpace(text), "; ") {
		if item = strings.TrimSpace(item); item != "" {
			out = append(out, item)
		}
	}
	if n := len(out); n > 0 {
		out[n-1] = strings.TrimSuffix(out[n-1], ".")
	}
	return out
}

// remark reads one item of the remarks column into e.
func remark(e *party.Party, item string) {
	if m := altName.FindStringSubmatch(item); m != nil {
		n := name(m[2], false)
		n.Kind, n.Quality = aliasKind(m[1]+"ka"), party.Weak
		addName(e, n)
		return
	}
	f := fact{text: item}
	body := strings.TrimPrefix(item, "alt. ")
	if l, rest, ok := field(body); ok {
		f.field, f.label, f.value = l.field, l.text, rest
	} else if m := number.FindStringSubmatch(body); m != nil && strings.ContainsAny(m[2], "0123456789") {
		f.field, f.label, f.value = "document", m[1], m[2]
	} else {
		e.Notes = append(e.Notes, item)
		return
	}
	if isDocument(f.field) {
		f.split()
	}
	f.put(e)
}

func isDocument(field string) bool {
	switch field {
	case "document", "passport", "national-id", "tax", "register", "driving-licence", "bic", "lei", "identification", "imo", "isin", "ticker":
		return true
	}
	return false
}

// split takes dates and the country off the end of a document number.
func (f *fact) split() {
	v := f.value
	if m := issuedOn.FindStringSubmatchIndex(v); m != nil {
		f.issued, _ = fields.Date(v[m[2]:m[3]], fields.MonthFirst)
		v = v[:m[0]] + v[m[1]:]
	}
	if m := expiresOn.FindStringSubmatchIndex(v); m != nil {
		f.expires, _ = fields.Date(v[m[2]:m[3]], fields.MonthFirst)
		v = v[:m[0]] + v[m[1]:]
	}
	if m := country.FindStringSubmatchIndex(v); m != nil && m[0] > 0 {
		f.country = v[m[2]:m[3]]
		v = v[:m[0]]
	}
	f.value = strings.TrimSpace(v)
}

// put files the fact where it belongs.
func (f *fact) put(e *party.Party) {
	switch f.field {
	case "birth":
		b := party.Birth{}
		var ok bool
		if b.Window, b.Circa, ok = fields.Span(f.value, fields.MonthFirst); !ok {
			b.Note = f.value
		}
		e.Births = append(e.Births, b)
	case "birthplace":
		e.Births = append(e.Births, birthplace(f.value))
	case "nationality":
		addCountry(e, f.value)
	case "gender":
		e.Gender = strings.ToLower(strings.TrimSuffix(f.value, "."))
	case "position":
		e.Positions = append(e.Positions, party.Position{Title: f.value})
	case "linked":
		e.Relations = append(e.Relations, party.Relation{Kind: "linked-to", Name: f.value})
	case "website", "email", "phone", "fax":
		e.Contacts = append(e.Contacts, party.Contact{Kind: f.field, Value: f.value})
	case "founded":
		if d, ok := fields.Date(f.value, fields.MonthFirst); ok {
			e.Founded = append(e.Founded, d)
		}
	case "wallet":
		f.wallet(e)
	case "note":
		e.Notes = append(e.Notes, f.text)
	case "stated-note":
		e.Designations[0].SourceNotes = append(e.Designations[0].SourceNotes, f.text)
	case "directive":
		e.Designations[0].Stated = append(e.Designations[0].Stated, party.StatedMeasure{Text: f.text})
	default:
		f.putFacts(e)
	}
}

func (f *fact) putFacts(e *party.Party) {
	switch f.field {
	case "mmsi":
		vessel(e).MMSI = f.value
	case "built":
		vessel(e).Built, _ = fields.Date(f.value, fields.MonthFirst)
	case "flag":
		vessel(e).Flag = fields.Country(f.value)
	case "formerflag":
		vessel(e).FormerFlags = append(vessel(e).FormerFlags, fields.Country(f.value))
	case "vesseltype":
		fill(&vessel(e).Type, f.value)
	case "callsign":
		fill(&vessel(e).CallSign, f.value)
	case "vesselowner":
		fill(&vessel(e).Owner, f.value)
	case "tonnage":
		fill(&vessel(e).Tonnage, f.value)
	case "grt":
		fill(&vessel(e).GRT, f.value)
	case "tail":
		fill(&aircraft(e).Tail, f.value)
	case "formertail":
		n := name(f.value, false)
		n.Kind = party.Former
		addName(e, n)
	case "serial":
		fill(&aircraft(e).Serial, f.value)
	case "construction":
		e.Documents = append(e.Documents, party.Document{Kind: "other", Number: f.value, Text: f.text})
	case "model":
		fill(&aircraft(e).Model, f.value)
	case "operator":
		fill(&aircraft(e).Operator, f.value)
	default:
		f.document(e)
	}
}

func fill(field *string, v string) {
	if *field == "" {
		*field = v
	}
}

// document files a number; an IMO number of a ship is also a fact of the ship,
// one of a company is a document alone.
func (f *fact) document(e *party.Party) {
	d := party.Document{Kind: f.field, Number: f.value, Country: fields.Country(f.country), Issued: f.issued, Expires: f.expires, Text: f.text}
	if imo, ok := strings.CutPrefix(f.value, "IMO "); ok {
		d.Kind, d.Number = "imo", strings.TrimSpace(imo)
	} else if f.field == "imo" || f.field == "identification" || f.field == "document" {
		d.Kind = fields.DocumentKind(f.label)
	}
	if d.Kind == "imo" && e.Schema == party.Vessel {
		fill(&vessel(e).IMO, d.Number)
	}
	e.Documents = append(e.Documents, d)
}

func (f *fact) wallet(e *party.Party) {
	if m := currency.FindStringSubmatch(strings.TrimPrefix(f.value, "- ")); m != nil {
		e.Wallets = append(e.Wallets, party.Wallet{Currency: m[1], Address: m[2]})
		return
	}
	e.Notes = append(e.Notes, f.text)
}

// birthplace takes the country from the last part: "Qom, Iran".
func birthplace(text string) party.Birth {
	place, last := text, text
	if i := strings.LastIndex(text, ", "); i > 0 {
		place, last = text[:i], text[i+2:]
	}
	c := fields.Country(last)
	if c.Code == "" {
		return party.Birth{Place: text}
	}
	if place == text {
		place = ""
	}
	return party.Birth{Place: place, In: c}
}

func addCountry(e *party.Party, text string) {
	c := fields.Country(text)
	for _, have := range e.Nationalities {
		if have == c {
			return
		}
	}
	e.Nationalities = append(e.Nationalities, c)
}

// directives joins the "Listing Date (EO 14024 Directive 2): 24 Feb 2022" and
// "Effective Date" remarks into stated measures with a first day.
var directiveDate = regexp.MustCompile(`^(?:alt\. )?(Listing|Effective|Purchase/Sales For Divestment) Date \(([^)]+)\):? (\d{1,2} [A-Z][a-z]{2} \d{4})$`)

func directive(e *party.Party, item string) bool {
	m := directiveDate.FindStringSubmatch(item)
	if m == nil {
		return false
	}
	day, _ := fields.Date(m[3], fields.MonthFirst)
	stated := &e.Designations[0].Stated
	i := slices.IndexFunc(*stated, func(s party.StatedMeasure) bool { return s.Text == m[2] })
	if i < 0 {
		*stated = append(*stated, party.StatedMeasure{Text: m[2]})
		i = len(*stated) - 1
	}
	s := &(*stated)[i]
	switch m[1] {
	case "Effective":
		s.From = day
	case "Listing":
		s.Note = strings.TrimSpace(s.Note + " listed " + day.String())
	default:
		s.Note = strings.TrimSpace(s.Note + " divestment until " + day.String())
	}
	return true
}
