package ca

import (
	"testing"

	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

const list = `<?xml version="1.0"?><data-set><record><Country>Iran</Country><LastName>Vargo</LastName><GivenName>Teodor </GivenName><Aliases>T. Vargo, Russian: Теодор Варго</Aliases><DateOfBirthOrShipBuildDate>1957</DateOfBirthOrShipBuildDate><Schedule>1, Part 2</Schedule><Item>89</Item><DateOfListing>2023-10-18</DateOfListing></record>
<record><Country>Burma / Birmanie</Country><Entity>Grey Gull</Entity><Aliases>Gull Co., Ltd., Gull Lines</Aliases><Schedule>1</Schedule><Item>1</Item></record>
<record><Country>Russia</Country><EntityOrShip>GULL ONE</EntityOrShip><ShipIMONumber>9999993</ShipIMONumber><Schedule>1</Schedule><Item>1</Item></record></data-set>`

func TestList(t *testing.T) {
	_, parties, _, err := snapshot.Read(Parse, snapshot.Memory("x", []byte(list)))
	if err != nil || len(parties) != 3 {
		t.Fatal(err, len(parties))
	}
	p := parties[0]
	if p.ID != "ca-sema:iran#1-part-2:89" || p.Names[2].Language != "ru" || p.Names[2].Kind != party.Native || p.Designations[0].ListedOn.String() != "2023-10-18" || p.Births[0].Window.IsZero() {
		t.Errorf("%+v", p)
	}
	if b := parties[1]; len(b.Names) != 3 || b.Names[1].Text != "Gull Co., Ltd." || b.Designations[0].Regime != "Burma" {
		t.Errorf("%+v", b)
	}
	if s := parties[2]; s.Schema != party.Vessel || s.Vessel.IMO != "9999993" {
		t.Errorf("%+v", s)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(list))
	f.Fuzz(func(_ *testing.T, a []byte) { _, _, _, _ = snapshot.Read(Parse, snapshot.Memory("a", a)) })
}
