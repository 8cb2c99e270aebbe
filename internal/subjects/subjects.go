package subjects

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
)

// Subject is somebody or something to be screened.
type Subject struct {
	ID        string          `json:"id"` // the owner's own number
	Name      string          `json:"name"`
	Aliases   []string        `json:"aliases,omitempty"`
	Schema    party.Schema    `json:"schema,omitempty"`
	BirthDate calendar.Window `json:"birth_date"`
	Countries []string        `json:"countries,omitempty"` // ISO codes, upper case
	Gender    string          `json:"gender,omitempty"`
	Numbers   []string        `json:"numbers,omitempty"` // passports, registers, ships
	// Row and Line are its place in its file, both from 1.
	Row  int `json:"-"`
	Line int `json:"-"`
}

// Hash names what a match depends on: two subjects with one hash get the same
// hits.
func (s Subject) Hash() string {
	s.ID, s.Row, s.Line = "", 0, 0
	return hashOf(s)
}

// HashOf names what a decision about a list entry depends on: who it is, and
// under which designations it stands. Notes, links and the place in a file do
// not count.
func HashOf(p *party.Party) string {
	return hashOf(struct {
		Identity     string
		Designations []listing
	}{Identity(p), listings(p)})
}

// Identity names what of an entry decides whether a subject matches it.
func Identity(p *party.Party) string {
	vessel, aircraft := party.VesselFacts{}, party.AircraftFacts{}
	if p.Vessel != nil {
		vessel = party.VesselFacts{IMO: p.Vessel.IMO, MMSI: p.Vessel.MMSI, CallSign: p.Vessel.CallSign, Flag: p.Vessel.Flag}
	}
	if p.Aircraft != nil {
		aircraft = *p.Aircraft
	}
	var addresses []string
	for _, a := range p.Addresses {
		addresses = append(addresses, a.In.Code)
	}
	return hashOf(struct {
		Schema    party.Schema
		Names     []party.Name
		Gender    string
		Births    []party.Birth
		Countries []party.Country
		Documents []party.Document
		Addresses []string
		Wallets   []party.Wallet
		Vessel    party.VesselFacts
		Aircraft  party.AircraftFacts
		Founded   []calendar.Date
	}{p.Schema, p.Names, p.Gender, p.Births, p.Nationalities, p.Documents, addresses, p.Wallets, vessel, aircraft, p.Founded})
}

// listing is a designation without what editions add day by day.
type listing struct {
	Authority, List, Reference, Regime string
	Programmes                         []string
	Gone                               bool
}

func listings(p *party.Party) []listing {
	var out []listing
	for i := range p.Designations {
		d := &p.Designations[i]
		out = append(out, listing{d.Authority, d.List, d.Reference, d.Regime, d.Programmes, !Standing(d)})
	}
	return out
}

// Standing reports whether the newest edition of its list holds a designation.
func Standing(d *party.Designation) bool {
	if d.Status == party.Delisted || !d.DelistedOn.IsZero() {
		return false
	}
	return len(d.Periods) == 0 || d.Periods[len(d.Periods)-1].Gone.IsZero()
}

func hashOf(v any) string {
	j, err := json.Marshal(v)
	if err != nil {
		panic("subjects: " + err.Error()) // plain values: cannot fail
	}
	sum := sha256.Sum256(j)
	return hex.EncodeToString(sum[:12])
}

// Finder ranks parties by what is known of somebody; screening.Index does.
type Finder interface {
	Find(screening.Query) []screening.Hit
}

// Ask says how subjects are screened.
type Ask struct {
	Limit     int          // hits of one subject, 0 = 10
	Threshold float64      // score from which a hit counts as a match, 0 = screening.Default
	Floor     float64      // least score that is shown, 0 = the threshold
	Schema    party.Schema // of subjects that do not say
	Only      func(*party.Party) bool
}

// Filled gives the ask with its usual values.
func (a Ask) Filled() Ask {
	if a.Limit <= 0 {
		a.Limit = 10
	}
	if a.Threshold <= 0 {
		a.Threshold = screening.Default
	}
	if a.Floor <= 0 {
		a.Floor = a.Threshold
	}
	return a
}

// Most spellings, countries and numbers of one subject that are asked for.
const (
	maxNames     = 8
	maxCountries = 3
	maxNumbers   = 8
)

// queries gives what the finder is asked about a subject.
func (s Subject) queries(a Ask) []screening.Query {
	q := screening.Query{Schema: s.Schema, BirthDate: s.BirthDate, Gender: s.Gender, Limit: a.Limit, Floor: a.Floor, Only: a.Only}
	if q.Schema == "" {
		q.Schema = a.Schema
	}
	countries := s.Countries[:min(len(s.Countries), maxCountries)]
	all := append([]string{s.Name}, s.Aliases...)
	names := slices.DeleteFunc(all[:min(len(all), maxNames)], func(n string) bool { return n == "" })
	return q.Each(names, countries, s.Numbers[:min(len(s.Numbers), maxNumbers)])
}

// Find gives the hits of a subject under all its names and numbers, each party
// once with its best score.
func (s Subject) Find(ix Finder, a Ask) []screening.Hit {
	a = a.Filled()
	queries := s.queries(a)
	if len(queries) == 1 {
		return ix.Find(queries[0])
	}
	best := map[string]screening.Hit{}
	for _, q := range queries {
		for _, h := range ix.Find(q) {
			if old, ok := best[h.Party.ID]; !ok || h.Score > old.Score {
				best[h.Party.ID] = h
			}
		}
	}
	out := make([]screening.Hit, 0, len(best))
	for _, h := range best {
		out = append(out, h)
	}
	slices.SortFunc(out, func(a, b screening.Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.NameScore, a.NameScore), cmp.Compare(a.Party.ID, b.Party.ID))
	})
	return out[:min(len(out), a.Limit)]
}
