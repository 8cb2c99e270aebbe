package claims

import (
	"strings"
	"testing"
)

// TestWhere: the place of a deed by the words for who gets the goods, by what
// is ordered, and by the land taken meanwhile.
func TestWhere(t *testing.T) {
	for _, c := range []struct{ text, activity, place string }{
		{"Varga sold rifles to Lebanese militias in May, the ministry said.", "ARM-SUPPLY", "Lebanon"},
		{"General Imre Varga ordered the missile drill to be held for the first time near the capital, Damascus.", "MET-COMMAND", "Damascus"},
		{"Varga captured hundreds of rifles from soldiers when he overran parts of Iraq.", "ARM-PROCURE", "Iraq"},
	} {
		place := ""
		for _, f := range Extract(read(t, c.text, "2020-06-15", "", "Imre Varga")) {
			for _, l := range []*Location{f.Place, f.To} {
				if string(f.Activity) == c.activity && l != nil {
					place += " " + l.Text
				}
			}
		}
		if !strings.Contains(place, c.place) {
			t.Errorf("%q: %s at%s, not at %s", c.text, c.activity, place, c.place)
		}
	}
}

// TestPartsOfASentence: two deeds of one kind in one sentence are each anchored
// to its own part, a lone deed to the sentence.
func TestPartsOfASentence(t *testing.T) {
	text := "Imre Varga flew to Moscow on Friday, before returning to Cairo by train, two officials said. Varga sold rifles to Syria in May."
	in := read(t, text, "2020-06-15", "", "Imre Varga")
	want := map[string]string{
		"Moscow": "Imre Varga flew to Moscow on Friday",
		"Cairo":  "before returning to Cairo by train, two officials said.",
		"Syria":  "Varga sold rifles to Syria in May.",
	}
	seen := 0
	for _, c := range Extract(in) {
		if c.To == nil || want[c.To.Text] == "" {
			continue
		}
		seen++
		if got := c.Evidence.Of(in.Document.Text); got != want[c.To.Text] {
			t.Errorf("to %s: %q, not %q", c.To.Text, got, want[c.To.Text])
		}
		if !c.Evidence.Contains(c.Trigger) {
			t.Errorf("to %s: the trigger stands outside the evidence", c.To.Text)
		}
	}
	if seen != len(want) {
		t.Errorf("%d of %d deeds found", seen, len(want))
	}
}
