package tables

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"
)

func open(t *testing.T) *DB {
	t.Helper()
	pool, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "s.db"))
	if err != nil {
		t.Fatal(err)
	}
	pool.SetMaxOpenConns(1)
	db, err := New(context.Background(), Engine{Name: "sqlite"}, pool, pool, "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// Every table that migrations make is copied: a new table is in without
// anybody thinking of it.
func TestShapeHasEveryTable(t *testing.T) {
	db := open(t)
	shape, err := db.shape(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var want int
	if err := db.read.QueryRow(`SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%' AND sql NOT LIKE 'CREATE VIRTUAL%'
		AND NOT EXISTS (SELECT 1 FROM sqlite_master v WHERE v.sql LIKE 'CREATE VIRTUAL%' AND sqlite_master.name LIKE v.name || '\_%' ESCAPE '\')`).Scan(&want); err != nil {
		t.Fatal(err)
	}
	if len(shape)+len(filed) != want || want == 0 {
		t.Errorf("%d tables in the shape and %d filed anew, %d in the database", len(shape), len(filed), want)
	}
}

func TestCopyWantsAnEmptyStore(t *testing.T) {
	from, to := open(t), open(t)
	if _, err := to.write.Exec(`INSERT INTO runs (id, program, rules, lists, inputs, known_from) VALUES ('r', 'p', 1, '', '', '')`); err != nil {
		t.Fatal(err)
	}
	err := Copy(context.Background(), from, to, func(Copied) {})
	if err == nil || !strings.Contains(err.Error(), "runs: holds 1 rows") {
		t.Errorf("copied into a store that is not empty: %v", err)
	}
}
