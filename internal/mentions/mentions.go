package mentions

import (
	"github.com/reportedly/reportedly/internal/mentions/identity"
	"github.com/reportedly/reportedly/internal/story"
)

// Form says how a mention names its party.
type Form string

// Forms of mentions.
const (
	Full    Form = "full"
	Partial Form = "partial" // some parts of a name, no earlier full mention needed
	Surname Form = "surname" // follows a full mention
	Title   Form = "title"   // title or rank with a name part
	Role    Form = "role"    // "the general", "the Quds Force commander"
	Pronoun Form = "pronoun"
	Alias   Form = "alias"
	Acronym Form = "acronym"
	Number  Form = "number" // IMO, tail, wallet, document number
)

// Mention is a stretch of text that names somebody who may be listed.
type Mention struct {
	story.Span
	Text     string
	Sentence int // index into the document, -1 if not cut
	Form     Form
	// Cluster is the index into Result.Clusters.
	Cluster int
	// Reach tells in words how the mention was reached: "listed name, one letter
	// more", "surname of mention 1".
	Reach string
	Score float64 // likeness of this spelling to the listed name, 0..1
}

// Status of a cluster's identity.
type Status string

// Statuses. Only Accepted makes a case; Undecided is shown with its rivals.
const (
	Accepted  Status = "accepted"
	Undecided Status = "undecided"
	Rejected  Status = "rejected"
)

// Cluster is one bearer as the text presents him, with the parties he may be.
type Cluster struct {
	Mentions   []int // indices into Result.Mentions, in order of the text
	Name       string
	Hypotheses []Hypothesis // best first; "somebody else" always among them
	Status     Status
}

// Hypothesis is one answer to "who is this".
type Hypothesis struct {
	Party   string // party.Party.ID; "" = somebody else or unknown
	Name    string // the party's primary name, for people
	Score   float64
	For     []Evidence
	Against []Evidence
}

// Evidence is one reason with its weight in the score.
type Evidence = identity.Reason

// Result is what a text says about listed parties.
type Result struct {
	Mentions []Mention // in order of the text
	Clusters []Cluster
}

// Best is the leading hypothesis with a party, or ok false.
func (c Cluster) Best() (Hypothesis, bool) {
	for _, h := range c.Hypotheses {
		if h.Party != "" {
			return h, true
		}
	}
	return Hypothesis{}, false
}
