package auth

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

// Role of a user. Each may do what the ones before it may.
type Role string

// Roles.
const (
	Reader        Role = "reader"
	Analyst       Role = "analyst"
	Reviewer      Role = "reviewer"
	Administrator Role = "administrator"
)

// Roles in order of what they may do.
var Roles = [...]Role{Reader, Analyst, Reviewer, Administrator}

// ParseRole reads a role.
func ParseRole(s string) (Role, error) {
	if i := slices.Index(Roles[:], Role(s)); i >= 0 {
		return Roles[i], nil
	}
	return "", fmt.Errorf("auth: %q is none of the roles %v", s, Roles)
}

// Permission is a kind of request; permissions.tsv says who may make it.
type Permission string

// Permissions.
const (
	Public         Permission = "public"
	Self           Permission = "self"
	Read           Permission = "read"
	Screen         Permission = "screen"
	Annotate       Permission = "annotate"
	Decide         Permission = "decide"
	Sign           Permission = "sign"
	Export         Permission = "export"
	AddArticles    Permission = "articles.add"
	UpdateLists    Permission = "lists.update"
	ManageFeeds    Permission = "feeds.manage"
	ReadAudit      Permission = "audit.read"
	Metrics        Permission = "metrics"
	ManageWebhooks Permission = "webhooks.manage"
	ManageUsers    Permission = "users.manage"
	Operate        Permission = "operate"
)

//go:embed permissions.tsv
var permissionsTSV string

// Grant is one line of the table of permissions.
type Grant struct {
	Permission Permission
	Least      string // a Role, "anyone" or "member"
	What       string
}

const (
	anyone = "anyone"
	member = "member"
)

var grants = mustParse(permissionsTSV)

// Grants gives the table of permissions.
func Grants() []Grant { return slices.Clone(grants) }

func mustParse(text string) []Grant {
	g, err := parseGrants(text)
	if err != nil {
		panic(err) // the table is compiled in and tested
	}
	return g
}

func parseGrants(text string) ([]Grant, error) {
	var out []Grant
	for i, line := range strings.Split(text, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("auth: permissions.tsv:%d: %d fields, want 3", i+1, len(f))
		}
		if _, err := ParseRole(f[1]); err != nil && f[1] != anyone && f[1] != member {
			return nil, fmt.Errorf("auth: permissions.tsv:%d: %w", i+1, err)
		}
		out = append(out, Grant{Permission(f[0]), f[1], f[2]})
	}
	return out, nil
}

// allowed reports whether the table allows p to a role; "" is nobody signed in.
// A permission that is not in the table is allowed to nobody.
func allowed(p Permission, r Role) bool {
	i := slices.IndexFunc(grants, func(g Grant) bool { return g.Permission == p })
	if i < 0 {
		return false
	}
	switch least := grants[i].Least; least {
	case anyone:
		return true
	case member:
		return slices.Contains(Roles[:], r)
	default:
		return r != "" && slices.Index(Roles[:], r) >= slices.Index(Roles[:], Role(least))
	}
}
