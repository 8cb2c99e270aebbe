// Package identity weighs who a name in a text may stand for: what a list entry
// says of its party against what the text says beside and around the name.
//
// It takes a text once (Read) and gives for each party reasons for and against
// (Text.Evidence): countries, ranks, words that the entry and the text share,
// birth years, ages, callings, companions. It compares no names and decides
// nothing; mentions adds its reasons to those of the name.
package identity
