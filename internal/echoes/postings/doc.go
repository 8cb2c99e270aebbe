// Package postings is a compact table from hashes to the documents that have
// them. It takes pairs of a 64-bit key and a document number and gives the
// documents of a key, in order of entry. It never forgets single entries; a key
// with more documents than the limit is common, and has none from then on.
//
// A key costs about twelve bytes, each further document four: a million news
// articles with a hundred keys each fit in about a gigabyte. Forty bits of a key are
// kept, so one lookup in twenty thousand meets a stranger at that size; whoever
// asks verifies what is found.
package postings
