// Package relevance tells, before any tree is grown, what of an article can hold
// a claim at all: the article (Relevant, Controlled) and its sentences (Needed).
// It takes the sentences, mentions and places of the article and gives yes or
// no; it reads no tree, and where in doubt it says yes.
package relevance
