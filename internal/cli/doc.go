// Package cli is the command line: one file a command, each turning flags into
// a call of a lower room and the answer into text or JSON. It is the only
// package that prints. It decides nothing about parties, claims or cases.
//
// Exit status: 0 done, 1 failed (also where some input was lost), 2 wrong
// usage.
package cli
