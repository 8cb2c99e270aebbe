// Package story is the vocabulary of news: an article, a capture of it, a span
// of its text, and a finding about bad input.
//
// It gives shapes only. Readers in articles/ fill them; everything after them
// reads them. Spans are half-open byte offsets into Article.Text; JSON that
// leaves the program counts Unicode code points instead, see RuneSpan.
package story
