package screening

import (
	"fmt"
	"testing"

	"github.com/reportedly/reportedly/internal/party"
)

// Many lists carry one man under the same spellings: every entry is found.
func TestManyEntriesOfOneName(t *testing.T) {
	var all []party.Party
	for i := range 200 {
		all = append(all, party.Party{ID: fmt.Sprintf("list%d:1", i), Schema: party.Person, Names: []party.Name{
			{Text: "Vardan Ohlsgaard", Kind: party.Primary}, {Text: "Wardan Olsgard", Kind: party.Alias}, {Text: "Vartan Ohlsgard", Kind: party.Alias}}})
	}
	hits := New(all).Find(Query{Name: "Vardan Ohlsgaard", Limit: 500})
	if len(hits) != len(all) {
		t.Errorf("%d of %d entries found", len(hits), len(all))
	}
	for _, h := range hits {
		if h.Score < 1 {
			t.Errorf("%s scores %.3f for its own name", h.Party.ID, h.Score)
			break
		}
	}
}

// A filter is asked before the cut: those left out take nobody's place.
func TestOnly(t *testing.T) {
	var all []party.Party
	for i := range 3000 {
		all = append(all, party.Party{ID: fmt.Sprintf("list%d:1", i), Schema: party.Person, Names: []party.Name{{Text: "Vardan Ohlsgaard"}},
			Documents: []party.Document{{Number: "A1234567"}}})
	}
	only := func(p *party.Party) bool { return p.ID == "list2999:1" }
	ix := New(all)
	for _, q := range []Query{{Name: "Vardan Ohlsgaard", Only: only}, {Number: "A1234567", Only: only}} {
		if hits := ix.Find(q); len(hits) != 1 || hits[0].Party.ID != "list2999:1" {
			t.Errorf("%+v: %d hits", q, len(hits))
		}
	}
}
