// Package clause reads the arguments and the factuality of one word off a
// dependency tree: who does it, to whom, with which prepositions, and whether
// the words around it make it done, planned, tried, denied or only possible.
// It names arguments by paths (subj, obj, by, poss, mod, gsubj, self and the
// prepositions) so that frames need not know trees; it knows no activity, no
// party and no text beyond the tree.
//
// For a word w:
//
//  1. A verb's subject and object, turned round in the passive.
//  2. A missing subject is found by control (xcomp), from the clause above
//     (advcl, conj), or from the noun that the clause describes (acl).
//  3. A relative pronoun stands for the noun it describes.
//  4. A noun borrows the arguments of a light verb over it ("paid a visit to")
//     and, as gsubj, the subject of its clause ("on a visit to").
//  5. Conjuncts count like the first of them.
//  6. From w up to the root each governor and auxiliary adds to the
//     factuality; see Factuality.
package clause
