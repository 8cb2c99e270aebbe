// Package warc reads web archives: WARC 0.17 to 1.1 (ISO 28500) and the older
// ARC, plain or with each record a gzip member of its own.
//
// It takes a stream and gives record by record, each with the offset at which
// it begins and that at which the next one does, so that reading can go on
// where it stopped. A damaged record is an error that names its offset; the
// reader then looks for the beginning of the next record and goes on. Header,
// and what a member may unpack to, are bounded.
//
// The package does not look into what was captured: that is for articles.
package warc
