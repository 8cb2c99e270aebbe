// Package copieseval measures how well copies are told from retellings: pairs
// labelled by a reader (near-duplicates), and articles clustered by happening
// (giveme5w1h). It reads plain files and gives figures with every miss named.
package copieseval
