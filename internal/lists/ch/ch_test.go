package ch

import (
	"testing"

	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

const list = `<?xml version="1.0"?><swiss-sanctions-list list-type="complete" date="2024-01-17"><sanctions-program ssid="1"><program-key lang="eng">INV</program-key><program-name lang="ger">ERFUNDEN</program-name><program-name lang="eng">INVENTED</program-name>
<sanctions-set ssid="11" lang="eng">Financial measures, annex 2</sanctions-set><sanctions-set ssid="11" lang="ger">Finanzsanktionen</sanctions-set><sanctions-set ssid="12" lang="eng">Travel ban, annex 1</sanctions-set></sanctions-program>
<target ssid="901"><sanctions-set-id>11</sanctions-set-id><sanctions-set-id>12</sanctions-set-id><individual sex="male"><identity ssid="2" main="true">
<name name-type="alias" quality="low"><name-part order="1" name-part-type="whole-name"><value>Quay</value></name-part></name>
<name name-type="primary-name" quality="good"><name-part order="2" name-part-type="family-name"><value>Vargo</value><spelling-variant lang="rus" script="Cyrl">Варго</spelling-variant></name-part><name-part order="1" name-part-type="given-name"><value>Teodor</value><spelling-variant lang="rus" script="Cyrl">Теодор</spelling-variant></name-part></name>
<nationality><country iso-code="IR">Iran</country></nationality><day-month-year day="11" month="3" year="1957" calendar="Gregorian" quality="good"/><place-of-birth place-id="77"/></identity><justification>Keeps the quay.</justification></individual>
<modification modification-type="listed" effective-date="2020-01-02"/><modification modification-type="de-listed" effective-date="2023-04-05"/></target>
<place ssid="77"><location>Brindle</location><country iso-code="IR">Iran</country></place></swiss-sanctions-list>`

func TestTarget(t *testing.T) {
	e, parties, _, err := snapshot.Read(Parse, snapshot.Memory("x", []byte(list)))
	if err != nil || len(parties) != 1 || e.Partial || e.Stated.String() != "2024-01-17" {
		t.Fatal(err, len(parties), e)
	}
	p := parties[0]
	if p.ID != "ch-seco:901" || p.Names[0].Text != "Teodor Vargo" || p.Names[0].Surname != "Vargo" || p.Gender != "male" || len(p.Names) != 3 {
		t.Errorf("names %+v", p.Names)
	}
	var own string
	for _, n := range p.Names {
		if n.Kind == party.Native {
			own = n.Text
		}
	}
	if own != "Теодор Варго" || p.Births[0].Window.String() != "1957-03-11" || p.Births[1].Place != "Brindle" || p.Births[1].In.Code != "IR" {
		t.Errorf("own %q births %+v", own, p.Births)
	}
	d := p.Designations[0]
	if d.Regime != "INV" || d.Programmes[0] != "INVENTED" || len(d.Stated) != 2 || d.Stated[0].Kind != "M-FINSERV" || d.Stated[1].Kind != "M-TRAVEL" || d.ListedOn.String() != "2020-01-02" || d.DelistedOn.String() != "2023-04-05" || d.Status != party.Delisted {
		t.Errorf("%+v", d)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(list))
	f.Fuzz(func(_ *testing.T, a []byte) { _, _, _, _ = snapshot.Read(Parse, snapshot.Memory("a", a)) })
}
