package lists

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/lists/snapshot"
)

// Entities that name entities ("billion laughs") and files of the machine are
// not expanded: the list is refused whole.
func TestXMLBombIsRefused(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("TOPSECRET"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, doctype := range map[string]string{
		"laughs": `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;">]>`,
		"file":   `<!DOCTYPE l [<!ENTITY x SYSTEM "file://` + secret + `">]>`,
	} {
		body := `<?xml version="1.0"?>` + doctype + `<CONSOLIDATED_LIST dateGenerated="2025-11-15T00:00:00Z"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><REFERENCE_NUMBER>QDi.1</REFERENCE_NUMBER><FIRST_NAME>&x;</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>`
		loaded, refused, err := Load(context.Background(), []snapshot.Input{snapshot.Bytes(name+".xml", []byte(body))}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(loaded) > 0 || len(refused) == 0 {
			t.Errorf("%s: %d lists are taken", name, len(loaded))
		}
		for _, f := range refused {
			if strings.Contains(f.String(), "TOPSECRET") {
				t.Errorf("%s: %s", name, f)
			}
		}
	}
}

// A member of an archive that names a place outside it is read like any other
// and written nowhere.
func TestArchivesWriteNothing(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"../../escaped.csv", "/tmp/../" + dir + "/escaped.csv", `..\escaped.csv`} {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte("escaped"))
	}
	w.Close()
	file := filepath.Join(dir, "list.zip")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	_, refused, err := Load(context.Background(), []snapshot.Input{snapshot.Path(file)}, Options{})
	if err != nil || len(refused) == 0 {
		t.Errorf("nothing is refused (%v)", err)
	}
	for _, d := range []string{dir, filepath.Dir(dir), filepath.Dir(filepath.Dir(dir))} {
		entries, err := os.ReadDir(d)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if strings.Contains(e.Name(), "escaped") {
				t.Errorf("%s was written", filepath.Join(d, e.Name()))
			}
		}
	}
}
