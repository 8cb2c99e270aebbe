// Package ofac reads the lists of the US Treasury's Office of Foreign Assets
// Control: the SDN list and the consolidated non-SDN list, as CSV sets
// (names, alternates, addresses, comments), classic XML and ENHANCED XML.
//
// An entry is identified by its ent_num (uid, entity id), which all formats
// share, so that editions of different formats are editions of one list:
// "us-ofac-sdn:10481". Each programme gives a designation of its own, because
// programmes are added and removed one by one.
//
// The CSV puts facts into a column of remarks; features.csv tells which words
// start which fact, for the remarks as for the idList of the classic XML.
// Remarks that it does not know are kept as notes.
package ofac
