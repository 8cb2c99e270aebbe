// Package lists reads sanctions lists: it takes files as their publishers (or
// whoever saved them) give them, recognises each format from its content, and
// gives the parties of each snapshot as a stream, with the edition they belong
// to and findings about what was odd.
//
//	1 snapshot unpacks each file under limits and hashes it as it came
//	2 formats are asked in turn whether the head of the file is theirs
//	3 the files of an OFAC CSV set are put together: one file of names and the
//	  alternates, addresses and comments that stand in the same folder
//	4 the parser of the format gives parties; a list that is damaged is refused
//	  whole with file, line and entry (a *snapshot.Refusal)
//
// A party's ID is "LIST:REFERENCE" with the list's own most lasting reference,
// so history can follow it through renumbering. Several editions of one list
// are put together by the child package history. Nothing is fetched, stored or
// printed here.
package lists
