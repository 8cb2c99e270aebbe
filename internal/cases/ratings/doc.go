// Package ratings holds what people judge of sources and of items: reliability
// A to F on a source, with a dated history, and credibility 1 to 6 on an item
// (the Admiralty code, NATO AJP-2.1; requirements AD-1 to AD-5).
//
// It takes the words of people and gives the grade that holds, with the reason
// where a grade asked for may not be given. It rates nothing itself, derives
// neither grade from the other, and knows no numbers: F and 6 say that nobody
// can tell, not that something is middling, so grades are codes and have no
// mean.
package ratings
