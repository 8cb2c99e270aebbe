package au

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

const csvList = `Reference,Name of Individual or Entity,Type,Name Type,Date of Birth,Place of Birth,Citizenship,Address,Additional Information,Listing Information,Committees,Control Date
2a,تيودور,Individual,Original Script,20890,"Brindle, Iran",Iran,NA,,x,1988 (Taliban),41988
2,TEODOR VARGO,Individual ,Primary Name ,a) Approximately 1955- 1958 b) 1960,"Brindle, Iran",Iran,NA,Named in QDi.901.,"Listed by UN 1267 Committee on 25 January 2001 (amended on 20 December 2005, 9 July 2007)",1988 (Taliban),41988
`

func TestCSVAndWorkbookAgree(t *testing.T) {
	index := 0
	book := excelize.NewFile()
	for _, line := range [][]any{
		{"Reference", "Name of Individual or Entity", "Type", "Name Type", "Date of Birth", "Place of Birth", "Citizenship", "Address", "Additional Information", "Listing Information", "Committees", "Control Date"},
		{"2a", "تيودور", "Individual", "Original Script", 20890, "Brindle, Iran", "Iran", "NA", "", "x", "1988 (Taliban)", 41988},
		{2, "TEODOR VARGO", "Individual ", "Primary Name ", "", "Brindle, Iran", "Iran", "NA", "", "x", "1988 (Taliban)", 41988},
	} {
		index++
		cell, _ := excelize.CoordinatesToCellName(1, index)
		if err := book.SetSheetRow("Sheet1", cell, &line); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		parse snapshot.Parser
		body  []byte
	}{"csv": {ParseCSV, []byte(csvList)}, "xlsx": {ParseXLSX, b.Bytes()}} {
		_, parties, _, err := snapshot.Read(c.parse, snapshot.Memory("x", c.body))
		if err != nil || len(parties) != 1 {
			t.Fatalf("%s: %v, %d parties", name, err, len(parties))
		}
		p := parties[0]
		if p.ID != "au-dfat:2" || p.Names[0].Text != "TEODOR VARGO" || p.Names[1].Kind != party.Native || p.Births[0].Window.String() != "1957-03-11" || p.Births[1].In.Code != "IR" || p.Designations[0].Regime != "1988" {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

func TestListingInformation(t *testing.T) {
	r := row{values: []string{"Listed by UN 1267 Committee on 25 January 2001 (amended on 20 December 2005, 9 July 2007)"}, index: map[string]int{"Listing Information": 0}}
	d := designation(r, "2")
	if d.ListedOn.String() != "2001-01-25" || len(d.AmendedOn) != 2 || d.AmendedOn[1].String() != "2007-07-09" {
		t.Errorf("%+v", d)
	}
}

func TestOtherWorkbookIsRefused(t *testing.T) {
	book := excelize.NewFile()
	_ = book.SetSheetRow("Sheet1", "A1", &[]any{"a", "b"})
	var b bytes.Buffer
	_ = book.Write(&b)
	if _, _, _, err := snapshot.Read(ParseXLSX, snapshot.Memory("x", b.Bytes())); err == nil {
		t.Error("a workbook of something else is read")
	}
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte(csvList))
	f.Fuzz(func(_ *testing.T, a []byte) { _, _, _, _ = snapshot.Read(ParseCSV, snapshot.Memory("a", a)) })
}

func FuzzXLSX(f *testing.F) {
	book := excelize.NewFile()
	_ = book.SetSheetRow("Sheet1", "A1", &[]any{"Reference", "Name of Individual or Entity", "Type", "Name Type", "Listing Information", "Committees"})
	var b bytes.Buffer
	_ = book.Write(&b)
	f.Add(b.Bytes())
	f.Fuzz(func(_ *testing.T, a []byte) { _, _, _, _ = snapshot.Read(ParseXLSX, snapshot.Memory("a", a)) })
}
