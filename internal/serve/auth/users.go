package auth

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/store"
)

// ErrDenied is returned where the one who asks may not do that.
var ErrDenied = errors.New("you may not do that")

// maxName bounds sign-in names and names, in bytes.
const maxName = 100

// AddUser makes a user. An empty password makes one who signs in only through
// an OpenID provider.
func (s *Service) AddUser(ctx context.Context, by Identity, login, name string, role Role, password string) (store.User, error) {
	if !by.May(ManageUsers) {
		return store.User{}, ErrDenied
	}
	return s.addUser(ctx, by.Actor(), login, name, role, password, false)
}

func (s *Service) addUser(ctx context.Context, actor, login, name string, role Role, password string, onlyFirst bool) (store.User, error) {
	login, name = strings.ToLower(strings.TrimSpace(login)), strings.TrimSpace(name)
	if login == "" || len(login) > maxName || len(name) > maxName || strings.ContainsAny(login, " \t\r\n") {
		return store.User{}, fmt.Errorf("%w: a sign-in name has 1 to %d bytes and no spaces", ErrInvalid, maxName)
	}
	if _, err := ParseRole(string(role)); err != nil {
		return store.User{}, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	if name == "" {
		name = login
	}
	u := store.User{Login: login, Name: name, Role: string(role), Created: s.Now()}
	if err := s.setPassword(ctx, &u, password, !onlyFirst); err != nil {
		return u, err
	}
	var err error
	if u.ID, err = s.Keep.AddUser(ctx, u, onlyFirst); err != nil {
		return u, err
	}
	return u, s.log(ctx, actor, "user.added", fmt.Sprint("user:", u.ID), map[string]string{"role": string(role)})
}

// ErrInvalid is returned for input that cannot be taken; it says why.
var ErrInvalid = errors.New("not accepted")

// setPassword hashes a password into u; none is allowed where mayLack.
func (s *Service) setPassword(ctx context.Context, u *store.User, password string, mayLack bool) error {
	if password == "" && mayLack {
		return nil
	}
	if err := checkPassword(password, u.Login); err != nil {
		return err
	}
	free, err := s.slot(ctx)
	if err != nil {
		return err
	}
	defer free()
	u.Password = hashPassword(password, s.Cost)
	return nil
}

// Users lists all users.
func (s *Service) Users(ctx context.Context, by Identity) ([]store.User, error) {
	if !by.May(ManageUsers) {
		return nil, ErrDenied
	}
	return s.Keep.Users(ctx)
}

// UserChange is what an administrator may change; nil leaves a field.
type UserChange struct {
	Name     *string
	Role     *Role
	Disabled *bool
	Password *string // a new one; all sessions of the user end
}

// ChangeUser changes a user. The last administrator who can sign in stays one.
func (s *Service) ChangeUser(ctx context.Context, by Identity, id int64, ch UserChange) (store.User, error) {
	if !by.May(ManageUsers) {
		return store.User{}, ErrDenied
	}
	u, err := s.Keep.User(ctx, id)
	if err != nil {
		return u, err
	}
	detail := map[string]string{}
	if ch.Name != nil && strings.TrimSpace(*ch.Name) != "" && len(*ch.Name) <= maxName {
		u.Name = strings.TrimSpace(*ch.Name)
		detail["name"] = "changed"
	}
	if ch.Role != nil {
		if _, err := ParseRole(string(*ch.Role)); err != nil {
			return u, fmt.Errorf("%w: %w", ErrInvalid, err)
		}
		detail["role"] = u.Role + " to " + string(*ch.Role)
		u.Role = string(*ch.Role)
	}
	if ch.Disabled != nil {
		u.Disabled = *ch.Disabled
		detail["disabled"] = fmt.Sprint(u.Disabled)
	}
	if ch.Password != nil {
		if err := s.setPassword(ctx, &u, *ch.Password, false); err != nil {
			return u, err
		}
		detail["password"] = "changed"
	}
	if err := s.keepsAdministrator(ctx, u); err != nil {
		return u, err
	}
	if err := s.Keep.SaveUser(ctx, u); err != nil {
		return u, err
	}
	if u.Disabled || ch.Password != nil {
		if err := s.Keep.EndSessions(ctx, id, "", "", s.Now()); err != nil {
			return u, err
		}
	}
	return u, s.log(ctx, by.Actor(), "user.changed", fmt.Sprint("user:", id), detail)
}

func (s *Service) keepsAdministrator(ctx context.Context, changed store.User) error {
	users, err := s.Keep.Users(ctx)
	if err != nil {
		return err
	}
	for _, u := range users {
		if u.ID == changed.ID {
			u = changed
		}
		if !u.Disabled && u.Role == string(Administrator) {
			return nil
		}
	}
	return ErrLastAdministrator
}

// ChangePassword lets people change their own; other sessions end.
func (s *Service) ChangePassword(ctx context.Context, who Identity, old, password string) error {
	if who.Via != "session" {
		return ErrDenied
	}
	if !s.tries.allow("login " + who.Login) {
		return ErrTooMany
	}
	u, err := s.check(ctx, who.Login, old)
	if err != nil {
		return err
	}
	if err := s.setPassword(ctx, &u, password, false); err != nil {
		return err
	}
	if err := s.Keep.SaveUser(ctx, u); err != nil {
		return err
	}
	if err := s.Keep.EndSessions(ctx, u.ID, "", who.Session, s.Now()); err != nil {
		return err
	}
	return s.log(ctx, who.Actor(), "password.changed", fmt.Sprint("user:", u.ID), nil)
}

// Sessions lists the open sessions of who asks.
func (s *Service) Sessions(ctx context.Context, who Identity) ([]store.Session, error) {
	return s.Keep.Sessions(ctx, who.User, s.Now())
}

// EndSession ends another session of who asks.
func (s *Service) EndSession(ctx context.Context, who Identity, id string) error {
	if id == "" {
		return store.ErrNotFound
	}
	if err := s.Keep.EndSessions(ctx, who.User, id, "", s.Now()); err != nil {
		return err
	}
	return s.log(ctx, who.Actor(), "session.ended", "session:"+id, nil)
}

// Tokens lists the tokens of who asks.
func (s *Service) Tokens(ctx context.Context, who Identity) ([]store.Token, error) {
	return s.Keep.Tokens(ctx, who.User)
}

// NewToken makes a token for a program and gives its secret, which is shown
// this once. Its scopes must lie within what who may; nil means all of the
// role, as it is at each use. A token can make no other tokens, or it would
// outlive its own end.
func (s *Service) NewToken(ctx context.Context, who Identity, label string, scopes []Permission, lasts time.Duration) (key string, t store.Token, err error) {
	if who.Via == "token" || !who.Known() {
		return "", t, ErrDenied
	}
	label = strings.TrimSpace(label)
	if label == "" || len(label) > maxName {
		return "", t, fmt.Errorf("%w: a token needs a label of at most %d bytes", ErrInvalid, maxName)
	}
	for _, p := range scopes {
		if !who.May(p) {
			return "", t, fmt.Errorf("%w: scope %q is beyond your role", ErrDenied, p)
		}
	}
	key = "rpt_" + secret()
	t = store.Token{Hash: hash(key), ID: shortID(), User: who.User, Label: label, Created: s.Now()}
	if scopes != nil {
		t.Scopes = []string{}
		for _, p := range slices.Compact(slices.Sorted(slices.Values(scopes))) {
			t.Scopes = append(t.Scopes, string(p))
		}
	}
	if lasts > 0 {
		t.Expires = t.Created.Add(lasts)
	}
	if err := s.Keep.AddToken(ctx, t); err != nil {
		return "", t, err
	}
	return key, t, s.log(ctx, who.Actor(), "token.added", "token:"+t.ID, map[string]string{"scopes": strings.Join(t.Scopes, " ")})
}

// RevokeToken ends a token of who asks.
func (s *Service) RevokeToken(ctx context.Context, who Identity, id string) error {
	if err := s.Keep.RevokeToken(ctx, who.User, id, s.Now()); err != nil {
		return err
	}
	return s.log(ctx, who.Actor(), "token.revoked", "token:"+id, nil)
}

// Local is the identity of somebody at the machine itself, who can read and
// write the store's file anyway: the command line.
func Local() Identity {
	return Identity{Login: "cli", Name: "command line", Role: Administrator, Via: "local"}
}

// TokenFor makes a token for another user from the command line.
func (s *Service) TokenFor(ctx context.Context, by Identity, login, label string, scopes []Permission, lasts time.Duration) (string, store.Token, error) {
	if by.Via != "local" {
		return "", store.Token{}, ErrDenied
	}
	u, err := s.Keep.UserByLogin(ctx, login)
	if err != nil {
		return "", store.Token{}, err
	}
	return s.NewToken(ctx, identity(u, "local", ""), label, scopes, lasts)
}
