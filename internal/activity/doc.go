// Package activity is the vocabulary of deeds and duties: the closed list of
// 55 activities, the closed list of kinds of measure, and which activity can
// engage which kind.
//
// Both lists are data (activities.csv, kinds.csv) and versioned. An activity
// is what is reported to have happened, never a legal conclusion; whether a
// measure was in force is for package measures to say.
package activity
