// Package coreference finds whom a pronoun or a description speaks of, as far
// as news needs it: he, she, they, it; "the general", "the tycoon", "the
// group", "the company", "the vessel". It takes the nominals of the sentences
// before the word, each with the mention cluster or State that it names, and
// gives one of them or nobody. It reads no tree and no list, and it never
// guesses between two that are near each other.
//
//   - A pronoun takes the last subject that fits it, in its own sentence before
//     the word or in the two before; a stranger of fitting kind in between
//     closes the way (Nearest).
//   - A description takes the bearer of its kind that the text speaks of most
//     and latest, if no other comes near him (Foremost).
package coreference
