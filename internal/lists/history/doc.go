// Package history puts the editions of one list together: which entry stood on
// it from when to when, what it said on a day, and what truly changed between
// two editions.
//
// It takes parties as the parsers give them, with their editions, in any order
// of arrival, and always gives the same answer for the same editions. It keeps
// each distinct version of an entry once. It never reads files, and it never
// forgets: an entry that a later edition lacks keeps its past.
//
//	1 an edition is placed by its day, then by its moment, then by its hash
//	2 an entry is the same in two editions when its ID is (the list's reference,
//	  not a record number), whatever else changed
//	3 what an entry says is parted into aspects (names, addresses, notes ...).
//	  An edition in which no entry carries an aspect says nothing about it:
//	  a new element in the schema, or a set that came without its addresses,
//	  changes nobody
//	4 an edition that holds only part of the list (see partial.go, or told by
//	  the caller) shows who stood on it, never who did not
//	5 a period runs from the listing date, or from the first edition that held
//	  the designation where an earlier one had shown it absent, to the last
//	  edition that held it; it was gone by the first full edition without it
//	6 a listing date well before a full edition that lacks the entry opens a
//	  period of its own, seen on that one day and gone by that edition: IRi.040
//	  was listed in 2008, is not on the list of 2017 and is again on that of 2025
//	7 two clocks: AsOf asks for a day of the world, KnownAt for what the
//	  editions had told us by then
package history
