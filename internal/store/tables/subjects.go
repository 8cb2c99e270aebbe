package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/subjects"
	"github.com/reportedly/reportedly/internal/subjects/watch"
)

// AddDecision implements store.Decisions.
func (db *DB) AddDecision(ctx context.Context, d subjects.Decision) (subjects.Decision, error) {
	err := d.Check()
	if err == nil {
		err = db.inTx(ctx, func(tx *sql.Tx) error {
			if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) + 1 FROM match_decisions`).Scan(&d.Number); err != nil {
				return err
			}
			d.At = d.At.UTC()
			body, err := db.pack(d)
			if err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, `INSERT INTO match_decisions (number, subject, party, verdict, who, body, known_from) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
				d.Number, d.Subject, d.Party, string(d.Verdict), d.Who, body, stamp(d.At))
			return err
		})
	}
	if err != nil {
		return subjects.Decision{}, fmt.Errorf("store: decision: %w", err)
	}
	return d, nil
}

// Decisions implements store.Decisions.
func (db *DB) Decisions(ctx context.Context, known time.Time) ([]subjects.Decision, error) {
	out, err := bodies[subjects.Decision](ctx, db, `SELECT body FROM match_decisions WHERE known_from <= $1 ORDER BY number`, knownAt(known))
	if err != nil {
		return nil, fmt.Errorf("store: decisions: %w", err)
	}
	return out, nil
}

// bodies reads one column of packed values.
func bodies[T any](ctx context.Context, db *DB, query string, args ...any) ([]T, error) {
	rows, err := db.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		var body []byte
		var v T
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		if err := db.unpack(body, &v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// SaveSubjects implements store.Subjects.
func (db *DB) SaveSubjects(ctx context.Context, batch []subjects.Subject, known time.Time) (added, changed int, err error) {
	err = db.inTx(ctx, func(tx *sql.Tx) error {
		added, changed = 0, 0
		for _, s := range batch {
			if s.ID == "" {
				return fmt.Errorf("subject %q has no id of its own", s.Name)
			}
			var hash string
			err := tx.QueryRowContext(ctx, `SELECT hash FROM subjects WHERE id = $1 AND known_to IS NULL`, s.ID).Scan(&hash)
			switch {
			case errors.Is(err, sql.ErrNoRows):
				added++
			case err != nil:
				return err
			case hash == s.Hash():
				continue
			default:
				changed++
				if _, err := tx.ExecContext(ctx, `UPDATE subjects SET known_to = $1 WHERE id = $2 AND known_to IS NULL`, stamp(known), s.ID); err != nil {
					return err
				}
			}
			body, err := db.pack(s)
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO subjects (id, hash, body, known_from) VALUES ($1,$2,$3,$4)
				ON CONFLICT (id, known_from) DO UPDATE SET hash = excluded.hash, body = excluded.body, known_to = NULL`, s.ID, s.Hash(), body, stamp(known)); err != nil {
				return fmt.Errorf("subject %s: %w", s.ID, err)
			}
		}
		return nil
	})
	if err != nil {
		return 0, 0, fmt.Errorf("store: subjects: %w", err)
	}
	return added, changed, nil
}

// DropSubjects implements store.Subjects.
func (db *DB) DropSubjects(ctx context.Context, ids []string, known time.Time) (n int, err error) {
	err = db.inTx(ctx, func(tx *sql.Tx) error {
		n = 0
		for _, id := range ids {
			res, err := tx.ExecContext(ctx, `UPDATE subjects SET known_to = $1 WHERE id = $2 AND known_to IS NULL`, stamp(known), id)
			if err != nil {
				return err
			}
			k, err := res.RowsAffected()
			if err != nil {
				return err
			}
			n += int(k)
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("store: subjects: %w", err)
	}
	return n, nil
}

// page is how many subjects are read with one statement: a reader that stays
// open would keep a writer's log from being cut.
const page = 2000

// Subjects implements store.Subjects.
func (db *DB) Subjects(ctx context.Context, after string) iter.Seq2[store.Watched, error] {
	return func(yield func(store.Watched, error) bool) {
		for {
			got, err := db.subjectsAfter(ctx, after)
			if err != nil {
				yield(store.Watched{}, fmt.Errorf("store: subjects: %w", err))
				return
			}
			for _, s := range got {
				if !yield(s, nil) {
					return
				}
				after = s.ID
			}
			if len(got) < page {
				return
			}
		}
	}
}

func (db *DB) subjectsAfter(ctx context.Context, after string) ([]store.Watched, error) {
	rows, err := db.read.QueryContext(ctx, `SELECT body, known_from FROM subjects WHERE known_to IS NULL AND id > $1 ORDER BY id LIMIT $2`, after, page)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []store.Watched
	for rows.Next() {
		var body []byte
		var since string
		var w store.Watched
		if err := rows.Scan(&body, &since); err != nil {
			return nil, err
		}
		if err := db.unpack(body, &w.Subject); err != nil {
			return nil, err
		}
		w.Since = unstamp(since)
		out = append(out, w)
	}
	return out, rows.Err()
}

// CountSubjects implements store.Subjects.
func (db *DB) CountSubjects(ctx context.Context) (n int, err error) {
	if err := db.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM subjects WHERE known_to IS NULL`).Scan(&n); err != nil {
		return 0, fmt.Errorf("store: subjects: %w", err)
	}
	return n, nil
}

// Subject implements store.Subjects.
func (db *DB) Subject(ctx context.Context, id string) (s subjects.Subject, err error) {
	var body []byte
	err = db.read.QueryRowContext(ctx, `SELECT body FROM subjects WHERE id = $1 AND known_to IS NULL`, id).Scan(&body)
	if err == nil {
		err = db.unpack(body, &s)
	}
	if err != nil {
		return s, fmt.Errorf("store: subject %q: %w", id, notFound(err))
	}
	return s, nil
}

// SubjectHits implements store.Subjects.
func (db *DB) SubjectHits(ctx context.Context, subject string) ([]watch.Hit, error) {
	out, err := bodies[watch.Hit](ctx, db, `SELECT body FROM subject_hits WHERE known_to IS NULL AND ($1 = '' OR subject = $1) ORDER BY subject, party`, subject)
	if err != nil {
		return nil, fmt.Errorf("store: hits: %w", err)
	}
	return out, nil
}

// SaveScreened implements store.Subjects.
func (db *DB) SaveScreened(ctx context.Context, r watch.Run, changes []watch.Change, known time.Time) error {
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		next := 0
		if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) FROM subject_messages`).Scan(&next); err != nil {
			return err
		}
		for _, c := range changes {
			if err := db.saveHit(ctx, tx, r.ID, c, known); err != nil {
				return fmt.Errorf("subject %s: %w", c.Hit.Subject, err)
			}
			next++
			c.Number, c.Run, c.At = next, r.ID, known.UTC()
			body, err := db.pack(c)
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO subject_messages (number, run, body, known_from) VALUES ($1,$2,$3,$4)`, next, r.ID, body, stamp(known)); err != nil {
				return err
			}
		}
		body, err := db.pack(r)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO subject_runs (id, state, body, known_from) VALUES ($1,$2,$3,$4)
			ON CONFLICT (id) DO UPDATE SET state = excluded.state, body = excluded.body`, r.ID, r.State, body, stamp(r.Began))
		return err
	})
	if err != nil {
		return fmt.Errorf("store: run %s: %w", r.ID, err)
	}
	return nil
}

func (db *DB) saveHit(ctx context.Context, tx *sql.Tx, run string, c watch.Change, known time.Time) error {
	if c.Kind != watch.New {
		if _, err := tx.ExecContext(ctx, `UPDATE subject_hits SET known_to = $1 WHERE subject = $2 AND party = $3 AND known_to IS NULL`, stamp(known), c.Hit.Subject, c.Hit.Party); err != nil {
			return err
		}
	}
	if c.Kind == watch.Vanished {
		return nil
	}
	body, err := db.pack(c.Hit)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO subject_hits (subject, party, hash, body, run, known_from) VALUES ($1,$2,$3,$4,$5,$6)
		ON CONFLICT (subject, party, known_from) DO UPDATE SET hash = excluded.hash, body = excluded.body, run = excluded.run, known_to = NULL`,
		c.Hit.Subject, c.Hit.Party, c.Hit.Hash(), body, run, stamp(known))
	return err
}

// SubjectRuns implements store.Subjects.
func (db *DB) SubjectRuns(ctx context.Context, limit int) ([]watch.Run, error) {
	out, err := bodies[watch.Run](ctx, db, `SELECT body FROM subject_runs ORDER BY known_from DESC, id DESC LIMIT $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("store: runs: %w", err)
	}
	return out, nil
}

// Undelivered implements store.Subjects.
func (db *DB) Undelivered(ctx context.Context, limit int) ([]watch.Change, error) {
	out, err := bodies[watch.Change](ctx, db, `SELECT body FROM subject_messages WHERE known_to IS NULL ORDER BY number LIMIT $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("store: messages: %w", err)
	}
	return out, nil
}

// Delivered implements store.Subjects.
func (db *DB) Delivered(ctx context.Context, upTo int, known time.Time) error {
	if _, err := db.write.ExecContext(ctx, `UPDATE subject_messages SET known_to = $1 WHERE known_to IS NULL AND number <= $2`, stamp(known), upTo); err != nil {
		return fmt.Errorf("store: messages: %w", err)
	}
	return nil
}
