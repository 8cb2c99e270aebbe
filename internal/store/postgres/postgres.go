package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"slices"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the database/sql driver "pgx"

	"github.com/reportedly/reportedly/internal/store"
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
	engine := tables.Engine{Name: "postgres", Tx: &sql.TxOptions{Isolation: sql.LevelSerializable}, Again: again, Away: away}
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

// away are failures of the connection and of the server itself (PostgreSQL
// documentation, appendix A: classes 08, 53, 57 and 58), and transactions that
// others kept breaking. What is not the server's answer is the way to it.
func away(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, store.ErrStale) || errors.Is(err, store.ErrFenced) || errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrErased) {
		return false
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return slices.Contains([]string{"08", "53", "57", "58", "40"}, pg.Code[:min(2, len(pg.Code))]) || again(err)
	}
	var connect *pgconn.ConnectError
	var netErr net.Error
	return errors.As(err, &connect) || errors.As(err, &netErr) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, sql.ErrTxDone) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) ||
		pgconn.SafeToRetry(err) || pgconn.Timeout(err)
}
