// Package moment finds when a deed was done: which time expression of a sentence
// hangs on it, by the tree. It takes a sentence with its tree and the expressions
// that prose/dates found, and gives a window or none; never the day of
// publication by default, never a day after it for what is told as past.
//
//  1. From an expression go up to its verb; a verb of saying closes the way (its
//     time is that of the saying), unless the deed is its object.
//  2. From the deed go up to that verb; a clause that is another deed closes it.
//  3. The nearest expression within six steps counts.
//  4. Where none hangs on the deed, the time of the telling bounds it.
package moment
