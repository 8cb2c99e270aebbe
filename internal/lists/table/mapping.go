package table

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

// Mapping says what the columns of a table mean.
type Mapping struct {
	Name      string            `toml:"name"`        // name of the format
	Title     string            `toml:"title"`       // in words
	List      string            `toml:"list"`        // code of the list
	ListFrom  string            `toml:"list_from"`   // column whose first value is added to the code
	StatedBy  string            `toml:"stated_from"` // column whose latest date is the day the table states
	Publisher string            `toml:"publisher"`
	Authority string            `toml:"authority"`
	Comma     string            `toml:"comma"` // "," where empty; "\t", ";"
	Skip      int               `toml:"skip"`  // lines before the header
	Loose     bool              `toml:"loose"` // rows may be shorter than the header
	Partial   bool              `toml:"partial"`
	Month     bool              `toml:"month_first"` // 06/19/2003 is in June
	Mark      []string          `toml:"mark"`        // columns by which the table is recognised
	ID        []string          `toml:"id"`          // alternatives: the first that is not empty; "{column}" is put in
	Schema    string            `toml:"schema"`      // column of the type, or a fixed schema
	Schemas   map[string]string `toml:"schemas"`     // the column's values to schemata
	Surname   bool              `toml:"surname_first"`
	Columns   map[string]string `toml:"columns"` // column to field
	Whole     []string          `toml:"whole"`   // columns that are not parted at ";"

	order []string
}

//go:embed mappings/*.toml
var mappingsFS embed.FS

// Known are the embedded mappings.
var Known = sync.OnceValue(func() []*Mapping {
	entries, err := mappingsFS.ReadDir("mappings")
	if err != nil {
		panic(fmt.Sprintf("table: mappings: %v", err))
	}
	var out []*Mapping
	for _, e := range entries {
		body, err := mappingsFS.ReadFile(path.Join("mappings", e.Name()))
		if err == nil {
			var m *Mapping
			if m, err = ReadMapping(body); err == nil {
				out = append(out, m)
			}
		}
		if err != nil {
			panic(fmt.Sprintf("table: %s: %v", e.Name(), err))
		}
	}
	return out
})

// ReadMapping reads a mapping in TOML. Unknown keys and fields are refused.
func ReadMapping(body []byte) (*Mapping, error) {
	m := &Mapping{}
	meta, err := toml.Decode(string(body), m)
	if err != nil {
		return nil, fmt.Errorf("mapping: %w", err)
	}
	if rest := meta.Undecoded(); len(rest) > 0 {
		return nil, fmt.Errorf("mapping: unknown key %q", rest[0])
	}
	if m.Name == "" {
		m.Name = "table"
	}
	if m.List == "" || len(m.ID) == 0 || len(m.Columns) == 0 {
		return nil, errors.New("mapping: list, id and columns must be given")
	}
	names := 0
	for column, field := range m.Columns {
		kind, _, _ := strings.Cut(field, ":")
		if _, ok := setters[kind]; !ok {
			return nil, fmt.Errorf("mapping: column %q: unknown field %q", column, field)
		}
		if field == "name" {
			names++
		}
		m.order = append(m.order, column)
	}
	if names == 0 {
		return nil, errors.New("mapping: no column is the name")
	}
	// Names come first, so that the primary name is the first one.
	slices.SortFunc(m.order, func(a, b string) int {
		an, bn := m.Columns[a] == "name", m.Columns[b] == "name"
		if an != bn {
			if an {
				return -1
			}
			return 1
		}
		return strings.Compare(m.Columns[a]+" "+a, m.Columns[b]+" "+b)
	})
	return m, nil
}

func (m *Mapping) shape() Shape {
	s := Shape{Skip: m.Skip, Loose: m.Loose}
	if m.Comma != "" {
		s.Comma = rune(m.Comma[0])
	}
	return s
}

// Recognise reports whether the head is this table.
func (m *Mapping) Recognise(head []byte) bool {
	return len(m.Mark) > 0 && HasAll(Header(head, m.shape()), m.Mark...)
}

// Parse is a snapshot.Parser.
func (m *Mapping) Parse(files []*snapshot.File, out *snapshot.Out) error {
	f := files[0]
	*out.Edition = party.Edition{List: m.List, Publisher: m.Publisher, Format: m.Name, File: f.Name, SHA256: f.SHA256, Partial: m.Partial}
	r, err := Open(f, m.shape())
	if err != nil {
		return err
	}
	defer r.Close()
	if !HasAll(r.Columns, m.Mark...) {
		return snapshot.Refuse(f.Name, 1, -1, "", fmt.Errorf("the header lacks a column of the mapping %s: %s", m.Name, strings.Join(m.Mark, ", ")))
	}
	seen, list := map[string]int{}, ""
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if list == "" {
			list = m.list(row)
			out.Edition.List = list
		}
		if d, ok := fields.Date(row.Get(m.StatedBy), fields.DayFirst); ok && d.After(out.Edition.Stated) {
			out.Edition.Stated = d
		}
		e, ok := m.entry(row, list)
		if !ok {
			out.Lost(f.Name, row.Line, "", "a row without a name or a reference")
			continue
		}
		e.Source.File = f.Name
		if m.Schema == "" || e.Schema == "" {
			e.Schema = party.LegalEntity
		}
		if seen[e.ID]++; seen[e.ID] > 1 {
			// One entry may stand once for each measure; the rows stay apart.
			e.ID += fmt.Sprintf("~%d", seen[e.ID])
		}
		out.Edition.Entries++
		if err := out.Party(e); err != nil {
			return err
		}
	}
}

// list is the code of the list, with the slug of its data set where several
// lists come in one format.
func (m *Mapping) list(row Row) string {
	slug := strings.Join(strings.FieldsFunc(strings.ToLower(row.Get(m.ListFrom)), func(u rune) bool { return u < 'a' && (u < '0' || u > '9') || u > 'z' }), "-")
	if slug == "" || m.ListFrom == "" {
		return m.List
	}
	return m.List + "-" + slug
}

func (m *Mapping) entry(row Row, list string) (party.Party, bool) {
	ref := m.reference(row)
	e := party.Party{ID: list + ":" + ref, Source: party.Origin{Line: row.Line, Offset: -1, Record: ref}}
	e.Schema = m.schema(row)
	e.Designations = []party.Designation{{Authority: m.Authority, List: list, Reference: ref, Status: party.Listed}}
	s := &setter{party: &e, mapping: m}
	for _, column := range m.order {
		text := row.Get(column)
		if text == "" || text == "na" || text == "n/a" {
			continue
		}
		kind, arg, _ := strings.Cut(m.Columns[column], ":")
		set := setters[kind]
		if set.whole || slices.Contains(m.Whole, column) {
			set.put(s, arg, text)
			continue
		}
		for _, part := range strings.Split(text, ";") {
			if part = fields.TrimName(part); part != "" {
				set.put(s, arg, part)
			}
		}
	}
	s.finish()
	return e, ref != "" && len(e.Names) > 0
}

// reference is the first alternative of ID all of whose columns are filled.
func (m *Mapping) reference(row Row) string {
	for _, pattern := range m.ID {
		out, ok := "", true
		for pattern != "" {
			before, rest, found := strings.Cut(pattern, "{")
			out += before
			if !found {
				break
			}
			column, after, _ := strings.Cut(rest, "}")
			value := row.Get(column)
			ok = ok && value != ""
			out, pattern = out+value, after
		}
		if ok && out != "" {
			return out
		}
	}
	return ""
}

func (m *Mapping) schema(row Row) party.Schema {
	if m.Schema == "" {
		return ""
	}
	value := row.Get(m.Schema)
	if s, ok := m.Schemas[strings.ToLower(value)]; ok {
		return party.Schema(s)
	}
	switch s := party.Schema(value); s {
	case party.Person, party.Organization, party.Company, party.PublicBody, party.LegalEntity, party.Vessel, party.Airplane, party.CryptoWallet, party.Security:
		return s
	}
	if _, isColumn := row.index[m.Schema]; !isColumn {
		return party.Schema(m.Schema)
	}
	return party.LegalEntity
}
