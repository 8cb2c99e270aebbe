package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/story"
)

// What is filed here is made from the rows it points to and can be made again;
// so it is replaced and taken out, as nothing else is.

// fileArticle puts the words of an article into the full text, under the
// number that the article always had.
func (db *DB) fileArticle(ctx context.Context, tx *sql.Tx, a story.Article) error {
	var n int64
	err := tx.QueryRowContext(ctx, `SELECT number FROM article_numbers WHERE article = $1`, a.ID).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		err = tx.QueryRowContext(ctx, `INSERT INTO article_numbers (number, article) SELECT COALESCE(MAX(number), 0) + 1, $1 FROM article_numbers RETURNING number`, a.ID).Scan(&n)
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, db.words().fileArticle, n, a.Title, a.Text)
	return err
}

// fileCase notes what an open case is found by.
func (db *DB) fileCase(ctx context.Context, tx *sql.Tx, number int, c cases.Case, known string) error {
	if err := db.unfileCase(ctx, tx, number); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO case_cards (number, status, verdict, activity, duty, denied, outcome, second, stale, for_min, for_max, weight, latest, known_from)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`,
		number, string(c.Status), string(c.Check.Verdict), headline(c), duty(c.Check.Verdict), flag(denied(c)), c.Review.Outcome, flag(c.Review.Second), flag(c.Review.Stale),
		c.For.Min, c.For.Max, weight(c), c.Window.Latest.String(), known)
	if err != nil {
		return err
	}
	for _, l := range linksOf(c) {
		if _, err := tx.ExecContext(ctx, `INSERT INTO case_links (kind, ref, number) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING`, l[0], l[1], number); err != nil {
			return err
		}
	}
	var quotes []string
	for _, l := range c.Claims {
		quotes = append(quotes, l.Quote)
	}
	slices.Sort(quotes)
	_, err = tx.ExecContext(ctx, db.words().fileCase, number, namesOf(c), strings.Join(slices.Compact(quotes), "\n"))
	return err
}

func (db *DB) unfileCase(ctx context.Context, tx *sql.Tx, number int) error {
	for _, q := range []string{`DELETE FROM case_links WHERE number = $1`, `DELETE FROM case_cards WHERE number = $1`} {
		if _, err := tx.ExecContext(ctx, q, number); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, db.words().unfileCase, number)
	return err
}

func duty(v measures.Verdict) string {
	switch {
	case v.Engaged():
		return "engaged"
	case v.Pending():
		return "open"
	case v == measures.NoMeasure:
		return "none"
	}
	return ""
}

func linksOf(c cases.Case) [][2]string {
	out := [][2]string{{"party", c.Party.ID}}
	for _, id := range c.Party.Same {
		out = append(out, [2]string{"party", id})
	}
	for _, r := range c.Party.Rivals {
		if r.ID != "" {
			out = append(out, [2]string{"party", r.ID})
		}
	}
	for _, a := range c.Articles {
		out = append(out, [2]string{"article", a.ID})
		if a.Outlet != "" {
			out = append(out, [2]string{"outlet", a.Outlet})
		}
	}
	return out
}

func namesOf(c cases.Case) string {
	out := append([]string{c.Title, c.Party.Name, c.Party.ID}, c.Party.Refs...)
	out = append(out, c.Party.Surfaces...)
	for _, p := range c.Places {
		out = append(out, p.Name, p.Country)
	}
	return strings.Join(out, "\n")
}

// filing names the form of what is filed; another form files all again.
const filing = "filing 3"

// batch is how many articles are filed in one transaction.
const batch = 500

// fileAll files what was kept before there was any filing, once.
func (db *DB) fileAll(ctx context.Context) error {
	var done bool
	if ok, err := db.Derived(ctx, filing, &done); ok || err != nil {
		return err
	}
	for {
		n, err := db.fileSome(ctx)
		if err != nil {
			return fmt.Errorf("filing: %w", err)
		}
		if n == 0 {
			break
		}
	}
	if err := db.fileAllConcerns(ctx); err != nil {
		return fmt.Errorf("filing: %w", err)
	}
	all, err := db.Cases(ctx, time.Time{})
	if err != nil {
		return fmt.Errorf("filing: %w", err)
	}
	err = db.inTx(ctx, func(tx *sql.Tx) error {
		for _, c := range all {
			if err := db.fileCase(ctx, tx, c.Number, c.Case, stamp(c.KnownFrom)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("filing: %w", err)
	}
	return db.SaveDerived(ctx, filing, true, time.Now())
}

func (db *DB) fileSome(ctx context.Context) (n int, err error) {
	err = db.inTx(ctx, func(tx *sql.Tx) error {
		bodies, err := gather(ctx, tx, scanOne[[]byte], `SELECT body FROM articles a WHERE known_to IS NULL
			AND NOT EXISTS (SELECT 1 FROM article_numbers n WHERE n.article = a.id) ORDER BY known_from, id LIMIT $1`, batch)
		n = len(bodies)
		for _, b := range bodies {
			var a story.Article
			if err == nil {
				err = db.unpack(b, &a)
			}
			if err == nil {
				err = db.fileArticle(ctx, tx, a)
			}
		}
		return err
	})
	return n, err
}

func scanOne[T any](row interface{ Scan(...any) error }) (v T, err error) {
	err = row.Scan(&v)
	return v, err
}
