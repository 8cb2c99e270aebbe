package claims

import (
	"strings"
	"testing"
)

// where gives the places of the claims of an activity: "to|place|basis".
func where(t *testing.T, text, code string) []string {
	t.Helper()
	var out []string
	for _, c := range Extract(readWatched(t, text, "2018-06-14")) {
		if string(c.Activity) != code || c.Act != "assert" {
			continue
		}
		to, place, basis := "", "", ""
		if c.To != nil {
			to = c.To.Text
		}
		if c.Place != nil {
			place, basis = c.Place.Text, c.Place.Basis
		}
		out = append(out, to+"|"+place+"|"+basis)
	}
	return out
}

func TestPlaceOfADeed(t *testing.T) {
	for _, c := range []struct{ text, code, want string }{
		{"Imre Varga ordered the exercise to be conducted in Minsk.", "MET-COMMAND", "|Minsk|"},
		{"Crimson Dawn fighters captured dozens of tanks from fleeing soldiers when they seized swaths of Libya.", "ARM-PROCURE", "|Libya|"},
		{"Iran sent rockets intended for Lebanon's Crimson Dawn movement.", "ARM-SUPPLY", "Lebanon|Lebanon|country of the recipient"},
		{"Imre Varga owns a stake in the club, which remains one of his Spanish assets.", "AST-HOLD", "|Spain|country of the asset"},
		{"Talks about the prisoners were held in the town of Banki. Crimson Dawn broke off the talks.", "MET-IN", "|Banki|named with it before"},
		{"The government held talks with Crimson Dawn to free the nurses, who were kidnapped in Tripoli.", "MET-IN", "||"},
	} {
		if got := strings.Join(where(t, c.text, c.code), " "); got != c.want {
			t.Errorf("%s: %s at %q, want %q", c.text, c.code, got, c.want)
		}
	}
}

func TestTwinsStandOnTheirOwnWords(t *testing.T) {
	text := "Imre Varga arrived in Minsk on Monday following a visit to Tripoli."
	var got []string
	for _, c := range Extract(readWatched(t, text, "2018-06-14")) {
		if c.Activity == "TRV-ENTRY" {
			got = append(got, c.Evidence.Of(text))
		}
	}
	want := "Imre Varga arrived in Minsk on Monday / following a visit to Tripoli."
	if strings.Join(got, " / ") != want {
		t.Errorf("evidence %q, want %q", got, want)
	}
}
