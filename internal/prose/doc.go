// Package prose turns the text of an article into paragraphs, sentences and
// tokens, all with their places in the text.
//
// Its children read further: syntax (tags and trees), dates, places, speech.
// It does not know who is listed and makes no claims.
package prose
