package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/store"
)

var _ store.Audit = (*DB)(nil)

// auditPast reads the log inside the transaction that appends to it.
type auditPast struct {
	ctx  context.Context
	tx   *sql.Tx
	size int64
	last []byte
}

func (p *auditPast) Size() int64  { return p.size }
func (p *auditPast) Last() []byte { return p.last }

func (p *auditPast) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		var b []byte
		if err := p.tx.QueryRowContext(p.ctx, `SELECT hash FROM audit_hashes WHERE place = $1`, x).Scan(&b); err != nil {
			return nil, fmt.Errorf("hash %d: %w", x, err)
		}
		copy(out[i][:], b)
	}
	return out, nil
}

func (p *auditPast) open() error {
	err := p.tx.QueryRowContext(p.ctx, `SELECT number + 1, body FROM audit_records ORDER BY number DESC LIMIT 1`).Scan(&p.size, &p.last)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}

// AppendAudit implements store.Audit.
func (db *DB) AppendAudit(ctx context.Context, next func(audit.Past) (audit.Added, error)) error {
	return db.inTx(ctx, func(tx *sql.Tx) error {
		p := &auditPast{ctx: ctx, tx: tx}
		if err := p.open(); err != nil {
			return err
		}
		added, err := next(p)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO audit_records (number, body) VALUES ($1,$2)`, p.size, added.Body); err != nil {
			return err
		}
		for i, h := range added.Hashes {
			if _, err := tx.ExecContext(ctx, `INSERT INTO audit_hashes (place, hash) VALUES ($1,$2)`, tlog.StoredHashCount(p.size)+int64(i), h[:]); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO audit_heads (day, head) VALUES ($1,$2) ON CONFLICT (day) DO UPDATE SET head = excluded.head`, added.Day, added.Head)
		return err
	})
}

// ReadAudit implements store.Audit.
func (db *DB) ReadAudit(ctx context.Context, read func(audit.View) error) error {
	opts := sql.TxOptions{ReadOnly: true}
	if db.engine.Tx != nil { // SQLite's reading transactions see one moment anyway
		opts.Isolation = db.engine.Tx.Isolation
	}
	tx, err := db.read.BeginTx(ctx, &opts)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	return read(&auditView{ctx, tx})
}

// auditView reads the log in one transaction.
type auditView struct {
	ctx context.Context
	tx  *sql.Tx
}

func (v *auditView) Bodies(from int64) iter.Seq2[[]byte, error] {
	return column[[]byte](v.ctx, v.tx, `SELECT body FROM audit_records WHERE number >= $1 ORDER BY number`, from)
}

func (v *auditView) Hashes() iter.Seq2[tlog.Hash, error] {
	return func(yield func(tlog.Hash, error) bool) {
		for b, err := range column[[]byte](v.ctx, v.tx, `SELECT hash FROM audit_hashes ORDER BY place`) {
			var h tlog.Hash
			copy(h[:], b)
			if !yield(h, err) {
				return
			}
		}
	}
}

func (v *auditView) Heads() ([][]byte, error) {
	var out [][]byte
	for b, err := range column[[]byte](v.ctx, v.tx, `SELECT head FROM audit_heads ORDER BY day`) {
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

// asker is a pool or a transaction.
type asker interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// column walks the one column of a query.
func column[T any](ctx context.Context, db asker, query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		rows, err := db.QueryContext(ctx, query, args...)
		if err != nil {
			yield(zero, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var v T
			err := rows.Scan(&v)
			if !yield(v, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(zero, err)
		}
	}
}
