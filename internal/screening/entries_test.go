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
