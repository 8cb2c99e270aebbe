package history

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"

	"github.com/reportedly/reportedly/internal/party"
)

// Aspect is one thing that an entry can say.
type Aspect uint8

// Aspects, in the order in which changes are told.
const (
	Schema Aspect = iota
	PrimaryName
	Aliases
	WeakAliases
	NativeNames
	Gender
	Births
	Deaths
	Nationalities
	Positions
	Titles
	Documents
	Addresses
	Relations
	Craft
	Wallets
	Founded
	Contacts
	Programmes
	ListedOn
	DelistedOn
	AmendedOn
	Measures
	LegalBasis
	Reasons
	CrossRefs
	Notes
	Links
	aspectCount
)

var aspectNames = [aspectCount]string{
	"type", "name", "alias", "weak alias", "name in own script", "gender", "birth", "death", "nationality", "position", "title", "document", "address",
	"relation", "vessel or aircraft", "wallet", "founding", "contact", "programme", "listing date", "delisting date", "amendment date", "stated measure",
	"legal basis", "reasons", "cross-reference", "note", "link",
}

func (a Aspect) String() string { return aspectNames[a] }

// MarshalText writes the name of the aspect.
func (a Aspect) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// mask is a set of aspects.
type mask uint32

const all mask = 1<<aspectCount - 1

// acrossFormats are the aspects that every format of one list words alike;
// CSV and XML cut addresses and documents differently, which is no change.
const acrossFormats mask = 1<<Schema | 1<<PrimaryName | 1<<Programmes | 1<<ListedOn | 1<<DelistedOn

func (m mask) has(a Aspect) bool { return m&(1<<a) != 0 }

// texts gives what an entry says of an aspect, in words, sorted and without
// repetition. Equal texts mean that nothing changed.
func texts(p *party.Party, a Aspect) []string {
	var out []string
	add := func(parts ...string) {
		out = append(out, strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " "))
	}
	switch a {
	case Schema:
		add(string(p.Schema))
	case PrimaryName, Aliases, WeakAliases, NativeNames:
		out = nameTexts(p, a)
	case Gender:
		add(p.Gender)
	case Births:
		for _, b := range p.Births {
			add(birthText(b))
		}
	case Deaths:
		for _, d := range p.Deaths {
			add(d.String())
		}
	case Nationalities:
		for _, c := range p.Nationalities {
			add(country(c))
		}
	case Positions:
		for _, x := range p.Positions {
			add(x.Title, x.Body, x.From.String(), x.To.String())
		}
	case Titles:
		out = append(out, p.Titles...)
	case Founded:
		for _, d := range p.Founded {
			add(d.String())
		}
	case Notes:
		for _, n := range p.Notes {
			add(withoutLinks(n))
		}
	case Links:
		out = append(out, p.Links...)
	default:
		out = thingTexts(p, a)
	}
	out = slices.DeleteFunc(out, func(s string) bool { return s == "" })
	slices.Sort(out)
	return slices.Compact(out)
}

func nameTexts(p *party.Party, a Aspect) []string {
	var out []string
	for i, n := range p.Names {
		at := Aliases
		switch {
		case i == 0:
			at = PrimaryName
		case n.Kind == party.Native:
			at = NativeNames
		case n.Quality == party.Weak:
			at = WeakAliases
		}
		if at != a {
			continue
		}
		text := n.Text
		if n.Kind == party.Former {
			text += " (former)"
		}
		out = append(out, text)
	}
	return out
}

// country prefers the code: "Iran" and "Iran (Islamic Republic of)" are one
// country, and lists go from one to the other for all entries at once.
func country(c party.Country) string {
	if c.Code != "" {
		return c.Code
	}
	return c.Text
}

var links = regexp.MustCompile(`https?://\S+|www\.\S+`)

// withoutLinks leaves addresses of pages out of a note: they are links, and
// they change for all entries at once when a site is rebuilt.
func withoutLinks(note string) string {
	if !strings.Contains(note, "www.") && !strings.Contains(note, "://") {
		return note
	}
	return strings.TrimSpace(strings.ReplaceAll(strings.Join(strings.Fields(links.ReplaceAllString(note, "")), " "), ": ", ":"))
}

func addressText(x party.Address) string {
	parts := []string{x.Street, x.City, x.Region, x.PostCode, country(x.In)}
	if x.Street+x.City+x.Region+x.PostCode == "" && x.Text != x.In.Text {
		parts = []string{x.Text}
	}
	text := strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
	return strings.Trim(text+"; "+x.Note, "; ")
}

func birthText(b party.Birth) string {
	var parts []string
	if !b.Window.IsZero() {
		w := b.Window.String()
		if b.Circa {
			w = "about " + w
		}
		parts = append(parts, w)
	}
	place := strings.Trim(b.Place+", "+country(b.In), ", ")
	for _, s := range []string{place, b.Note} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "; ")
}

func thingTexts(p *party.Party, a Aspect) []string {
	var out []string
	switch a {
	case Documents:
		for _, d := range p.Documents {
			text := strings.TrimSpace(d.Kind + " " + d.Number + " " + country(d.Country))
			for _, x := range []struct{ word, text string }{{"issued", d.Issued.String()}, {"expires", d.Expires.String()}, {"", d.Note}} {
				if x.text != "" {
					text += "; " + strings.TrimSpace(x.word+" "+x.text)
				}
			}
			out = append(out, text)
		}
	case Addresses:
		for _, x := range p.Addresses {
			out = append(out, addressText(x))
		}
	case Relations:
		for _, r := range p.Relations {
			// The target is found by name inside one edition; the name is what
			// the list says.
			who := r.Name
			if who == "" {
				who = r.Target
			}
			out = append(out, r.Kind+" "+who)
		}
	case Craft:
		if p.Vessel != nil {
			out = append(out, craftText(*p.Vessel)...)
		}
		if p.Aircraft != nil {
			out = append(out, fmt.Sprintf("aircraft %+v", *p.Aircraft))
		}
	case Wallets:
		for _, w := range p.Wallets {
			out = append(out, w.Currency+" "+w.Address)
		}
	case Contacts:
		for _, c := range p.Contacts {
			out = append(out, c.Kind+" "+c.Value)
		}
	default:
		for i := range p.Designations {
			out = append(out, designationTexts(&p.Designations[i], a)...)
		}
	}
	return out
}

func craftText(v party.VesselFacts) []string {
	var out []string
	for _, x := range []struct{ word, text string }{
		{"IMO", v.IMO}, {"MMSI", v.MMSI}, {"call sign", v.CallSign}, {"flag", v.Flag.Text}, {"vessel type", v.Type}, {"tonnage", v.Tonnage},
		{"gross tonnage", v.GRT}, {"owner", v.Owner}, {"built", v.Built.String()},
	} {
		if x.text != "" {
			out = append(out, x.word+" "+x.text)
		}
	}
	for _, f := range v.FormerFlags {
		out = append(out, "former flag "+f.Text)
	}
	return out
}

func designationTexts(d *party.Designation, a Aspect) []string {
	switch a {
	case Programmes:
		if len(d.Programmes) > 0 {
			return d.Programmes
		}
		return []string{d.Regime}
	case ListedOn:
		return []string{under(d, d.ListedOn.String())}
	case DelistedOn:
		return []string{under(d, d.DelistedOn.String())}
	case AmendedOn:
		var out []string
		for _, x := range d.AmendedOn {
			out = append(out, x.String())
		}
		return out
	case Measures:
		var out []string
		for _, s := range d.Stated {
			text := s.Text
			if !s.From.IsZero() || !s.To.IsZero() {
				text += " from " + s.From.String() + " until " + s.To.String()
			}
			out = append(out, under(d, text))
		}
		return append(out, d.SourceNotes...)
	case LegalBasis:
		return d.LegalBasis
	case Reasons:
		return []string{d.Reasons}
	case CrossRefs:
		return d.CrossRefs
	}
	return nil
}

// under names the regime where an entry stands under several.
func under(d *party.Designation, text string) string {
	if text == "" || d.Regime == "" {
		return text
	}
	return d.Regime + ": " + text
}

// print is a digest of everything an entry says, and of which aspects it has.
func print(p *party.Party) (sum [2]uint64, carried mask) {
	h := xxh3.New()
	for a := range aspectCount {
		list := texts(p, a)
		if len(list) > 0 {
			carried |= 1 << a
		}
		_, _ = h.Write([]byte{0, byte(a)})
		for _, t := range list {
			_, _ = h.WriteString(t)
			_, _ = h.Write([]byte{1})
		}
	}
	u := h.Sum128()
	return [2]uint64{u.Hi, u.Lo}, carried
}
