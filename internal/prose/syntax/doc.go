// Package syntax turns the tokens of an English sentence into words with part
// of speech, lemma and features, and a dependency tree over them (Universal
// Dependencies 2).
package syntax
