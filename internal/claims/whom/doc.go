// Package whom tells of whom a nominal of an article speaks: of a listed party
// by its name, title, members or a pronoun, of a State by its name, capital,
// people or organ, or of nobody known. It takes the article as the rooms below
// have read it, with the trees of its sentences, and answers by token. Package
// coreference holds the walk back over the text; nothing here knows an
// activity or makes a claim.
package whom
