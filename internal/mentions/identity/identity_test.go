package identity

import (
	"testing"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/story"
)

// An invented entry.
var entry = party.Party{ID: "x:1", Schema: party.Person, Nationalities: []party.Country{{Code: "SY"}},
	Births: []party.Birth{{Window: calendar.Date{Year: 1961}.Window()}}, Positions: []party.Position{{Title: "General"}},
	Notes: []string{"Procured howitzers for the Zulfan Front."}}

func TestEvidence(t *testing.T) {
	for _, c := range []struct {
		text, feature string
		titles        []string
		positive      bool
	}{
		{"NAME spoke in Damascus.", "country", nil, true},
		{"NAME spoke.", "rank", []string{"general"}, true},
		{"NAME bought howitzers.", "listing", nil, true},
		{"NAME, a footballer, spoke.", "calling", nil, false},
		{"NAME, aged 16, spoke.", "age", nil, false},
		{"NAME, 59, spoke.", "age", nil, true},
		{"NAME, born in 1961, spoke.", "birth year", nil, true},
	} {
		titles := map[string]bool{}
		for _, w := range c.titles {
			titles[w] = true
		}
		facts := FactsOf(&entry, nil)
		ctx := new(Reader).Read(c.text, "en", nil, nil, calendar.On(2020, 5, 1))
		found := false
		for _, e := range ctx.Evidence(&entry, facts, titles, []story.Span{{Start: 0, End: 4}}) {
			if e.Feature == c.feature && (e.Weight > 0) == c.positive {
				found = true
			}
		}
		if !found {
			t.Errorf("%s: no %s in %+v", c.text, c.feature, ctx.Evidence(&entry, facts, titles, []story.Span{{Start: 0, End: 4}}))
		}
	}
}

func TestFactless(t *testing.T) {
	if FactsOf(&entry, nil).Bare || !FactsOf(&party.Party{Names: []party.Name{{Text: "Arvo Lund"}}}, nil).Bare {
		t.Error("an entry with names only says nothing")
	}
}
