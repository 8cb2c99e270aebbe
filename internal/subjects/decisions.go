package subjects

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
)

// Verdict is what a person says of a hit.
type Verdict string

// Verdicts. Reopen takes back what was said before.
const (
	FalseMatch Verdict = "false-match"
	TrueMatch  Verdict = "true-match"
	Reopen     Verdict = "reopen"
)

// Decision is one person's word on whether a subject is a listed party. The
// last one on a pair counts; all are kept.
type Decision struct {
	Number  int       `json:"number"`  // in the order in which they came, from 1
	Subject string    `json:"subject"` // its ID, or its hash where it has none
	Party   string    `json:"party"`
	Verdict Verdict   `json:"verdict"`
	Reason  string    `json:"reason"`
	Who     string    `json:"who"`
	At      time.Time `json:"at"`
	// The wordings that were looked at.
	SubjectHash string  `json:"subject_hash"`
	PartyHash   string  `json:"party_hash"`
	Name        string  `json:"name,omitempty"`    // the subject's then
	Matched     string  `json:"matched,omitempty"` // the party's then
	Score       float64 `json:"score,omitempty"`
}

// Check refuses a decision that lacks what it needs.
func (d Decision) Check() error {
	switch d.Verdict {
	case FalseMatch, TrueMatch, Reopen:
	default:
		return fmt.Errorf("verdict %q: %s, %s and %s are known", d.Verdict, FalseMatch, TrueMatch, Reopen)
	}
	switch {
	case d.Subject == "" || d.Party == "":
		return errors.New("a decision is about a subject and a party")
	case strings.TrimSpace(d.Reason) == "":
		return errors.New("a decision needs its reason")
	case d.Who == "":
		return errors.New("a decision needs its author")
	case d.SubjectHash == "" || d.PartyHash == "":
		return errors.New("a decision is about one wording of subject and entry")
	}
	return nil
}

// Key names a subject in decisions: its own ID, or what it is where it has none.
func (s Subject) Key() string {
	if s.ID != "" {
		return s.ID
	}
	return "#" + s.Hash()
}

// Decisions are the last words on pairs of subject and party.
type Decisions struct {
	last map[[2]string]Decision
}

// Latest takes decisions in the order in which they were made.
func Latest(all []Decision) Decisions {
	d := Decisions{last: make(map[[2]string]Decision, len(all))}
	for _, x := range all {
		d.last[[2]string{x.Subject, x.Party}] = x
	}
	return d
}

// Len is the number of pairs that something was said about.
func (d Decisions) Len() int { return len(d.last) }

// State is where a hit stands.
type State string

// States of a hit. Reopened: a decision was made, but the entry or the subject
// reads otherwise now.
const (
	Open      State = "open"
	Cleared   State = "cleared"
	Confirmed State = "confirmed"
	Reopened  State = "reopened"
)

// Of tells where the hit of a subject on a party stands, with the decision and,
// for one that is open again, what changed.
func (d Decisions) Of(s *Subject, p *party.Party) (State, *Decision, string) {
	if len(d.last) == 0 {
		return Open, nil, ""
	}
	x, ok := d.last[[2]string{s.Key(), p.ID}]
	if !ok || x.Verdict == Reopen {
		return Open, nil, ""
	}
	subject, entry := x.SubjectHash != s.Hash(), x.PartyHash != HashOf(p)
	switch {
	case subject && entry:
		return Reopened, &x, "the list entry and the subject have changed since"
	case subject:
		return Reopened, &x, "the subject has changed since"
	case entry:
		return Reopened, &x, "the list entry has changed since"
	case x.Verdict == TrueMatch:
		return Confirmed, &x, ""
	}
	return Cleared, &x, ""
}

// Status of a subject as a whole.
type Status string

// Statuses, by the strongest hit that nobody has cleared.
const (
	Clear    Status = "clear"    // nothing found, or all of it cleared
	Possible Status = "possible" // something below the threshold
	Match    Status = "match"
)

// Answer is what screening a subject gave.
type Answer struct {
	Subject Subject
	Status  Status
	Hits    []Found
}

// Found is one hit with what was decided about it.
type Found struct {
	screening.Hit
	Match    bool // the score reaches the threshold
	State    State
	Decision *Decision
	Changed  string
}

// Screen answers for one subject.
func Screen(ix Finder, s Subject, a Ask, d Decisions) Answer {
	a = a.Filled()
	out := Answer{Subject: s, Status: Clear}
	for _, h := range s.Find(ix, a) {
		f := Found{Hit: h, Match: h.Score >= a.Threshold}
		f.State, f.Decision, f.Changed = d.Of(&s, &h.Party)
		switch {
		case f.State == Cleared:
		case f.Match || f.State == Confirmed:
			out.Status = Match
		case out.Status == Clear:
			out.Status = Possible
		}
		out.Hits = append(out.Hits, f)
	}
	return out
}
