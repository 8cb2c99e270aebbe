package auth

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/reportedly/reportedly/internal/store"
)

// Provider is an OpenID provider that people may sign in through.
type Provider struct {
	Issuer, ClientID, Secret string
	BaseURL                  string // of this service, as browsers know it
	// Role is given to people whom only the provider knows; "" = they are
	// refused, unless an administrator made a user with their e-mail address.
	Role Role
	// Client asks the provider; nil = the usual one.
	Client *http.Client
}

// Paths of the sign-in through a provider.
const (
	OIDCStart    = "/auth/oidc"
	OIDCCallback = "/auth/oidc/callback"
)

// OIDC signs people in through a provider, by the authorisation code flow with
// PKCE, state and nonce. It implements Part.
type OIDC struct {
	s *Service
	p Provider

	mu      sync.Mutex
	found   *oidc.Provider // asked for at the first sign-in: the provider may be down when we start
	pending map[string]pending
}

// pending is a sign-in that went to the provider.
type pending struct {
	nonce, verifier, browser string
	began                    time.Time
}

const (
	pendingFor  = 10 * time.Minute
	pendingMost = 10_000
	oidcTime    = 15 * time.Second
)

// NewOIDC makes the sign-in through a provider.
func (s *Service) NewOIDC(p Provider) (*OIDC, error) {
	if p.ClientID == "" || p.BaseURL == "" {
		return nil, errors.New("auth: a provider needs client_id and base_url")
	}
	if p.Role != "" {
		if _, err := ParseRole(string(p.Role)); err != nil {
			return nil, err
		}
		if p.Role == Administrator {
			return nil, errors.New("auth: a provider may not make administrators; change the role of the user instead")
		}
	}
	if p.Client == nil {
		p.Client = &http.Client{Timeout: oidcTime}
	}
	return &OIDC{s: s, p: p, pending: map[string]pending{}}, nil
}

// Routes implements Part.
func (o *OIDC) Routes() []Route {
	return []Route{
		{Pattern: "GET " + OIDCStart, Needs: Public, Handler: http.HandlerFunc(o.start)},
		{Pattern: "GET " + OIDCCallback, Needs: Public, Handler: http.HandlerFunc(o.callback)},
	}
}

func (o *OIDC) provider(ctx context.Context) (*oidc.Provider, *oauth2.Config, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.found == nil {
		p, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), o.p.Client), o.p.Issuer)
		if err != nil {
			return nil, nil, fmt.Errorf("auth: provider: %w", err)
		}
		o.found = p
	}
	return o.found, &oauth2.Config{ClientID: o.p.ClientID, ClientSecret: o.p.Secret, Endpoint: o.found.Endpoint(),
		RedirectURL: strings.TrimSuffix(o.p.BaseURL, "/") + OIDCCallback, Scopes: []string{oidc.ScopeOpenID, "profile", "email"}}, nil
}

func (o *OIDC) cookie() string { return o.s.CookieName() + "-oidc" }

func (o *OIDC) start(w http.ResponseWriter, r *http.Request) {
	if !o.s.tries.allow("oidc " + client(r)) {
		http.Error(w, ErrTooMany.Error(), http.StatusTooManyRequests)
		return
	}
	_, conf, err := o.provider(r.Context())
	if err != nil {
		http.Error(w, "the provider cannot be reached", http.StatusBadGateway)
		return
	}
	state, browser := secret(), secret()
	p := pending{nonce: secret(), verifier: oauth2.GenerateVerifier(), browser: hash(browser), began: o.s.Now()}
	o.remember(state, p)
	http.SetCookie(w, &http.Cookie{Name: o.cookie(), Value: browser, Path: "/", MaxAge: int(pendingFor.Seconds()), HttpOnly: true, Secure: o.s.Secure, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, conf.AuthCodeURL(state, oidc.Nonce(p.nonce), oauth2.S256ChallengeOption(p.verifier)), http.StatusSeeOther)
}

func (o *OIDC) remember(state string, p pending) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for k, old := range o.pending {
		if p.began.Sub(old.began) > pendingFor || len(o.pending) >= pendingMost {
			delete(o.pending, k)
		}
	}
	o.pending[state] = p
}

// take gives a sign-in that is under way, once, to the browser that began it.
func (o *OIDC) take(r *http.Request) (pending, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	state := r.URL.Query().Get("state")
	p, ok := o.pending[state]
	delete(o.pending, state)
	c, err := r.Cookie(o.cookie())
	if err != nil || !ok || o.s.Now().Sub(p.began) > pendingFor {
		return p, false
	}
	return p, subtle.ConstantTimeCompare([]byte(hash(c.Value)), []byte(p.browser)) == 1
}

func (o *OIDC) callback(w http.ResponseWriter, r *http.Request) {
	p, ok := o.take(r)
	if !ok {
		http.Error(w, "this sign-in was not begun here, or too long ago; begin again", http.StatusBadRequest)
		return
	}
	u, err := o.who(r.Context(), r.URL.Query().Get("code"), p)
	switch {
	case errors.Is(err, ErrRefused):
		if lerr := o.s.log(r.Context(), "nobody", "session.refused", "", map[string]string{"by": "oidc"}); lerr != nil {
			http.Error(w, "the audit log cannot be written", http.StatusInternalServerError)
			return
		}
		http.Error(w, "the provider knows you, but nobody has let you in here; ask an administrator", http.StatusForbidden)
		return
	case err != nil:
		http.Error(w, "the provider's answer does not hold", http.StatusBadGateway)
		return
	}
	if _, err := o.s.begin(w, r, u, "oidc"); err != nil {
		http.Error(w, "the session could not be begun", http.StatusInternalServerError)
		return
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// claims of an ID token that we use.
type claims struct {
	Email    string `json:"email"`
	Verified bool   `json:"email_verified"`
	Name     string `json:"name"`
}

// who exchanges the code, proves the ID token and finds the user.
func (o *OIDC) who(ctx context.Context, code string, p pending) (store.User, error) {
	prov, conf, err := o.provider(ctx)
	if err != nil {
		return store.User{}, err
	}
	ctx = oidc.ClientContext(ctx, o.p.Client)
	tok, err := conf.Exchange(ctx, code, oauth2.VerifierOption(p.verifier))
	if err != nil {
		return store.User{}, fmt.Errorf("auth: provider: %w", err)
	}
	raw, _ := tok.Extra("id_token").(string)
	id, err := prov.Verifier(&oidc.Config{ClientID: o.p.ClientID, Now: o.s.Now}).Verify(ctx, raw)
	if err != nil {
		return store.User{}, fmt.Errorf("auth: provider: %w", err)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(p.nonce)) != 1 {
		return store.User{}, errors.New("auth: provider: the token is for another sign-in")
	}
	var c claims
	if err := id.Claims(&c); err != nil {
		return store.User{}, fmt.Errorf("auth: provider: %w", err)
	}
	return o.user(ctx, id.Issuer+" "+id.Subject, c)
}

// user finds who has the subject; else the user whose sign-in name is the
// verified address; else makes one, where the provider may.
func (o *OIDC) user(ctx context.Context, subject string, c claims) (store.User, error) {
	u, err := o.s.Keep.UserBySubject(ctx, subject)
	if err == nil && u.Disabled {
		return u, ErrRefused
	}
	if err == nil || !errors.Is(err, store.ErrNotFound) {
		return u, err
	}
	if !c.Verified || c.Email == "" {
		return u, ErrRefused
	}
	u, err = o.s.Keep.UserByLogin(ctx, c.Email)
	switch {
	case err == nil && (u.Disabled || u.Subject != ""):
		return u, ErrRefused
	case err == nil:
		u.Subject = subject
		if err := o.s.Keep.SaveUser(ctx, u); err != nil {
			return u, err
		}
		return u, o.s.log(ctx, fmt.Sprint("user:", u.ID), "user.linked", fmt.Sprint("user:", u.ID), map[string]string{"by": "oidc"})
	case !errors.Is(err, store.ErrNotFound) || o.p.Role == "":
		if errors.Is(err, store.ErrNotFound) {
			err = ErrRefused
		}
		return u, err
	}
	if u, err = o.s.addUser(ctx, "oidc", c.Email, c.Name, o.p.Role, "", false); err != nil {
		return u, err
	}
	u.Subject = subject
	return u, o.s.Keep.SaveUser(ctx, u)
}
