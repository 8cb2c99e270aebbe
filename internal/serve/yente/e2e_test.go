//go:build e2e

package yente

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/reportedly/reportedly/internal/entities"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/serve"
)

// The clients that people use with yente are content with this server, and the
// followthemoney library keeps every value of every entity. Needs python3, and
// PyPI unless REPORTEDLY_E2E_VENV names a folder with the packages.
func TestRealClients(t *testing.T) {
	python := venv(t)
	h := New("test", Limits{})
	h.Set(invented())
	mux := http.NewServeMux()
	for _, r := range append(h.Routes(), serve.Health{}.Routes()...) {
		mux.Handle(r.Pattern, r.Handler)
	}
	s := httptest.NewServer(mux)
	defer s.Close()
	d := invented()
	file := filepath.Join(t.TempDir(), "entities.jsonl")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	writeAll(t, f, d.lists, d.parties)
	for _, p := range realLists(t) {
		writeAll(t, f, entities.Lists{}, p)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, "../../../e2e/yente_clients.py", s.URL, file).CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}

func venv(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv("REPORTEDLY_E2E_VENV"); dir != "" {
		return filepath.Join(dir, "bin", "python")
	}
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("no python3 here")
	}
	dir := filepath.Join(t.TempDir(), "venv")
	for _, c := range [][]string{{"python3", "-m", "venv", dir}, {filepath.Join(dir, "bin", "pip"), "install", "-q", "yente-client", "followthemoney", "reconciler"}} {
		if out, err := exec.Command(c[0], c[1:]...).CombinedOutput(); err != nil {
			t.Skipf("the Python packages cannot be had here: %v\n%s", err, out)
		}
	}
	return filepath.Join(dir, "bin", "python")
}

func writeAll(t *testing.T, f *os.File, l entities.Lists, ps []party.Party) {
	byID := map[string]*party.Party{}
	for i := range ps {
		byID[ps[i].ID] = &ps[i]
	}
	enc := json.NewEncoder(f)
	for i := range ps {
		e := l.Main(&ps[i])
		if err := enc.Encode(&e); err != nil {
			t.Fatal(err)
		}
		for _, h := range l.Hanging(&ps[i], func(id string) *party.Party { return byID[id] }) {
			if err := enc.Encode(&h); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// realLists are those beside the checkout; without them only the invented ones
// are held against the library.
func realLists(t *testing.T) [][]party.Party {
	var out [][]party.Party
	for _, pattern := range []string{"un/un_consolidated_2026-02-27.xml.gz", "uk/ofsi_conlist_2018-04-13.csv.gz", "ca/sema_2025-05.xml.gz", "au/*.csv.gz", "eu/*.json.gz", "opensanctions/*"} {
		files, _ := filepath.Glob("../../../../shared/data/lists/" + pattern)
		for _, file := range files {
			loaded, _, err := lists.Load(t.Context(), []snapshot.Input{snapshot.Path(file)}, lists.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range loaded {
				out = append(out, l.Parties)
			}
		}
	}
	t.Logf("%d real lists", len(out))
	return out
}
