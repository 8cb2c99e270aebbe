// Package answers writes what screening subjects gave: JSON lines, CSV and
// Excel workbooks.
//
// It takes one subjects.Answer after another and gives bytes, the same for the
// same answer, each hit with the parts of its score and what people decided
// about it. Cells that a spreadsheet would run as a formula are written as
// text. It opens no file.
package answers
