// Package screening answers one question: is this name, with what else is
// known of its bearer, that of a listed party?
//
// It takes parties and gives an immutable Index; a Query gives ranked Hits,
// each with a score that is the sum of named parts. It reads no text, keeps no
// decisions and never says that a bearer is the party: a partial name alone
// stays under the threshold, whatever else fits.
//
// Find, in order:
//
//  1. The query's words give keys (names.Word.Key, its other readings, and the
//     key with one consonant left out); each key names listed names.
//  2. Names are ranked by the rarity of the keys they share with the query; the
//     best are compared in full (names.Compare).
//  3. A party's best name counts. Type, birth date, country, sex and document
//     then add or take: agreement lifts a score a little, contradiction pulls
//     it down much, a contradicted type excludes.
//  4. Ties are ordered by evidence, then by the party's ID.
package screening
