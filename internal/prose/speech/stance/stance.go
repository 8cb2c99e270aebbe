package stance

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

// Class is what sort of stance a cue takes. Only statements, findings and
// beliefs say that something is so.
type Class string

// Classes of cues.
const (
	Statement  Class = "statement"
	Question   Class = "question"
	Belief     Class = "belief"
	Attitude   Class = "attitude"
	Finding    Class = "finding"
	Appearance Class = "appearance"
)

// Known reports whether the word is of the closed list.
func (k HolderKind) Known() bool {
	switch k {
	case Outlet, Wire, GovernmentH, Official, PersonH, Organisation, CompanyH, DocumentH, Anonymous, Public:
		return true
	}
	return false
}

// Known reports whether the word is of the closed list.
func (a Act) Known() bool {
	switch a {
	case Assert, Confirm, Retract, Correct:
		return true
	}
	return a.IsDenialOrNone()
}

// Known reports whether the word is of the closed list.
func (c Certainty) Known() bool { _, ok := rank[c]; return ok }

// Known reports whether the word is of the closed list.
func (c Class) Known() bool {
	switch c {
	case Statement, Question, Belief, Attitude, Finding, Appearance:
		return true
	}
	return false
}
