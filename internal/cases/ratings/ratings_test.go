package ratings

import (
	"encoding/json"
	"testing"

	"github.com/reportedly/reportedly/internal/calendar"
)

func TestStandingHasAHistory(t *testing.T) {
	h := History{
		{"Tidewater Agency", "C", calendar.On(2020, 1, 1), "desk", "two corrections in a year"},
		{"Tidewater Agency", "B", calendar.On(2018, 1, 1), "desk", "first review"},
		{"Coast Star", "A", calendar.On(2019, 1, 1), "", "nobody signed it"},
		{"Der Kai", "B", calendar.On(2019, 1, 1), "ada", "review"},
		{"Der Kai", "D", calendar.On(2019, 1, 1), "ben", "review"},
		{"Vestnik", "50", calendar.On(2019, 1, 1), "ada", "no grade of the code"},
	}
	for _, c := range []struct {
		source string
		day    calendar.Date
		want   Reliability
	}{
		{"Tidewater Agency", calendar.On(2017, 6, 1), "F"}, {"Tidewater Agency", calendar.On(2019, 6, 1), "B"}, {"Tidewater Agency", calendar.On(2021, 6, 1), "C"},
		{"Coast Star", calendar.On(2021, 6, 1), "F"}, {"Der Kai", calendar.On(2021, 6, 1), "F"}, {"Vestnik", calendar.On(2021, 6, 1), "F"}, {"Unknown", calendar.On(2021, 6, 1), "F"},
	} {
		if got := h.On(c.day, func(s string) bool { return s == c.source }); got.Grade != c.want {
			t.Errorf("%s on %s: %s, want %s", c.source, c.day, got.Grade, c.want)
		}
	}
}

func TestCredibilityRules(t *testing.T) {
	knows := func(id string) bool { return id == "c9" }
	word := func(g Credibility, against string) []Judgement {
		return []Judgement{{Claims: []string{"c1"}, Grade: g, On: calendar.On(2020, 1, 1), By: "desk", Why: "read it", Against: against}}
	}
	for name, c := range map[string]struct {
		js     []Judgement
		min    int
		want   Credibility
		refuse bool
	}{
		"nobody judged":                {nil, 3, "6", false},
		"confirmed by two":             {word("1", ""), 2, "1", false},
		"confirmed by one":             {word("1", ""), 1, "6", true},
		"improbable, nothing cited":    {word("5", ""), 1, "6", true},
		"improbable, cited elsewhere":  {word("5", "c7"), 1, "6", true},
		"improbable, contradiction":    {word("5", "c9"), 1, "5", false},
		"probably true":                {word("2", ""), 1, "2", false},
		"no grade of the code":         {word("50", ""), 1, "6", false},
		"two words of one day":         {append(word("2", ""), word("4", "")...), 1, "6", true},
		"the last word":                {append(word("2", ""), Judgement{Claims: []string{"c1"}, Grade: "3", On: calendar.On(2021, 1, 1), By: "desk"}), 1, "3", false},
		"a word on another item alone": {[]Judgement{{Claims: []string{"c2"}, Grade: "2", By: "desk"}}, 1, "6", false},
	} {
		got, why := Of(c.js, Item{Claim: "c1", Min: c.min, Knows: knows})
		if got.Grade != c.want || (why != "") != c.refuse {
			t.Errorf("%s: %s %q", name, got.Grade, why)
		}
	}
}

// Grades are codes in JSON too: a reader can take no mean of them (AD-4).
func TestGradesAreNoNumbers(t *testing.T) {
	b, _ := json.Marshal(struct {
		R Reliability
		C Credibility
	}{NotRated, NotJudged})
	if string(b) != `{"R":"F","C":"6"}` {
		t.Error(string(b))
	}
}
