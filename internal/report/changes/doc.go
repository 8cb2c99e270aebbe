// Package changes tells what differs between two states of a case, and what
// rests on a report that was withdrawn or corrected, and which words of people
// concern a case.
//
// It takes cases and gives words and lists; it decides nothing. Where the states
// come from, a day or a reviewer's last look, is the business of whoever asks.
package changes
