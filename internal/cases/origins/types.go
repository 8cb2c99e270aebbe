package origins

import (
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// Count is the interval of independent origins (model.md 4.2): Max merges only
// dependent origins, Min the undetermined ones too. Min is the headline.
type Count struct {
	Min int `json:"min"`
	Max int `json:"max"`
}

// Origin is the deepest holder that claims its own knowledge.
type Origin struct {
	ID          string            `json:"id"`          // "O1", in the order shown
	Holder      string            `json:"holder"`      // "two West African diplomats, per Agence Atlantique"
	Descriptors []Descriptor      `json:"descriptors"` // how each outlet calls it
	Kind        speech.HolderKind `json:"kind"`
	Per         string            `json:"per,omitempty"` // the outlet that has it from him, for unnamed ones
	Stated      int               `json:"stated,omitempty"`
	Plural      bool              `json:"plural,omitempty"`
	Country     string            `json:"country,omitempty"`
	Reason      string            `json:"anonymity,omitempty"`
	Basis       string            `json:"basis"` // closed list of model.md 4.1
	FirstHand   bool              `json:"first_hand"`
	Stance      string            `json:"stance"` // "for" or "against" the headline; "other" for other elements only
	Certainty   speech.Certainty  `json:"certainty"`
	Elements    []string          `json:"elements"`
	Chain       []string          `json:"chain"` // shortest: outlet, wire, official, source
	Group       string            `json:"control_group,omitempty"`
	Claims      []string          `json:"claims"`
	Articles    []string          `json:"articles"`
	FirstSeen   string            `json:"first_seen,omitempty"`
	Retracted   string            `json:"retracted,omitempty"` // the article that withdraws it
}

// Descriptor is what one outlet calls a holder.
type Descriptor struct {
	Outlet  string `json:"outlet"`
	Text    string `json:"text"`
	Article string `json:"article"`
}

// NotOrigin is a voice that looks like an origin and is none.
type NotOrigin struct {
	Holder  string   `json:"holder"`
	Article string   `json:"article"`
	Why     string   `json:"why"`
	Claims  []string `json:"claims"`
}

// Independence is three-valued.
type Independence string

// Values of independence.
const (
	Independent  Independence = "independent"
	Dependent    Independence = "dependent"
	Undetermined Independence = "undetermined"
)

// Edge is the judgement on two origins of one side.
type Edge struct {
	A         string       `json:"a"`
	B         string       `json:"b"`
	Value     Independence `json:"value"`
	Tests     [4]Test      `json:"tests"`
	Why       string       `json:"why"`
	DecidedBy string       `json:"decided_by"`
}

// Test is the outcome of one of the four tests of model.md 4.2: "met",
// "failed" or "open".
type Test struct {
	Outcome string `json:"outcome"`
	Reason  string `json:"reason,omitempty"`
}

// Reply is a denial, a non-confirmation, a retraction or a correction.
type Reply struct {
	Holder   string     `json:"holder"`
	Act      speech.Act `json:"act"`
	Scope    string     `json:"scope"`           // "whole" or the element
	Force    string     `json:"force,omitempty"` // "counter-claim", "flat", "generic"
	Article  string     `json:"article"`         // where it first stands
	Also     []string   `json:"also,omitempty"`
	Articles []string   `json:"articles"`
	Quote    string     `json:"quote"`
	Claims   []string   `json:"claims"`
	Country  string     `json:"country,omitempty"`
	Own      bool       `json:"own,omitempty"` // an outlet about its own report
}
