// Package articles turns bytes (text, HTML, JSON lines, feeds, web archives,
// mail messages; plain or compressed) into story.Article, one shape for any
// story.
//
// It takes a name and a stream and recognises the format from the content:
//
//  1. peel compression (gzip, zstd) with a limit on what may come out; an
//     archive keeps its members, read one by one (package warc);
//  2. look at the first bytes: an object a line is JSONL, a tag soup HTML, a
//     root of RSS or Atom a feed (package feed), header fields a message; bytes
//     that are no text are refused, all else is plain text;
//  3. decode to UTF-8 (byte-order mark, declared charset, else recognised);
//  4. hand each article on with its capture: the bytes as they came, hashed.
//
// Bad input is a finding with file and place, and costs only that item. The
// package never fetches, never stores, and never guesses a publication date
// that neither the file nor the caller states.
package articles
