package tables

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return store.ErrNotFound
	}
	return err
}

// SaveArticle implements store.Shelf.
func (db *DB) SaveArticle(ctx context.Context, a story.Article, known time.Time) error {
	err := db.inTx(ctx, func(tx *sql.Tx) error { return db.saveArticle(ctx, tx, a, known) })
	if err != nil {
		return fmt.Errorf("store: article %s: %w", a.ID, err)
	}
	return nil
}

func (db *DB) saveArticle(ctx context.Context, tx *sql.Tx, a story.Article, known time.Time) error {
	if err := db.refuseErased(ctx, tx, a); err != nil {
		return err
	}
	for _, c := range a.Captures {
		if err := db.saveCapture(ctx, tx, a.ID, c); err != nil {
			return err
		}
	}
	return db.saveVersion(ctx, tx, a, known)
}

func (db *DB) saveCapture(ctx context.Context, tx *sql.Tx, article string, c story.Capture) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO captures (sha256, media_type, encoding, size, body) VALUES ($1,$2,$3,$4,$5) ON CONFLICT DO NOTHING`,
		c.SHA256, c.MediaType, c.Encoding, c.Size, db.enc.EncodeAll(c.Body, nil))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO retrievals (article, sha256, retrieved_at, method, location) VALUES ($1,$2,$3,$4,$5) ON CONFLICT DO NOTHING`,
		article, c.SHA256, stamp(c.RetrievedAt), c.Method, c.Location)
	return err
}

// fingerprint covers what a reader would call the same article: its text and
// what the outlet says about it.
func fingerprint(a story.Article) string {
	h := sha256.New()
	for _, f := range []string{a.Outlet, a.URL, a.Title, a.Byline, a.Credit, a.Published.UTC().String(), a.Language, a.Text} {
		h.Write([]byte(f))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (db *DB) saveVersion(ctx context.Context, tx *sql.Tx, a story.Article, known time.Time) error {
	a.Captures = nil
	hash := fingerprint(a)
	var version int
	var old string
	var before []byte
	err := tx.QueryRowContext(ctx, `SELECT version, text_hash, body FROM articles WHERE id = $1 AND known_to IS NULL`, a.ID).Scan(&version, &old, &before)
	switch {
	case err == nil && old == hash:
		return nil
	case err != nil && err != sql.ErrNoRows:
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE articles SET known_to = $1 WHERE id = $2 AND known_to IS NULL`, stamp(known), a.ID); err != nil {
		return err
	}
	body, err := db.pack(a)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO articles (id, version, outlet, url, title, published, language, text_hash, body, known_from)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
		a.ID, version+1, a.Outlet, a.URL, a.Title, a.Day().String(), a.Language, hash, body, stamp(known))
	if err != nil {
		return err
	}
	if err := db.counts(ctx, tx, a, before, known); err != nil {
		return err
	}
	return db.fileArticle(ctx, tx, a)
}

// counts counts a new version of an article among what was read, instead of the
// one before, and puts it on the list of those to be printed.
func (db *DB) counts(ctx context.Context, tx *sql.Tx, a story.Article, before []byte, known time.Time) error {
	days := []string{inSum, dayOf(stamp(known))}
	if before != nil { // by then it was among what was read already
		days = days[:1]
		var old story.Article
		if err := db.unpack(before, &old); err != nil {
			return err
		}
		if err := cover(ctx, tx, old, -1, inSum); err != nil {
			return err
		}
	}
	if err := cover(ctx, tx, a, 1, days...); err != nil {
		return err
	}
	return unprint(ctx, tx, a.ID, a.Day().String(), known)
}

// Article implements store.Shelf.
func (db *DB) Article(ctx context.Context, id string) (story.Article, error) {
	var body []byte
	err := db.read.QueryRowContext(ctx, `SELECT body FROM articles WHERE id = $1 AND known_to IS NULL`, id).Scan(&body)
	var a story.Article
	if err == nil {
		err = db.unpack(body, &a)
	}
	if err == nil {
		a.Captures, err = db.retrievals(ctx, id)
	}
	if err != nil {
		return story.Article{}, fmt.Errorf("store: article %s: %w", id, notFound(err))
	}
	return a, nil
}

func (db *DB) retrievals(ctx context.Context, article string) ([]story.Capture, error) {
	rows, err := db.read.QueryContext(ctx, `SELECT c.sha256, c.media_type, c.encoding, c.size, r.retrieved_at, r.method, r.location
		FROM retrievals r JOIN captures c ON c.sha256 = r.sha256 WHERE r.article = $1 ORDER BY r.retrieved_at, r.location`, article)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []story.Capture
	for rows.Next() {
		var c story.Capture
		var at string
		if err := rows.Scan(&c.SHA256, &c.MediaType, &c.Encoding, &c.Size, &at, &c.Method, &c.Location); err != nil {
			return nil, err
		}
		c.RetrievedAt = unstamp(at)
		out = append(out, c)
	}
	return out, rows.Err()
}

// Capture implements store.Shelf.
func (db *DB) Capture(ctx context.Context, sha string) (story.Capture, error) {
	c := story.Capture{SHA256: sha}
	var body []byte
	err := db.read.QueryRowContext(ctx, `SELECT media_type, encoding, size, body FROM captures WHERE sha256 = $1`, sha).Scan(&c.MediaType, &c.Encoding, &c.Size, &body)
	if err == nil {
		c.Body, err = db.dec.DecodeAll(body, nil)
	}
	if err != nil {
		return story.Capture{}, fmt.Errorf("store: capture %s: %w", sha, notFound(err))
	}
	return c, nil
}

// Articles implements store.Shelf.
func (db *DB) Articles(ctx context.Context) iter.Seq2[story.Article, error] {
	return func(yield func(story.Article, error) bool) {
		rows, err := db.read.QueryContext(ctx, `SELECT id, body FROM articles WHERE known_to IS NULL ORDER BY published, id`)
		if err != nil {
			yield(story.Article{}, fmt.Errorf("store: articles: %w", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var a story.Article
			var id string
			var body []byte
			err := rows.Scan(&id, &body)
			if err == nil {
				err = db.unpack(body, &a)
			}
			if err != nil {
				err = fmt.Errorf("store: article %s: %w", id, err)
			}
			if !yield(a, err) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(story.Article{}, fmt.Errorf("store: articles: %w", err))
		}
	}
}

// HasReading implements store.Shelf.
func (db *DB) HasReading(ctx context.Context, key string) (bool, error) {
	var one int
	err := db.read.QueryRowContext(ctx, `SELECT 1 FROM readings WHERE key = $1 AND known_to IS NULL`, key).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// SaveReading implements store.Shelf.
func (db *DB) SaveReading(ctx context.Context, r store.Reading, known time.Time) error {
	err := db.inTx(ctx, func(tx *sql.Tx) error { return db.saveReading(ctx, tx, r, "", known) })
	if err != nil {
		return fmt.Errorf("store: reading of %s: %w", r.Article, err)
	}
	return nil
}

// saveReading keeps a reading; text names what was read, where that is known.
func (db *DB) saveReading(ctx context.Context, tx *sql.Tx, r store.Reading, text string, known time.Time) error {
	if _, err := tx.ExecContext(ctx, `UPDATE readings SET known_to = $1 WHERE article = $2 AND known_to IS NULL`, stamp(known), r.Article); err != nil {
		return err
	}
	// A reading made again after another one had replaced it is a new row of
	// history under the same key; the older row keeps a marked key.
	if _, err := tx.ExecContext(ctx, `UPDATE readings SET key = key || '@' || id WHERE key = $1`, r.Key); err != nil {
		return err
	}
	var id int64
	if err := tx.QueryRowContext(ctx, `INSERT INTO readings (key, article, lists, program, run, text_hash, known_from) VALUES ($1,$2,$3,$4,$5,$6,$7) RETURNING id`,
		r.Key, r.Article, r.Lists, r.Program, r.Run, text, stamp(known)).Scan(&id); err != nil {
		return err
	}
	if err := db.saveMentions(ctx, tx, id, r.Mentions); err != nil {
		return err
	}
	if err := db.saveClaims(ctx, tx, id, r.Claims); err != nil {
		return err
	}
	return db.concern(ctx, tx, r.Article, r.Claims, r.Mentions, known)
}

func (db *DB) saveMentions(ctx context.Context, tx *sql.Tx, reading int64, m mentions.Result) error {
	for i, x := range m.Mentions {
		_, err := tx.ExecContext(ctx, `INSERT INTO mentions (reading, ordinal, start, "end", surface, form, cluster, sentence, reach, score) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
			reading, i, x.Start, x.End, x.Text, string(x.Form), x.Cluster, x.Sentence, x.Reach, x.Score)
		if err != nil {
			return err
		}
	}
	for i, c := range m.Clusters {
		for k, h := range c.Hypotheses {
			evidence, err := db.pack([2][]mentions.Evidence{h.For, h.Against})
			if err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, `INSERT INTO identity_hypotheses (reading, cluster, rank, party, name, cluster_name, score, status, evidence) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
				reading, i, k, h.Party, h.Name, c.Name, h.Score, string(c.Status), evidence)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (db *DB) saveClaims(ctx context.Context, tx *sql.Tx, reading int64, all []claims.Claim) error {
	for i, c := range all {
		body, err := db.pack(c)
		if err != nil {
			return err
		}
		var earliest, latest, place string
		if c.When != nil {
			earliest, latest = c.When.Earliest.String(), c.When.Latest.String()
		}
		for _, l := range []*claims.Location{c.Place, c.To} {
			if l != nil {
				place = l.Text
			}
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO claims (id, reading, ordinal, activity, aspect, act, polarity, certainty, scope, earliest, latest, place, start, "end", rule, body)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)`,
			c.ID, reading, i, string(c.Activity), string(c.Aspect), string(c.Act), c.Polarity, string(c.Certainty), c.Scope, earliest, latest, place, c.Evidence.Start, c.Evidence.End, c.Rule, body)
		if err != nil {
			return err
		}
		if err := saveClaimParts(ctx, tx, reading, i, c); err != nil {
			return err
		}
	}
	return nil
}

func saveClaimParts(ctx context.Context, tx *sql.Tx, reading int64, ordinal int, c claims.Claim) error {
	for _, p := range c.Players {
		if _, err := tx.ExecContext(ctx, `INSERT INTO claim_players (reading, ordinal, role, party, name) VALUES ($1,$2,$3,$4,$5)`,
			reading, ordinal, string(p.Role), p.Party, p.Name); err != nil {
			return err
		}
	}
	for depth, l := range c.Chain {
		if _, err := tx.ExecContext(ctx, `INSERT INTO attribution_links (reading, ordinal, depth, holder, kind, cue, directness, stated, basis, start, "end") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
			reading, ordinal, depth, l.Holder, string(l.Kind), l.Cue, string(l.Directness), l.Stated, l.Basis, l.Span.Start, l.Span.End); err != nil {
			return err
		}
	}
	return nil
}

// Reading implements store.Shelf.
func (db *DB) Reading(ctx context.Context, article string) (store.Reading, error) {
	var id int64
	var r store.Reading
	err := db.read.QueryRowContext(ctx, `SELECT id, key, article, lists, program, run FROM readings WHERE article = $1 AND known_to IS NULL`, article).
		Scan(&id, &r.Key, &r.Article, &r.Lists, &r.Program, &r.Run)
	if err == nil {
		err = db.fill(ctx, id, &r)
	}
	if err != nil {
		return store.Reading{}, fmt.Errorf("store: reading of %s: %w", article, notFound(err))
	}
	return r, nil
}

// Readings implements store.Shelf.
func (db *DB) Readings(ctx context.Context) iter.Seq2[store.Reading, error] {
	return func(yield func(store.Reading, error) bool) {
		ids, err := db.currentReadings(ctx)
		if err != nil {
			yield(store.Reading{}, fmt.Errorf("store: readings: %w", err))
			return
		}
		for _, article := range ids {
			r, err := db.Reading(ctx, article)
			if !yield(r, err) {
				return
			}
		}
	}
}

func (db *DB) currentReadings(ctx context.Context) ([]string, error) {
	rows, err := db.read.QueryContext(ctx, `SELECT article FROM readings WHERE known_to IS NULL ORDER BY article`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var a string
		if err := rows.Scan(&a); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, rows.Err()
}

func (db *DB) fill(ctx context.Context, id int64, r *store.Reading) error {
	if err := db.loadMentions(ctx, id, &r.Mentions); err != nil {
		return err
	}
	if err := db.loadHypotheses(ctx, id, &r.Mentions); err != nil {
		return err
	}
	rows, err := db.read.QueryContext(ctx, `SELECT body FROM claims WHERE reading = $1 ORDER BY ordinal`, id)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var body []byte
		var c claims.Claim
		if err := rows.Scan(&body); err != nil {
			return err
		}
		if err := db.unpack(body, &c); err != nil {
			return err
		}
		r.Claims = append(r.Claims, c)
	}
	return rows.Err()
}

func (db *DB) loadMentions(ctx context.Context, id int64, m *mentions.Result) error {
	rows, err := db.read.QueryContext(ctx, `SELECT start, "end", surface, form, cluster, sentence, reach, score FROM mentions WHERE reading = $1 ORDER BY ordinal`, id)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var x mentions.Mention
		if err := rows.Scan(&x.Start, &x.End, &x.Text, &x.Form, &x.Cluster, &x.Sentence, &x.Reach, &x.Score); err != nil {
			return err
		}
		m.Mentions = append(m.Mentions, x)
	}
	return rows.Err()
}

func (db *DB) loadHypotheses(ctx context.Context, id int64, m *mentions.Result) error {
	rows, err := db.read.QueryContext(ctx, `SELECT cluster, party, name, cluster_name, score, status, evidence FROM identity_hypotheses WHERE reading = $1 ORDER BY cluster, rank`, id)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var h hypothesisRow
		if err := rows.Scan(&h.cluster, &h.Party, &h.Name, &h.name, &h.Score, &h.status, &h.body); err != nil {
			return err
		}
		if err := db.addHypothesis(m, h); err != nil {
			return err
		}
	}
	clusterMentions(m)
	return rows.Err()
}

// hypothesisRow is a hypothesis as it lies in its table.
type hypothesisRow struct {
	mentions.Hypothesis
	cluster      int
	name, status string
	body         []byte
}

func (db *DB) addHypothesis(m *mentions.Result, h hypothesisRow) error {
	var ev [2][]mentions.Evidence
	if err := db.unpack(h.body, &ev); err != nil {
		return err
	}
	h.For, h.Against = ev[0], ev[1]
	for len(m.Clusters) <= h.cluster {
		m.Clusters = append(m.Clusters, mentions.Cluster{})
	}
	c := &m.Clusters[h.cluster]
	c.Name, c.Status = h.name, mentions.Status(h.status)
	c.Hypotheses = append(c.Hypotheses, h.Hypothesis)
	return nil
}

// clusterMentions tells each cluster its mentions.
func clusterMentions(m *mentions.Result) {
	for i, x := range m.Mentions {
		if x.Cluster >= 0 && x.Cluster < len(m.Clusters) {
			m.Clusters[x.Cluster].Mentions = append(m.Clusters[x.Cluster].Mentions, i)
		}
	}
}
