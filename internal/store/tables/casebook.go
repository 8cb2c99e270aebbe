package tables

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
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
		if err := saveRun(ctx, tx, run, known); err != nil {
			return err
		}
		if err := db.saveCopies(ctx, tx, copies, known); err != nil {
			return err
		}
		open, err := gather(ctx, tx, scanOpenCase, `SELECT id, number, hash FROM cases WHERE known_to IS NULL`)
		if err != nil {
			return err
		}
		return db.replaceCases(ctx, tx, run, open, made, known, &ch)
	})
	if err != nil {
		return store.Changes{}, fmt.Errorf("store: cases: %w", err)
	}
	return ch, nil
}

// SaveCasesOf implements store.Growth.
func (db *DB) SaveCasesOf(ctx context.Context, run store.Run, subjects []string, made []cases.Case, done []store.Due, known time.Time) (store.Changes, error) {
	var ch store.Changes
	defer db.counted.changed()
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		ch = store.Changes{}
		open, err := gatherIn(ctx, tx, scanOpenCase, `SELECT id, number, hash FROM cases WHERE known_to IS NULL AND party IN (%s)`, subjects)
		if err != nil {
			return err
		}
		if err := saveRun(ctx, tx, run, known); err != nil {
			return err
		}
		if err := db.replaceCases(ctx, tx, run, open, made, known, &ch); err != nil {
			return err
		}
		for _, d := range done {
			if _, err := tx.ExecContext(ctx, `DELETE FROM stale WHERE subject = $1 AND mark = $2`, d.Name, d.Mark); err != nil {
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

func saveRun(ctx context.Context, tx *sql.Tx, run store.Run, known time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO runs (id, program, rules, lists, inputs, known_from) VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT DO NOTHING`,
		run.ID, run.Program, run.Rules, run.Lists, run.Inputs, stamp(known))
	return err
}

// replaceCases closes the open cases that are not made again, and keeps those
// that are new or changed.
func (db *DB) replaceCases(ctx context.Context, tx *sql.Tx, run store.Run, open []openCase, made []cases.Case, known time.Time, ch *store.Changes) error {
	old := map[string]openCase{}
	for _, o := range open {
		old[o.id] = o
	}
	for _, c := range made {
		if err := db.saveCase(ctx, tx, run, c, old, known, ch); err != nil {
			return fmt.Errorf("case %s: %w", c.ID, err)
		}
		delete(old, c.ID)
	}
	for id, o := range old {
		ch.Closed++
		if err := closeCase(ctx, tx, id, known); err != nil {
			return err
		}
		if err := db.unfileCase(ctx, tx, o.number); err != nil {
			return err
		}
	}
	return nil
}

type openCase struct {
	id     string
	number int
	hash   string
}

func scanOpenCase(row scanner) (o openCase, err error) {
	err = row.Scan(&o.id, &o.number, &o.hash)
	return o, err
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
	body, err := db.pack(withoutCoverage(c))
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
	c.MadeBy = cases.MadeBy{Inputs: c.MadeBy.Inputs}
	return withoutCoverage(c)
}

// withoutCoverage leaves out what was read in all: it grows with every article
// and is kept once, not in every case (Covered).
func withoutCoverage(c cases.Case) cases.Case {
	c.Coverage = cases.Coverage{Lists: c.Coverage.Lists, NotRead: c.Coverage.NotRead}
	return c
}

// covered puts what was read by then into a case.
func covered(c *cases.Case, by cases.Coverage) {
	if c.Coverage.Articles > 0 { // kept before coverage was kept apart
		return
	}
	by.Lists, by.NotRead = c.Coverage.Lists, c.Coverage.NotRead
	c.Coverage = by
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
	old, err := gather(ctx, tx, scanEdge, `SELECT copy, of, relation, confidence FROM copy_edges WHERE known_to IS NULL`)
	if err != nil {
		return err
	}
	return db.replaceEdges(ctx, tx, old, copies, known)
}

// replaceEdges closes the old edges that are not among the new, and adds the
// new that are not among the old.
func (db *DB) replaceEdges(ctx context.Context, tx *sql.Tx, open []edge, copies []echoes.Edge, known time.Time) error {
	old := map[edge]bool{}
	for _, k := range open {
		old[k] = true
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

// Cases implements store.Casebook.
func (db *DB) Cases(ctx context.Context, known time.Time) ([]store.NumberedCase, error) {
	out, err := db.casesWhere(ctx, known, `SELECT number, known_from, body FROM cases WHERE known_from <= $1 AND (known_to IS NULL OR known_to > $1) ORDER BY number`, knownAt(known))
	if err != nil {
		return nil, fmt.Errorf("store: cases: %w", err)
	}
	return out, nil
}

// casesWhere reads cases with what was read by a moment.
func (db *DB) casesWhere(ctx context.Context, known time.Time, query string, args ...any) ([]store.NumberedCase, error) {
	out, err := gather(ctx, db.read, db.scanCase, query, args...)
	if err != nil || len(out) == 0 {
		return nil, err
	}
	by, err := db.Covered(ctx, known)
	for i := range out {
		covered(&out[i].Case, by)
	}
	return out, err
}

// CaseByID implements store.Growth.
func (db *DB) CaseByID(ctx context.Context, id string) (store.NumberedCase, error) {
	found, err := db.casesWhere(ctx, time.Time{}, `SELECT number, known_from, body FROM cases WHERE id = $1 AND known_to IS NULL`, id)
	if err == nil && len(found) == 0 {
		err = store.ErrNotFound
	}
	if err != nil {
		return store.NumberedCase{}, fmt.Errorf("store: case %s: %w", id, err)
	}
	return found[0], nil
}

// ClaimsHeld implements store.Growth.
func (db *DB) ClaimsHeld(ctx context.Context, claims []string) (map[string]bool, error) {
	at, err := db.ArticlesOf(ctx, claims)
	if err != nil {
		return nil, err
	}
	var articles []string
	for _, a := range at {
		articles = append(articles, a)
	}
	slices.Sort(articles)
	numbers, err := gatherIn(ctx, db.read, scanOne[int64], `SELECT number FROM case_links WHERE kind = 'article' AND ref IN (%s)`, slices.Compact(articles))
	if err != nil {
		return nil, err
	}
	asked := map[string]bool{}
	for _, id := range claims {
		asked[id] = true
	}
	held := map[string]bool{}
	slices.Sort(numbers)
	for _, n := range slices.Compact(numbers) {
		c, err := db.Case(ctx, int(n), time.Time{})
		if err != nil {
			return nil, err
		}
		for _, l := range c.Claims {
			if asked[l.ID] {
				held[l.ID] = true
			}
		}
	}
	return held, nil
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
