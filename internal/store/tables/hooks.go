package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/reportedly/reportedly/internal/store"
)

var (
	_ store.Hooks   = (*DB)(nil)
	_ store.Replays = (*DB)(nil)
)

// AddHook implements store.Hooks.
func (db *DB) AddHook(ctx context.Context, h store.Hook) error {
	_, err := db.write.ExecContext(ctx, `INSERT INTO hooks (id, url, secret, user_id, created, removed, told, attempts, next_try, problem) VALUES ($1,$2,$3,$4,$5,'',$6,0,'','')`,
		h.ID, h.URL, h.Secret, h.User, stamp(h.Created), stamp(h.Cursor))
	if err != nil {
		return fmt.Errorf("store: hook: %w", err)
	}
	return nil
}

// Hooks implements store.Hooks.
func (db *DB) Hooks(ctx context.Context) ([]store.Hook, error) {
	return gather(ctx, db.read, func(row interface{ Scan(...any) error }) (h store.Hook, err error) {
		var created, removed, told, next string
		err = row.Scan(&h.ID, &h.URL, &h.Secret, &h.User, &created, &removed, &told, &h.Attempts, &next, &h.Problem)
		h.Created, h.Removed, h.Cursor, h.NextTry = unstamp(created), unstamp(removed), unstamp(told), unstamp(next)
		return h, err
	}, `SELECT id, url, secret, user_id, created, removed, told, attempts, next_try, problem FROM hooks WHERE removed = '' ORDER BY created, id`)
}

// SaveHook implements store.Hooks.
func (db *DB) SaveHook(ctx context.Context, h store.Hook) error {
	_, err := db.write.ExecContext(ctx, `UPDATE hooks SET removed = $1, told = $2, attempts = $3, next_try = $4, problem = $5 WHERE id = $6`,
		optional(h.Removed), stamp(h.Cursor), h.Attempts, optional(h.NextTry), h.Problem, h.ID)
	if err != nil {
		return fmt.Errorf("store: hook %s: %w", h.ID, err)
	}
	return nil
}

// BeginReplay implements store.Replays.
func (db *DB) BeginReplay(ctx context.Context, r store.Replay, since time.Time) (kept store.Replay, fresh bool, err error) {
	err = db.inTx(ctx, func(tx *sql.Tx) error {
		kept, fresh = store.Replay{Key: r.Key}, false
		var at string
		err := tx.QueryRowContext(ctx, `SELECT request, status, body, at FROM replays WHERE key = $1`, r.Key).Scan(&kept.Request, &kept.Status, &kept.Body, &at)
		kept.At = unstamp(at)
		if err == nil && kept.At.After(since) {
			return nil
		}
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		fresh = true
		_, err = tx.ExecContext(ctx, `INSERT INTO replays (key, request, status, body, at) VALUES ($1,$2,0,$3,$4)
			ON CONFLICT (key) DO UPDATE SET request = excluded.request, status = 0, body = excluded.body, at = excluded.at`, r.Key, r.Request, []byte{}, stamp(r.At))
		return err
	})
	if err != nil {
		return kept, false, fmt.Errorf("store: replay: %w", err)
	}
	return kept, fresh, nil
}

// EndReplay implements store.Replays.
func (db *DB) EndReplay(ctx context.Context, r store.Replay) error {
	query := `UPDATE replays SET status = $1, body = $2 WHERE key = $3`
	if r.Status == 0 {
		query = `UPDATE replays SET status = $1, body = $2, at = '' WHERE key = $3`
	}
	if _, err := db.write.ExecContext(ctx, query, r.Status, r.Body, r.Key); err != nil {
		return fmt.Errorf("store: replay: %w", err)
	}
	return nil
}
