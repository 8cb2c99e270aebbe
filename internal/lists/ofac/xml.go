package ofac

import (
	"bytes"
	"io"
	"strings"

	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/lists/markup"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

// RecogniseXML reports whether the head is the classic XML.
func RecogniseXML(head []byte) bool {
	return bytes.Contains(head, []byte("<sdnList")) || bytes.Contains(head, []byte(":sdnList"))
}

// ParseXML is the snapshot.Parser of the classic XML (sdn.xml,
// consolidated.xml).
func ParseXML(files []*snapshot.File, out *snapshot.Out) error {
	f := files[0]
	list := listOf(f.Head, "<sdnEntry>")
	*out.Edition = party.Edition{List: list, Publisher: publisher, Format: "ofac-xml", File: f.Name, SHA256: f.SHA256}
	return records(f, func(name string) bool { return name == "sdnEntry" || name == "publshInformation" }, "uid", func(n *markup.Node) error {
		if n.Name == "publshInformation" {
			if d, ok := fields.Date(n.Get("Publish_Date"), fields.MonthFirst); ok {
				out.Edition.Stated = d
			}
			return nil
		}
		ref := n.Get("uid")
		if ref == "" {
			out.Lost(f.Name, n.Line, "", "an entry without uid")
			return nil
		}
		e := classic(n, list, ref)
		e.Source = party.Origin{File: f.Name, Line: n.Line, Offset: n.Off, Record: ref}
		out.Edition.Entries++
		return out.Party(e)
	})
}

// records walks a document and hands over each record of the wanted names.
// Damage is refused with the entry it stands in.
func records(f *snapshot.File, wanted func(string) bool, key string, record func(*markup.Node) error) error {
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
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return refuse(after(last), err)
		}
		if kind != markup.Start || !wanted(r.Name) {
			continue
		}
		n, err := r.Record()
		id := n.Get(key)
		if id == "" {
			id = n.Attr(key)
		}
		if err != nil {
			if id != "" {
				return refuse("entry "+id, err)
			}
			return refuse(after(last), err)
		}
		last = id
		if err := record(n); err != nil {
			return err
		}
	}
}

func classic(n *markup.Node, list, ref string) party.Party {
	e := party.Party{ID: list + ":" + ref, Schema: schema(n.Get("sdnType"))}
	person := e.Schema == party.Person
	primary := classicName(n, person)
	primary.Kind, primary.Quality = party.Primary, party.Strong
	e.Names = []party.Name{primary}
	designate(&e, list, ref, n.Kid("programList").Values("program"))
	if t := n.Get("title"); t != "" {
		e.Positions = append(e.Positions, party.Position{Title: t})
	}
	for _, a := range n.Kid("akaList").All("aka") {
		alias := classicName(a, person)
		alias.Kind, alias.Quality = aliasKind(a.Get("type")), party.Strong
		if strings.EqualFold(a.Get("category"), "weak") {
			alias.Quality = party.Weak
		}
		addName(&e, alias)
	}
	classicFacts(&e, n)
	for _, id := range n.Kid("idList").All("id") {
		classicID(&e, id)
	}
	for _, item := range remarks(n.Get("remarks")) {
		if !directive(&e, item) {
			remark(&e, item)
		}
	}
	finish(&e)
	return e
}

func classicName(n *markup.Node, person bool) party.Name {
	first, last := n.Get("firstName"), n.Get("lastName")
	if person && first != "" {
		return personName(first, last)
	}
	text := strings.TrimSpace(first + " " + last)
	return party.Name{Text: text, Script: fields.Script(text)}
}

func classicFacts(e *party.Party, n *markup.Node) {
	for _, b := range n.Kid("dateOfBirthList").All("dateOfBirthItem") {
		(&fact{field: "birth", value: b.Get("dateOfBirth")}).put(e)
	}
	for _, b := range n.Kid("placeOfBirthList").All("placeOfBirthItem") {
		e.Births = append(e.Births, birthplace(b.Get("placeOfBirth")))
	}
	for _, c := range n.Kid("nationalityList").All("nationality") {
		addCountry(e, c.Get("country"))
	}
	for _, c := range n.Kid("citizenshipList").All("citizenship") {
		addCountry(e, c.Get("country"))
	}
	for _, a := range n.Kid("addressList").All("address") {
		street := strings.Join(slicesOf(a.Get("address1"), a.Get("address2"), a.Get("address3")), ", ")
		addr := party.Address{Street: street, City: a.Get("city"), Region: a.Get("stateOrProvince"), PostCode: a.Get("postalCode"), In: fields.Country(a.Get("country"))}
		addr.Text = strings.Join(slicesOf(street, addr.City, addr.Region, addr.PostCode, addr.In.Text), ", ")
		e.Addresses = append(e.Addresses, addr)
	}
	if v := n.Kid("vesselInfo"); v != nil {
		*vessel(e) = party.VesselFacts{CallSign: v.Get("callSign"), Type: v.Get("vesselType"), Flag: fields.Country(v.Get("vesselFlag")),
			Owner: v.Get("vesselOwner"), Tonnage: v.Get("tonnage"), GRT: v.Get("grossRegisteredTonnage")}
	}
}

func slicesOf(all ...string) []string {
	var out []string
	for _, s := range all {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// classicID reads an id: its idType is the label that starts a remark in the
// CSV, so both go the same way.
func classicID(e *party.Party, id *markup.Node) {
	label, num := id.Get("idType"), id.Get("idNumber")
	text := strings.Join(slicesOf(label, num), " ")
	if c := id.Get("idCountry"); c != "" {
		text += " (" + c + ")"
	}
	if directive(e, text) {
		return
	}
	l, rest, ok := field(text)
	f := fact{field: l.field, label: label, value: num, country: id.Get("idCountry"), text: text}
	if !ok {
		f.field = "document"
	} else if l.text != label {
		f.value = rest // "Digital Currency Address - XBT" carries the currency
	}
	f.issued, _ = fields.Date(id.Get("issueDate"), fields.MonthFirst)
	f.expires, _ = fields.Date(id.Get("expirationDate"), fields.MonthFirst)
	f.put(e)
}
