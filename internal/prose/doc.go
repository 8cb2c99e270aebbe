// Package prose turns the text of an article into paragraphs, sentences and
// tokens, all with their places in the text.
//
//  1. Lines are paragraphs; lines broken for their width alone are healed.
//  2. A paragraph is cut at white space, and each piece from left to right:
//     addresses whole; words with their clitics, numbers, abbreviations and
//     prefixes as the English Web Treebank cuts them (do|n't, Brandt|'s,
//     15|-|year, non-state); marks by themselves. Missing spaces after marks
//     ("left.The", place,”so) are cut too. Scripts without spaces are cut
//     letter by letter.
//  3. A dateline at the head of a paragraph is a sentence of its own.
//  4. A stop, question or exclamation mark with the quotation marks and
//     brackets that belong to it ends a sentence, unless it shortens a word,
//     the sentence goes on in lower case, or a speaker follows its quotation.
//  5. Lines that are no running text (headings, captions, bullets, teasers,
//     credits) are kept and named by kind, by patterns of data/kinds.tsv.
//
// Every byte that is not white space is in one token, and each token is the
// text of its span. Word lists are in data/*.tsv, by language.
//
// Its children read further: syntax (tags and trees), dates, places, speech.
// It does not know who is listed, mends no spelling and makes no claims.
package prose
