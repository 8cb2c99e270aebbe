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
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		put, err := tx.PrepareContext(ctx, `INSERT INTO prints (article, text, body) VALUES ($1,$2,$3)
			ON CONFLICT (article) DO UPDATE SET text = excluded.text, body = excluded.body`)
		if err != nil {
			return err
		}
		defer put.Close()
		for _, p := range prints {
			if _, err := put.ExecContext(ctx, p.Article, p.Text, p.Body); err != nil {
				return fmt.Errorf("article %s: %w", p.Article, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store: prints: %w", err)
	}
	return nil
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
