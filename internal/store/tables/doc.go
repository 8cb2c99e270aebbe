// Package tables keeps the store in relational tables: the statements and the
// migrations that every engine shares. It takes a pool of connections and what
// is particular to an engine (Engine), and gives a DB that implements
// store.Store. It opens no connection: that is what its callers sqlite and
// postgres are for.
//
// SQL is kept to what SQLite and PostgreSQL both run: $1 parameters, ON
// CONFLICT, RETURNING, no rowid, no engine's own functions. Migrations are
// written once, in SQLite's types, and translated (see migrations.go); one that
// only one engine needs bears its name: 2026..._search.sqlite.sql. Texts compare
// by bytes in both engines, so that lists come in the same order.
//
// Nothing is deleted; rows are added and closed.
package tables
