// Package screeningeval measures how many listed parties screening finds under
// names that other lists give them, at a given share of false alerts.
//
// It takes an index, queries (query, reference, kind) and names of people who
// are on no list, and gives the keys that DESIGN.md section 5 names. The
// thresholds for 1 % and 0.1 % false alerts are read off the negatives.
package screeningeval
