package ftm

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

// Entity is one line.
type Entity struct {
	ID         string     `json:"id"`
	Caption    string     `json:"caption"`
	Schema     string     `json:"schema"`
	Properties Properties `json:"properties"`
	Datasets   []string   `json:"datasets"`
	Referents  []string   `json:"referents"`
	FirstSeen  string     `json:"first_seen"`
	LastSeen   string     `json:"last_seen"`
	LastChange string     `json:"last_change"`
	Target     *bool      `json:"target"`

	line   int
	offset int64
	nested bool // stands inside another entity, as what it is linked to
}

// Properties of an entity. Values are texts as a rule; some writers give one
// text without its brackets, numbers, or (targets.nested.json) whole entities.
type Properties map[string]Values

// Values of one property; nested entities stand in Nested and leave their id
// in Texts.
type Values struct {
	Texts  []string
	Nested []*Entity
}

// UnmarshalJSON takes a text, a number, an entity, or a list of them.
func (v *Values) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '[' {
		var texts []string
		if json.Unmarshal(b, &texts) == nil {
			v.Texts = texts
			return nil
		}
		var items []json.RawMessage
		if err := json.Unmarshal(b, &items); err != nil {
			return err
		}
		for _, item := range items {
			if err := v.one(item); err != nil {
				return err
			}
		}
		return nil
	}
	return v.one(b)
}

func (v *Values) one(b json.RawMessage) error {
	switch {
	case len(b) == 0 || string(b) == "null":
		return nil
	case b[0] == '"':
		var text string
		err := json.Unmarshal(b, &text)
		v.Texts = append(v.Texts, text)
		return err
	case b[0] == '{':
		e := &Entity{}
		if err := json.Unmarshal(b, e); err != nil {
			return err
		}
		if e.ID != "" {
			v.Texts, v.Nested = append(v.Texts, e.ID), append(v.Nested, e)
		}
		return nil
	case b[0] == '[':
		return errors.New("a list inside a list of values")
	}
	v.Texts = append(v.Texts, string(b))
	return nil
}

func (e *Entity) all(prop string) []string { return e.Properties[prop].Texts }

func (e *Entity) first(prop string) string {
	if v := e.all(prop); len(v) > 0 {
		return v[0]
	}
	return ""
}

func (e *Entity) joined(props ...string) string {
	var out []string
	for _, p := range props {
		out = append(out, e.all(p)...)
	}
	return strings.Join(out, "; ")
}

// Recognise reports whether the head is a FollowTheMoney file: the first line
// is an object with id, schema and properties.
func Recognise(head []byte) bool {
	line, _, _ := bytes.Cut(bytes.TrimLeft(head, "\ufeff \r\n"), []byte{'\n'})
	if len(line) == 0 || line[0] != '{' {
		return false
	}
	return bytes.Contains(line, []byte(`"schema"`)) && bytes.Contains(line, []byte(`"properties"`)) && bytes.Contains(line, []byte(`"id"`))
}

const maxLine = 16 << 20

// Parse is the snapshot.Parser of the format.
func Parse(files []*snapshot.File, out *snapshot.Out) error {
	f := files[0]
	*out.Edition = party.Edition{Publisher: "FollowTheMoney file", Format: "ftm", File: f.Name, SHA256: f.SHA256}
	g, err := read(f, out)
	if err != nil {
		return err
	}
	out.Edition.List, out.Edition.Stated = g.list(), g.stated()
	for _, e := range g.order {
		if !listable[party.Schema(e.Schema)] || e.nested {
			continue
		}
		out.Edition.Entries++
		if err := out.Party(g.party(e, f.Name)); err != nil {
			return err
		}
	}
	return nil
}

// listable are the schemata that lists designate. Others either hang on them
// or (Position, Payment, Article ...) are no parties.
var listable = map[party.Schema]bool{
	party.Person: true, party.Organization: true, party.Company: true, party.PublicBody: true, party.LegalEntity: true,
	party.Vessel: true, party.Airplane: true, party.CryptoWallet: true, party.Security: true,
}

// graph is the file by entity and by what hangs on what.
type graph struct {
	order []*Entity
	byID  map[string]*Entity
	// hanging are the entities that name another one in a property that makes
	// them part of its description.
	hanging map[string][]*Entity
}

// holders are the properties by which an entity hangs on a party.
var holders = map[string][]string{
	"Sanction": {"entity"}, "Identification": {"holder"}, "Passport": {"holder"}, "Family": {"person", "relative"}, "Associate": {"person", "associate"},
	"Ownership": {"owner", "asset"}, "Directorship": {"director", "organization"}, "Membership": {"member", "organization"},
	"Employment": {"employee", "employer"}, "Representation": {"agent", "client"}, "UnknownLink": {"subject", "object"}, "Occupancy": {"holder"},
	"Succession": {"predecessor", "successor"},
}

func read(f *snapshot.File, out *snapshot.Out) (*graph, error) {
	body, err := f.Open()
	if err != nil {
		return nil, snapshot.Refuse(f.Name, 0, -1, "", err)
	}
	defer body.Close()
	g := &graph{byID: map[string]*Entity{}, hanging: map[string][]*Entity{}}
	r := bufio.NewReaderSize(body, 64<<10)
	var offset int64
	last := ""
	for line := 1; ; line++ {
		text, err := readLine(r)
		if len(bytes.TrimSpace(text)) > 0 {
			if e := g.add(f, text, line, offset, last, out); e != nil {
				return nil, e
			}
			if n := len(g.order); n > 0 {
				last = g.order[n-1].ID
			}
		}
		offset += int64(len(text))
		if errors.Is(err, io.EOF) {
			return g, nil
		}
		if err != nil {
			return nil, snapshot.Refuse(f.Name, line, offset, last, err)
		}
	}
}

func readLine(r *bufio.Reader) ([]byte, error) {
	var whole []byte
	for {
		part, err := r.ReadSlice('\n')
		if len(whole)+len(part) > maxLine {
			return nil, fmt.Errorf("a line is longer than %d MB", maxLine>>20)
		}
		if err == nil && whole == nil {
			return part, nil
		}
		whole = append(whole, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return whole, err
		}
	}
}

// add reads one line into the graph. A line that is no JSON means a damaged
// file and refuses it; an object that is no entity is lost alone.
func (g *graph) add(f *snapshot.File, text []byte, line int, offset int64, last string, out *snapshot.Out) error {
	e := &Entity{line: line, offset: offset}
	if err := json.Unmarshal(bytes.TrimPrefix(text, []byte("\ufeff")), e); err != nil {
		record := last
		if record != "" {
			record = "after " + record
		}
		return snapshot.Refuse(f.Name, line, offset, record, fmt.Errorf("not well-formed JSON: %w", err))
	}
	if e.ID == "" || e.Schema == "" {
		out.Lost(f.Name, line, e.ID, "the object has no id or no schema")
		return nil
	}
	if g.byID[e.ID] != nil {
		out.Lost(f.Name, line, e.ID, "the same id stands in line %d", g.byID[e.ID].line)
		return nil
	}
	g.keep(e)
	return nil
}

// keep files an entity and those nested in it.
func (g *graph) keep(e *Entity) {
	g.byID[e.ID] = e
	g.order = append(g.order, e)
	for _, prop := range holders[e.Schema] {
		for _, id := range e.all(prop) {
			g.hanging[id] = append(g.hanging[id], e)
		}
	}
	for _, prop := range slices.Sorted(maps.Keys(e.Properties)) {
		for _, n := range e.Properties[prop].Nested {
			if g.byID[n.ID] == nil {
				n.line, n.offset, n.nested = e.line, e.offset, true
				if len(n.Datasets) == 0 {
					n.Datasets = e.Datasets
				}
				g.keep(n)
			}
		}
	}
}

// stated is the day of the last crawl that the entities name.
func (g *graph) stated() calendar.Date {
	var last calendar.Date
	for _, e := range g.order {
		if d, ok := fields.Date(e.LastSeen, fields.DayFirst); ok && d.After(last) {
			last = d
		}
	}
	return last
}

// list is the first data set named, "ftm" where none is.
func (g *graph) list() string {
	for _, e := range g.order {
		if len(e.Datasets) > 0 && e.Datasets[0] != "" {
			return e.Datasets[0]
		}
	}
	return "ftm"
}
