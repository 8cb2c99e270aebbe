// Package fulltext finds entities by the words in their names and other values,
// for the /search route.
//
// It takes parties and gives an immutable Index; a Query, read from a part of
// Lucene's syntax, gives entities ranked by the rarity of the words they share
// with it, words in names counting thrice. It knows nothing of the likeness of
// names: screening does.
package fulltext
