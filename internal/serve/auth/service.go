package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/serve/guard"
	"github.com/reportedly/reportedly/internal/store"
)

// Errors that people are told of.
var (
	// ErrRefused does not say whether the name or the password was wrong.
	ErrRefused = errors.New("sign-in name or password is wrong")
	// ErrTooMany is returned after many attempts; waiting helps.
	ErrTooMany = errors.New("too many attempts; wait a minute and try again")
	// ErrSetup is returned for a wrong set-up token, or after the set-up.
	ErrSetup = errors.New("that is not the set-up token, or the set-up is done")
	// ErrLastAdministrator protects an installation from locking itself.
	ErrLastAdministrator = errors.New("this is the last administrator who can sign in")
)

// Appender takes entries for the audit log.
type Appender interface {
	Append(ctx context.Context, e audit.Entry) (int64, error)
}

// Options of the service.
type Options struct {
	Keep   store.Accounts
	Audit  Appender
	Now    func() time.Time // nil = time.Now
	Secure bool             // cookies only over TLS
	Cost   Cost             // zero = DefaultCost
	// Hashing bounds how many passwords are hashed at once (64 MB each); 0 = 2.
	Hashing int
	// Idle and Lasting bound a session: since it was last seen, and at all.
	Idle, Lasting time.Duration
}

// Service signs people and programs in. It may be used by several goroutines.
type Service struct {
	Options
	hashing chan struct{}
	decoy   string // compared where there is no such user, so that both take as long
	setup   string
	tries   *tries
}

// New makes the service. The set-up token lives as long as the process.
func New(o Options) *Service {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Cost == (Cost{}) {
		o.Cost = DefaultCost
	}
	if o.Hashing == 0 {
		o.Hashing = 2
	}
	if o.Idle == 0 {
		o.Idle = 12 * time.Hour
	}
	if o.Lasting == 0 {
		o.Lasting = 7 * 24 * time.Hour
	}
	return &Service{Options: o, hashing: make(chan struct{}, o.Hashing), decoy: hashPassword(secret(), o.Cost), setup: secret(), tries: newTries()}
}

// secret is 32 random bytes as text.
func secret() string {
	var b [32]byte
	rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// shortID names a session or token publicly.
func shortID() string {
	var b [6]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// slot waits for a place to hash in.
func (s *Service) slot(ctx context.Context) (func(), error) {
	select {
	case s.hashing <- struct{}{}:
		return func() { <-s.hashing }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// log writes an entry about who; a change that cannot be logged is an error.
func (s *Service) log(ctx context.Context, actor, action, object string, detail map[string]string) error {
	_, err := s.Audit.Append(ctx, audit.Entry{Time: s.Now(), Actor: actor, Action: action, Object: object, Detail: detail, Request: guard.RequestID(ctx)})
	return err
}

// NeedsSetup reports whether there is no user yet.
func (s *Service) NeedsSetup(ctx context.Context) (bool, error) {
	users, err := s.Keep.Users(ctx)
	return len(users) == 0, err
}

// SetupToken is what the first administrator is made with. Only the command
// line shows it.
func (s *Service) SetupToken() string { return s.setup }

// Setup makes the first administrator and signs him in.
func (s *Service) Setup(w http.ResponseWriter, r *http.Request, token, login, name, password string) (Identity, error) {
	if !s.tries.allow("setup") {
		return Identity{}, ErrTooMany
	}
	if subtle.ConstantTimeCompare([]byte(hash(token)), []byte(hash(s.setup))) != 1 {
		return Identity{}, ErrSetup
	}
	u, err := s.addUser(r.Context(), "setup", login, name, Administrator, password, true)
	if errors.Is(err, store.ErrTaken) {
		return Identity{}, ErrSetup
	}
	if err != nil {
		return Identity{}, err
	}
	return s.begin(w, r, u, "setup")
}

// SignIn checks a password and begins a session.
func (s *Service) SignIn(w http.ResponseWriter, r *http.Request, login, password string) (Identity, error) {
	ctx := r.Context()
	login = strings.ToLower(strings.TrimSpace(login))
	if !s.tries.allow("login "+login) || !s.tries.allow("from "+client(r)) {
		return Identity{}, ErrTooMany
	}
	u, err := s.check(ctx, login, password)
	if errors.Is(err, ErrRefused) {
		actor := "nobody"
		if u.ID != 0 {
			actor = fmt.Sprint("user:", u.ID)
		}
		if lerr := s.log(ctx, actor, "session.refused", "", nil); lerr != nil {
			return Identity{}, lerr
		}
	}
	if err != nil {
		return Identity{}, err
	}
	s.tries.forget("login " + login)
	return s.begin(w, r, u, "password")
}

// client is the address that attempts are counted for. It is not logged.
func client(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// check compares a password; it takes as long for a name that nobody has.
func (s *Service) check(ctx context.Context, login, password string) (store.User, error) {
	u, err := s.Keep.UserByLogin(ctx, login)
	known := err == nil && !u.Disabled && u.Password != ""
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return u, err
	}
	phc := s.decoy
	if known {
		phc = u.Password
	}
	free, err := s.slot(ctx)
	if err != nil {
		return u, err
	}
	defer free()
	ok, cost, err := matches(password, phc)
	switch {
	case err != nil:
		return u, err
	case !ok || !known || len(password) > maxPassword:
		return u, ErrRefused
	case cost != s.Cost: // hashed before the cost was changed
		u.Password = hashPassword(password, s.Cost)
		return u, s.Keep.SaveUser(ctx, u)
	}
	return u, nil
}

// begin makes a session and sets its cookie. A new secret for each sign-in
// keeps a planted cookie from becoming a session.
func (s *Service) begin(w http.ResponseWriter, r *http.Request, u store.User, how string) (Identity, error) {
	now := s.Now()
	key := secret()
	sess := store.Session{Hash: hash(key), ID: shortID(), User: u.ID, Created: now, Seen: now, Expires: now.Add(s.Lasting)}
	if err := s.Keep.AddSession(r.Context(), sess); err != nil {
		return Identity{}, err
	}
	if err := s.log(r.Context(), fmt.Sprint("user:", u.ID), "session.begun", "session:"+sess.ID, map[string]string{"by": how}); err != nil {
		return Identity{}, err
	}
	s.setCookie(w, key, sess.Expires)
	return identity(u, "session", sess.ID), nil
}

// SignOut ends the session of a request.
func (s *Service) SignOut(w http.ResponseWriter, r *http.Request) error {
	who := From(r.Context())
	s.setCookie(w, "", time.Unix(0, 0))
	if who.Via != "session" {
		return nil
	}
	if err := s.Keep.EndSessions(r.Context(), who.User, who.Session, "", s.Now()); err != nil {
		return err
	}
	return s.log(r.Context(), who.Actor(), "session.ended", "session:"+who.Session, nil)
}

// CookieName of sessions. The prefix makes browsers refuse it without TLS and
// from other hosts of the domain.
func (s *Service) CookieName() string {
	if s.Secure {
		return "__Host-reportedly"
	}
	return "reportedly"
}

func (s *Service) setCookie(w http.ResponseWriter, value string, expires time.Time) {
	http.SetCookie(w, &http.Cookie{Name: s.CookieName(), Value: value, Path: "/", Expires: expires, HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode})
}

func identity(u store.User, via, session string) Identity {
	return Identity{User: u.ID, Login: u.Login, Name: u.Name, Role: Role(u.Role), Via: via, Session: session}
}

// Identify puts who is asking into the context of each request. A token or
// session that does not hold makes nobody; the route then refuses.
func (s *Service) Identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, err := s.who(r)
		if err != nil {
			http.Error(w, "the accounts cannot be read", http.StatusInternalServerError)
			return
		}
		guard.SetActor(r.Context(), who.Actor())
		next.ServeHTTP(w, r.WithContext(With(r.Context(), who)))
	})
}

func (s *Service) who(r *http.Request) (Identity, error) {
	if key := bearer(r); key != "" {
		return ignoreMissing(s.byToken(r.Context(), key))
	}
	c, err := r.Cookie(s.CookieName())
	if err != nil || c.Value == "" {
		return Identity{}, nil
	}
	return ignoreMissing(s.bySession(r.Context(), c.Value))
}

func ignoreMissing(i Identity, err error) (Identity, error) {
	if errors.Is(err, store.ErrNotFound) {
		return Identity{}, nil
	}
	return i, err
}

// bearer reads "Authorization: Bearer ..." and the "ApiKey ..." of clients
// made for yente's hosted form.
func bearer(r *http.Request) string {
	kind, key, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(kind, "bearer") || strings.EqualFold(kind, "apikey") {
		return strings.TrimSpace(key)
	}
	return ""
}

// touch is how exactly the moment of last use is known; each note is a write.
const touch = time.Minute

func (s *Service) bySession(ctx context.Context, key string) (Identity, error) {
	now := s.Now()
	sess, err := s.Keep.Session(ctx, hash(key))
	if err != nil || !sess.Ended.IsZero() || !now.Before(sess.Expires) || now.Sub(sess.Seen) > s.Idle {
		return Identity{}, err
	}
	u, err := s.Keep.User(ctx, sess.User)
	if err != nil || u.Disabled {
		return Identity{}, err
	}
	if now.Sub(sess.Seen) > touch {
		err = s.Keep.TouchSession(ctx, sess.Hash, now)
	}
	return identity(u, "session", sess.ID), err
}

func (s *Service) byToken(ctx context.Context, key string) (Identity, error) {
	now := s.Now()
	t, err := s.Keep.Token(ctx, hash(key))
	if err != nil || !t.Revoked.IsZero() || (!t.Expires.IsZero() && !now.Before(t.Expires)) {
		return Identity{}, err
	}
	u, err := s.Keep.User(ctx, t.User)
	if err != nil || u.Disabled {
		return Identity{}, err
	}
	if now.Sub(t.Used) > touch {
		err = s.Keep.TouchToken(ctx, t.Hash, now)
	}
	who := identity(u, "token", t.ID)
	if t.Scopes != nil {
		who.Scopes = []Permission{}
		for _, p := range t.Scopes {
			who.Scopes = append(who.Scopes, Permission(p))
		}
	}
	return who, err
}

// tries counts attempts by key and forgets old ones. Five at once, then one
// every ten seconds.
type tries struct {
	mu   sync.Mutex
	now  map[string]*rate.Limiter
	last map[string]*rate.Limiter // those of the period before
	turn time.Time
}

func newTries() *tries { return &tries{now: map[string]*rate.Limiter{}, turn: time.Now()} }

const (
	triesAtOnce = 5
	triesEvery  = 10 * time.Second
	triesPeriod = 10 * time.Minute
	triesMost   = 100_000 // keys of a period, so that memory is bounded
)

func (t *tries) allow(key string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if time.Since(t.turn) > triesPeriod || len(t.now) > triesMost {
		t.last, t.now, t.turn = t.now, map[string]*rate.Limiter{}, time.Now()
	}
	l := t.now[key]
	if l == nil {
		if l = t.last[key]; l == nil {
			l = rate.NewLimiter(rate.Every(triesEvery), triesAtOnce)
		}
		t.now[key] = l
	}
	return l.Allow()
}

func (t *tries) forget(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.now, key)
	delete(t.last, key)
}
