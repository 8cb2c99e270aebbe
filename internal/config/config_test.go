package config

import (
	"path/filepath"
	"testing"
)

func TestGoodAndBad(t *testing.T) {
	for _, f := range glob(t, "good") {
		if _, err := Load(f, nil); err != nil {
			t.Errorf("%s: %v", f, err)
		}
	}
	for _, f := range glob(t, "bad") {
		if c, err := Load(f, nil); err == nil {
			t.Errorf("%s was accepted: %+v", f, c)
		}
	}
}

func glob(t *testing.T, dir string) []string {
	files, err := filepath.Glob(filepath.Join("testdata", dir, "*.toml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples in %s: %v", dir, err)
	}
	return files
}

func TestLaterWins(t *testing.T) {
	f := filepath.Join("testdata", "good", "all.toml")
	c, err := Load(f, []string{"REPORTEDLY_DB=there.db", "HOME=/", "REPORTEDLY_WORKERS=3"})
	if err != nil || c.DB != "there.db" || c.Workers != 3 || len(c.Lists) != 2 || c.MaxArticleMB != 16 {
		t.Errorf("%+v %v", c, err)
	}
	if _, err := Load(f, []string{"REPORTEDLY_DATABSE=x"}); err == nil {
		t.Error("an unknown variable was accepted")
	}
	if _, err := Load("missing.toml", nil); err == nil {
		t.Error("a named file that is missing was accepted")
	}
}
