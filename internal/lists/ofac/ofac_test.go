package ofac

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

const (
	names = `901,"VARGO, Teodor Ilk","individual","SDGT] [IRGC","Quay director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 11 Mar 1957; alt. DOB circa 1958; POB Brindle, Iran; nationality Iran; Gender Male; Diplomatic Passport 00777 (Iran) issued 1999 expires 05 Feb 2004; alt. Passport K 22; Digital Currency Address - XBT 1ExampleExampleExampleExample99; a.k.a. 'THE QUAY'; Additional Sanctions Information - Subject to Secondary Sanctions; Linked To: GREY GULL SHIPPING."
902,"GREY GULL SHIPPING",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Tax ID No. 77 (Serbia); Website www.example.org; Organization Established Date 1969; Istanbul Chamber of Comm. No. 5370 (Turkey); Executive Order 14024 Directive Information - Subject to Directive 3; Effective Date (EO 14024 Directive 3): 26 Mar 2022; Registration Numbe"
903,"GULL ONE","vessel","CUBA",-0- ,"CL1","Tug","10","20","Panama","Somebody S.A.","Vessel Registration Identification IMO 9999993; MMSI 123456789; f.k.a. 'OLD GULL'; Former Vessel Flag Malta; Vessel Year of Build 1999."
904,"XX-ABC","aircraft","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Aircraft Model IL76; Aircraft Operator GREY AIR; Aircraft Manufacturer's Serial Number (MSN) 42."
` + "\x1a"
	alternates = "901,1,\"aka\",\"WARGO, Teodor\",-0- \n902,2,\"fka\",\"GULL LINES\",-0- \n999,3,\"aka\",\"NOBODY\",-0- \n"
	addresses  = "902,5,\"1 Mole Street\",\"Brindle\",\"Cuba\",-0- \n901,6,-0- ,-0- ,-0- ,-0- \n"
	comments   = "902,\"r 55 (Cuba); Phone Number 123.\"\n"
)

func csvSet(t testing.TB) []*snapshot.File {
	t.Helper()
	return []*snapshot.File{snapshot.Memory("sdn.csv", []byte(names)), snapshot.Memory("alt.csv", []byte(alternates)),
		snapshot.Memory("add.csv", []byte(addresses)), snapshot.Memory("sdn_comments.csv", []byte(comments))}
}

func TestCSVSet(t *testing.T) {
	e, parties, findings, err := snapshot.Read(ParseCSV, csvSet(t)...)
	if err != nil {
		t.Fatal(err)
	}
	if e.List != SDN || e.Entries != 4 {
		t.Fatalf("edition %+v", e)
	}
	if len(findings) != 1 || !strings.Contains(findings[0].Text, "1 entries of the set's other files") {
		t.Errorf("findings %v", findings)
	}
	p := parties[0]
	if p.ID != "us-ofac-sdn:901" || p.Names[0].Text != "Teodor Ilk VARGO" || p.Names[0].Surname != "VARGO" || p.Gender != "male" {
		t.Errorf("person %+v", p)
	}
	if len(p.Names) != 3 || p.Names[1].Quality != party.Strong || p.Names[2].Quality != party.Weak || p.Names[2].Text != "THE QUAY" {
		t.Errorf("names %+v", p.Names)
	}
	if len(p.Births) != 3 || p.Births[0].Window.String() != "1957-03-11" || !p.Births[1].Circa || p.Births[2].In.Code != "IR" || p.Births[2].Place != "Brindle" {
		t.Errorf("births %+v", p.Births)
	}
	if d := p.Documents[0]; d.Kind != "passport" || d.Number != "00777" || d.Country.Code != "IR" || d.Issued.String() != "1999" || d.Expires.String() != "2004-02-05" {
		t.Errorf("passport %+v", d)
	}
	if len(p.Designations) != 2 || p.Designations[1].Regime != "IRGC" || p.Wallets[0].Currency != "XBT" {
		t.Errorf("designations %+v wallets %+v", p.Designations, p.Wallets)
	}
	if r := p.Relations[0]; r.Target != "us-ofac-sdn:902" || r.Name != "GREY GULL SHIPPING" {
		t.Errorf("relation %+v", r)
	}
	body := parties[1]
	if len(body.Addresses) != 1 || body.Addresses[0].In.Code != "CU" || body.Names[1].Kind != party.Former || body.Founded[0].String() != "1969" {
		t.Errorf("body %+v", body)
	}
	var docs []string
	for _, d := range body.Documents {
		docs = append(docs, d.Kind+" "+d.Number+" "+d.Country.Code)
	}
	if got := strings.Join(docs, "|"); got != "tax 77 RS|register 5370 TR|register 55 CU" {
		t.Errorf("documents %s: the comments go on where the remarks were cut", got)
	}
	if s := body.Designations[0].Stated; len(s) != 1 || s[0].From.String() != "2022-03-26" {
		t.Errorf("stated %+v", s)
	}
	v := parties[2].Vessel
	if v == nil || v.IMO != "9999993" || v.MMSI != "123456789" || v.Flag.Code != "PA" || v.FormerFlags[0].Code != "MT" || v.Owner != "Somebody S.A." {
		t.Errorf("vessel %+v", v)
	}
	if a := parties[3].Aircraft; a == nil || a.Tail != "XX-ABC" || a.Serial != "42" || a.Operator != "GREY AIR" {
		t.Errorf("aircraft %+v", a)
	}
}

func TestCSVDamage(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"short row":       {names[:strings.Index(names, "903")] + "905,\"CUT OFF\n", "sdn.csv:"},
		"columns missing": {"1,\"A\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n2,\"B\"\n", "sdn.csv:2: after entry 1"},
		"no number":       {"1,\"A\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \nx,\"A\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n", "entry number"},
	} {
		_, _, _, err := snapshot.Read(ParseCSV, snapshot.Memory("sdn.csv", []byte(c.body)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q in it", name, err, c.want)
		}
	}
}

const classicXML = `<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://example.org/XML"><publshInformation><Publish_Date>01/08/2026</Publish_Date><Record_Count>1</Record_Count></publshInformation>
<sdnEntry><uid>901</uid><firstName>Teodor</firstName><lastName>VARGO</lastName><sdnType>Individual</sdnType><programList><program>SDGT</program></programList>
<akaList><aka><uid>1</uid><type>f.k.a.</type><category>weak</category><lastName>THE QUAY</lastName></aka></akaList>
<idList><id><uid>2</uid><idType>Passport</idType><idNumber>00777</idNumber><idCountry>Iran</idCountry><issueDate>1999</issueDate></id>
<id><uid>3</uid><idType>Digital Currency Address - XBT</idType><idNumber>1ExampleExampleExampleExample99</idNumber></id>
<id><uid>4</uid><idType>Gender</idType><idNumber>Male</idNumber></id><id><uid>5</uid><idType>Odd Paper</idType><idNumber>7</idNumber></id></idList>
<dateOfBirthList><dateOfBirthItem><dateOfBirth>11 Mar 1957</dateOfBirth></dateOfBirthItem></dateOfBirthList></sdnEntry></sdnList>`

func TestClassicXML(t *testing.T) {
	e, parties, _, err := snapshot.Read(ParseXML, snapshot.Memory("sdn.xml", []byte(classicXML)))
	if err != nil {
		t.Fatal(err)
	}
	p := parties[0]
	if e.Stated.String() != "2026-01-08" || p.ID != "us-ofac-sdn:901" || p.Names[0].Surname != "VARGO" || p.Names[1].Kind != party.Former || p.Names[1].Quality != party.Weak {
		t.Errorf("edition %+v names %+v", e, p.Names)
	}
	if p.Gender != "male" || len(p.Wallets) != 1 || p.Documents[0].Issued.String() != "1999" || p.Documents[1].Text != "Odd Paper 7" {
		t.Errorf("facts %+v", p)
	}
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte(names), []byte(alternates))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		_, _, _, _ = snapshot.Read(ParseCSV, snapshot.Memory("a", a), snapshot.Memory("b", b))
	})
}

func FuzzXML(f *testing.F) {
	f.Add([]byte(classicXML))
	f.Fuzz(func(t *testing.T, a []byte) { _, _, _, _ = snapshot.Read(ParseXML, snapshot.Memory("a", a)) })
}
