package pipeline

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/story"
)

// The index of one set of lists is kept, taken again, replaced when the lists
// change, and built anew when the file is damaged.
func TestKeepIndex(t *testing.T) {
	dir := t.TempDir()
	files := func() []string {
		f, _ := filepath.Glob(filepath.Join(dir, "*"))
		return f
	}
	open := func(key string) int {
		k := &Knowledge{Key: key, Parties: []party.Party{{ID: "x:1", Schema: party.Person, Names: []party.Name{{Text: "Qasim Velayati"}}}}}
		k.KeepIndex(filepath.Join(dir, "r.db"))
		return len(k.Index().FindIn(story.Article{Text: "Qasim Velayati spoke.", Language: "en"}, nil).Mentions)
	}
	for _, key := range []string{"a", "a", "b"} {
		if open(key) != 1 || len(files()) != 1 || filepath.Base(files()[0]) != "r.db.mentions-"+key {
			t.Fatalf("%s: %v", key, files())
		}
	}
	if err := os.WriteFile(files()[0], []byte("reportedly mentions index 1\nbroken"), 0o600); err != nil {
		t.Fatal(err)
	}
	if open("b") != 1 {
		t.Error("a damaged file was not built anew")
	}
	if raw, _ := os.ReadFile(files()[0]); len(raw) < 100 {
		t.Error("a damaged file was not replaced")
	}
}
