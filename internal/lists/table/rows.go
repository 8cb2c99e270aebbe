package table

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/reportedly/reportedly/internal/lists/markup"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
)

// Row is one row by column name.
type Row struct {
	Line   int
	values []string
	index  map[string]int
}

// Get is the cleaned text of a column, "" where there is none.
func (r Row) Get(column string) string {
	i, ok := r.index[column]
	if !ok || i >= len(r.values) {
		return ""
	}
	return markup.Clean(r.values[i])
}

// Reader gives the rows of a table.
type Reader struct {
	file  *snapshot.File
	close io.Closer
	csv   *csv.Reader
	guard *rowGuard
	index map[string]int
	width int
	last  string
	// Columns is the header.
	Columns []string
}

// Shape of a table.
type Shape struct {
	Comma rune
	Skip  int // lines before the header
	// Loose allows rows shorter than the header (spreadsheet exports).
	Loose bool
}

// Open reads the header. The caller must Close.
func Open(f *snapshot.File, s Shape) (*Reader, error) {
	body, err := f.Open()
	if err != nil {
		return nil, snapshot.Refuse(f.Name, 0, -1, "", err)
	}
	b := bufio.NewReaderSize(body, 64<<10)
	if head, _ := b.Peek(3); bytes.Equal(head, []byte("\ufeff")) {
		_, _ = b.Discard(3)
	}
	g := &rowGuard{r: b}
	r := &Reader{file: f, close: body, guard: g, csv: csv.NewReader(g), index: map[string]int{}}
	r.csv.ReuseRecord = true
	r.csv.FieldsPerRecord = -1
	r.csv.LazyQuotes = true
	if s.Comma != 0 {
		r.csv.Comma = s.Comma
	}
	for i := 0; i <= s.Skip; i++ {
		rec, err := r.read()
		if err != nil {
			body.Close()
			if errors.Is(err, io.EOF) {
				err = snapshot.Refuse(f.Name, 0, -1, "", errors.New("the table has no header"))
			}
			return nil, err
		}
		r.Columns = append([]string(nil), rec...)
	}
	for i, c := range r.Columns {
		r.Columns[i] = strings.TrimSpace(c)
		if _, twice := r.index[r.Columns[i]]; !twice {
			r.index[r.Columns[i]] = i
		}
	}
	r.width = len(r.Columns)
	if s.Loose {
		r.width = 0
	}
	return r, nil
}

// Close frees the file.
func (r *Reader) Close() error { return r.close.Close() }

// Next gives the next row, io.EOF after the last. The row is valid until the
// next call.
func (r *Reader) Next() (Row, error) {
	for {
		rec, err := r.read()
		if err != nil {
			return Row{}, err
		}
		line, _ := r.csv.FieldPos(0)
		if len(rec) == 1 && strings.Trim(rec[0], "\x1a \t\x00") == "" {
			continue
		}
		if r.width > 0 && len(rec) != r.width {
			return Row{}, snapshot.Refuse(r.file.Name, line, r.csv.InputOffset(), r.after(), fmt.Errorf("a row of %d columns where the header has %d: the file is damaged or cut off", len(rec), r.width))
		}
		r.last = rec[0]
		return Row{Line: line, values: rec, index: r.index}, nil
	}
}

func (r *Reader) after() string {
	if r.last == "" {
		return ""
	}
	return "after entry " + strings.ToValidUTF8(r.last[:min(len(r.last), 60)], "")
}

func (r *Reader) read() ([]string, error) {
	rec, err := r.csv.Read()
	if errors.Is(err, io.EOF) {
		return nil, io.EOF
	}
	if err != nil {
		line := 0
		var pe *csv.ParseError
		if errors.As(err, &pe) {
			line, err = pe.Line, fmt.Errorf("not well-formed CSV: column %d: %w", pe.Column, pe.Err)
		}
		return nil, snapshot.Refuse(r.file.Name, line, r.csv.InputOffset(), r.after(), err)
	}
	r.guard.done = r.csv.InputOffset()
	for i := range rec {
		if !utf8.ValidString(rec[i]) {
			rec[i], _ = charmap.Windows1252.NewDecoder().String(rec[i])
		}
	}
	return rec, nil
}

// rowGuard stops a row that never ends (an unclosed quotation mark) before it
// fills the memory.
type rowGuard struct {
	r       io.Reader
	n, done int64
}

const maxRow = 4 << 20

func (g *rowGuard) Read(p []byte) (int, error) {
	if g.n-g.done > maxRow {
		return 0, fmt.Errorf("a row is longer than %d MB", maxRow>>20)
	}
	n, err := g.r.Read(p)
	g.n += int64(n)
	return n, err
}

// Header gives the columns of the line after skip lines, for recognition.
func Header(head []byte, s Shape) []string {
	head = bytes.TrimPrefix(head, []byte("\ufeff"))
	for range s.Skip {
		_, rest, ok := bytes.Cut(head, []byte{'\n'})
		if !ok {
			return nil
		}
		head = rest
	}
	line, _, _ := bytes.Cut(head, []byte{'\n'})
	r := csv.NewReader(bytes.NewReader(line))
	r.LazyQuotes = true
	if s.Comma != 0 {
		r.Comma = s.Comma
	}
	rec, err := r.Read()
	if err != nil {
		return nil
	}
	for i := range rec {
		rec[i] = strings.TrimSpace(rec[i])
	}
	return rec
}

// HasAll reports whether the columns hold all the wanted ones.
func HasAll(columns []string, wanted ...string) bool {
	have := map[string]bool{}
	for _, c := range columns {
		have[c] = true
	}
	for _, w := range wanted {
		if !have[w] {
			return false
		}
	}
	return len(columns) > 0
}
