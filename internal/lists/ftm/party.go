package ftm

import (
	"regexp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/party"
)

func (g *graph) party(e *Entity, file string) party.Party {
	list := g.list()
	p := party.Party{ID: list + ":" + e.ID, Schema: party.Schema(e.Schema), Source: party.Origin{File: file, Line: e.line, Offset: e.offset, Record: e.ID}}
	names(&p, e)
	facts(&p, e)
	things(&p, e)
	for _, id := range e.all("addressEntity") {
		if a := g.byID[id]; a != nil {
			p.Addresses = append(p.Addresses, address(a))
		}
	}
	for _, h := range g.hanging[e.ID] {
		switch h.Schema {
		case "Sanction":
			p.Designations = append(p.Designations, designation(h, list))
		case "Identification", "Passport":
			p.Documents = append(p.Documents, identification(h))
		case "Occupancy":
			g.occupancy(&p, h)
		default:
			g.relation(&p, e, h, list)
		}
	}
	// An entity that the file marks as sanctioned without saying how is listed
	// all the same: its measures stay unknown.
	if len(p.Designations) == 0 && (slices.Contains(e.all("topics"), "sanction") || len(e.all("program")) > 0) {
		p.Designations = []party.Designation{{List: list, Reference: e.ID, Status: party.Listed, Programmes: e.all("program")}}
	}
	return p
}

func names(p *party.Party, e *Entity) {
	add := func(prop string, kind party.NameKind, q party.Quality) {
		for _, text := range e.all(prop) {
			text = strings.Join(strings.Fields(text), " ")
			if text == "" || slices.ContainsFunc(p.Names, func(n party.Name) bool { return n.Text == text }) {
				continue
			}
			n := party.Name{Text: text, Kind: kind, Quality: q, Script: fields.Script(text)}
			if kind != party.Primary && n.Script != "Latn" && n.Script != "" {
				n.Kind = party.Native
			}
			p.Names = append(p.Names, n)
		}
	}
	// The caption is OpenSanctions' choice among the names and the best
	// primary name; further names are equal spellings.
	if slices.Contains(e.all("name"), e.Caption) {
		p.Names = append(p.Names, party.Name{Text: e.Caption, Kind: party.Primary, Quality: party.Strong, Script: fields.Script(e.Caption)})
		add("name", party.Alias, party.Strong)
	} else if all := e.all("name"); len(all) > 0 {
		add("name", party.Alias, party.Strong)
		if len(p.Names) > 0 {
			p.Names[0].Kind = party.Primary
		}
	}
	add("alias", party.Alias, party.Strong)
	add("previousName", party.Former, party.Strong)
	add("weakAlias", party.Alias, party.Weak)
	add("abbreviation", party.Short, party.Weak)
	if len(p.Names) == 0 && e.Caption != "" {
		p.Names = append(p.Names, party.Name{Text: e.Caption, Kind: party.Primary, Script: fields.Script(e.Caption)})
	}
	if last := e.first("lastName"); last != "" && len(p.Names) > 0 && strings.Contains(strings.ToLower(p.Names[0].Text), strings.ToLower(last)) {
		p.Names[0].Surname = last
	}
}

func dates(texts []string) []calendar.Date {
	var out []calendar.Date
	for _, t := range texts {
		if d, ok := fields.Date(t, fields.DayFirst); ok {
			out = append(out, d)
		}
	}
	return out
}

func facts(p *party.Party, e *Entity) {
	if g := e.first("gender"); g == "male" || g == "female" {
		p.Gender = g
	}
	for _, t := range e.all("birthDate") {
		w, circa, ok := fields.Span(t, fields.DayFirst)
		b := party.Birth{Window: w, Circa: circa}
		if !ok {
			b.Note = t
		}
		p.Births = append(p.Births, b)
	}
	for _, t := range e.all("birthPlace") {
		p.Births = append(p.Births, party.Birth{Place: t, In: fields.Country(e.first("birthCountry"))})
	}
	p.Deaths = dates(e.all("deathDate"))
	p.Founded = dates(e.all("incorporationDate"))
	seen := map[string]bool{}
	for _, prop := range []string{"nationality", "citizenship", "country", "jurisdiction"} {
		for _, t := range e.all(prop) {
			c := fields.Country(t)
			if !seen[c.Text] && (prop != "country" || len(p.Nationalities) == 0 || p.Schema != party.Person) {
				seen[c.Text] = true
				p.Nationalities = append(p.Nationalities, c)
			}
		}
	}
	for _, t := range e.all("position") {
		p.Positions = append(p.Positions, party.Position{Title: t})
	}
	p.Titles = e.all("title")
	for _, t := range e.all("address") {
		p.Addresses = append(p.Addresses, party.Address{Text: t, In: fields.Country(e.first("country"))})
	}
	for _, prop := range []string{"notes", "description", "summary"} {
		p.Notes = append(p.Notes, e.all(prop)...)
	}
	p.Links = append(append([]string(nil), e.all("sourceUrl")...), e.all("wikipediaUrl")...)
	for _, c := range []struct{ prop, kind string }{{"phone", "phone"}, {"email", "email"}, {"website", "website"}} {
		for _, t := range e.all(c.prop) {
			p.Contacts = append(p.Contacts, party.Contact{Kind: c.kind, Value: t})
		}
	}
}

// identifiers are the properties that hold numbers, with the kind of document.
var identifiers = []struct{ prop, kind string }{
	{"passportNumber", "passport"}, {"idNumber", "national-id"}, {"socialSecurityNumber", "national-id"}, {"taxNumber", "tax"}, {"innCode", "tax"},
	{"vatCode", "tax"}, {"registrationNumber", "register"}, {"ogrnCode", "register"}, {"okpoCode", "register"}, {"uscCode", "register"},
	{"dunsCode", "register"}, {"leiCode", "lei"}, {"swiftBic", "bic"}, {"imoNumber", "imo"}, {"isin", "isin"}, {"wikidataId", "wikidata"},
	{"uniqueEntityId", "register"}, {"kppCode", "tax"},
}

func things(p *party.Party, e *Entity) {
	for _, id := range identifiers {
		for _, t := range e.all(id.prop) {
			p.Documents = append(p.Documents, party.Document{Kind: id.kind, Number: t, Text: t})
		}
	}
	switch p.Schema {
	case party.Vessel:
		p.Vessel = &party.VesselFacts{IMO: strings.TrimPrefix(e.first("imoNumber"), "IMO"), MMSI: e.first("mmsi"), CallSign: e.first("callSign"),
			Flag: fields.Country(e.first("flag")), Type: e.first("type"), Tonnage: e.first("tonnage"), GRT: e.first("grossRegisteredTonnage")}
		for _, t := range e.all("pastFlags") {
			p.Vessel.FormerFlags = append(p.Vessel.FormerFlags, fields.Country(t))
		}
		if d := dates(e.all("buildDate")); len(d) > 0 {
			p.Vessel.Built = d[0]
		}
	case party.Airplane:
		p.Aircraft = &party.AircraftFacts{Tail: e.first("registrationNumber"), Serial: e.first("serialNumber"), Model: e.first("model"), Operator: e.first("operator")}
	case party.CryptoWallet:
		p.Wallets = append(p.Wallets, party.Wallet{Currency: e.first("currency"), Address: e.first("publicKey")})
	}
}

func address(a *Entity) party.Address {
	out := party.Address{Text: a.first("full"), Street: a.first("street"), City: a.first("city"), Region: a.first("region"), PostCode: a.first("postalCode"),
		In: fields.Country(a.first("country")), Note: a.first("remarks")}
	if out.Text == "" {
		out.Text = a.Caption
	}
	return out
}

func identification(h *Entity) party.Document {
	d := party.Document{Kind: fields.DocumentKind(h.first("type")), Number: h.first("number"), Country: fields.Country(h.first("country")), Note: h.joined("summary", "description")}
	if h.Schema == "Passport" {
		d.Kind = "passport"
	}
	d.Issued, _ = fields.Date(h.first("startDate"), fields.DayFirst)
	d.Expires, _ = fields.Date(h.first("endDate"), fields.DayFirst)
	d.Text = strings.TrimSpace(h.first("type") + " " + d.Number)
	return d
}

// designation reads a Sanction. One Sanction stands for one measure interval
// or for the whole designation; both give stated measures from its provisions.
func designation(h *Entity, list string) party.Designation {
	d := party.Designation{Authority: authority(h), List: list, Status: party.Listed, Programmes: h.all("program"), Reasons: h.joined("reason"),
		SourceURL: h.first("sourceUrl"), SourceNotes: append(append([]string(nil), h.all("summary")...), h.all("description")...)}
	for _, prop := range []string{"unscId", "authorityId", "recordId"} {
		if d.Reference == "" {
			d.Reference = h.first(prop)
		}
	}
	if id := h.first("programId"); id != "" {
		d.Programmes = append(d.Programmes, id)
	}
	d.LegalBasis = append(d.LegalBasis, h.all("legalBasis")...)
	d.Regime = regime(d.Authority, d.Programmes)
	from, _ := fields.Date(h.first("startDate"), fields.DayFirst)
	to, _ := fields.Date(h.first("endDate"), fields.DayFirst)
	d.ListedOn, _ = fields.Date(h.first("listingDate"), fields.DayFirst)
	if d.ListedOn.IsZero() {
		d.ListedOn = from
	}
	// With provisions, endDate is the end of that measure (one Sanction for each
	// interval); without, it is the end of the listing.
	if len(h.all("provisions")) == 0 || strings.EqualFold(h.first("status"), "delisted") {
		d.DelistedOn = to
	}
	for _, t := range h.all("modifiedAt") {
		if m, ok := fields.Date(t, fields.DayFirst); ok {
			d.AmendedOn = append(d.AmendedOn, m)
		}
	}
	for _, text := range h.all("provisions") {
		for _, m := range fields.Stated(text) {
			m.From, m.To, m.Note = from, to, h.joined("summary")
			d.Stated = append(d.Stated, m)
		}
	}
	return d
}

var (
	resolution = regexp.MustCompile(`\b(?:UN|UNSCR|resolution)\s*(\d{3,4})\b`)
	programKey = regexp.MustCompile(`^[A-Z0-9][A-Z0-9-]+$`)
)

// regime takes the register key from a programme: the resolution for the UN,
// the programme's own tag for the others.
func regime(authority string, programmes []string) string {
	for _, p := range programmes {
		if m := resolution.FindStringSubmatch(p); m != nil && authority == "UN" {
			return m[1]
		}
		if authority != "UN" && programKey.MatchString(p) {
			return p
		}
	}
	return ""
}

// authorities by a word of their names and by the country of the Sanction.
var authorities = []struct{ word, code string }{
	{"united nations", "UN"}, {"security council", "UN"}, {"unsc", "UN"}, {"ofac", "US"}, {"treasury", "US"}, {"united states", "US"}, {"department of state", "US"},
	{"us ", "US"}, {"european", "EU"}, {"council of the eu", "EU"}, {"ofsi", "UK"}, {"united kingdom", "UK"}, {"fcdo", "UK"}, {"foreign, commonwealth", "UK"},
	{"hm treasury", "UK"}, {"swiss", "CH"}, {"switzerland", "CH"}, {"seco", "CH"}, {"canada", "CA"}, {"australia", "AU"}, {"ukrain", "UA"},
	{"japan", "JP"}, {"new zealand", "NZ"}, {"france", "FR"}, {"israel", "IL"},
}

func authority(h *Entity) string {
	name := strings.ToLower(h.first("authority"))
	if strings.Contains(name, "hm treasury") {
		return "UK"
	}
	for _, a := range authorities {
		if strings.Contains(name+" ", a.word) {
			return a.code
		}
	}
	switch c := strings.ToUpper(h.first("country")); c {
	case "GB":
		return "UK"
	case "":
		// An authority that the table does not know keeps its own words.
		return h.first("authority")
	default:
		return c
	}
}

func (g *graph) occupancy(p *party.Party, h *Entity) {
	post := g.byID[h.first("post")]
	if post == nil {
		return
	}
	pos := party.Position{Title: post.first("name"), Body: post.first("organization")}
	pos.From, _ = fields.Date(h.first("startDate"), fields.DayFirst)
	pos.To, _ = fields.Date(h.first("endDate"), fields.DayFirst)
	p.Positions = append(p.Positions, pos)
}

// links names a relation as seen from the first and from the second holder.
var links = map[string][2]string{
	"Family": {"family", "family"}, "Associate": {"associate", "associate"}, "Ownership": {"owns", "owned-by"}, "Directorship": {"leader-of", "linked-to"},
	"Membership": {"member-of", "linked-to"}, "Employment": {"member-of", "linked-to"}, "Representation": {"acting-for", "linked-to"},
	"UnknownLink": {"linked-to", "linked-to"}, "Succession": {"linked-to", "linked-to"},
}

func (g *graph) relation(p *party.Party, e, h *Entity, list string) {
	props, kinds := holders[h.Schema], links[h.Schema]
	for side := range 2 {
		if !slices.Contains(h.all(props[side]), e.ID) {
			continue
		}
		for _, other := range h.all(props[1-side]) {
			if other == e.ID {
				continue
			}
			r := party.Relation{Kind: kinds[side], Target: list + ":" + other, Note: h.joined("role", "relationship", "summary")}
			if o := g.byID[other]; o != nil {
				r.Name = o.Caption
				if r.Name == "" {
					r.Name = o.first("name")
				}
			}
			p.Relations = append(p.Relations, r)
		}
	}
}
