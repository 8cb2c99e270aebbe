package entities

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
)

// Lists tells what the entities need to know of the lists.
type Lists struct {
	// Plain names the lists that came as FollowTheMoney: their references are
	// entity ids already.
	Plain map[string]bool
	// Seen is the day of the newest edition of each list.
	Seen map[string]calendar.Date
}

// Dataset is the name of a list as a FollowTheMoney data set: lower-case
// letters, digits and underscores only.
func Dataset(list string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '_':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '_'
	}, list)
}

// ID is the entity's id for a party's.
func (l Lists) ID(id string) string {
	list, ref, ok := strings.Cut(id, ":")
	if ok && l.Plain[list] && idForm.MatchString(ref) {
		return ref
	}
	safe := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '.':
			return r
		case r == ':':
			return '-'
		}
		return '.'
	}, id)
	// Where more than the colon had to go, a short hash keeps two references
	// apart that would now be written alike.
	if strings.Count(safe, "-") != strings.Count(id, "-")+1 || strings.Count(safe, ".") != strings.Count(id, ".") || !idForm.MatchString(safe) {
		safe = strings.Trim(safe, ".-") + "." + short(id)
	}
	return strings.TrimLeft(safe, ".-")
}

func short(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:4])
}

// Standing reports whether the newest edition of a list still holds the party.
func Standing(p *party.Party) bool {
	for i := range p.Designations {
		if current(&p.Designations[i]) {
			return true
		}
	}
	return false
}

func current(d *party.Designation) bool {
	if d.Status == party.Delisted || !d.DelistedOn.IsZero() {
		return false
	}
	return len(d.Periods) == 0 || d.Periods[len(d.Periods)-1].Gone.IsZero()
}

// Main gives the entity that stands for a party, without those that hang on it.
func (l Lists) Main(p *party.Party) Entity {
	list, _, _ := strings.Cut(p.ID, ":")
	e := Entity{ID: l.ID(p.ID), Schema: string(p.Schema), Properties: map[string][]string{}, Datasets: []string{Dataset(list)}}
	if Vocabulary().Schemata[e.Schema] == nil || Vocabulary().Schemata[e.Schema].Abstract {
		e.Schema = string(party.LegalEntity)
	}
	if e.ID != p.ID {
		e.Referents = []string{p.ID}
	}
	e.names(p)
	e.facts(p)
	e.numbers(p)
	for _, n := range p.Notes {
		e.add("notes", n)
	}
	for _, link := range p.Links {
		e.add("sourceUrl", link)
	}
	for _, c := range p.Contacts {
		if !e.add(c.Kind, c.Value) {
			e.add("notes", c.Kind+": "+c.Value)
		}
	}
	if Standing(p) {
		e.add("topics", "sanction")
		e.Target = true
	}
	e.listed(p)
	for _, a := range p.Addresses {
		e.add("address", a.Text)
		e.add("addressEntity", addressID(a))
	}
	e.Caption = strings.Join(strings.Fields(p.PrimaryName()), " ")
	l.moments(&e, p, list)
	return e
}

func (e *Entity) names(p *party.Party) {
	for i, n := range p.Names {
		prop := "alias"
		switch {
		case i == 0 || n.Kind == party.Primary:
			prop = "name"
		case n.Quality == party.Weak && n.Kind != party.Short:
			prop = "weakAlias"
		case n.Kind == party.Former:
			prop = "previousName"
		case n.Kind == party.Short:
			prop = "abbreviation"
		}
		if !e.add(prop, n.Text) {
			e.add("alias", n.Text)
		}
		if n.Surname != "" {
			e.add("lastName", n.Surname)
		}
	}
	if len(p.Names) == 0 {
		e.add("name", p.ID)
	}
}

func (e *Entity) facts(p *party.Party) {
	e.add("gender", p.Gender)
	for _, b := range p.Births {
		e.add("birthDate", Dates(b.Window)...)
		e.add("birthPlace", b.Place)
		e.add("birthCountry", b.In.Code)
		if b.Note != "" {
			e.add("notes", "born: "+b.Note)
		}
	}
	for _, d := range p.Deaths {
		e.add("deathDate", d.String())
	}
	for _, d := range p.Founded {
		e.add("incorporationDate", d.String())
	}
	for _, n := range p.Nationalities {
		if !e.add("nationality", n.Code) {
			e.add("country", n.Code)
		}
	}
	for _, a := range p.Addresses {
		e.add("country", a.In.Code)
	}
	for _, t := range p.Titles {
		e.add("title", t)
	}
	for _, o := range p.Positions {
		title := o.Title
		if o.Body != "" {
			title += ", " + o.Body
		}
		if !e.add("position", title) {
			e.add("notes", title)
		}
	}
	if v := p.Vessel; v != nil {
		e.add("flag", v.Flag.Code)
		for _, f := range v.FormerFlags {
			e.add("pastFlags", f.Code)
		}
		e.add("type", v.Type)
		e.add("tonnage", v.Tonnage)
		e.add("grossRegisteredTonnage", v.GRT)
		e.add("buildDate", v.Built.String())
		if v.Owner != "" {
			e.add("notes", "owner: "+v.Owner)
		}
	}
	if a := p.Aircraft; a != nil {
		e.add("model", a.Model)
		if a.Operator != "" {
			e.add("notes", "operator: "+a.Operator)
		}
	}
}

// byKind are the properties for kinds of documents, best first. A number that
// fits none of them stands as the entity's own register number.
var byKind = map[string][]string{
	"passport": {"passportNumber", "idNumber"}, "national-id": {"idNumber"}, "tax": {"taxNumber"}, "register": {"registrationNumber"},
	"lei": {"leiCode"}, "bic": {"swiftBic"}, "imo": {"imoNumber"}, "isin": {"isin", "isinCode"}, "wikidata": {"wikidataId"},
}

func (e *Entity) numbers(p *party.Party) {
	for _, d := range p.Documents {
		done := d.Number == ""
		for _, prop := range append(byKind[d.Kind], "registrationNumber", "idNumber") {
			if done = done || e.add(prop, d.Number); done {
				break
			}
		}
		if !done {
			e.add("notes", strings.TrimSpace(d.Kind+": "+d.Number))
		}
	}
	for _, w := range p.Wallets {
		if !e.add("publicKey", w.Address) {
			e.add("notes", strings.TrimSpace(w.Currency+" wallet "+w.Address))
		}
		if e.Schema == string(party.CryptoWallet) {
			e.add("currency", w.Currency)
		}
	}
	if v := p.Vessel; v != nil {
		if v.IMO != "" && !e.add("imoNumber", v.IMO) {
			e.add("registrationNumber", v.IMO)
		}
		e.add("mmsi", v.MMSI)
		e.add("callSign", v.CallSign)
	}
	if a := p.Aircraft; a != nil {
		e.add("registrationNumber", a.Tail)
		e.add("serialNumber", a.Serial)
	}
}

func (e *Entity) listed(p *party.Party) {
	for _, d := range p.Designations {
		for _, prog := range d.Programmes {
			e.add("program", prog)
		}
		e.add("programId", d.Regime)
		e.add("sourceUrl", d.SourceURL)
	}
}

// moments of the listing: when the list first held it and when it last changed.
func (l Lists) moments(e *Entity, p *party.Party, list string) {
	var first, last calendar.Date
	see := func(d calendar.Date) {
		if d.IsZero() {
			return
		}
		if first.IsZero() || d.Before(first) {
			first = d
		}
		if d.After(last) {
			last = d
		}
	}
	for _, d := range p.Designations {
		see(d.ListedOn)
		see(d.DelistedOn)
		for _, a := range d.AmendedOn {
			see(a)
		}
		for _, period := range d.Periods {
			see(period.From)
			see(period.Gone)
		}
	}
	e.FirstSeen, e.LastChange, e.LastSeen = moment(first), moment(last), moment(l.Seen[list])
}

func moment(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.First().String() + "T00:00:00"
}

// Dates writes a window as FollowTheMoney dates, which know day, month and
// year but no spans: a short span of years gives each of them, a longer one its
// ends.
func Dates(w calendar.Window) []string {
	if w.IsZero() {
		return nil
	}
	a, z := w.Earliest, w.Latest
	if a.IsZero() || z.IsZero() {
		if a.IsZero() {
			a = z
		}
		return []string{fmt.Sprintf("%04d", a.Year)}
	}
	for _, d := range []calendar.Date{a, {Year: a.Year, Month: a.Month}, {Year: a.Year}} {
		if d.Window() == w {
			return []string{d.String()}
		}
	}
	if z.Year-a.Year > 4 {
		return []string{fmt.Sprintf("%04d", a.Year), fmt.Sprintf("%04d", z.Year)}
	}
	var out []string
	for y := a.Year; y <= z.Year; y++ {
		out = append(out, fmt.Sprintf("%04d", y))
	}
	return out
}
