// Package origins counts who stands behind a happening (domain/model.md 4.1
// and 4.2): origins, their independence in three values, denials and other
// replies, and what was withdrawn.
//
// It takes the claims of one happening and where each article has its story
// from; it gives origins with their chains, edges between them with the outcome
// of the four tests, and counts as intervals. It never says who is right, and
// where in doubt it counts fewer.
//
//	Gather, sources before copies, attributed claims before the outlet's own words:
//	 1  the voice at the end of the chain; the outlet that prints it is no link
//	 2  no origin: an official who relies on the press, the party's own side
//	    conceding, one whose own side cannot confirm in the same article
//	 3  the same holder: by name; unnamed ones by descriptor within one outlet;
//	    in one text also "the official", "one of them", and the man of the lead
//	    who is named further down
//	 4  in a copy or re-report, what is not named otherwise is the source's origin
//	 5  the outlet's own words are no origin beside those it quotes for them
//	Retract: what its outlet has taken back counts no more, with all that others
//	    have from it
//	Edges, each pair: 1 one hand? 2 does one cite the other? 3 one deeper source?
//	    4 a sign of separate access?  Any of 1-3 failed: dependent. All met:
//	    independent. Else undetermined.
//	CountOf: Max = parts when dependent pairs are merged, Min = parts when
//	    undetermined ones are merged too
package origins
