package changes

import (
	"testing"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/review"
)

func TestConcerns(t *testing.T) {
	c := cases.Case{ID: "c1", Claims: []cases.ClaimLine{{ID: "k1"}}}
	all := []review.Record{
		{ID: "r1", Case: "c1"}, {ID: "r2", Case: "c2"}, {ID: "r3", Claims: []string{"k1"}}, {ID: "r4", Other: []string{"k1"}}, {ID: "r5", Claims: []string{"k9"}},
		{ID: "r6", Of: "r1"}, {ID: "r7", Of: "r6"}, {ID: "r8", Of: "r2"}, {ID: "r9", Of: "none"}, {ID: "r10"},
	}
	want := map[string]bool{"r1": true, "r3": true, "r4": true, "r6": true, "r7": true}
	for _, r := range all {
		if got := Concerns(r, c, all); got != want[r.ID] {
			t.Errorf("%s: %v, want %v", r.ID, got, want[r.ID])
		}
	}
}
