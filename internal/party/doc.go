// Package party is the vocabulary of lists: a party, its names, what
// identifies it, and the designations under which it is listed.
//
// It gives shapes only. Parsers in lists/ fill them, names and screening read
// them, measures judges by them, store keeps them. It never parses, compares
// or fetches.
package party
