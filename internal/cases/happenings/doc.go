// Package happenings joins the claims of one party, from many articles, into
// happenings: what is taken for one deed.
//
// It takes claims with their articles and the copy edges between articles, and
// gives sets of claims. It counts nothing and judges nobody; whether the
// sources of a happening are independent is for package origins.
//
//	Tell: one Told per claim and subject; the window is the reported one, else
//	      the days that the publication leaves open, never the day of publication
//	Build, for the claims of one subject:
//	 1  per article: dated deeds first, then what hangs on them; answers go with
//	    what they answer; a deed promised and the same deed done are two
//	 2  order all by how firmly they are dated, then by time: the order in which
//	    articles came does not matter
//	 3  place each: activities of one group, same State, windows that meet (or a
//	    day or two apart, or one article the other's copy) make one happening
//	 4  a window too wide to choose between two, or longer than a month, is
//	    linked as possible and merged with neither
package happenings
