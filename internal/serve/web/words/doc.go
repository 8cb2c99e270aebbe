// Package words gives pages the words and small drawings in which they tell
// what cases, records and verdicts hold.
//
// It takes values of the rooms below and gives text, or drawings made of
// numbers alone. It computes nothing and judges nobody; what is particular to
// case files comes from package report, so that files and pages say the same.
package words
