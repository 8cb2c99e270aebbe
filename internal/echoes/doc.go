// Package echoes finds which article copied, translated or re-reported which.
//
// It takes articles one by one, in any order, and gives edges: this article
// goes back to that one, by this relation, for these reasons. Copies add reach
// to a story and never an origin, so that a dispatch printed by forty papers
// stays one source. It never says whether a story is true, and it does not
// join articles that merely tell the same happening.
//
// Shingles alone do not do: true wire reprints share about a third of their
// word triples, and a speech printed in full by two papers makes neither a
// copy of the other. So the text overlap of the narrative (quotations,
// boilerplate and first-person passages left out) is joined with what else a
// copy carries along:
//
//	Add(article):
//	 1  cut into paragraphs; drop boilerplate (boilerplate.txt)
//	 2  tokens; mark those inside quotations and first-person sentences
//	 3  print: narrative 5- and 3-shingles, names (and their consonants, for
//	    other scripts), numbers, rare words, credit lines, dateline
//	 4  candidates: articles sharing sampled shingles, or three or more names
//	    and numbers within two weeks
//	 5  each pair, earlier first: measure the likeness, decide the relation
//	Edges:
//	 6  of several possible sources of one article keep the nearest in text, and
//	    of equal ones the first; two credited sources of different root make
//	    an aggregation
package echoes
