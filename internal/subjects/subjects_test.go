package subjects

import (
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
)

func listed() party.Party {
	return party.Party{ID: "un:A.1", Schema: party.Person, Names: []party.Name{{Text: "Tamaz Qorvashi"}}, Births: []party.Birth{{Window: calendar.Date{Year: 1961}.Window()}},
		Documents:    []party.Document{{Number: "AB123456"}},
		Designations: []party.Designation{{Authority: "UN", List: "un", Reference: "A.1", Regime: "1737", Periods: []party.Period{{LastSeen: calendar.MustParse("2024-01-01")}}}}}
}

func decide(v Verdict, s Subject, p party.Party) Decision {
	return Decision{Subject: s.Key(), Party: p.ID, Verdict: v, Reason: "a baker in Lyon", Who: "ada", At: time.Unix(0, 0), SubjectHash: s.Hash(), PartyHash: HashOf(&p)}
}

func TestDecisionsHoldForOneWording(t *testing.T) {
	s := Subject{ID: "C-1", Name: "Tamaz Qorvashy", Countries: []string{"GE"}}
	other := s
	other.Name = "Tamaz Korvashi"
	regime, noted, later := listed(), listed(), listed()
	regime.Designations[0].Regime = "2231"
	noted.Notes, noted.Links, noted.Source.Line = []string{"a remark"}, []string{"x"}, 9
	later.Designations[0].Periods[0].LastSeen = calendar.MustParse("2025-01-01")
	gone := listed()
	gone.Designations[0].Periods[0].Gone = calendar.MustParse("2024-02-01")
	alias := listed()
	alias.Names = append(alias.Names, party.Name{Text: "T. Q."})
	for _, c := range []struct {
		name    string
		said    []Verdict
		subject Subject
		entry   party.Party
		state   State
		status  Status
		changed string
	}{
		{"nothing said", nil, s, listed(), Open, Match, ""},
		{"cleared", []Verdict{FalseMatch}, s, listed(), Cleared, Clear, ""},
		{"confirmed", []Verdict{TrueMatch}, s, listed(), Confirmed, Match, ""},
		{"the last word counts", []Verdict{TrueMatch, FalseMatch}, s, listed(), Cleared, Clear, ""},
		{"taken back", []Verdict{FalseMatch, Reopen}, s, listed(), Open, Match, ""},
		{"remarks change nothing", []Verdict{FalseMatch}, s, noted, Cleared, Clear, ""},
		{"a newer edition changes nothing", []Verdict{FalseMatch}, s, later, Cleared, Clear, ""},
		{"another regime", []Verdict{FalseMatch}, s, regime, Reopened, Match, "the list entry has changed since"},
		{"left the list", []Verdict{FalseMatch}, s, gone, Reopened, Match, "the list entry has changed since"},
		{"an alias more", []Verdict{FalseMatch}, s, alias, Reopened, Match, "the list entry has changed since"},
		{"another name of the subject", []Verdict{FalseMatch}, other, listed(), Reopened, Match, "the subject has changed since"},
		{"both", []Verdict{FalseMatch}, other, alias, Reopened, Match, "the list entry and the subject have changed since"},
	} {
		var all []Decision
		for _, v := range c.said {
			d := decide(v, s, listed())
			if err := d.Check(); err != nil {
				t.Fatal(err)
			}
			all = append(all, d)
		}
		a := Screen(screening.New([]party.Party{c.entry}), c.subject, Ask{}, Latest(all))
		if len(a.Hits) != 1 || a.Hits[0].State != c.state || a.Status != c.status || a.Hits[0].Changed != c.changed {
			t.Errorf("%s: %+v", c.name, a)
		}
	}
}

func TestCheck(t *testing.T) {
	good := decide(FalseMatch, Subject{Name: "x"}, listed())
	for _, spoil := range []func(*Decision){
		func(d *Decision) { d.Verdict = "maybe" }, func(d *Decision) { d.Reason = " " }, func(d *Decision) { d.Who = "" }, func(d *Decision) { d.Party = "" }, func(d *Decision) { d.PartyHash = "" },
	} {
		d := good
		if spoil(&d); d.Check() == nil {
			t.Errorf("%+v was taken", d)
		}
	}
}

// All names and numbers of a subject are asked for; a party comes once.
func TestFind(t *testing.T) {
	ix := screening.New([]party.Party{listed()})
	for _, s := range []Subject{
		{Name: "Somebody Else", Aliases: []string{"Tamaz Qorvashi"}}, {Name: "Somebody Else", Numbers: []string{"zz", "AB-123456"}}, {Numbers: []string{"AB123456"}},
		{Name: "Tamaz Qorvashi", Aliases: []string{"Qorvashi, Tamaz"}, Countries: []string{"GE", "RU"}},
	} {
		if hits := s.Find(ix, Ask{}); len(hits) != 1 || hits[0].Score < 0.9 {
			t.Errorf("%+v: %+v", s, hits)
		}
	}
	if hits := (Subject{Name: "Tamaz Qorvashi"}).Find(ix, Ask{Only: func(*party.Party) bool { return false }}); len(hits) != 0 {
		t.Errorf("%+v", hits)
	}
}
