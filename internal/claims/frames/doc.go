// Package frames holds the activity frames as readable data: for each code of
// the closed list the verbs and nouns that can name the deed, which argument of
// the tree fills which role, what must be there, and what rules the sense out.
// It turns the files under data/LANGUAGE into values and checks them; it reads
// no text and knows no tree. A language is a folder.
//
// The form of a frame file, one statement a line, # starts a comment:
//
//	frame TRV-ENTRY
//	pattern travel                      a name, for --explain
//	  verb fly travel go                triggers by lemma; "set+up" wants the particle,
//	  noun visit trip                   "take/part" the object, "hunger_strike" the word before
//	  voice passive                     only in this voice
//	  traveller! subj,poss person       role, ! = needed; paths, first that fits; type
//	  to! to,into place
//	  need supplier|recipient           one of these must be filled
//	  if obj @arms                      the argument must be of the class,
//	  if with family,friends            or one of these lemmas
//	  unless obj deadline,demand        rules the pattern out
//	  unless obj =listed                the same by type; * is anything
//	  set aspect=attempted polarity=-   what the words say by themselves
//	  yes "Varga flew to Zubrovka."     an example, run as a test: must give the frame
//	  no "The shares flew to new highs."
//
// Paths: subj, obj, iobj, by (agent of a passive), poss, mod (word before a
// noun), being (who is said to be what the noun names), subjposs and subjlinked (whose the subject is, who stands in a
// participle on it), objmod and subjmod (names and adjectives before them), gsubj (subject of the clause a noun stands in), self, comp (a
// governed verb), objposs and ofposs (whose the
// object is), ofobl (whose what
// hangs on the verb by a preposition is), ofmod (words before the noun behind of), aim (whom a purpose clause serves), linked (whom a participle
// ties the deed to), along (object of a clause
// beside), carried (what is in what the verb is done to), neg (a negation), compsubj (subject of a governed clause), case (the preposition before a noun), pred (what a
// noun is the subject of), gov (the word over a noun), and any preposition. Types: person, party, state, listed, place (a name or a facility), toponym, money, any, or
// @CLASS for goods of that class.
//
// lexicon.txt holds the classes of goods and things, verbs.txt the light verbs
// and those that change how far a deed got, territories.tsv the territories
// under embargo.
package frames
