package release

import (
	"archive/zip"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var day = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

// layOut lays out files of a small module in a new folder.
func layOut(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Two builds of one source in two folders are equal byte for byte.
func TestBuildsAreReproducible(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the standard library with the flags of a release")
	}
	source := map[string]string{
		"go.mod":  "module example.org/small\n\ngo 1.26\n",
		"main.go": "package main\n\nimport \"os\"\n\nfunc main() { os.Exit(len(os.Args)) }\n",
	}
	var sums []string
	for range 2 {
		bin := filepath.Join(t.TempDir(), "small")
		if err := Build(context.Background(), layOut(t, source), ".", Targets[0], bin); err != nil {
			t.Fatal(err)
		}
		sum, err := sha256File(bin)
		if err != nil {
			t.Fatal(err)
		}
		sums = append(sums, sum)
	}
	if sums[0] != sums[1] {
		t.Error("two builds of one source differ")
	}
}

func TestArchivesAreReproducible(t *testing.T) {
	files := []File{{Name: "reportedly", Body: []byte("binary"), Exec: true}, {Name: "README.md", Body: []byte("words")}}
	for _, name := range []string{"a.tar.gz", "a.zip"} {
		var sums []string
		for range 2 {
			out := filepath.Join(t.TempDir(), name)
			if err := Archive(out, files, day); err != nil {
				t.Fatal(err)
			}
			sum, err := sha256File(out)
			if err != nil {
				t.Fatal(err)
			}
			sums = append(sums, sum)
		}
		if sums[0] != sums[1] {
			t.Errorf("%s: the same files give two archives", name)
		}
	}
}

func TestZipKeepsModes(t *testing.T) {
	out := filepath.Join(t.TempDir(), "a.zip")
	if err := Archive(out, []File{{Name: "reportedly.exe", Body: []byte("x"), Exec: true}}, day); err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(out)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if f := z.File[0]; f.Name != "reportedly.exe" || f.Mode().Perm() != 0o755 || !f.Modified.Equal(day) {
		t.Errorf("got %s %v %v", f.Name, f.Mode(), f.Modified)
	}
}

func TestClassify(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Apache License\n   Version 2.0, January 2004", []string{"Apache-2.0"}},
		{"Permission is hereby granted, free of charge, to any person\nobtaining a copy", []string{"MIT"}},
		{"Redistributions in binary form must reproduce ... may be used to endorse or\npromote products", []string{"BSD-3-Clause"}},
		{"* Redistributions in binary form must reproduce the above", []string{"BSD-2-Clause"}},
		{"Mozilla Public License, version 2.0 ... GNU General Public License", []string{"MPL-2.0"}},
		{"GNU AFFERO GENERAL PUBLIC LICENSE", []string{"AGPL"}},
		{"Apache License, Version 2.0 and also: Permission is hereby granted, free of charge, to any person obtaining a copy", []string{"Apache-2.0", "MIT"}},
		{"All rights reserved.", nil},
	} {
		if got := Classify(c.text); !slices.Equal(got, c.want) {
			t.Errorf("Classify(%.40q) = %v, want %v", c.text, got, c.want)
		}
	}
}

// The licences of all that goes into the program are known and permissive.
func TestModulesOfTheProgramArePermissive(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	top, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		t.Fatal(err)
	}
	dir := strings.TrimSpace(string(top))
	bin := filepath.Join(t.TempDir(), "reportedly")
	cmd := exec.Command("go", "build", "-o", bin, "./cmd/reportedly")
	cmd.Dir = dir
	if b, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	modules, err := Modules(context.Background(), dir, bin)
	if err != nil {
		t.Fatal(err)
	}
	if len(modules) < 20 {
		t.Errorf("%d modules: the binary was not read", len(modules))
	}
	bom, err := Materials("0.0.0", modules, day)
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		SpecVersion string
		Components  []struct {
			Purl     string
			Licenses []json.RawMessage
		}
	}
	if err := json.Unmarshal(bom, &read); err != nil {
		t.Fatal(err)
	}
	if read.SpecVersion != "1.6" || len(read.Components) != len(modules) {
		t.Errorf("list of materials: version %q, %d of %d modules", read.SpecVersion, len(read.Components), len(modules))
	}
}

func TestChangelog(t *testing.T) {
	dir := layOut(t, map[string]string{
		"0001-a.md": "Fixed: a date was read twice\n\nIt is read once.\nTruly.\n",
		"0002-b.md": "Added: a page\n",
	})
	got, err := Changelog(dir, "1.2.3", day)
	if err != nil {
		t.Fatal(err)
	}
	want := "# Reportedly 1.2.3, 30 November 2026\n\n## Added\n\n- a page\n\n## Fixed\n\n- a date was read twice\n\n  It is read once.\n  Truly.\n\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	bad := layOut(t, map[string]string{"0003-c.md": "Some words\n"})
	if _, err := Changelog(bad, "1", day); err == nil || !strings.Contains(err.Error(), "0003-c.md") {
		t.Errorf("a note without a kind: %v", err)
	}
}

func TestChangeNotesOfTheProject(t *testing.T) {
	if _, err := Changelog("../../changes", "0", day); err != nil {
		t.Error(err)
	}
}

func TestDirtyCheckoutIsRefused(t *testing.T) {
	dir := layOut(t, map[string]string{"a.txt": "a"})
	for _, args := range [][]string{{"init", "-q"}, {"add", "."}, {"-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "a"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		if b, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, b)
		}
	}
	if c, err := CleanCommit(context.Background(), dir); err != nil || len(c.Hash) != 40 || c.Time.IsZero() {
		t.Errorf("clean: %+v, %v", c, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "b.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := CleanCommit(context.Background(), dir); err == nil || !strings.Contains(err.Error(), "b.txt") {
		t.Errorf("a file that is not committed: %v", err)
	}
}

func TestChecksumsCanBeVerified(t *testing.T) {
	dir := layOut(t, map[string]string{"b": "b", "a": "a", "SHA256SUMS": "old"})
	got, err := Checksums(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a\n3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d  b\n"
	if got != want {
		t.Errorf("got\n%s", got)
	}
}
