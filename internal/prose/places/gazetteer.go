package places

import (
	_ "embed"
	"math"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/reportedly/reportedly/internal/prose/places/table"
)

//go:embed data/gazetteer.zst
var packed []byte

// Gazetteer answers what places a name can mean. It is read-only and safe to
// share.
type Gazetteer struct {
	table *table.Table
	words *wordLists
}

// Load opens the embedded gazetteer, once for the process.
func Load() (*Gazetteer, error) { return loaded() }

var loaded = sync.OnceValues(func() (*Gazetteer, error) {
	t, err := table.Open(packed)
	if err != nil {
		return nil, err
	}
	g := &Gazetteer{table: t}
	g.words, err = loadWords(g)
	return g, err
})

// maxReadings bounds the readings of one name: "San Antonio" has hundreds.
const maxReadings = 24

// reading is one place that a name can mean.
type reading struct {
	Place
	alt     bool
	section bool
	seat    bool
	county  bool
}

func (g *Gazetteer) place(i int) reading {
	p := g.table.Place(i)
	return reading{
		Place: Place{ID: p.ID, Name: p.Name, Country: p.Country, Admin1: p.Admin1, Kind: kindOfCode[p.Kind],
			Capital: p.Flags&FlagCapital != 0, Lat: p.Lat, Lon: p.Lon, Population: p.Population},
		section: p.Flags&FlagSection != 0, seat: p.Flags&FlagSeat != 0, county: p.Kind == CodeCounty,
	}
}

// readings gives what a folded name can mean; longer tells that longer names
// begin with it.
func (g *Gazetteer) readings(key []byte) (out []reading, longer bool) {
	var buf [64]table.Posting
	found, longer := g.table.Find(key, buf[:0])
	for i, p := range found {
		if i >= maxReadings && !g.large(p.Index) {
			continue
		}
		r := g.place(p.Index)
		r.alt = p.Alt
		out = append(out, r)
	}
	return out, longer
}

// large: countries and provinces carry no population order among cities.
func (g *Gazetteer) large(i int) bool {
	k := g.table.Kind(i)
	return k == CodeCountry || k == CodeRegion || k == CodeArea
}

// Lookup gives the places of a name in any script of the gazetteer, the most
// populous first, countries before provinces before cities.
func (g *Gazetteer) Lookup(name string) []Place {
	rs, _ := g.readings(table.AppendFold(nil, name))
	out := make([]Place, 0, len(rs))
	for _, kinds := range [][]Kind{{Country}, {Area}, {Region}, {City, Facility}} {
		for _, r := range rs {
			for _, k := range kinds {
				if r.Kind == k {
					out = append(out, r.Place)
				}
			}
		}
	}
	return out
}

// Country reads a name, a demonym ("Russian", "an Iranian official" gives
// nothing: one word or name at a time) or an ISO 3166 code of two or three
// capitals.
func (g *Gazetteer) Country(text string) (iso string, ok bool) {
	text = strings.TrimSpace(text)
	key := table.Fold(text)
	rs, _ := g.readings([]byte(key))
	for _, alt := range []bool{false, true} {
		for _, r := range rs {
			if r.Kind == Country && r.alt == alt {
				return r.Country, true
			}
		}
	}
	if d, ok := g.words.demonyms[key]; ok && d.Kind == Country {
		return d.Country, true
	}
	if (len(text) == 2 || len(text) == 3) && strings.ToUpper(text) == text {
		if r, err := language.ParseRegion(text); err == nil && r.IsCountry() {
			return r.String(), true
		}
	}
	return "", false
}

// Contains tells whether a place lies in a country ("SY") or in a province by
// its GeoNames code ("SY.09").
func (g *Gazetteer) Contains(region string, p Place) bool {
	iso, admin, hasAdmin := strings.Cut(region, ".")
	if p.Country != iso || iso == "" {
		return false
	}
	return !hasAdmin || p.Admin1 == admin && p.Kind != Country
}

// Compatible tells whether two places can be meant by the same report, at the
// coarser precision of the two: Moscow and Russia are, Moscow and Saint
// Petersburg are not; two cities within 30 km are (a suburb, an airport).
func (g *Gazetteer) Compatible(a, b Place) bool {
	switch {
	case a.ID != 0 && a.ID == b.ID:
		return true
	case a.Kind == Area || b.Kind == Area:
		return g.areaHolds(a, b) || g.areaHolds(b, a)
	case a.Country != b.Country:
		return false
	case a.Kind == Country || b.Kind == Country:
		return true
	case a.Kind == Region || b.Kind == Region:
		return a.Admin1 == b.Admin1 || Distance(a, b) < 30
	}
	return Distance(a, b) < 30
}

func (g *Gazetteer) areaHolds(area, p Place) bool {
	if area.Kind != Area {
		return false
	}
	if area.Name == p.Name {
		return true
	}
	for _, iso := range g.words.areaCountries[area.Name] {
		if iso == p.Country {
			return true
		}
	}
	return false
}

// Distance in kilometres along the great circle.
func Distance(a, b Place) float64 {
	const radius, rad = 6371, math.Pi / 180
	dLat, dLon := (b.Lat-a.Lat)*rad/2, (b.Lon-a.Lon)*rad/2
	h := math.Pow(math.Sin(dLat), 2) + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*math.Pow(math.Sin(dLon), 2)
	return 2 * radius * math.Asin(math.Min(1, math.Sqrt(h)))
}
