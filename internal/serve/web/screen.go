package web

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists/history"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/web/jobs"
)

// screenPage is a name with the listed parties that may bear it.
type screenPage struct {
	Name, Schema, Birth, Country, Number, AsOf string
	Asked                                      bool
	Hits                                       []hitRow
	Searched                                   []string // lists, with their dates
	Parties                                    int
	Threshold                                  float64
	Schemata                                   []party.Schema
	Jobs                                       []*jobs.Job // the visitor's own uploads
}

// hitRow is a hit with where its party stands on the day asked for.
type hitRow struct {
	screening.Hit
	Match    bool
	Standing []string
}

var schemata = []party.Schema{party.Person, party.Organization, party.Company, party.PublicBody, party.Vessel, party.Airplane}

func (p *Pages) screen(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	v := r.URL.Query()
	b := &screenPage{Name: clip(v.Get("name"), 500), Schema: v.Get("schema"), Birth: clip(v.Get("birth"), 10), Country: clip(v.Get("country"), 2), Number: clip(v.Get("number"), 60), AsOf: clip(v.Get("asof"), 10),
		Threshold: screening.Default, Schemata: schemata}
	who := auth.From(r.Context())
	b.Jobs = p.jobs.Of(who.User, screenJob)
	know, index, err := p.known.now(r.Context())
	if err != nil {
		return "", page{}, err
	}
	if know != nil {
		b.Searched, b.Parties = know.Labels(), len(know.Parties)
	}
	if b.Name != "" || b.Number != "" {
		b.Asked = true
		if err := b.find(index); err != nil {
			return "", page{}, err
		}
	}
	return "screen", page{Title: "Screen", Section: "screen", Body: b}, nil
}

func (b *screenPage) find(index *screening.Index) error {
	if index == nil {
		return nil
	}
	q := screening.Query{Name: b.Name, Schema: party.Schema(b.Schema), Country: strings.ToUpper(b.Country), Number: b.Number, Limit: 15}
	if b.Birth != "" {
		d, err := calendar.Parse(b.Birth)
		if err != nil {
			return wrong("the birth date is read as 1957, 1957-03 or 1957-03-11; this is none: " + b.Birth)
		}
		q.BirthDate = d.Window()
	}
	day, err := calendar.Parse(b.AsOf)
	if err != nil {
		return wrong("the day is read as 2016-04-15; this is none: " + b.AsOf)
	}
	for _, h := range index.Find(q) {
		row := hitRow{Hit: h, Match: h.Score >= screening.Default}
		for _, d := range h.Party.Designations {
			row.Standing = append(row.Standing, standing(d, day))
		}
		b.Hits = append(b.Hits, row)
	}
	return nil
}

// standing tells in words since when a designation stands, or how it stood on
// a day.
func standing(d party.Designation, day calendar.Date) string {
	name := strings.TrimSpace(d.Authority + " " + d.Reference)
	if !day.IsZero() && len(d.Periods) > 0 {
		return fmt.Sprintf("%s: %s on %s", name, history.Standing(d.Periods, day), day)
	}
	if n := len(d.Periods); n > 0 {
		last := d.Periods[n-1]
		if !last.Gone.IsZero() {
			return fmt.Sprintf("%s: listed from %s, gone by %s", name, orUnknown(last.From), last.Gone)
		}
		return fmt.Sprintf("%s: listed from %s", name, orUnknown(last.From))
	}
	return fmt.Sprintf("%s: listed on %s", name, orUnknown(d.ListedOn))
}

func orUnknown(d calendar.Date) string {
	if d.IsZero() {
		return "an unknown date"
	}
	return d.String()
}

// maxUpload bounds a file to be screened, in bytes.
const maxUpload = 64 << 20

// screenFile takes a CSV of names and screens it in the background.
func (p *Pages) screenFile(w http.ResponseWriter, r *http.Request) (string, page, error) {
	f, head, err := r.FormFile("file")
	if err != nil {
		return "", page{}, wrong("choose a CSV file with a column “name”; at most 64 MB")
	}
	defer f.Close()
	body, err := io.ReadAll(f)
	if err != nil {
		return "", page{}, wrong("the file did not arrive whole")
	}
	rows, err := readNames(body)
	if err != nil {
		return "", page{}, err
	}
	_, index, err := p.known.now(r.Context())
	if err != nil {
		return "", page{}, err
	}
	if index == nil {
		return "", page{}, wrong("no list is loaded yet, so nobody could be found")
	}
	j := p.jobs.Start("Screening "+head.Filename, screenJob, auth.From(r.Context()), func(ctx context.Context, j *jobs.Job) error {
		return screenRows(ctx, j, index, rows, head.Filename)
	})
	http.Redirect(w, r, "/jobs/"+j.ID, http.StatusSeeOther)
	return "", page{}, nil
}

// nameRows is an uploaded table with the columns that are known.
type nameRows struct {
	head []string
	rows [][]string
	at   map[string]int // "name", "schema", "birth_date", "country", "number"
}

// columns of an upload, by the headings under which they are recognised.
var columns = map[string][]string{
	"name": {"name", "full_name", "fullname", "query", "names"}, "schema": {"schema", "type"}, "birth_date": {"birth_date", "birthdate", "dob", "date_of_birth"},
	"country": {"country", "nationality", "countries"}, "number": {"number", "passport", "imo", "id_number"},
}

func readNames(body []byte) (*nameRows, error) {
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(body) {
		return nil, wrong("the file is not in UTF-8")
	}
	in := csv.NewReader(bytes.NewReader(body))
	in.FieldsPerRecord = -1
	if line, _, _ := bytes.Cut(body, []byte("\n")); bytes.Count(line, []byte(";")) > bytes.Count(line, []byte(",")) {
		in.Comma = ';'
	}
	all, err := in.ReadAll()
	if err != nil {
		var at *csv.ParseError
		if errors.As(err, &at) {
			return nil, wrong(fmt.Sprintf("line %d of the file is no CSV: %v", at.Line, at.Err))
		}
		return nil, wrong("the file is no CSV")
	}
	if len(all) == 0 {
		return nil, wrong("the file is empty")
	}
	t := &nameRows{head: all[0], rows: all[1:], at: map[string]int{}}
	for i, h := range all[0] {
		for key, known := range columns {
			if _, taken := t.at[key]; !taken && slices.Contains(known, strings.ToLower(strings.TrimSpace(h))) {
				t.at[key] = i
			}
		}
	}
	if _, ok := t.at["name"]; !ok {
		if len(all[0]) > 1 {
			return nil, wrong("the first line of the file names no column “name”")
		}
		t.head, t.rows, t.at = []string{"name"}, all, map[string]int{"name": 0} // a bare list of names
	}
	return t, nil
}

func (t *nameRows) get(row []string, key string) string {
	if i, ok := t.at[key]; ok && i < len(row) {
		return strings.TrimSpace(row[i])
	}
	return ""
}

// screenRows screens every row; a row that cannot be read keeps its place with
// the reason in it.
func screenRows(ctx context.Context, j *jobs.Job, index *screening.Index, t *nameRows, file string) error {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	add := []string{"result", "score", "matched_party", "matched_name", "matched_listed_as", "why"}
	w.Write(append(slices.Clone(t.head), add...)) // errors stay until Flush
	found, possible := 0, 0
	for i, row := range t.rows {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		res := screenRow(index, t, row)
		switch res[0] {
		case "match":
			found++
		case "possible":
			possible++
		}
		for len(row) < len(t.head) {
			row = append(row, "")
		}
		w.Write(safeCells(append(slices.Clone(row), res...)))
		if i%50 == 0 {
			j.At(int64(i), int64(len(t.rows)), "names")
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	j.Give(jobs.Result{Name: "screened-" + strings.TrimSuffix(file, ".csv") + ".csv", Type: "text/csv; charset=utf-8", Body: out.Bytes()})
	j.Tell(jobs.Line{Text: fmt.Sprintf("%d names: %d reach the threshold, %d are somewhat alike, %d are like nobody listed", len(t.rows), found, possible, len(t.rows)-found-possible)})
	j.At(int64(len(t.rows)), int64(len(t.rows)), "names")
	return nil
}

func screenRow(index *screening.Index, t *nameRows, row []string) []string {
	q := screening.Query{Name: t.get(row, "name"), Schema: party.Schema(t.get(row, "schema")), Country: t.get(row, "country"), Number: t.get(row, "number"), Limit: 1}
	if q.Name == "" && q.Number == "" {
		return []string{"not screened", "", "", "", "", "the row names nobody"}
	}
	if s := t.get(row, "birth_date"); s != "" {
		d, err := calendar.Parse(s)
		if err != nil {
			return []string{"not screened", "", "", "", "", "the birth date cannot be read: " + s}
		}
		q.BirthDate = d.Window()
	}
	hits := index.Find(q)
	if len(hits) == 0 {
		return []string{"no hit", "", "", "", "", ""}
	}
	h := hits[0]
	var why []string
	for _, part := range h.Parts {
		why = append(why, part.Text)
	}
	word := "possible"
	if h.Score >= screening.Default {
		word = "match"
	}
	return []string{word, strconv.FormatFloat(h.Score, 'f', 3, 64), h.Party.ID, h.Party.PrimaryName(), h.Matched, strings.Join(why, "; ")}
}

// safeCells keeps a spreadsheet from taking a name for a formula.
func safeCells(row []string) []string {
	for i, c := range row {
		if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) {
			if _, err := strconv.ParseFloat(c, 64); err != nil {
				row[i] = "'" + c
			}
		}
	}
	return row
}
