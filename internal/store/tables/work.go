package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// ListVersion implements store.Work.
func (db *DB) ListVersion(ctx context.Context) (store.ListVersion, error) {
	v, err := newestLists(ctx, db.read)
	if err != nil {
		return v, fmt.Errorf("store: version of lists: %w", err)
	}
	return v, nil
}

type rower interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func newestLists(ctx context.Context, q rower) (store.ListVersion, error) {
	var v store.ListVersion
	err := q.QueryRowContext(ctx, `SELECT number, key, editions FROM list_versions ORDER BY number DESC LIMIT 1`).Scan(&v.Number, &v.Key, &v.Editions)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return v, err
}

// RaiseLists implements store.Work.
func (db *DB) RaiseLists(ctx context.Context, key string, editions int, force bool, at time.Time) (store.ListVersion, error) {
	var v store.ListVersion
	err := db.inTx(ctx, func(tx *sql.Tx) (err error) {
		if v, err = newestLists(ctx, tx); err != nil {
			return err
		}
		if v.Key == key || v.Number > 0 && editions <= v.Editions && !force {
			return nil
		}
		v = store.ListVersion{Number: v.Number + 1, Key: key, Editions: editions}
		_, err = tx.ExecContext(ctx, `INSERT INTO list_versions (number, key, editions, known_from) VALUES ($1,$2,$3,$4)`, v.Number, v.Key, v.Editions, stamp(at))
		return err
	})
	if err != nil {
		return store.ListVersion{}, fmt.Errorf("store: version of lists: %w", err)
	}
	return v, nil
}

// SaveArticles implements store.Work.
func (db *DB) SaveArticles(ctx context.Context, as []story.Article, known time.Time) ([]store.TextVersion, error) {
	out := make([]store.TextVersion, len(as))
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		for i, a := range as {
			if err := db.saveArticle(ctx, tx, a, known); err != nil {
				return fmt.Errorf("%s: %w", a.ID, err)
			}
			out[i] = store.TextVersion{Article: a.ID, Text: fingerprint(a)}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("store: articles: %w", err)
	}
	return out, nil
}

// Current implements store.Work.
func (db *DB) Current(ctx context.Context, ids []string) ([]store.Current, error) {
	out, err := gatherIn(ctx, db.read, func(row scanner) (c store.Current, err error) {
		var body []byte
		var key sql.NullString
		if err = row.Scan(&body, &key); err == nil {
			c.Read, err = key.String, db.unpack(body, &c.Article)
		}
		return c, err
	}, `SELECT a.body, CASE WHEN r.text_hash = '' OR r.text_hash = a.text_hash THEN r.key END FROM articles a
		LEFT JOIN readings r ON r.article = a.id AND r.known_to IS NULL WHERE COALESCE(a.known_to, '') = '' AND a.id IN (%s) ORDER BY a.id`, ids)
	if err != nil {
		return nil, fmt.Errorf("store: articles: %w", err)
	}
	return out, nil
}

// Settle implements store.Work.
func (db *DB) Settle(ctx context.Context, all []store.Settled, known time.Time) ([]store.Errand, error) {
	var due []store.Errand
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		due = nil
		v, err := newestLists(ctx, tx)
		if err != nil {
			return err
		}
		for _, s := range all {
			if v.Number > s.Lists {
				return store.ErrStale
			}
			left, err := db.settle(ctx, tx, s, known)
			if err != nil {
				return fmt.Errorf("reading of %s: %w", s.Reading.Article, err)
			}
			due = append(due, left...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	return due, nil
}

func (db *DB) settle(ctx context.Context, tx *sql.Tx, s store.Settled, known time.Time) ([]store.Errand, error) {
	text, err := db.completed(ctx, tx, s)
	if err != nil {
		return nil, err
	}
	old, err := partiesOf(ctx, tx, s.Reading.Article)
	if err != nil {
		return nil, err
	}
	if err := db.saveReading(ctx, tx, s.Reading, text, known); err != nil {
		return nil, err
	}
	return markDue(ctx, tx, s, old, known)
}

// completed proves that the text is still the current one, and keeps what
// reading found out about the article itself. That is no new version: the
// article is as it came.
func (db *DB) completed(ctx context.Context, tx *sql.Tx, s store.Settled) (hash string, err error) {
	was, is := fingerprint(s.Read), fingerprint(s.Known)
	err = tx.QueryRowContext(ctx, `SELECT text_hash FROM articles WHERE id = $1 AND known_to IS NULL`, s.Read.ID).Scan(&hash)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", store.ErrNotFound
	case err != nil:
		return "", err
	case hash != was:
		return "", store.ErrStale
	case was == is:
		return is, nil
	}
	a := s.Known
	a.Captures = nil
	body, err := db.pack(a)
	if err != nil {
		return "", err
	}
	if err := recount(ctx, tx, s.Read, a); err != nil {
		return "", err
	}
	_, err = tx.ExecContext(ctx, `UPDATE articles SET language = $1, text_hash = $2, body = $3 WHERE id = $4 AND known_to IS NULL`, a.Language, is, body, a.ID)
	return is, err
}

// partiesOf gives who the current reading of an article may be about.
func partiesOf(ctx context.Context, tx *sql.Tx, article string) ([]string, error) {
	return gather(ctx, tx, scanOne[string], `SELECT h.party FROM readings r JOIN identity_hypotheses h ON h.reading = r.id WHERE r.article = $1 AND r.known_to IS NULL
		UNION SELECT p.party FROM readings r JOIN claim_players p ON p.reading = r.id WHERE r.article = $1 AND r.known_to IS NULL`, article)
}

func markDue(ctx context.Context, tx *sql.Tx, s store.Settled, old []string, known time.Time) ([]store.Errand, error) {
	parties := old
	for _, c := range s.Reading.Mentions.Clusters {
		for _, h := range c.Hypotheses {
			parties = append(parties, h.Party)
		}
	}
	for _, c := range s.Reading.Claims {
		for _, p := range c.Players {
			parties = append(parties, p.Party)
		}
	}
	heads := []string{}
	for _, p := range parties {
		if p != "" {
			heads = append(heads, s.Head(p))
		}
	}
	slices.Sort(heads)
	if heads = slices.Compact(heads); len(heads) == 0 {
		heads = []string{""}
	}
	var out []store.Errand
	for _, p := range heads {
		e := store.Errand{Article: s.Reading.Article, Party: p, Slot: store.Slot(p)}
		if err := tx.QueryRowContext(ctx, `INSERT INTO case_due (article, party, slot, known_from) VALUES ($1,$2,$3,$4) RETURNING id`, e.Article, e.Party, e.Slot, stamp(known)).Scan(&e.ID); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// Unread implements store.Work.
func (db *DB) Unread(ctx context.Context, lists, program, after string, limit int) ([]store.TextVersion, error) {
	out, err := gather(ctx, db.read, func(row scanner) (v store.TextVersion, err error) {
		err = row.Scan(&v.Article, &v.Text)
		return v, err
	}, `SELECT a.id, a.text_hash FROM articles a LEFT JOIN readings r ON r.article = a.id AND r.known_to IS NULL
		WHERE a.known_to IS NULL AND a.id > $1 AND (r.id IS NULL OR r.lists <> $2 OR r.program <> $3 OR (r.text_hash <> '' AND r.text_hash <> a.text_hash))
		ORDER BY a.id LIMIT $4`, after, lists, program, limit)
	if err != nil {
		return nil, fmt.Errorf("store: unread articles: %w", err)
	}
	return out, nil
}

func scanErrand(row scanner) (d store.Errand, err error) {
	err = row.Scan(&d.ID, &d.Article, &d.Party, &d.Slot)
	return d, err
}

// Due implements store.Work.
func (db *DB) Due(ctx context.Context, partition, partitions, limit int) ([]store.Errand, error) {
	out, err := gather(ctx, db.read, scanErrand, `SELECT id, article, party, slot FROM case_due WHERE slot % $1 = $2 ORDER BY id LIMIT $3`, partitions, partition, limit)
	if err != nil {
		return nil, fmt.Errorf("store: what is due: %w", err)
	}
	return out, nil
}

// DueOf implements store.Work.
func (db *DB) DueOf(ctx context.Context, articles []string) ([]store.Errand, error) {
	out, err := gatherIn(ctx, db.read, scanErrand, `SELECT id, article, party, slot FROM case_due WHERE article IN (%s) ORDER BY id`, articles)
	if err != nil {
		return nil, fmt.Errorf("store: what is due: %w", err)
	}
	return out, nil
}

// DueSlots implements store.Work.
func (db *DB) DueSlots(ctx context.Context) ([]int, error) {
	out, err := gather(ctx, db.read, scanOne[int], `SELECT DISTINCT slot FROM case_due ORDER BY slot`)
	if err != nil {
		return nil, fmt.Errorf("store: what is due: %w", err)
	}
	return out, nil
}

// Judged implements store.Work.
func (db *DB) Judged(ctx context.Context, done []store.Errand) error {
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		for _, d := range done {
			if _, err := tx.ExecContext(ctx, `DELETE FROM case_due WHERE id = $1`, d.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store: what is due: %w", err)
	}
	return nil
}

// Claim implements store.Work.
func (db *DB) Claim(ctx context.Context, name string) (store.Fence, error) {
	f := store.Fence{Name: name}
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `INSERT INTO fences (name, token) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET token = fences.token + 1 RETURNING token`, name).Scan(&f.Token)
	})
	if err != nil {
		return store.Fence{}, fmt.Errorf("store: place of %s: %w", name, err)
	}
	return f, nil
}

// underFence fails where the context's fence was taken by another. The update
// locks the row, so that taking over waits for the end of this transaction, or
// this one fails.
func underFence(ctx context.Context, tx *sql.Tx) error {
	f, ok := store.FenceOf(ctx)
	if !ok {
		return nil
	}
	res, err := tx.ExecContext(ctx, `UPDATE fences SET token = token WHERE name = $1 AND token = $2`, f.Name, f.Token)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(store.ErrFenced, err)
	}
	return nil
}

// Away implements store.Work.
func (db *DB) Away(err error) bool {
	return err != nil && db.engine.Away != nil && db.engine.Away(err)
}
