package happenings

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/prose/places"
)

// Place of a happening at the precision the reports give.
type Place struct {
	Name    string   `json:"name"`
	Country string   `json:"country,omitempty"`
	Kind    string   `json:"kind,omitempty"`
	ID      int      `json:"geonames,omitempty"`
	Lat     float64  `json:"lat,omitempty"`
	Lon     float64  `json:"lon,omitempty"`
	Claims  []string `json:"claims,omitempty"`
	Basis   string   `json:"basis,omitempty"` // where no report of the deed names it
}

// PlacesOf gathers the places that claims give, the finest first.
func PlacesOf(ts []*Told, pick func(*Told) *claims.Location) []Place {
	var out []Place
	for _, t := range ts {
		p := pick(t)
		if p == nil || t.Replies() && !t.Denies() {
			continue
		}
		name := cmp.Or(p.Name, p.Text)
		i := slices.IndexFunc(out, func(o Place) bool { return o.Name == name && o.Country == p.Country })
		if i < 0 {
			out = append(out, Place{Name: name, Country: p.Country, Kind: p.Kind, ID: p.ID, Lat: p.Lat, Lon: p.Lon})
			i = len(out) - 1
		}
		out[i].Claims = append(out[i].Claims, t.ID)
	}
	fine := []string{"facility", "city", "region", "country", "area", ""}
	slices.SortStableFunc(out, func(a, b Place) int {
		return cmp.Or(slices.Index(fine, a.Kind)-slices.Index(fine, b.Kind), len(b.Claims)-len(a.Claims), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// FiledFrom is the basis of a place taken from datelines.
const FiledFrom = "inferred: filed from the party's own State; no report names another"

// atDesk are the groups of deeds done on paper: a sale of shares has no place
// that a reporter would tell.
var atDesk = []string{"assets", "money", "account", "company", "finance", "service"}

// Filed infers the State of a deed done on paper: no claim of it names one,
// and a report is filed from the party's own. It stays the least that is
// known, and the question where it was stays open.
func Filed(ts []*Told, own []string) (Place, bool) {
	g, err := places.Load()
	if err != nil || len(ts) == 0 {
		return Place{}, false
	}
	var found Place
	for _, t := range ts {
		if !slices.Contains(atDesk, t.Role.Group) || t.Country != "" || t.From != nil && t.From.Country != "" || t.To != nil && t.To.Country != "" {
			return Place{}, false
		}
		for _, name := range datelines(t.Doc.Text) {
			for _, p := range g.Lookup(name) {
				if found.Name == "" && slices.Contains(own, p.Country) {
					found = Place{Name: p.Name, Country: p.Country, Kind: string(p.Kind), ID: p.ID, Lat: p.Lat, Lon: p.Lon, Basis: FiledFrom}
				}
			}
		}
	}
	return found, found.Name != ""
}

// datelineRE is the head of a dispatch: "BEIRUT, Sept 13 (Meridian) - ",
// "MINSK/BEIRUT - ", "بيروت – المرساة:".
var datelineRE = regexp.MustCompile(`^\s*([\p{L}][\p{L}' ./-]{1,40}?)(?:,[^()\n]{2,25}?)?\s*(?:\([^()\n]{2,40}\))?\s*[-–—:.]{1,2}\s`)

// datelines are the places named at the head of a story; words in small
// letters are a sentence, not a dateline.
func datelines(text string) []string {
	m := datelineRE.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	if strings.ContainsFunc(m[1], unicode.IsUpper) && strings.ContainsFunc(m[1], unicode.IsLower) {
		return nil
	}
	return strings.FieldsFunc(m[1], func(r rune) bool { return r == '/' })
}
