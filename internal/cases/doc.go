// Package cases makes case files: one listed party and one happening, with
// everything that the articles read so far report, deny, decline to confirm or
// withdraw about it, the origins behind it honestly counted, and the measure
// that was in force.
//
// Its input is claims with their articles, the copies among them, the parties,
// and a Law that answers what was in force; its output is cases that lead, line
// by line, to a span of a text. It never counts copies as sources, never says
// that anybody broke a rule, and knows neither clock nor store: the same input
// in any order gives the same bytes.
//
//	Build(Input) []Case:
//	 1  happenings.Tell and Joiner.Build: claims -> happenings, per subject
//	 2  people's merges and splits, which name claims and so survive every run
//	 3  for each happening worth a case: origins.Gatherer, elements with their
//	    levels, replies, window, conflicts, flags, gaps, the measure check
//	 4  links: possibly the same, the nearest earlier and later
//
// A subject is an accepted party, a name whose bearer is undecided (a case of
// its own, whose verdict stays open), or a State, where arms go to its
// territory and nobody listed takes part. What is only told in passing makes a
// case of Status Background, which no export of live cases holds; it joins the
// live case of the same happening if there is one, and without a source of its
// own it adds nothing there.
//
// ToSystem gives the JSON form of `cases export`, which eval/caseseval scores
// (ReadGold, ReadSystem, Score).
package cases
