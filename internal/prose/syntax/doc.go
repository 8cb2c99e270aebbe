// Package syntax turns the tokens of an English sentence into words with part
// of speech, lemma and features, and a dependency tree over them (Universal
// Dependencies 2, as in the English Web Treebank).
//
//  1. A token becomes the number of its word (lower case, digits alike) and
//     hashed numbers of its endings, beginnings and shape (features.go).
//  2. The network (package network) reads the sentence in both directions and
//     scores, for each word, its tags and every other word as its head.
//  3. UPOS, Penn tag and features are chosen together, among the triples met
//     in training.
//  4. The heads are the best tree with one root: the best head of each word,
//     and where these make a ring or several roots, the algorithm of Chu, Liu
//     and Edmonds (arborescence.go). Crossing arcs are allowed.
//  5. The relation of each arc is the best for its two ends.
//  6. The lemma comes from a table of forms and rules for endings, by Penn tag
//     (lemma.go).
//
// Trees answer questions: who does what to whom, denied or not, in which
// tense, with which preposition (queries.go, verbgroup.go).
//
// The model is trained by data/syntax, whose README is its card. The same
// sentence gives the same tree on every machine. The package reads no text
// itself, mends no tree by rule, and knows no names.
package syntax
