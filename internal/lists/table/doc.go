// Package table reads lists that are one table with a header: CSV or
// tab-separated, one row an entry. What each column means is a mapping, a TOML
// file: those of known publishers are embedded, a user can give one for any
// other file.
//
// Rows is the reader beneath, for formats whose rows are not entries (UK
// ConList, DFAT): it decodes windows-1252 where a row is not UTF-8, bounds the
// length of a row and refuses a table whose rows do not fit its header.
package table
