// Package watch keeps cases current: it follows feeds, sitemaps and folders,
// fetches what is new there, has it read, and brings the cases up to date.
//
// It takes a store with the addresses that are followed, a way to fetch pages
// (fetch.Pages) and a way to get a reader for the lists of the moment. A cycle:
//
//  1. each address that is due is looked at, with the validators of the last
//     look; what is new there becomes an open item of the store, in the
//     transaction that also keeps the new validators;
//  2. each open item that is due is fetched and read; article, capture and
//     reading are kept, then the item is closed. A failure that may pass is
//     tried again with growing pauses; then what the feed itself says is read;
//  3. if something was read, the cases that it touches are built (pipeline.Builder).
//
// Nothing but the index of copies is held in memory between cycles, so that a kill at any moment loses
// nothing: an item that was kept but not closed is read again into the same
// article, whose id is made of the item's key. A key is an address without
// what counts visits, or the identifier that a feed gives, so that an item
// that several feeds carry is read once.
//
// The service and the command run it with Run. Health tells how each address
// fares, for pages and metrics; Take reads a posted stream. The package prints
// nothing and decides nothing about claims.
package watch
