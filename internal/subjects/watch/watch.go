package watch

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/subjects"
)

// Hit is a hit of a watched subject as it is kept.
type Hit struct {
	Subject  string         `json:"subject"`
	Party    string         `json:"party"`
	Name     string         `json:"name"`    // the subject's
	Entry    string         `json:"entry"`   // the party's primary name
	Matched  string         `json:"matched"` // the listed name that is likest
	Score    float64        `json:"score"`
	Match    bool           `json:"match"`
	State    subjects.State `json:"state"`
	Listed   []string       `json:"listed,omitempty"`
	Standing bool           `json:"standing"` // a newest edition holds the entry
	// Wordings that the hit is about.
	SubjectHash string `json:"subject_hash"`
	PartyHash   string `json:"party_hash"`
}

// Hash names what makes one hit differ from an earlier one.
func (h Hit) Hash() string {
	sum := sha256.Sum256([]byte(fmt.Sprintf("%s %s %s %s %.6f %t %s %t %s", h.Subject, h.Party, h.SubjectHash, h.PartyHash, h.Score, h.Match, h.State, h.Standing, h.Matched)))
	return hex.EncodeToString(sum[:12])
}

// Hits gives the hits of an answer as they are kept.
func Hits(a subjects.Answer) []Hit {
	var out []Hit
	subject := a.Subject.Hash()
	for _, f := range a.Hits {
		h := Hit{Subject: a.Subject.ID, Party: f.Party.ID, Name: a.Subject.Name, Entry: f.Party.PrimaryName(), Matched: f.Matched, Score: f.Score, Match: f.Match, State: f.State,
			SubjectHash: subject, PartyHash: subjects.HashOf(&f.Party)}
		for i := range f.Party.Designations {
			d := &f.Party.Designations[i]
			h.Listed = append(h.Listed, strings.TrimSpace(d.Authority+" "+d.Reference))
			h.Standing = h.Standing || subjects.Standing(d)
		}
		out = append(out, h)
	}
	return out
}

// Kind of a change.
type Kind string

// Kinds of changes.
const (
	New      Kind = "new"
	Changed  Kind = "changed"
	Vanished Kind = "vanished"
)

// Change is what is told about one hit.
type Change struct {
	Number int       `json:"number,omitempty"` // in the order of telling
	Kind   Kind      `json:"kind"`
	Run    string    `json:"run"`
	At     time.Time `json:"at"`
	Hit    Hit       `json:"hit"`
	Before *Hit      `json:"before,omitempty"`
}

// Compare tells how a subject's hits differ from those kept, in order of the
// parties' IDs.
func Compare(before, now []Hit) []Change {
	var out []Change
	byParty := func(hs []Hit, id string) *Hit {
		for i := range hs {
			if hs[i].Party == id {
				return &hs[i]
			}
		}
		return nil
	}
	for _, h := range now {
		old := byParty(before, h.Party)
		switch {
		case old == nil:
			out = append(out, Change{Kind: New, Hit: h})
		case old.Hash() != h.Hash():
			out = append(out, Change{Kind: Changed, Hit: h, Before: old})
		}
	}
	for _, h := range before {
		if byParty(now, h.Party) == nil {
			out = append(out, Change{Kind: Vanished, Hit: h})
		}
	}
	slices.SortFunc(out, func(a, b Change) int { return strings.Compare(a.Hit.Party, b.Hit.Party) })
	return out
}

// Run is one pass over the watched subjects.
type Run struct {
	ID      string    `json:"id"`
	Lists   string    `json:"lists"`  // key of the editions
	Before  string    `json:"before"` // of the last complete run; "" = none
	Program string    `json:"program"`
	Ask     string    `json:"ask"`   // threshold and filters
	Full    bool      `json:"full"`  // all subjects were screened
	State   string    `json:"state"` // "running", "complete"
	Began   time.Time `json:"began"`
	Ended   time.Time `json:"ended"`
	// Counts. Complete means that every subject watched when the run began was
	// considered, however often the run was interrupted.
	Subjects   int    `json:"subjects"`   // watched when it began
	Considered int    `json:"considered"` // of these, looked at
	Screened   int    `json:"screened"`   // of these, touched by a change and screened again
	Entries    int    `json:"entries"`    // list entries that changed
	New        int    `json:"new"`
	Changed    int    `json:"changed"`
	Vanished   int    `json:"vanished"`
	Last       string `json:"last"` // last subject that was considered
}

// States of a run.
const (
	Running  = "running"
	Complete = "complete"
)

// IsComplete reports whether every subject that was watched has been considered.
func (r Run) IsComplete() bool { return r.State == Complete && r.Considered >= r.Subjects }

// Count adds a change to the run's figures.
func (r *Run) Count(k Kind) {
	switch k {
	case New:
		r.New++
	case Changed:
		r.Changed++
	case Vanished:
		r.Vanished++
	}
}
