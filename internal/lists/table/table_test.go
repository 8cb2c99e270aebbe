package table

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

const own = `
name = "ours"
list = "house-list"
authority = "HOUSE"
comma = ";"
id = ["{No}"]
schema = "Kind"
mark = ["No", "Who"]
surname_first = true
[schemas]
man = "Person"
[columns]
Who = "name"
Also = "alias"
Born = "birth"
From = "nationality"
Pass = "document:passport"
Since = "listed"
What = "stated"
`

func TestMappingOfAUser(t *testing.T) {
	m, err := ReadMapping([]byte(own))
	if err != nil {
		t.Fatal(err)
	}
	body := "\ufeffNo;Kind;Who;Also;Born;From;Pass;Since;What\n7;man;VARGO, Teodor;\"T. Vargo; Теодор Варго\";11.3.1957;Iran;AB1, issued in Iran;24/03/2007;Asset freeze; \n"
	body = strings.Replace(body, "Asset freeze; \n", "Asset freeze\n", 1)
	e, parties, _, err := snapshot.Read(m.Parse, snapshot.Memory("x.csv", []byte(body)))
	if err != nil || len(parties) != 1 || e.List != "house-list" {
		t.Fatal(err, len(parties))
	}
	p := parties[0]
	if p.ID != "house-list:7" || p.Schema != party.Person || p.Names[0].Text != "Teodor VARGO" || p.Names[0].Surname != "VARGO" || len(p.Names) != 3 || p.Names[2].Kind != party.Native {
		t.Errorf("%+v", p)
	}
	if d := p.Designations[0]; d.ListedOn.String() != "2007-03-24" || d.Stated[0].Kind != "M-FREEZE" || p.Documents[0].Number != "AB1" || p.Documents[0].Country.Code != "IR" || p.Births[0].Window.String() != "1957-03-11" {
		t.Errorf("%+v", p)
	}
}

func TestBadMappings(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"unknown key":   {"name = ", "nmae = ", "unknown key"},
		"unknown field": {`"birth"`, `"brith"`, "unknown field"},
		"no list":       {`list = "house-list"`, "", "must be given"},
		"no name":       {`Who = "name"`, "", "no column is the name"},
		"no toml":       {"[columns]", "[columns", "mapping:"},
	} {
		if _, err := ReadMapping([]byte(strings.Replace(own, c.from, c.to, 1))); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestKnownMappings(t *testing.T) {
	for _, m := range Known() {
		header := strings.Join(m.Mark, string(rune(max(m.shape().Comma, ','))))
		if m.shape().Comma == '\t' {
			header = strings.Join(m.Mark, "\t")
		}
		if !m.Recognise([]byte(header + "\n")) {
			t.Errorf("%s does not know its own columns %q", m.Name, header)
		}
		for _, other := range Known() {
			if other.Name != m.Name && other.Recognise([]byte(header+"\n")) {
				t.Errorf("%s takes the columns of %s for its own", other.Name, m.Name)
			}
		}
	}
}

func TestDamage(t *testing.T) {
	m, _ := ReadMapping([]byte(own))
	for name, c := range map[string]struct{ body, want string }{
		"short row":     {"No;Kind;Who\n7;man;A B\n8;man\n", "x.csv:3: after entry 7"},
		"no header":     {"", "no header"},
		"other columns": {"A;B\n1;2\n", "lacks a column"},
		"endless row":   {"No;Kind;Who\n7;man;\"" + strings.Repeat("x", 9<<20), "longer than 4 MB"},
	} {
		if _, _, _, err := snapshot.Read(m.Parse, snapshot.Memory("x.csv", []byte(c.body))); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzMapping(f *testing.F) {
	f.Add([]byte("No;Who\n7;A B\n"), []byte(own))
	f.Fuzz(func(_ *testing.T, body, mapping []byte) {
		for _, m := range Known() {
			_ = m.Recognise(body)
		}
		if m, err := ReadMapping(mapping); err == nil {
			_, _, _, _ = snapshot.Read(m.Parse, snapshot.Memory("a", body))
		}
	})
}
