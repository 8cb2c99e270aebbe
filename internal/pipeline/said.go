package pipeline

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/store"
)

// Auditor writes into the log of the house what a person did. A record that
// cannot be written there is an error of Say, but the record stays.
type Auditor interface {
	Said(ctx context.Context, r review.Record) error
}

// Saying is what Say needs of a store.
type Saying interface {
	store.Records
	CaseByID(ctx context.Context, id string) (store.NumberedCase, error)
	ClaimsHeld(ctx context.Context, claims []string) (map[string]bool, error)
}

// Say keeps what a person says of cases and has it audited. Where the record is
// about a case and names no claims, it gets those of the case, so that it holds
// when the case is built again; it remembers the state that the person saw. The
// cases themselves change with the next BuildCases. log may be nil.
func Say(ctx context.Context, st Saying, log Auditor, r review.Record, now time.Time) (review.Record, error) {
	if r.Case != "" {
		c, err := st.CaseByID(ctx, r.Case)
		if err != nil {
			return review.Record{}, err
		}
		r.Case, r.State = c.ID, c.MadeBy.Inputs
		if len(r.Claims) == 0 {
			r.Claims = claimIDs(c.Case)
		}
	}
	if err := claimsKnown(ctx, st, r); err != nil {
		return review.Record{}, err
	}
	r.At = now
	r, err := st.AddRecord(ctx, r)
	if err != nil {
		return review.Record{}, err
	}
	if log != nil {
		if err := log.Said(ctx, r); err != nil {
			return r, fmt.Errorf("record %s is kept, but not in the audit log: %w", r.ID, err)
		}
	}
	return r, nil
}

func claimIDs(c cases.Case) []string {
	var out []string
	for _, l := range c.Claims {
		out = append(out, l.ID)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// claimsKnown refuses a record about claims that no case holds: a slip of the
// pen would else change nothing and look like a decision.
func claimsKnown(ctx context.Context, st Saying, r review.Record) error {
	named := slices.Concat(r.Claims, r.Other)
	if r.Against != "" {
		named = append(named, r.Against)
	}
	if len(named) == 0 {
		return nil
	}
	have, err := st.ClaimsHeld(ctx, named)
	if err != nil {
		return err
	}
	for _, id := range named {
		if !have[id] {
			return fmt.Errorf("claim %s: %w", id, store.ErrNotFound)
		}
	}
	return nil
}
