package review

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/cases/ratings"
)

// Kind of a record. The list is closed.
type Kind string

// Kinds that shape cases: the machine builds with them.
const (
	Merge        Kind = "merge"        // Claims belong to one case
	Split        Kind = "split"        // Claims are a case of their own
	Drop         Kind = "drop"         // Claims are read wrongly
	Identify     Kind = "identity"     // Claims are about party Value
	Independence Kind = "independence" // origins of Claims and Other: Value
	Exemption    Kind = "exemption"    // an exemption for the deed of Claims: Value, by Text
	Reliability  Kind = "reliability"  // grade Value of Source from day From on
	Credibility  Kind = "credibility"  // grade Value of Claims; Against contradicts
)

// Kinds that stand beside a case.
const (
	Answer    Kind = "answer"    // Text answers the question Field
	Note      Kind = "note"      // Text
	Evidence  Kind = "evidence"  // Article (or an address in Text) belongs to the case
	Decide    Kind = "decide"    // the case is Value
	Assess    Kind = "assess"    // Likelihood, or Confidence in the evidence base
	Seen      Kind = "seen"      // looked through as it stood
	Challenge Kind = "challenge" // somebody contests the case or the source (UN-10)
)

// Kinds about other records.
const (
	Sign Kind = "sign" // second signature under the decision Of
	Undo Kind = "undo" // takes the record Of back
)

// Kinds in the order in which people meet them.
var Kinds = []Kind{Merge, Split, Drop, Identify, Independence, Exemption, Reliability, Credibility, Answer, Note, Evidence, Decide, Assess, Seen, Challenge, Sign, Undo}

// Shapes tells whether the machine builds with records of the kind: it changes
// which claims make a case, whose it is, how its origins are counted, or what
// the check of measures knows of an exemption.
func (k Kind) Shapes() bool {
	return slices.Contains([]Kind{Merge, Split, Drop, Identify, Independence, Exemption}, k)
}

// Values of Decide.
const (
	Supported   = "supported"   // the reports are held to bear the case
	Unsupported = "unsupported" // they are held not to
	Undecided   = "undecided"   // the evidence does not decide it
	Immaterial  = "immaterial"  // of no weight for the purpose (WF-4)
	Reopened    = "reopened"
)

// Outcomes is the closed list of decisions on a case.
var Outcomes = []string{Supported, Unsupported, Undecided, Immaterial, Reopened}

// Likelihoods are the seven steps of ICD 203 (IC-2), Confidences the three
// words for the evidence base (IC-3). They never share a record or a sentence.
var (
	Likelihoods = []string{"almost no chance", "very unlikely", "unlikely", "roughly even chance", "likely", "very likely", "almost certain"}
	Confidences = []string{"low", "moderate", "high"}
)

// Exemptions are what a person can put on record of one (TB-6); unknown is the
// value of silence and needs no record.
var Exemptions = []string{"granted", "requested", "refused", "expired", "stated-none"}

// LikelihoodRange gives the percentages that ICD 203 prints beside a step.
func LikelihoodRange(word string) (low, high int) {
	ranges := [][2]int{{1, 5}, {5, 20}, {20, 45}, {45, 55}, {55, 80}, {80, 95}, {95, 99}}
	if i := slices.Index(Likelihoods, word); i >= 0 {
		return ranges[i][0], ranges[i][1]
	}
	return 0, 0
}

// Record is one word of one person. Which fields count depends on the kind.
type Record struct {
	ID     string    `json:"id"` // given by the store: "r1", "r2", ...
	Kind   Kind      `json:"kind"`
	Case   string    `json:"case,omitempty"` // the case that was looked at, by its id of then
	State  string    `json:"state,omitempty"`
	Claims []string  `json:"claims,omitempty"`
	Other  []string  `json:"other,omitempty"`
	Of     string    `json:"of,omitempty"` // the record that is signed or undone
	Value  string    `json:"value,omitempty"`
	Source string    `json:"source,omitempty"`
	Field  string    `json:"field,omitempty"`
	Text   string    `json:"text,omitempty"`
	Who    string    `json:"who"`
	Reason string    `json:"reason,omitempty"`
	At     time.Time `json:"at"`
	// From is the day from which a reliability holds; zero is the day of At.
	From    calendar.Date `json:"from,omitzero"`
	Against string        `json:"against,omitempty"` // the claim that contradicts (AD-5)
	Article string        `json:"article,omitempty"`
	// Alternatives considered before a case is held to be supported, or why none
	// was (IC-4).
	Alternatives []string `json:"alternatives,omitempty"`
	Waived       string   `json:"waived,omitempty"`
	Likelihood   string   `json:"likelihood,omitempty"`
	Confidence   string   `json:"confidence,omitempty"`
}

// unreasoned kinds say all they have to say by themselves.
var unreasoned = []Kind{Note, Answer, Evidence, Seen, Sign}

// Check tells what is wrong with a record, in words for the person who made
// it. have are the records kept so far; they decide what can be signed or
// undone.
func Check(r Record, have []Record) error {
	if !slices.Contains(Kinds, r.Kind) {
		return fmt.Errorf("%q is no kind of record", r.Kind)
	}
	if strings.TrimSpace(r.Who) == "" {
		return fmt.Errorf("%s: nobody is named as its author", r.Kind)
	}
	if !slices.Contains(unreasoned, r.Kind) && strings.TrimSpace(r.Reason) == "" {
		return fmt.Errorf("%s: a reason is needed", r.Kind)
	}
	if err := checkObject(r); err != nil {
		return err
	}
	switch r.Kind {
	case Sign, Undo:
		return checkOf(r, have)
	case Decide:
		return checkDecision(r)
	case Assess:
		return checkAssessment(r)
	case Identify, Independence, Exemption, Reliability, Credibility:
		return checkValue(r)
	}
	return nil
}

// checkObject: every kind needs its object.
func checkObject(r Record) error {
	need := func(ok bool, what string) error {
		if ok {
			return nil
		}
		return fmt.Errorf("%s: %s", r.Kind, what)
	}
	switch r.Kind {
	case Merge:
		return need(len(r.Claims) > 1, "two claims at least are needed")
	case Split, Drop, Identify, Exemption, Credibility, Decide, Assess, Seen, Evidence:
		if err := need(len(r.Claims) > 0, "no claim is named"); err != nil {
			return err
		}
		return need(r.Kind != Evidence || r.Article != "" || r.Text != "", "an article or an address is needed")
	case Independence:
		return need(len(r.Claims) > 0 && len(r.Other) > 0, "claims of both origins are needed")
	case Reliability:
		return need(r.Source != "", "no source is named")
	case Challenge:
		return need(r.Source != "" || len(r.Claims) > 0, "neither a source nor a case is named")
	case Note:
		return need(r.Text != "" && len(r.Claims) > 0, "a text and a case are needed")
	case Answer:
		return need(r.Field != "" && r.Text != "" && len(r.Claims) > 0, "a case, a question and a text are needed")
	}
	return nil
}

func checkValue(r Record) error {
	switch r.Kind {
	case Identify:
		if r.Value == "" {
			return fmt.Errorf("identity: no party is named (\"none\" is somebody on no list)")
		}
	case Independence:
		if !slices.Contains([]string{"independent", "dependent", "undetermined"}, r.Value) {
			return fmt.Errorf("independence: %q is none of independent, dependent, undetermined", r.Value)
		}
	case Exemption:
		if !slices.Contains(Exemptions, r.Value) {
			return fmt.Errorf("exemption: %q is none of %s", r.Value, strings.Join(Exemptions, ", "))
		}
	case Reliability:
		if !ratings.Reliability(r.Value).Valid() {
			return fmt.Errorf("reliability: %q is none of A to F", r.Value)
		}
	case Credibility:
		if !ratings.Credibility(r.Value).Valid() {
			return fmt.Errorf("credibility: %q is none of 1 to 6", r.Value)
		}
		if ratings.Credibility(r.Value) == ratings.Doubted && r.Against == "" {
			return fmt.Errorf("credibility: 5 needs the claim that contradicts")
		}
	}
	return nil
}

func checkDecision(r Record) error {
	if !slices.Contains(Outcomes, r.Value) {
		return fmt.Errorf("decide: %q is none of %s", r.Value, strings.Join(Outcomes, ", "))
	}
	if r.Value == Supported && len(r.Alternatives) == 0 && r.Waived == "" {
		return fmt.Errorf("decide: before a case is held to be supported, an alternative explanation is considered or waived with a reason")
	}
	return nil
}

func checkAssessment(r Record) error {
	switch {
	case (r.Likelihood == "") == (r.Confidence == ""):
		return fmt.Errorf("assess: either a likelihood or a confidence, each in a record of its own")
	case r.Likelihood != "" && !slices.Contains(Likelihoods, r.Likelihood):
		return fmt.Errorf("assess: %q is none of %s", r.Likelihood, strings.Join(Likelihoods, ", "))
	case r.Confidence != "" && !slices.Contains(Confidences, r.Confidence):
		return fmt.Errorf("assess: %q is none of %s", r.Confidence, strings.Join(Confidences, ", "))
	}
	return nil
}

func checkOf(r Record, have []Record) error {
	i := slices.IndexFunc(have, func(h Record) bool { return h.ID == r.Of })
	if i < 0 {
		return fmt.Errorf("%s: there is no record %q", r.Kind, r.Of)
	}
	of := have[i]
	if r.Kind == Undo {
		return nil
	}
	switch {
	case of.Kind != Decide:
		return fmt.Errorf("sign: %s is no decision on a case", r.Of)
	case of.Who == r.Who:
		return fmt.Errorf("sign: %s was decided by %s; the second signature is somebody else's", r.Of, of.Who)
	}
	return nil
}

// String tells a record in one line: when, who, what, why.
func (r Record) String() string {
	parts := []string{r.ID, r.At.UTC().Format("2006-01-02 15:04"), r.Who + ":", string(r.Kind)}
	for _, p := range []string{r.Of, r.Source, r.Field, r.Value, r.Likelihood, r.Confidence, r.Article, r.Text} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if n := len(r.Claims); n > 0 {
		parts = append(parts, fmt.Sprintf("(%d claims)", n))
	}
	if r.Reason != "" {
		parts = append(parts, "because: "+r.Reason)
	}
	if len(r.Alternatives) > 0 {
		parts = append(parts, "considered: "+strings.Join(r.Alternatives, "; "))
	}
	if r.Waived != "" {
		parts = append(parts, "no alternative considered: "+r.Waived)
	}
	return strings.Join(parts, "  ")
}
