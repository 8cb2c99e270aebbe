package upload

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
)

// Names is an uploaded table with the columns that are known.
type Names struct {
	head []string
	rows [][]string
	at   map[string]int // "name", "schema", "birth_date", "country", "number"
}

// columns of an upload, by the headings under which they are recognised.
var columns = map[string][]string{
	"name": {"name", "full_name", "fullname", "query", "names"}, "schema": {"schema", "type"}, "birth_date": {"birth_date", "birthdate", "dob", "date_of_birth"},
	"country": {"country", "nationality", "countries"}, "number": {"number", "passport", "imo", "id_number"},
}

// Read reads a table in CSV: the first line names columns, or the file is a
// bare list of names. An error is in words for whoever sent the file.
func Read(body []byte) (*Names, error) {
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(body) {
		return nil, errors.New("the file is not in UTF-8")
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
			return nil, fmt.Errorf("line %d of the file is no CSV: %w", at.Line, at.Err)
		}
		return nil, errors.New("the file is no CSV")
	}
	if len(all) == 0 {
		return nil, errors.New("the file is empty")
	}
	t := &Names{head: all[0], rows: all[1:], at: map[string]int{}}
	for i, h := range all[0] {
		for key, known := range columns {
			if _, taken := t.at[key]; !taken && slices.Contains(known, strings.ToLower(strings.TrimSpace(h))) {
				t.at[key] = i
			}
		}
	}
	if _, ok := t.at["name"]; !ok {
		if len(all[0]) > 1 {
			return nil, errors.New("the first line of the file names no column “name”")
		}
		t.head, t.rows, t.at = []string{"name"}, all, map[string]int{"name": 0} // a bare list of names
	}
	return t, nil
}

func (t *Names) get(row []string, key string) string {
	if i, ok := t.at[key]; ok && i < len(row) {
		return strings.TrimSpace(row[i])
	}
	return ""
}

// Tally counts what was found.
type Tally struct {
	Names, Match, Possible int
}

// Screen screens every row and writes the table with the results beside it; a
// row that cannot be read keeps its place with the reason in it. at is told how
// many rows are done.
func (t *Names) Screen(ctx context.Context, index *screening.Index, out io.Writer, at func(done, total int)) (Tally, error) {
	w := csv.NewWriter(out)
	n := Tally{Names: len(t.rows)}
	w.Write(append(slices.Clone(t.head), "result", "score", "matched_party", "matched_name", "matched_listed_as", "why")) // errors stay until Flush
	for i, row := range t.rows {
		if ctx.Err() != nil {
			return n, ctx.Err()
		}
		res := t.one(index, row)
		switch res[0] {
		case "match":
			n.Match++
		case "possible":
			n.Possible++
		}
		for len(row) < len(t.head) {
			row = append(row, "")
		}
		w.Write(safeCells(append(slices.Clone(row), res...)))
		if i%50 == 0 {
			at(i, len(t.rows))
		}
	}
	w.Flush()
	at(len(t.rows), len(t.rows))
	return n, w.Error()
}

func (t *Names) one(index *screening.Index, row []string) []string {
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
