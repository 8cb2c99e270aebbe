package senzing

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

// Recognise reports whether the first line is a Senzing record.
func Recognise(head []byte) bool {
	line, _, _ := bytes.Cut(bytes.TrimLeft(head, "\ufeff \r\n"), []byte{'\n'})
	return bytes.HasPrefix(line, []byte("{")) && bytes.Contains(line, []byte(`"DATA_SOURCE"`)) && bytes.Contains(line, []byte(`"RECORD_ID"`))
}

type record struct {
	Source    string              `json:"DATA_SOURCE"`
	ID        string              `json:"RECORD_ID"`
	Type      string              `json:"RECORD_TYPE"`
	Names     []map[string]string `json:"NAMES"`
	Risks     []map[string]string `json:"RISKS"`
	Dates     []map[string]string `json:"DATES"`
	Countries []map[string]string `json:"COUNTRIES"`
	Addresses []map[string]string `json:"ADDRESSES"`
	IDs       []map[string]string `json:"IDENTIFIERS"`
	URL       string              `json:"URL"`
}

const maxLine = 16 << 20

// Parse is the snapshot.Parser of the format.
func Parse(files []*snapshot.File, out *snapshot.Out) error {
	f := files[0]
	*out.Edition = party.Edition{Publisher: "Senzing file", Format: "senzing", File: f.Name, SHA256: f.SHA256}
	body, err := f.Open()
	if err != nil {
		return snapshot.Refuse(f.Name, 0, -1, "", err)
	}
	defer body.Close()
	s := bufio.NewScanner(body)
	s.Buffer(make([]byte, 64<<10), maxLine)
	last := ""
	for line := 1; s.Scan(); line++ {
		text := bytes.TrimSpace(s.Bytes())
		if len(text) == 0 {
			continue
		}
		var r record
		if err := json.Unmarshal(text, &r); err != nil {
			return snapshot.Refuse(f.Name, line, -1, last, fmt.Errorf("not well-formed JSON: %w", err))
		}
		if r.ID == "" || len(r.Names) == 0 {
			out.Lost(f.Name, line, r.ID, "a record without an id or a name")
			continue
		}
		if out.Edition.List == "" {
			out.Edition.List = strings.ToLower(strings.ReplaceAll(r.Source, "_", "-"))
		}
		last = "after " + r.ID
		e := entry(r, out.Edition.List)
		e.Source.File, e.Source.Line = f.Name, line
		out.Edition.Entries++
		if err := out.Party(e); err != nil {
			return err
		}
	}
	if err := s.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			err = fmt.Errorf("a line is longer than %d MB", maxLine>>20)
		}
		if !errors.Is(err, io.EOF) {
			return snapshot.Refuse(f.Name, 0, -1, last, err)
		}
	}
	return nil
}

func entry(r record, list string) party.Party {
	e := party.Party{ID: list + ":" + r.ID, Schema: party.Organization, Source: party.Origin{Offset: -1, Record: r.ID}}
	if r.Type == "PERSON" {
		e.Schema = party.Person
	}
	for _, n := range r.Names {
		text := n["NAME_FULL"]
		if text == "" {
			text = n["NAME_ORG"]
		}
		name := party.Name{Text: text, Kind: party.Alias, Script: fields.Script(text)}
		if n["NAME_TYPE"] == "PRIMARY" {
			name.Kind, name.Quality = party.Primary, party.Strong
		} else if name.Script != "Latn" && name.Script != "" {
			name.Kind = party.Native
		}
		if text != "" {
			e.Names = append(e.Names, name)
		}
	}
	for _, d := range r.Dates {
		if w, circa, ok := fields.Span(d["DATE_OF_BIRTH"], fields.DayFirst); ok {
			e.Births = append(e.Births, party.Birth{Window: w, Circa: circa})
		}
	}
	for _, c := range r.Countries {
		for _, key := range []string{"NATIONALITY", "CITIZENSHIP", "COUNTRY_OF_ASSOCIATION", "REGISTRATION_COUNTRY"} {
			if c[key] != "" {
				e.Nationalities = append(e.Nationalities, fields.Country(c[key]))
			}
		}
	}
	for _, a := range r.Addresses {
		e.Addresses = append(e.Addresses, party.Address{Text: a["ADDR_FULL"], In: fields.Country(a["ADDR_COUNTRY"])})
	}
	for _, d := range r.IDs {
		identifier(&e, d)
	}
	sanctioned := false
	for _, k := range r.Risks {
		e.Notes = append(e.Notes, "topic: "+k["TOPIC"])
		sanctioned = sanctioned || strings.HasPrefix(k["TOPIC"], "sanction")
	}
	if sanctioned {
		e.Designations = []party.Designation{{List: list, Reference: r.ID, Status: party.Listed, SourceURL: r.URL}}
	}
	if r.URL != "" {
		e.Links = []string{r.URL}
	}
	return e
}

func identifier(e *party.Party, d map[string]string) {
	for key, kind := range map[string]string{"PASSPORT_NUMBER": "passport", "NATIONAL_ID_NUMBER": "national-id", "TAX_ID_NUMBER": "tax", "LEI_NUMBER": "lei"} {
		if d[key] != "" {
			e.Documents = append(e.Documents, party.Document{Kind: kind, Number: d[key], Text: d[key]})
		}
	}
	if n := d["OTHER_ID_NUMBER"]; n != "" && d["OTHER_ID_TYPE"] != "OPEN_SANCTIONS" {
		e.Documents = append(e.Documents, party.Document{Kind: fields.DocumentKind(d["OTHER_ID_TYPE"]), Number: n, Text: d["OTHER_ID_TYPE"] + " " + n})
	}
}
