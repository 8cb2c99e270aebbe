package auth_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/store/sqlite"
	"github.com/reportedly/reportedly/internal/store/tables"
)

var ctx = context.Background()

const (
	good  = "correct horse battery"
	other = "another long pass-phrase"
)

// desk is a service over a real store with a clock that tests turn.
type desk struct {
	*auth.Service
	st  *tables.DB
	log *audit.Log
	now time.Time
}

func open(t testing.TB) *desk {
	t.Helper()
	st, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "s.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	d := &desk{st: st, now: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return d.now }
	d.log = audit.New(st, nil, clock)
	d.Service = auth.New(auth.Options{Keep: st, Audit: d.log, Now: clock, Secure: true, Cost: auth.Cost{Time: 1, MemoryKB: 8, Threads: 1}})
	return d
}

// setup makes the first administrator and gives the cookie of the session.
func (d *desk) setup(t testing.TB) (auth.Identity, *http.Cookie) {
	t.Helper()
	w := httptest.NewRecorder()
	who, err := d.Setup(w, httptest.NewRequest("POST", "/", nil), d.SetupToken(), "Anna", "Anna A.", good)
	if err != nil {
		t.Fatal(err)
	}
	return who, cookie(t, w)
}

func cookie(t testing.TB, w *httptest.ResponseRecorder) *http.Cookie {
	t.Helper()
	cs := w.Result().Cookies()
	if len(cs) != 1 {
		t.Fatalf("%d cookies", len(cs))
	}
	return cs[0]
}

// sees gives the identity that a request has.
func (d *desk) sees(t testing.TB, change func(*http.Request)) auth.Identity {
	t.Helper()
	var got auth.Identity
	h := d.Identify(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = auth.From(r.Context()) }))
	r := httptest.NewRequest("GET", "/", nil)
	change(r)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return got
}

func with(c *http.Cookie) func(*http.Request) {
	return func(r *http.Request) { r.AddCookie(c) }
}

func withToken(key string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+key) }
}

func TestSetupWorksOnce(t *testing.T) {
	d := open(t)
	if fresh, err := d.NeedsSetup(ctx); !fresh || err != nil {
		t.Fatal(fresh, err)
	}
	w := httptest.NewRecorder()
	if _, err := d.Setup(w, httptest.NewRequest("POST", "/", nil), "guess", "eve", "", good); !errors.Is(err, auth.ErrSetup) {
		t.Errorf("a wrong token: %v", err)
	}
	who, c := d.setup(t)
	if who.Role != auth.Administrator || who.Login != "anna" {
		t.Errorf("%+v", who)
	}
	if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || !strings.HasPrefix(c.Name, "__Host-") {
		t.Errorf("cookie is not guarded: %+v", c)
	}
	if got := d.sees(t, with(c)); got.User != who.User || got.Via != "session" {
		t.Errorf("not signed in: %+v", got)
	}
	if _, err := d.Setup(w, httptest.NewRequest("POST", "/", nil), d.SetupToken(), "eve", "", good); !errors.Is(err, auth.ErrSetup) {
		t.Errorf("a second set-up: %v", err)
	}
}

func TestSetupIsLimited(t *testing.T) {
	d := open(t)
	var err error
	for range 7 {
		_, err = d.Setup(httptest.NewRecorder(), httptest.NewRequest("POST", "/", nil), "guess", "eve", "", good)
	}
	if !errors.Is(err, auth.ErrTooMany) {
		t.Errorf("guessing goes on: %v", err)
	}
}

func TestSignIn(t *testing.T) {
	d := open(t)
	d.setup(t)
	post := func() *http.Request { return httptest.NewRequest("POST", "/", nil) }
	if _, err := d.SignIn(httptest.NewRecorder(), post(), "ANNA ", good); err != nil {
		t.Errorf("%v", err)
	}
	for login, pw := range map[string]string{"anna": other, "nobody": good} {
		if _, err := d.SignIn(httptest.NewRecorder(), post(), login, pw); !errors.Is(err, auth.ErrRefused) {
			t.Errorf("%s: %v", login, err)
		}
	}
	var err error
	for range 8 {
		_, err = d.SignIn(httptest.NewRecorder(), post(), "anna", other)
	}
	if !errors.Is(err, auth.ErrTooMany) {
		t.Errorf("guessing goes on: %v", err)
	}
	if _, err := d.SignIn(httptest.NewRecorder(), post(), "anna", good); !errors.Is(err, auth.ErrTooMany) {
		t.Errorf("the limit lets the right one through: %v", err)
	}
}

func TestSessionsEnd(t *testing.T) {
	d := open(t)
	admin, c := d.setup(t)
	known := func() bool { return d.sees(t, with(c)).Known() }
	d.now = d.now.Add(11 * time.Hour)
	if !known() {
		t.Error("ended while in use")
	}
	d.now = d.now.Add(13 * time.Hour)
	if known() {
		t.Error("an idle session lives on")
	}
	signIn := func() *http.Cookie {
		w := httptest.NewRecorder()
		if _, err := d.SignIn(w, httptest.NewRequest("POST", "/", nil), "anna", good); err != nil {
			t.Fatal(err)
		}
		return cookie(t, w)
	}
	c = signIn()
	for range 20 {
		d.now = d.now.Add(10 * time.Hour)
		d.sees(t, with(c))
	}
	if known() {
		t.Error("a session lasts for ever")
	}
	c = signIn()
	first := d.sees(t, with(c))
	c2 := signIn()
	if err := d.ChangePassword(ctx, d.sees(t, with(c2)), good, other); err != nil {
		t.Fatal(err)
	}
	if known() || !d.sees(t, with(c2)).Known() {
		t.Error("a new password must end the other sessions and only those")
	}
	if err := d.EndSession(ctx, first, first.Session); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/", nil)
	if err := d.SignOut(httptest.NewRecorder(), r.WithContext(auth.With(ctx, d.sees(t, with(c2))))); err != nil {
		t.Fatal(err)
	}
	if d.sees(t, with(c2)).Known() {
		t.Error("signed out and still in")
	}
	_ = admin
}

func TestTokens(t *testing.T) {
	d := open(t)
	admin, c := d.setup(t)
	u, err := d.AddUser(ctx, admin, "ben", "Ben", auth.Analyst, other)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	ben, err := d.SignIn(w, httptest.NewRequest("POST", "/", nil), "ben", other)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.NewToken(ctx, ben, "x", []auth.Permission{auth.ManageUsers}, 0); !errors.Is(err, auth.ErrDenied) {
		t.Errorf("a scope beyond the role: %v", err)
	}
	key, tok, err := d.NewToken(ctx, ben, "import", []auth.Permission{auth.Read}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	got := d.sees(t, withToken(key))
	if !got.May(auth.Read) || got.May(auth.Decide) || got.May(auth.Self) || got.Actor() != "token:"+tok.ID {
		t.Errorf("%+v", got)
	}
	if _, _, err := d.NewToken(ctx, got, "more", nil, 0); !errors.Is(err, auth.ErrDenied) {
		t.Errorf("a token made a token: %v", err)
	}
	if err := d.RevokeToken(ctx, admin, tok.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("somebody else's token: %v", err)
	}
	d.now = d.now.Add(2 * time.Hour)
	if d.sees(t, withToken(key)).Known() {
		t.Error("an expired token")
	}
	key, tok, err = d.NewToken(ctx, ben, "all", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	reader := auth.Reader
	if _, err := d.ChangeUser(ctx, admin, u.ID, auth.UserChange{Role: &reader}); err != nil {
		t.Fatal(err)
	}
	if d.sees(t, withToken(key)).May(auth.Decide) {
		t.Error("a token keeps a role that its user lost")
	}
	if err := d.RevokeToken(ctx, ben, tok.ID); err != nil {
		t.Fatal(err)
	}
	if d.sees(t, withToken(key)).Known() || d.sees(t, withToken("rpt_guess")).Known() {
		t.Error("a revoked or invented token")
	}
	// A token that does not hold is not helped by a cookie beside it.
	if d.sees(t, func(r *http.Request) { with(c)(r); withToken("rpt_guess")(r) }).Known() {
		t.Error("the cookie stood in for the token")
	}
}

func TestAdministration(t *testing.T) {
	d := open(t)
	admin, _ := d.setup(t)
	ben, err := d.AddUser(ctx, admin, "ben", "", auth.Reviewer, other)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	who, err := d.SignIn(w, httptest.NewRequest("POST", "/", nil), "ben", other)
	if err != nil {
		t.Fatal(err)
	}
	c := cookie(t, w)
	role, yes, no := auth.Administrator, true, false
	if _, err := d.ChangeUser(ctx, who, ben.ID, auth.UserChange{Role: &role}); !errors.Is(err, auth.ErrDenied) {
		t.Errorf("a reviewer promoted himself: %v", err)
	}
	if _, err := d.AddUser(ctx, who, "eve", "", auth.Administrator, other); !errors.Is(err, auth.ErrDenied) {
		t.Errorf("a reviewer made an administrator: %v", err)
	}
	if _, err := d.AddUser(ctx, admin, "BEN", "", auth.Reader, other); !errors.Is(err, store.ErrTaken) {
		t.Errorf("two users with one name: %v", err)
	}
	for _, pw := range []string{"short", strings.Repeat("ab", 20), "xx-carla-carla-xx", strings.Repeat("long ", 100)} {
		if _, err := d.AddUser(ctx, admin, "carla", "", auth.Reader, pw); !errors.Is(err, auth.ErrWeak) {
			t.Errorf("%q: %v", pw, err)
		}
	}
	if _, err := d.ChangeUser(ctx, admin, admin.User, auth.UserChange{Disabled: &yes}); !errors.Is(err, auth.ErrLastAdministrator) {
		t.Errorf("locked out: %v", err)
	}
	if _, err := d.ChangeUser(ctx, admin, ben.ID, auth.UserChange{Disabled: &yes}); err != nil {
		t.Fatal(err)
	}
	if d.sees(t, with(c)).Known() {
		t.Error("a disabled user is still in")
	}
	if _, err := d.ChangeUser(ctx, admin, ben.ID, auth.UserChange{Disabled: &no}); err != nil {
		t.Fatal(err)
	}
	if d.sees(t, with(c)).Known() {
		t.Error("the session came back")
	}
	if p, err := d.log.Verify(ctx, nil); err != nil || p.Records < 4 {
		t.Errorf("%+v %v", p, err)
	}
}

// Secrets are nowhere in the store.
func TestSecretsAreHashed(t *testing.T) {
	d := open(t)
	who, c := d.setup(t)
	key, _, err := d.NewToken(ctx, who, "x", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	u, err := d.st.UserByLogin(ctx, "anna")
	if err != nil || !strings.HasPrefix(u.Password, "$argon2id$v=19$") {
		t.Fatal(u.Password, err)
	}
	sessions, _ := d.st.Sessions(ctx, who.User, d.now)
	tokens, _ := d.st.Tokens(ctx, who.User)
	for _, kept := range []string{sessions[0].Hash, sessions[0].ID, tokens[0].Hash, tokens[0].ID, u.Password} {
		for _, s := range []string{key, c.Value, good} {
			if strings.Contains(kept, s) {
				t.Errorf("%q is kept as it is", s)
			}
		}
	}
}

// The table says what each role may; a change of it must be meant.
func TestPermissions(t *testing.T) {
	least := map[auth.Permission]string{
		auth.Public: "anyone", auth.Self: "reader", auth.Read: "reader", auth.Metrics: "reader",
		auth.Screen: "analyst", auth.Annotate: "analyst", auth.Decide: "analyst", auth.Export: "analyst",
		auth.AddArticles: "analyst", auth.UpdateLists: "analyst", auth.ManageFeeds: "analyst",
		auth.Sign: "reviewer", auth.ReadAudit: "reviewer",
		auth.ManageWebhooks: "administrator", auth.ManageUsers: "administrator", auth.Operate: "administrator",
		"invented": "",
	}
	if n := len(auth.Grants()); n != len(least)-1 {
		t.Errorf("%d permissions in the table, %d in the test", n, len(least)-1)
	}
	for p, first := range least {
		reached := first == "anyone"
		if (auth.Identity{}).May(p) != reached {
			t.Errorf("nobody may %s: %v", p, !reached)
		}
		for _, r := range auth.Roles {
			reached = reached || string(r) == first
			if (auth.Identity{User: 1, Role: r}).May(p) != reached {
				t.Errorf("%s may %s: want %v", r, p, reached)
			}
		}
	}
}
