package bearers

import (
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/story"
)

// scene: a1 of the Tidewater Agency tells of Odvar Brenning, who is accepted;
// b1 tells of a man whose bearer is open.
type scene struct {
	outlet   string // of b1
	day      int    // of b1, in March 2019; a1 is of the 4th
	relation echoes.Relation
	name     string // as b1 writes it
	rival    float64
	support  string
	against  string
	status   mentions.Status
}

func (c scene) settle() (string, Ground) {
	when := func(day int) time.Time { return time.Date(2019, 3, day, 9, 0, 0, 0, time.UTC) }
	arts := []story.Article{{ID: "a1", Outlet: "Tidewater Agency", Published: when(4)}, {ID: "b1", Outlet: c.outlet, Published: when(c.day)}}
	mine := mentions.Hypothesis{Party: "inv:1", Score: 0.7, For: []mentions.Evidence{{Feature: "name", Text: "listed name"}}}
	if c.support != "" {
		mine.For = append(mine.For, mentions.Evidence{Feature: "rank", Text: c.support})
	}
	if c.against != "" {
		mine.Against = []mentions.Evidence{{Feature: c.against, Weight: -3}}
	}
	open := mentions.Cluster{Mentions: []int{0, 1}, Status: c.status, Hypotheses: []mentions.Hypothesis{mine, {Party: "inv:2", Score: c.rival}, {Score: 0.2}}}
	sure := mentions.Cluster{Mentions: []int{0}, Status: mentions.Accepted, Hypotheses: []mentions.Hypothesis{{Party: "inv:1", Score: 0.95,
		For: []mentions.Evidence{{Feature: "rank", Text: "called harbour chief by the text and by the list"}}}}}
	in := Input{Arts: happenings.NewShelf(arts), Outlet: outletOf(arts), Mentions: map[string]mentions.Result{
		"a1": {Mentions: []mentions.Mention{{Text: "Odvar Brenning", Form: mentions.Full}}, Clusters: []mentions.Cluster{sure}},
		"b1": {Mentions: []mentions.Mention{{Text: c.name, Form: mentions.Full}, {Text: "the harbour chief", Form: mentions.Role}}, Clusters: []mentions.Cluster{open}},
	}}
	if c.relation != "" {
		in.Copies = []echoes.Edge{{Copy: "b1", Of: "a1", Relation: c.relation}}
	}
	in.Claims = []claims.Claim{{ID: "c", Article: "b1", Activity: "TRV-ENTRY", Players: []claims.Player{{Role: claims.Traveller, Surface: "The harbour chief", Candidates: []string{"inv:1", "inv:2"}, Cluster: 0}}}}
	got, grounds := Settle(in)
	if in.Claims[0].Players[0].Party != "" {
		return "the claim given was changed", Ground{}
	}
	return got[0].Players[0].Party, grounds[Key{"b1", 0}]
}

func outletOf(arts []story.Article) func(string) string {
	return func(id string) string {
		for _, a := range arts {
			if a.ID == id {
				return a.Outlet
			}
		}
		return ""
	}
}

func TestSettle(t *testing.T) {
	const called = "called harbour chief by the text and by the list"
	for name, c := range map[string]struct {
		scene
		want string
	}{
		"a copy":                              {scene{outlet: "Coast Star", day: 5, relation: echoes.Verbatim, name: "Odvar Brenning"}, "inv:1"},
		"a translation spells it anew":        {scene{outlet: "Der Kai", day: 5, relation: echoes.Translation, name: "O. Brening"}, "inv:1"},
		"a re-report":                         {scene{outlet: "Coast Star", day: 5, relation: echoes.Credited, name: "Brenning"}, "inv:1"},
		"the same outlet's update":            {scene{outlet: "Tidewater Agency", day: 4, relation: echoes.OwnUpdate, name: "Brenning"}, "inv:1"},
		"the outlet's next story":             {scene{outlet: "Tidewater Agency", day: 9, name: "Odvar Brenning", support: called}, "inv:1"},
		"its next story, described otherwise": {scene{outlet: "Tidewater Agency", day: 9, name: "Odvar Brenning", support: "called singer"}, ""},
		"its next story, surname alone":       {scene{outlet: "Tidewater Agency", day: 9, name: "Brenning", support: called}, ""},
		"its story of two weeks later":        {scene{outlet: "Tidewater Agency", day: 20, name: "Odvar Brenning", support: called}, ""},
		"a namesake elsewhere the same day":   {scene{outlet: "Coast Star", day: 4, name: "Odvar Brenning", support: called}, ""},
		"a copy that speaks of another age":   {scene{outlet: "Coast Star", day: 5, relation: echoes.EditedCopy, name: "Odvar Brenning", against: "age"}, ""},
		"a copy that gives another calling":   {scene{outlet: "Coast Star", day: 5, relation: echoes.EditedCopy, name: "Odvar Brenning", against: "calling"}, ""},
		"a copy in which a rival is near":     {scene{outlet: "Coast Star", day: 5, relation: echoes.Verbatim, name: "Brenning", rival: 0.5}, ""},
		"a far rival":                         {scene{outlet: "Coast Star", day: 5, relation: echoes.Verbatim, name: "Brenning", rival: 0.1}, "inv:1"},
		"what was rejected stays so":          {scene{outlet: "Coast Star", day: 5, relation: echoes.Verbatim, name: "Brenning", status: mentions.Rejected}, ""},
	} {
		if c.status == "" {
			c.status = mentions.Undecided
		}
		got, g := c.settle()
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if got != "" && (g.Of != "a1" || g.Text == "") {
			t.Errorf("%s: settled without its ground: %+v", name, g)
		}
	}
}

// A story that is taken over and over is followed to where it began.
func TestSettleThroughSteps(t *testing.T) {
	arts := []story.Article{{ID: "a"}, {ID: "b"}, {ID: "c"}}
	player := claims.Player{Role: claims.Traveller, Candidates: []string{"inv:1"}}
	sure := player
	sure.Party = "inv:1"
	in := Input{Arts: happenings.NewShelf(arts), Outlet: outletOf(arts),
		Claims: []claims.Claim{{ID: "1", Article: "a", Players: []claims.Player{sure}}, {ID: "2", Article: "c", Players: []claims.Player{player}}},
		Copies: []echoes.Edge{{Copy: "c", Of: "b", Relation: echoes.Credited}, {Copy: "b", Of: "a", Relation: echoes.Translation}, {Copy: "a", Of: "c", Relation: echoes.Uncredited}}}
	got, _ := Settle(in)
	if got[1].Players[0].Party != "inv:1" {
		t.Errorf("%+v", got[1].Players[0])
	}
	in.Copies = []echoes.Edge{{Copy: "a", Of: "c", Relation: echoes.Translation}}
	if got, _ = Settle(in); got[1].Players[0].Party != "inv:1" {
		t.Error("a text and its translation have one bearer")
	}
	in.Copies[0].Relation = echoes.Credited
	if got, _ = Settle(in); got[1].Players[0].Party != "" {
		t.Error("settled by an article that only re-reports it")
	}
	in.Copies = nil
	if got, _ = Settle(in); got[1].Players[0].Party != "" {
		t.Error("settled by an article it has nothing to do with")
	}
}

func TestNames(t *testing.T) {
	r := mentions.Result{Clusters: []mentions.Cluster{{}, {}}, Mentions: []mentions.Mention{
		{Text: "the harbour chief", Form: mentions.Role}, {Text: "Brenning", Form: mentions.Surname}, {Text: "Odvar\nBrenning", Form: mentions.Full},
		{Text: "he", Form: mentions.Pronoun}, {Text: "Brenning", Form: mentions.Surname}, {Text: "Idun Varg", Form: mentions.Full, Cluster: 1}}}
	got := Names(r, 0)
	if len(got) != 2 || got[0] != "Odvar Brenning" || got[1] != "Brenning" {
		t.Errorf("%q", got)
	}
}

// Place and day settle a bearer across outlets only where name and description
// are alike too.
func TestSameDeed(t *testing.T) {
	day := func(d int) *claims.When {
		return &claims.When{Window: calendar.Between(calendar.On(2019, 3, d), calendar.On(2019, 3, d))}
	}
	settle := func(country string, d int, name, support string) string {
		published := time.Date(2019, 3, 4, 9, 0, 0, 0, time.UTC)
		arts := []story.Article{{ID: "a1", Outlet: "Tidewater Agency", Published: published}, {ID: "b1", Outlet: "Coast Star", Published: published}}
		by := func(text string) []mentions.Evidence { return []mentions.Evidence{{Feature: "listing", Text: text}} }
		in := Input{Arts: happenings.NewShelf(arts), Outlet: outletOf(arts), Mentions: map[string]mentions.Result{
			"a1": {Mentions: []mentions.Mention{{Text: "Odvar Brenning", Form: mentions.Full}}, Clusters: []mentions.Cluster{{Mentions: []int{0}, Status: mentions.Accepted, Hypotheses: []mentions.Hypothesis{{Party: "inv:1", Score: 0.97, For: by("speak of rebel")}}}}},
			"b1": {Mentions: []mentions.Mention{{Text: name, Form: mentions.Full}}, Clusters: []mentions.Cluster{{Mentions: []int{0}, Status: mentions.Undecided, Hypotheses: []mentions.Hypothesis{{Party: "inv:1", Score: 0.96, For: by(support)}}}}},
		}, Claims: []claims.Claim{
			{ID: "c1", Article: "a1", Activity: "TRV-ENTRY", To: &claims.Location{Country: "BG"}, When: day(2), Players: []claims.Player{{Role: claims.Traveller, Party: "inv:1", Cluster: 0}}},
			{ID: "c2", Article: "b1", Activity: "TRV-PRESENCE", Place: &claims.Location{Country: country}, When: day(d), Players: []claims.Player{{Role: claims.Traveller, Candidates: []string{"inv:1"}, Cluster: 0}}},
		}}
		got, _ := Settle(in)
		return got[1].Players[0].Party
	}
	for _, c := range []struct {
		country string
		day     int
		name    string
		support string
		want    string
	}{
		{"BG", 2, "Odvar Brenning", "speak of rebel", "inv:1"},
		{"RO", 2, "Odvar Brenning", "speak of rebel", ""},
		{"BG", 5, "Odvar Brenning", "speak of rebel", ""},
		{"BG", 2, "Odvar Brenning", "speak of football", ""},
		{"BG", 2, "Brenning", "speak of rebel", ""},
	} {
		if got := settle(c.country, c.day, c.name, c.support); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}
