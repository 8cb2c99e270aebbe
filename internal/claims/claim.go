package claims

import (
	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/claims/goods"
	"github.com/reportedly/reportedly/internal/claims/moment"
	"github.com/reportedly/reportedly/internal/claims/scene"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/story"
)

// Aspect says how far the deed got.
type Aspect string

// Aspects, the closed list of data/claims.
const (
	Completed    Aspect = "completed"
	Ongoing      Aspect = "ongoing"
	Planned      Aspect = "planned"
	Attempted    Aspect = "attempted"
	Hypothetical Aspect = "hypothetical"
	Historical   Aspect = "historical"
)

// Role of a participant.
type Role string

// Roles. A speaker, author, victim or plaintiff has none of them.
const (
	Traveller   Role = "traveller"
	Participant Role = "participant"
	Supplier    Role = "supplier"
	Recipient   Role = "recipient"
	Carrier     Role = "carrier"
	Payer       Role = "payer"
	Beneficiary Role = "beneficiary"
	Holder      Role = "holder"
	Buyer       Role = "buyer"
	Authority   Role = "authority"
	Actor       Role = "actor"
	Target      Role = "target"
)

// Player is somebody with a role in a claim.
type Player struct {
	Role    Role
	Name    string // the listed party's primary name, else as in the text
	Surface string // the words of the text
	Span    story.Span
	// Cluster is the index of the mention cluster, -1 where the player is not a
	// mention of a possibly listed party.
	Cluster int
	// Party is the accepted party's ID, "" otherwise; Candidates are the IDs of
	// all hypotheses, best first.
	Party      string
	Candidates []string
	Listed     bool
	Country    string // ISO code where the player is a State or its organ
}

// Location is a place in a claim.
type Location = scene.Location

// When is the time of a deed.
type When = moment.When

// Item is goods, persons or cargo.
type Item = goods.Item

// Amount of money.
type Amount = goods.Amount

// Link is one holder of the chain of attribution.
type Link struct {
	Holder     string // in the words used
	Name       string // of a named holder, resolved
	Kind       speech.HolderKind
	Stated     int
	Plural     bool
	Country    string
	Cue        string
	Directness speech.Directness
	Reason     string // of anonymity
	Span       story.Span
	// Basis of knowledge: "witnessed", "participant", "official record",
	// "document", "image-video", "technical track", "intelligence", "hearsay",
	// or "" = unstated.
	Basis string
}

// Claim is one proposition, as one holder at the end of one chain puts it,
// anchored to one stretch of text (domain/model.md 4.1, data/claims/README).
type Claim struct {
	ID                   string // stable hash of article, evidence, activity, act and players
	Article              string
	Activity             activity.Code
	Aspect               Aspect
	Players              []Player
	From, To, Place, Via *Location
	When                 *When // nil where the text gives none
	Items                []Item
	Amount               *Amount
	Purpose              string
	Polarity             string // "+" or "-"
	Act                  speech.Act
	Certainty            speech.Certainty // the weakest along the chain
	Scope                string           // for denials and non-confirmations: "whole" or the element
	Chain                []Link           // from the outlet inwards, the article's own outlet left out
	Evidence             story.Span
	Trigger              story.Span
	Sentence             int
	Rule                 string // frame and pattern that made it
	Version              int    // of the frames
	Score                float64
	// Exemption is what the claim says of one: "", "granted", "stated-none", ...
	Exemption string
	// Answers is the ID of the claim that a denial or non-confirmation answers.
	Answers string
	// Notes explain, for --explain: trigger, tree path, what was discarded.
	Notes []string
	// anaphoric tells that the deed was told of as known ("the talks").
	anaphoric bool
	// inferred tells that a player is not named as such by the words.
	inferred bool
	// mentioned tells that the deed was only named within another matter
	// ("raised his visit").
	mentioned bool
	// depth of the trigger in its tree: of two deeds of one sentence the higher
	// is the news.
	depth int
	// asked tells that somebody asked whether it was so.
	asked bool
}

// Origin is the last holder of the chain; ok is false where the article says
// it in its own voice.
func (c Claim) Origin() (Link, bool) {
	if len(c.Chain) == 0 {
		return Link{}, false
	}
	return c.Chain[len(c.Chain)-1], true
}
