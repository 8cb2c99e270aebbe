// Package speech finds who is said to say what: direct, indirect and mixed
// speech, with nested sources.
//
// It takes a document, its trees and the name of the article's outlet, and
// gives attributions in order of the text: holder, cue, content, act,
// certainty, and the attribution above each (Chain walks up). It judges nothing
// to be true, knows no listed party, and never invents a holder: what nobody is
// said to say has an empty one.
//
// How an article is read:
//
//  1. quotation pairs quotation marks paragraph by paragraph; one left open ends
//     with its paragraph.
//  2. people makes a roster of those named in full, with titles, roles and
//     countries from the words around them.
//  3. In each sentence, phrases that withhold support ("could not confirm",
//     lexicon/data/nonconfirm.tsv) are laid over the lemmas first.
//  4. Every other word that lexicon/data/cues.tsv lists is read by its frames: which
//     clause, object or phrase of the tree is content, who is its subject.
//  5. Content is widened to the quotations it stands in; quotations without a
//     cue go to who spoke before.
//  6. Links are made: whoever was told ("told Reuters") above the speaker,
//     "citing X" below, else the smallest content that holds the cue.
//  7. Pronouns, last names, roles and "the source" take over name, kind and
//     country of whom they point to.
//
// Languages other than English have no trees here and are read by the order of
// words (package surface), each from a file of its own.
//
// The children: stance (closed lists), lexicon (tables), quotation (marks),
// clause (a sentence over its tree), frames (what a cue takes), people (who is
// named), surface (other languages).
package speech
