// Package lexicon holds the tables of English speech: cues, phrases that
// withhold support, heads of holders, countries, names of bodies that speak.
//
// The tables are the files of data/, each with its form in its head; the
// package reads and checks them and looks words up. It reads no text.
package lexicon
