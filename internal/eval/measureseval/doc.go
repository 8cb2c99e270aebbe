// Package measureseval runs the judge of package measures over a golden table
// (party, day, activity, place -> verdict) and counts what it got right.
//
// It takes the register, the table as CSV and a function that finds a party by
// authority and reference, and gives shares and the misses. It reads both
// forms of table: that of the UN cases, which has columns for roles, exemption
// and nationality, and that of other authorities, which names the authority
// and puts facts as key=value among the goods. It prints nothing.
package measureseval
