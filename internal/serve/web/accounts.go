package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/store"
)

// gatePage is the sign-in or the first set-up.
type gatePage struct {
	Back, Token, Login, Name string
	Problem                  string
	Setup                    bool // nobody can sign in yet
}

// told are errors of accounts that people are told of as they are.
func told(err error) (string, bool) {
	for _, known := range []error{auth.ErrRefused, auth.ErrTooMany, auth.ErrSetup, auth.ErrWeak, auth.ErrLastAdministrator, auth.ErrDenied, auth.ErrInvalid, store.ErrTaken} {
		if errors.Is(err, known) {
			return err.Error(), true
		}
	}
	return "", false
}

// refused turns an error of accounts into a page.
func refused(err error) error {
	if text, ok := told(err); ok {
		return wrong(text)
	}
	return err
}

func (p *Pages) login(w http.ResponseWriter, r *http.Request) (string, page, error) {
	fresh, err := p.o.Accounts.NeedsSetup(r.Context())
	if err != nil {
		return "", page{}, err
	}
	if auth.From(r.Context()).Known() {
		http.Redirect(w, r, back(r), http.StatusSeeOther)
		return "", page{}, nil
	}
	return "login", page{Title: "Sign in", Section: "gate", Body: gatePage{Back: r.FormValue("back"), Setup: fresh}}, nil
}

func (p *Pages) signIn(w http.ResponseWriter, r *http.Request) (string, page, error) {
	b := gatePage{Back: r.PostFormValue("back"), Login: clip(r.PostFormValue("login"), 100)}
	_, err := p.o.Accounts.SignIn(w, r, b.Login, r.PostFormValue("password"))
	if err == nil {
		http.Redirect(w, r, back(r), http.StatusSeeOther)
		return "", page{}, nil
	}
	var ok bool
	if b.Problem, ok = told(err); !ok {
		return "", page{}, err
	}
	return "login", page{Title: "Sign in", Section: "gate", Status: http.StatusUnauthorized, Body: b}, nil
}

func (p *Pages) signOut(w http.ResponseWriter, r *http.Request) (string, page, error) {
	if err := p.o.Accounts.SignOut(w, r); err != nil {
		return "", page{}, err
	}
	http.Redirect(w, r, "/login", http.StatusSeeOther)
	return "", page{}, nil
}

func (p *Pages) setup(w http.ResponseWriter, r *http.Request) (string, page, error) {
	fresh, err := p.o.Accounts.NeedsSetup(r.Context())
	if err != nil {
		return "", page{}, err
	}
	if !fresh {
		http.Redirect(w, r, "/login", http.StatusSeeOther)
		return "", page{}, nil
	}
	return "setup", page{Title: "First set-up", Section: "gate", Body: gatePage{Token: clip(r.FormValue("token"), 200), Setup: true}}, nil
}

func (p *Pages) makeFirst(w http.ResponseWriter, r *http.Request) (string, page, error) {
	b := gatePage{Token: clip(r.PostFormValue("token"), 200), Login: clip(r.PostFormValue("login"), 100), Name: clip(r.PostFormValue("name"), 100), Setup: true}
	_, err := p.o.Accounts.Setup(w, r, b.Token, b.Login, b.Name, r.PostFormValue("password"))
	if err == nil {
		return done(w, r, "/", "You are the administrator of this installation.")
	}
	var ok bool
	if b.Problem, ok = told(err); !ok {
		return "", page{}, err
	}
	return "setup", page{Title: "First set-up", Section: "gate", Status: http.StatusBadRequest, Body: b}, nil
}

// accountPage is one's own profile.
type accountPage struct {
	Sessions []store.Session
	Tokens   []store.Token
	Key      string // of a token just made, shown this once
	Scopes   []auth.Grant
}

func (p *Pages) account(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	return p.accountWith(r, "")
}

func (p *Pages) accountWith(r *http.Request, key string) (string, page, error) {
	ctx, who := r.Context(), auth.From(r.Context())
	b := accountPage{Key: key}
	var err error
	if b.Sessions, err = p.o.Accounts.Sessions(ctx, who); err != nil {
		return "", page{}, err
	}
	if b.Tokens, err = p.o.Accounts.Tokens(ctx, who); err != nil {
		return "", page{}, err
	}
	for _, g := range auth.Grants() {
		if who.May(g.Permission) && g.Permission != auth.Public && g.Permission != auth.Self {
			b.Scopes = append(b.Scopes, g)
		}
	}
	return "account", page{Title: "Account", Section: "account", Body: b}, nil
}

func (p *Pages) changePassword(w http.ResponseWriter, r *http.Request) (string, page, error) {
	if err := p.o.Accounts.ChangePassword(r.Context(), auth.From(r.Context()), r.PostFormValue("old"), r.PostFormValue("new")); err != nil {
		return "", page{}, refused(err)
	}
	return done(w, r, "/account", "Your password was changed; your other sessions ended.")
}

func (p *Pages) endSession(w http.ResponseWriter, r *http.Request) (string, page, error) {
	if err := p.o.Accounts.EndSession(r.Context(), auth.From(r.Context()), r.PathValue("id")); err != nil {
		return "", page{}, refused(err)
	}
	return done(w, r, "/account", "The session ended.")
}

// tokenLasts are the days that a new token may last.
const tokenLasts = 3660

func (p *Pages) newToken(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	days, _ := strconv.Atoi(r.PostFormValue("days"))
	scopes := []auth.Permission{}
	for _, s := range r.PostForm["scope"] {
		scopes = append(scopes, auth.Permission(s))
	}
	if len(scopes) == 0 {
		return "", page{}, wrong("choose what the token may do")
	}
	key, _, err := p.o.Accounts.NewToken(r.Context(), auth.From(r.Context()), r.PostFormValue("label"), scopes, time.Duration(max(0, min(days, tokenLasts)))*24*time.Hour)
	if err != nil {
		return "", page{}, refused(err)
	}
	return p.accountWith(r, key) // not a redirect: the key is shown this once and kept nowhere
}

func (p *Pages) revokeToken(w http.ResponseWriter, r *http.Request) (string, page, error) {
	if err := p.o.Accounts.RevokeToken(r.Context(), auth.From(r.Context()), r.PathValue("id")); err != nil {
		return "", page{}, refused(err)
	}
	return done(w, r, "/account", "The token was revoked.")
}

func (p *Pages) users(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	all, err := p.o.Accounts.Users(r.Context(), auth.From(r.Context()))
	if err != nil {
		return "", page{}, refused(err)
	}
	return "users", page{Title: "Users", Section: "users", Body: struct {
		Users []store.User
		Roles []auth.Role
	}{all, auth.Roles[:]}}, nil
}

func (p *Pages) addUser(w http.ResponseWriter, r *http.Request) (string, page, error) {
	u, err := p.o.Accounts.AddUser(r.Context(), auth.From(r.Context()), r.PostFormValue("login"), r.PostFormValue("name"), auth.Role(r.PostFormValue("role")), r.PostFormValue("password"))
	if err != nil {
		return "", page{}, refused(err)
	}
	return done(w, r, "/users", u.Name+" can sign in as “"+u.Login+"”.")
}

func (p *Pages) changeUser(w http.ResponseWriter, r *http.Request) (string, page, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return "", page{}, wrong("a user is named by a number")
	}
	role, off := auth.Role(r.PostFormValue("role")), r.PostFormValue("disabled") != ""
	ch := auth.UserChange{Role: &role, Disabled: &off}
	if pw := r.PostFormValue("password"); pw != "" {
		ch.Password = &pw
	}
	u, err := p.o.Accounts.ChangeUser(r.Context(), auth.From(r.Context()), id, ch)
	if err != nil {
		return "", page{}, refused(err)
	}
	return done(w, r, "/users", u.Name+" was changed.")
}

// auditShown bounds what a page of the log lists.
const auditShown = 100

type auditPage struct {
	Records      []audit.Record // the newest first
	Find         string
	Older        string
	Proved       string
	ProvedFailed bool
}

// auditLog shows the log, the newest first, and on demand proves it whole.
func (p *Pages) auditLog(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	ctx, v := r.Context(), r.URL.Query()
	b := auditPage{Find: clip(v.Get("q"), 100)}
	before, err := strconv.ParseInt(v.Get("before"), 10, 64)
	if err != nil {
		before = -1
	}
	ring, n := make([]audit.Record, auditShown), 0
	err = p.o.AuditLog.Records(ctx, 0, func(rec audit.Record) error {
		if (before < 0 || rec.Number < before) && (b.Find == "" || b.Find == rec.Action || b.Find == rec.Actor || b.Find == rec.Object) {
			ring[n%auditShown] = rec
			n++
		}
		return ctx.Err()
	})
	if err != nil {
		return "", page{}, err
	}
	for i := range min(n, auditShown) {
		b.Records = append(b.Records, ring[(n-1-i)%auditShown])
	}
	if n > auditShown {
		b.Older = "?" + url.Values{"q": {b.Find}, "before": {fmt.Sprint(b.Records[auditShown-1].Number)}}.Encode()
	}
	if v.Has("verify") {
		b.Proved, b.ProvedFailed = p.prove(ctx)
	}
	return "audit", page{Title: "Audit log", Section: "audit", Body: b}, nil
}

// prove tells in words whether the log is as it was written.
func (p *Pages) prove(ctx context.Context) (text string, failed bool) {
	proof, err := p.o.AuditLog.Verify(ctx, nil)
	var broken *audit.Tampered
	switch {
	case errors.As(err, &broken):
		return broken.Error(), true
	case err != nil:
		return "the log could not be read: " + err.Error(), true
	}
	return fmt.Sprintf("%d records, each holding the hash of the one before, all in the Merkle tree whose heads were kept day by day.", proof.Records), false
}
