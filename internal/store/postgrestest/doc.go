// Package postgrestest starts a real PostgreSQL server for tests, in a folder
// of its own, and gives fresh databases on it. It takes the programs initdb and
// postgres from the PATH or from where Debian's packages put them, and says so
// where there are none. It never touches a server that it did not start.
package postgrestest
