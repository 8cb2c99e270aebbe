package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/store"
)

type meOut struct {
	Body struct {
		Login       string   `json:"login"`
		Name        string   `json:"name"`
		Role        string   `json:"role"`
		Via         string   `json:"via" enum:"session,token"`
		Permissions []string `json:"permissions" nullable:"false"`
	}
}

type user struct {
	ID       int64     `json:"id"`
	Login    string    `json:"login"`
	Name     string    `json:"name"`
	Role     string    `json:"role" enum:"reader,analyst,reviewer,administrator"`
	Disabled bool      `json:"disabled"`
	Created  time.Time `json:"created"`
}

func userOf(u store.User) user { return user{u.ID, u.Login, u.Name, u.Role, u.Disabled, u.Created} }

type usersOut struct {
	Body struct {
		Users []user `json:"users" nullable:"false"`
	}
}

type userOut struct{ Body user }

type newUserIn struct {
	Key  string `header:"Idempotency-Key" maxLength:"255"`
	Body struct {
		Login    string `json:"login" minLength:"1" maxLength:"100"`
		Name     string `json:"name,omitempty" maxLength:"100"`
		Role     string `json:"role" enum:"reader,analyst,reviewer,administrator"`
		Password string `json:"password,omitempty" minLength:"12" maxLength:"256" doc:"none: signs in through a provider only"`
	}
}

type changeUserIn struct {
	ID   int64 `path:"id" minimum:"1"`
	Body struct {
		Name     *string `json:"name,omitempty" maxLength:"100"`
		Role     *string `json:"role,omitempty" enum:"reader,analyst,reviewer,administrator"`
		Disabled *bool   `json:"disabled,omitempty"`
		Password *string `json:"password,omitempty" minLength:"12" maxLength:"256"`
	}
}

type auditIn struct {
	From  int64 `query:"from" minimum:"0" doc:"number of the first record"`
	Limit int   `query:"limit" default:"100" minimum:"1" maximum:"1000"`
}

type auditOut struct {
	Body struct {
		Records []json.RawMessage `json:"records" nullable:"false"`
	}
}

type proofOut struct {
	Body struct {
		Holds   bool   `json:"holds"`
		Problem string `json:"problem"`
		Records int64  `json:"records"`
		Root    string `json:"root"`
		Head    string `json:"head" doc:"keep it elsewhere; it shows later that the end was cut off"`
	}
}

func (a *API) routesOfOperations() {
	operation(a, huma.Operation{OperationID: "get-me", Method: http.MethodGet, Path: "/me", Summary: "Who is asking and what they may do", Tags: []string{"accounts"}}, auth.Read, a.me)
	operation(a, huma.Operation{OperationID: "list-users", Method: http.MethodGet, Path: "/users", Summary: "Users", Tags: []string{"accounts"}}, auth.ManageUsers, a.listUsers)
	operation(a, huma.Operation{OperationID: "add-user", Method: http.MethodPost, Path: "/users", Summary: "A new user", Tags: []string{"accounts"}, DefaultStatus: http.StatusCreated, Errors: []int{409}}, auth.ManageUsers, a.addUser)
	operation(a, huma.Operation{OperationID: "change-user", Method: http.MethodPatch, Path: "/users/{id}", Summary: "Change a user", Tags: []string{"accounts"}, Errors: []int{404}}, auth.ManageUsers, a.changeUser)
	operation(a, huma.Operation{OperationID: "list-audit", Method: http.MethodGet, Path: "/audit", Summary: "The audit log", Tags: []string{"audit"}}, auth.ReadAudit, a.listAudit)
	operation(a, huma.Operation{OperationID: "verify-audit", Method: http.MethodGet, Path: "/audit/proof", Summary: "Prove that nothing in the audit log was changed", Tags: []string{"audit"}}, auth.ReadAudit, a.proveAudit)
	operation(a, huma.Operation{OperationID: "list-hooks", Method: http.MethodGet, Path: "/webhooks", Summary: "Addresses that are told of new and changed cases", Tags: []string{"events"}}, auth.ManageWebhooks, a.listHooks)
	operation(a, huma.Operation{OperationID: "add-hook", Method: http.MethodPost, Path: "/webhooks", Summary: "Tell another address; the answer holds the secret that signs, this once", Tags: []string{"events"}, DefaultStatus: http.StatusCreated}, auth.ManageWebhooks, a.addHook)
	operation(a, huma.Operation{OperationID: "remove-hook", Method: http.MethodDelete, Path: "/webhooks/{id}", Summary: "Tell an address no more", Tags: []string{"events"}, DefaultStatus: http.StatusNoContent, Errors: []int{404}}, auth.ManageWebhooks, a.removeHook)
}

func (a *API) me(ctx context.Context, _ *none) (*meOut, error) {
	who := auth.From(ctx)
	out := &meOut{}
	out.Body.Login, out.Body.Name, out.Body.Role, out.Body.Via, out.Body.Permissions = who.Login, who.Name, string(who.Role), who.Via, []string{}
	for _, g := range auth.Grants() {
		if who.May(g.Permission) {
			out.Body.Permissions = append(out.Body.Permissions, string(g.Permission))
		}
	}
	return out, nil
}

func (a *API) listUsers(ctx context.Context, _ *none) (*usersOut, error) {
	all, err := a.o.Accounts.Users(ctx, auth.From(ctx))
	if err != nil {
		return nil, err
	}
	out := &usersOut{}
	out.Body.Users = []user{}
	for _, u := range all {
		out.Body.Users = append(out.Body.Users, userOf(u))
	}
	return out, nil
}

func (a *API) addUser(ctx context.Context, in *newUserIn) (*userOut, error) {
	u, err := a.o.Accounts.AddUser(ctx, auth.From(ctx), in.Body.Login, in.Body.Name, auth.Role(in.Body.Role), in.Body.Password)
	return &userOut{userOf(u)}, err
}

func (a *API) changeUser(ctx context.Context, in *changeUserIn) (*userOut, error) {
	ch := auth.UserChange{Name: in.Body.Name, Disabled: in.Body.Disabled, Password: in.Body.Password}
	if in.Body.Role != nil {
		r := auth.Role(*in.Body.Role)
		ch.Role = &r
	}
	u, err := a.o.Accounts.ChangeUser(ctx, auth.From(ctx), in.ID, ch)
	return &userOut{userOf(u)}, err
}

// enough ends a walk through the log.
type enough struct{}

func (enough) Error() string { return "enough" }

func (a *API) listAudit(ctx context.Context, in *auditIn) (*auditOut, error) {
	out := &auditOut{}
	out.Body.Records = []json.RawMessage{}
	err := a.o.Audit.Records(ctx, in.From, func(r audit.Record) error {
		b, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if out.Body.Records = append(out.Body.Records, b); len(out.Body.Records) == in.Limit {
			return enough{}
		}
		return nil
	})
	if isEnough(err) {
		err = nil
	}
	return out, err
}

func (a *API) proveAudit(ctx context.Context, _ *none) (*proofOut, error) {
	out := &proofOut{}
	p, err := a.o.Audit.Verify(ctx, nil)
	if t, ok := asTampered(err); ok {
		out.Body.Problem = t
		return out, nil
	}
	out.Body.Holds, out.Body.Records, out.Body.Root, out.Body.Head = true, p.Records, p.Root, p.Head
	return out, err
}
