package ftm

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

const lines = `{"id":"p1","caption":"Teodor Vargo","schema":"Person","properties":{"name":["T. Vargo","Teodor Vargo"],"alias":["Теодор Варго"],"weakAlias":["Quay"],"birthDate":["1957-03"],"nationality":["ir"],"topics":["sanction"],"addressEntity":["a1"],"taxNumber":"77"},"datasets":["invented"],"last_seen":"2024-02-03T01:02:03"}
{"id":"s1","schema":"Sanction","properties":{"entity":["p1"],"authority":["United Nations Security Council"],"unscId":["XXi.901"],"program":["UN 1737 (2006)"],"provisions":["Asset freeze; Travel ban","Harbour fees"],"listingDate":["2006-12-23"],"startDate":["2010-06-09"],"endDate":["2020-10-18"]}}
{"id":"a1","schema":"Address","properties":{"full":["1 Mole Street, Brindle"],"country":["cu"]}}
{"id":"o1","caption":"Grey Gull","schema":"Company","properties":{"name":["Grey Gull"]},"datasets":["invented"]}
{"id":"w1","schema":"Ownership","properties":{"owner":["p1"],"asset":["o1"],"role":["sole owner"]}}
{"id":"x","properties":{}}
`

func TestEntities(t *testing.T) {
	e, parties, findings, err := snapshot.Read(Parse, snapshot.Memory("x.json", []byte(lines)))
	if err != nil {
		t.Fatal(err)
	}
	if e.List != "invented" || e.Entries != 2 || e.Stated.String() != "2024-02-03" || len(findings) != 1 {
		t.Fatalf("edition %+v findings %v", e, findings)
	}
	p := parties[0]
	if p.ID != "invented:p1" || p.Names[0].Text != "Teodor Vargo" || p.Names[2].Kind != party.Native || p.Names[2].Script != "Cyrl" || p.Names[3].Quality != party.Weak {
		t.Errorf("names %+v", p.Names)
	}
	if len(p.Addresses) != 1 || p.Addresses[0].In.Code != "CU" || p.Documents[0].Number != "77" || p.Nationalities[0].Code != "IR" {
		t.Errorf("facts %+v", p)
	}
	d := p.Designations[0]
	if d.Authority != "UN" || d.Reference != "XXi.901" || d.Regime != "1737" || d.ListedOn.String() != "2006-12-23" || len(d.Stated) != 3 {
		t.Fatalf("designation %+v", d)
	}
	s := d.Stated[1]
	if s.Kind != "M-TRAVEL" || s.From.String() != "2010-06-09" || s.To.String() != "2020-10-18" || d.Stated[2].Kind != "" {
		t.Errorf("stated %+v", d.Stated)
	}
	if r := p.Relations[0]; r.Kind != "owns" || r.Target != "invented:o1" || r.Name != "Grey Gull" {
		t.Errorf("relation %+v", r)
	}
	if r := parties[1].Relations[0]; r.Kind != "owned-by" || r.Target != "invented:p1" {
		t.Errorf("relation %+v", r)
	}
}

func TestNestedEntities(t *testing.T) {
	line := `{"id":"p1","caption":"A B","schema":"Person","properties":{"name":["A B"],"sanctions":[{"id":"s1","schema":"Sanction","properties":{"entity":["p1"],"authority":["HM Treasury"],"country":["gb"],"provisions":["Asset freeze"]}}]},"datasets":["d"]}` + "\n"
	_, parties, _, err := snapshot.Read(Parse, snapshot.Memory("targets.nested.json", []byte(line)))
	if err != nil || len(parties) != 1 || len(parties[0].Designations) != 1 || parties[0].Designations[0].Authority != "UK" {
		t.Fatalf("%v %+v", err, parties)
	}
}

func TestUnknownAuthorityKeepsItsWords(t *testing.T) {
	for sanction, want := range map[string]string{
		`"authority":["Assembly of the Quays"]`:                   "Assembly of the Quays",
		`"authority":["Assembly of the Quays"],"country":["no"]`:  "NO",
		`"authority":["Office of Foreign Assets Control (OFAC)"]`: "US",
	} {
		line := `{"id":"p","schema":"Person","properties":{"name":["A B"]}}` + "\n" + `{"id":"s","schema":"Sanction","properties":{"entity":["p"],` + sanction + `}}` + "\n"
		_, parties, _, err := snapshot.Read(Parse, snapshot.Memory("x", []byte(line)))
		if err != nil || parties[0].Designations[0].Authority != want {
			t.Errorf("%s: %v %+v, want %q", sanction, err, parties, want)
		}
	}
}

func TestDamage(t *testing.T) {
	_, _, _, err := snapshot.Read(Parse, snapshot.Memory("x.json", []byte(lines[:400]+"\n{cut")))
	if err == nil || !strings.Contains(err.Error(), "x.json:2: after p1") {
		t.Errorf("got %v", err)
	}
	_, _, _, err = snapshot.Read(Parse, snapshot.Memory("x.json", []byte(strings.Replace(lines, `{"id":"a1"`, `{"id"`, 1))))
	if err == nil || !strings.Contains(err.Error(), "x.json:3: after s1") {
		t.Errorf("got %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(lines))
	f.Fuzz(func(t *testing.T, a []byte) { _, _, _, _ = snapshot.Read(Parse, snapshot.Memory("a", a)) })
}
