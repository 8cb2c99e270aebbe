package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/reportedly/reportedly/internal/store"
)

// when writes a moment that may be unknown.
func when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return stamp(t)
}

// AddFeed implements store.Feeds.
func (db *DB) AddFeed(ctx context.Context, f store.Feed, at time.Time) (added bool, err error) {
	err = db.inTx(ctx, func(tx *sql.Tx) error {
		var removed string
		err := tx.QueryRowContext(ctx, `SELECT removed_at FROM feeds WHERE url = $1`, f.URL).Scan(&removed)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			added = true
			_, err = tx.ExecContext(ctx, `INSERT INTO feeds (url, kind, title, outlet, language, every_s, added_at, removed_at, etag, last_modified, fetched_at, changed_at, due_at, errors, error)
				VALUES ($1,$2,'',$3,$4,$5,$6,'','','','','','',0,'')`, f.URL, f.Kind, f.Outlet, f.Language, int64(f.Every/time.Second), stamp(at))
		case err == nil:
			added = removed != ""
			_, err = tx.ExecContext(ctx, `UPDATE feeds SET outlet = $2, language = $3, every_s = $4, removed_at = '', due_at = '' WHERE url = $1`,
				f.URL, f.Outlet, f.Language, int64(f.Every/time.Second))
		}
		return err
	})
	if err != nil {
		return false, fmt.Errorf("store: feed %s: %w", f.URL, err)
	}
	return added, nil
}

// RemoveFeed implements store.Feeds.
func (db *DB) RemoveFeed(ctx context.Context, url string, at time.Time) error {
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE feeds SET removed_at = $2 WHERE url = $1 AND removed_at = ''`, url, stamp(at))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, store.ErrNotFound)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store: feed %s: %w", url, err)
	}
	return nil
}

// Feeds implements store.Feeds.
func (db *DB) Feeds(ctx context.Context) ([]store.Feed, error) {
	rows, err := db.read.QueryContext(ctx, `SELECT f.url, f.kind, f.title, f.outlet, f.language, f.every_s, f.added_at, f.etag, f.last_modified, f.fetched_at, f.changed_at, f.due_at, f.errors, f.error,
		(SELECT COUNT(*) FROM feed_items i WHERE i.feed = f.url AND i.state = 'open'),
		(SELECT COUNT(*) FROM feed_items i WHERE i.feed = f.url AND i.state = 'done'),
		(SELECT COUNT(*) FROM feed_items i WHERE i.feed = f.url AND i.state = 'failed')
		FROM feeds f WHERE f.removed_at = '' ORDER BY f.url`)
	if err != nil {
		return nil, fmt.Errorf("store: feeds: %w", err)
	}
	defer rows.Close()
	var out []store.Feed
	for rows.Next() {
		var f store.Feed
		var every int64
		var added, fetched, changed, due string
		if err := rows.Scan(&f.URL, &f.Kind, &f.Title, &f.Outlet, &f.Language, &every, &added, &f.ETag, &f.LastModified, &fetched, &changed, &due, &f.Errors, &f.Error, &f.Open, &f.Done, &f.Failed); err != nil {
			return nil, fmt.Errorf("store: feeds: %w", err)
		}
		f.Every = time.Duration(every) * time.Second
		f.Added, f.Fetched, f.Changed, f.Due = unstamp(added), unstamp(fetched), unstamp(changed), unstamp(due)
		out = append(out, f)
	}
	return out, rows.Err()
}

// SaveFetch implements store.Feeds.
func (db *DB) SaveFetch(ctx context.Context, f store.Feed, items []store.FeedItem) (int, error) {
	added := 0
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		added = 0
		for _, i := range items {
			res, err := tx.ExecContext(ctx, `INSERT INTO feed_items (key, feed, url, body, state, found_at, due_at, tries, error, article)
				VALUES ($1,$2,$3,$4,$5,$6,$7,0,'','') ON CONFLICT DO NOTHING`, i.Key, i.Feed, i.URL, db.enc.EncodeAll(i.Body, nil), i.State, stamp(i.Found), when(i.Due))
			if err != nil {
				return err
			}
			n, err := res.RowsAffected()
			if err != nil {
				return err
			}
			added += int(n)
		}
		_, err := tx.ExecContext(ctx, `UPDATE feeds SET kind = $2, title = $3, etag = $4, last_modified = $5, fetched_at = $6, changed_at = $7, due_at = $8, errors = $9, error = $10 WHERE url = $1`,
			f.URL, f.Kind, f.Title, f.ETag, f.LastModified, when(f.Fetched), when(f.Changed), when(f.Due), f.Errors, f.Error)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("store: feed %s: %w", f.URL, err)
	}
	return added, nil
}

// OpenItems implements store.Feeds.
func (db *DB) OpenItems(ctx context.Context, due time.Time, limit int) ([]store.FeedItem, error) {
	rows, err := db.read.QueryContext(ctx, `SELECT key, feed, url, body, state, found_at, due_at, tries, error, article FROM feed_items
		WHERE state = 'open' AND due_at <= $1 ORDER BY due_at, found_at, key LIMIT $2`, stamp(due), limit)
	if err != nil {
		return nil, fmt.Errorf("store: items: %w", err)
	}
	defer rows.Close()
	var out []store.FeedItem
	for rows.Next() {
		var i store.FeedItem
		var found, due string
		if err := rows.Scan(&i.Key, &i.Feed, &i.URL, &i.Body, &i.State, &found, &due, &i.Tries, &i.Error, &i.Article); err != nil {
			return nil, fmt.Errorf("store: items: %w", err)
		}
		if i.Body, err = db.dec.DecodeAll(i.Body, nil); err != nil {
			return nil, fmt.Errorf("store: item %s is damaged: %w", i.Key, err)
		}
		i.Found, i.Due = unstamp(found), unstamp(due)
		out = append(out, i)
	}
	return out, rows.Err()
}

// SaveItem implements store.Feeds.
func (db *DB) SaveItem(ctx context.Context, i store.FeedItem) error {
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE feed_items SET state = $2, due_at = $3, tries = $4, error = $5, article = $6 WHERE key = $1`,
			i.Key, i.State, when(i.Due), i.Tries, i.Error, i.Article)
		return err
	})
	if err != nil {
		return fmt.Errorf("store: item %s: %w", i.Key, err)
	}
	return nil
}

// Progress implements store.Feeds.
func (db *DB) Progress(ctx context.Context, key string) (int64, error) {
	var at int64
	err := db.read.QueryRowContext(ctx, `SELECT at_byte FROM progress WHERE key = $1`, key).Scan(&at)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("store: progress: %w", err)
	}
	return at, nil
}

// SaveProgress implements store.Feeds.
func (db *DB) SaveProgress(ctx context.Context, key string, offset int64, at time.Time) error {
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO progress (key, at_byte, known_from) VALUES ($1,$2,$3)
			ON CONFLICT (key) DO UPDATE SET at_byte = excluded.at_byte, known_from = excluded.known_from`, key, offset, stamp(at))
		return err
	})
	if err != nil {
		return fmt.Errorf("store: progress: %w", err)
	}
	return nil
}
