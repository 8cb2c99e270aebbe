package lists

import (
	"github.com/reportedly/reportedly/internal/lists/ftm"
	"github.com/reportedly/reportedly/internal/lists/ofac"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/lists/table"
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
	{Name: "ftm", Title: "FollowTheMoney entities, JSON lines", Recognise: ftm.Recognise, Parse: ftm.Parse},
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
