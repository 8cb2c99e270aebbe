// Package sqlite opens the store in one SQLite file (modernc.org/sqlite, pure
// Go): it takes a path and gives the tables of package tables. One connection
// writes, several read; the journal is write-ahead, so a killed process loses
// nothing that was committed. It holds no statement: those are in tables.
package sqlite
