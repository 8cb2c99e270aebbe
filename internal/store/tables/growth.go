package tables

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/cases/searched"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// inChunk bounds the values of one IN list.
const inChunk = 400

// marks writes the placeholders of n values, the first numbered from.
func marks(n, from int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprint(&b, "$", from+i)
	}
	return b.String()
}

// gatherIn runs a query whose %s is a list of values, in chunks.
func gatherIn[T any](ctx context.Context, db asker, scan func(interface{ Scan(...any) error }) (T, error), query string, values []string, rest ...any) ([]T, error) {
	var out []T
	for chunk := range slices.Chunk(values, inChunk) {
		args := slices.Clone(rest)
		for _, v := range chunk {
			args = append(args, v)
		}
		got, err := gather(ctx, db, scan, fmt.Sprintf(query, marks(len(chunk), len(rest)+1)), args...)
		if err != nil {
			return nil, err
		}
		out = append(out, got...)
	}
	return out, nil
}

// doIn is gatherIn for statements that give no rows.
func doIn(ctx context.Context, tx *sql.Tx, query string, values []string, rest ...any) error {
	for chunk := range slices.Chunk(values, inChunk) {
		args := slices.Clone(rest)
		for _, v := range chunk {
			args = append(args, v)
		}
		if _, err := tx.ExecContext(ctx, fmt.Sprintf(query, marks(len(chunk), len(rest)+1)), args...); err != nil {
			return err
		}
	}
	return nil
}

// openRow is known_to IS NULL in a form that no index answers: SQLite, which
// counts terms, would read all that is open rather than look up a few ids.
const openRow = `COALESCE(known_to, '') = ''`

type scanner = interface{ Scan(...any) error }

func scanDue(row scanner) (d store.Due, err error) {
	err = row.Scan(&d.Name, &d.Mark)
	return d, err
}

// Unprinted implements store.Growth.
func (db *DB) Unprinted(ctx context.Context, n int) ([]store.Due, error) {
	return gather(ctx, db.read, scanDue, `SELECT article, mark FROM unprinted ORDER BY day, article LIMIT $1`, n)
}

// Stale implements store.Growth.
func (db *DB) Stale(ctx context.Context) ([]store.Due, error) {
	return gather(ctx, db.read, scanDue, `SELECT subject, mark FROM stale ORDER BY subject`)
}

// unprint notes that copies are to be looked for around an article.
func unprint(ctx context.Context, tx *sql.Tx, article, day string, mark time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO unprinted (article, day, mark) VALUES ($1,$2,$3) ON CONFLICT (article) DO UPDATE SET day = excluded.day, mark = excluded.mark`, article, day, stamp(mark))
	return err
}

// stale notes that the cases of some subjects are to be built again.
func stale(ctx context.Context, tx *sql.Tx, mark time.Time, subjects ...string) error {
	for _, s := range subjects {
		if _, err := tx.ExecContext(ctx, `INSERT INTO stale (subject, mark) VALUES ($1,$2) ON CONFLICT (subject) DO UPDATE SET mark = excluded.mark`, s, stamp(mark)); err != nil {
			return err
		}
	}
	return nil
}

// concern notes what an article has to do with, and that what it had to do with
// before, and has now, is to be built again.
func (db *DB) concern(ctx context.Context, tx *sql.Tx, article string, cs []claims.Claim, read mentions.Result, known time.Time) error {
	var day string
	if err := tx.QueryRowContext(ctx, `SELECT published FROM articles WHERE id = $1 AND known_to IS NULL`, article).Scan(&day); err != nil && err != sql.ErrNoRows {
		return err
	}
	if err := unconcern(ctx, tx, article, known); err != nil {
		return err
	}
	if err := fileConcerns(ctx, tx, article, day, cs, read); err != nil {
		return err
	}
	for _, c := range happenings.Concerns(cs, read) {
		if err := staleConcern(ctx, tx, c, known); err != nil {
			return err
		}
	}
	return unprint(ctx, tx, article, day, known)
}

// unconcern takes the concerns of an article out and marks them as stale, and
// the subjects of the cases that rest on it: a person may have given them a
// claim that now goes.
func unconcern(ctx context.Context, tx *sql.Tx, article string, known time.Time) error {
	old, err := gather(ctx, tx, scanConcerned, `SELECT party, subject, article, day FROM concerns WHERE article = $1`, article)
	if err != nil {
		return err
	}
	for _, c := range old {
		if err := staleConcern(ctx, tx, c.Concern, known); err != nil {
			return err
		}
	}
	resting, err := gather(ctx, tx, scanOne[string], `SELECT DISTINCT c.party FROM case_links l JOIN cases c ON c.number = l.number WHERE l.kind = 'article' AND l.ref = $1 AND COALESCE(c.known_to, '') = ''`, article)
	if err != nil {
		return err
	}
	if err := stale(ctx, tx, known, resting...); err != nil {
		return err
	}
	if len(old) == 0 {
		return nil
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM concerns WHERE article = $1`, article)
	return err
}

// What an article tells of a party, the values of concerns.told.
const (
	onlyNamed = 0
	toldOf    = 1
	openTold  = 2 // where it is open whether the party is meant
)

func toldAs(c happenings.Concern) int {
	switch {
	case c.Subject == "":
		return onlyNamed
	case happenings.Rivals(c.Subject) != nil:
		return openTold
	}
	return toldOf
}

// staleConcern marks the subject of a concern. A party that is only named
// matters where it helps to tell who an open bearer is.
func staleConcern(ctx context.Context, tx *sql.Tx, c happenings.Concern, known time.Time) error {
	if c.Subject != "" {
		return stale(ctx, tx, known, c.Subject)
	}
	open, err := gather(ctx, tx, scanOne[int], `SELECT 1 FROM concerns WHERE party = $1 AND told = $2 LIMIT 1`, c.Party, openTold)
	if err != nil || len(open) == 0 {
		return err
	}
	return stale(ctx, tx, known, c.Party)
}

func fileConcerns(ctx context.Context, tx *sql.Tx, article, day string, cs []claims.Claim, read mentions.Result) error {
	for _, c := range happenings.Concerns(cs, read) {
		if _, err := tx.ExecContext(ctx, `INSERT INTO concerns (party, told, day, subject, article) VALUES ($1,$2,$3,$4,$5) ON CONFLICT DO NOTHING`,
			c.Party, toldAs(c), day, c.Subject, article); err != nil {
			return err
		}
	}
	return nil
}

// fileAllConcerns notes the concerns of all readings anew.
func (db *DB) fileAllConcerns(ctx context.Context) error {
	all, err := db.currentReadings(ctx)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(all, batch) {
		told, err := db.Told(ctx, chunk)
		if err != nil {
			return err
		}
		err = db.inTx(ctx, func(tx *sql.Tx) error {
			for _, t := range told {
				if _, err := tx.ExecContext(ctx, `DELETE FROM concerns WHERE article = $1`, t.Article.ID); err != nil {
					return err
				}
				if err := fileConcerns(ctx, tx, t.Article.ID, t.Article.Day().String(), t.Reading.Claims, t.Reading.Mentions); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func scanConcerned(row scanner) (c store.Concerned, err error) {
	err = row.Scan(&c.Party, &c.Subject, &c.Article, &c.Day)
	return c, err
}

// Concerning implements store.Growth.
func (db *DB) Concerning(ctx context.Context, parties []string) ([]store.Concerned, error) {
	return gatherIn(ctx, db.read, scanConcerned, `SELECT party, subject, article, day FROM concerns WHERE told IN (1, 2) AND party IN (%s)`, parties)
}

// NamedAround implements store.Growth.
func (db *DB) NamedAround(ctx context.Context, party, from, to string) ([]store.Concerned, error) {
	return gather(ctx, db.read, scanConcerned, `SELECT party, subject, article, day FROM concerns WHERE party = $1 AND told IN (0, 1, 2) AND day BETWEEN $2 AND $3`, party, from, to)
}

// ConcernsOf implements store.Growth.
func (db *DB) ConcernsOf(ctx context.Context, articles []string) ([]store.Concerned, error) {
	return gatherIn(ctx, db.read, scanConcerned, `SELECT party, subject, article, day FROM concerns WHERE article IN (%s)`, articles)
}

// ArticlesOf implements store.Growth.
func (db *DB) ArticlesOf(ctx context.Context, ids []string) (map[string]string, error) {
	rows, err := gatherIn(ctx, db.read, scanTwo, `SELECT c.id, r.article FROM claims c JOIN readings r ON r.id = c.reading WHERE r.known_to IS NULL AND c.id IN (%s)`, ids)
	out := map[string]string{}
	for _, r := range rows {
		out[r[0]] = r[1]
	}
	return out, err
}

func scanTwo(row scanner) (v [2]string, err error) {
	err = row.Scan(&v[0], &v[1])
	return v, err
}

// StaleAll implements store.Growth.
func (db *DB) StaleAll(ctx context.Context, note store.Note, mark time.Time) error {
	return db.noting(ctx, note, func(tx *sql.Tx) error {
		for _, q := range []string{`SELECT DISTINCT subject, CAST($1 AS TEXT) FROM concerns WHERE told > 0`, `SELECT DISTINCT party, CAST($1 AS TEXT) FROM cases WHERE known_to IS NULL`} {
			if _, err := tx.ExecContext(ctx, `INSERT INTO stale (subject, mark) SELECT * FROM (`+q+`) s WHERE true ON CONFLICT (subject) DO UPDATE SET mark = excluded.mark`, stamp(mark)); err != nil {
				return err
			}
		}
		return nil
	})
}

// MarkStale implements store.Growth.
func (db *DB) MarkStale(ctx context.Context, subjects []string, note store.Note, mark time.Time) error {
	return db.noting(ctx, note, func(tx *sql.Tx) error { return stale(ctx, tx, mark, subjects...) })
}

// Reprint implements store.Growth.
func (db *DB) Reprint(ctx context.Context, note store.Note, mark time.Time) error {
	return db.noting(ctx, note, func(tx *sql.Tx) error {
		for _, q := range []string{`DELETE FROM prints`, `DELETE FROM copy_pairs`} {
			if _, err := tx.ExecContext(ctx, q); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO unprinted (article, day, mark) SELECT id, published, CAST($1 AS TEXT) FROM articles WHERE known_to IS NULL
			ON CONFLICT (article) DO UPDATE SET mark = excluded.mark`, stamp(mark))
		return err
	})
}

func (db *DB) noting(ctx context.Context, note store.Note, f func(*sql.Tx) error) error {
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		if err := f(tx); err != nil || note.Name == "" {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO casebook (name, value) VALUES ($1,$2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, note.Name, note.Value)
		return err
	})
	if err != nil {
		return fmt.Errorf("store: casebook: %w", err)
	}
	return nil
}

// Noted implements store.Growth.
func (db *DB) Noted(ctx context.Context, name string) (string, error) {
	vs, err := gather(ctx, db.read, scanOne[string], `SELECT value FROM casebook WHERE name = $1`, name)
	if err != nil || len(vs) == 0 {
		return "", err
	}
	return vs[0], nil
}

// inSum is the day under which coverage is summed up.
const inSum = ""

// cover counts an article, times = 1 or -1, under some days on which the program
// came to know of articles.
func cover(ctx context.Context, tx *sql.Tx, a story.Article, times int, days ...string) error {
	day := a.Day().String()
	for _, on := range days {
		_, err := tx.ExecContext(ctx, `INSERT INTO coverage (day, outlet, language, articles, first_day, last_day) VALUES ($1,$2,$3,$4,$5,$5)
			ON CONFLICT (day, outlet, language) DO UPDATE SET articles = coverage.articles + excluded.articles,
			first_day = CASE WHEN excluded.first_day = '' THEN coverage.first_day WHEN coverage.first_day = '' OR excluded.first_day < coverage.first_day THEN excluded.first_day ELSE coverage.first_day END,
			last_day = CASE WHEN excluded.last_day > coverage.last_day THEN excluded.last_day ELSE coverage.last_day END`, on, a.Outlet, a.Language, times, day)
		if err != nil {
			return err
		}
	}
	return nil
}

// Covered implements store.Growth.
func (db *DB) Covered(ctx context.Context, known time.Time) (searched.Coverage, error) {
	query, args := `SELECT outlet, language, articles, first_day, last_day FROM coverage WHERE day = ''`, []any{}
	if !known.IsZero() {
		query, args = `SELECT outlet, language, SUM(articles), COALESCE(MIN(NULLIF(first_day, '')), ''), MAX(last_day) FROM coverage WHERE day <> '' AND day <= $1 GROUP BY outlet, language`,
			[]any{dayOf(stamp(known))}
	}
	rows, err := gather(ctx, db.read, func(row scanner) (t searched.Tally, err error) {
		err = row.Scan(&t.Outlet, &t.Language, &t.Articles, &t.First, &t.Last)
		return t, err
	}, query, args...)
	if err != nil {
		return searched.Coverage{}, fmt.Errorf("coverage: %w", err)
	}
	return searched.Sum(rows), nil
}

// PairsAt implements store.Growth.
func (db *DB) PairsAt(ctx context.Context, articles []string, source bool, relations ...echoes.Relation) ([]echoes.Tie, error) {
	column := "copy"
	if source {
		column = "of"
	}
	query := `SELECT body FROM copy_pairs WHERE ` + column + ` IN (%s)`
	var rest []any
	if len(relations) > 0 {
		query += ` AND relation IN (` + marks(len(relations), 1) + `)`
		for _, r := range relations {
			rest = append(rest, string(r))
		}
	}
	bodies, err := gatherIn(ctx, db.read, scanOne[[]byte], query, articles, rest...)
	if err != nil {
		return nil, err
	}
	out := make([]echoes.Tie, len(bodies))
	for i, b := range bodies {
		if err := db.unpack(b, &out[i]); err != nil {
			return nil, fmt.Errorf("store: pairs: %w", err)
		}
	}
	return out, nil
}

// SavePrinted implements store.Growth.
func (db *DB) SavePrinted(ctx context.Context, prints []store.Print, anew []string, pairs []echoes.Tie, mark time.Time) error {
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		if err := savePrints(ctx, tx, prints); err != nil {
			return err
		}
		if err := unpair(ctx, tx, anew, mark); err != nil {
			return err
		}
		for _, p := range pairs {
			body, err := db.pack(p)
			if err == nil {
				_, err = tx.ExecContext(ctx, `INSERT INTO copy_pairs (copy, of, relation, body) VALUES ($1,$2,$3,$4) ON CONFLICT (copy, of) DO UPDATE SET relation = excluded.relation, body = excluded.body`,
					p.Copy, p.Of, string(p.Relation), body)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store: prints: %w", err)
	}
	return nil
}

// unpair takes out the likenesses of articles; the copies among the others are
// looked at again.
func unpair(ctx context.Context, tx *sql.Tx, articles []string, mark time.Time) error {
	ends, err := gatherIn(ctx, tx, scanTwo, `SELECT copy, of FROM copy_pairs WHERE copy IN (%s)`, articles)
	if err != nil {
		return err
	}
	more, err := gatherIn(ctx, tx, scanTwo, `SELECT copy, of FROM copy_pairs WHERE of IN (%s)`, articles)
	if err != nil {
		return err
	}
	var near []string
	for _, e := range append(ends, more...) {
		near = append(near, e[0], e[1])
	}
	slices.Sort(near)
	near = slices.DeleteFunc(slices.Compact(near), func(id string) bool { return slices.Contains(articles, id) })
	err = doIn(ctx, tx, `INSERT INTO unprinted (article, day, mark) SELECT id, published, CAST($1 AS TEXT) FROM articles WHERE `+openRow+` AND id IN (%s)
		ON CONFLICT (article) DO UPDATE SET mark = excluded.mark`, near, stamp(mark))
	if err != nil {
		return err
	}
	if err := doIn(ctx, tx, `DELETE FROM copy_pairs WHERE copy IN (%s)`, articles); err != nil {
		return err
	}
	return doIn(ctx, tx, `DELETE FROM copy_pairs WHERE of IN (%s)`, articles)
}

// SaveSources implements store.Growth.
func (db *DB) SaveSources(ctx context.Context, copies []string, edges []echoes.Edge, stales []string, done []store.Due, known time.Time) error {
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		old, err := gatherIn(ctx, tx, scanEdge, `SELECT copy, of, relation, confidence FROM copy_edges WHERE known_to IS NULL AND copy IN (%s)`, copies)
		if err != nil {
			return err
		}
		if err := db.replaceEdges(ctx, tx, old, edges, known); err != nil {
			return err
		}
		if err := stale(ctx, tx, known, stales...); err != nil {
			return err
		}
		for _, d := range done {
			if _, err := tx.ExecContext(ctx, `DELETE FROM unprinted WHERE article = $1 AND mark = $2`, d.Name, d.Mark); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store: copies: %w", err)
	}
	return nil
}

// EdgesAt implements store.Growth.
func (db *DB) EdgesAt(ctx context.Context, articles []string) ([]echoes.Edge, error) {
	var out []echoes.Edge
	seen := map[[3]string]bool{}
	for _, column := range []string{"copy", "of"} {
		bodies, err := gatherIn(ctx, db.read, scanOne[[]byte], `SELECT body FROM copy_edges WHERE known_to IS NULL AND `+column+` IN (%s)`, articles)
		if err != nil {
			return nil, err
		}
		for _, b := range bodies {
			var e echoes.Edge
			if err := db.unpack(b, &e); err != nil {
				return nil, fmt.Errorf("store: copies: %w", err)
			}
			if k := [3]string{e.Copy, e.Of, string(e.Relation)}; !seen[k] {
				seen[k] = true
				out = append(out, e)
			}
		}
	}
	return out, nil
}

// Told implements store.Growth.
func (db *DB) Told(ctx context.Context, articles []string) ([]store.Told, error) {
	var out []store.Told
	for chunk := range slices.Chunk(articles, inChunk) {
		got, err := db.told(ctx, chunk)
		if err != nil {
			return nil, fmt.Errorf("store: readings: %w", err)
		}
		out = append(out, got...)
	}
	return out, nil
}

func (db *DB) told(ctx context.Context, articles []string) ([]store.Told, error) {
	bodies, err := gatherIn(ctx, db.read, scanOne[[]byte], `SELECT body FROM articles WHERE `+openRow+` AND id IN (%s)`, articles)
	if err != nil {
		return nil, err
	}
	out := make([]store.Told, len(bodies))
	at := map[string]*store.Reading{}
	for i, b := range bodies {
		if err := db.unpack(b, &out[i].Article); err != nil {
			return nil, err
		}
		at[out[i].Article.ID] = &out[i].Reading
	}
	type row struct {
		id int64
		r  store.Reading
	}
	rows, err := gatherIn(ctx, db.read, func(s scanner) (r row, err error) {
		err = s.Scan(&r.id, &r.r.Key, &r.r.Article, &r.r.Lists, &r.r.Program, &r.r.Run)
		return r, err
	}, `SELECT id, key, article, lists, program, run FROM readings WHERE known_to IS NULL AND article IN (%s)`, articles)
	if err != nil {
		return nil, err
	}
	by := map[int64]*store.Reading{}
	ids := make([]int64, 0, len(rows))
	for _, r := range rows {
		if to := at[r.r.Article]; to != nil {
			*to = r.r
			by[r.id] = to
			ids = append(ids, r.id)
		}
	}
	return out, db.fillAll(ctx, ids, by)
}

func scanEdge(row scanner) (k edge, err error) {
	err = row.Scan(&k.copy, &k.of, &k.relation, &k.confidence)
	return k, err
}

// fillAll fills readings with what was found, by the number of the reading.
func (db *DB) fillAll(ctx context.Context, ids []int64, by map[int64]*store.Reading) error {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = fmt.Sprint(id)
	}
	list := strings.Join(names, ",") // numbers of our own making
	err := db.eachRow(ctx, `SELECT reading, start, "end", surface, form, cluster, sentence, reach, score FROM mentions WHERE reading IN (`+list+`) ORDER BY reading, ordinal`, func(row scanner) error {
		var id int64
		var x mentions.Mention
		err := row.Scan(&id, &x.Start, &x.End, &x.Text, &x.Form, &x.Cluster, &x.Sentence, &x.Reach, &x.Score)
		by[id].Mentions.Mentions = append(by[id].Mentions.Mentions, x)
		return err
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	err = db.eachRow(ctx, `SELECT reading, cluster, party, name, cluster_name, score, status, evidence FROM identity_hypotheses WHERE reading IN (`+list+`) ORDER BY reading, cluster, rank`, func(row scanner) error {
		var id int64
		var h hypothesisRow
		if err := row.Scan(&id, &h.cluster, &h.Party, &h.Name, &h.name, &h.Score, &h.status, &h.body); err != nil {
			return err
		}
		return db.addHypothesis(&by[id].Mentions, h)
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		clusterMentions(&by[id].Mentions)
	}
	return db.eachRow(ctx, `SELECT reading, body FROM claims WHERE reading IN (`+list+`) ORDER BY reading, ordinal`, func(row scanner) error {
		var id int64
		var body []byte
		var c claims.Claim
		if err := row.Scan(&id, &body); err != nil {
			return err
		}
		if err := db.unpack(body, &c); err != nil {
			return err
		}
		by[id].Claims = append(by[id].Claims, c)
		return nil
	})
}

func (db *DB) eachRow(ctx context.Context, query string, give func(scanner) error) error {
	if strings.Contains(query, "IN ()") {
		return nil
	}
	rows, err := db.read.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := give(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// recount counts an article under what reading found out about it.
func recount(ctx context.Context, tx *sql.Tx, was, is story.Article) error {
	if was.Outlet == is.Outlet && was.Language == is.Language {
		return nil
	}
	first, err := firstDay(ctx, tx, is.ID)
	if err != nil {
		return err
	}
	if err := cover(ctx, tx, was, -1, inSum, first); err != nil {
		return err
	}
	return cover(ctx, tx, is, 1, inSum, first)
}

// firstDay is the day on which the program came to know of an article.
func firstDay(ctx context.Context, tx *sql.Tx, article string) (string, error) {
	var from string
	err := tx.QueryRowContext(ctx, `SELECT MIN(known_from) FROM articles WHERE id = $1`, article).Scan(&from)
	return dayOf(from), err
}

// dayOf is the day of a stamp.
func dayOf(stamp string) string { return stamp[:min(len(stamp), len("2006-01-02"))] }
