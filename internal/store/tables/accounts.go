package tables

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/store"
)

var _ store.Accounts = (*DB)(nil)

// optional writes a moment that may be missing.
func optional(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return stamp(t)
}

// orNull leaves a unique column empty for those who have no value.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// AddUser implements store.Accounts.
func (db *DB) AddUser(ctx context.Context, u store.User, onlyFirst bool) (int64, error) {
	var id int64
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		var taken int
		err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM users WHERE login = $1 OR (subject IS NOT NULL AND subject = $2) OR $3 = 1`,
			strings.ToLower(u.Login), u.Subject, flag(onlyFirst)).Scan(&taken)
		if err == nil && taken > 0 {
			err = store.ErrTaken
		}
		if err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `INSERT INTO users (login, name, role, password, subject, disabled, created) VALUES ($1,$2,$3,$4,$5,$6,$7) RETURNING id`,
			strings.ToLower(u.Login), u.Name, u.Role, u.Password, orNull(u.Subject), flag(u.Disabled), stamp(u.Created)).Scan(&id)
	})
	if err != nil {
		return 0, fmt.Errorf("store: user: %w", err)
	}
	return id, nil
}

// SaveUser implements store.Accounts.
func (db *DB) SaveUser(ctx context.Context, u store.User) error {
	_, err := db.write.ExecContext(ctx, `UPDATE users SET name = $1, role = $2, password = $3, subject = $4, disabled = $5 WHERE id = $6`,
		u.Name, u.Role, u.Password, orNull(u.Subject), flag(u.Disabled), u.ID)
	if err != nil {
		return fmt.Errorf("store: user %d: %w", u.ID, err)
	}
	return nil
}

const userColumns = `SELECT id, login, name, role, password, COALESCE(subject, ''), disabled, created FROM users `

func scanUser(row interface{ Scan(...any) error }) (u store.User, err error) {
	var created string
	err = row.Scan(&u.ID, &u.Login, &u.Name, &u.Role, &u.Password, &u.Subject, &u.Disabled, &created)
	u.Created = unstamp(created)
	return u, err
}

func (db *DB) user(ctx context.Context, where string, arg any) (store.User, error) {
	u, err := scanUser(db.read.QueryRowContext(ctx, userColumns+where, arg))
	if err != nil {
		return store.User{}, fmt.Errorf("store: user: %w", notFound(err))
	}
	return u, nil
}

// User implements store.Accounts.
func (db *DB) User(ctx context.Context, id int64) (store.User, error) {
	return db.user(ctx, `WHERE id = $1`, id)
}

// UserByLogin implements store.Accounts.
func (db *DB) UserByLogin(ctx context.Context, login string) (store.User, error) {
	return db.user(ctx, `WHERE login = $1`, strings.ToLower(login))
}

// UserBySubject implements store.Accounts.
func (db *DB) UserBySubject(ctx context.Context, subject string) (store.User, error) {
	return db.user(ctx, `WHERE subject = $1`, subject)
}

// Users implements store.Accounts.
func (db *DB) Users(ctx context.Context) ([]store.User, error) {
	return gather(ctx, db.read, scanUser, userColumns+`ORDER BY login`)
}

// gather reads all rows of a query.
func gather[T any](ctx context.Context, db asker, scan func(interface{ Scan(...any) error }) (T, error), query string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		out = append(out, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	return out, nil
}

// AddSession implements store.Accounts.
func (db *DB) AddSession(ctx context.Context, s store.Session) error {
	_, err := db.write.ExecContext(ctx, `INSERT INTO sessions (hash, id, user_id, created, seen, expires, ended) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
		s.Hash, s.ID, s.User, stamp(s.Created), stamp(s.Seen), stamp(s.Expires), optional(s.Ended))
	if err != nil {
		return fmt.Errorf("store: session: %w", err)
	}
	return nil
}

const sessionColumns = `SELECT hash, id, user_id, created, seen, expires, ended FROM sessions `

func scanSession(row interface{ Scan(...any) error }) (s store.Session, err error) {
	var created, seen, expires, ended string
	err = row.Scan(&s.Hash, &s.ID, &s.User, &created, &seen, &expires, &ended)
	s.Created, s.Seen, s.Expires, s.Ended = unstamp(created), unstamp(seen), unstamp(expires), unstamp(ended)
	return s, err
}

// Session implements store.Accounts.
func (db *DB) Session(ctx context.Context, hash string) (store.Session, error) {
	s, err := scanSession(db.read.QueryRowContext(ctx, sessionColumns+`WHERE hash = $1`, hash))
	if err != nil {
		return store.Session{}, fmt.Errorf("store: session: %w", notFound(err))
	}
	return s, nil
}

// TouchSession implements store.Accounts.
func (db *DB) TouchSession(ctx context.Context, hash string, seen time.Time) error {
	_, err := db.write.ExecContext(ctx, `UPDATE sessions SET seen = $1 WHERE hash = $2`, stamp(seen), hash)
	return err
}

// EndSessions implements store.Accounts.
func (db *DB) EndSessions(ctx context.Context, user int64, id, but string, at time.Time) error {
	_, err := db.write.ExecContext(ctx, `UPDATE sessions SET ended = $1 WHERE user_id = $2 AND ended = '' AND ($3 = '' OR id = $3) AND id <> $4`,
		stamp(at), user, id, but)
	if err != nil {
		return fmt.Errorf("store: sessions: %w", err)
	}
	return nil
}

// Sessions implements store.Accounts.
func (db *DB) Sessions(ctx context.Context, user int64, now time.Time) ([]store.Session, error) {
	return gather(ctx, db.read, scanSession, sessionColumns+`WHERE user_id = $1 AND ended = '' AND expires > $2 ORDER BY created`, user, stamp(now))
}

// allScopes stands for every permission of the role.
const allScopes = "*"

// AddToken implements store.Accounts.
func (db *DB) AddToken(ctx context.Context, t store.Token) error {
	scopes := allScopes
	if t.Scopes != nil {
		scopes = strings.Join(t.Scopes, " ")
	}
	_, err := db.write.ExecContext(ctx, `INSERT INTO api_tokens (hash, id, user_id, label, scopes, created, expires, used, revoked) VALUES ($1,$2,$3,$4,$5,$6,$7,'','')`,
		t.Hash, t.ID, t.User, t.Label, scopes, stamp(t.Created), optional(t.Expires))
	if err != nil {
		return fmt.Errorf("store: token: %w", err)
	}
	return nil
}

const tokenColumns = `SELECT hash, id, user_id, label, scopes, created, expires, used, revoked FROM api_tokens `

func scanToken(row interface{ Scan(...any) error }) (t store.Token, err error) {
	var scopes, created, expires, used, revoked string
	err = row.Scan(&t.Hash, &t.ID, &t.User, &t.Label, &scopes, &created, &expires, &used, &revoked)
	if scopes != allScopes {
		t.Scopes = strings.Fields(scopes)
	}
	t.Created, t.Expires, t.Used, t.Revoked = unstamp(created), unstamp(expires), unstamp(used), unstamp(revoked)
	return t, err
}

// Token implements store.Accounts.
func (db *DB) Token(ctx context.Context, hash string) (store.Token, error) {
	t, err := scanToken(db.read.QueryRowContext(ctx, tokenColumns+`WHERE hash = $1`, hash))
	if err != nil {
		return store.Token{}, fmt.Errorf("store: token: %w", notFound(err))
	}
	return t, nil
}

// TouchToken implements store.Accounts.
func (db *DB) TouchToken(ctx context.Context, hash string, used time.Time) error {
	_, err := db.write.ExecContext(ctx, `UPDATE api_tokens SET used = $1 WHERE hash = $2`, stamp(used), hash)
	return err
}

// RevokeToken implements store.Accounts.
func (db *DB) RevokeToken(ctx context.Context, user int64, id string, at time.Time) error {
	res, err := db.write.ExecContext(ctx, `UPDATE api_tokens SET revoked = $1 WHERE user_id = $2 AND id = $3 AND revoked = ''`, stamp(at), user, id)
	if err == nil {
		var n int64
		if n, err = res.RowsAffected(); err == nil && n == 0 {
			err = store.ErrNotFound
		}
	}
	if err != nil {
		return fmt.Errorf("store: token %s: %w", id, err)
	}
	return nil
}

// Tokens implements store.Accounts.
func (db *DB) Tokens(ctx context.Context, user int64) ([]store.Token, error) {
	return gather(ctx, db.read, scanToken, tokenColumns+`WHERE user_id = $1 ORDER BY created`, user)
}
