// Package audit is the log of what people and programs did with an
// installation: decisions, exports, sign-ins, changes of users and lists.
//
// It takes Entry values and gives numbered Records. Two structures prove that
// nothing was changed afterwards: each record holds the hash of the one before
// (so that an export can be checked with any SHA-256 tool), and all records are
// the leaves of the Merkle tree of RFC 6962 (golang.org/x/mod/sumdb/tlog, the
// tree of Go's own checksum database), whose root is signed as a head. A head
// that was kept elsewhere shows the loss of the log's end, which neither
// structure can show alone.
//
// Entries name people by their user id and things by their reference; they
// never hold texts of articles, names of listed parties or passwords. Records
// are kept by a Keeper (the store); the package never deletes or rewrites one.
package audit
