// Package sqlite keeps the store in one SQLite file (modernc.org/sqlite, pure
// Go). One connection writes, several read; the journal is write-ahead, so a
// killed process loses nothing that was committed. Migrations run on opening.
package sqlite
