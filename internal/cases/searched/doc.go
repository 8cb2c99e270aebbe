// Package searched says what was read before a case was written, so that
// nothing found is not taken for clean.
//
// It takes tallies, the articles of one outlet in one language counted, and
// gives a Coverage. It neither reads nor counts articles of a store itself, and
// it knows nothing of cases.
package searched
