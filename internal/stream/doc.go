// Package stream spreads the work of pipeline over processes and machines, by
// NATS JetStream.
//
// It takes articles that are kept in a store which all share, and gives
// readings and cases in that store. The streams hold to-do lists, never the
// record: a message names an article, its text is in the store, and whatever a
// broker loses is published again from the store (Conductor).
//
//	articles  one message an article: read it by lists at least this new
//	archives  one message a part of a web archive: read it and keep its articles
//	cases     one subject a partition of parties: judge what is due there
//	aside     what could not be done, with its error, until somebody replays it
//
// Delivery is at least once and in any order; the effect is that of one
// undisturbed process. A message is known by article, text and lists, so that
// the broker drops copies of it; a reading is kept only if text and lists are
// still the newest (store.Work.Settle), together with what it leaves to judge;
// the builder of a partition proves in each transaction that nobody has taken
// its place (store.Fence). No clock decides anything but when to try again.
//
// Readers holds the matcher of one version of the lists. Whoever meets a newer
// version loads it first; each article is read by one version as a whole.
//
// The package prints nothing and knows no flags; the server itself is in
// broker, because it weighs eleven megabytes that a client does not need.
package stream
