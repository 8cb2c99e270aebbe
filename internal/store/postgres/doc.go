// Package postgres opens the store in a PostgreSQL database (jackc/pgx): it
// takes an address and gives the tables of package tables. Several processes
// may write at once; every writing transaction is serializable and is run again
// where another came between, so the result is one that some order of the
// writers would have given. It holds no statement: those are in tables.
package postgres
