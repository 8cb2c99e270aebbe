package uk

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/lists/table"
	"github.com/reportedly/reportedly/internal/party"
)

// tableColumns tells the tables of the relational form by their headers.
var tableColumns = map[string][]string{
	"subjects":    {"unique_id", "subject_type", "un_reference_number", "ofsi_group_id", "date_designated"},
	"names":       {"name_id", "unique_id", "name_type", "full_name", "name_6"},
	"dobs":        {"dob_id", "unique_id", "year", "month", "day"},
	"identifiers": {"unique_id", "raw_value", "identifier_type"},
	"countries":   {"unique_id", "raw_value", "country_type", "iso"},
}

func tableOf(head []byte) string {
	columns := table.Header(head, table.Shape{})
	for name, wanted := range tableColumns {
		if table.HasAll(columns, wanted...) {
			return name
		}
	}
	return ""
}

// RecogniseTables reports whether the head is the table of subjects.
func RecogniseTables(head []byte) bool { return tableOf(head) == "subjects" }

// BelongsTables reports whether the head is another table of the set.
func BelongsTables(head []byte) bool {
	t := tableOf(head)
	return t != "" && t != "subjects"
}

// ParseTables is the snapshot.Parser of the relational form: subjects first,
// then any of names, dobs, identifiers and countries.
func ParseTables(files []*snapshot.File, out *snapshot.Out) error {
	f := files[0]
	*out.Edition = party.Edition{List: Sanctions, Publisher: fcdo, Format: "uk-sanctions-tables", File: f.Name, SHA256: f.SHA256}
	g := &gather{byRef: map[string]*party.Party{}}
	if err := g.each(f, func(row table.Row) { g.subject(row, f.Name) }); err != nil {
		return err
	}
	orphans := 0
	for _, x := range files[1:] {
		add := map[string]func(*party.Party, table.Row){"names": tableName, "dobs": tableDOB, "identifiers": tableIdentifier, "countries": tableCountry}[tableOf(x.Head)]
		if add == nil {
			out.Lost(x.Name, 1, "", "this file does not belong to the tables of the UK list")
			continue
		}
		err := g.each(x, func(row table.Row) {
			if e := g.byRef[row.Get("unique_id")]; e != nil {
				add(e, row)
			} else {
				orphans++
			}
		})
		if err != nil {
			return err
		}
	}
	if orphans > 0 {
		out.Note(f.Name, 0, "", "%d rows of the other tables name a unique_id that is not in subjects", orphans)
	}
	return g.give(out)
}

func (g *gather) each(f *snapshot.File, do func(table.Row)) error {
	r, err := table.Open(f, table.Shape{})
	if err != nil {
		return err
	}
	defer r.Close()
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		do(row)
	}
}

func (g *gather) subject(row table.Row, file string) {
	id := row.Get("unique_id")
	e := g.entry(Sanctions, id, file, row.Line, schema(row.Get("subject_type")))
	d := party.Designation{Authority: "UK", List: Sanctions, Reference: id, Regime: regime(id), Status: party.Listed}
	d.ListedOn, _ = fields.Date(row.Get("date_designated"), fields.DayFirst)
	if u, ok := fields.Date(row.Get("last_updated"), fields.DayFirst); ok {
		d.AmendedOn = append(d.AmendedOn, u)
	}
	d.CrossRefs = once(d.CrossRefs, row.Get("un_reference_number"))
	if t := row.Get("ofsi_group_id"); t != "" {
		d.CrossRefs = once(d.CrossRefs, ConList+":"+t)
	}
	e.Designations = []party.Designation{d}
}

func tableName(e *party.Party, row table.Row) {
	text := row.Get("full_name")
	n := party.Name{Text: text, Kind: party.Alias, Script: fields.Script(text)}
	if last := row.Get("name_6"); last != "" && last != text {
		n.Surname = last
	}
	kindOf(&n, row.Get("name_type"), row.Get("alias_strength"))
	addName(e, n)
}

func tableDOB(e *party.Party, row table.Row) {
	number := func(c string) int {
		n, _ := strconv.Atoi(row.Get(c))
		return n
	}
	d := calendar.Date{Year: number("year"), Month: number("month"), Day: number("day")}
	switch row.Get("precision") {
	case "year":
		d.Month, d.Day = 0, 0
	case "month":
		d.Day = 0
	}
	if d.Valid() && !d.IsZero() {
		addBirth(e, party.Birth{Window: d.Window()})
	}
}

// identifierKinds maps the third party's words.
var identifierKinds = map[string]string{"passport": "passport", "national": "national-id", "imo": "imo", "business_registration": "register"}

func tableIdentifier(e *party.Party, row table.Row) {
	kind := row.Get("identifier_type")
	d := party.Document{Kind: identifierKinds[kind], Number: strings.TrimPrefix(row.Get("raw_value"), "'"), Text: row.Get("raw_value"), Note: row.Get("additional_info")}
	if d.Kind == "" {
		d.Kind = fields.DocumentKind(kind)
	}
	if d.Kind == "imo" && e.Schema == party.Vessel && e.Vessel == nil {
		e.Vessel = &party.VesselFacts{IMO: d.Number}
	}
	addDocument(e, d)
}

func tableCountry(e *party.Party, row table.Row) {
	c := party.Country{Code: row.Get("iso"), Text: row.Get("raw_value")}
	switch kind := row.Get("country_type"); kind {
	case "nationality":
		if !slices.Contains(e.Nationalities, c) {
			e.Nationalities = append(e.Nationalities, c)
		}
	case "birth":
		addBirth(e, party.Birth{In: c})
	case "address":
		if a := (party.Address{Text: c.Text, In: c}); !slices.Contains(e.Addresses, a) {
			e.Addresses = append(e.Addresses, a)
		}
	case "flag", "current_flag":
		if e.Schema == party.Vessel {
			if e.Vessel == nil {
				e.Vessel = &party.VesselFacts{}
			}
			e.Vessel.Flag = c
		}
	}
}
