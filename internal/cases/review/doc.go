// Package review holds the words of people on cases: what they join, part,
// drop, identify, grade, answer, decide and sign, and how it is taken back.
//
// It takes records and gives what holds now. A record is never changed and
// never removed: an undo is a further record, and an undo of an undo brings
// the first back. Records name claims, not cases, so that they survive every
// re-run of the machine, and win over it.
//
// The package judges nothing itself. It only refuses records that say nothing
// (no author, no reason, a word outside a closed list) and a few that the
// guidance forbids: a case closed as supported without an alternative
// explanation considered (ICD 203, IC-4), a signature under one's own decision,
// a likelihood and a confidence in one term (IC-3).
package review
