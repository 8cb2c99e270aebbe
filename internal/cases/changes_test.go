package cases

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/cases/review"
)

// A withdrawal reaches the count, the list of what changed, and everything
// that rested on the report.
func TestWithdrawalReachesEverything(t *testing.T) {
	for _, f := range fixtures(t) {
		if !strings.HasSuffix(f.name, "a withdrawn report counts no more") {
			continue
		}
		notice := "a3"
		before, after := f.in, f.in
		before.Claims, before.Copies = nil, nil
		for _, c := range f.in.Claims {
			if c.Article != notice {
				before.Claims = append(before.Claims, c)
			}
		}
		for _, e := range f.in.Copies {
			if e.Copy != notice {
				before.Copies = append(before.Copies, e)
			}
		}
		was := Build(before)[0]
		after.Decisions = []review.Record{{ID: "r1", Kind: review.Decide, Value: review.Undecided, Claims: []string{f.in.Claims[0].ID}, Who: "Ada", Reason: "x", State: was.MadeBy.Inputs}}
		now := Build(after)[0]
		diff := strings.Join(Changed(was, now), "\n")
		for _, want := range []string{"withdrawn: a1, by a3", "independent origins for: 1", "new reply: Levantine Press, retract", "new pattern: retraction"} {
			if !strings.Contains(diff, want) {
				t.Errorf("%q is not among\n%s", want, diff)
			}
		}
		if !now.Review.Stale {
			t.Error("the decision does not say that reports changed since")
		}
		effects := Effects([]Case{now})
		var on []string
		for _, e := range effects {
			on = append(on, e.On)
		}
		all := strings.Join(on, "\n")
		for _, want := range []string{"counts no more", "article a2", "element trip", "decision of Ada"} {
			if !strings.Contains(all, want) {
				t.Errorf("%q is not among\n%s", want, all)
			}
		}
		if got := Changed(now, now); len(got) != 0 {
			t.Errorf("a case differs from itself: %v", got)
		}
		return
	}
	t.Fatal("fixture not found")
}
