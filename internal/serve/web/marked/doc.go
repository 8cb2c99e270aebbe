// Package marked cuts a text at the ends of spans, so that a page can set off
// what they cover.
//
// It takes a text and spans that may overlap, touch, be empty or lie outside,
// and gives paragraphs of pieces: put together in order, with a line break
// between paragraphs, they are the text again, byte for byte. It knows nothing
// of HTML.
package marked
