package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// Imported tells of one edition that was read.
type Imported struct {
	Edition party.Edition
	Added   bool // false where the store held it already
}

// ImportLists reads editions from files in any order and keeps each one whole.
// A refused or damaged file is told as a finding and changes nothing in the
// store. The error is for what stops the whole import: the store, the context.
func ImportLists(ctx context.Context, st store.Lists, inputs []snapshot.Input, opts lists.Options, known time.Time, kept func(Imported), found func(story.Finding)) error {
	for s, err := range lists.Open(ctx, inputs, opts) {
		var l lists.Loaded
		if err == nil {
			l, err = s.Load()
		}
		var refusal *snapshot.Refusal
		switch {
		case errors.As(err, &refusal):
			found(refusal.Finding)
			continue
		case err != nil:
			return fmt.Errorf("lists: %w", err)
		}
		for _, f := range l.Findings {
			found(f)
		}
		added, err := st.SaveEdition(ctx, l.Edition, l.Parties, l.Findings, known)
		if err != nil {
			return err
		}
		kept(Imported{Edition: l.Edition, Added: added})
	}
	return ctx.Err()
}
