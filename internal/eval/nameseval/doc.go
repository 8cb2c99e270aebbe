// Package nameseval measures how well package names tells names of one party
// from names of two, on labelled pairs.
//
// It takes the CSV of data/names_bench (schema, name1, name2, is_match,
// quality) and gives the keys that DESIGN.md section 5 names. It never tunes
// anything and prints nothing.
package nameseval
