package links

import (
	"slices"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
)

func person(id string, born string, names ...string) party.Party {
	p := party.Party{ID: id, Schema: party.Person}
	for _, n := range names {
		p.Names = append(p.Names, party.Name{Text: n, Quality: party.Strong})
	}
	if born != "" {
		p.Births = []party.Birth{{Window: calendar.MustParse(born).Window()}}
	}
	return p
}

func designated(p party.Party, authority, ref string, cross ...string) party.Party {
	p.Designations = []party.Designation{{Authority: authority, Reference: ref, CrossRefs: cross}}
	return p
}

func TestLinksAndRivals(t *testing.T) {
	general := designated(person("un:XXi.039", "1957-03-11", "TEODOR VARGO", "Theodor Vargo"), "UN", "XXi.039", "X.47.D.6")
	namesake := designated(person("un:XXi.040", "", "TEODORE VARGOU"), "UN", "XXi.040")
	treasury := designated(person("us-ofac-sdn:10", "1957-03-11", "Teodor VARGO", "Teodore VARGOU"), "US", "10")
	britain := designated(person("uk-ofsi:90", "", "Vargo Teodor"), "UK", "90", "X.47.D.6")
	canada := designated(person("ca-sema:1", "1957", "Teodor Vargo"), "CA", "1")
	stranger := designated(person("au-dfat:7", "1981-02-03", "Teodor Vargo"), "AU", "7")
	all := Find([]party.Party{stranger, canada, britain, treasury, namesake, general})
	got := map[string]Link{}
	for _, l := range all {
		got[l.A+" "+l.B] = l
	}
	for pair, want := range map[string]Status{
		"un:XXi.039 us-ofac-sdn:10": Same, "uk-ofsi:90 un:XXi.039": Same, "ca-sema:1 un:XXi.039": Probable, "un:XXi.040 us-ofac-sdn:10": Yields,
		"uk-ofsi:90 us-ofac-sdn:10": Possible,
	} {
		if got[pair].Status != want {
			t.Errorf("%s: %+v, want %s", pair, got[pair], want)
		}
	}
	if l, ok := got["au-dfat:7 un:XXi.039"]; ok {
		t.Errorf("a man born in 1981 is linked: %+v", l)
	}
	if l := got["un:XXi.039 us-ofac-sdn:10"]; !slices.Contains(l.Rivals, "un:XXi.040") || !strings.Contains(l.Reasons[0].Text, "VARGO") {
		t.Errorf("rivals %v reasons %v", l.Rivals, l.Reasons)
	}
	if g := Groups(all); len(g) != 1 || strings.Join(g[0], " ") != "uk-ofsi:90 un:XXi.039 us-ofac-sdn:10" {
		t.Errorf("groups %v", g)
	}
}

func TestDocumentsLinkWithoutNames(t *testing.T) {
	a, b := person("x:1", "", "One Name"), person("y:1", "", "Another Name")
	a.Documents = []party.Document{{Kind: "passport", Number: "AB 123-456", Country: party.Country{Code: "IR"}}}
	b.Documents = []party.Document{{Kind: "passport", Number: "ab123456"}}
	if all := Find([]party.Party{a, b}); len(all) != 1 || all[0].Status != Same {
		t.Errorf("%+v", all)
	}
	b.Documents[0].Country.Code = "PK"
	if all := Find([]party.Party{a, b}); len(all) != 0 {
		t.Errorf("passports of two countries: %+v", all)
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{"Núñez, José": "jose nunez", "al-‘Anizi": "al anizi", "SOLEIMANI  Qasem": "qasem soleimani"} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}
