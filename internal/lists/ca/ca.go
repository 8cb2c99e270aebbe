package ca

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/lists/markup"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

// List is the code of the list.
const List = "ca-sema"

// Recognise reports whether the head is the list.
func Recognise(head []byte) bool {
	return bytes.Contains(head, []byte("<data-set")) && bytes.Contains(head, []byte("<Schedule>")) && bytes.Contains(head, []byte("<Item>"))
}

// Parse is the snapshot.Parser of the list.
func Parse(files []*snapshot.File, out *snapshot.Out) error {
	f := files[0]
	*out.Edition = party.Edition{List: List, Publisher: "Global Affairs Canada", Format: "ca-sema-xml", File: f.Name, SHA256: f.SHA256}
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
	seen, last := map[string]int{}, ""
	for {
		kind, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return refuse(last, err)
		}
		if kind != markup.Start || r.Name != "record" {
			continue
		}
		n, err := r.Record()
		if err != nil {
			return refuse(last, err)
		}
		e := entry(n)
		if len(e.Names) == 0 {
			out.Lost(f.Name, n.Line, "", "a record without a name")
			continue
		}
		last = "after entry " + e.ID
		if seen[e.ID]++; seen[e.ID] > 1 {
			e.ID += fmt.Sprintf("~%d", seen[e.ID]) // the list uses some numbers twice
		}
		e.Source = party.Origin{File: f.Name, Line: n.Line, Offset: n.Off, Record: e.Designations[0].Reference}
		out.Edition.Entries++
		if err := out.Party(e); err != nil {
			return err
		}
	}
}

// slug makes "1, Part 2.1" into "1-part-2.1".
func slug(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(u rune) bool { return u == ' ' || u == ',' || u == '/' }), "-")
}

func entry(n *markup.Node) party.Party {
	country, _, _ := strings.Cut(n.Get("Country"), " / ")
	schedule, item := n.Get("Schedule"), n.Get("Item")
	ref := slug(country) + "#" + slug(schedule) + ":" + item
	e := party.Party{ID: List + ":" + ref, Schema: party.Person}
	body := first(n, "EntityOrShip", "Entity")
	last, given := n.Get("LastName"), n.Get("GivenName")
	title := first(n, "TitleOrShip", "Title")
	switch {
	case body != "":
		e.Schema = party.Organization
		if n.Get("ShipIMONumber") != "" {
			e.Schema = party.Vessel
		}
		e.Names = append(e.Names, party.Name{Text: body, Kind: party.Primary, Quality: party.Strong, Script: fields.Script(body)})
	case last != "" || given != "":
		text := strings.TrimSpace(given + " " + last)
		e.Names = append(e.Names, party.Name{Text: text, Kind: party.Primary, Quality: party.Strong, Script: fields.Script(text), Parts: []string{given, last}, Surname: last})
	case title != "":
		e.Schema = party.Vessel
		e.Names = append(e.Names, party.Name{Text: title, Kind: party.Primary, Quality: party.Strong, Script: fields.Script(title)})
	}
	if title != "" && e.Schema == party.Person {
		e.Titles = append(e.Titles, title)
	}
	e.Names = append(e.Names, aliases(n.Get("Aliases"))...)
	facts(&e, n)
	d := party.Designation{Authority: "CA", List: List, Reference: ref, Regime: country, Programmes: []string{country}, Status: party.Listed}
	if schedule != "" {
		d.LegalBasis = []string{"Schedule " + schedule + ", item " + item}
	}
	d.ListedOn, _ = fields.Date(n.Get("DateOfListing"), fields.DayFirst)
	e.Designations = []party.Designation{d}
	return e
}

func first(n *markup.Node, names ...string) string {
	for _, name := range names {
		if t := n.Get(name); t != "" {
			return t
		}
	}
	return ""
}

func facts(e *party.Party, n *markup.Node) {
	if text := first(n, "DateOfBirthOrShipBuildDate", "DateOfBirth"); text != "" {
		if e.Schema == party.Person {
			e.Births = append(e.Births, fields.Births(text, fields.DayFirst)...)
		} else if e.Schema == party.Vessel {
			e.Vessel = &party.VesselFacts{}
			e.Vessel.Built, _ = fields.Date(text, fields.DayFirst)
		} else {
			e.Notes = append(e.Notes, "founded "+text)
		}
	}
	if imo := n.Get("ShipIMONumber"); imo != "" {
		if e.Vessel == nil {
			e.Vessel = &party.VesselFacts{}
		}
		e.Vessel.IMO = strings.TrimSpace(strings.TrimPrefix(imo, "IMO"))
		e.Documents = append(e.Documents, party.Document{Kind: "imo", Number: e.Vessel.IMO, Text: imo})
	}
}

// suffix is a piece after a comma that belongs to the name before it.
var suffix = regexp.MustCompile(`(?i)^(?:ltd|limited|inc|llc|co|corp|s\.?a|gmbh|jsc|pjsc|ojsc|plc|pte|l\.?p|sro|s\.r\.o)\b`)

var language = regexp.MustCompile(`^([A-Z][a-z]+):\s*(.+)$`)

// languages that the list names before a form.
var languages = map[string]string{"Russian": "ru", "Belarusian": "be", "Ukrainian": "uk", "Persian": "fa", "Farsi": "fa", "Arabic": "ar", "Chinese": "zh", "Burmese": "my", "Korean": "ko", "French": "fr"}

// aliases parts the field at commas and semicolons, "Co., Ltd." excepted.
func aliases(text string) []party.Name {
	var parts []string
	for _, p := range strings.FieldsFunc(text, func(u rune) bool { return u == ',' || u == ';' }) {
		p = strings.TrimSpace(p)
		if n := len(parts); n > 0 && suffix.MatchString(p) {
			parts[n-1] += ", " + p
		} else if p != "" {
			parts = append(parts, p)
		}
	}
	var out []party.Name
	for _, p := range parts {
		n := party.Name{Text: p, Kind: party.Alias}
		if m := language.FindStringSubmatch(p); m != nil && languages[m[1]] != "" {
			n.Text, n.Language = m[2], languages[m[1]]
		}
		n.Script = fields.Script(n.Text)
		if n.Script != "Latn" && n.Script != "" {
			n.Kind = party.Native
		}
		out = append(out, n)
	}
	return out
}
