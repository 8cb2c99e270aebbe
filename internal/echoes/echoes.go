package echoes

import "github.com/reportedly/reportedly/internal/story"

// Relation of a copy to its source, the closed list of model.md 4.2.
type Relation string

// Relations.
const (
	SameCapture Relation = "same-capture"
	Verbatim    Relation = "verbatim"
	EditedCopy  Relation = "edited-copy"
	Translation Relation = "translation"
	Credited    Relation = "credited-re-report"
	Uncredited  Relation = "uncredited-re-report"
	Aggregation Relation = "aggregation"
	OwnUpdate   Relation = "own-update"
	OwnReport   Relation = "own-reporting"
)

// IsCopy reports whether the relation adds reach and no origin.
func (r Relation) IsCopy() bool {
	switch r {
	case SameCapture, Verbatim, EditedCopy, Translation, Credited, Uncredited:
		return true
	}
	return false
}

// Edge says that article Copy goes back to article Of.
type Edge struct {
	Copy, Of   string // article IDs
	Relation   Relation
	Confidence float64
	Evidence   []Evidence
	DecidedBy  string // "machine" or a person
}

// Evidence is one reason for an edge.
type Evidence struct {
	Kind   string // "text", "credit", "quote", "fact", "order", ...
	Weight float64
	Text   string
	In, Of story.Span // in the copy, in the source
}
