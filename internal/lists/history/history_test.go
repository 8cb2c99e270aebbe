package history

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
)

func day(s string) calendar.Date { return calendar.MustParse(s) }

func listed(ref, name, on string, regime string) party.Party {
	p := party.Party{ID: "x:" + ref, Schema: party.Person, Names: []party.Name{{Text: name, Kind: party.Primary, Quality: party.Strong}},
		Source: party.Origin{Line: len(name)}}
	d := party.Designation{Authority: "X", List: "x", Reference: ref, Regime: regime, Status: party.Listed}
	if on != "" {
		d.ListedOn = day(on)
	}
	p.Designations = []party.Designation{d}
	return p
}

func edition(on string) Edition {
	return Edition{Edition: party.Edition{List: "x", AsOf: day(on), SHA256: "sha of " + on, Format: "f"}}
}

func periods(ps []party.Period) string {
	var out []string
	for _, p := range ps {
		out = append(out, fmt.Sprintf("%s..%s gone %s", p.From, p.LastSeen, p.Gone))
	}
	return strings.Join(out, "; ")
}

func TestPeriodsOverAGap(t *testing.T) {
	a, b := listed("A", "Teodor Vargo", "2007-03-24", "1"), listed("B", "Ilse Quay", "2019-05-01", "1")
	h := New("x")
	for _, e := range []struct {
		on string
		in []party.Party
	}{
		{"2025-11-15", []party.Party{a, b}}, {"2017-06-20", []party.Party{a}}, {"2024-09-21", []party.Party{b}}, {"2022-09-15", []party.Party{a, b}},
	} {
		if err := h.Add(edition(e.on), e.in); err != nil {
			t.Fatal(err)
		}
	}
	got := h.Parties(calendar.Date{})
	if want := "2007-03-24..2022-09-15 gone 2024-09-21; 2025-11-15..2025-11-15 gone "; periods(got[0].Designations[0].Periods) != want {
		t.Errorf("periods %s, want %s: the listing date survived the gap and does not start the second period", periods(got[0].Designations[0].Periods), want)
	}
	if want := "2019-05-01..2025-11-15 gone "; periods(got[1].Designations[0].Periods) != want {
		t.Errorf("periods %s, want %s", periods(got[1].Designations[0].Periods), want)
	}
	for on, want := range map[string]Presence{"2007-03-23": Off, "2007-03-24": On, "2022-09-15": On, "2023-06-01": Unclear, "2024-09-21": Off, "2025-08-01": Off, "2025-11-15": On, "2026-01-01": On} {
		e, ok := h.Show("x:A", day(on), calendar.Date{})
		if !ok || e.Presence != want {
			t.Errorf("on %s: %s, want %s", on, e.Presence, want)
		}
	}
	// What was known before the last edition came.
	if e, _ := h.Show("x:A", day("2026-01-01"), day("2025-01-01")); e.Presence != Off || e.Party.Designations[0].Status != party.Delisted {
		t.Errorf("known at 2025-01-01: %s %s", e.Presence, e.Party.Designations[0].Status)
	}
	if _, ok := h.Show("x:B", day("2019-06-01"), day("2018-01-01")); ok {
		t.Error("an entry is known before the edition that told it")
	}
}

func TestPartialEditionsShowPresenceOnly(t *testing.T) {
	var whole, part []party.Party
	for i := range 40 {
		whole = append(whole, listed(fmt.Sprintf("N%02d", i), fmt.Sprint("Name ", i), "2001-01-01", fmt.Sprint(i%8)))
	}
	for _, p := range whole {
		if p.Designations[0].Regime < "2" {
			part = append(part, p)
		}
	}
	h := New("x")
	for _, e := range []struct {
		on string
		in []party.Party
	}{{"2016-02-11", part}, {"2015-01-01", whole}, {"2017-06-20", whole}} {
		if err := h.Add(edition(e.on), e.in); err != nil {
			t.Fatal(err)
		}
	}
	if eds := h.Editions(); !eds[1].Partial || eds[0].Partial || eds[2].Partial {
		t.Errorf("partial: %v %v %v", eds[0].Partial, eds[1].Partial, eds[2].Partial)
	}
	for _, p := range h.Parties(calendar.Date{}) {
		if want := "2001-01-01..2017-06-20 gone "; periods(p.Designations[0].Periods) != want {
			t.Errorf("%s: %s", p.ID, periods(p.Designations[0].Periods))
		}
	}
	c, err := h.Changes(h.Editions()[0].Key(), h.Editions()[1].Key())
	if err != nil || len(c.Changes) != 0 {
		t.Errorf("changes %v, %v", c.Changes, err)
	}
	// One whole regime that ends is no partial edition.
	h2 := New("x")
	ended := slices.DeleteFunc(slices.Clone(whole), func(p party.Party) bool { return p.Designations[0].Regime == "3" })
	_ = h2.Add(edition("2015-01-01"), whole)
	_ = h2.Add(edition("2016-01-01"), ended)
	if eds := h2.Editions(); eds[1].Partial {
		t.Error("an ended regime is taken for a partial edition")
	}
}

func TestDiff(t *testing.T) {
	old := []party.Party{listed("A", "Teodor Vargo", "2001-01-01", "1"), listed("B", "Ilse Quay", "2001-01-01", "1"), listed("C", "Grey Gull", "2001-01-01", "1")}
	now := []party.Party{listed("A", "Teodor Vargo", "2001-01-01", "1"), listed("C", "Grey Gull Ltd", "2001-01-01", "1"), listed("D", "Ona Brindle", "2002-02-02", "1")}
	now[0].Source = party.Origin{File: "elsewhere", Line: 7, Record: "renumbered"}
	for i := range now { // a new element in the schema for every entry
		now[i].Links = []string{"https://example.org/general"}
	}
	c := Diff(old, now)
	var got []string
	for _, x := range c.Changes {
		got = append(got, x.String())
	}
	want := []string{"removed Ilse Quay (x:B)", `changed Grey Gull Ltd (x:C): name "Grey Gull Ltd", was "Grey Gull"`, "added Ona Brindle (x:D)"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(c.Uncompared) != 1 || c.Uncompared[0] != Links {
		t.Errorf("uncompared %v", c.Uncompared)
	}
}

func TestReworkedListIsToldOnce(t *testing.T) {
	var old, now []party.Party
	for i := range 60 {
		p := listed(fmt.Sprintf("N%02d", i), fmt.Sprint("Name ", i), "2001-01-01", "1")
		p.Notes = []string{fmt.Sprint("note ", i)}
		old = append(old, p)
		p.Notes = []string{fmt.Sprint("note number ", i)}
		now = append(now, p)
	}
	now[3].Names = []party.Name{{Text: "Another", Kind: party.Primary}}
	c := Diff(old, now)
	if len(c.Changes) != 1 || c.Changes[0].ID != "x:N03" || len(c.Reworked) != 1 || c.Reworked[0] != Notes {
		t.Errorf("%+v", c)
	}
}

func TestAliasesOfAFullerEditionAreKept(t *testing.T) {
	full := listed("A", "Teodor Vargo", "", "1")
	full.Names = append(full.Names, party.Name{Text: "Wargo", Kind: party.Alias, Quality: party.Strong})
	full.Addresses = []party.Address{{Text: "1 Mole Street"}}
	h := New("x")
	_ = h.Add(edition("2021-07-07"), []party.Party{full})
	_ = h.Add(edition("2024-05-03"), []party.Party{listed("A", "Teodor Vargo", "", "1")})
	p := h.Parties(calendar.Date{})[0]
	if len(p.Names) != 2 || len(p.Addresses) != 1 {
		t.Errorf("names %v addresses %v: an edition that came without them says nothing about them", p.Names, p.Addresses)
	}
	if err := h.Add(Edition{Edition: party.Edition{List: "x"}}, nil); err == nil {
		t.Error("an edition without a day is taken")
	}
	if _, err := h.Begin(Edition{Edition: party.Edition{List: "y"}}); err == nil {
		t.Error("an edition of another list is taken")
	}
}

// The order of import must not matter.
func TestOrderOfImportDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type ed struct {
			e  Edition
			in []party.Party
		}
		var eds []ed
		for k := range rapid.IntRange(1, 6).Draw(t, "editions") {
			var in []party.Party
			for i := range 6 {
				if rapid.Bool().Draw(t, "held") {
					in = append(in, listed(fmt.Sprint("N", i), rapid.SampledFrom([]string{"Vargo", "Wargo"}).Draw(t, "name"), "2001-01-01", fmt.Sprint(i%3)))
				}
			}
			eds = append(eds, ed{edition(fmt.Sprintf("20%02d-01-01", 10+k)), in})
		}
		build := func(order []ed) *History {
			h := New("x")
			for _, e := range order {
				if err := h.Add(e.e, e.in); err != nil {
					t.Fatal(err)
				}
			}
			return h
		}
		a, b := build(eds), build(rapid.Permutation(eds).Draw(t, "order"))
		if !reflect.DeepEqual(a.Parties(calendar.Date{}), b.Parties(calendar.Date{})) || !reflect.DeepEqual(a.Editions(), b.Editions()) {
			t.Fatal("another order of import gives another history")
		}
		if !reflect.DeepEqual(a.AsOf(day("2012-06-01"), day("2013-01-01")), b.AsOf(day("2012-06-01"), day("2013-01-01"))) {
			t.Fatal("another order of import gives another AsOf")
		}
	})
}
