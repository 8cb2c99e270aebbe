package screening

import (
	"fmt"
	"testing"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/party"
)

// invented parties
func parties() []party.Party {
	born := func(y int) []party.Birth {
		return []party.Birth{{Window: calendar.Date{Year: y}.Window()}}
	}
	return []party.Party{
		{ID: "x:1", Schema: party.Person, Names: []party.Name{{Text: "Tamaz Qorvashi"}, {Text: "تماز قوروشي", Kind: party.Native}}, Births: born(1961), Nationalities: []party.Country{{Code: "GE"}}},
		{ID: "x:2", Schema: party.Person, Names: []party.Name{{Text: "Arvo Lund"}}, Births: born(1961)},
		{ID: "x:3", Schema: party.Company, Names: []party.Name{{Text: "Velta Trading LLC"}}},
		{ID: "x:4", Schema: party.Vessel, Names: []party.Name{{Text: "MORNING GULL"}}, Vessel: &party.VesselFacts{IMO: "9000001"}},
	}
}

func TestFind(t *testing.T) {
	ix := New(parties())
	for _, c := range []struct {
		q     Query
		first string
		min   float64
		max   float64
	}{
		{Query{Name: "Tamaz Qorvashi"}, "x:1", 1, 1},
		{Query{Name: "QORVASHI, Tamaz"}, "x:1", 1, 1},
		{Query{Name: "Tamaz Qorvashy"}, "x:1", 0.8, 0.999},
		{Query{Name: "تماز قوروشي"}, "x:1", 1, 1},
		{Query{Name: "Arvo Lund", BirthDate: calendar.Date{Year: 1990}.Window()}, "x:2", 0.5, 0.69},
		{Query{Name: "Tamaz Qorvashi", Schema: party.Vessel}, "", 0, 0},
		{Query{Name: "Qorvashi"}, "x:1", 0.3, names.Partial},
		{Query{Name: "Qorvashi", BirthDate: calendar.Date{Year: 1961}.Window(), Country: "GE"}, "x:1", 0.3, names.Partial},
		{Query{Name: "Velta Trading"}, "x:3", 0.9, 1},
		{Query{Number: "IMO 9000001"}, "", 0, 0},
		{Query{Number: "9000001"}, "x:4", 1, 1},
		{Query{Name: ""}, "", 0, 0},
	} {
		hits := ix.Find(c.q)
		if c.first == "" {
			if len(hits) > 0 {
				t.Errorf("%+v: %v", c.q, hits[0])
			}
			continue
		}
		if len(hits) == 0 || hits[0].Party.ID != c.first || hits[0].Score < c.min-1e-9 || hits[0].Score > c.max+1e-9 {
			t.Errorf("%+v: %+v", c.q, hits)
		}
		for _, h := range hits {
			sum := 0.0
			for _, p := range h.Parts {
				sum += p.Weight
			}
			if d := sum - h.Score; d > 1e-6 || d < -1e-6 {
				t.Errorf("%s: parts add up to %f, score %f", h.Party.ID, sum, h.Score)
			}
		}
	}
}

func ExampleIndex_Find() {
	ix := New(parties())
	for _, h := range ix.Find(Query{Name: "Tamas Korvashi"}) {
		fmt.Printf("%s %.1f\n", h.Party.ID, h.Score)
	}
	// Output:
	// x:1 1.0
}
