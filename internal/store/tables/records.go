package tables

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/reportedly/reportedly/internal/cases/review"
)

// AddRecord implements store.Records.
func (db *DB) AddRecord(ctx context.Context, r review.Record) (review.Record, error) {
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT body FROM records ORDER BY number`)
		if err != nil {
			return err
		}
		have, err := db.scanRecords(rows)
		if err != nil {
			return err
		}
		if err := review.Check(r, have); err != nil {
			return err
		}
		number := len(have) + 1
		r.ID, r.At = fmt.Sprint("r", number), r.At.UTC()
		body, err := db.pack(r)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO records (number, kind, "case", of_record, who, body, known_from) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
			number, string(r.Kind), r.Case, r.Of, r.Who, body, stamp(r.At))
		return err
	})
	if err != nil {
		return review.Record{}, fmt.Errorf("store: record: %w", err)
	}
	return r, nil
}

// Records implements store.Records.
func (db *DB) Records(ctx context.Context, known time.Time) ([]review.Record, error) {
	rows, err := db.read.QueryContext(ctx, `SELECT body FROM records WHERE known_from <= $1 ORDER BY number`, knownAt(known))
	if err != nil {
		return nil, fmt.Errorf("store: records: %w", err)
	}
	out, err := db.scanRecords(rows)
	if err != nil {
		return nil, fmt.Errorf("store: records: %w", err)
	}
	return out, nil
}

func (db *DB) scanRecords(rows *sql.Rows) ([]review.Record, error) {
	defer rows.Close()
	var out []review.Record
	for rows.Next() {
		var body []byte
		var r review.Record
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		if err := db.unpack(body, &r); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}
