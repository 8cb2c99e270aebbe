// Package feed reads what outlets publish about their own news: feeds (RSS,
// RDF, Atom, JSON Feed) and sitemaps (plain, news, index).
//
// It takes a whole document as bytes and gives one shape for each kind, or an
// error that names the line. Parsing feeds is gofeed's, behind limits on size,
// depth and number of items, since feeds come from strangers; sitemaps are
// read here. Relative addresses are resolved against the document's own.
//
// The package never fetches, and never decides which item is new.
package feed
