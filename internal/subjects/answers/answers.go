package answers

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists/history"
	"github.com/reportedly/reportedly/internal/subjects"
)

// Line is an answer as a JSON line.
type Line struct {
	Row    int             `json:"row"`
	Line   int             `json:"line"`
	ID     string          `json:"id,omitempty"`
	Name   string          `json:"name"`
	Status subjects.Status `json:"status"`
	Hits   []Hit           `json:"hits"`
}

// Hit is one hit of a line.
type Hit struct {
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Schema   string         `json:"schema"`
	Score    float64        `json:"score"`
	Match    bool           `json:"match"`
	Matched  string         `json:"matched"`
	Listed   []string       `json:"listed,omitempty"`
	Standing []string       `json:"standing,omitempty"` // on the day asked for
	State    subjects.State `json:"state"`
	Changed  string         `json:"changed,omitempty"`
	Decision *Decision      `json:"decision,omitempty"`
	Parts    []Part         `json:"parts"`
}

// Decision is what somebody said of the hit before.
type Decision struct {
	Verdict subjects.Verdict `json:"verdict"`
	Reason  string           `json:"reason"`
	Who     string           `json:"who"`
	At      time.Time        `json:"at"`
}

// Part of a score.
type Part struct {
	Feature string  `json:"feature"`
	Weight  float64 `json:"weight"`
	Text    string  `json:"text"`
}

// Of gives an answer's line; day is the day asked for, zero = now.
func Of(a subjects.Answer, day calendar.Date) Line {
	l := Line{Row: a.Subject.Row, Line: a.Subject.Line, ID: a.Subject.ID, Name: a.Subject.Name, Status: a.Status, Hits: []Hit{}}
	for _, f := range a.Hits {
		l.Hits = append(l.Hits, HitOf(f, day))
	}
	return l
}

// HitOf gives one hit.
func HitOf(f subjects.Found, day calendar.Date) Hit {
	h := Hit{ID: f.Party.ID, Name: f.Party.PrimaryName(), Schema: string(f.Party.Schema), Score: f.Score, Match: f.Match, Matched: f.Matched, State: f.State, Changed: f.Changed}
	if d := f.Decision; d != nil {
		h.Decision = &Decision{d.Verdict, d.Reason, d.Who, d.At}
	}
	for _, d := range f.Party.Designations {
		s := d.Authority + " " + d.Reference
		if n := len(d.Periods); n > 0 {
			s += ", listed " + Period(d.Periods[n-1].From, d.Periods[n-1].LastSeen, d.Periods[n-1].Gone)
		} else if !d.ListedOn.IsZero() {
			s += ", listed " + d.ListedOn.String()
		}
		h.Listed = append(h.Listed, s)
		if !day.IsZero() {
			h.Standing = append(h.Standing, string(history.Standing(d.Periods, day)))
		}
	}
	for _, p := range f.Parts {
		h.Parts = append(h.Parts, Part(p))
	}
	return h
}

// Period writes a stretch on a list in words.
func Period(from, last, gone calendar.Date) string {
	known := func(d calendar.Date) string {
		if d.IsZero() {
			return "unknown date"
		}
		return d.String()
	}
	out := "from " + known(from)
	if gone.IsZero() {
		return out + ", still in the edition of " + known(last)
	}
	return fmt.Sprintf("%s; last seen in the edition of %s, absent from that of %s", out, last, gone)
}

// AppendJSON appends an answer as one JSON line.
func AppendJSON(b []byte, a subjects.Answer, day calendar.Date) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(Of(a, day)); err != nil {
		return b, fmt.Errorf("answer: %w", err)
	}
	return append(b, buf.Bytes()...), nil
}

// Columns of a table of answers: one row a hit, and one for a subject without
// any.
var Columns = []string{"row", "line", "subject_id", "subject_name", "status", "score", "match", "state", "hit_id", "hit_name", "hit_schema", "matched", "listed", "standing", "explanation", "decided", "decided_by", "reason"}

// cells gives the rows of an answer.
func cells(l Line) [][]string {
	head := []string{strconv.Itoa(l.Row), strconv.Itoa(l.Line), safe(l.ID), safe(l.Name), string(l.Status)}
	if len(l.Hits) == 0 {
		return [][]string{append(head, make([]string, len(Columns)-len(head))...)}
	}
	var out [][]string
	for _, h := range l.Hits {
		var why []string
		for _, p := range h.Parts {
			why = append(why, fmt.Sprintf("%s %+.3f (%s)", p.Feature, p.Weight, p.Text))
		}
		row := append(append([]string(nil), head...), strconv.FormatFloat(h.Score, 'f', 4, 64), strconv.FormatBool(h.Match), string(h.State), safe(h.ID), safe(h.Name), h.Schema, safe(h.Matched),
			safe(strings.Join(h.Listed, " | ")), strings.Join(h.Standing, " | "), safe(strings.Join(why, "; ")))
		if d := h.Decision; d != nil {
			said := string(d.Verdict)
			if h.Changed != "" {
				said += ", but " + h.Changed
			}
			row = append(row, said, safe(d.Who), safe(d.Reason))
		} else {
			row = append(row, "", "", "")
		}
		out = append(out, row)
	}
	return out
}

// safe writes a text so that a spreadsheet does not run it: what begins like a
// formula gets an apostrophe before it (OWASP, CSV injection).
func safe(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}

// Header is the first line of a CSV file of answers.
func Header() []byte { return []byte(strings.Join(Columns, ",") + "\n") }

// AppendCSV appends the rows of an answer.
func AppendCSV(b []byte, a subjects.Answer, day calendar.Date) ([]byte, error) {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	if err := w.WriteAll(cells(Of(a, day))); err != nil {
		return b, fmt.Errorf("answer: %w", err)
	}
	return append(b, buf.Bytes()...), nil
}

// Workbook turns JSON lines of answers into an Excel workbook. Rows go to a
// temporary file as they come.
func Workbook(lines io.Reader, w io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	s, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	put := func(n int, row []string) error {
		values := make([]any, len(row))
		for i, v := range row {
			values[i] = v
		}
		return s.SetRow("A"+strconv.Itoa(n), values)
	}
	n := 1
	if err := put(n, Columns); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	dec := json.NewDecoder(lines)
	for {
		var l Line
		if err := dec.Decode(&l); err == io.EOF {
			break
		} else if err != nil {
			return fmt.Errorf("workbook: answers so far: %w", err)
		}
		for _, row := range cells(l) {
			if n++; n > excelize.TotalRows {
				return fmt.Errorf("workbook: more than %d rows; write CSV or JSON lines instead", excelize.TotalRows)
			}
			if err := put(n, row); err != nil {
				return fmt.Errorf("workbook: row %d: %w", n, err)
			}
		}
	}
	if err := s.Flush(); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return nil
}
