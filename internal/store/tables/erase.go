package tables

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

var _ store.Erasure = (*DB)(nil)

// tombstoneKey is made once; without it the hashes tell nothing, even about
// texts that somebody guesses.
func (db *DB) tombstoneKey(ctx context.Context) ([]byte, error) {
	const name = "tombstone key"
	var key []byte
	ok, err := db.Derived(ctx, name, &key)
	if ok || err != nil {
		return key, err
	}
	key = make([]byte, 32)
	rand.Read(key) // never fails
	if err := db.SaveDerived(ctx, name, key, time.Now()); err != nil {
		return nil, err
	}
	_, err = db.Derived(ctx, name, &key) // another process may have been first
	return key, err
}

// tombstonesOf gives the hashes that an article goes by.
func tombstonesOf(key []byte, a story.Article) []string {
	var out []string
	for kind, value := range map[string]string{"id": a.ID, "url": a.URL, "text": a.Text} {
		if value == "" {
			continue
		}
		m := hmac.New(sha256.New, key)
		m.Write([]byte(kind + "\x00" + value))
		out = append(out, hex.EncodeToString(m.Sum(nil)))
	}
	slices.Sort(out)
	return out
}

// refuseErased fails for an article that was erased.
func (db *DB) refuseErased(ctx context.Context, tx *sql.Tx, a story.Article) error {
	var any int
	err := tx.QueryRowContext(ctx, `SELECT 1 FROM tombstones LIMIT 1`).Scan(&any)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	key, err := db.tombstoneKey(ctx)
	if err != nil {
		return err
	}
	for _, h := range tombstonesOf(key, a) {
		err := tx.QueryRowContext(ctx, `SELECT 1 FROM tombstones WHERE hash = $1`, h).Scan(&any)
		if err == nil {
			return store.ErrErased
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
	}
	return nil
}

// Erase implements store.Erasure.
func (db *DB) Erase(ctx context.Context, article, reason string, at time.Time) error {
	key, err := db.tombstoneKey(ctx)
	if err != nil {
		return err
	}
	err = db.inTx(ctx, func(tx *sql.Tx) error {
		bodies, err := gather(ctx, tx, scanOne[[]byte], `SELECT body FROM articles WHERE id = $1`, article)
		if err != nil {
			return err
		}
		if len(bodies) == 0 {
			return store.ErrNotFound
		}
		for _, b := range bodies {
			var a story.Article
			if err := db.unpack(b, &a); err != nil {
				return err
			}
			for _, h := range tombstonesOf(key, a) {
				if _, err := tx.ExecContext(ctx, `INSERT INTO tombstones (hash, reason, at) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING`, h, reason, stamp(at)); err != nil {
					return err
				}
			}
		}
		return db.eraseRows(ctx, tx, article, at)
	})
	if err != nil {
		return fmt.Errorf("store: erase: %w", err)
	}
	return nil
}

// eraseRows deletes, in this order since rows point to each other.
func (db *DB) eraseRows(ctx context.Context, tx *sql.Tx, article string, at time.Time) error {
	var number int64
	err := tx.QueryRowContext(ctx, `SELECT number FROM article_numbers WHERE article = $1`, article).Scan(&number)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if err := db.ungrow(ctx, tx, article, at); err != nil {
		return err
	}
	own := `(SELECT id FROM readings WHERE article = $1)`
	for _, q := range []string{
		`DELETE FROM mentions WHERE reading IN ` + own, `DELETE FROM identity_hypotheses WHERE reading IN ` + own, `DELETE FROM claim_players WHERE reading IN ` + own,
		`DELETE FROM attribution_links WHERE reading IN ` + own, `DELETE FROM claims WHERE reading IN ` + own, `DELETE FROM readings WHERE article = $1`,
		`DELETE FROM copy_edges WHERE copy = $1 OR of = $1`, `DELETE FROM prints WHERE article = $1`,
		`UPDATE captures SET body = '', size = 0 WHERE sha256 IN (SELECT sha256 FROM retrievals WHERE article = $1) AND sha256 NOT IN (SELECT sha256 FROM retrievals WHERE article <> $1)`,
		`DELETE FROM retrievals WHERE article = $1`, `UPDATE feed_items SET body = '' WHERE article = $1`, `DELETE FROM articles WHERE id = $1`,
	} {
		if _, err := tx.ExecContext(ctx, q, article); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, `UPDATE article_numbers SET article = $1 WHERE number = $2`, fmt.Sprint("erased ", number), number); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, db.words().unfileArticle, number)
	return err
}

// ungrow takes an article out of what cases and copies grow by; what it had to
// do with is made again.
func (db *DB) ungrow(ctx context.Context, tx *sql.Tx, article string, at time.Time) error {
	if err := unconcern(ctx, tx, article, at); err != nil {
		return err
	}
	if err := unpair(ctx, tx, []string{article}, at); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM unprinted WHERE article = $1`, article); err != nil {
		return err
	}
	var body []byte
	err := tx.QueryRowContext(ctx, `SELECT body FROM articles WHERE id = $1 AND known_to IS NULL`, article).Scan(&body)
	if err != nil {
		return err
	}
	first, err := firstDay(ctx, tx, article)
	if err != nil {
		return err
	}
	var a story.Article
	if err := db.unpack(body, &a); err != nil {
		return err
	}
	return cover(ctx, tx, a, -1, inSum, first)
}

// Redact implements store.Erasure.
func (db *DB) Redact(ctx context.Context, articles []string) (int, error) {
	n := 0
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		n = 0
		type row struct {
			id, from string
			open     bool
			body     []byte
		}
		rows, err := gather(ctx, tx, func(s interface{ Scan(...any) error }) (r row, err error) {
			err = s.Scan(&r.id, &r.from, &r.open, &r.body)
			return r, err
		}, `SELECT id, known_from, known_to IS NULL, body FROM cases`)
		if err != nil {
			return err
		}
		for _, r := range rows {
			var c cases.Case
			if err := db.unpack(r.body, &c); err != nil {
				return err
			}
			if !slices.ContainsFunc(c.Articles, func(a cases.ArticleRef) bool { return slices.Contains(articles, a.ID) }) {
				continue
			}
			if r.open {
				return fmt.Errorf("case %s still rests on an erased article; build the cases first", r.id)
			}
			if err := db.redactCase(ctx, tx, r.id, r.from, c); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("store: redact: %w", err)
	}
	return n, nil
}

// redactCase leaves of a past case that there was one, and what was checked.
// A case is a web of quotations; leaving parts of it would leave words.
func (db *DB) redactCase(ctx context.Context, tx *sql.Tx, id, from string, c cases.Case) error {
	bare := cases.Case{ID: c.ID, Title: "redacted: rests on an article that was erased on request", Status: c.Status, Activity: c.Activity, Window: c.Window,
		For: c.For, Against: c.Against, Check: cases.Check{Activity: c.Check.Activity, Verdict: c.Check.Verdict}, MadeBy: c.MadeBy}
	body, err := db.pack(bare)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE cases SET body = $1 WHERE id = $2 AND known_from = $3`, body, id, from); err != nil {
		return err
	}
	for _, table := range []string{"case_elements", "origins", "independence_edges"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE "case" = $1 AND known_from = $2`, id, from); err != nil {
			return err
		}
	}
	return nil
}

// Expired implements store.Erasure.
func (db *DB) Expired(ctx context.Context, before time.Time, limit int) ([]string, error) {
	return gather(ctx, db.read, scanOne[string], `SELECT a.id FROM articles a WHERE a.known_to IS NULL AND a.known_from < $1
		AND NOT EXISTS (SELECT 1 FROM case_links l WHERE l.kind = 'article' AND l.ref = a.id) ORDER BY a.known_from, a.id LIMIT $2`, stamp(before), limit)
}
