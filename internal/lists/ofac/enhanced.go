package ofac

import (
	"bytes"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/lists/markup"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

// RecogniseEnhanced reports whether the head is the ENHANCED XML.
func RecogniseEnhanced(head []byte) bool {
	return bytes.Contains(head, []byte("<sanctionsData")) && bytes.Contains(head, []byte("publicationInfo"))
}

// ParseEnhanced is the snapshot.Parser of the ENHANCED XML (SDN_ENHANCED.XML,
// CONS_ENHANCED.XML and exports of single programmes).
func ParseEnhanced(files []*snapshot.File, out *snapshot.Out) error {
	f := files[0]
	*out.Edition = party.Edition{Publisher: publisher, Format: "ofac-enhanced-xml", File: f.Name, SHA256: f.SHA256}
	wanted := func(name string) bool { return name == "entity" || name == "publicationInfo" }
	return records(f, wanted, "id", func(n *markup.Node) error {
		if n.Name == "publicationInfo" {
			out.Edition.Stated, _ = fields.Date(n.Get("dataAsOf"), fields.MonthFirst)
			// An export of one programme lacks all others.
			out.Edition.Partial = len(n.Kid("filters").Kid("sanctionsPrograms").Values("sanctionsProgram")) > 0
			return nil
		}
		ref := n.Attr("id")
		if ref == "" {
			out.Lost(f.Name, n.Line, "", "an entity without id")
			return nil
		}
		list := enhancedList(n)
		if out.Edition.List == "" {
			out.Edition.List = list
		}
		e := enhanced(n, list, ref)
		e.Source = party.Origin{File: f.Name, Line: n.Line, Offset: n.Off, Record: ref}
		out.Edition.Entries++
		return out.Party(e)
	})
}

// enhancedList: an entry of several lists is an SDN entry if any is the SDN
// list.
func enhancedList(n *markup.Node) string {
	for _, l := range n.Kid("sanctionsLists").Values("sanctionsList") {
		if l == "SDN List" {
			return SDN
		}
	}
	return Cons
}

func enhanced(n *markup.Node, list, ref string) party.Party {
	e := party.Party{ID: list + ":" + ref, Schema: schema(n.Get("generalInfo", "entityType"))}
	enhancedNames(&e, n)
	designate(&e, list, ref, n.Kid("sanctionsPrograms").Values("sanctionsProgram"))
	listed := calendar.Date{}
	for _, l := range n.Kid("sanctionsLists").All("sanctionsList") {
		if d, ok := fields.Date(l.Attr("datePublished"), fields.MonthFirst); ok && (listed.IsZero() || d.Before(listed)) {
			listed = d
		}
	}
	var stated []party.StatedMeasure
	for _, t := range n.Kid("sanctionsTypes").Values("sanctionsType") {
		stated = append(stated, fields.Stated(t)...)
	}
	for i := range e.Designations {
		d := &e.Designations[i]
		d.ListedOn, d.LegalBasis = listed, n.Kid("legalAuthorities").Values("legalAuthority")
		d.Stated = append([]party.StatedMeasure(nil), stated...)
	}
	if t := n.Get("generalInfo", "title"); t != "" {
		e.Positions = append(e.Positions, party.Position{Title: t})
	}
	if t := n.Get("generalInfo", "remarks"); t != "" {
		e.Notes = append(e.Notes, t)
	}
	for _, a := range n.Kid("addresses").All("address") {
		enhancedAddress(&e, a)
	}
	for _, f := range n.Kid("features").All("feature") {
		feature(&e, f)
	}
	for _, d := range n.Kid("identityDocuments").All("identityDocument") {
		enhancedDocument(&e, d)
	}
	for _, r := range n.Kid("relationships").All("relationship") {
		enhancedRelation(&e, r, list)
	}
	finish(&e)
	return e
}

func enhancedNames(e *party.Party, n *markup.Node) {
	for _, x := range n.Kid("names").All("name") {
		for _, t := range x.Kid("translations").All("translation") {
			name := enhancedName(t, e.Schema == party.Person)
			name.Kind, name.Quality = party.Alias, party.Strong
			switch {
			case x.Get("isPrimary") == "true":
				name.Kind = party.Primary
			case strings.HasPrefix(x.Get("aliasType"), "F"):
				name.Kind = party.Former
			}
			if x.Get("isLowQuality") == "true" {
				name.Quality = party.Weak
			}
			if t.Get("isPrimary") != "true" && name.Script != "Latn" {
				name.Kind = party.Native
			}
			addName(e, name)
		}
	}
	// The primary name comes first in every file seen, but nothing promises it.
	for i, name := range e.Names {
		if name.Kind == party.Primary {
			e.Names[0], e.Names[i] = e.Names[i], e.Names[0]
			break
		}
	}
}

func enhancedName(t *markup.Node, person bool) party.Name {
	first, last := t.Get("formattedFirstName"), t.Get("formattedLastName")
	if person && first != "" {
		return personName(first, last)
	}
	text := t.Get("formattedFullName")
	if text == "" {
		text = last
	}
	return party.Name{Text: text, Script: fields.Script(text)}
}

func enhancedAddress(e *party.Party, n *markup.Node) {
	a := party.Address{In: fields.Country(n.Get("country"))}
	for _, t := range n.Kid("translations").All("translation") {
		var street []string
		for _, p := range t.Kid("addressParts").All("addressPart") {
			v := p.Get("value")
			switch p.Get("type") {
			case "CITY":
				a.City = v
			case "STATE/PROVINCE":
				a.Region = v
			case "POSTAL CODE":
				a.PostCode = v
			default:
				street = append(street, v)
			}
		}
		a.Street = strings.Join(street, ", ")
		a.Text = strings.Join(slicesOf(a.Street, a.City, a.Region, a.PostCode, a.In.Text), ", ")
		if a.Text != "" {
			e.Addresses = append(e.Addresses, a)
		}
	}
	if len(n.Kid("translations").All("translation")) == 0 && a.In.Text != "" {
		a.Text = a.In.Text
		e.Addresses = append(e.Addresses, a)
	}
}

// feature: its type is the label that starts a remark in the CSV. Dates carry
// windows.
func feature(e *party.Party, n *markup.Node) {
	label, value := strings.ReplaceAll(n.Get("type"), "’", "'"), n.Get("value")
	text := strings.TrimSpace(label + " " + value)
	if directive(e, text) {
		return
	}
	l, rest, ok := field(text)
	f := fact{field: l.field, label: label, value: rest, text: text}
	if !ok {
		e.Notes = append(e.Notes, text)
		return
	}
	if d := n.Kid("valueDate"); d != nil && l.field == "birth" {
		from, _ := fields.Date(d.Get("fromDateBegin"), fields.MonthFirst)
		to, _ := fields.Date(d.Get("toDateEnd"), fields.MonthFirst)
		w := calendar.Between(from, to)
		if whole, circa, ok := fields.Span(value, fields.MonthFirst); ok && whole.Earliest == w.Earliest && whole.Latest == w.Latest {
			e.Births = append(e.Births, party.Birth{Window: whole, Circa: circa || d.Get("isApproximate") == "true"})
			return
		}
		e.Births = append(e.Births, party.Birth{Window: w, Circa: d.Get("isApproximate") == "true"})
		return
	}
	f.put(e)
}

func enhancedDocument(e *party.Party, n *markup.Node) {
	label := n.Get("type")
	text := strings.Join(slicesOf(label, n.Get("documentNumber")), " ")
	f := fact{field: "document", label: label, value: n.Get("documentNumber"), country: n.Get("issuingCountry"), text: text}
	if l, _, ok := field(label); ok && isDocument(l.field) {
		f.field = l.field
	}
	f.issued, _ = fields.Date(n.Get("issueDate", "fromDateBegin"), fields.MonthFirst)
	f.expires, _ = fields.Date(n.Get("expirationDate", "fromDateBegin"), fields.MonthFirst)
	f.document(e)
	if n.Get("isValid") == "false" {
		e.Documents[len(e.Documents)-1].Note = "not valid"
	}
}

// relationKinds names OFAC's kinds of relations in ours.
var relationKinds = map[string]string{
	"Acting for or on behalf of": "acting-for", "Owned or Controlled By": "owned-by", "Leader or official of": "leader-of",
	"Family member of": "family", "Associate Of": "associate", "playing a significant role in": "member-of",
}

func enhancedRelation(e *party.Party, n *markup.Node, list string) {
	kind := n.Get("type")
	r := party.Relation{Kind: relationKinds[kind], Name: n.Get("relatedEntity"), Note: kind}
	if r.Kind == "" {
		r.Kind = "linked-to"
	}
	if id := n.Kid("relatedEntity").Attr("entityId"); id != "" {
		r.Target = list + ":" + id
	}
	e.Relations = append(e.Relations, r)
}
