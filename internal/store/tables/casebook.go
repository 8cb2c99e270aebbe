package tables

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/store"
)

// SaveCases implements store.Casebook.
func (db *DB) SaveCases(ctx context.Context, run store.Run, made []cases.Case, copies []echoes.Edge, known time.Time) (store.Changes, error) {
	var ch store.Changes
	defer db.counted.changed()
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		ch = store.Changes{}
		if _, err := tx.ExecContext(ctx, `INSERT INTO runs (id, program, rules, lists, inputs, known_from) VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT DO NOTHING`,
			run.ID, run.Program, run.Rules, run.Lists, run.Inputs, stamp(known)); err != nil {
			return err
		}
		if err := db.saveCopies(ctx, tx, copies, known); err != nil {
			return err
		}
		open, err := openCases(ctx, tx)
		if err != nil {
			return err
		}
		for _, c := range made {
			if err := db.saveCase(ctx, tx, run, c, open, known, &ch); err != nil {
				return fmt.Errorf("case %s: %w", c.ID, err)
			}
			delete(open, c.ID)
		}
		for id, o := range open {
			ch.Closed++
			if err := closeCase(ctx, tx, id, known); err != nil {
				return err
			}
			if err := db.unfileCase(ctx, tx, o.number); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return store.Changes{}, fmt.Errorf("store: cases: %w", err)
	}
	return ch, nil
}

type openCase struct {
	number int
	hash   string
}

func openCases(ctx context.Context, tx *sql.Tx) (map[string]openCase, error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, number, hash FROM cases WHERE known_to IS NULL`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]openCase{}
	for rows.Next() {
		var id string
		var o openCase
		if err := rows.Scan(&id, &o.number, &o.hash); err != nil {
			return nil, err
		}
		out[id] = o
	}
	return out, rows.Err()
}

func closeCase(ctx context.Context, tx *sql.Tx, id string, known time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE cases SET known_to = $1 WHERE id = $2 AND known_to IS NULL`, stamp(known), id)
	return err
}

func (db *DB) saveCase(ctx context.Context, tx *sql.Tx, run store.Run, c cases.Case, open map[string]openCase, known time.Time, ch *store.Changes) error {
	j, err := json.Marshal(withoutRun(c))
	if err != nil {
		return err
	}
	sum := sha256.Sum256(j)
	hash := hex.EncodeToString(sum[:])
	old, had := open[c.ID]
	switch {
	case had && old.hash == hash:
		ch.Same++
		return nil
	case had:
		ch.Changed++
		if err := closeCase(ctx, tx, c.ID, known); err != nil {
			return err
		}
	default:
		ch.New++
	}
	number, err := caseNumber(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	body, err := db.pack(c)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO cases (id, number, party, activity, status, verdict, earliest, latest, for_min, for_max, against_min, against_max, hash, run, body, known_from)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)`,
		c.ID, number, c.Party.ID, headline(c), string(c.Status), string(c.Check.Verdict), c.Window.Earliest.String(), c.Window.Latest.String(),
		c.For.Min, c.For.Max, c.Against.Min, c.Against.Max, hash, run.ID, body, stamp(known))
	if err != nil {
		return err
	}
	if err := db.fileCase(ctx, tx, number, c, stamp(known)); err != nil {
		return err
	}
	return db.saveCaseParts(ctx, tx, c, stamp(known))
}

// headline is the activity that counts and verdict are about.
func headline(c cases.Case) string {
	if len(c.Activity) == 0 {
		return ""
	}
	return string(c.Activity[0])
}

// withoutRun leaves out what changes with every run, so that a case made again
// from the same reports counts as the same.
func withoutRun(c cases.Case) cases.Case {
	c.MadeBy = cases.MadeBy{}
	return c
}

// caseNumber gives a case the number it always had, or the next one.
func caseNumber(ctx context.Context, tx *sql.Tx, id string) (int, error) {
	var n sql.NullInt64
	if err := tx.QueryRowContext(ctx, `SELECT MAX(number) FROM cases WHERE id = $1`, id).Scan(&n); err != nil {
		return 0, err
	}
	if n.Valid {
		return int(n.Int64), nil
	}
	if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) + 1 FROM cases`).Scan(&n); err != nil {
		return 0, err
	}
	return int(n.Int64), nil
}

func (db *DB) saveCaseParts(ctx context.Context, tx *sql.Tx, c cases.Case, known string) error {
	for i, e := range c.Elements {
		body, err := db.pack(e)
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT INTO case_elements ("case", known_from, ordinal, element, level, body) VALUES ($1,$2,$3,$4,$5,$6)`, c.ID, known, i, e.Name, int(e.Level), body)
		}
		if err != nil {
			return err
		}
	}
	for _, o := range c.Origins {
		body, err := db.pack(o)
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT INTO origins ("case", known_from, id, holder, basis, body) VALUES ($1,$2,$3,$4,$5,$6)`, c.ID, known, o.ID, o.Holder, o.Basis, body)
		}
		if err != nil {
			return err
		}
	}
	for _, e := range c.Independence {
		body, err := db.pack(e)
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT INTO independence_edges ("case", known_from, a, b, value, body) VALUES ($1,$2,$3,$4,$5,$6)`, c.ID, known, e.A, e.B, string(e.Value), body)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// edge is what makes a copy edge the same one in the next run.
type edge struct {
	copy, of, relation string
	confidence         float64
}

// saveCopies closes edges that are no longer found and adds the new ones.
func (db *DB) saveCopies(ctx context.Context, tx *sql.Tx, copies []echoes.Edge, known time.Time) error {
	old, err := openEdges(ctx, tx)
	if err != nil {
		return err
	}
	for _, e := range copies {
		k := edge{e.Copy, e.Of, string(e.Relation), e.Confidence}
		if old[k] {
			delete(old, k)
			continue
		}
		body, err := db.pack(e)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO copy_edges (copy, of, relation, confidence, decided_by, body, known_from) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
			e.Copy, e.Of, string(e.Relation), e.Confidence, e.DecidedBy, body, stamp(known)); err != nil {
			return err
		}
	}
	for k := range old {
		if _, err := tx.ExecContext(ctx, `UPDATE copy_edges SET known_to = $1 WHERE known_to IS NULL AND copy = $2 AND of = $3 AND relation = $4 AND confidence = $5`,
			stamp(known), k.copy, k.of, k.relation, k.confidence); err != nil {
			return err
		}
	}
	return nil
}

func openEdges(ctx context.Context, tx *sql.Tx) (map[edge]bool, error) {
	rows, err := tx.QueryContext(ctx, `SELECT copy, of, relation, confidence FROM copy_edges WHERE known_to IS NULL`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[edge]bool{}
	for rows.Next() {
		var k edge
		if err := rows.Scan(&k.copy, &k.of, &k.relation, &k.confidence); err != nil {
			return nil, err
		}
		out[k] = true
	}
	return out, rows.Err()
}

// Cases implements store.Casebook.
func (db *DB) Cases(ctx context.Context, known time.Time) ([]store.NumberedCase, error) {
	at := knownAt(known)
	rows, err := db.read.QueryContext(ctx, `SELECT number, known_from, body FROM cases WHERE known_from <= $1 AND (known_to IS NULL OR known_to > $1) ORDER BY number`, at)
	if err != nil {
		return nil, fmt.Errorf("store: cases: %w", err)
	}
	defer rows.Close()
	var out []store.NumberedCase
	for rows.Next() {
		var n store.NumberedCase
		var body []byte
		var from string
		if err := rows.Scan(&n.Number, &from, &body); err != nil {
			return nil, fmt.Errorf("store: cases: %w", err)
		}
		if err := db.unpack(body, &n.Case); err != nil {
			return nil, fmt.Errorf("store: case %d: %w", n.Number, err)
		}
		n.KnownFrom = unstamp(from)
		out = append(out, n)
	}
	return out, rows.Err()
}

// Copies implements store.Casebook.
func (db *DB) Copies(ctx context.Context, known time.Time) ([]echoes.Edge, error) {
	at := knownAt(known)
	rows, err := db.read.QueryContext(ctx, `SELECT body FROM copy_edges WHERE known_from <= $1 AND (known_to IS NULL OR known_to > $1) ORDER BY copy, of`, at)
	if err != nil {
		return nil, fmt.Errorf("store: copies: %w", err)
	}
	defer rows.Close()
	var out []echoes.Edge
	for rows.Next() {
		var body []byte
		var e echoes.Edge
		if err := rows.Scan(&body); err != nil {
			return nil, fmt.Errorf("store: copies: %w", err)
		}
		if err := db.unpack(body, &e); err != nil {
			return nil, fmt.Errorf("store: copies: %w", err)
		}
		out = append(out, e)
	}
	return out, rows.Err()
}
