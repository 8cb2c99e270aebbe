// Package claims turns an article in which parties are named into claims: who
// is said to have done what, when, where, according to whom, who denies it.
//
// It takes the article with its sentences, trees, mentions, dates, places and
// speech, and gives values of Claim, each anchored to its words. A claim needs
// a listed party in a role or, for arms and controlled goods, a territory under
// embargo. It never decides who a party is, whether something is true, or
// whether a measure was engaged; it never turns "may have" into "did".
//
//  1. Every word that can name an activity is looked up in the frames (package
//     frames). Headlines, captions and boilerplate are passed over.
//  2. Its arguments are read off the tree (package clause) and fitted to the
//     pattern's roles: type, sense guards, needs. The best pattern of a family
//     that speaks of somebody listed wins; what failed is told in the notes.
//  3. Arguments become players (through mention clusters, members of groups,
//     States), places, items with quantities, money.
//  4. The words around say how far the deed got (package stage), whether it is negated,
//     and how surely.
//  5. The speech around says who says so: the chain, the act, the certainty,
//     which only falls from outlet to origin.
//  6. The time is that of an expression which hangs on the deed, never the day
//     of publication by default; old deeds become historical.
//  7. A denial or non-confirmation without a deed of its own takes the activity
//     and parties of the claim that it answers.
//     A deed without a place of its own takes that of its trip or of the other
//     tellings of the same happening, and says so (package scene).
//  8. The same proposition by the same origin gives one claim, the fullest.
//
// Of whom a nominal speaks, package whom tells; what of an article is worth a
// tree at all, package relevance.
package claims
