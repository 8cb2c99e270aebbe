package un

import (
	"strings"

	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/lists/markup"
	"github.com/reportedly/reportedly/internal/party"
)

// names reads the name parts, the original script and the aliases. Aliases
// stand one to an element or several in one, parted by ";".
func (p *parser) names(e *party.Party, n *markup.Node, kind, ref string) {
	var parts []string
	for _, field := range []string{"FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"} {
		if t := n.Get(field); t != "" {
			parts = append(parts, t)
		}
	}
	if len(parts) == 0 {
		p.out.Note(p.file, n.Line, ref, "the entry has no name")
	}
	for i, text := range fields.SplitScripts(fields.TrimName(strings.Join(parts, " "))) {
		name := party.Name{Text: text, Kind: party.Primary, Quality: party.Strong, Script: fields.Script(text)}
		if i == 0 && len(parts) > 1 {
			name.Parts = parts
		}
		if i > 0 {
			name.Kind = party.Native
		}
		if text != "" {
			e.Names = append(e.Names, name)
		}
	}
	for _, text := range fields.SplitNames(n.Get("NAME_ORIGINAL_SCRIPT")) {
		addName(e, party.Name{Text: text, Kind: party.Native, Quality: party.Strong, Script: fields.Script(text)})
	}
	for _, a := range n.All(kind + "_ALIAS") {
		p.alias(e, a)
	}
}

func (p *parser) alias(e *party.Party, a *markup.Node) {
	base := party.Name{Kind: party.Alias}
	switch strings.ToLower(a.Get("QUALITY")) {
	case "good":
		base.Quality = party.Strong
	case "low":
		base.Quality = party.Weak
	case "f.k.a.":
		base.Kind = party.Former
	}
	note := a.Get("NOTE")
	if low := strings.ToLower(note); strings.Contains(low, "formerly listed as") || strings.Contains(low, "previously listed as") {
		base.Kind = party.Former
	}
	texts := fields.SplitNames(a.Get("ALIAS_NAME"))
	for _, packed := range texts {
		for _, text := range fields.SplitScripts(packed) {
			name := base
			name.Text, name.Script = text, fields.Script(text)
			if name.Script != "Latn" && name.Script != "" {
				name.Kind = party.Native
			}
			addName(e, name)
		}
	}
	if note != "" && len(texts) > 0 {
		e.Notes = append(e.Notes, "alias "+texts[0]+": "+note)
	}
	birth := party.Birth{Place: a.Get("CITY_OF_BIRTH"), In: fields.Country(a.Get("COUNTRY_OF_BIRTH"))}
	birth.Window, birth.Circa, _ = fields.Span(a.Get("DATE_OF_BIRTH"), fields.DayFirst)
	if len(texts) > 0 && (birth.Place != "" || birth.In.Text != "" || !birth.Window.IsZero()) {
		birth.Note = "given with the alias " + texts[0]
		e.Births = append(e.Births, birth)
	}
}

// addName keeps each spelling once; a repeated one keeps the better quality.
func addName(e *party.Party, name party.Name) {
	for i, have := range e.Names {
		if have.Text == name.Text {
			if have.Quality != party.Strong && name.Quality == party.Strong {
				e.Names[i].Quality = party.Strong
			}
			return
		}
	}
	e.Names = append(e.Names, name)
}

func (p *parser) facts(e *party.Party, n *markup.Node, kind, ref string) {
	e.Gender = gender(n.Get("GENDER"))
	e.Titles = n.Kid("TITLE").Values("VALUE")
	for _, text := range n.Kid("DESIGNATION").Values("VALUE") {
		e.Positions = append(e.Positions, party.Position{Title: text})
	}
	for _, text := range n.Kid("NATIONALITY").Values("VALUE") {
		e.Nationalities = append(e.Nationalities, fields.Countries(text)...)
	}
	for _, b := range n.All(kind + "_DATE_OF_BIRTH") {
		p.birthDate(e, b, ref, n.Line)
	}
	for _, b := range n.All(kind + "_PLACE_OF_BIRTH") {
		birth := party.Birth{Place: join(b, "STREET", "CITY", "STATE_PROVINCE"), In: fields.Country(b.Get("COUNTRY")), Note: b.Get("NOTE")}
		if birth.Place != "" || birth.In.Text != "" {
			e.Births = append(e.Births, birth)
		}
	}
	for _, d := range n.All(kind + "_DOCUMENT") {
		p.identity(e, d, ref, n.Line)
	}
	for _, a := range n.All(kind + "_ADDRESS") {
		address(e, a)
	}
	if link := n.Get("INTERPOL_LINK"); link != "" {
		addLink(e, link)
	}
}

func gender(text string) string {
	switch text = strings.ToLower(text); text {
	case "male", "female":
		return text
	}
	return ""
}

func join(n *markup.Node, names ...string) string {
	var out []string
	for _, name := range names {
		if t := n.Get(name); t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, ", ")
}

// birthDate reads EXACT, APPROXIMATELY and BETWEEN; a year may be given as
// "1957-1959" in YEAR too.
func (p *parser) birthDate(e *party.Party, b *markup.Node, ref string, line int) {
	kind := strings.ToUpper(b.Get("TYPE_OF_DATE"))
	birth := party.Birth{Circa: kind == "APPROXIMATELY", Note: b.Get("NOTE")}
	text := b.Get("DATE")
	if text == "" {
		text = b.Get("YEAR")
	}
	if from, to := b.Get("FROM_YEAR"), b.Get("TO_YEAR"); text == "" && from != "" {
		text = from
		if to != "" {
			text += " to " + to
		}
	}
	if text == "" {
		// Some dates stand in the note alone: "August 1961".
		if w, circa, ok := fields.Span(birth.Note, fields.DayFirst); ok {
			birth.Window, birth.Circa = w, birth.Circa || circa
		}
		if birth.Note != "" {
			e.Births = append(e.Births, birth)
		}
		return
	}
	w, circa, ok := fields.Span(text, fields.DayFirst)
	if !ok {
		p.out.Note(p.file, line, ref, "date of birth %q is no date", text)
		birth.Note = strings.TrimSpace(text + " " + birth.Note)
	}
	birth.Window, birth.Circa = w, birth.Circa || circa
	e.Births = append(e.Births, birth)
}

func (p *parser) identity(e *party.Party, n *markup.Node, ref string, line int) {
	kind, further := n.Get("TYPE_OF_DOCUMENT"), n.Get("TYPE_OF_DOCUMENT2")
	d := party.Document{Number: n.Get("NUMBER"), Note: n.Get("NOTE")}
	if d.Number == "" && d.Note == "" && further == "" {
		return
	}
	d.Kind = fields.DocumentKind(kind + " " + further)
	country := n.Get("ISSUING_COUNTRY")
	if country == "" {
		country = n.Get("COUNTRY_OF_ISSUE")
	}
	d.Country = fields.Country(country)
	d.Issued = p.date(n.Get("DATE_OF_ISSUE"), "DATE_OF_ISSUE", ref, line)
	d.Expires = p.date(n.Get("DATE_OF_EXPIRY"), "DATE_OF_EXPIRY", ref, line)
	d.Text = strings.Join(strings.Fields(strings.Join([]string{kind, further, d.Number, country}, " ")), " ")
	if city := n.Get("CITY_OF_ISSUE"); city != "" {
		d.Note = strings.TrimSpace("issued in " + city + ". " + d.Note)
	}
	e.Documents = append(e.Documents, d)
}

func address(e *party.Party, n *markup.Node) {
	a := party.Address{Street: n.Get("STREET"), City: n.Get("CITY"), Region: n.Get("STATE_PROVINCE"), PostCode: n.Get("ZIP_CODE"),
		In: fields.Country(n.Get("COUNTRY")), Note: n.Get("NOTE")}
	a.Text = join(n, "STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
	if a.Text != "" || a.Note != "" {
		e.Addresses = append(e.Addresses, a)
	}
}

func addLink(e *party.Party, link string) {
	for _, have := range e.Links {
		if have == link {
			return
		}
	}
	e.Links = append(e.Links, link)
}
