package store

import (
	"context"
	"errors"
	"time"
)

// ErrTaken is returned where a name that must be unique is in use.
var ErrTaken = errors.New("that name is taken")

// User is somebody who may sign in. Users are never taken out, only disabled:
// the audit log and decisions name them by ID.
type User struct {
	ID       int64
	Login    string // lower case
	Name     string // as shown beside decisions
	Role     string // a role of package auth
	Password string // argon2id in PHC form, "" = none (signs in through a provider)
	Subject  string // "issuer subject" of an OpenID provider, "" = none
	Disabled bool
	Created  time.Time
}

// Session is a browser that is signed in. The secret in its cookie is kept
// only as a hash.
type Session struct {
	Hash    string // hex SHA-256 of the secret
	ID      string // public, for lists and the audit log
	User    int64
	Created time.Time
	Seen    time.Time
	Expires time.Time
	Ended   time.Time // zero = still open
}

// Token lets a program in. Its secret is kept only as a hash.
type Token struct {
	Hash    string
	ID      string
	User    int64
	Label   string
	Scopes  []string // permissions; nil = all of the user's role
	Created time.Time
	Expires time.Time // zero = never
	Used    time.Time
	Revoked time.Time // zero = valid
}

// Accounts keeps users, sessions and tokens.
type Accounts interface {
	// AddUser keeps a new user and gives the ID; ErrTaken where login or
	// subject is in use. With onlyFirst it fails with ErrTaken where there is
	// any user already.
	AddUser(ctx context.Context, u User, onlyFirst bool) (int64, error)
	// SaveUser changes name, role, password, subject and disabled of a user.
	SaveUser(ctx context.Context, u User) error
	User(ctx context.Context, id int64) (User, error)
	UserByLogin(ctx context.Context, login string) (User, error)
	UserBySubject(ctx context.Context, subject string) (User, error)
	Users(ctx context.Context) ([]User, error)

	AddSession(ctx context.Context, s Session) error
	// Session gives a session by the hash of its secret, ended ones too.
	Session(ctx context.Context, hash string) (Session, error)
	TouchSession(ctx context.Context, hash string, seen time.Time) error
	// EndSessions ends the open sessions of a user; with an id only that one,
	// with but all others than the one with that id.
	EndSessions(ctx context.Context, user int64, id, but string, at time.Time) error
	Sessions(ctx context.Context, user int64, now time.Time) ([]Session, error)

	AddToken(ctx context.Context, t Token) error
	Token(ctx context.Context, hash string) (Token, error)
	TouchToken(ctx context.Context, hash string, used time.Time) error
	RevokeToken(ctx context.Context, user int64, id string, at time.Time) error
	Tokens(ctx context.Context, user int64) ([]Token, error)
}
