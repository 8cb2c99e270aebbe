package mentions

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/party"
)

// Words that many bodies share mean a listed one only where the text names it.
func TestHints(t *testing.T) {
	ix := New([]party.Party{{ID: "x:1", Schema: party.Organization, Names: []party.Name{{Text: "Korbelian Foreign Trade Bank"}}}})
	for _, c := range []struct{ text, want string }{
		{"The Foreign Trade Bank of another country closed.", ""},
		{"Korbelian Foreign Trade Bank closed. The Foreign Trade Bank said nothing.", "Korbelian Foreign Trade Bank|Foreign Trade Bank"},
	} {
		// Twice: what a run gave is remembered, with its hints.
		for range 2 {
			var got []string
			for _, m := range find(ix, c.text, "en").Mentions {
				got = append(got, m.Text)
			}
			if strings.Join(got, "|") != c.want {
				t.Errorf("%s: %q, want %q", c.text, got, c.want)
			}
		}
	}
}
