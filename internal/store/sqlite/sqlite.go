package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"modernc.org/sqlite" // the database/sql driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"

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
	db, err := tables.New(ctx, tables.Engine{Name: "sqlite", Away: away}, write, read, path)
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

// away are the results of a file that cannot be used just now: locked by
// another process, on a full disk, on a disk that fails, out of handles.
func away(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY:
		return true
	}
	return false
}
