package eu

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

// Written from schemas/eu_fsf_20171012-FULL-schema-1_1.xsd.
const fsfXML = `<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2025-06-01T10:00:00" globalFileId="1">
<sanctionEntity designationDate="2010-07-26" designationDetails="" unitedNationId="IRi.901" euReferenceNumber="EU.901.1" logicalId="901">
<remark>He keeps the quay.</remark>
<regulation regulationType="amendment" organisationType="council" publicationDate="2012-03-24" entryIntoForceDate="2012-03-25" numberTitle="267/2012 (OJ L88)" programme="IRN" logicalId="1"><publicationUrl>https://example.org/act</publicationUrl></regulation>
<subjectType code="person" classificationCode="P"/>
<nameAlias firstName="Teodor" middleName="" lastName="Vargo" wholeName="Teodor Vargo" function="Harbour master" gender="M" title="Dr" nameLanguage="" strong="true" logicalId="2"/>
<nameAlias wholeName="Теодор Варго" nameLanguage="RU" strong="false" logicalId="3"/>
<citizenship region="" countryIso2Code="IR" countryDescription="IRAN, ISLAMIC REPUBLIC OF"/>
<birthdate circa="true" calendarType="GREGORIAN" city="Brindle" yearRangeFrom="1957" yearRangeTo="1959" countryIso2Code="IR" countryDescription="IRAN"/>
<birthdate circa="false" calendarType="GREGORIAN" dayOfMonth="11" monthOfYear="3" year="1957" countryIso2Code="00" countryDescription="UNKNOWN"/>
<address city="Brindle" street="1 Mole Street" zipCode="1" countryIso2Code="IR" countryDescription="IRAN"/>
<identification number="00777" diplomatic="true" identificationTypeCode="passport" identificationTypeDescription="National passport" countryIso2Code="IR" countryDescription="IRAN"/>
</sanctionEntity></export>`

const fsdXML = `<?xml version="1.0"?><WHOLE Date="11/02/2016"><ENTITY Id="901" Type="E" legal_basis="1/2" reg_date="2012-02-21" programme="ZWE" remark="(x)"><NAME><WHOLENAME>Grey Gull</WHOLENAME><LANGUAGE>EN</LANGUAGE></NAME><BIRTH><DATE>1924-02-21</DATE><PLACE/><COUNTRY/></BIRTH><PASSPORT><NUMBER>AD1 (passport-x)</NUMBER><COUNTRY>ZWE</COUNTRY></PASSPORT></ENTITY></WHOLE>`

const fsfCSV = "Date_file;Entity_logical_id;Subject_type;Leba_numtitle;Leba_publication_date;Leba_url;Programme;Entity_remark;Naal_wholename;Naal_gender;Birt_date;Iden_number;Citi_country;EU_ref_num\n" +
	"04/07/2018;901;P;1/2;2018-02-16;u;ZWE;;Teodor Vargo;M;;;;EU.1\n04/07/2018;901;P;1/2;2018-02-16;u;ZWE;;;;1957-03-11;;;EU.1\n"

func TestFSF(t *testing.T) {
	e, parties, _, err := snapshot.Read(ParseFSF, snapshot.Memory("f.xml", []byte(fsfXML)))
	if err != nil || e.Stated.String() != "2025-06-01" {
		t.Fatalf("%v %+v", err, e)
	}
	p := parties[0]
	if p.ID != "eu-fsf:901" || p.Schema != party.Person || p.Gender != "male" || p.Names[1].Kind != party.Native || p.Names[1].Quality != party.Weak || p.Positions[0].Title != "Harbour master" {
		t.Errorf("%+v", p)
	}
	if b := p.Births; len(b) != 2 || !b[0].Circa || b[0].Window.String() != "1957-01-01..1959-12-31" || b[1].Window.String() != "1957-03-11" || b[1].In.Code != "" {
		t.Errorf("births %+v", b)
	}
	d := p.Designations[0]
	if d.Regime != "IRN" || d.ListedOn.String() != "2010-07-26" || strings.Join(d.CrossRefs, " ") != "EU.901.1 IRi.901" || d.AmendedOn[0].String() != "2012-03-25" {
		t.Errorf("designation %+v", d)
	}
	if x := p.Documents[0]; x.Kind != "passport" || x.Note != "diplomatic" || x.Country.Code != "IR" {
		t.Errorf("document %+v", x)
	}
}

func TestOldFormsAndCSV(t *testing.T) {
	for name, c := range map[string]struct {
		parse snapshot.Parser
		body  string
		want  string
	}{
		"fsd":     {ParseFSD, fsdXML, "eu-fsf:901 Grey Gull ZWE 2012-02-21 1924-02-21"},
		"csv":     {ParseCSV, fsfCSV, "eu-fsf:901 Teodor Vargo ZWE 2018-02-16 1957-03-11"},
		"wrapped": {ParseCSV, "\"" + strings.ReplaceAll(strings.TrimSuffix(fsfCSV, "\n"), "\n", "\t\t\"\n\"") + "\t\t\"\n", "eu-fsf:901 Teodor Vargo ZWE 2018-02-16 1957-03-11"},
	} {
		_, parties, _, err := snapshot.Read(c.parse, snapshot.Memory("x", []byte(c.body)))
		if err != nil || len(parties) != 1 {
			t.Errorf("%s: %v, %d parties", name, err, len(parties))
			continue
		}
		p := parties[0]
		d := p.Designations[0]
		if got := strings.Join([]string{p.ID, p.PrimaryName(), d.Regime, d.ListedOn.String(), p.Births[0].Window.String()}, " "); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestSimplifiedJSON(t *testing.T) {
	e, parties, _, err := snapshot.Read(ParseJSON, snapshot.Memory("x", []byte(`{"meta":{"source":"eu","timestamp":"2025-04-16T09:00:00"},"data":[{"id":"EU-901","name":"Teodor Vargo","type":"INDIVIDUAL","details":{"aliases":["T. Vargo"],"birthDate":"1957"}}]}`)))
	if err != nil || e.Stated.String() != "2025-04-16" || parties[0].ID != "eu-fsf:901" || len(parties[0].Names) != 2 || parties[0].Births[0].Window.IsZero() {
		t.Errorf("%v %+v %+v", err, e, parties)
	}
	if _, _, _, err := snapshot.Read(ParseJSON, snapshot.Memory("x", []byte(`{"data":[{"id":"EU-901","name":"A"},{"id"`))); err == nil || !strings.Contains(err.Error(), "after entry eu-fsf:901") {
		t.Errorf("cut off: %v", err)
	}
}

func FuzzEU(f *testing.F) {
	f.Add([]byte(fsfXML))
	f.Add([]byte(fsdXML))
	f.Add([]byte(fsfCSV))
	f.Add([]byte(`{"data":[{"id":"EU-901","name":"A"}]}`))
	f.Fuzz(func(_ *testing.T, a []byte) {
		for _, parse := range []snapshot.Parser{ParseFSF, ParseFSD, ParseCSV, ParseJSON} {
			_, _, _, _ = snapshot.Read(parse, snapshot.Memory("a", a))
		}
	})
}
