package table

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/reportedly/reportedly/internal/story"
	"github.com/reportedly/reportedly/internal/subjects"
)

// Options of reading.
type Options struct {
	File    string           // for findings
	Columns map[Field]string // columns named by the user
	Comma   byte             // 0 = found out
	Sheet   string           // of a workbook; "" = the first
}

// Rows are the subjects of one file. Row counts all rows after the header, so
// that it means the same in every run.
type Rows struct {
	// Columns is the header; of JSON lines, the keys of the first object.
	Columns  []string
	Encoding string
	opts     Options
	found    func(story.Finding)
	next     func() (cells []string, line int, broken string, err error)
	mapping  Mapping
	close    func()
}

// Open recognises the format and reads the header. found is told what is
// wrong in single rows.
func Open(r io.Reader, o Options, found func(story.Finding)) (*Rows, error) {
	b := bufio.NewReaderSize(r, 64<<10)
	head, _ := b.Peek(512)
	rows := &Rows{opts: o, found: found, close: func() {}}
	var err error
	switch trimmed := bytes.TrimLeft(head, "\ufeff \r\n\t"); {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		err = rows.workbook(b)
	case bytes.HasPrefix(trimmed, []byte("{")):
		err = rows.lines(b)
	case len(bytes.TrimSpace(head)) == 0:
		err = errors.New("the file is empty")
	default:
		err = rows.csv(b)
	}
	if err != nil {
		rows.close()
		return nil, fmt.Errorf("%s: %w", o.File, err)
	}
	return rows, nil
}

// File is the name of what is read.
func (r *Rows) File() string { return r.opts.File }

// Close lets go of what reading held.
func (r *Rows) Close() { r.close() }

// Mapping tells which columns are used for what, for the user.
func (r *Rows) Mapping() map[Field][]string {
	out := map[Field][]string{}
	for f, is := range r.mapping {
		for _, i := range is {
			out[f] = append(out[f], r.Columns[i])
		}
	}
	return out
}

// All gives the subjects in order. A row that cannot be read is told and left
// out; an error ends the file.
func (r *Rows) All() iter.Seq2[subjects.Subject, error] {
	return func(yield func(subjects.Subject, error) bool) {
		for row := 1; ; row++ {
			cells, line, broken, err := r.next()
			switch {
			case err == io.EOF:
				return
			case err != nil:
				yield(subjects.Subject{}, fmt.Errorf("%s:%d: %w", r.opts.File, line, err))
				return
			case broken != "":
				r.tell(story.Lost, line, "", broken)
				continue
			case len(cells) == 0 || strings.Join(cells, "") == "":
				row-- // empty lines are no rows
				continue
			}
			s, notes, lost := r.mapping.subject(cells)
			s.Row, s.Line = row, line
			for _, n := range notes {
				sev := story.Note
				if lost {
					sev = story.Lost
				}
				r.tell(sev, line, s.ID, n)
			}
			if !lost && !yield(s, nil) {
				return
			}
		}
	}
}

func (r *Rows) tell(sev story.Severity, line int, record, text string) {
	r.found(story.Finding{Severity: sev, File: r.opts.File, Line: line, Offset: -1, Record: record, Text: text})
}

func (r *Rows) csv(b io.Reader) error {
	text, encoding := decode(b)
	c := &records{r: text, comma: r.opts.Comma}
	header, err := c.readLine()
	for err == nil && strings.TrimSpace(header) == "" {
		header, err = c.readLine()
	}
	if err != nil {
		return errors.New("the table has no header")
	}
	if sep, ok := strings.CutPrefix(header, "sep="); ok && len(sep) == 1 { // Excel's way to name the separator
		if c.comma == 0 {
			c.comma = sep[0]
		}
		if header, err = c.readLine(); err != nil {
			return errors.New("the table has no header")
		}
	}
	if c.comma == 0 {
		c.comma = separator(header)
	}
	r.Encoding, r.Columns, r.next = encoding, split(header, c.comma), c.next
	r.mapping, err = Map(r.Columns, r.opts.Columns)
	return err
}

// lines reads JSON objects, one a line. FollowTheMoney entities are flattened:
// their properties count as columns.
func (r *Rows) lines(b *bufio.Reader) error {
	text, encoding := decode(b)
	c := &records{r: text}
	r.Encoding = encoding
	index := map[string]int{}
	var first []string
	var firstLine int
	object := func() ([]string, int, string, error) {
		line, err := c.readLine()
		if err != nil || strings.TrimSpace(line) == "" {
			return nil, c.line, "", err
		}
		if len(line) > maxRecord {
			return nil, c.line, fmt.Sprintf("the row is longer than %d bytes", maxRecord), nil
		}
		var o map[string]any
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			return nil, c.line, "not well-formed JSON: " + err.Error(), nil
		}
		return r.flatten(o, index), c.line, "", nil
	}
	for first == nil {
		cells, line, broken, err := object()
		if err != nil {
			return errors.New("no object can be read")
		}
		if broken != "" {
			r.tell(story.Lost, line, "", broken)
			continue
		}
		first, firstLine = cells, line
	}
	if r.mapping == nil {
		r.mapping = Mapping{}
	}
	if _, err := Map(r.Columns, r.opts.Columns); err != nil {
		return err
	}
	r.next = func() ([]string, int, string, error) {
		if first != nil {
			cells := first
			first = nil
			return cells, firstLine, "", nil
		}
		return object()
	}
	return nil
}

// flatten gives an object's values as cells; a key not met before becomes a
// column more.
func (r *Rows) flatten(o map[string]any, index map[string]int) []string {
	cells := make([]string, len(r.Columns))
	grown := false
	put := func(key string, v any) {
		i, ok := index[key]
		if !ok {
			if len(r.Columns) >= maxColumns {
				return
			}
			i = len(r.Columns)
			index[key], r.Columns, cells, grown = i, append(r.Columns, key), append(cells, ""), true
		}
		if t := textOf(v); t != "" {
			if cells[i] != "" {
				t = cells[i] + string(between) + t
			}
			cells[i] = t
		}
	}
	for _, key := range slices.Sorted(maps.Keys(o)) {
		if props, ok := o[key].(map[string]any); ok && key == "properties" {
			for _, p := range slices.Sorted(maps.Keys(props)) {
				put(p, props[p])
			}
			continue
		}
		put(key, o[key])
	}
	if grown {
		if m, err := Map(r.Columns, r.opts.Columns); err == nil {
			r.mapping = m
		}
	}
	return cells
}

const maxColumns = 1000

func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		var out []string
		for _, x := range v {
			out = append(out, textOf(x))
		}
		return strings.Join(out, string(between))
	}
	return ""
}

// Limits of a workbook, against bombs: the whole unpacked, and the part held in
// memory (the rest goes to a temporary file).
const (
	maxWorkbook       = 4 << 30
	maxWorkbookMemory = 64 << 20
)

func (r *Rows) workbook(b io.Reader) error {
	f, err := excelize.OpenReader(b, excelize.Options{RawCellValue: false, UnzipSizeLimit: maxWorkbook, UnzipXMLSizeLimit: maxWorkbookMemory})
	if err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	r.close = func() { _ = f.Close() } // only removes temporary files
	sheet := r.opts.Sheet
	if sheet == "" {
		if names := f.GetSheetList(); len(names) > 0 {
			sheet = names[0]
		}
	}
	rows, err := f.Rows(sheet)
	if err != nil {
		return fmt.Errorf("workbook: %w (sheets: %s)", err, strings.Join(f.GetSheetList(), ", "))
	}
	r.close = func() { _ = rows.Close(); _ = f.Close() }
	line := 0
	r.next = func() ([]string, int, string, error) {
		if !rows.Next() {
			if err := rows.Error(); err != nil {
				return nil, line, "", fmt.Errorf("workbook: %w", err)
			}
			return nil, line, "", io.EOF
		}
		line++
		cells, err := rows.Columns()
		if err != nil {
			return nil, line, "the row cannot be read: " + err.Error(), nil
		}
		return cells, line, "", nil
	}
	for {
		cells, _, _, err := r.next()
		if err != nil {
			return errors.New("the table has no header")
		}
		if strings.Join(cells, "") != "" {
			r.Columns = cells
			break
		}
	}
	r.mapping, err = Map(r.Columns, r.opts.Columns)
	return err
}
