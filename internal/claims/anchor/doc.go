// Package anchor says which words of a sentence tell which deed.
//
// It takes a sentence, its clauses and the triggers of the deeds found in it,
// and gives each its own part of the sentence. It finds no deeds and never cuts
// within a word.
package anchor
