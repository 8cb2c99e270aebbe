// Package ca reads Canada's Consolidated Autonomous Sanctions List in XML.
//
// The list numbers its entries within a schedule of a regulation; country,
// schedule and item make the reference ("ca-sema:iran#1-part-2:89"). Older
// versions lack the date of listing. Entries outside schedules stand under the
// Justice for Victims of Corrupt Foreign Officials Act.
package ca
