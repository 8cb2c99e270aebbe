package measures_test

import (
	"compress/gzip"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/party"
)

// shared finds the folder with the research and the real lists, which is no
// part of this repository.
func shared(t testing.TB) string {
	t.Helper()
	if d := os.Getenv("REPORTEDLY_SHARED"); d != "" {
		return d
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		d := filepath.Join(filepath.Dir(dir), "shared")
		if s, err := os.Stat(d); err == nil && s.IsDir() {
			return d
		}
		if dir == filepath.Dir(dir) {
			t.Skip("the folder shared/ with the golden tables is not beside this checkout")
		}
		dir = filepath.Dir(dir)
	}
}

func law(t testing.TB) *measures.Register {
	t.Helper()
	r, err := measures.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// unEdition reads just what these tests need of a UN list: references, the
// day of listing and the comments.
func unEdition(t testing.TB, file string) map[string]party.Party {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]party.Party{}
	dec := xml.NewDecoder(z)
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		start, ok := tok.(xml.StartElement)
		if !ok || (start.Name.Local != "INDIVIDUAL" && start.Name.Local != "ENTITY") {
			continue
		}
		var e struct {
			Reference string `xml:"REFERENCE_NUMBER"`
			ListedOn  string `xml:"LISTED_ON"`
		}
		if err := dec.DecodeElement(&e, &start); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		ref, on := strings.TrimSpace(e.Reference), strings.TrimSpace(e.ListedOn)
		day, err := calendar.Parse(on[:min(10, len(on))])
		if err != nil {
			t.Fatalf("%s: %s: %v", file, ref, err)
		}
		p := party.Party{ID: "un:" + ref, Schema: party.Organization}
		if start.Name.Local == "INDIVIDUAL" {
			p.Schema = party.Person
		}
		p.Designations = []party.Designation{{Authority: "UN", List: "un", Reference: ref, ListedOn: day, Status: party.Listed}}
		out[ref] = p
	}
}
