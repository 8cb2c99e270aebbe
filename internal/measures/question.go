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
	// Role is that of the party asked about, in the same words; "" = not told.
	Role string
	// Exemptions are what reports or committees say of exemptions.
	Exemptions []Exemption
	// Named is the party as reported where no designation is known for it; with
	// neither, the party is missing.
	Named string
	// OwnedBy is set where the act concerns a body that the designated party is
	// said to own; the roles "stake" or "stakes" tell the shares.
	OwnedBy bool
	// Undecided is set where two listed parties fit the report.
	Undecided bool
}

// Exemption is what is known of one.
type Exemption struct {
	Status  string // "granted", "standing", "stated-none"
	Body    string
	Kind    activity.Kind // of the measure exempted from; "" = not said
	Persons []string      // references; empty = the party asked about
	Places  []string      // ISO codes; empty = any
	Purpose string
	From    calendar.Date
	To      calendar.Date
	Text    string
}

// Answer is the outcome of a check.
type Answer struct {
	Verdict Verdict
	Reason  string // one sentence, never a verdict on a person
	// Kinds of the measures that decide the verdict.
	Kinds []activity.Kind
	// Grounds are the measures that bear on it, gravest first.
	Grounds []Ground
	Missing []string // arguments that the report lacks
}

// Ground is one measure over one interval that bears on the act.
type Ground struct {
	Row         string // id in the register: "IR-T6"; "stated" where the list alone says it
	Authority   string
	Regime      string // name of the regime on that day
	Reference   string // designation that carries it; "" for a measure on a territory
	Kind        activity.Kind
	Addressee   string        // who must act: "all States", "US persons", ...
	Duty        string        // as a verb phrase
	From, Until calendar.Date // first day with and first day without; zero Until = open
	Citation    string
	Renewed     string // instrument that carried the measure on that day, where it has sunsets
	Read        bool   // the citation was read, not quoted from memory
	Source      string // page key or "M"
	Scope       string
	Exemption   string // the exemption rule in words
	ContestedBy []string
	Verdict     Verdict
	Why         string // what decided for this measure
}
