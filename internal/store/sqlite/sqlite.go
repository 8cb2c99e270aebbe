package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the database/sql driver "sqlite"

	"github.com/reportedly/reportedly/internal/store/tables"
)

// DB is a store in one file.
type DB = tables.DB

// Open opens or makes the file and brings its schema up to date. The folder is
// made with access for the owner only: cases are about people.
func Open(ctx context.Context, path string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("store %s: %w", path, err)
	}
	write, err := connect(path, 1, "_txlock=immediate")
	if err != nil {
		return nil, fmt.Errorf("store %s: %w", path, err)
	}
	read, err := connect(path, 4, "")
	if err != nil {
		write.Close()
		return nil, fmt.Errorf("store %s: %w", path, err)
	}
	db, err := tables.New(ctx, tables.Engine{Name: "sqlite"}, write, read, path)
	if err != nil {
		read.Close()
		write.Close()
		return nil, fmt.Errorf("store %s: %w", path, err)
	}
	return db, nil
}

// connect opens a pool. One writer and a busy time-out are the usual cure for
// "database is locked"; NORMAL is durable under a killed process in WAL mode.
func connect(path string, conns int, extra string) (*sql.DB, error) {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}
	u.RawQuery = "_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=foreign_keys(1)&" + extra
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	if err := db.Ping(); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}
