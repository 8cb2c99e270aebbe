package ofac

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

// Role of a file in a CSV set.
type Role string

// Roles.
const (
	None      Role = ""
	Names     Role = "names"
	Alternate Role = "alternates"
	Address   Role = "addresses"
	Comments  Role = "comments"
)

// RoleOf recognises a file of a CSV set by its first row; the files have no
// header. List is told only for Names.
func RoleOf(head []byte) (role Role, list string) {
	line, _, _ := bytes.Cut(head, []byte{'\n'})
	r := csv.NewReader(bytes.NewReader(line))
	r.LazyQuotes = true
	row, err := r.Read()
	if err != nil || len(row) < 2 || !digits(row[0]) {
		return None, ""
	}
	switch {
	case len(row) == 12 && (strings.Contains(row[11], empty) || strings.Contains(row[3], empty) || strings.Contains(string(line), "-0-")):
		return Names, listOf(head, "\n")
	case len(row) == 5 && digits(row[1]):
		switch row[2] {
		case "aka", "fka", "nka":
			return Alternate, ""
		}
	case len(row) == 6 && digits(row[1]):
		return Address, ""
	case len(row) == 2 && len(line) > 4 && bytes.Contains(line, []byte(`,"`)) && !digits(row[1]):
		return Comments, ""
	}
	return None, ""
}

func digits(s string) bool {
	s = strings.TrimSpace(s)
	_, err := strconv.ParseUint(s, 10, 32)
	return err == nil
}

type alternate struct {
	kind, name, remarks string
}

// set is what the files beside the names hold, by ent_num.
type set struct {
	alternates map[string][]alternate
	addresses  map[string][][]string
	comments   map[string]string
	ids        map[string]string // primary name -> ent_num, "" where two share it
}

// ParseCSV is the snapshot.Parser of a CSV set; the names file comes first.
func ParseCSV(files []*snapshot.File, out *snapshot.Out) error {
	prim := files[0]
	role, list := RoleOf(prim.Head)
	if role != Names {
		return snapshot.Refuse(prim.Name, 1, -1, "", errors.New("the set has no file of primary names (sdn.csv or cons_prim.csv)"))
	}
	*out.Edition = party.Edition{List: list, Publisher: publisher, Format: "ofac-csv", File: prim.Name, SHA256: prim.SHA256}
	s := set{alternates: map[string][]alternate{}, addresses: map[string][][]string{}, comments: map[string]string{}, ids: map[string]string{}}
	used := map[string]bool{}
	for _, f := range files[1:] {
		if err := s.read(f, out); err != nil {
			return err
		}
	}
	err := rows(prim, 12, func(_ int, row []string) error {
		if _, twice := s.ids[row[1]]; twice {
			s.ids[row[1]] = ""
		} else {
			s.ids[row[1]] = row[0]
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = rows(prim, 12, func(line int, row []string) error {
		ref := value(row[0])
		if used[ref] {
			out.Lost(prim.Name, line, ref, "the same ent_num stands twice")
			return nil
		}
		used[ref] = true
		e := s.entry(list, ref, row)
		e.Source = party.Origin{File: prim.Name, Line: line, Offset: -1, Record: ref}
		out.Edition.Entries++
		return out.Party(e)
	})
	if err == nil {
		s.orphans(files[1:], used, out)
	}
	return err
}

func (s *set) read(f *snapshot.File, out *snapshot.Out) error {
	role, _ := RoleOf(f.Head)
	switch role {
	case Alternate:
		return rows(f, 5, func(_ int, row []string) error {
			id := value(row[0])
			s.alternates[id] = append(s.alternates[id], alternate{value(row[2]), value(row[3]), value(row[4])})
			return nil
		})
	case Address:
		return rows(f, 6, func(_ int, row []string) error {
			id := value(row[0])
			s.addresses[id] = append(s.addresses[id], []string{value(row[2]), value(row[3]), value(row[4]), value(row[5])})
			return nil
		})
	case Comments:
		return rows(f, 2, func(_ int, row []string) error {
			s.comments[value(row[0])] += row[1]
			return nil
		})
	}
	out.Lost(f.Name, 1, "", "this file does not belong to a set of OFAC files")
	return nil
}

// orphans notes rows whose ent_num the names do not hold: files of different
// days were put together.
func (s *set) orphans(files []*snapshot.File, used map[string]bool, out *snapshot.Out) {
	n := 0
	for id := range s.alternates {
		if !used[id] {
			n++
		}
	}
	for id := range s.addresses {
		if !used[id] && s.alternates[id] == nil {
			n++
		}
	}
	for id := range s.comments {
		if !used[id] && s.alternates[id] == nil && s.addresses[id] == nil {
			n++
		}
	}
	if n > 0 {
		out.Note(files[0].Name, 0, "", "%d entries of the set's other files are not in its names: are the files of one day?", n)
	}
}

// rows reads a CSV file whose rows all have the same width. The last line of
// the published files is a single 0x1A (DOS end of file).
func rows(f *snapshot.File, width int, row func(line int, fields []string) error) error {
	body, err := f.Open()
	if err != nil {
		return snapshot.Refuse(f.Name, 0, -1, "", err)
	}
	defer body.Close()
	g := &rowGuard{r: bufio.NewReaderSize(body, 64<<10)}
	r := csv.NewReader(g)
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	last := ""
	for {
		rec, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			line := 0
			var pe *csv.ParseError
			if errors.As(err, &pe) {
				line, err = pe.Line, fmt.Errorf("not well-formed CSV: column %d: %w", pe.Column, pe.Err)
			}
			return snapshot.Refuse(f.Name, line, r.InputOffset(), after(last), err)
		}
		g.done = r.InputOffset()
		line, _ := r.FieldPos(0)
		if len(rec) == 1 && strings.Trim(rec[0], "\x1a \t\x00") == "" {
			continue
		}
		if len(rec) != width {
			return snapshot.Refuse(f.Name, line, r.InputOffset(), after(last), fmt.Errorf("a row of %d columns where %d are due: the file is damaged or cut off", len(rec), width))
		}
		if !digits(rec[0]) {
			return snapshot.Refuse(f.Name, line, r.InputOffset(), after(last), fmt.Errorf("the row starts with %.20q, not with an entry number", rec[0]))
		}
		for i := range rec {
			if !utf8.ValidString(rec[i]) {
				// Older files are windows-1252.
				rec[i], _ = charmap.Windows1252.NewDecoder().String(rec[i])
			}
		}
		last = rec[0]
		if err := row(line, rec); err != nil {
			return err
		}
	}
}

func after(last string) string {
	if last == "" {
		return ""
	}
	return "after entry " + last
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

func (s *set) entry(list, ref string, row []string) party.Party {
	kind := value(row[2])
	e := party.Party{ID: list + ":" + ref, Schema: schema(kind)}
	person := e.Schema == party.Person
	n := name(value(row[1]), person)
	n.Kind, n.Quality = party.Primary, party.Strong
	e.Names = []party.Name{n}
	designate(&e, list, ref, programmes(value(row[3])))
	for _, t := range strings.Split(value(row[4]), ";") {
		if t = strings.TrimSpace(t); t != "" {
			e.Positions = append(e.Positions, party.Position{Title: t})
		}
	}
	s.ship(&e, row)
	for _, a := range s.alternates[ref] {
		n := name(a.name, person)
		n.Kind, n.Quality = aliasKind(a.kind), party.Strong
		addName(&e, n)
		if a.remarks != "" {
			e.Notes = append(e.Notes, "alias "+a.name+": "+a.remarks)
		}
	}
	for _, a := range s.addresses[ref] {
		addAddress(&e, a)
	}
	// The remarks column ends at 1,000 bytes; the comments go on where it
	// stopped, in the middle of a word.
	text := value(row[11])
	if more := s.comments[ref]; more != "" {
		text += more
	}
	for _, item := range remarks(text) {
		if !directive(&e, item) {
			remark(&e, item)
		}
	}
	s.link(&e)
	finish(&e)
	return e
}

func (s *set) ship(e *party.Party, row []string) {
	call, kind, tons, grt, flag, owner := value(row[5]), value(row[6]), value(row[7]), value(row[8]), value(row[9]), value(row[10])
	if e.Schema != party.Vessel && call+kind+tons+grt+flag+owner == "" {
		return
	}
	v := vessel(e)
	v.CallSign, v.Type, v.Tonnage, v.GRT, v.Flag, v.Owner = call, kind, tons, grt, fields.Country(flag), owner
}

// link gives relations the ID of the entry whose primary name they quote.
func (s *set) link(e *party.Party) {
	list, _, _ := strings.Cut(e.ID, ":")
	for i, r := range e.Relations {
		if id := s.ids[r.Name]; id != "" && r.Target == "" {
			e.Relations[i].Target = list + ":" + id
		}
	}
}

// addAddress reads address, "city, state post code", country, remarks.
func addAddress(e *party.Party, a []string) {
	addr := party.Address{Street: a[0], City: a[1], In: fields.Country(a[2]), Note: a[3]}
	var parts []string
	for _, p := range a[:3] {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if addr.Text = strings.Join(parts, ", "); addr.Text != "" {
		e.Addresses = append(e.Addresses, addr)
	}
}

// RecogniseCSV reports whether the head is the file of primary names.
func RecogniseCSV(head []byte) bool {
	role, _ := RoleOf(head)
	return role == Names
}

// BelongsCSV reports whether the head is another file of a set.
func BelongsCSV(head []byte) bool {
	role, _ := RoleOf(head)
	return role != None && role != Names
}
