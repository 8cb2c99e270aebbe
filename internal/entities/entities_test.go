package entities

import (
	"encoding/json"
	"testing"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
)

func example() party.Party {
	return party.Party{ID: "us-ofac-sdn:77", Schema: party.Person,
		Names:         []party.Name{{Text: "Teodor  Vargo", Surname: "Vargo"}, {Text: "Теодор Варго", Kind: party.Native}, {Text: "Quay", Kind: party.Alias, Quality: party.Weak}, {Text: "T. Mole", Kind: party.Former}},
		Gender:        "male",
		Births:        []party.Birth{{Window: calendar.MustParse("1957-03").Window(), Place: "Brindle", In: party.Country{Code: "IR"}}, {Window: calendar.Between(calendar.On(1960, 1, 1), calendar.On(1962, 12, 31))}},
		Nationalities: []party.Country{{Code: "IR"}, {Text: "Atlantis"}},
		Positions:     []party.Position{{Title: "Harbour master", Body: "Port of Brindle"}},
		Documents:     []party.Document{{Kind: "passport", Number: "A 123456", Country: party.Country{Code: "IR"}}, {Kind: "lei", Number: "not one"}},
		Addresses:     []party.Address{{Text: "1 Mole Street, Brindle", In: party.Country{Code: "CU"}}},
		Contacts:      []party.Contact{{Kind: "email", Value: "not an address"}},
		Relations:     []party.Relation{{Kind: "owns", Target: "us-ofac-sdn:78"}, {Kind: "family", Target: "us-ofac-sdn:78"}, {Kind: "owns", Target: "gone:1"}},
		Designations: []party.Designation{{Authority: "US", List: "us-ofac-sdn", Reference: "77", Regime: "IRAN", Programmes: []string{"IRAN"}, ListedOn: calendar.MustParse("2010-06-09"), Status: party.Listed,
			Periods: []party.Period{{From: calendar.MustParse("2010-06-09"), LastSeen: calendar.MustParse("2024-01-02")}}}},
	}
}

func company() party.Party {
	return party.Party{ID: "us-ofac-sdn:78", Schema: party.Company, Names: []party.Name{{Text: "Grey Gull"}}}
}

func TestMainEntity(t *testing.T) {
	l := Lists{Seen: map[string]calendar.Date{"us-ofac-sdn": calendar.MustParse("2024-01-02")}}
	p := example()
	e := l.Main(&p)
	j, err := json.Marshal(&e)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"id":"us-ofac-sdn-77","caption":"Teodor Vargo","schema":"Person","properties":{"address":["1 Mole Street, Brindle"],` +
		`"addressEntity":["addr-124e6048"],"alias":["Теодор Варго"],"birthCountry":["ir"],"birthDate":["1957-03","1960","1961","1962"],"birthPlace":["Brindle"],` +
		`"country":["cu"],"gender":["male"],"lastName":["Vargo"],"name":["Teodor Vargo"],"nationality":["ir"],"notes":["email: not an address"],` +
		`"passportNumber":["A 123456"],"position":["Harbour master, Port of Brindle"],"previousName":["T. Mole"],"program":["IRAN"],"programId":["IRAN"],` +
		`"registrationNumber":["not one"],"topics":["sanction"],"weakAlias":["Quay"]},"datasets":["us_ofac_sdn"],"referents":["us-ofac-sdn:77"],"target":true,` +
		`"first_seen":"2010-06-09T00:00:00","last_seen":"2024-01-02T00:00:00","last_change":"2010-06-09T00:00:00"}`
	if got := string(j); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestHanging(t *testing.T) {
	p, c := example(), company()
	find := func(id string) *party.Party {
		if id == c.ID {
			return &c
		}
		return nil
	}
	got := map[string]int{}
	for _, e := range (Lists{}).Hanging(&p, find) {
		got[e.Schema]++
		s := Vocabulary().Schemata[e.Schema]
		for prop := range e.Properties {
			if s.Property(prop) == nil {
				t.Errorf("%s has no property %s", e.Schema, prop)
			}
		}
		for _, r := range s.Required {
			if len(e.Properties[r]) == 0 {
				t.Errorf("%s lacks its required %s", e.Schema, r)
			}
		}
	}
	// The family tie to a company is no Family: it becomes an UnknownLink.
	for schema, n := range map[string]int{"Sanction": 1, "Address": 1, "Passport": 1, "Identification": 0, "Ownership": 1, "UnknownLink": 1} {
		if got[schema] != n {
			t.Errorf("%s: %d, want %d (%v)", schema, got[schema], n, got)
		}
	}
}

func TestIDs(t *testing.T) {
	l := Lists{Plain: map[string]bool{"sanctions": true}}
	seen := map[string]string{}
	for id, want := range map[string]string{
		"un:IRi.039": "un-IRi.039", "sanctions:NK-abc": "NK-abc", "us-ofac-sdn:77": "us-ofac-sdn-77",
		"eu:EU/1 a": "", "eu:EU.1.a": "", "x:(": "", "x:": "",
	} {
		got := l.ID(id)
		if want != "" && got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
		if !idForm.MatchString(got) {
			t.Errorf("%s: %s is no FollowTheMoney id", id, got)
		}
		if prior, twice := seen[got]; twice {
			t.Errorf("%s and %s are both %s", id, prior, got)
		}
		seen[got] = id
	}
}

func TestCheckDigits(t *testing.T) {
	for _, c := range []struct {
		format, in, want string
	}{
		{"imo", "IMO 9074729", "IMO9074729"}, {"imo", "9074728", ""}, {"lei", "5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R12"}, {"lei", "5493001KJTIIGC8Y1R13", ""},
		{"isin", "US0378331005", "US0378331005"}, {"isin", "US0378331006", ""}, {"bic", "DEUTDEFF", "DEUTDEFF"}, {"wikidata", "Q42", "Q42"}, {"wikidata", "42", ""},
	} {
		if got := identifier(c.format, c.in); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.format, c.in, got, c.want)
		}
	}
}

func TestModel(t *testing.T) {
	m := Vocabulary()
	person, company, thing := m.Schemata["Person"], m.Schemata["Company"], m.Schemata["Thing"]
	if !person.IsA("LegalEntity") || person.IsA("Company") || person.Property("name").QName() != "Thing:name" {
		t.Error("inheritance")
	}
	if !person.CanMatch(m.Schemata["LegalEntity"]) || person.CanMatch(company) || !thing.CanMatch(company) || thing.CanMatch(m.Schemata["Sanction"]) {
		t.Error("what can match")
	}
	if m.Named("Person:birthDate") == nil || m.Named("Person:nothing") != nil || m.Named("x") != nil {
		t.Error("qualified names")
	}
}

func FuzzAppendString(f *testing.F) {
	f.Add("a\"\\\n\x00é\xff\u2028")
	f.Fuzz(func(t *testing.T, s string) {
		var back string
		if err := json.Unmarshal(AppendString(nil, s), &back); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
	})
}
