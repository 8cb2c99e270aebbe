// Package bearers settles who is meant where one article alone leaves it open
// but the article it goes back to does not.
//
// It takes claims, what was read of names, and the copies among articles; it
// gives the claims with the bearers it could settle, and for each the article
// that settled it. It opens no identity that a reader of names accepted or
// rejected, and it never looks at an article that has nothing to do with the
// one in question: a namesake in another paper of the same day stays what he
// was.
//
//	Settle, for each bearer left open in an article A:
//	 1  follow the edges from A to what it goes back to, nearest first; copies of
//	    a text and own updates are followed both ways: one text has one bearer,
//	    and a later version of a story may name its man better
//	 2  the first of them in which a party P is accepted whose name the bearer in
//	    A may have settles it: same story, same man
//	 3  without an edge: another story of the same outlet within sevenDays that
//	    writes the name alike and describes its bearer alike
//	 4  not so where A itself speaks against P (age, calling, a longer name), or
//	    another listed party fits nearly as well, or two parties come back
package bearers
