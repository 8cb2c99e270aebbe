// Package claimseval scores claims read by the program against gold claims,
// with the same figures as the reference scorer shared/eval/score_claims.py.
//
// It takes gold and system articles, one JSON object a line (see
// shared/data/claims/README.md), and gives a Result: precision, recall, F1, the
// share of extra claims, and over the matched pairs how often each field was
// right. FromClaims writes the program's own claims in the same form. It runs
// no reader itself and knows no list.
//
// How a pair is made:
//
//  1. A system claim may match a gold one when the family of the activity is
//     the same, the evidence overlaps, one party is the same, and both or
//     neither are denials or non-confirmations.
//  2. All such pairs are ranked by overlap, plus 1000 for the same code, 500
//     for the same act, 300 for the same origin; ties fall to the later claim.
//  3. The ranked pairs are taken one to one.
//  4. Every field of a taken pair is checked; a field the gold leaves empty is
//     not counted where the reference does not count it.
package claimseval
