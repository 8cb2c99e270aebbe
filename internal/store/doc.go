// Package store is the contract of what is kept: editions of lists, articles
// with their captures, readings of articles, copies, and cases.
//
// Nothing is deleted. A row that is replaced is closed with the moment it
// stopped being what the program knew, so that "what did we know on day K"
// can be asked (two clocks, domain/model.md 4.4). Engines live in children
// (sqlite); storetest is the suite that every engine must pass. The package
// never computes anything about what it keeps.
package store
