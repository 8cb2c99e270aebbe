package lists_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
)

// sharedLists finds ../shared/data/lists by walking up, or skips.
func sharedLists(t testing.TB) string {
	t.Helper()
	if dir := os.Getenv("REPORTEDLY_SHARED"); dir != "" {
		return filepath.Join(dir, "data", "lists")
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if p := filepath.Join(dir, "shared", "data", "lists"); isDir(p) {
			return p
		}
	}
	t.Skip("no folder shared/data/lists beside the checkout")
	return ""
}

func isDir(p string) bool {
	s, err := os.Stat(p)
	return err == nil && s.IsDir()
}

// glob gives the files that match, as inputs.
func glob(t testing.TB, patterns ...string) []snapshot.Input {
	t.Helper()
	root := sharedLists(t)
	var out []snapshot.Input
	for _, pattern := range patterns {
		found, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(found), err)
		}
		for _, f := range found {
			out = append(out, snapshot.Path(f))
		}
	}
	return out
}

// load reads snapshots; refusals come back as text.
func load(t testing.TB, opts lists.Options, patterns ...string) ([]lists.Loaded, []string) {
	t.Helper()
	loaded, refused, err := lists.Load(context.Background(), glob(t, patterns...), opts)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, r := range refused {
		texts = append(texts, strings.ReplaceAll(r.String(), sharedLists(t)+string(filepath.Separator), ""))
	}
	return loaded, texts
}
