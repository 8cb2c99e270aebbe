package screening

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/party"
)

// FuzzFind: whatever is asked, the answer is bounded, ordered and adds up.
func FuzzFind(f *testing.F) {
	for _, s := range []string{"", "Tamaz Qorvashi", "a b c", "\xff\xfe", "김정 은", "محمد بن", "Ivаn Pеtrov", "\x00\x01", "OOO Velta 4", strings.Repeat("ab ", 900)} {
		f.Add(s)
	}
	ix := New([]party.Party{
		{ID: "x:1", Schema: party.Person, Names: []party.Name{{Text: "Tamaz Qorvashi"}, {Text: "محمد بن قاسم"}, {Text: "Ivan Petrov", Quality: party.Weak}}},
		{ID: "x:2", Schema: party.Company, Names: []party.Name{{Text: "OOO Velta 4"}, {Text: "\xff"}, {Text: ""}}},
		{ID: "x:3", Schema: party.Vessel, Names: []party.Name{{Text: "MV Morning Gull 7"}}},
	})
	f.Fuzz(func(t *testing.T, s string) {
		for _, schema := range []party.Schema{"", party.Person, party.Company, party.Vessel} {
			last := 1.0
			for _, h := range ix.Find(Query{Name: s, Schema: schema, Floor: 0.01}) {
				sum := 0.0
				for _, p := range h.Parts {
					sum += p.Weight
				}
				if h.Score > last || h.Score < 0 || sum-h.Score > 1e-6 || h.Score-sum > 1e-6 {
					t.Fatalf("%q: %f after %f, parts %f", s, h.Score, last, sum)
				}
				last = h.Score
			}
		}
	})
}
