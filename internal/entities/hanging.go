package entities

import (
	"strings"

	"github.com/reportedly/reportedly/internal/party"
)

// Find looks a party up by its ID; nil where it is not known.
type Find func(id string) *party.Party

// Hanging gives the entities that belong to a party's description: its
// sanctions, addresses, papers, and the edges to other parties that find knows.
func (l Lists) Hanging(p *party.Party, find Find) []Entity {
	main := l.ID(p.ID)
	list, _, _ := strings.Cut(p.ID, ":")
	h := hanging{lists: l, of: main, dataset: Dataset(list)}
	for i := range p.Designations {
		h.sanction(&p.Designations[i])
	}
	for _, a := range p.Addresses {
		h.address(a)
	}
	for _, d := range p.Documents {
		h.paper(p, d)
	}
	for _, r := range p.Relations {
		h.edge(p, r, find)
	}
	return h.out
}

type hanging struct {
	lists   Lists
	of      string
	dataset string
	out     []Entity
}

func (h *hanging) start(id, schema string) *Entity {
	return &Entity{ID: id, Schema: schema, Properties: map[string][]string{}, Datasets: []string{h.dataset}}
}

func (h *hanging) keep(e *Entity) {
	for _, prior := range h.out {
		if prior.ID == e.ID {
			return
		}
	}
	s := Vocabulary().Schemata[e.Schema]
	e.Caption = s.Label
	for _, prop := range s.Caption {
		if v := e.Properties[prop]; len(v) > 0 {
			e.Caption = v[0]
			break
		}
	}
	h.out = append(h.out, *e)
}

// authorities in words, as FollowTheMoney data has them.
var authorities = map[string]string{
	"UN": "United Nations Security Council", "US": "United States of America", "EU": "European Union", "UK": "United Kingdom", "CH": "Switzerland",
	"CA": "Canada", "AU": "Australia", "UA": "Ukraine", "JP": "Japan", "NZ": "New Zealand", "FR": "France", "IL": "Israel", "CN": "China",
}

func (h *hanging) sanction(d *party.Designation) {
	e := h.start(h.of+"-sanction-"+short(d.Authority, d.List, d.Reference, d.Regime, d.ListedOn.String()), "Sanction")
	e.add("entity", h.of)
	if name := authorities[d.Authority]; name != "" {
		e.add("authority", name)
	} else {
		e.add("authority", d.Authority)
	}
	switch d.Authority {
	case "UK":
		e.add("country", "gb")
	case "UN":
		e.add("unscId", d.Reference)
	default:
		e.add("country", d.Authority)
	}
	e.add("authorityId", d.Reference)
	e.add("program", d.Programmes...)
	e.add("programId", d.Regime)
	e.add("listingDate", d.ListedOn.String())
	e.add("startDate", d.ListedOn.String())
	e.add("endDate", d.DelistedOn.String())
	for _, period := range d.Periods {
		e.add("startDate", period.From.String())
		e.add("endDate", period.Gone.String())
	}
	if current(d) {
		e.add("status", "active")
	} else {
		e.add("status", "inactive")
	}
	for _, m := range d.Stated {
		e.add("provisions", m.Text)
	}
	e.add("reason", d.Reasons)
	e.add("sourceUrl", d.SourceURL)
	for _, a := range d.AmendedOn {
		e.add("modifiedAt", a.String())
	}
	for _, b := range append(append([]string(nil), d.LegalBasis...), d.SourceNotes...) {
		e.add("summary", b)
	}
	h.keep(e)
}

func addressID(a party.Address) string {
	if addressText(a) == "" && a.In.Code == "" {
		return ""
	}
	return "addr-" + short(a.Text, a.Street, a.City, a.In.Code)
}

func addressText(a party.Address) string {
	if a.Text != "" {
		return a.Text
	}
	var parts []string
	for _, s := range []string{a.Street, a.City, a.Region, a.PostCode, a.In.Text} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

func (h *hanging) address(a party.Address) {
	id := addressID(a)
	if id == "" {
		return
	}
	e := h.start(id, "Address")
	e.add("full", addressText(a))
	e.add("street", a.Street)
	e.add("city", a.City)
	e.add("region", a.Region)
	e.add("postalCode", a.PostCode)
	e.add("country", a.In.Code)
	e.add("remarks", a.Note)
	h.keep(e)
}

// paper shows a document whose country or dates are known; the bare numbers
// stand on the holder already.
func (h *hanging) paper(p *party.Party, d party.Document) {
	s := Vocabulary().Schemata[string(p.Schema)]
	if !s.IsA("LegalEntity") || d.Number == "" || d.Kind == "wikidata" || d.Kind == "lei" || d.Kind == "bic" {
		return
	}
	schema := "Identification"
	if d.Kind == "passport" {
		schema = "Passport"
	}
	e := h.start(h.of+"-id-"+short(d.Kind, d.Number, d.Country.Code), schema)
	e.add("holder", h.of)
	if !e.add("number", d.Number) {
		return // not a number but a sentence: it stands under the holder's notes
	}
	e.add("type", d.Kind)
	e.add("country", d.Country.Code)
	e.add("startDate", d.Issued.String())
	e.add("endDate", d.Expires.String())
	e.add("summary", d.Note)
	h.keep(e)
}

// link is the edge for a kind of relation: the property that names the party
// itself and the one that names the other.
type link struct{ schema, own, other string }

var links = map[string]link{
	"owns": {"Ownership", "owner", "asset"}, "owned-by": {"Ownership", "asset", "owner"}, "acting-for": {"Representation", "agent", "client"},
	"family": {"Family", "person", "relative"}, "associate": {"Associate", "person", "associate"}, "member-of": {"Membership", "member", "organization"},
	"leader-of": {"Directorship", "director", "organization"},
}

func (h *hanging) edge(p *party.Party, r party.Relation, find Find) {
	other := find(r.Target)
	if other == nil || other.ID == p.ID {
		return
	}
	m := Vocabulary()
	k, ok := links[r.Kind]
	fits := ok
	for prop, who := range map[string]*party.Party{k.own: p, k.other: other} {
		if fits {
			q := m.Schemata[k.schema].Property(prop)
			fits = m.Schemata[string(who.Schema)].IsA(q.Range)
		}
	}
	if !fits {
		k = link{"UnknownLink", "subject", "object"}
	}
	a, b := h.of, h.lists.ID(other.ID)
	id := []string{a, b}
	if k.own == "asset" || ((k.schema == "UnknownLink" || k.schema == "Family" || k.schema == "Associate") && b < a) {
		id = []string{b, a} // the same edge, whichever side tells it
	}
	e := h.start(strings.ToLower(k.schema)+"-"+short(k.schema, id[0], id[1]), k.schema)
	e.add(k.own, a)
	e.add(k.other, b)
	if r.Note != "" {
		if !e.add("role", r.Note) {
			e.add("relationship", r.Note)
		}
	} else if !ok || !fits {
		e.add("role", strings.ReplaceAll(r.Kind, "-", " "))
	}
	h.keep(e)
}
