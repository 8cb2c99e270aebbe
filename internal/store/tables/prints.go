package tables

import (
	"context"
	"database/sql"
	"fmt"
	"iter"

	"github.com/reportedly/reportedly/internal/store"
)

// SavePrints implements store.Prints.
func (db *DB) SavePrints(ctx context.Context, prints []store.Print) error {
	err := db.inTx(ctx, func(tx *sql.Tx) error { return savePrints(ctx, tx, prints) })
	if err != nil {
		return fmt.Errorf("store: prints: %w", err)
	}
	return nil
}

// savePrints gives each print the next number.
func savePrints(ctx context.Context, tx *sql.Tx, prints []store.Print) error {
	if len(prints) == 0 {
		return nil
	}
	var last int64
	if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) FROM prints`).Scan(&last); err != nil {
		return err
	}
	put, err := tx.PrepareContext(ctx, `INSERT INTO prints (article, text, body, number) VALUES ($1,$2,$3,$4)
		ON CONFLICT (article) DO UPDATE SET text = excluded.text, body = excluded.body, number = excluded.number`)
	if err != nil {
		return err
	}
	defer put.Close()
	for i, p := range prints {
		if _, err := put.ExecContext(ctx, p.Article, p.Text, p.Body, last+int64(i)+1); err != nil {
			return fmt.Errorf("article %s: %w", p.Article, err)
		}
	}
	return nil
}

// PrintTexts implements store.Growth.
func (db *DB) PrintTexts(ctx context.Context, articles []string) (map[string]string, error) {
	rows, err := gatherIn(ctx, db.read, scanTwo, `SELECT article, text FROM prints WHERE number > 0 AND article IN (%s)`, articles)
	out := map[string]string{}
	for _, r := range rows {
		out[r[0]] = r[1]
	}
	return out, err
}

// PrintsAfter implements store.Growth.
func (db *DB) PrintsAfter(ctx context.Context, number int64, n int) ([]store.Print, error) {
	return gather(ctx, db.read, func(row scanner) (p store.Print, err error) {
		err = row.Scan(&p.Article, &p.Text, &p.Body, &p.Number)
		return p, err
	}, `SELECT article, text, body, number FROM prints WHERE number > $1 ORDER BY number LIMIT $2`, number, n)
}

// Print implements store.Prints.
func (db *DB) Print(ctx context.Context, article string) (store.Print, error) {
	p := store.Print{Article: article}
	err := db.read.QueryRowContext(ctx, `SELECT text, body FROM prints WHERE article = $1`, article).Scan(&p.Text, &p.Body)
	if err != nil {
		return store.Print{}, fmt.Errorf("store: print of %s: %w", article, notFound(err))
	}
	return p, nil
}

// Prints implements store.Prints.
func (db *DB) Prints(ctx context.Context) iter.Seq2[store.Print, error] {
	return func(yield func(store.Print, error) bool) {
		rows, err := db.read.QueryContext(ctx, `SELECT article, text, body FROM prints ORDER BY article`)
		if err != nil {
			yield(store.Print{}, fmt.Errorf("store: prints: %w", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var p store.Print
			if err := rows.Scan(&p.Article, &p.Text, &p.Body); err != nil {
				yield(store.Print{}, fmt.Errorf("store: prints: %w", err))
				return
			}
			if !yield(p, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(store.Print{}, fmt.Errorf("store: prints: %w", err))
		}
	}
}
