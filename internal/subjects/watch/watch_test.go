package watch

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
	"github.com/reportedly/reportedly/internal/subjects"
)

var words = []string{"Tamaz", "Tamas", "Qorvashi", "Korvashi", "Ali", "Mohammed", "Muhammad", "Hassan", "Arvo", "Lundqvist", "Lundquist", "Velta", "Trading", "bin"}

func drawName(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 3).Draw(t, label), " ")
}

func drawParty(t *rapid.T, id int) party.Party {
	p := party.Party{ID: fmt.Sprintf("x:%d", id), Schema: rapid.SampledFrom([]party.Schema{party.Person, party.Company}).Draw(t, "schema"),
		Designations: []party.Designation{{Authority: "XX", Reference: fmt.Sprint(id)}}}
	for range rapid.IntRange(1, 2).Draw(t, "names") {
		p.Names = append(p.Names, party.Name{Text: drawName(t, "listed")})
	}
	if y := rapid.IntRange(1949, 1953).Draw(t, "year"); y > 1949 {
		p.Births = []party.Birth{{Window: calendar.Date{Year: y}.Window()}}
	}
	if rapid.Bool().Draw(t, "number") {
		p.Documents = []party.Document{{Number: fmt.Sprint("AB12345", rapid.IntRange(0, 3).Draw(t, "digits"))}}
	}
	return p
}

func drawSubject(t *rapid.T, id int) subjects.Subject {
	s := subjects.Subject{ID: fmt.Sprint("C", id), Name: drawName(t, "subject")}
	if y := rapid.IntRange(1949, 1953).Draw(t, "year"); y > 1949 {
		s.BirthDate = calendar.Date{Year: y}.Window()
	}
	if rapid.Bool().Draw(t, "number") {
		s.Numbers = []string{fmt.Sprint("AB12345", rapid.IntRange(0, 3).Draw(t, "digits"))}
	}
	return s
}

func hitsOf(ix *screening.Index, s subjects.Subject, ask subjects.Ask) []Hit {
	return Hits(subjects.Screen(ix, s, ask, subjects.Decisions{}))
}

// A subject that a change does not touch has the hits that it had.
func TestUntouchedKeepTheirHits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var before, now []party.Party
		for i := range rapid.IntRange(1, 12).Draw(t, "entries") {
			p := drawParty(t, i)
			switch rapid.SampledFrom([]string{"same", "same", "same", "same", "changed", "new", "gone"}).Draw(t, "fate") {
			case "same":
				before, now = append(before, p), append(now, p)
			case "changed":
				before, now = append(before, p), append(now, drawParty(t, i))
			case "new":
				now = append(now, p)
			case "gone":
				before = append(before, p)
			}
		}
		ask := subjects.Ask{Limit: rapid.IntRange(1, 10).Draw(t, "limit"), Threshold: rapid.SampledFrom([]float64{0.5, 0.7, 0.9}).Draw(t, "threshold")}
		touched := Changes(before, now, ask)
		was, is := screening.New(before), screening.New(now)
		for i := range 6 {
			s := drawSubject(t, i)
			kept := hitsOf(was, s, ask)
			if touched.Subject(s, kept) {
				continue
			}
			if diff := cmp.Diff(kept, hitsOf(is, s, ask)); diff != "" {
				t.Fatalf("%+v was not touched, but: %s", s, diff)
			}
		}
	})
}

func TestCompare(t *testing.T) {
	a, b, c := Hit{Party: "a", Score: 0.8}, Hit{Party: "b", Score: 0.8}, Hit{Party: "c", Score: 0.8}
	b2 := b
	b2.State = subjects.Cleared
	got := Compare([]Hit{a, b}, []Hit{b2, c})
	want := []Change{{Kind: Vanished, Hit: a}, {Kind: Changed, Hit: b2, Before: &b}, {Kind: New, Hit: c}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := Compare([]Hit{a}, []Hit{a}); got != nil {
		t.Error(got)
	}
}
