// Package surface reads reported speech in languages without trees here, by
// the order of words: holder, cue, "that", what is said.
//
// A language is a file of lang/; the code knows none. It takes a document and
// its quotations and gives at least holder and content of a sentence; nesting
// beyond "citing X" is not its matter.
package surface
