package senzing

import (
	"testing"

	"github.com/reportedly/reportedly/internal/lists/snapshot"
)

const lines = `{"DATA_SOURCE":"OS_INVENTED","RECORD_ID":"1","RECORD_TYPE":"PERSON","NAMES":[{"NAME_TYPE":"PRIMARY","NAME_FULL":"Teodor Vargo"},{"NAME_TYPE":"ALIAS","NAME_FULL":"Теодор Варго"}],"RISKS":[{"TOPIC":"sanction"}],"DATES":[{"DATE_OF_BIRTH":"1957"}],"COUNTRIES":[{"NATIONALITY":"ir"}]}
{"DATA_SOURCE":"OS_INVENTED","RECORD_ID":"2","NAMES":[{"NAME_ORG":"Grey Gull"}],"RISKS":[{"TOPIC":"role.pep"}]}
`

func TestRecords(t *testing.T) {
	e, parties, _, err := snapshot.Read(Parse, snapshot.Memory("x", []byte(lines)))
	if err != nil || len(parties) != 2 || e.List != "os-invented" {
		t.Fatal(err, len(parties), e)
	}
	if p := parties[0]; p.ID != "os-invented:1" || len(p.Designations) != 1 || p.Nationalities[0].Code != "IR" || p.Names[1].Script != "Cyrl" {
		t.Errorf("%+v", p)
	}
	if p := parties[1]; len(p.Designations) != 0 || p.Names[0].Text != "Grey Gull" {
		t.Errorf("%+v: an office holder is not designated", p)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(lines))
	f.Fuzz(func(_ *testing.T, a []byte) { _, _, _, _ = snapshot.Read(Parse, snapshot.Memory("a", a)) })
}
