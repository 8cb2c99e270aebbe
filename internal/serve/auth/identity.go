package auth

import (
	"context"
	"net/http"
	"slices"
	"strconv"
)

// Identity is who is asking.
type Identity struct {
	User  int64  // 0 = nobody
	Login string // sign-in name
	Name  string // as shown beside decisions
	Role  Role
	// Via tells how the request was recognised: "session", "token", "local"
	// (the command line), "" for nobody.
	Via string
	// Scopes limit a token to some permissions; nil = all of the role.
	Scopes []Permission
	// Session is the public id of the session or token, for the audit log.
	Session string
}

// Known reports whether somebody is signed in.
func (i Identity) Known() bool { return i.User != 0 }

// May reports whether the identity is allowed p by role and scopes.
func (i Identity) May(p Permission) bool {
	if !allowed(p, i.Role) {
		return false
	}
	return i.Scopes == nil || slices.Contains(i.Scopes, p) || allowed(p, "")
}

// Actor names the identity in the audit log, without personal data.
func (i Identity) Actor() string {
	switch {
	case i.Via == "token":
		return "token:" + i.Session
	case i.Via == "local":
		return "cli"
	case i.User != 0:
		return "user:" + strconv.FormatInt(i.User, 10)
	}
	return "nobody"
}

type identityKey struct{}

// With gives a context that carries an identity.
func With(ctx context.Context, i Identity) context.Context {
	return context.WithValue(ctx, identityKey{}, i)
}

// From gives who is asking; the zero Identity is nobody.
func From(ctx context.Context) Identity {
	i, _ := ctx.Value(identityKey{}).(Identity)
	return i
}

// Route is one door of the service with what it takes to go through.
type Route struct {
	Pattern string // as of http.ServeMux: "GET /cases/{id}"
	Needs   Permission
	Handler http.Handler
	// MaxBody bounds the body in bytes; 0 = the server's usual limit.
	MaxBody int64
	// Long has no limit on the time of an answer: event streams, downloads,
	// uploads that are worked on while they come.
	Long bool
}

// Part is a share of the service with routes of its own: pages, API, ...
type Part interface {
	Routes() []Route
}

// Require lets a request through to h where its identity may p. Others are
// told by refuse: 401 where nobody is signed in, 403 where the role or the
// scope of the token does not reach.
func Require(p Permission, h http.Handler, refuse func(w http.ResponseWriter, r *http.Request, status int)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch who := From(r.Context()); {
		case who.May(p):
			h.ServeHTTP(w, r)
		case !who.Known():
			refuse(w, r, http.StatusUnauthorized)
		default:
			refuse(w, r, http.StatusForbidden)
		}
	})
}
