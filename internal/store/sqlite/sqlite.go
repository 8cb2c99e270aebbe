package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the database/sql driver "sqlite"

	"github.com/reportedly/reportedly/internal/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

// DB is a store in one file. It implements store.Store.
type DB struct {
	write, read *sql.DB
	enc         *zstd.Encoder
	dec         *zstd.Decoder
	path        string
}

var _ store.Store = (*DB)(nil)

// Open opens or makes the file and brings its schema up to date. The folder is
// made with access for the owner only: cases are about people.
func Open(ctx context.Context, path string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("store %s: %w", path, err)
	}
	db := &DB{path: path}
	var err error
	if db.write, err = connect(path, 1, "_txlock=immediate"); err != nil {
		return nil, fmt.Errorf("store %s: %w", path, err)
	}
	if err = db.migrate(ctx); err == nil {
		db.read, err = connect(path, 4, "")
	}
	if err == nil {
		db.enc, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	}
	if err == nil {
		db.dec, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(1<<30))
	}
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("store %s: %w", path, err)
	}
	return db, nil
}

// Path of the file.
func (db *DB) Path() string { return db.path }

// Close waits for running statements and closes the file.
func (db *DB) Close() error {
	var first error
	for _, c := range []*sql.DB{db.read, db.write} {
		if c != nil {
			if err := c.Close(); err != nil && first == nil {
				first = err
			}
		}
	}
	return first
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
	return db, db.Ping()
}

func (db *DB) migrate(ctx context.Context) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db.write, dir)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	return nil
}

// inTx runs f in one writing transaction.
func (db *DB) inTx(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}

// pack gives a value as compressed JSON, unpack reads it back.
func (db *DB) pack(v any) ([]byte, error) {
	j, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return db.enc.EncodeAll(j, nil), nil
}

func (db *DB) unpack(b []byte, v any) error {
	j, err := db.dec.DecodeAll(b, nil)
	if err != nil {
		return err
	}
	return json.Unmarshal(j, v)
}

// stamp writes a moment so that text order is time order.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000000Z") }

func unstamp(s string) time.Time {
	t, _ := time.Parse(time.RFC3339Nano, s)
	return t
}

// endOfTime compares after every stamp: "known now".
const endOfTime = "9999"

func knownAt(t time.Time) string {
	if t.IsZero() {
		return endOfTime
	}
	return stamp(t)
}
