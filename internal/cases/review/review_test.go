package review

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
)

var day = time.Date(2024, 3, 1, 10, 0, 0, 0, time.UTC)

func note(n int, kind Kind, of, value string) Record {
	return Record{ID: fmt.Sprint("r", n), Kind: kind, Of: of, Value: value, Claims: []string{"k"}, Text: "text", Source: "Coast Star", Who: "Ada", Reason: "why", At: day.Add(time.Duration(n) * time.Hour)}
}

func TestHolding(t *testing.T) {
	for _, c := range []struct {
		name string
		rs   []Record
		want string
	}{
		{"plain", []Record{note(1, Note, "", ""), note(2, Drop, "", "")}, "r1 r2"},
		{"undone", []Record{note(1, Drop, "", ""), note(2, Undo, "r1", "")}, ""},
		{"the undo undone", []Record{note(1, Drop, "", ""), note(2, Undo, "r1", ""), note(3, Undo, "r2", "")}, "r1"},
		{"and again", []Record{note(1, Drop, "", ""), note(2, Undo, "r1", ""), note(3, Undo, "r2", ""), note(4, Undo, "r1", "")}, ""},
		{"a signature falls with its decision", []Record{note(1, Decide, "", Undecided), note(2, Sign, "r1", ""), note(3, Undo, "r1", "")}, ""},
		{"ten comes after nine", []Record{note(9, Note, "", ""), note(10, Note, "", "")}, "r9 r10"},
	} {
		rng := rand.New(rand.NewSource(1))
		for range 10 { // in any order
			rng.Shuffle(len(c.rs), func(i, j int) { c.rs[i], c.rs[j] = c.rs[j], c.rs[i] })
			var got []string
			for _, r := range Holding(c.rs) {
				got = append(got, r.ID)
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%s: %q, want %q", c.name, s, c.want)
			}
		}
	}
}

func TestCheck(t *testing.T) {
	decided := note(1, Decide, "", Undecided)
	for _, c := range []struct {
		name string
		r    Record
		want string // part of the complaint, "" = none
	}{
		{"a note", Record{Kind: Note, Claims: []string{"k"}, Text: "x", Who: "Ada"}, ""},
		{"nobody's note", Record{Kind: Note, Claims: []string{"k"}, Text: "x"}, "nobody"},
		{"merge of one", Record{Kind: Merge, Claims: []string{"k"}, Who: "Ada", Reason: "x"}, "two claims"},
		{"merge without reason", Record{Kind: Merge, Claims: []string{"k", "l"}, Who: "Ada"}, "reason"},
		{"grade that is none", Record{Kind: Reliability, Source: "S", Value: "50", Who: "Ada", Reason: "x"}, "A to F"},
		{"grade", Record{Kind: Reliability, Source: "S", Value: "B", Who: "Ada", Reason: "x"}, ""},
		{"item 5 with contradiction", Record{Kind: Credibility, Claims: []string{"k"}, Value: "5", Against: "l", Who: "Ada", Reason: "x"}, ""},
		{"support with alternative", Record{Kind: Decide, Claims: []string{"k"}, Value: Supported, Alternatives: []string{"a namesake"}, Who: "Ada", Reason: "x"}, ""},
		{"support, waived", Record{Kind: Decide, Claims: []string{"k"}, Value: Supported, Waived: "the party confirms it", Who: "Ada", Reason: "x"}, ""},
		{"support without", Record{Kind: Decide, Claims: []string{"k"}, Value: Supported, Who: "Ada", Reason: "x"}, "alternative"},
		{"guilty", Record{Kind: Decide, Claims: []string{"k"}, Value: "guilty", Who: "Ada", Reason: "x"}, "none of"},
		{"likely", Record{Kind: Assess, Claims: []string{"k"}, Likelihood: "likely", Who: "Ada", Reason: "x"}, ""},
		{"probably", Record{Kind: Assess, Claims: []string{"k"}, Likelihood: "probably", Who: "Ada", Reason: "x"}, "none of"},
		{"second signature", Record{Kind: Sign, Of: "r1", Who: "Ben"}, ""},
		{"a signature under a note", Record{Kind: Sign, Of: "r2", Who: "Ben"}, "no decision"},
		{"independence", Record{Kind: Independence, Claims: []string{"k"}, Other: []string{"l"}, Value: "maybe", Who: "Ada", Reason: "x"}, "none of"},
	} {
		err := Check(c.r, []Record{decided, note(2, Note, "", "")})
		if got := fmt.Sprint(err); (err == nil) != (c.want == "") || c.want != "" && !strings.Contains(got, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// A grade of a source has a dated history: a later word for a later day leaves
// the earlier one in force for its time, a later word for the same day replaces
// it.
func TestStandingOfRecords(t *testing.T) {
	a, b, c := note(1, Reliability, "", "B"), note(2, Reliability, "", "D"), note(3, Reliability, "", "C")
	a.From, b.From, c.From = calendar.On(2020, 1, 1), calendar.On(2022, 1, 1), calendar.On(2022, 1, 1)
	h := Standing([]Record{a, b, c})
	is := func(string) bool { return true }
	if x, y := h.On(calendar.On(2021, 1, 1), is).Grade, h.On(calendar.On(2023, 1, 1), is).Grade; x != "B" || y != "C" {
		t.Errorf("%s, %s", x, y)
	}
	j, k := note(4, Credibility, "", "2"), note(5, Credibility, "", "4")
	if got := Judgements([]Record{j, k}); len(got) != 1 || got[0].Grade != "4" {
		t.Errorf("%+v", got)
	}
}
