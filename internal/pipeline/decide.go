package pipeline

import (
	"context"
	"fmt"

	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/subjects"
)

// DecisionLog keeps that a person decided something. It may be nil.
type DecisionLog interface {
	Decided(ctx context.Context, d subjects.Decision) error
}

// Decide keeps a decision in the store and in the audit log.
func Decide(ctx context.Context, st store.Decisions, log DecisionLog, d subjects.Decision) (subjects.Decision, error) {
	kept, err := st.AddDecision(ctx, d)
	if err != nil {
		return kept, err
	}
	if log != nil {
		if err := log.Decided(ctx, kept); err != nil {
			return kept, fmt.Errorf("decision %d is kept, but not in the audit log: %w", kept.Number, err)
		}
	}
	return kept, nil
}
