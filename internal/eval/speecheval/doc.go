// Package speecheval measures who-says-what against annotated news.
//
// It takes articles with source, cue and content spans (the form of
// shared/data/corpora/polnear, bytes, one JSON object a line), a function that
// reads a text, and gives precision, recall and F1 of whole attributions, how
// often the head of the source is right, by direct, indirect and mixed speech,
// and the misses by cause. It reads no model and prints nothing.
//
//	relaxed   the contents overlap and the head of the source is the same word
//	          (or neither has a source); pairs are taken one to one, best first
//	strict    source and content have the same bounds, and the cues overlap
//	source_head  of pairs whose cue and content overlap, the share with the
//	          same head of the source
//
// Links that the program makes of whoever was told ("told Reuters") and
// phrases without content ("declined to comment") are not annotated in the
// corpus and not counted; nor are cues within quotation marks, of which the
// corpus has 38 among 19,868.
package speecheval
