package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the database/sql driver "pgx"

	"github.com/reportedly/reportedly/internal/store/tables"
)

// connections bounds the pool of one process: a server of many workers has a
// hundred to share by default.
const connections = 8

// IsAddress reports whether s names a PostgreSQL database and not a file.
func IsAddress(s string) bool {
	return strings.HasPrefix(s, "postgres://") || strings.HasPrefix(s, "postgresql://")
}

// Open connects to the database at address (postgres://user:password@host/name)
// and brings its schema up to date.
func Open(ctx context.Context, address string) (*tables.DB, error) {
	place := withoutPassword(address)
	pool, err := sql.Open("pgx", address)
	if err != nil {
		return nil, fmt.Errorf("store %s: %w", place, err)
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	engine := tables.Engine{Name: "postgres", Tx: &sql.TxOptions{Isolation: sql.LevelSerializable}, Again: again}
	db, err := tables.New(ctx, engine, pool, pool, place)
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("store %s: %w", place, err)
	}
	return db, nil
}

// again are the failures of a transaction that another one caused: a
// serialization failure, a deadlock, and a key that both wanted to be first to
// write (PostgreSQL documentation, 13.5 "Serialization Failure Handling").
func again(err error) bool {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return false
	}
	switch pg.Code {
	case "40001", "40P01", "23505":
		return true
	}
	return false
}

// withoutPassword is the address as it may stand in a log.
func withoutPassword(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "postgres database"
	}
	return u.Redacted()
}
