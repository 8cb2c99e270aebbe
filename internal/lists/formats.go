package lists

import (
	"github.com/reportedly/reportedly/internal/lists/au"
	"github.com/reportedly/reportedly/internal/lists/ca"
	"github.com/reportedly/reportedly/internal/lists/ch"
	"github.com/reportedly/reportedly/internal/lists/eu"
	"github.com/reportedly/reportedly/internal/lists/ftm"
	"github.com/reportedly/reportedly/internal/lists/ofac"
	"github.com/reportedly/reportedly/internal/lists/senzing"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/lists/table"
	"github.com/reportedly/reportedly/internal/lists/uk"
	"github.com/reportedly/reportedly/internal/lists/un"
)

// Format is one way in which a list is published.
type Format struct {
	Name      string
	Title     string
	Recognise func(head []byte) bool
	Parse     snapshot.Parser
	Belongs   func(head []byte) bool // further files of a set; nil for single files
}

// formats in the order in which they are asked: those with unmistakable marks
// first, those that are told by the shape of a row last.
var formats = []Format{
	{Name: "un-xml", Title: "UN Security Council consolidated list, XML", Recognise: un.Recognise, Parse: un.Parse},
	{Name: "ofac-xml", Title: "OFAC SDN or consolidated list, classic XML", Recognise: ofac.RecogniseXML, Parse: ofac.ParseXML},
	{Name: "ofac-enhanced-xml", Title: "OFAC SDN or consolidated list, ENHANCED XML", Recognise: ofac.RecogniseEnhanced, Parse: ofac.ParseEnhanced},
	{Name: "eu-fsf-xml", Title: "EU financial sanctions, FSF XML 1.1", Recognise: eu.RecogniseFSF, Parse: eu.ParseFSF},
	{Name: "eu-fsd-xml", Title: "EU financial sanctions, XML of before 2017", Recognise: eu.RecogniseFSD, Parse: eu.ParseFSD},
	{Name: "eu-fsf-csv", Title: "EU financial sanctions, FSF CSV 1.0", Recognise: eu.RecogniseCSV, Parse: eu.ParseCSV},
	{Name: "eu-simplified-json", Title: "EU financial sanctions, simplified JSON by third parties", Recognise: eu.RecogniseJSON, Parse: eu.ParseJSON},
	{Name: "uk-sanctions-xml", Title: "UK Sanctions List, XML", Recognise: uk.RecogniseXML, Parse: uk.ParseXML},
	{Name: "uk-sanctions-csv", Title: "UK Sanctions List, CSV", Recognise: uk.RecogniseCSV, Parse: uk.ParseCSV},
	{Name: "uk-sanctions-tables", Title: "UK Sanctions List as relational tables", Recognise: uk.RecogniseTables, Belongs: uk.BelongsTables, Parse: uk.ParseTables},
	{Name: "uk-conlist-csv", Title: "UK OFSI consolidated list (ConList), CSV", Recognise: uk.RecogniseConList, Parse: uk.ParseConList},
	{Name: "ca-sema-xml", Title: "Canada, autonomous sanctions, XML", Recognise: ca.Recognise, Parse: ca.Parse},
	{Name: "ch-seco-xml", Title: "Switzerland, SECO, XML", Recognise: ch.Recognise, Parse: ch.Parse},
	{Name: "au-dfat-csv", Title: "Australia, DFAT consolidated list, CSV", Recognise: au.RecogniseCSV, Parse: au.ParseCSV},
	{Name: "au-dfat-xlsx", Title: "Australia, DFAT consolidated list, workbook", Recognise: au.RecogniseXLSX, Parse: au.ParseXLSX},
	{Name: "ftm", Title: "FollowTheMoney entities, JSON lines (entities.ftm.json, targets.nested.json)", Recognise: ftm.Recognise, Parse: ftm.Parse},
	{Name: "senzing", Title: "Senzing JSON lines", Recognise: senzing.Recognise, Parse: senzing.Parse},
	{Name: "ofac-csv", Title: "OFAC SDN or consolidated list, CSV set", Recognise: ofac.RecogniseCSV, Belongs: ofac.BelongsCSV, Parse: ofac.ParseCSV},
}

// tables are the formats that a mapping of columns describes.
func tables() []Format {
	var out []Format
	for _, m := range table.Known() {
		out = append(out, Format{Name: m.Name, Title: m.Title, Recognise: m.Recognise, Parse: m.Parse})
	}
	return out
}

// Formats lists what can be read, in the order in which they are asked.
func Formats() []Format { return append(append([]Format(nil), formats...), tables()...) }

func recognise(head []byte) (Format, bool) {
	for _, f := range Formats() {
		if f.Recognise(head) {
			return f, true
		}
	}
	return Format{}, false
}
