package speech

import (
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/speech/quotation"
	"github.com/reportedly/reportedly/internal/prose/speech/stance"
	"github.com/reportedly/reportedly/internal/story"
)

// The closed lists of package stance, under the names other rooms use.
type (
	HolderKind = stance.HolderKind
	Act        = stance.Act
	Certainty  = stance.Certainty
	Directness = stance.Directness
	Class      = stance.Class
	Quote      = quotation.Quote
)

// Kinds of holders.
const (
	Outlet       = stance.Outlet
	Wire         = stance.Wire
	GovernmentH  = stance.GovernmentH
	Official     = stance.Official
	PersonH      = stance.PersonH
	Organisation = stance.Organisation
	CompanyH     = stance.CompanyH
	DocumentH    = stance.DocumentH
	Anonymous    = stance.Anonymous
	Public       = stance.Public
)

// Acts.
const (
	Assert        = stance.Assert
	Confirm       = stance.Confirm
	Deny          = stance.Deny
	PartlyDeny    = stance.PartlyDeny
	CannotConfirm = stance.CannotConfirm
	NeitherNor    = stance.NeitherNor
	NoComment     = stance.NoComment
	NoResponse    = stance.NoResponse
	Investigating = stance.Investigating
	Aware         = stance.Aware
	Retract       = stance.Retract
	Correct       = stance.Correct
)

// Certainties, strongest first.
const (
	Certain     = stance.Certain
	Probable    = stance.Probable
	Possible    = stance.Possible
	Uncommitted = stance.Uncommitted
)

// Directness values.
const (
	Direct   = stance.Direct
	Indirect = stance.Indirect
	Mixed    = stance.Mixed
)

// Classes of cues.
const (
	Statement  = stance.Statement
	Question   = stance.Question
	Belief     = stance.Belief
	Attitude   = stance.Attitude
	Finding    = stance.Finding
	Appearance = stance.Appearance
)

// Quotes finds the outermost quotations of a document.
func Quotes(doc prose.Document) []Quote { return quotation.Find(doc) }

// Holder is the source side of an attribution, in the words used.
type Holder struct {
	story.Span
	Text string // "an unnamed senior Iranian security official"
	// Head is the span of the head word or name: "official", "John Kirby".
	Head story.Span
	// Name is set where the holder is named, also when the span itself is a
	// pronoun or a short form resolved to it ("Kirby", "he").
	Name string
	Kind HolderKind
	// Stated is the number of sources the text gives: 2 for "two diplomats",
	// 0 where the text gives none; plural without number keeps Plural.
	Stated  int
	Plural  bool
	Country string // ISO code of the government or nationality given, "" if none
	// Reason is the reason of anonymity in the words used.
	Reason string
	// Local is the relative pronoun through which the clause reached the holder
	// ("the envoy, who said"), zero if none.
	Local story.Span
}

// Attribution is one piece of reported speech.
type Attribution struct {
	Holder  Holder
	Cue     story.Span
	CueText string // lemma or phrase of the lexicon: "say", "according to"
	// Content is what is attributed; several pieces where the cue stands inside.
	Content    []story.Span
	Directness Directness
	Act        Act
	// Certainty the cue leaves: "said" certain, "claimed" certain for the holder,
	// "reportedly" probable, "may have" possible.
	Certainty Certainty
	// Parent is the index of the attribution whose content holds this one, -1
	// for one in the article's own voice. "Reuters reports that an official
	// said": the official's Parent is Reuters.
	Parent   int
	Sentence int
	// Self is true where the holder is the article's own outlet ("told this
	// newspaper" makes no link).
	Self bool
	// Class tells saying from believing, asking and liking; only Statement,
	// Finding and Belief say that something is so.
	Class Class
	// Quoted is true where the cue itself stands within quotation marks: speech
	// within speech ("“We believe ...,” he said").
	Quoted bool
	// Negated is true under "not", "never", "refused to".
	Negated bool
	// Via marks the outlet or agency that was told ("told Reuters"): the link
	// above the speaker, made from the same cue.
	Via bool
	// byAuthor marks "could not be verified" and its like, said by nobody named.
	byAuthor bool
}
