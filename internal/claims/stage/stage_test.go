package stage

import (
	"testing"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/claims/clause"
)

func TestOf(t *testing.T) {
	past := clause.Factuality{Tense: "past"}
	for name, c := range map[string]struct {
		d    Deed
		want string
	}{
		"done":                       {Deed{Fact: past, Verb: true}, Completed},
		"done long ago":              {Deed{Fact: past, Verb: true, Past: true}, Historical},
		"a demand of long ago":       {Deed{Fact: past, Verb: true, Past: true, Set: Attempted, Keep: true}, Attempted},
		"a refusal of long ago":      {Deed{Fact: past, Verb: true, Past: true, Set: Attempted}, Historical},
		"said he was hiding":         {Deed{Fact: clause.Factuality{Tense: "past", Progressive: true}, Verb: true, Sourced: true}, Ongoing},
		"said he would go":           {Deed{Fact: clause.Factuality{Would: true}, Verb: true, Sourced: true}, Planned},
		"would go":                   {Deed{Fact: clause.Factuality{Would: true}, Verb: true}, Hypothetical},
		"has not been seen":          {Deed{Fact: clause.Factuality{Tense: "perfect"}, Verb: true, State: true, Negative: true}, Ongoing},
		"envoys to meet":             {Deed{Verb: true, Heading: true}, Planned},
		"flew there to meet":         {Deed{Fact: clause.Factuality{Purpose: true}, Verb: true, Above: past}, Completed},
		"asked whether he had flown": {Deed{Fact: past, Verb: true, Asked: true}, Hypothetical},
	} {
		if got := Of(c.d); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestOld(t *testing.T) {
	day := calendar.On(2020, 7, 20)
	month := calendar.Between(calendar.On(2020, 6, 1), calendar.On(2020, 6, 30))
	if !Old(month, day, false) || Old(month, day, true) {
		t.Error("a month told whole is old by its middle, the time of a telling by its end")
	}
}
