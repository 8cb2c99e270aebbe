package measures

import (
	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
)

// Verdict is the closed list of domain/model.md 4.4. It is always to be read
// "if the reports are accurate".
type Verdict string

// Verdicts.
const (
	NoMeasure           Verdict = "no-measure-in-force"
	OutsideScope        Verdict = "in-force/outside-scope"
	Exempt              Verdict = "in-force/within-scope/exempt"
	ExemptionUnknown    Verdict = "in-force/within-scope/exemption-unknown"
	NoExemptionReported Verdict = "in-force/within-scope/no-exemption-reported"
	Straddles           Verdict = "date-straddles-boundary"
	Insufficient        Verdict = "insufficient-arguments"
	IdentityUndecided   Verdict = "identity-undecided"
)

// Question asks whether a measure was in force for one act.
type Question struct {
	// Designations of the party concerned, with their listing periods; empty
	// for an act that only a territory's measure can concern.
	Designations []party.Designation
	Schema       party.Schema
	Nationality  []string // ISO codes of the party
	// Authority and Regime restrict the question; "" asks all.
	Authority, Regime string
	Activity          activity.Code
	Window            calendar.Window // days of the act; zero = unknown
	Place             string          // ISO code of the State entered, supplied, paid in; "" = unknown
	Territory         string          // ISO code where a measure on a territory is asked
	Goods             []string
	// Roles says what the report tells of the other side, by role: "supplier",
	// "recipient", "payer", ... A value is an ISO code or a description.
	Roles map[string]string
	// Exemptions are what reports or committees say of exemptions.
	Exemptions []Exemption
	// Undecided is set where two listed parties fit the report.
	Undecided bool
}

// Exemption is what is known of one.
type Exemption struct {
	Status  string // "granted", "standing", "stated-none"
	Body    string
	Persons []string // references; empty = the party asked about
	Places  []string // ISO codes; empty = any
	Purpose string
	From    calendar.Date
	To      calendar.Date
	Text    string
}

// Answer is the outcome of a check.
type Answer struct {
	Verdict Verdict
	Reason  string // one sentence, never a verdict on a person
	// Grounds are the measures that decide it, gravest first.
	Grounds []Ground
	Missing []string // arguments that the report lacks
}

// Ground is one measure over one interval that bears on the act.
type Ground struct {
	Row         string // id in the register: "IR-T6"; "stated" where the list alone says it
	Authority   string
	Regime      string
	Kind        activity.Kind
	Addressee   string // who must act: "all States", "US persons", ...
	Duty        string // as a verb phrase
	From, Until calendar.Date // first day with and first day without; zero Until = open
	Citation    string
	Read        bool   // the citation was read, not quoted from memory
	Source      string // page key or "M"
	Scope       string
	Exemption   string // the exemption rule in words
	ContestedBy []string
	Verdict     Verdict
}
