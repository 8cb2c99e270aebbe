// Package dateseval measures prose/dates on texts with annotated time
// expressions.
//
// It takes a stream of JSON lines with text, dct and timex3 (or timex2) spans
// and gives the figures of the TempEval-3 task: spans alike (strict), spans
// that overlap (relaxed), and of the overlapping ones those of the same value
// and type. It never reads a file and never prints.
package dateseval
