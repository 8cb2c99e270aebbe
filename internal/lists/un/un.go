package un

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/lists/markup"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
)

// List is the code of the list in IDs and designations.
const List = "un"

//go:embed regimes.csv
var regimesCSV string

var regimes = sync.OnceValue(func() map[string]string {
	r := csv.NewReader(strings.NewReader(regimesCSV))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("un: regimes.csv: %v", err))
	}
	out := map[string]string{}
	for _, row := range rows[1:] {
		out[row[0]] = row[1]
	}
	return out
})

// Recognise reports whether the head of a file is the consolidated list.
func Recognise(head []byte) bool { return bytes.Contains(head, []byte("<CONSOLIDATED_LIST")) }

// Parse is the snapshot.Parser of the list; it takes one file.
func Parse(files []*snapshot.File, out *snapshot.Out) error {
	f := files[0]
	*out.Edition = party.Edition{List: List, Publisher: "United Nations Security Council", Format: "un-xml", File: f.Name, SHA256: f.SHA256}
	body, err := f.Open()
	if err != nil {
		return snapshot.Refuse(f.Name, 0, -1, "", err)
	}
	defer body.Close()
	r, err := markup.NewReader(body)
	if err != nil {
		return refuse(f, "", err)
	}
	p := parser{file: f.Name, out: out, seen: map[string]int{}}
	return p.document(f, r)
}

func refuse(f *snapshot.File, record string, err error) error {
	line, off := markup.Where(err)
	return snapshot.Refuse(f.Name, line, off, record, err)
}

type parser struct {
	file string
	out  *snapshot.Out
	seen map[string]int // reference -> line
	last string
}

func (p *parser) document(f *snapshot.File, r *markup.Reader) error {
	for {
		kind, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return refuse(f, p.after(), err)
		}
		if kind != markup.Start {
			continue
		}
		switch r.Name {
		case "CONSOLIDATED_LIST":
			if d, ok := fields.Date(r.Attr("dateGenerated"), fields.DayFirst); ok {
				p.out.Edition.Stated = d
			} else {
				p.out.Note(p.file, r.Line(), "", "the file states no date (dateGenerated)")
			}
		case "INDIVIDUAL", "ENTITY":
			n, err := r.Record()
			if err != nil {
				return refuse(f, p.name(n), err)
			}
			if err := p.entry(n); err != nil {
				return err
			}
		}
	}
}

// after names the last entry read, for damage between entries.
func (p *parser) after() string {
	if p.last == "" {
		return ""
	}
	return "after entry " + p.last
}

// name of an entry that may be broken: its reference, else its DATAID.
func (p *parser) name(n *markup.Node) string {
	if ref := n.Get("REFERENCE_NUMBER"); ref != "" {
		return "entry " + ref
	}
	if id := n.Get("DATAID"); id != "" {
		return "entry DATAID " + id
	}
	return p.after()
}

func (p *parser) entry(n *markup.Node) error {
	ref, id := n.Get("REFERENCE_NUMBER"), n.Get("DATAID")
	p.last = ref
	if ref == "" {
		if id == "" {
			p.out.Lost(p.file, n.Line, "", "an entry without REFERENCE_NUMBER and DATAID")
			return nil
		}
		p.out.Note(p.file, n.Line, "DATAID "+id, "no REFERENCE_NUMBER; the entry is kept under its DATAID")
		ref = "DATAID-" + id
	}
	if line, dup := p.seen[ref]; dup {
		p.out.Lost(p.file, n.Line, ref, "the same REFERENCE_NUMBER stands in line %d", line)
		return nil
	}
	p.seen[ref] = n.Line
	e := party.Party{ID: List + ":" + ref, Schema: party.Person, Source: party.Origin{File: p.file, Line: n.Line, Offset: n.Off, Record: id}}
	kind := "INDIVIDUAL"
	if n.Name == "ENTITY" {
		e.Schema, kind = party.Organization, "ENTITY"
	}
	p.names(&e, n, kind, ref)
	p.facts(&e, n, kind, ref)
	e.Designations = []party.Designation{p.designation(&e, n, ref)}
	p.comments(&e, n.Get("COMMENTS1"))
	p.out.Edition.Entries++
	return p.out.Party(e)
}

func (p *parser) designation(e *party.Party, n *markup.Node, ref string) party.Designation {
	d := party.Designation{Authority: "UN", List: List, Reference: ref, Status: party.Listed}
	if t := n.Get("UN_LIST_TYPE"); t != "" {
		d.Programmes = []string{t}
		d.Regime = regimes()[t]
		if d.Regime == "" {
			p.out.Note(p.file, n.Line, ref, "UN_LIST_TYPE %q is not in the table of regimes", t)
		}
	}
	d.ListedOn = p.date(n.Get("LISTED_ON"), "LISTED_ON", ref, n.Line)
	for _, v := range n.Kid("LAST_DAY_UPDATED").Values("VALUE") {
		if u := p.date(v, "LAST_DAY_UPDATED", ref, n.Line); !u.IsZero() {
			d.AmendedOn = append(d.AmendedOn, u)
		}
	}
	d.Stated = stated(n.Get("COMMENTS1"))
	return d
}

func (p *parser) date(text, field, ref string, line int) calendar.Date {
	if text == "" || text == "null" {
		return calendar.Date{}
	}
	d, ok := fields.Date(text, fields.DayFirst)
	if !ok {
		p.out.Note(p.file, line, ref, "%s %q is no date", field, text)
	}
	return d
}
