package claims

import (
	"strings"
	"testing"
)

// TestExplainTellsWhatWasDiscarded holds what --explain shows: trigger, rule and
// arguments of a claim, the tree, and for what gave none the pattern and why.
func TestExplainTellsWhatWasDiscarded(t *testing.T) {
	found, discarded := Explain(readWatched(t, "Imre Varga flew to Cairo on Monday. Imre Varga missed a meeting of the parliament. The minister flew to Minsk.", "2018-06-14"))
	var trip *Claim
	for i := range found {
		if found[i].Activity == "TRV-ENTRY" {
			trip = &found[i]
		}
	}
	if trip == nil {
		t.Fatal("no trip")
	}
	notes, left := strings.Join(trip.Notes, "\n"), strings.Join(discarded, "\n")
	for _, want := range []string{"trigger flew by TRV-ENTRY/", "subj = Imre", "to = Cairo"} {
		if !strings.Contains(notes, want) {
			t.Errorf("notes lack %q:\n%s", want, notes)
		}
	}
	for _, want := range []string{"sentence 1 read as: Imre/", `"meeting": MET-IN/talks (ruled out by gov)`, `sentence 2, "flew"`, "no listed party"} {
		if !strings.Contains(left, want) {
			t.Errorf("discarded lacks %q:\n%s", want, left)
		}
	}
}
