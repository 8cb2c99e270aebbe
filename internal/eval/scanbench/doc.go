// Package scanbench measures how fast package mentions reads texts, beside the
// fastest exact matcher for Go (coregx/ahocorasick, measured on 1 December 2026
// against petar-dambovaliev, BobuSumisu and cloudflare on the same names and
// news) on the same names and bytes in the same run.
//
// It takes parties, texts and a clock of processor time, and gives figures. It
// finds nobody and keeps nothing. The scan is measured on one goroutine, in the
// state of a program that has run for a while: one half of the texts is read to
// warm up, the other half, read for the first time, is measured; then it is read
// once more, which tells what learning its words and names costs.
package scanbench
