// Package upload screens a table of names that somebody sent through a page.
//
// It takes the bytes of a CSV file and an index of listed parties, and gives the
// same table with the best hit beside each name and the reasons for its score.
// It decides about nobody and keeps nothing.
package upload
