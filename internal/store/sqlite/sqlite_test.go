package sqlite

import (
	"context"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/store/storetest"
	"github.com/reportedly/reportedly/internal/story"
)

func TestContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store {
		db, err := Open(context.Background(), filepath.Join(t.TempDir(), "deep", "r e?#portedly.db"))
		if err != nil {
			t.Fatal(err)
		}
		return db
	})
}

// What is kept must be there after the process is gone.
func TestReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	ctx := context.Background()
	for i := range 2 {
		db, err := Open(ctx, path)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			err = db.SaveArticle(ctx, story.Article{ID: "a", Text: "words"}, time.Now())
		} else {
			_, err = db.Article(ctx, "a")
		}
		if err != nil {
			t.Fatal(err)
		}
		db.Close()
	}
}

func TestNotADatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	db, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	pool, err := connect(path, 1, "")
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	var v string
	if err := pool.QueryRow("PRAGMA journal_mode").Scan(&v); err != nil || v != "wal" {
		t.Errorf("journal mode %q, %v", v, err)
	}
	if _, err := Open(context.Background(), t.TempDir()); err == nil || !strings.Contains(err.Error(), "store ") {
		t.Errorf("a folder opened as a store: %v", err)
	}
}

// modernc's libc must be exactly the version its own go.mod asks for; any
// other has broken programs before (PocketBase issue 6136).
func TestLibcIsTheTestedPair(t *testing.T) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		t.Skip("no build information")
	}
	want := map[string]string{"modernc.org/sqlite": "v1.60.1", "modernc.org/libc": "v1.77.1"}
	for _, d := range info.Deps {
		if w, ok := want[d.Path]; ok && d.Version != w {
			t.Errorf("%s is %s; the pair tested is %v", d.Path, d.Version, want)
		}
	}
}
