// Package links finds the same party on several lists, as evidence with
// reasons and rivals. It never links by name alone.
//
// It takes parties of any lists and gives links between parties of different
// lists. It decides nothing about mentions in news, and a link is no merger:
// each list keeps its own entry.
//
//	1 index every party by the references it quotes or is quoted by, by its
//	  documents (passport, IMO, LEI ...), wallets, and by each of its names,
//	  folded: letters only, no diacritics, words sorted
//	2 two parties of different lists that share a key are candidates; a name
//	  that more than a hundred parties share makes none
//	3 for each pair add up the evidence for (reference quoted 5, document 4,
//	  wallet 4, birth day 2, birth year 1, day of listing 1, country 0.5, a
//	  name 1) and against (births years apart -1 or -4, another UN reference
//	  -5, gender -3, nationalities all different -1); a number that one list
//	  gives to several entries counts 1
//	4 same: 3 and more, with something besides the name; probable: 2 and more;
//	  possible: the rest, shown only as rivals
//	5 within one list a party has one counterpart: where two compete, the
//	  weaker link names the stronger as the reason why it yields
package links
