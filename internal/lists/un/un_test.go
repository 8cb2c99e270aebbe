package un

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

func invented(t testing.TB) []byte {
	t.Helper()
	body, err := os.ReadFile("testdata/invented.xml")
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestEntry(t *testing.T) {
	e, parties, findings, err := snapshot.Read(Parse, snapshot.Memory("invented.xml", invented(t)))
	if err != nil {
		t.Fatal(err)
	}
	if e.Entries != 2 || len(parties) != 2 || e.Stated.String() != "2021-05-06" {
		t.Fatalf("edition %+v with %d parties", e, len(parties))
	}
	if len(findings) != 1 || !strings.Contains(findings[0].Text, "same REFERENCE_NUMBER") {
		t.Errorf("findings %v, want the doubled reference", findings)
	}
	p := parties[0]
	if p.ID != "un:LYi.901" || p.Schema != party.Person || p.Gender != "male" || p.Source.Record != "1" || p.Source.Line != 4 {
		t.Errorf("party %s %s %s %+v", p.ID, p.Schema, p.Gender, p.Source)
	}
	var names []string
	for _, n := range p.Names {
		names = append(names, string(n.Kind)+"/"+string(n.Quality)+"/"+n.Script+" "+n.Text)
	}
	want := "primary/strong/Latn ORVAN TESKEL|native/strong/Arab اورفان تسكل|alias/strong/Latn Orwan Teskel|alias/strong/Latn Urvan Tesqel|" +
		"alias/weak/Latn Abu Mina|native/weak/Arab ابو مينا|former/strong/Latn O. Tesk"
	if got := strings.Join(names, "|"); got != want {
		t.Errorf("names\n got %s\nwant %s", got, want)
	}
	d := p.Designations[0]
	if d.Reference != "LYi.901" || d.Regime != "1970" || d.ListedOn.String() != "2011-02-26" || len(d.AmendedOn) != 1 || d.CrossRefs[0] != "X.1.A.2" {
		t.Errorf("designation %+v", d)
	}
	if len(d.Stated) != 2 || d.Stated[0].Kind != "M-TRAVEL" || d.Stated[1].Kind != "M-FREEZE" || d.Stated[1].From.String() != "2011-03-17" {
		t.Errorf("stated %+v", d.Stated)
	}
	if len(p.Births) != 3 || p.Births[0].Window.String() != "1957-01-01..1959-12-31" || !p.Births[1].Circa || p.Births[2].In.Code != "LY" {
		t.Errorf("births %+v", p.Births)
	}
	if len(p.Relations) != 1 || p.Relations[0].Kind != "family" || p.Relations[0].Target != "un:LYi.902" || p.Relations[0].Name != "Salwa Teskel" {
		t.Errorf("relations %+v", p.Relations)
	}
	if len(p.Links) != 1 || p.Documents[0].Country.Code != "LY" {
		t.Errorf("links %v documents %+v", p.Links, p.Documents)
	}
	if q := parties[1]; q.Names[0].Text != "QUILL SEA TRADING & CO." || q.Names[1].Kind != party.Former || q.Documents[0].Kind != "imo" {
		t.Errorf("entity %+v", q)
	}
}

func TestDamageIsRefusedWithItsPlace(t *testing.T) {
	good := string(invented(t))
	for name, c := range map[string]struct{ body, want string }{
		"control byte": {strings.Replace(good, "Harbour", "Har\x19bour", 1), "invented.xml:8: entry LYi.901"},
		"cut off":      {good[:strings.Index(good, "<ENTITIES>")+40], "cut off"},
		"bare &":       {strings.Replace(good, "&amp;", "&", 1), "entry DATAID 2"},
		"not utf-8":    {strings.Replace(good, "Sirte", "Sirt\xe9", 1), "0xE9"},
		"mis-nested":   {strings.Replace(good, "</CITY>", "</TOWN>", 1), "</TOWN> where </CITY> is due"},
		"entity bomb":  {strings.Replace(good, "<CONSOLIDATED", `<!DOCTYPE l [<!ENTITY a "b">]><CONSOLIDATED`, 1), "declares entities"},
	} {
		_, _, _, err := snapshot.Read(Parse, snapshot.Memory("invented.xml", []byte(c.body)))
		var r *snapshot.Refusal
		if !errors.As(err, &r) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q in it", name, err, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(invented(f))
	f.Add([]byte("<CONSOLIDATED_LIST><ENTITY><REFERENCE_NUMBER>A</REFERENCE_NUMBER></ENTITY></CONSOLIDATED_LIST>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		_, parties, _, err := snapshot.Read(Parse, snapshot.Memory("fuzz", body))
		if err == nil {
			for _, p := range parties {
				if p.ID == "" || len(p.Designations) != 1 {
					t.Fatalf("a party without identity: %+v", p)
				}
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	body := invented(b)
	start, end := strings.Index(string(body), "<INDIVIDUAL "), strings.Index(string(body), "</INDIVIDUALS>")
	many := []byte(string(body[:start]) + strings.Repeat(string(body[start:end]), 500) + string(body[end:]))
	b.SetBytes(int64(len(many)))
	for b.Loop() {
		if _, _, _, err := snapshot.Read(Parse, snapshot.Memory("bench", many)); err != nil {
			b.Fatal(err)
		}
	}
}
