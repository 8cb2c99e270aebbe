// Package parseeval measures sentence and token splitting, tagging,
// lemmatisation and parsing against a CoNLL-U file.
//
// It takes a reader of CoNLL-U and a parser, and gives the figures of the
// CoNLL 2018 shared task in percent: with gold tokens, and from raw text by
// aligning words by their places. As in that scorer all words count,
// punctuation too, and a relation is right when its universal part is
// ("nmod:poss" as "nmod"); las_subtypes asks for the whole label. It prints
// nothing and reads no files.
package parseeval
