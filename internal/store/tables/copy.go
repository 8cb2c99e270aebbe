package tables

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
	"strings"
)

// Copied tells of one table that was copied.
type Copied struct {
	Table string `json:"table"`
	Rows  int64  `json:"rows"`
	Hash  string `json:"hash"` // of all rows in order, equal on both sides
}

// Copy brings everything from one store into another of any engine, which must
// be empty, in one transaction, and reads it back: every table must have the
// same rows, by count and by hash. tell is called after each table. Where it
// fails, nothing of the copy is kept. What is filed for searching is not copied:
// each engine has its own form of it, and it is made anew from the rows.
func Copy(ctx context.Context, from, to *DB, tell func(Copied)) error {
	shape, err := from.shape(ctx)
	if err != nil {
		return fmt.Errorf("store: copy: %w", err)
	}
	src, err := from.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("store: copy: %w", err)
	}
	defer src.Rollback() // one view of the source, whoever writes meanwhile
	err = to.inTx(ctx, func(dst *sql.Tx) error {
		for _, t := range shape {
			c, err := copyTable(ctx, src, dst, t)
			if err != nil {
				return fmt.Errorf("table %s: %w", t.name, err)
			}
			tell(c)
		}
		if _, err := dst.ExecContext(ctx, `DELETE FROM derived WHERE key = $1`, filing); err != nil {
			return err
		}
		return to.afterCopy(ctx, dst, shape)
	})
	if err == nil {
		err = to.fileAll(ctx)
	}
	if err != nil {
		return fmt.Errorf("store: copy: %w", err)
	}
	return nil
}

// table is the name and the columns of a table, in a fixed order. A generated
// identity is the column "id" that is its whole primary key.
type table struct {
	name    string
	columns []string
}

// filed are the tables that fileAll makes again.
var filed = []string{"case_links", "article_numbers", "concerns"}

// rows are those that are copied: all, but for the mark that all is filed,
// which every store makes for itself.
func (t table) rows() string {
	if t.name == "derived" {
		return quote(t.name) + ` WHERE key <> '` + filing + `'`
	}
	return quote(t.name)
}

// shape gives the tables that hold what is kept, in an order that foreign keys
// allow: a table is made after what it refers to, so the order of making does.
func (db *DB) shape(ctx context.Context) ([]table, error) {
	names, err := db.madeTables()
	if err != nil {
		return nil, err
	}
	out := make([]table, 0, len(names))
	for _, n := range names {
		if slices.Contains(filed, n) {
			continue
		}
		rows, err := db.read.QueryContext(ctx, `SELECT * FROM `+quote(n)+` LIMIT 0`)
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", n, err)
		}
		columns, err := rows.Columns()
		rows.Close()
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", n, err)
		}
		slices.Sort(columns) // engines may differ in order after ALTER TABLE
		out = append(out, table{n, columns})
	}
	return out, nil
}

// madeTables reads the names of tables from the migrations that all engines
// share; what one engine alone has (full-text tables) is made from these.
func (db *DB) madeTables() ([]string, error) {
	entries, err := migrations.ReadDir("migrations")
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if strings.Count(e.Name(), ".") > 1 {
			continue
		}
		b, err := migrations.ReadFile("migrations/" + e.Name())
		if err != nil {
			return nil, err
		}
		up, _, _ := strings.Cut(string(b), "-- +goose Down")
		for _, l := range strings.Split(up, "\n") {
			if rest, ok := strings.CutPrefix(l, "CREATE TABLE "); ok {
				name, _, _ := strings.Cut(strings.TrimPrefix(rest, "IF NOT EXISTS "), " ")
				out = append(out, strings.Trim(name, `"`))
			}
		}
	}
	return out, nil
}

func quote(name string) string { return `"` + name + `"` }

func (t table) list() string {
	q := make([]string, len(t.columns))
	for i, c := range t.columns {
		q[i] = quote(c)
	}
	return strings.Join(q, ", ")
}

// ordered reads all rows in an order that both engines share: texts compare by
// bytes in both, and no other type in a key is compared by locale.
func (t table) ordered() string {
	return `SELECT ` + t.list() + ` FROM ` + t.rows() + ` ORDER BY ` + t.list()
}

func copyTable(ctx context.Context, src, dst *sql.Tx, t table) (Copied, error) {
	var n int64
	if err := dst.QueryRowContext(ctx, `SELECT COUNT(*) FROM `+t.rows()).Scan(&n); err != nil {
		return Copied{}, err
	}
	if n > 0 {
		return Copied{}, fmt.Errorf("holds %d rows already: a store is copied into an empty one", n)
	}
	put, err := dst.PrepareContext(ctx, t.insert())
	if err != nil {
		return Copied{}, err
	}
	defer put.Close()
	sent, err := walk(ctx, src, t, func(row []any) error {
		_, err := put.ExecContext(ctx, row...)
		return err
	})
	if err != nil {
		return Copied{}, err
	}
	back, err := walk(ctx, dst, t, func([]any) error { return nil })
	if err != nil {
		return Copied{}, err
	}
	if back != sent {
		return Copied{}, fmt.Errorf("read back %d rows with hash %s, sent %d with %s", back.Rows, back.Hash, sent.Rows, sent.Hash)
	}
	return sent, nil
}

func (t table) insert() string {
	return `INSERT INTO ` + quote(t.name) + ` (` + t.list() + `) VALUES (` + marks(len(t.columns), 1) + `)`
}

// walk gives each row of a table and hashes them all.
func walk(ctx context.Context, tx *sql.Tx, t table, give func([]any) error) (Copied, error) {
	rows, err := tx.QueryContext(ctx, t.ordered())
	if err != nil {
		return Copied{}, err
	}
	defer rows.Close()
	c := Copied{Table: t.name}
	sum := sha256.New()
	row := make([]any, len(t.columns))
	into := make([]any, len(row))
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return c, err
		}
		for _, v := range row {
			hashValue(sum, v)
		}
		if err := give(row); err != nil {
			return c, fmt.Errorf("row %d: %w", c.Rows+1, err)
		}
		c.Rows++
	}
	c.Hash = hex.EncodeToString(sum.Sum(nil))
	return c, rows.Err()
}

// hashValue writes a value so that the same value of two engines hashes alike
// and no two rows run into one another.
func hashValue(h hash.Hash, v any) {
	switch v := v.(type) {
	case []byte:
		fmt.Fprintf(h, "b%d:", len(v))
		h.Write(v)
	case string:
		fmt.Fprintf(h, "s%d:%s", len(v), v)
	default: // int64, float64, nil
		fmt.Fprintf(h, "v%v;", v)
	}
}

// afterCopy makes what an engine keeps beside the rows.
func (db *DB) afterCopy(ctx context.Context, tx *sql.Tx, shape []table) error {
	if db.engine.Name != "postgres" {
		return nil
	}
	for _, t := range shape {
		if !slices.Contains(t.columns, "id") {
			continue
		}
		var serial sql.NullString
		if err := tx.QueryRowContext(ctx, `SELECT CASE WHEN EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = $1 AND column_name = 'id' AND is_identity = 'YES')
			THEN pg_get_serial_sequence($1, 'id') END`, t.name).Scan(&serial); err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
		if !serial.Valid {
			continue
		}
		if _, err := tx.ExecContext(ctx, `SELECT setval($1::regclass, COALESCE((SELECT MAX(id) FROM `+quote(t.name)+`), 0) + 1, false)`, serial.String); err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
	}
	return nil
}
