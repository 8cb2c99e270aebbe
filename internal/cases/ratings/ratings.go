package ratings

import (
	"slices"

	"github.com/reportedly/reportedly/internal/calendar"
)

// Reliability of a source: an outlet or a speaker.
type Reliability string

// Credibility of an item of information.
type Credibility string

// The grades that say that nobody can tell; they are what holds where nobody
// has judged.
const (
	NotRated  Reliability = "F"
	NotJudged Credibility = "6"
	Confirmed Credibility = "1"
	Doubted   Credibility = "5"
)

var reliabilityWords = map[Reliability]string{
	"A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable", "E": "unreliable", "F": "reliability cannot be judged",
}

var credibilityWords = map[Credibility]string{
	"1": "confirmed by other sources", "2": "probably true", "3": "possibly true", "4": "doubtful", "5": "improbable", "6": "truth cannot be judged",
}

// String gives the grade with its words.
func (r Reliability) String() string { return string(r) + " (" + reliabilityWords[r] + ")" }

// String gives the grade with its words.
func (c Credibility) String() string { return string(c) + " (" + credibilityWords[c] + ")" }

// Valid tells whether the grade is one of the code.
func (r Reliability) Valid() bool { return reliabilityWords[r] != "" }

// Valid tells whether the grade is one of the code.
func (c Credibility) Valid() bool { return credibilityWords[c] != "" }

// Standing is somebody's word on a source, from a day on. A later word does
// not overwrite an earlier one: what held on an earlier day still can be told.
type Standing struct {
	Source string        `json:"source"`
	Grade  Reliability   `json:"grade"`
	From   calendar.Date `json:"from"`
	By     string        `json:"by"`
	Why    string        `json:"why"`
}

// History is the dated standing of sources, in any order.
type History []Standing

// On gives the standing of a source on a day: the last word until then. Two
// words of one day that differ settle nothing. A word without a grade of the
// code, a day, a judge or a reason is none.
func (h History) On(day calendar.Date, is func(source string) bool) Standing {
	best := Standing{Grade: NotRated}
	for _, s := range h {
		if !s.Grade.Valid() || s.From.IsZero() || s.By == "" || s.Why == "" || day.Before(s.From) || !is(s.Source) {
			continue
		}
		switch s.From.Compare(best.From) {
		case 1:
			best = s
		case 0:
			if s.Grade != best.Grade {
				best = Standing{Source: s.Source, Grade: NotRated, From: s.From, Why: "two words of one day differ"}
			} else if s.By < best.By {
				best = s
			}
		}
	}
	return best
}

// Judgement is somebody's word on items.
type Judgement struct {
	Claims []string      `json:"claims"` // the items
	Grade  Credibility   `json:"grade"`
	On     calendar.Date `json:"on"`
	By     string        `json:"by"`
	Why    string        `json:"why"`
	// Against cites the claim that contradicts the item; 5 cannot be given
	// without it (AD-5).
	Against string `json:"against,omitempty"`
}

// Item is what a grade may rest on: the least number of independent origins,
// and whether a claim is known to the case.
type Item struct {
	Claim string
	Min   int
	Knows func(claim string) bool
}

// Of gives the grade of an item by the last word on it, and why a grade that
// was asked for is not given.
func Of(js []Judgement, it Item) (Judgement, string) {
	best := Judgement{Grade: NotJudged}
	differ := false
	for _, j := range js {
		if !slices.Contains(j.Claims, it.Claim) || !j.Grade.Valid() || j.By == "" {
			continue
		}
		switch c := j.On.Compare(best.On); {
		case best.By == "" || c > 0:
			best, differ = j, false
		case c == 0 && j.Grade != best.Grade:
			differ = true
		case c == 0 && j.By < best.By:
			best = j
		}
	}
	none := Judgement{Grade: NotJudged}
	switch {
	case differ:
		return none, "two words of one day differ"
	case best.Grade == Confirmed && it.Min < 2:
		return none, "1 was asked for; fewer than two independent origins are counted"
	case best.Grade == Doubted && (best.Against == "" || it.Knows != nil && !it.Knows(best.Against)):
		return none, "5 was asked for without citing what contradicts it"
	}
	return best, ""
}
