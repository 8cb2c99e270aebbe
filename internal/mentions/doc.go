// Package mentions finds where a text names listed parties, in any spelling
// and script, and weighs who each bearer is.
//
// It takes parties once (New gives an immutable Index) and a text at a time
// (Find gives mentions, clusters of mentions and ranked hypotheses, somebody
// else always among them). It fetches, stores and prints nothing, and it makes
// no claim about what anybody did.
//
// Find, in order:
//
//  1. Scan (runs): one pass over the bytes cuts runs of words that may be
//     names: capitals, words of scripts without capitals, and the particles
//     between them. A spelling is learnt once: its sound, the names it may be.
//  2. Two words of a run whose sounds stand together in a listed name, or one
//     that is a listed name by itself, give candidates, if the spellings are
//     like enough and the run holds enough of the name; so do words one slip of
//     the pen away. A text that names nobody ends here.
//  3. Verify (verify.go): each candidate is compared with the words of the run
//     in full (names.Compare); overlapping candidates are rivals of one span.
//     What a run gave is remembered.
//  4. Cluster (cluster.go): spans that may be the same party are one bearer.
//  5. Follow (follow.go): surnames, titles with surnames, short forms, roles
//     and pronouns of a bearer named in full are mentions of him.
//  6. Weigh (evidence.go): name, rarity, rank, roles, countries, companions,
//     type, words of the listing found in the text speak for or against each
//     hypothesis.
//  7. Decide (decide.go): accepted with a rare full name or with support
//     beyond the name; else undecided.
package mentions
