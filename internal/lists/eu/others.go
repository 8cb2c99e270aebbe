package eu

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/lists/table"
	"github.com/reportedly/reportedly/internal/party"
)

// RecogniseCSV reports whether the head is FSF CSV 1.0, plain or re-saved with
// each line in quotation marks.
func RecogniseCSV(head []byte) bool {
	line, _, _ := bytes.Cut(head, []byte{'\n'})
	return bytes.Contains(line, []byte("Entity_logical_id;")) && bytes.Contains(line, []byte("Naal_wholename"))
}

// ParseCSV is the snapshot.Parser of FSF CSV 1.0: each line carries one name,
// address, birth, document or citizenship of its entity.
func ParseCSV(files []*snapshot.File, out *snapshot.Out) error {
	f := files[0]
	*out.Edition = party.Edition{List: List, Publisher: publisher, Format: "eu-fsf-csv", File: f.Name, SHA256: f.SHA256}
	wrapped := bytes.HasPrefix(bytes.TrimPrefix(f.Head, []byte("\ufeff")), []byte{'"'})
	shape := table.Shape{Comma: ';', Loose: true}
	if wrapped {
		// Re-saved from a spreadsheet: the real line is the first cell.
		shape.Comma = '\t'
		out.Note(f.Name, 1, "", "the file was re-saved from a spreadsheet: each line stands in quotation marks")
	}
	r, err := table.Open(f, shape)
	if err != nil {
		return err
	}
	defer r.Close()
	columns := r.Columns
	if wrapped {
		columns = strings.Split(r.Columns[0], ";")
	}
	var order []*party.Party
	by := map[string]*party.Party{}
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		get := row.Get
		if wrapped {
			cells := strings.Split(row.Get(r.Columns[0]), ";")
			get = func(column string) string { return at(cells, columns, column) }
		}
		id := get("Entity_logical_id")
		if id == "" {
			out.Lost(f.Name, row.Line, "", "a line without Entity_logical_id")
			continue
		}
		if d, ok := fields.Date(get(strings.TrimPrefix(columns[0], "\ufeff")), fields.DayFirst); ok {
			out.Edition.Stated = d
		}
		e := by[id]
		if e == nil {
			e = &party.Party{ID: List + ":" + id, Schema: schema(get("Subject_type")), Source: party.Origin{File: f.Name, Line: row.Line, Offset: -1, Record: id}}
			e.Designations = []party.Designation{csvDesignation(get, id)}
			by[id] = e
			order = append(order, e)
		}
		csvLine(e, get)
	}
	for _, e := range order {
		out.Edition.Entries++
		if err := out.Party(*e); err != nil {
			return err
		}
	}
	return nil
}

// at finds a cell by column; the name Entity_logical_id repeats, the first
// counts.
func at(cells, columns []string, column string) string {
	for i, c := range columns {
		if strings.TrimSpace(c) == column {
			if i < len(cells) {
				return strings.TrimSpace(cells[i])
			}
			return ""
		}
	}
	return ""
}

func csvDesignation(get func(string) string, id string) party.Designation {
	d := party.Designation{Authority: "EU", List: List, Reference: id, Regime: get("Programme"), Status: party.Listed}
	if d.Regime != "" {
		d.Programmes = []string{d.Regime}
	}
	if b := get("Leba_numtitle"); b != "" {
		d.LegalBasis = []string{b}
	}
	d.ListedOn, _ = fields.Date(get("Leba_publication_date"), fields.DayFirst)
	d.SourceURL = get("Leba_url")
	if ref := get("EU_ref_num"); ref != "" {
		d.CrossRefs = []string{ref}
	}
	return d
}

func csvLine(e *party.Party, get func(string) string) {
	name(e, get("Naal_wholename"), get("Naal_firstname"), get("Naal_middlename"), get("Naal_lastname"), strings.ToLower(get("Naal_language")), party.QualityUnknown)
	person(e, get("Naal_gender"), get("Naal_title"), get("Naal_function"))
	if r := get("Entity_remark"); r != "" && len(e.Notes) == 0 {
		e.Notes = append(e.Notes, r)
	}
	a := party.Address{Street: joined(get("Addr_number"), get("Addr_street")), City: get("Addr_city"), PostCode: get("Addr_zipcode"), In: fields.Country(get("Addr_country")), Note: get("Addr_other")}
	if a.Text = joined(a.Street, a.PostCode, a.City, a.In.Text); a.Text != "" || a.Note != "" {
		e.Addresses = append(e.Addresses, a)
	}
	b := party.Birth{Place: get("Birt_place"), In: fields.Country(get("Birt_country"))}
	b.Window, b.Circa, _ = fields.Span(get("Birt_date"), fields.DayFirst)
	if b != (party.Birth{}) {
		e.Births = append(e.Births, b)
	}
	if n := get("Iden_number"); n != "" {
		e.Documents = append(e.Documents, party.Document{Kind: fields.DocumentKind(n), Number: n, Country: fields.Country(get("Iden_country")), Text: n})
	}
	if c := get("Citi_country"); c != "" {
		nationality(e, fields.Country(c))
	}
}

// RecogniseJSON reports whether the head is one of the simplified forms:
// {"meta": {"source": "eu"}, "data": [...]} or {"metadata": {"by_source": ...},
// "entities": [...]}.
func RecogniseJSON(head []byte) bool {
	head = bytes.TrimLeft(head[:min(len(head), 2048)], "\ufeff \r\n\t")
	if !bytes.HasPrefix(head, []byte("{")) {
		return false
	}
	flat := bytes.ReplaceAll(bytes.ReplaceAll(head, []byte(" "), nil), []byte("\n"), nil)
	return bytes.Contains(flat, []byte(`"source":"eu"`)) && bytes.Contains(flat, []byte(`"data":[`)) || bytes.Contains(flat, []byte(`"by_source":`)) && bytes.Contains(flat, []byte(`"entities":[`))
}

type simple struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Type     string   `json:"type"`
	Country  string   `json:"country"`
	Programs []string `json:"programs"`
	Details  struct {
		Aliases       []string `json:"aliases"`
		BirthDate     string   `json:"birthDate"`
		Nationalities []string `json:"nationalities"`
	} `json:"details"`
	Aliases     []string          `json:"aliases"`
	Birthdates  []string          `json:"birthdates"`
	Identifiers []json.RawMessage `json:"identifiers"`
	Source      json.RawMessage   `json:"source"`
	SourceID    string            `json:"source_id"`
}

// ParseJSON is the snapshot.Parser of the simplified forms. The merged one
// holds entries of the UN and of OFAC too; it is a list of its own, because an
// entry's reference is only the EU's where the EU is among its sources.
func ParseJSON(files []*snapshot.File, out *snapshot.Out) error {
	f := files[0]
	*out.Edition = party.Edition{List: List, Publisher: "third party, from the list of the European Commission", Format: "eu-simplified-json", File: f.Name, SHA256: f.SHA256}
	body, err := f.Open()
	if err != nil {
		return snapshot.Refuse(f.Name, 0, -1, "", err)
	}
	defer body.Close()
	dec := json.NewDecoder(body)
	last := ""
	refuse := func(err error) error {
		return snapshot.Refuse(f.Name, 0, dec.InputOffset(), last, fmt.Errorf("not well-formed JSON: %w", err))
	}
	seen := map[string]int{}
	for {
		t, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return refuse(err)
		}
		key, ok := t.(string)
		switch {
		case !ok:
		case key == "timestamp" || key == "generated":
			var text string
			if err := dec.Decode(&text); err != nil {
				return refuse(err)
			}
			out.Edition.Stated, _ = fields.Date(text, fields.DayFirst)
		case key == "by_source":
			out.Edition.List, out.Edition.Format = "eu-un-ofac-merged", "merged-json"
		case key == "data" || key == "entities":
			if t, err := dec.Token(); err != nil || t != json.Delim('[') {
				return refuse(errors.New("a list of entries is due"))
			}
			for dec.More() {
				var s simple
				if err := dec.Decode(&s); err != nil {
					return refuse(err)
				}
				e, ok := simplified(s, out.Edition.List)
				if !ok {
					out.Lost(f.Name, 0, last, "an entry without a name or an id")
					continue
				}
				if seen[e.ID]++; seen[e.ID] > 1 {
					e.ID += fmt.Sprintf("~%d", seen[e.ID])
				}
				last = "after entry " + e.ID
				e.Source = party.Origin{File: f.Name, Offset: dec.InputOffset(), Record: e.Designations[0].Reference}
				out.Edition.Entries++
				if err := out.Party(e); err != nil {
					return err
				}
			}
		}
	}
}

func simplified(s simple, list string) (party.Party, bool) {
	ref := strings.TrimPrefix(s.ID, "EU-")
	if list != List {
		var sources []string
		_ = json.Unmarshal(s.Source, &sources)
		// The id is the one of the first source.
		ref = strings.Join(sources[:min(len(sources), 1)], "") + "-" + s.SourceID
	}
	e := party.Party{ID: list + ":" + ref, Schema: schema(map[bool]string{true: "person"}[strings.EqualFold(s.Type, "individual")])}
	name(&e, s.Name, "", "", "", "", party.Strong)
	for _, packed := range append(s.Details.Aliases, s.Aliases...) {
		for _, a := range fields.SplitNames(packed) {
			name(&e, a, "", "", "", "", party.QualityUnknown)
		}
	}
	for _, t := range append(s.Birthdates, s.Details.BirthDate) {
		if w, circa, ok := fields.Span(t, fields.DayFirst); ok {
			e.Births = append(e.Births, party.Birth{Window: w, Circa: circa})
		}
	}
	for _, t := range append(s.Details.Nationalities, s.Country) {
		if t != "" {
			nationality(&e, fields.Country(t))
		}
	}
	for _, raw := range s.Identifiers {
		var text string
		var doc struct{ Type, Number, Country string }
		if json.Unmarshal(raw, &text) == nil && text != "" {
			e.Documents = append(e.Documents, party.Document{Kind: fields.DocumentKind(text), Number: text, Text: text})
		} else if json.Unmarshal(raw, &doc) == nil && doc.Number != "" {
			e.Documents = append(e.Documents, party.Document{Kind: fields.DocumentKind(doc.Type), Number: doc.Number, Country: fields.Country(doc.Country), Text: strings.TrimSpace(doc.Type + " " + doc.Number)})
		}
	}
	e.Designations = []party.Designation{{Authority: "EU", List: list, Reference: ref, Status: party.Listed, Programmes: s.Programs}}
	if list != List {
		e.Designations[0].Authority = ""
	}
	return e, ref != "" && len(e.Names) > 0
}
