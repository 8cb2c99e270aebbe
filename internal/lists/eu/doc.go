// Package eu reads the European Union's consolidated list of financial
// sanctions: FSF XML 1.1, FSF CSV 1.0, the XML of before 2017, and two
// simplified JSON forms that third parties made of it.
//
// An entry is identified by its logical id in all of them
// ("eu-fsf:178649"); the EU reference number and the UN's are
// cross-references. The list is about freezing of assets; entries that are
// under a travel ban alone do not stand on it. The annexes of the regulations
// with their measures come from the Official Journal (package table).
package eu
