// Package frames reads what a cue takes: which words of the sentence are its
// content and who stands behind it.
//
// It takes a sentence over its tree and a cue of the lexicon, and gives words,
// not text. Where the tree misses the clause or the speaker, their place beside
// a plain verb of saying decides (aside.go). It makes no links between cues.
package frames
