package screening

import (
	"testing"

	"github.com/reportedly/reportedly/internal/party"
)

// TestBodiesAreNotHeard screens names of ordinary people and companies, most
// without a type, against short names of ships and bodies. Whoever transcribes a
// person's name by ear parts and joins it freely; ships and bodies are another
// ship and another body a letter on.
func TestBodiesAreNotHeard(t *testing.T) {
	listed := []party.Party{
		{ID: "x:1", Schema: party.Vessel, Names: []party.Name{{Text: "MARENA"}}},
		{ID: "x:2", Schema: party.Organization, Names: []party.Name{{Text: "LARISA"}, {Text: "E.L.T."}}},
		{ID: "x:3", Schema: party.Company, Names: []party.Name{{Text: "LLC TONDAREN"}}},
		{ID: "x:4", Schema: party.Airplane, Names: []party.Name{{Text: "YK-AVO"}}},
		{ID: "x:5", Schema: party.Vessel, Names: []party.Name{{Text: "PETROVEL"}}},
		{ID: "x:6", Schema: party.Person, Names: []party.Name{{Text: "Abdul Manan"}}},
		{ID: "x:7", Schema: party.Company, Names: []party.Name{{Text: "TONDAREN SHIPPING COMPANY"}}},
	}
	ix := New(listed)
	for _, name := range []string{"Marena Yu", "Marina Go", "Mara Hena", "Lars Isa", "Lara", "ELD", "Ava Yu", "Peter Vella", "Abdul Chen", "Tendirin", "Tondelin"} {
		for _, schema := range []party.Schema{"", party.Company} {
			for _, h := range ix.Find(Query{Name: name, Schema: schema}) {
				if h.Score >= Default {
					t.Errorf("%s (%s): %s %s %.2f %v", name, schema, h.Party.ID, h.Matched, h.Score, h.Parts)
				}
			}
		}
	}
	for name, id := range map[string]string{"MV Marena": "x:1", "Tondaren": "x:3", "Tondaren LLC": "x:3", "OOO Tondaren": "x:3", "Petro Vel": "x:5", "YK AVO": "x:4", "ELT": "x:2", "Tondarem Shipping Co": "x:7", "Abd al-Mannan": "x:6"} {
		found := false
		for _, h := range ix.Find(Query{Name: name}) {
			found = found || h.Party.ID == id && h.Score >= Default
		}
		if !found {
			t.Errorf("%s: %s was not found: %v", name, id, ix.Find(Query{Name: name, Floor: 0.01}))
		}
	}
}
