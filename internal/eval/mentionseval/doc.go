// Package mentionseval measures which gold mentions of listed parties package
// mentions finds, and what else it finds.
//
// It takes gold articles (data/claims/*.jsonl: text, mentions with offsets in
// code points) and an index; a gold mention is found when a mention overlaps
// it and the party's name, in any of its spellings, is that of the cluster's
// leading hypothesis.
package mentionseval
