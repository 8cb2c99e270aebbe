package ofac

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

const enhancedXML = `<?xml version="1.0" encoding="utf-8"?>
<sanctionsData xmlns="https://example.org/ENHANCED_XML"><publicationInfo><dataAsOf>2024-08-28T00:00:00</dataAsOf><filters><sanctionsLists/><sanctionsPrograms><sanctionsProgram>IRGC</sanctionsProgram></sanctionsPrograms></filters></publicationInfo>
<entities><entity id="901"><generalInfo><entityType refId="600">Individual</entityType><title>Dr</title></generalInfo>
<sanctionsLists><sanctionsList datePublished="2007-10-25">SDN List</sanctionsList></sanctionsLists>
<sanctionsPrograms><sanctionsProgram>IRGC</sanctionsProgram><sanctionsProgram>SDGT</sanctionsProgram></sanctionsPrograms>
<sanctionsTypes><sanctionsType>Block</sanctionsType></sanctionsTypes><legalAuthorities><legalAuthority>Executive Order 99999</legalAuthority></legalAuthorities>
<names><name><isPrimary>true</isPrimary><isLowQuality>false</isLowQuality><translations>
<translation><isPrimary>true</isPrimary><script>Latin</script><formattedFirstName>Teodor</formattedFirstName><formattedLastName>VARGO</formattedLastName><formattedFullName>VARGO, Teodor</formattedFullName></translation>
<translation><isPrimary>false</isPrimary><script>Cyrillic</script><formattedFullName>ВАРГО Теодор</formattedFullName></translation></translations></name>
<name><isPrimary>false</isPrimary><aliasType>F.K.A.</aliasType><isLowQuality>true</isLowQuality><translations><translation><isPrimary>true</isPrimary><formattedLastName>THE QUAY</formattedLastName></translation></translations></name></names>
<addresses><address><country>Iran</country><translations><translation><addressParts><addressPart><type>CITY</type><value>Brindle</value></addressPart></addressParts></translation></translations></address></addresses>
<features><feature><type>Birthdate</type><value>1957</value><valueDate><fromDateBegin>1957-01-01</fromDateBegin><toDateEnd>1957-12-31</toDateEnd><isApproximate>true</isApproximate></valueDate></feature>
<feature><type>Gender</type><value>Male</value></feature><feature><type>Digital Currency Address - XBT</type><value>1ExampleExampleExampleExample99</value></feature><feature><type>Nationality Country</type><value>Iran</value></feature></features>
<identityDocuments><identityDocument><type>Passport</type><documentNumber>00777</documentNumber><isValid>false</isValid><issuingCountry>Iran</issuingCountry><issueDate><fromDateBegin>1999-01-01</fromDateBegin></issueDate></identityDocument></identityDocuments>
<relationships><relationship><type>Owned or Controlled By</type><relatedEntity entityId="902">GREY GULL</relatedEntity></relationship></relationships></entity></entities></sanctionsData>`

func TestEnhanced(t *testing.T) {
	e, parties, _, err := snapshot.Read(ParseEnhanced, snapshot.Memory("e.xml", []byte(enhancedXML)))
	if err != nil {
		t.Fatal(err)
	}
	p := parties[0]
	if e.List != SDN || e.Stated.String() != "2024-08-28" || !e.Partial || p.ID != "us-ofac-sdn:901" || p.Schema != party.Person || p.Gender != "male" {
		t.Errorf("edition %+v party %+v", e, p)
	}
	if len(p.Names) != 3 || p.Names[0].Surname != "VARGO" || p.Names[1].Kind != party.Native || p.Names[2].Kind != party.Former || p.Names[2].Quality != party.Weak {
		t.Errorf("names %+v", p.Names)
	}
	d := p.Designations
	if len(d) != 2 || d[0].ListedOn.String() != "2007-10-25" || d[1].Stated[0].Kind != "M-FREEZE" || d[0].LegalBasis[0] != "Executive Order 99999" {
		t.Errorf("designations %+v", d)
	}
	if b := p.Births[0]; !b.Circa || b.Window.String() != "1957-01-01..1957-12-31" || len(p.Wallets) != 1 || p.Documents[0].Note != "not valid" {
		t.Errorf("facts %+v", p)
	}
	if r := p.Relations[0]; r.Kind != "owned-by" || r.Target != "us-ofac-sdn:902" {
		t.Errorf("relation %+v", r)
	}
	if _, _, _, err := snapshot.Read(ParseEnhanced, snapshot.Memory("e.xml", []byte(enhancedXML[:len(enhancedXML)/2]))); err == nil || !strings.Contains(err.Error(), "entry 901") {
		t.Errorf("a file cut in the middle: %v", err)
	}
}

func FuzzEnhanced(f *testing.F) {
	f.Add([]byte(enhancedXML))
	f.Fuzz(func(_ *testing.T, a []byte) { _, _, _, _ = snapshot.Read(ParseEnhanced, snapshot.Memory("a", a)) })
}
