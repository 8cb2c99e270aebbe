package au

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/lists/markup"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/lists/table"
	"github.com/reportedly/reportedly/internal/party"
)

// List is the code of the list.
const List = "au-dfat"

var wanted = []string{"Reference", "Name of Individual or Entity", "Type", "Name Type", "Listing Information", "Committees"}

// RecogniseCSV reports whether the head is the list as CSV.
func RecogniseCSV(head []byte) bool {
	return table.HasAll(table.Header(head, table.Shape{}), wanted...)
}

// RecogniseXLSX reports whether the head is a workbook; whether it is this
// list shows when it is opened.
func RecogniseXLSX(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04"))
}

// row is one row by column name.
type row struct {
	line   int
	values []string
	index  map[string]int
}

func (r row) get(column string) string {
	if i, ok := r.index[column]; ok && i < len(r.values) {
		if t := markup.Clean(r.values[i]); t != "NA" && t != "N/A" {
			return t
		}
	}
	return ""
}

// ParseCSV is the snapshot.Parser of the CSV.
func ParseCSV(files []*snapshot.File, out *snapshot.Out) error {
	f := files[0]
	*out.Edition = edition(f, "au-dfat-csv")
	r, err := table.Open(f, table.Shape{})
	if err != nil {
		return err
	}
	defer r.Close()
	l := &list{file: f.Name, out: out, by: map[string]*party.Party{}}
	index := indexOf(r.Columns)
	for {
		x, err := r.Next()
		if errors.Is(err, io.EOF) {
			return l.give()
		}
		if err != nil {
			return err
		}
		values := make([]string, len(r.Columns))
		for i, c := range r.Columns {
			values[i] = x.Get(c)
		}
		l.row(row{line: x.Line, values: values, index: index})
	}
}

func edition(f *snapshot.File, format string) party.Edition {
	return party.Edition{List: List, Publisher: "Australian Government, Department of Foreign Affairs and Trade", Format: format, File: f.Name, SHA256: f.SHA256}
}

func indexOf(columns []string) map[string]int {
	out := map[string]int{}
	for i, c := range columns {
		if _, twice := out[strings.TrimSpace(c)]; !twice {
			out[strings.TrimSpace(c)] = i
		}
	}
	return out
}

// ParseXLSX is the snapshot.Parser of the workbook.
func ParseXLSX(files []*snapshot.File, out *snapshot.Out) error {
	f := files[0]
	*out.Edition = edition(f, "au-dfat-xlsx")
	refuse := func(line int, err error) error { return snapshot.Refuse(f.Name, line, -1, "", err) }
	body, err := f.Open()
	if err != nil {
		return refuse(0, err)
	}
	defer body.Close()
	book, err := excelize.OpenReader(body, excelize.Options{RawCellValue: true, UnzipSizeLimit: 512 << 20, UnzipXMLSizeLimit: 64 << 20})
	if err != nil {
		return refuse(0, fmt.Errorf("workbook: %w", err))
	}
	defer book.Close()
	rows, err := book.Rows(book.GetSheetName(0))
	if err != nil {
		return refuse(0, fmt.Errorf("workbook: %w", err))
	}
	defer rows.Close()
	l := &list{file: f.Name, out: out, by: map[string]*party.Party{}}
	var index map[string]int
	for line := 1; rows.Next(); line++ {
		values, err := rows.Columns()
		if err != nil {
			return refuse(line, fmt.Errorf("workbook: %w", err))
		}
		if index == nil {
			for i := range values {
				values[i] = strings.TrimSpace(values[i])
			}
			if !table.HasAll(values, wanted...) {
				return refuse(line, errors.New("unknown list format: a workbook whose first row is not that of the Australian list"))
			}
			index = indexOf(values)
			continue
		}
		l.row(row{line: line, values: values, index: index})
	}
	if err := rows.Error(); err != nil {
		return refuse(0, fmt.Errorf("workbook: %w", err))
	}
	return l.give()
}

// list puts the rows of entries together.
type list struct {
	file  string
	out   *snapshot.Out
	order []*party.Party
	by    map[string]*party.Party
}

var reference = regexp.MustCompile(`^(\d+)\s*([a-z]*)`)

func (l *list) row(r row) {
	m := reference.FindStringSubmatch(strings.ToLower(strings.TrimSuffix(r.get("Reference"), ".0")))
	if m == nil {
		if strings.TrimSpace(strings.Join(r.values, "")) != "" {
			l.out.Lost(l.file, r.line, r.get("Reference"), "a row without a reference number")
		}
		return
	}
	e := l.by[m[1]]
	if e == nil {
		e = &party.Party{ID: List + ":" + m[1], Schema: party.Organization, Source: party.Origin{File: l.file, Line: r.line, Offset: -1, Record: m[1]}}
		if strings.EqualFold(r.get("Type"), "individual") {
			e.Schema = party.Person
		}
		l.by[m[1]] = e
		l.order = append(l.order, e)
		facts(e, r)
		e.Designations = []party.Designation{designation(r, m[1])}
	}
	addName(e, r)
}

func (l *list) give() error {
	for _, e := range l.order {
		i := slices.IndexFunc(e.Names, func(n party.Name) bool { return n.Kind == party.Primary })
		if i > 0 {
			e.Names[0], e.Names[i] = e.Names[i], e.Names[0]
		} else if i < 0 && len(e.Names) > 0 {
			e.Names[0].Kind = party.Primary
		}
		l.out.Edition.Entries++
		if err := l.out.Party(*e); err != nil {
			return err
		}
	}
	return nil
}

func addName(e *party.Party, r row) {
	text := fields.TrimName(r.get("Name of Individual or Entity"))
	n := party.Name{Text: text, Kind: party.Alias, Script: fields.Script(text)}
	switch strings.ToLower(r.get("Name Type")) {
	case "primary name":
		n.Kind, n.Quality = party.Primary, party.Strong
	case "original script":
		n.Kind, n.Quality = party.Native, party.Strong
	case "formerly known as", "previously listed as":
		n.Kind = party.Former
	}
	if before, _, ok := strings.Cut(text, " (previously listed as)"); ok {
		n.Text, n.Kind = before, party.Former
	}
	if n.Text != "" && !slices.ContainsFunc(e.Names, func(have party.Name) bool { return have.Text == n.Text }) {
		e.Names = append(e.Names, n)
	}
}

var lettered = regexp.MustCompile(`(?:^|[\s;,])\(?[a-z]{1,2}\)`)

// values parts "a) 1962; b) 1960".
func values(text string) []string {
	var out []string
	for _, p := range lettered.Split(text, -1) {
		if p = strings.Trim(p, " ;,"); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// serial reads a day of the spreadsheet's calendar (1 = 1 January 1900, with
// the leap day of 1900 that never was).
func serial(text string) (calendar.Date, bool) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n < 3000 || n > 80000 {
		return calendar.Date{}, false
	}
	return calendar.On(1899, 12, 30).AddDays(int(n)), true
}

func facts(e *party.Party, r row) {
	for _, t := range values(r.get("Date of Birth")) {
		if d, ok := serial(t); ok {
			e.Births = append(e.Births, party.Birth{Window: d.Window()})
			continue
		}
		e.Births = append(e.Births, fields.Births(t, fields.DayFirst)...)
	}
	for _, t := range values(r.get("Place of Birth")) {
		b := party.Birth{Place: t}
		if i := strings.LastIndex(t, ", "); i > 0 {
			if c := fields.Country(t[i+2:]); c.Code != "" {
				b.Place, b.In = t[:i], c
			}
		} else if c := fields.Country(t); c.Code != "" {
			b = party.Birth{In: c}
		}
		e.Births = append(e.Births, b)
	}
	for _, t := range values(r.get("Citizenship")) {
		e.Nationalities = append(e.Nationalities, fields.Countries(t)...)
	}
	for _, t := range values(r.get("Address")) {
		a := party.Address{Text: t}
		if i := strings.LastIndex(t, ", "); i > 0 {
			a.In = fields.Country(t[i+2:])
		} else {
			a.In = fields.Country(t)
		}
		if a.In.Code == "" {
			a.In = party.Country{}
		}
		e.Addresses = append(e.Addresses, a)
	}
	if t := r.get("Additional Information"); t != "" {
		e.Notes = append(e.Notes, t)
	}
}

var (
	proseDay = regexp.MustCompile(`\d{1,2}(?:st|nd|rd|th)?\s*(?:[A-Z][a-z]+\.?\s*\d{4}|/\d{1,2}/\d{4})`)
	proseRef = regexp.MustCompile(`\b[A-Z]{2}[ie]\.\d{3}\b|\b[A-Z]{1,3}\.[A-Z]{1,2}\.\d{1,3}\.[A-Z0-9]{1,2}\b`)
	number   = regexp.MustCompile(`^\d{3,4}\b`)
)

// designation reads "Listed by UN 1267 Committee on 25 January 2001 (amended
// on 20 December 2005)".
func designation(r row, ref string) party.Designation {
	committee := r.get("Committees")
	d := party.Designation{Authority: "AU", List: List, Reference: ref, Regime: committee, Status: party.Listed}
	if committee != "" {
		d.Programmes = []string{committee}
	}
	if n := number.FindString(committee); n != "" {
		d.Regime = n // a UN regime, by its founding resolution
	}
	info := r.get("Listing Information")
	if info != "" {
		d.LegalBasis = []string{info}
	}
	low := strings.ToLower(info)
	cut := strings.Index(low, "amended on")
	if i := strings.Index(low, "last listed on"); i >= 0 && (cut < 0 || i < cut) {
		cut = i
	}
	for _, m := range proseDay.FindAllStringIndex(info, -1) {
		day, ok := fields.Date(strings.TrimSpace(info[m[0]:m[1]]), fields.DayFirst)
		switch {
		case !ok:
		case cut >= 0 && m[0] > cut:
			d.AmendedOn = append(d.AmendedOn, day)
		case d.ListedOn.IsZero():
			d.ListedOn = day
		}
	}
	if c, ok := serial(r.get("Control Date")); ok && !slices.Contains(d.AmendedOn, c) {
		d.SourceNotes = append(d.SourceNotes, "control date "+c.String())
	}
	for _, t := range proseRef.FindAllString(r.get("Additional Information"), -1) {
		if !slices.Contains(d.CrossRefs, t) {
			d.SourceNotes = append(d.SourceNotes, "names "+t)
		}
	}
	return d
}
