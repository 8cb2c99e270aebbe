package uk

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

const conlist = "Last Updated,23/03/2016\r\n" +
	"Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,DOB,Town of Birth,Country of Birth,Nationality,Passport Details,NI Number,Position,Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,Regime,Listed On,Last Updated,Group ID\r\n" +
	"WARGO,Teodor,,,,,,00/00/1957,Brindle,Iran,1) Iranian 2) Qatar,008827 (Iran Diplomatic). Issued 1999,,,,,,,,,,Iran,UN Ref IRi.901.,Individual,AKA,Iran (nuclear proliferation),24/03/2007,12/08/2015,9062\r\n" +
	"N\xda\xd1EZ,Teodor,,,,,,00/00/1957,Brindle,Iran,,,,,,,,,,,,Iran,,Individual,Prime Alias,Syria,24/06/2011,12/08/2015,9062\r\n"

func TestConList(t *testing.T) {
	if !RecogniseConList([]byte(conlist)) {
		t.Fatal("not recognised")
	}
	e, parties, _, err := snapshot.Read(ParseConList, snapshot.Memory("c.csv", []byte(conlist)))
	if err != nil || len(parties) != 1 || e.Stated.String() != "2016-03-23" {
		t.Fatalf("%v %+v", err, e)
	}
	p := parties[0]
	if p.ID != "uk-ofsi:9062" || p.Names[0].Text != "Teodor NÚÑEZ" || p.Names[0].Kind != party.Primary || p.Names[1].Text != "Teodor WARGO" {
		t.Errorf("names %+v: windows-1252 and the primary name first", p.Names)
	}
	if len(p.Designations) != 2 || p.Designations[0].CrossRefs[0] != "IRi.901" || p.Designations[1].ListedOn.String() != "2011-06-24" {
		t.Errorf("designations %+v", p.Designations)
	}
	if len(p.Nationalities) != 2 || p.Nationalities[0].Code != "IR" || p.Nationalities[1].Code != "QA" || p.Documents[0].Number != "008827" || p.Births[0].Window.String() != "1957-01-01..1957-12-31" {
		t.Errorf("facts %+v", p)
	}
}

const listXML = `<?xml version="1.0" encoding="utf-8"?><Designations><DateGenerated>2026-05-01</DateGenerated><Designation><LastUpdated>16/04/2026</LastUpdated><DateDesignated>28/09/2025</DateDesignated>
<UniqueID>INU9001</UniqueID><OFSIGroupID>17137</OFSIGroupID><UNReferenceNumber>IRi.901</UNReferenceNumber><Names><Name><Name1>Teodor</Name1><Name6>Vargo</Name6><NameType>Primary Name</NameType></Name>
<Name><Name6>Quay</Name6><NameType>Alias</NameType><AliasStrength>Low quality</AliasStrength></Name></Names><NonLatinNames><NonLatinName><NameNonLatinScript>تيودور</NameNonLatinScript></NonLatinName></NonLatinNames>
<RegimeName>The Invented Regulations 2019</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip><DesignationSource>UN</DesignationSource><SanctionsImposed>Asset freeze|Travel Ban|Director Disqualification Sanction</SanctionsImposed>
<Addresses><Address><AddressLine1>1 Mole Street</AddressLine1><AddressCountry>Iran</AddressCountry></Address></Addresses>
<IndividualDetails><Individual><DOBs><DOB>dd/mm/1957</DOB></DOBs><Nationalities><Nationality>Iran</Nationality></Nationalities><Genders><Gender>Male</Gender></Genders><BirthDetails><Location><TownOfBirth>Brindle</TownOfBirth><CountryOfBirth>Iran</CountryOfBirth></Location></BirthDetails></Individual></IndividualDetails></Designation>
<Designation><UniqueID>RUS9002</UniqueID><Names><Name><Name6>GULL ONE</Name6><NameType>Primary Name</NameType></Name></Names><IndividualEntityShip>Ship</IndividualEntityShip><SanctionsImposedIndicators><AssetFreeze>false</AssetFreeze><ProhibitionOfPortEntry>true</ProhibitionOfPortEntry></SanctionsImposedIndicators><ShipDetails><Ship><IMONumbers><IMONumber>IMO9999993</IMONumber></IMONumbers></Ship></ShipDetails></Designation></Designations>`

const listCSV = "Report Date: 01-May-2026\nLast Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,Alias strength,Title,Name non-latin script,Regime Name,Designation Type,Designation source,Sanctions Imposed,Other Information,UK Statement of Reasons,Address Line 1,Address Country,Date Designated,D.O.B,Nationality(/ies),Gender,Town of birth,Country of birth,IMO number\n" +
	"16/04/2026,INU9001,17137,IRi.901,Vargo,Teodor,,,,,Primary Name,,,تيودور,The Invented Regulations 2019,Individual,UN,Asset freeze|Travel Ban|Director Disqualification Sanction,,,1 Mole Street,Iran,28/09/2025,dd/mm/1957,Iran,Male,Brindle,Iran,\n" +
	"16/04/2026,INU9001,17137,IRi.901,Quay,,,,,,Alias,Low quality,,,The Invented Regulations 2019,Individual,UN,,,,,,,,,,,,\n" +
	"16/04/2026,RUS9002,,,GULL ONE,,,,,,Primary Name,,,,X,Ship,UK,Prohibition of port entry,,,,,,,,,,,IMO9999993\n"

func TestSanctionsListXMLAndCSVAgree(t *testing.T) {
	for name, read := range map[string]func() (party.Edition, []party.Party, error){
		"xml": func() (party.Edition, []party.Party, error) {
			e, p, _, err := snapshot.Read(ParseXML, snapshot.Memory("u.xml", []byte(listXML)))
			return e, p, err
		},
		"csv": func() (party.Edition, []party.Party, error) {
			e, p, _, err := snapshot.Read(ParseCSV, snapshot.Memory("u.csv", []byte(listCSV)))
			return e, p, err
		},
	} {
		e, parties, err := read()
		if err != nil || len(parties) != 2 || e.Stated.String() != "2026-05-01" {
			t.Fatalf("%s: %v, %d parties, %+v", name, err, len(parties), e)
		}
		p := parties[0]
		if p.ID != "uk-sanctions:INU9001" || p.Names[0].Text != "Teodor Vargo" || p.Gender != "male" || p.Addresses[0].Text != "1 Mole Street, Iran" || p.Births[0].Window.String() != "1957-01-01..1957-12-31" {
			t.Errorf("%s: %+v", name, p)
		}
		low, own := 0, 0
		for _, n := range p.Names {
			if n.Quality == party.Weak {
				low++
			}
			if n.Kind == party.Native {
				own++
			}
		}
		d := p.Designations[0]
		if low != 1 || own != 1 || d.Regime != "INU" || d.ListedOn.String() != "2025-09-28" || len(d.Stated) != 3 || d.Stated[1].Kind != "M-TRAVEL" || strings.Join(d.CrossRefs, " ") != "IRi.901 uk-ofsi:17137" {
			t.Errorf("%s: low %d own %d %+v", name, low, own, d)
		}
		if v := parties[1]; v.Schema != party.Vessel || v.Vessel.IMO != "9999993" || v.Designations[0].Stated[0].Kind != "M-SHIP" {
			t.Errorf("%s: ship %+v", name, v)
		}
	}
}

func TestTables(t *testing.T) {
	_, parties, findings, err := snapshot.Read(ParseTables,
		snapshot.Memory("s", []byte("unique_id,subject_type,un_reference_number,ofsi_group_id,date_designated,last_updated\nINU9001,individual,IRi.901,17137,28/09/2025,01/10/2025\n")),
		snapshot.Memory("n", []byte("name_id,unique_id,name_type,alias_strength,full_name,name_6,name_1\n1,INU9001,alias,,T. Vargo,Vargo,T.\n2,INU9001,primary,,Teodor Vargo,Vargo,Teodor\n3,NONE1,primary,,X,X,\n")),
		snapshot.Memory("d", []byte("dob_id,unique_id,year,month,day,precision,parse_issues\n1,INU9001,1957,03,11,exact,\n")))
	if err != nil || len(parties) != 1 || len(findings) != 1 {
		t.Fatalf("%v %+v %v", err, parties, findings)
	}
	if p := parties[0]; p.Names[0].Text != "Teodor Vargo" || p.Births[0].Window.String() != "1957-03-11" || p.Designations[0].CrossRefs[0] != "IRi.901" {
		t.Errorf("%+v", p)
	}
}

func FuzzUK(f *testing.F) {
	f.Add([]byte(conlist))
	f.Add([]byte(listXML))
	f.Add([]byte(listCSV))
	f.Fuzz(func(_ *testing.T, a []byte) {
		for _, parse := range []snapshot.Parser{ParseConList, ParseXML, ParseCSV, ParseTables} {
			_, _, _, _ = snapshot.Read(parse, snapshot.Memory("a", a))
		}
	})
}
