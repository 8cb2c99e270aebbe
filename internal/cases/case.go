package cases

import (
	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/cases/origins"
	"github.com/reportedly/reportedly/internal/cases/ratings"
	"github.com/reportedly/reportedly/internal/cases/searched"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// Status says what kind of case file this is.
type Status string

// Statuses. A Background case holds only what articles tell in passing about
// older doings: it is shown, never alerted on, and gives way to a Live one.
const (
	Live       Status = "live"
	Background Status = "background"
)

// Case is one listed party and one happening: everything that the articles
// read so far report, deny, decline to confirm or correct about it.
// The first activity code is the headline: counts and verdict are about it.
type Case struct {
	ID         string          `json:"id"` // stable: hash of party, headline group, place and earliest claim
	Title      string          `json:"title"`
	Status     Status          `json:"status"`
	Party      Party           `json:"party"`
	Activity   []activity.Code `json:"activity"`
	Aspect     claims.Aspect   `json:"aspect"`
	Occurrence string          `json:"occurrence,omitempty"` // "called-off" where that is how it ended
	Window     Window          `json:"window"`
	Places     []Place         `json:"places"`
	From       []Place         `json:"from,omitempty"`
	Via        []Place         `json:"via,omitempty"`

	Elements []Element `json:"elements"` // headline first
	Origins  []Origin  `json:"origins"`  // first-hand before hearsay, for before against
	// NotOrigins are voices that look like origins and are none, with the reason.
	NotOrigins   []NotOrigin `json:"not_origins,omitempty"`
	Independence []Edge      `json:"independence,omitempty"`
	For          Count       `json:"origins_for"`     // of the headline
	Against      Count       `json:"origins_against"` // of the headline
	// Replies are denials, non-confirmations, retractions and corrections, each
	// beside the element it concerns; they change no count but the one of denials.
	Replies   []Reply          `json:"denials,omitempty"`
	Certainty speech.Certainty `json:"certainty"` // the weakest along the best chain, as reported

	Articles  []ArticleRef `json:"articles"`
	Reach     Reach        `json:"reach"`
	Check     Check        `json:"measure_check"`
	Also      []Check      `json:"also_checked,omitempty"` // other activities of the case, other lists
	Conflicts []Conflict   `json:"conflicts,omitempty"`
	Flags     []Flag       `json:"flags,omitempty"`
	Links     []Link       `json:"links,omitempty"`
	Context   []Context    `json:"context,omitempty"` // background and official acts told beside it
	Unknown   []Gap        `json:"not_known,omitempty"`
	Asked     []Asked      `json:"asked,omitempty"` // UN-7: party, its State, host State
	Ratings   Ratings      `json:"ratings"`
	Coverage  Coverage     `json:"coverage"`
	Claims    []ClaimLine  `json:"claims"`
	Decisions []string     `json:"decisions,omitempty"` // ids of the people's records that shaped it
	Review    Review       `json:"review,omitzero"`     // what people said about it
	MadeBy    MadeBy       `json:"made_by"`
}

// Party is the subject of a case: a listed party, or the State whose territory
// is under an embargo.
type Party struct {
	ID       string          `json:"id"`   // "un:IRi.039", or "territory:SY"
	Kind     string          `json:"kind"` // "listed" or "territory"
	Name     string          `json:"name"`
	Schema   string          `json:"schema,omitempty"`
	Refs     []string        `json:"refs,omitempty"` // "UN IRi.039"
	Same     []string        `json:"same,omitempty"` // other list entries taken for the same party
	Roles    []claims.Role   `json:"roles,omitempty"`
	Identity mentions.Status `json:"identity"`
	Score    float64         `json:"score,omitempty"`
	Reasons  []Reason        `json:"reasons,omitempty"`
	Rivals   []Rival         `json:"rivals,omitempty"`
	Surfaces []string        `json:"surfaces,omitempty"` // spellings met in the texts
}

// Reason is one piece of evidence for or against an identity.
type Reason struct {
	Feature string  `json:"feature"`
	Weight  float64 `json:"weight"`
	Text    string  `json:"text"`
	Article string  `json:"article,omitempty"`
	Start   int     `json:"start,omitempty"`
	End     int     `json:"end,omitempty"`
}

// Rival is another bearer of the name.
type Rival struct {
	ID      string   `json:"id"` // "" = somebody who is on no list
	Name    string   `json:"name"`
	Score   float64  `json:"score"`
	For     []Reason `json:"for,omitempty"`
	Against []Reason `json:"against,omitempty"`
}

// Window is the span of days that the live reports together allow.
type Window struct {
	Earliest  calendar.Date      `json:"earliest"`
	Latest    calendar.Date      `json:"latest"`
	Precision calendar.Precision `json:"precision,omitempty"`
	// Basis is "reported", or "publication" where no report dates the deed and
	// the window only says: not after it was told.
	Basis string `json:"basis"`
}

// Place of a happening at the precision the reports give.
type Place = happenings.Place

// What is counted, and how it was judged; see package origins.
type (
	Count        = origins.Count
	Origin       = origins.Origin
	Descriptor   = origins.Descriptor
	NotOrigin    = origins.NotOrigin
	Independence = origins.Independence
	Edge         = origins.Edge
	Test         = origins.Test
	Reply        = origins.Reply
)

// Values of independence.
const (
	Independent  = origins.Independent
	Dependent    = origins.Dependent
	Undetermined = origins.Undetermined
)

// Level of corroboration of one element.
type Level int

// Levels of model.md 4.2.
const (
	None                  Level = iota // no affirmative origin
	SingleOrigin                       // one
	Claimed                            // max >= 2, min = 1
	Corroborated                       // min >= 2
	CorroboratedFirstHand              // and at least one first-hand or documentary
)

var levelNames = [...]string{"none", "single origin", "claimed by more, perhaps one origin", "corroborated", "corroborated, first-hand"}

// String gives the level in words.
func (l Level) String() string {
	if l < 0 || int(l) >= len(levelNames) {
		return "unknown level"
	}
	return levelNames[l]
}

// Element is one part of a happening, counted by itself: corroborating the
// trip does not corroborate the meeting.
type Element struct {
	Name      string           `json:"element"` // "trip", "meeting", "purpose", "goods", "quantity", ...
	Activity  activity.Code    `json:"activity,omitempty"`
	Detail    string           `json:"detail,omitempty"` // "with Vladimir Putin", "6 T-90 tank"
	For       Count            `json:"origins_for"`
	Against   Count            `json:"origins_against"`
	Level     Level            `json:"level"`
	Certainty speech.Certainty `json:"certainty,omitempty"`
	Origins   []string         `json:"origins,omitempty"` // ids, for
	Denied    []string         `json:"denied,omitempty"`  // ids, against
	Claims    []string         `json:"claims"`
}

// ArticleRef is an article of the case and how it came by the story.
type ArticleRef struct {
	ID        string   `json:"id"`
	Outlet    string   `json:"outlet,omitempty"`
	Title     string   `json:"title,omitempty"`
	URL       string   `json:"url,omitempty"`
	Published string   `json:"published,omitempty"`
	Language  string   `json:"language,omitempty"`
	Relation  string   `json:"relation"`
	Of        []string `json:"of,omitempty"`
	Retracted string   `json:"retracted,omitempty"`
}

// Ratings are people's grades of sources and items (package ratings). A source
// that nobody rated is F, an item 6: unknown, not middling.
type Ratings struct {
	Sources []ratings.Standing `json:"sources"`           // every outlet and named speaker of the case, on the day it spoke
	Items   []ItemRating       `json:"items,omitempty"`   // claims that somebody judged; all others are 6
	Refused []string           `json:"refused,omitempty"` // grades asked for that the counts do not allow
}

// ItemRating is the credibility of one claim.
type ItemRating struct {
	Claim string              `json:"claim"`
	Grade ratings.Credibility `json:"grade"`
	By    string              `json:"by"`
	Why   string              `json:"why"`
}

// Reach is how far the story travelled. It never counts as support.
type Reach struct {
	Articles  int      `json:"articles"`
	Copies    int      `json:"copies"`
	Outlets   int      `json:"outlets"`
	Languages []string `json:"languages,omitempty"`
	FirstSeen string   `json:"first_seen,omitempty"`
	LastSeen  string   `json:"last_seen,omitempty"`
}

// Check is the answer of the register of measures, with a sentence that says
// "if the reports are accurate".
type Check struct {
	Activity activity.Code    `json:"activity"`
	Verdict  measures.Verdict `json:"verdict"`
	Sentence string           `json:"sentence"`
	Answer   measures.Answer  `json:"answer"`
	// NotAsked tells why there is no answer: no register given, no designation.
	NotAsked string `json:"not_asked,omitempty"`
}

// Conflict is an argument on which claims differ; kept, never averaged.
type Conflict struct {
	Argument string          `json:"argument"`
	Values   []ConflictValue `json:"values"`
}

// ConflictValue is one of the values with those who give it.
type ConflictValue struct {
	Value    string   `json:"value"`
	Holders  []string `json:"holders,omitempty"`
	Articles []string `json:"articles"`
	Claims   []string `json:"claims"`
}

// Flag is a pattern a reader should know of, with the path that shows it.
type Flag struct {
	Kind string   `json:"kind"` // closed list, see the Flag constants
	Path []string `json:"path"`
	Text string   `json:"text"`
}

// Kinds of flags.
const (
	FanIn              = "fan-in"
	Loop               = "loop"
	EchoConfirmation   = "echo-confirmation"
	SelfCitation       = "self-citation"
	Laundered          = "laundered"
	DescriptorDrift    = "descriptor-drift"
	Retraction         = "retraction"
	StaleCopy          = "stale-uncorrected-copy"
	SingleControlGroup = "single-control-group"
	MachineTranslated  = "translation-only"
	Overclaim          = "overclaim"
)

// Link ties a case to another one of the same party.
type Link struct {
	Case     string `json:"case"`
	Relation string `json:"relation"` // "earlier", "later", "possibly the same"
	Why      string `json:"why"`
}

// Context is something told beside the happening: older doings of the party,
// listings, enquiries. It feeds no count.
type Context struct {
	Kind     string        `json:"kind"` // "background" or "official act"
	Activity activity.Code `json:"activity"`
	Text     string        `json:"text"`
	Article  string        `json:"article"`
	Claim    string        `json:"claim"`
}

// Gap is a question that no report answers (TB-9, ID-3).
type Gap struct {
	Field    string `json:"field"`
	Question string `json:"question"`
	// Answer is what a person put in the place of the reports, with his name.
	Answer string `json:"answer,omitempty"`
	By     string `json:"answered_by,omitempty"`
}

// Asked says whether somebody concerned was asked and what the answer was.
type Asked struct {
	Who    string `json:"who"`
	Answer string `json:"answer"` // "not asked, as far as the articles tell", or the act
	Quote  string `json:"quote,omitempty"`
	Claim  string `json:"claim,omitempty"`
}

// Coverage says what was searched, so that nothing found is not taken for
// clean.
type Coverage = searched.Coverage

// ClaimLine is a claim as the case uses it, down to its words.
type ClaimLine struct {
	ID        string           `json:"id"`
	Article   string           `json:"article"`
	Activity  activity.Code    `json:"activity"`
	Element   string           `json:"element"`
	Aspect    claims.Aspect    `json:"aspect"`
	Polarity  string           `json:"polarity"`
	Act       speech.Act       `json:"act"`
	Certainty speech.Certainty `json:"certainty"`
	Scope     string           `json:"scope,omitempty"`
	Chain     []string         `json:"chain,omitempty"`
	Origin    string           `json:"origin,omitempty"` // id of the Origin it counts for
	Window    calendar.Window  `json:"window"`
	Place     string           `json:"place,omitempty"`
	Quote     string           `json:"quote"`
	Start     int              `json:"start"` // bytes of the article's text
	End       int              `json:"end"`
	Rule      string           `json:"rule,omitempty"`
	Score     float64          `json:"score,omitempty"`
}

// MadeBy names what made the case, so that it can be made again.
type MadeBy struct {
	Program string   `json:"program,omitempty"`
	Rules   int      `json:"rules"`
	Lists   []string `json:"lists,omitempty"`
	Run     string   `json:"run,omitempty"`
	Inputs  string   `json:"inputs"` // hash of claims, copies and decisions used
}
