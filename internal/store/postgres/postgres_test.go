//go:build linux

package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/store/postgrestest"
	"github.com/reportedly/reportedly/internal/store/sqlite"
	"github.com/reportedly/reportedly/internal/store/storetest"
	"github.com/reportedly/reportedly/internal/store/tables"
)

var server *postgrestest.Server

func TestMain(m *testing.M) {
	s, reason := postgrestest.Start()
	if s == nil {
		fmt.Fprintln(os.Stderr, "postgres: left out:", reason)
		os.Exit(m.Run())
	}
	server = s
	code := m.Run()
	server.Stop()
	os.Exit(code)
}

// fresh gives the address of a new empty database.
func fresh(t *testing.T) string {
	t.Helper()
	if server == nil {
		t.Skip("no PostgreSQL server on this machine (package postgresql of Debian has one)")
	}
	return server.Database(t)
}

func TestContract(t *testing.T) {
	address := fresh(t)
	db, err := Open(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	pattern := path.Base(strings.TrimSuffix(address, "?sslmode=disable"))
	storetest.Run(t, func(t *testing.T) store.Store {
		db, err := Open(context.Background(), server.Clone(t, pattern))
		if err != nil {
			t.Fatal(err)
		}
		return db
	})
}

// A store moved from SQLite to PostgreSQL and back is the same, table by table
// and hash by hash, and can be written on.
func TestCopyThereAndBack(t *testing.T) {
	ctx := context.Background()
	first, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	storetest.Fill(t, first)
	there, err := Open(ctx, fresh(t))
	if err != nil {
		t.Fatal(err)
	}
	defer there.Close()
	back, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "b.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer back.Close()
	var one, two []tables.Copied
	if err := tables.Copy(ctx, first, there, func(c tables.Copied) { one = append(one, c) }); err != nil {
		t.Fatal(err)
	}
	if err := tables.Copy(ctx, there, back, func(c tables.Copied) { two = append(two, c) }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(one, two); diff != "" {
		t.Errorf("there and back differ (-there +back):\n%s", diff)
	}
	rows := int64(0)
	for _, c := range one {
		rows += c.Rows
	}
	if rows < 10 {
		t.Errorf("%d rows copied: the store was not filled", rows)
	}
	if found, _, err := there.SearchArticles(ctx, "words", 0, 5); err != nil || len(found) != 1 {
		t.Errorf("%d articles are found in the copy, %v", len(found), err)
	}
	storetest.Fill(t, there) // identities go on behind the copied ones
}

// Processes that start together on an empty database all find it migrated.
func TestOpenedByManyAtOnce(t *testing.T) {
	address := fresh(t)
	errs := make(chan error)
	const n = 4
	for range n {
		go func() {
			db, err := Open(context.Background(), address)
			if err == nil {
				err = db.Close()
			}
			errs <- err
		}()
	}
	for range n {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

// Texts compare by bytes whatever the locale of the database, so that both
// engines give lists in one order.
func TestOrderIsThatOfBytes(t *testing.T) {
	address := fresh(t)
	db, err := Open(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	pool, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	var n int
	err = pool.QueryRow(`SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C' AND table_name <> 'goose_db_version'`).Scan(&n)
	if err != nil || n != 0 {
		t.Errorf("%d text columns do not compare by bytes, %v", n, err)
	}
}

func TestPasswordIsNotTold(t *testing.T) {
	u := url.URL{Scheme: "postgres", User: url.UserPassword("u", "topsecret"), Host: "127.0.0.1:1", Path: "/x", RawQuery: "connect_timeout=1"}
	_, err := Open(context.Background(), u.String())
	if err == nil || strings.Contains(err.Error(), "topsecret") || !strings.Contains(err.Error(), "127.0.0.1:1") {
		t.Errorf("no server: %v", err)
	}
}
