// Package newsdesk is where articles that are handed in get read: it holds
// the reader with the lists as they stand, makes it again when an edition has
// come, keeps what it read in the store and brings the cases up to date.
//
// It takes articles and gives what was read in them. One article is read at a
// time and cases are built once for all that came together, so that programs
// that post at once do not starve the pages. It decides nothing about cases.
package newsdesk
