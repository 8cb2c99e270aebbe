package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

var _ store.Search = (*DB)(nil)

// wording holds the statements of an engine's full text.
type wording struct {
	fileArticle, unfileArticle, fileCase, unfileCase string
	// found is a condition on a row called a; %s is the parameter.
	article, names, quotes string
	// ask writes words, each a prefix or not, in the engine's language.
	ask func(words []word) string
}

// word is a word or, in quotation marks, several in a row.
type word struct {
	parts  []string
	prefix bool
}

var wordings = map[string]wording{
	"sqlite": {
		fileArticle:   `INSERT OR REPLACE INTO article_words (rowid, title, text) VALUES ($1,$2,$3)`,
		fileCase:      `INSERT OR REPLACE INTO case_words (rowid, names, quotes) VALUES ($1,$2,$3)`,
		unfileArticle: `DELETE FROM article_words WHERE rowid = $1`,
		unfileCase:    `DELETE FROM case_words WHERE rowid = $1`,
		article:       `SELECT rowid FROM article_words WHERE article_words MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3`,
		names:         `number IN (SELECT rowid FROM case_words WHERE case_words MATCH 'names : (' || %s || ')')`,
		quotes:        `number IN (SELECT rowid FROM case_words WHERE case_words MATCH %s)`,
		ask:           askFTS5,
	},
	"postgres": {
		fileArticle: `INSERT INTO article_words (number, words) VALUES ($1, to_tsvector('simple', left($2, 10000) || ' ' || left($3, 500000)))
			ON CONFLICT (number) DO UPDATE SET words = excluded.words`,
		fileCase: `INSERT INTO case_words (number, names, quotes) VALUES ($1, to_tsvector('simple', left($2, 100000)), to_tsvector('simple', left($3, 500000)))
			ON CONFLICT (number) DO UPDATE SET names = excluded.names, quotes = excluded.quotes`,
		unfileArticle: `DELETE FROM article_words WHERE number = $1`,
		unfileCase:    `DELETE FROM case_words WHERE number = $1`,
		article:       `SELECT number FROM article_words WHERE words @@ to_tsquery('simple', $1) AND number < $2 ORDER BY number DESC LIMIT $3`,
		names:         `number IN (SELECT number FROM case_words WHERE names @@ to_tsquery('simple', %s))`,
		quotes:        `number IN (SELECT number FROM case_words WHERE names || quotes @@ to_tsquery('simple', %s))`,
		ask:           askTSQuery,
	},
}

func (db *DB) words() wording { return wordings[db.engine.Name] }

func askFTS5(words []word) string {
	var out []string
	for _, w := range words {
		s := `"` + strings.Join(w.parts, " ") + `"`
		if w.prefix {
			s += " *"
		}
		out = append(out, s)
	}
	return strings.Join(out, " AND ")
}

func askTSQuery(words []word) string {
	var out []string
	for _, w := range words {
		s := "'" + strings.Join(w.parts, "' <-> '") + "'"
		if w.prefix {
			s += ":*"
		}
		out = append(out, s)
	}
	return strings.Join(out, " & ")
}

// maxWords bounds a question; more words narrow nothing down for a person.
const maxWords = 20

// wordsOf parts a question: words, "several in a row", and beginnings*. Signs
// of the engines' own languages fall away, so that no text is an error.
func wordsOf(text string, prefix bool) []word {
	var out []word
	for i, piece := range strings.Split(text, `"`) {
		if i%2 == 1 {
			if p := pieces(piece); len(p) > 0 {
				out = append(out, word{parts: p})
			}
			continue
		}
		for _, f := range strings.Fields(piece) {
			if p := pieces(f); len(p) > 0 {
				out = append(out, word{p, prefix || strings.HasSuffix(f, "*")})
			}
		}
	}
	return out[:min(len(out), maxWords)]
}

func pieces(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}

// conditions collects conditions with their parameters.
type conditions struct {
	text []string
	args []any
}

// add takes a condition in which %s stands for the parameter.
func (c *conditions) add(text string, arg any) {
	c.args = append(c.args, arg)
	c.text = append(c.text, strings.ReplaceAll(text, "%s", fmt.Sprintf("$%d", len(c.args))))
}

func (db *DB) conditions(q store.CaseQuery) (conditions, bool) {
	c := conditions{text: []string{"1 = 1"}}
	if !q.Background {
		c.add("status <> %s", "background")
	}
	if q.Words != "" {
		words := wordsOf(q.Words, true)
		if len(words) == 0 {
			return c, false
		}
		form := db.words().names
		if q.Quotes {
			form = db.words().quotes
		}
		c.add(form, db.words().ask(words))
	}
	switch q.Measure {
	case "":
	case "in-force":
		c.add("verdict LIKE %s", "in-force%")
	default:
		c.add("duty = %s", q.Measure)
	}
	if q.Activity != "" {
		c.add("activity LIKE %s", strings.NewReplacer("%", "", "_", "").Replace(q.Activity)+"%")
	}
	if q.MinOrigins > 0 {
		c.add("for_min >= %s", q.MinOrigins)
	}
	if q.Denied != "" {
		c.add("denied = %s", flag(q.Denied == "yes"))
	}
	if !q.Since.IsZero() {
		c.add("known_from > %s", stamp(q.Since))
	}
	for kind, ref := range map[string]string{"party": q.Party, "article": q.Article, "outlet": q.Outlet} {
		if ref != "" {
			c.add("number IN (SELECT number FROM case_links WHERE kind = '"+kind+"' AND ref = %s)", ref)
		}
	}
	switch q.Review {
	case "none":
		c.text = append(c.text, "outcome = ''")
	case "decided":
		c.text = append(c.text, "outcome <> ''")
	case "second":
		c.text = append(c.text, "second = 1")
	case "stale":
		c.text = append(c.text, "stale = 1")
	}
	return c, true
}

var caseOrders = map[string]string{
	"":         "weight DESC, known_from DESC, number",
	"matters":  "weight DESC, known_from DESC, number",
	"new":      "known_from DESC, number",
	"happened": "latest DESC, number",
	"origins":  "for_min DESC, for_max DESC, number",
	"number":   "number",
	"arrived":  "known_from, number",
}

// FindCases implements store.Search.
func (db *DB) FindCases(ctx context.Context, q store.CaseQuery) ([]store.NumberedCase, int, error) {
	order, ok := caseOrders[q.Sort]
	if !ok {
		order = caseOrders[""]
	}
	cond, ok := db.conditions(q)
	if !ok {
		return nil, 0, nil
	}
	where := strings.Join(cond.text, " AND ")
	total, err := db.total(ctx, where, cond.args)
	if err != nil {
		return nil, 0, err
	}
	limit := q.Limit
	if limit <= 0 {
		limit = math.MaxInt32
	}
	query := fmt.Sprintf(`SELECT number FROM case_cards WHERE %s ORDER BY %s LIMIT %d OFFSET %d`, where, order, limit, max(q.Offset, 0))
	numbers, err := gather(ctx, db.read, scanOne[int], query, cond.args...)
	if err != nil {
		return nil, 0, err
	}
	var by cases.Coverage
	if len(numbers) > 0 {
		if by, err = db.Covered(ctx, time.Time{}); err != nil {
			return nil, 0, err
		}
	}
	var out []store.NumberedCase
	for _, n := range numbers {
		c, err := db.scanCase(db.read.QueryRowContext(ctx, `SELECT number, known_from, body FROM cases WHERE known_to IS NULL AND number = $1`, n))
		if errors.Is(err, sql.ErrNoRows) { // closed just now
			continue
		}
		if err != nil {
			return nil, 0, fmt.Errorf("store: case %d: %w", n, err)
		}
		covered(&c.Case, by)
		out = append(out, c)
	}
	return out, total, nil
}

func (db *DB) scanCase(row interface{ Scan(...any) error }) (n store.NumberedCase, err error) {
	var body []byte
	var from string
	if err := row.Scan(&n.Number, &from, &body); err != nil {
		return n, err
	}
	n.KnownFrom = unstamp(from)
	if err := db.unpack(body, &n.Case); err != nil {
		return n, fmt.Errorf("case %d: %w", n.Number, err)
	}
	return n, nil
}

// Case implements store.Search.
func (db *DB) Case(ctx context.Context, number int, known time.Time) (store.NumberedCase, error) {
	n, err := db.scanCase(db.read.QueryRowContext(ctx, `SELECT number, known_from, body FROM cases
		WHERE number = $1 AND known_from <= $2 AND (known_to IS NULL OR known_to > $2) ORDER BY known_from DESC LIMIT 1`, number, knownAt(known)))
	if err != nil {
		return store.NumberedCase{}, fmt.Errorf("store: case %d: %w", number, notFound(err))
	}
	by, err := db.Covered(ctx, known)
	covered(&n.Case, by)
	return n, err
}

// SearchArticles implements store.Search.
func (db *DB) SearchArticles(ctx context.Context, words string, before int64, limit int) ([]story.Article, int64, error) {
	asked := wordsOf(words, false)
	if len(asked) == 0 {
		return nil, 0, nil
	}
	return db.numbered(ctx, limit, db.words().article, db.words().ask(asked), beforeOr(before), limit)
}

// ListArticles implements store.Search.
func (db *DB) ListArticles(ctx context.Context, before int64, limit int) ([]story.Article, int64, error) {
	return db.numbered(ctx, limit, `SELECT number FROM article_numbers WHERE number < $1 ORDER BY number DESC LIMIT $2`, beforeOr(before), limit)
}

func beforeOr(before int64) int64 {
	if before <= 0 {
		return math.MaxInt64
	}
	return before
}

// numbered reads the articles whose numbers a query gives.
func (db *DB) numbered(ctx context.Context, limit int, query string, args ...any) ([]story.Article, int64, error) {
	numbers, err := gather(ctx, db.read, scanOne[int64], query, args...)
	if err != nil {
		return nil, 0, err
	}
	var out []story.Article
	var next int64
	for _, n := range numbers {
		var body []byte
		var a story.Article
		err := db.read.QueryRowContext(ctx, `SELECT a.body FROM article_numbers n JOIN articles a ON a.id = n.article WHERE n.number = $1 AND a.known_to IS NULL`, n).Scan(&body)
		if errors.Is(err, sql.ErrNoRows) { // erased
			continue
		}
		if err == nil {
			err = db.unpack(body, &a)
		}
		if err != nil {
			return nil, 0, fmt.Errorf("store: articles: %w", err)
		}
		out = append(out, a)
	}
	if len(numbers) == limit && limit > 0 {
		next = numbers[len(numbers)-1]
	}
	return out, next, nil
}

// Outlets implements store.Search.
func (db *DB) Outlets(ctx context.Context) ([]store.Outlet, error) {
	return gather(ctx, db.read, func(row interface{ Scan(...any) error }) (o store.Outlet, err error) {
		err = row.Scan(&o.Name, &o.Articles)
		return o, err
	}, `SELECT outlet, COUNT(*) FROM articles WHERE known_to IS NULL AND outlet <> '' GROUP BY outlet ORDER BY outlet`)
}

// counted keeps counts for a moment: every page shows them, and counting reads
// every card.
type counted struct {
	mu   sync.Mutex
	at   time.Time
	last store.Counts

	totalsAt time.Time
	totals   map[string]int
}

// changed forgets totals after a change of this process; those of others show
// within countedFor.
func (c *counted) changed() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.totals = nil
}

// total counts the cases of a filter.
func (db *DB) total(ctx context.Context, where string, args []any) (int, error) {
	key := fmt.Sprint(where, args)
	c := &db.counted
	c.mu.Lock()
	if c.totals == nil || time.Since(c.totalsAt) > countedFor {
		c.totals, c.totalsAt = map[string]int{}, time.Now()
	}
	n, ok := c.totals[key]
	c.mu.Unlock()
	if ok {
		return n, nil
	}
	if err := db.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM case_cards WHERE `+where, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("store: cases: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.totals != nil {
		c.totals[key] = n
	}
	return n, nil
}

const countedFor = 2 * time.Second

// Counts implements store.Search.
func (db *DB) Counts(ctx context.Context) (store.Counts, error) {
	db.counted.mu.Lock()
	defer db.counted.mu.Unlock()
	if time.Since(db.counted.at) < countedFor {
		return db.counted.last, nil
	}
	var c store.Counts
	err := db.read.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM case_cards), (SELECT COALESCE(MAX(number), 0) FROM article_numbers), (SELECT COUNT(DISTINCT list) FROM editions)`).
		Scan(&c.Cases, &c.Articles, &c.Lists)
	if err != nil {
		return c, fmt.Errorf("store: counts: %w", err)
	}
	if c.Cases > 0 && c.Articles > 0 && c.Lists > 0 { // a first visit wants to see what has just come
		db.counted.at, db.counted.last = time.Now(), c
	}
	return c, nil
}

// Volume counts what is kept; on a large store that takes a moment.
func (db *DB) Volume(ctx context.Context) (store.Volume, error) {
	var v store.Volume
	var newest string
	err := db.read.QueryRowContext(ctx, `SELECT (SELECT COALESCE(MAX(number), 0) FROM article_numbers),
		(SELECT COUNT(*) FROM readings r JOIN mentions m ON m.reading = r.id WHERE r.known_to IS NULL),
		(SELECT COUNT(*) FROM readings r JOIN claims c ON c.reading = r.id WHERE r.known_to IS NULL),
		(SELECT COUNT(*) FROM case_cards WHERE status = 'live'),
		(SELECT COUNT(*) FROM case_cards WHERE status = 'background'),
		(SELECT COUNT(*) FROM case_cards WHERE status = 'live' AND duty = 'engaged'),
		(SELECT COUNT(*) FROM case_cards WHERE status = 'live' AND outcome = ''),
		COALESCE((SELECT a.known_from FROM article_numbers n JOIN articles a ON a.id = n.article AND a.known_to IS NULL ORDER BY n.number DESC LIMIT 1), '')`).
		Scan(&v.Articles, &v.Mentions, &v.Claims, &v.Live, &v.Background, &v.Engaged, &v.Undecided, &newest)
	if err != nil {
		return v, fmt.Errorf("store: volume: %w", err)
	}
	v.Newest = unstamp(newest)
	return v, nil
}
