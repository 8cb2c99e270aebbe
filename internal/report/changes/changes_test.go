package changes

import (
	"strings"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/story"
)

// scene: an agency reports a trip, a paper carries it on, the agency withdraws.
func scene(withdrawn bool) cases.Input {
	in := cases.Input{Parties: []party.Party{{ID: "inv:1", Schema: party.Person, Names: []party.Name{{Text: "Odvar Brenning"}}, Designations: []party.Designation{{Authority: "INV", Reference: "1"}}}}}
	add := func(id, outlet string, day int, act, text string) {
		in.Articles = append(in.Articles, story.Article{ID: id, Outlet: outlet, Published: time.Date(2019, 6, day, 9, 0, 0, 0, time.UTC), Language: "en", Text: text})
		c := claims.Claim{ID: id, Article: id, Activity: "TRV-ENTRY", Aspect: claims.Completed, Polarity: "+", Act: "assert", Certainty: "certain", Evidence: story.Span{End: len(text)},
			Players: []claims.Player{{Role: claims.Traveller, Name: "Odvar Brenning", Party: "inv:1", Listed: true}}, To: &claims.Location{Text: "Gomel", Name: "Gomel", Country: "BY", Kind: "city"},
			When: &claims.When{Window: calendar.Between(calendar.On(2019, 6, 8), calendar.On(2019, 6, 8))}, Chain: []claims.Link{{Kind: "anonymous", Holder: "a source at the airport"}}}
		if act == "retract" {
			c.Act, c.Certainty, c.Scope, c.Chain, c.When = "retract", "uncommitted", "whole", nil, nil
		}
		in.Claims = append(in.Claims, c)
	}
	add("a1", "Levantine Press", 9, "assert", "Brenning flew in on Saturday, a source at the airport said.")
	add("a2", "Portovy Vestnik", 9, "assert", "Brenning flew in, Levantine Press reports, citing a source at the airport.")
	in.Copies = []echoes.Edge{{Copy: "a2", Of: "a1", Relation: echoes.Credited}}
	if withdrawn {
		add("a3", "Levantine Press", 10, "retract", "EDITORS: please kill our story of June 9; the passenger was another man.")
		in.Copies = append(in.Copies, echoes.Edge{Copy: "a3", Of: "a1", Relation: echoes.OwnUpdate})
	}
	return in
}

// A withdrawal reaches the count, the list of what changed, and everything
// that rested on the report.
func TestWithdrawalReachesEverything(t *testing.T) {
	was := cases.Build(scene(false))[0]
	in := scene(true)
	in.Decisions = []review.Record{{ID: "r1", Kind: review.Decide, Value: review.Undecided, Claims: []string{"a1"}, Who: "Ada", Reason: "x", State: was.MadeBy.Inputs}}
	now := cases.Build(in)[0]
	diff := strings.Join(Changed(was, now), "\n")
	for _, want := range []string{"withdrawn: a1, by a3", "independent origins for: 0, were 1", "new reply: Levantine Press, retract", "new pattern: retraction", "review: undecided"} {
		if !strings.Contains(diff, want) {
			t.Errorf("%q is not among\n%s", want, diff)
		}
	}
	if !now.Review.Stale {
		t.Error("the decision does not say that reports changed since")
	}
	var on []string
	for _, e := range Effects([]cases.Case{now}) {
		on = append(on, e.On)
	}
	for _, want := range []string{"counts no more", "article a2", "element trip", "decision of Ada"} {
		if all := strings.Join(on, "\n"); !strings.Contains(all, want) {
			t.Errorf("%q is not among\n%s", want, all)
		}
	}
	if got := Changed(now, now); len(got) != 0 {
		t.Errorf("a case differs from itself: %v", got)
	}
	if got := Effects([]cases.Case{was}); len(got) != 0 {
		t.Errorf("effects of nothing: %v", got)
	}
}
