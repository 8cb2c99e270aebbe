// Package auth answers who is asking and what they may do.
//
// It gives every request an Identity (From), taken from a session cookie or an
// API token, and holds each Route against the table of permissions
// (permissions.tsv), which is data. Users, sessions and tokens are kept by a
// Keeper (the store): passwords as argon2id, session and token secrets only as
// hashes. There is no default password and no hidden account: the first
// administrator is made with a token that is printed once on the terminal.
//
// The package never decides about cases and never sees texts of articles.
package auth
