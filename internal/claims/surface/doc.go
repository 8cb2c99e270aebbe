// Package surface reads deeds in languages that have no dependency trees here,
// by the order of words: who is named before or behind a word that tells of a
// deed, with nothing between them but what may stand there.
//
// It takes sentences with the mentions, dates, places and attributions found
// in them and gives deeds that point back at those by index; package claims
// makes claims of them. A language is a folder of lang/ (words.tsv, deeds.tsv,
// answers.tsv); the code knows none. It says nothing where the order of words
// leaves a doubt, never takes the owner of a name's neighbour for the doer
// ("the general's lawyer arrived"), and never decides who anybody is.
//
//  1. Each place of a sentence is tried with the triggers of the language; the
//     longest wins. Questions and clauses behind "if" are passed over.
//  2. The party is sought in the order that the row asks for (subject, object,
//     with, of). Every word between it and the trigger must be known to leave
//     the deed as it is, or to tell how far it got (negation, plan, mood).
//  3. Places stand behind a preposition of the language, up to the next mark.
//  4. The time is a date in the same clause, else one that opens the sentence.
//  5. The narrowest attribution whose content holds the trigger says so.
//  6. Refusals and denials take holder and matter, and answer a deed told
//     before them.
package surface
