// Package sources is the register of those who publish or speak for a power:
// wire agencies, papers, broadcasters, State media, seats of government, groups
// that watch; and of the control groups that stand above them.
//
// It takes a name, a domain or a credit line and gives the Source it belongs
// to; it says of two sources whether one hand controls both (model.md 4.2,
// first test of independence). The register is data (register.tsv,
// groups.tsv), and a user may lay a file of the same form over it with Extend.
//
// It never says how reliable a source is, and a source it does not know is
// unknown, not independent: SameControl answers only what the tables show.
package sources
