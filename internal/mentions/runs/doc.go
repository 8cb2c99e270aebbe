// Package runs cuts a text into runs of words that may be names, in one pass
// over its bytes, and gives each word the hash of its sound.
//
// It takes a Lexicon (which words stand in any listed name) and a text; a run
// without a known word is never given out, so a text that names nobody costs
// little. Tables of hashes that listed names are found by stand here too. It
// does not know whose names they are and compares none.
//
// Walk, in order:
//
//  1. Words that begin with a small letter outside a run are stepped over.
//  2. A word with a capital, or of a script without capitals, opens a run or
//     goes on with it where nothing but a blank, a line break, a hyphen or the
//     dot of an abbreviation stands between; particles go on with a run.
//  3. The word is folded to Latin letters and its sound hashed; case endings,
//     joined prefixes and the plural s are taken off where that makes it known.
//  4. A run ends at other marks; a possessive is marked (People's Army, Lund's yacht).
package runs
