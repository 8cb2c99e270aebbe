package prose

import "github.com/reportedly/reportedly/internal/story"

// Token is a word, number or mark with its place in the text.
type Token struct {
	story.Span
	Text string // as in the text
	// SpaceAfter is false where the next token follows without white space.
	SpaceAfter bool
}

// Sentence is a run of tokens. Headlines, captions, list items and datelines
// are sentences of their own kind.
type Sentence struct {
	story.Span
	Tokens []Token
	Kind   SentenceKind
	// Paragraph is the index of the paragraph that holds the sentence.
	Paragraph int
}

// SentenceKind tells running text from what surrounds it.
type SentenceKind uint8

// Kinds of sentences. Boilerplate (photo credits, comment boxes, teasers for
// other stories) is kept, so that offsets stay whole, and read by nobody.
const (
	Body SentenceKind = iota
	Headline
	DatelineOnly
	Caption
	ListItem
	Boilerplate
)

// Document is a text cut into paragraphs, sentences and tokens. All spans are
// bytes of Text.
type Document struct {
	Text       string
	Language   string
	Paragraphs []story.Span
	Sentences  []Sentence
}
