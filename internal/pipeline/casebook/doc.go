// Package casebook keeps the copies and cases of a store current by what is
// new: an article that came, one that changed, a word that a person said.
//
// It takes a store that notes in the transaction of each change what has to be
// made again (store.Growth), and a Basis: the parties, the outlets and the law.
// It gives the changes of cases. What it builds part by part is byte for byte
// what package cases builds from everything at once; only the number of the run
// differs. It decides nothing about claims, and knows no network and no clock.
//
//	Keeper.Bring:
//	 1  Finder: each article not yet looked at is printed and compared (echoes);
//	    likenesses are kept, and for the articles whose likenesses changed, the
//	    sources they go back to are chosen again
//	 2  subjects of articles around a changed edge, and of claims that a new
//	    record names, are marked stale beside those that the store marked
//	 3  Groups parts what is stale; Build makes the cases of one part
//
// Build reads what the cases of some subjects rest on, and no more:
//
//	subjects -> the open bearers that may be these parties -> the other parties
//	those may be, and the open bearers that may be those
//	         -> all articles with claims about any of these
//	         -> articles that name one of them within a week of an open bearer
//	         -> what those articles go back to, their other versions, and
//	            copies in which no claim was read
//	         -> subjects of claims that a person named together with theirs
//
// Nothing is held between calls but the index of copies, which is made from the
// prints of the store when first needed and brought up to date with what other
// processes added. A kill at any moment loses nothing: the lists of work are
// shortened in the transaction that keeps the work.
package casebook
