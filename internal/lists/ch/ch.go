package ch

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/lists/markup"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

// List is the code of the list.
const List = "ch-seco"

// Recognise reports whether the head is the list.
func Recognise(head []byte) bool { return bytes.Contains(head, []byte("<swiss-sanctions-list")) }

type set struct{ programme, key, text string }

type document struct {
	file    string
	out     *snapshot.Out
	sets    map[string]set
	places  map[string]*markup.Node
	targets []*markup.Node
}

// Parse is the snapshot.Parser of the list.
func Parse(files []*snapshot.File, out *snapshot.Out) error {
	f := files[0]
	*out.Edition = party.Edition{List: List, Publisher: "Swiss State Secretariat for Economic Affairs (SECO)", Format: "ch-seco-xml", File: f.Name, SHA256: f.SHA256}
	body, err := f.Open()
	if err != nil {
		return snapshot.Refuse(f.Name, 0, -1, "", err)
	}
	defer body.Close()
	refuse := func(entry string, err error) error {
		line, off := markup.Where(err)
		return snapshot.Refuse(f.Name, line, off, entry, err)
	}
	r, err := markup.NewReader(body)
	if err != nil {
		return refuse("", err)
	}
	d := document{file: f.Name, out: out, sets: map[string]set{}, places: map[string]*markup.Node{}}
	last := ""
	for {
		kind, err := r.Next()
		if errors.Is(err, io.EOF) {
			return d.give()
		}
		if err != nil {
			return refuse(last, err)
		}
		if kind != markup.Start {
			continue
		}
		switch r.Name {
		case "swiss-sanctions-list":
			out.Edition.Stated, _ = fields.Date(r.Attr("date"), fields.DayFirst)
			out.Edition.Partial = strings.HasPrefix(r.Attr("list-type"), "amendment")
		case "sanctions-program", "target", "place":
			n, err := r.Record()
			if err != nil {
				return refuse("entry "+n.Attr("ssid"), err)
			}
			last = "after " + n.Name + " " + n.Attr("ssid")
			d.keep(n)
		}
	}
}

func (d *document) keep(n *markup.Node) {
	switch n.Name {
	case "place":
		d.places[n.Attr("ssid")] = n
	case "target":
		d.targets = append(d.targets, n)
	default:
		key, name := english(n.All("program-key")), english(n.All("program-name"))
		for _, s := range n.All("sanctions-set") {
			if s.Attr("lang") == "eng" || d.sets[s.Attr("ssid")].text == "" {
				d.sets[s.Attr("ssid")] = set{programme: name, key: key, text: s.Text()}
			}
		}
	}
}

func english(all []*markup.Node) string {
	for _, n := range all {
		if n.Attr("lang") == "eng" {
			return n.Text()
		}
	}
	if len(all) > 0 {
		return all[0].Text()
	}
	return ""
}

func (d *document) give() error {
	for _, n := range d.targets {
		id := n.Attr("ssid")
		if id == "" {
			d.out.Lost(d.file, n.Line, "", "a target without ssid")
			continue
		}
		e := d.target(n, id)
		e.Source = party.Origin{File: d.file, Line: n.Line, Offset: n.Off, Record: id}
		d.out.Edition.Entries++
		if err := d.out.Party(e); err != nil {
			return err
		}
	}
	return nil
}

func (d *document) target(n *markup.Node, id string) party.Party {
	e := party.Party{ID: List + ":" + id, Schema: party.Organization}
	body := n.Kid("entity")
	if x := n.Kid("individual"); x != nil {
		e.Schema, body = party.Person, x
		if s := x.Attr("sex"); s == "male" || s == "female" {
			e.Gender = s
		}
	}
	if x := n.Kid("object"); x != nil {
		body = x
		switch x.Attr("object-type") {
		case "vessel":
			e.Schema = party.Vessel
		case "aircraft":
			e.Schema = party.Airplane
		}
	}
	if body == nil {
		body = n
	}
	for _, x := range body.All("identity") {
		d.identity(&e, x)
	}
	for _, j := range append(body.All("justification"), n.All("justification")...) {
		e.Notes = append(e.Notes, j.Text())
	}
	for _, o := range append(body.All("other-information"), n.All("other-information")...) {
		e.Notes = append(e.Notes, o.Text())
	}
	for _, r := range append(body.All("relation"), n.All("relation")...) {
		e.Relations = append(e.Relations, relation(r))
	}
	e.Designations = d.designations(n, id)
	if i := slices.IndexFunc(e.Names, func(n party.Name) bool { return n.Kind == party.Primary }); i > 0 {
		e.Names[0], e.Names[i] = e.Names[i], e.Names[0]
	}
	return e
}

var relationKinds = map[string]string{"related-to": "linked-to", "family-member-of": "family", "acting-for": "acting-for", "owned-by": "owned-by", "controlled-by": "owned-by", "owns": "owns", "controls": "owns"}

func relation(n *markup.Node) party.Relation {
	kind := n.Attr("relation-type")
	r := party.Relation{Kind: relationKinds[kind], Target: List + ":" + n.Attr("target-id"), Note: strings.TrimSpace(kind + " " + n.Get("remark"))}
	if r.Kind == "" {
		r.Kind = "linked-to"
	}
	return r
}

func (d *document) identity(e *party.Party, n *markup.Node) {
	for _, x := range n.All("name") {
		names(e, x)
	}
	for _, b := range n.All("day-month-year") {
		if w := birth(b); w != (party.Birth{}) {
			e.Births = append(e.Births, w)
		}
	}
	for _, b := range n.All("place-of-birth") {
		a := d.place(b.Attr("place-id"))
		if a.Text != "" {
			e.Births = append(e.Births, party.Birth{Place: strings.Trim(a.City+", "+a.Region, ", "), In: a.In})
		}
	}
	for _, c := range n.All("nationality") {
		e.Nationalities = append(e.Nationalities, country(c.Kid("country")))
	}
	for _, a := range n.All("address") {
		addr := d.place(a.Attr("place-id"))
		addr.Street, addr.PostCode = a.Get("address-details"), a.Get("zip-code")
		var parts []string
		for _, t := range []string{a.Get("c-o"), addr.Street, a.Get("p-o-box"), addr.PostCode, addr.Text} {
			if t != "" {
				parts = append(parts, t)
			}
		}
		if addr.Text = strings.Join(parts, ", "); addr.Text != "" {
			e.Addresses = append(e.Addresses, addr)
		}
	}
	for _, x := range n.All("identification-document") {
		doc := party.Document{Kind: fields.DocumentKind(x.Attr("document-type")), Number: x.Get("number"), Country: country(x.Kid("issuer")), Note: x.Get("remark")}
		doc.Issued, _ = fields.Date(x.Get("date-of-issue"), fields.DayFirst)
		doc.Expires, _ = fields.Date(x.Get("expiry-date"), fields.DayFirst)
		doc.Text = strings.TrimSpace(x.Attr("document-type") + " " + doc.Number)
		e.Documents = append(e.Documents, doc)
	}
}

func country(n *markup.Node) party.Country {
	c := fields.Country(n.Text())
	if iso := n.Attr("iso-code"); iso != "" {
		c.Code = strings.ToUpper(iso)
	}
	return c
}

func (d *document) place(id string) party.Address {
	n := d.places[id]
	if n == nil {
		return party.Address{}
	}
	a := party.Address{City: n.Get("location"), Region: n.Get("area"), In: country(n.Kid("country"))}
	var parts []string
	for _, t := range []string{a.City, a.Region, a.In.Text} {
		if t != "" {
			parts = append(parts, t)
		}
	}
	a.Text = strings.Join(parts, ", ")
	return a
}

// names joins the parts of a name in their order; spelling variants in other
// scripts are names of their own.
func names(e *party.Party, n *markup.Node) {
	parts := slices.Clone(n.All("name-part"))
	slices.SortStableFunc(parts, func(a, b *markup.Node) int {
		x, _ := strconv.Atoi(a.Attr("order"))
		y, _ := strconv.Atoi(b.Attr("order"))
		return x - y
	})
	name := party.Name{Kind: party.Alias, Quality: party.Strong}
	variants := map[string][]string{}
	var order []string
	for _, p := range parts {
		name.Parts = append(name.Parts, p.Get("value"))
		if p.Attr("name-part-type") == "family-name" {
			name.Surname = p.Get("value")
		}
		for _, v := range p.All("spelling-variant") {
			key := v.Attr("lang") + " " + v.Attr("script")
			if variants[key] == nil {
				order = append(order, key)
			}
			variants[key] = append(variants[key], v.Text())
		}
	}
	name.Text = strings.TrimSpace(strings.Join(name.Parts, " "))
	if len(name.Parts) == 1 {
		name.Parts = nil
	}
	switch n.Attr("name-type") {
	case "primary-name":
		name.Kind = party.Primary
	case "formerly-known-as":
		name.Kind = party.Former
	}
	if n.Attr("quality") == "low" {
		name.Quality = party.Weak
	}
	add(e, name)
	for _, key := range order {
		v := party.Name{Text: strings.Join(variants[key], " "), Kind: party.Alias, Quality: name.Quality}
		if v.Script = fields.Script(v.Text); v.Script != "Latn" {
			v.Kind = party.Native
		}
		add(e, v)
	}
}

func add(e *party.Party, n party.Name) {
	if n.Script == "" {
		n.Script = fields.Script(n.Text)
	}
	if n.Text != "" && !slices.ContainsFunc(e.Names, func(have party.Name) bool { return have.Text == n.Text }) {
		e.Names = append(e.Names, n)
	}
}

func birth(n *markup.Node) party.Birth {
	number := func(a string) int {
		v, _ := strconv.Atoi(n.Attr(a))
		return v
	}
	d := calendar.Date{Year: number("year"), Month: number("month"), Day: number("day")}
	if d.Month == 0 {
		d.Day = 0
	}
	if cal := n.Attr("calendar"); cal != "" && cal != "Gregorian" || !d.Valid() || d.IsZero() {
		if n.Attr("year") == "" {
			return party.Birth{}
		}
		return party.Birth{Note: fmt.Sprintf("%s-%s-%s %s", n.Attr("year"), n.Attr("month"), n.Attr("day"), cal)}
	}
	return party.Birth{Window: d.Window(), Circa: n.Attr("quality") == "low"}
}

// designations gives one for each programme that the target's sets belong to.
func (d *document) designations(n *markup.Node, id string) []party.Designation {
	var out []party.Designation
	listed, delisted, amended := dates(n)
	for _, setID := range n.Values("sanctions-set-id") {
		s := d.sets[setID]
		i := slices.IndexFunc(out, func(x party.Designation) bool { return x.Regime == s.key })
		if i < 0 {
			x := party.Designation{Authority: "CH", List: List, Reference: id, Regime: s.key, Status: party.Listed, ListedOn: listed, AmendedOn: amended, DelistedOn: delisted}
			if s.programme != "" {
				x.Programmes = []string{s.programme}
			}
			if !delisted.IsZero() || n.Kid("modification").Attr("modification-type") == "de-listed" {
				x.Status = party.Delisted
			}
			out = append(out, x)
			i = len(out) - 1
		}
		if s.text != "" {
			m := party.StatedMeasure{Text: s.text}
			m.Kind, _ = fields.MeasureKind(s.text)
			out[i].Stated = append(out[i].Stated, m)
		}
	}
	if len(out) == 0 {
		out = append(out, party.Designation{Authority: "CH", List: List, Reference: id, Status: party.Listed, ListedOn: listed, AmendedOn: amended, DelistedOn: delisted})
	}
	return out
}

func dates(n *markup.Node) (listed, delisted calendar.Date, amended []calendar.Date) {
	for _, m := range n.All("modification") {
		text := m.Attr("effective-date")
		if text == "" {
			text = m.Attr("enactment-date")
		}
		day, ok := fields.Date(text, fields.DayFirst)
		if !ok {
			continue
		}
		switch m.Attr("modification-type") {
		case "listed":
			if listed.IsZero() || day.Before(listed) {
				listed = day
			}
		case "de-listed":
			delisted = day
		default:
			amended = append(amended, day)
		}
	}
	return listed, delisted, amended
}
