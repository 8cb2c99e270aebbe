package speech

import "github.com/reportedly/reportedly/internal/story"

// HolderKind classes whoever is said to say something.
type HolderKind string

// Kinds of holders, the closed list of data/claims.
const (
	Outlet       HolderKind = "outlet"
	Wire         HolderKind = "wire"
	GovernmentH  HolderKind = "government"
	Official     HolderKind = "official"
	PersonH      HolderKind = "person"
	Organisation HolderKind = "organisation"
	CompanyH     HolderKind = "company"
	DocumentH    HolderKind = "document"
	Anonymous    HolderKind = "anonymous"
	Public       HolderKind = "public"
)

// Act is what the holder does with the proposition.
type Act string

// Acts, the closed list of model.md 4.1.
const (
	Assert        Act = "assert"
	Confirm       Act = "confirm"
	Deny          Act = "deny"
	PartlyDeny    Act = "partly-deny"
	CannotConfirm Act = "cannot-confirm"
	NeitherNor    Act = "neither-confirm-nor-deny"
	NoComment     Act = "no-comment"
	NoResponse    Act = "no-response"
	Investigating Act = "investigating"
	Aware         Act = "aware-of-reports"
	Retract       Act = "retract"
	Correct       Act = "correct"
)

// IsDenialOrNone reports whether the act is a denial or a non-confirmation,
// that is, no support.
func (a Act) IsDenialOrNone() bool {
	switch a {
	case Deny, PartlyDeny, CannotConfirm, NeitherNor, NoComment, NoResponse, Investigating, Aware:
		return true
	}
	return false
}

// Certainty of a holder about a proposition, FactBank style.
type Certainty string

// Certainties, strongest first.
const (
	Certain     Certainty = "certain"
	Probable    Certainty = "probable"
	Possible    Certainty = "possible"
	Uncommitted Certainty = "uncommitted"
)

var rank = map[Certainty]int{Certain: 3, Probable: 2, Possible: 1, Uncommitted: 0}

// Weaker gives the weaker of two: certainty only falls along a chain.
func (c Certainty) Weaker(d Certainty) Certainty {
	if rank[d] < rank[c] {
		return d
	}
	return c
}

// Directness of speech.
type Directness string

// Directness values.
const (
	Direct   Directness = "direct"
	Indirect Directness = "indirect"
	Mixed    Directness = "mixed"
)

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
