// Package uk reads the lists of the United Kingdom: OFSI's consolidated list
// of financial sanctions targets (ConList CSV, one row per name per regime)
// and the UK Sanctions List of the FCDO, as XML and CSV in the form published
// and as relational tables.
//
// A ConList entry is identified by its Group ID ("uk-ofsi:9062"), an entry of
// the UK Sanctions List by its Unique ID ("uk-sanctions:INU0398"); both carry
// the UN reference and the other list's number as cross-references. Rows of
// one entry need not stand together in the ConList, so it is read whole.
package uk
