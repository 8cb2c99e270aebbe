package cli

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/entities"
)

// TestExports makes the demo once and looks at each format.
func TestExports(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "reportedly.db")
	run := func(args ...string) {
		t.Helper()
		var out, errs bytes.Buffer
		if status := Main(context.Background(), args, Streams{In: strings.NewReader(""), Out: &out, Err: &errs}); status != exitDone {
			t.Fatalf("%v: %s", args, errs.String())
		}
	}
	run("demo", "--dir", dir)
	run("--db", db, "cases", "note", "1", "=HYPERLINK(\"x\")", "--by", "=cmd|' /C calc'!A0")
	exported := func(format string) []byte {
		file := filepath.Join(dir, "out."+format)
		run("--db", db, "cases", "export", "--format", format, "-o", file)
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	ftm, table, incidents := exported("ftm"), exported("csv"), exported("incidents")
	t.Run("FollowTheMoney", func(t *testing.T) { exportFTM(t, ftm) })
	t.Run("STIX", func(t *testing.T) { exportSTIX(t, exported("stix")) })
	t.Run("CSV", func(t *testing.T) { exportCSV(t, table); exportCSV(t, incidents) })
	t.Run("ConvictNobody", func(t *testing.T) { convictNobody(t, ftm, table, incidents) })
}

// python finds an interpreter that has a module, and with REPORTEDLY_E2E set makes
// one from PyPI. Validators of the two exchange formats exist in Python only.
func python(t *testing.T, module string) string {
	t.Helper()
	for _, p := range []string{os.Getenv("REPORTEDLY_PYTHON"), "python3"} {
		if p == "" {
			continue
		}
		if exec.Command(p, "-c", "import "+module).Run() == nil {
			return p
		}
	}
	if os.Getenv("REPORTEDLY_E2E") != "" {
		dir := filepath.Join(t.TempDir(), "venv")
		for _, c := range [][]string{{"python3", "-m", "venv", dir}, {filepath.Join(dir, "bin", "pip"), "install", "-q", "followthemoney", "stix2-validator"}} {
			if out, err := exec.Command(c[0], c[1:]...).CombinedOutput(); err != nil {
				t.Skipf("the Python packages cannot be had here: %v\n%s", err, out)
			}
		}
		return filepath.Join(dir, "bin", "python")
	}
	t.Skipf("no Python with %s: REPORTEDLY_E2E=1, or python3 -m venv V; V/bin/pip install followthemoney stix2-validator; REPORTEDLY_PYTHON=V/bin/python", module)
	return ""
}

const validateFTM = `
import json, sys
from followthemoney import model
ids, all = set(), []
for l in sys.stdin:
    d = json.loads(l); all.append(d); ids.add(d["id"])
for d in all:
    s = model.get(d["schema"])
    s.validate(d)
    e = model.get_proxy(d)
    for p, values in d["properties"].items():
        prop = s.get(p)
        for v in values:
            assert prop.type.validate(v), (d["schema"], p, v)
            assert prop.type.name != "entity" or v in ids, ("dangling", d["schema"], p, v)
print(len(all))
`

func exportFTM(t *testing.T, b []byte) {
	schemata := map[string]int{}
	for l := range strings.Lines(string(b)) {
		var e struct {
			Schema     string
			Properties map[string][]string
		}
		if err := json.Unmarshal([]byte(l), &e); err != nil {
			t.Fatal(err)
		}
		schemata[e.Schema]++
		s := entities.Vocabulary().Schemata[e.Schema]
		if s == nil {
			t.Fatalf("no schema %s", e.Schema)
		}
		for _, r := range s.Required {
			if len(e.Properties[r]) == 0 {
				t.Errorf("%s lacks %s: %s", e.Schema, r, l)
			}
		}
	}
	for _, s := range []string{"Person", "Sanction", "Article", "Mention", "Documentation", "Note"} {
		if schemata[s] == 0 {
			t.Errorf("no %s among %v", s, schemata)
		}
	}
	if schemata["Event"]+schemata["Trip"] == 0 || schemata["Risk"] > 0 {
		t.Errorf("%v", schemata)
	}
	py := exec.Command(python(t, "followthemoney"), "-c", validateFTM)
	py.Stdin = bytes.NewReader(b)
	if out, err := py.CombinedOutput(); err != nil {
		t.Errorf("followthemoney: %v\n%s", err, out)
	}
}

func exportSTIX(t *testing.T, b []byte) {
	var bundle struct {
		Objects []map[string]any
	}
	if err := json.Unmarshal(b, &bundle); err != nil {
		t.Fatal(err)
	}
	ids, types := map[string]bool{}, map[string]int{}
	for _, o := range bundle.Objects {
		ids[o["id"].(string)] = true
		types[o["type"].(string)]++
	}
	for _, o := range bundle.Objects {
		for k, v := range o {
			if s, ok := v.(string); ok && strings.HasSuffix(k, "_ref") && !ids[s] {
				t.Errorf("%s of %s leads nowhere", k, o["id"])
			}
		}
		if o["type"] == "sighting" && o["count"] != nil {
			t.Error("a sighting has a count; it means times seen, not sources")
		}
	}
	for _, typ := range []string{"identity", "incident", "extension-definition", "report", "opinion", "note", "sighting", "relationship", "location"} {
		if types[typ] == 0 {
			t.Errorf("no %s among %v", typ, types)
		}
	}
	file := filepath.Join(t.TempDir(), "bundle.json")
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python(t, "stix2validator"), "-c", "import sys; from stix2validator import validate_file, print_results\nr = validate_file(sys.argv[1])\nprint_results([r])\nsys.exit(0 if r.is_valid else 1)", file).CombinedOutput()
	if err != nil {
		t.Errorf("stix2-validator: %v\n%s", err, out)
	}
}

func exportCSV(t *testing.T, b []byte) {
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 3 {
		t.Errorf("%d rows", len(rows))
	}
	for _, r := range rows {
		for _, c := range r {
			if c != "" && strings.ContainsAny(c[:1], "=+-@") {
				t.Errorf("the cell %q is a formula to a spreadsheet", c)
			}
		}
	}
}

// convictNobody: no export says more than the reports do; verdict words stand
// in quotations and titles of others only.
func convictNobody(t *testing.T, ftm []byte, tables ...[]byte) {
	for _, b := range tables {
		for i, l := range strings.Split(string(b), "\n") {
			if w, ok := cases.VerdictWord(l); ok {
				t.Errorf("line %d: %q", i+1, w)
			}
		}
	}
	for l := range strings.Lines(string(ftm)) {
		var e struct{ Properties map[string][]string }
		if err := json.Unmarshal([]byte(l), &e); err != nil {
			t.Fatal(err)
		}
		for _, p := range []string{"description", "role", "notes", "criteria", "provisions"} {
			for _, s := range e.Properties[p] {
				if w, ok := cases.VerdictWord(s); ok {
					t.Errorf("ftm: %q in %q", w, s)
				}
			}
		}
	}
}
