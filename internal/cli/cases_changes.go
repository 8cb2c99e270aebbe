package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/report/changes"
	"github.com/reportedly/reportedly/internal/store"
)

// caseChange is one case with what changed in it.
type caseChange struct {
	Case    int       `json:"case"`
	ID      string    `json:"id"`
	Title   string    `json:"title"`
	Since   time.Time `json:"since,omitzero"`
	Kind    string    `json:"kind"` // "new", "changed", "closed", "not seen yet"
	Changes []string  `json:"changes,omitempty"`
}

func (a *app) casesChangesCommand() *cobra.Command {
	var since, reviewer string
	cmd := &cobra.Command{
		Use:   "changes",
		Short: "What changed since a day, or since somebody last reviewed each case",
		Long: `Compares the cases with what was known on a day, or, with --reviewer, each case
with the state that the person saw last (commands seen, decide, note). Then lists
what rested on reports that were withdrawn or corrected.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.runChanges(c.Context(), since, reviewer) },
	}
	cmd.Flags().StringVar(&since, "since", "", "the day, or the moment (2024-05-01, 2024-05-01T12:00:00Z)")
	cmd.Flags().StringVar(&reviewer, "reviewer", "", "the person")
	return cmd
}

func (a *app) runChanges(ctx context.Context, since, reviewer string) error {
	if (since == "") == (reviewer == "") {
		return usagef("either --since DAY or --reviewer NAME")
	}
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	now, err := st.Cases(ctx, time.Time{})
	if err != nil {
		return err
	}
	var found []caseChange
	if since != "" {
		found, err = changesSince(ctx, st, now, since)
	} else {
		found, err = changesFor(ctx, st, now, reviewer)
	}
	if err != nil {
		return err
	}
	plain := make([]cases.Case, len(now))
	for i, c := range now {
		plain[i] = c.Case
	}
	effects := changes.Effects(plain)
	if a.json {
		return a.printJSON(map[string]any{"changes": found, "effects": effects})
	}
	return a.printChanges(found, effects)
}

func (a *app) printChanges(found []caseChange, effects []changes.Effect) error {
	if len(found) == 0 {
		if err := a.printf("nothing changed\n"); err != nil {
			return err
		}
	}
	for _, c := range found {
		if err := a.printf("case %d  %s: %s\n", c.Case, c.Kind, c.Title); err != nil {
			return err
		}
		for _, s := range c.Changes {
			if err := a.printf("    %s\n", s); err != nil {
				return err
			}
		}
	}
	for i, e := range effects {
		if i == 0 {
			if err := a.printf("\nrests on what was withdrawn or corrected:\n"); err != nil {
				return err
			}
		}
		if err := a.printf("    %s (%s by %s): %s, case %s\n", e.Article, e.Act, e.By, e.On, e.Case); err != nil {
			return err
		}
	}
	return nil
}

// changesSince compares with what was known at the end of a day.
func changesSince(ctx context.Context, st store.Casebook, now []store.NumberedCase, since string) ([]caseChange, error) {
	at, err := knownMoment(since)
	if err != nil {
		return nil, err
	}
	then, err := st.Cases(ctx, at)
	if err != nil {
		return nil, err
	}
	before := map[string]store.NumberedCase{}
	for _, c := range then {
		before[c.ID] = c
	}
	var out []caseChange
	for _, c := range now {
		old, ok := before[c.ID]
		delete(before, c.ID)
		if !ok {
			out = append(out, caseChange{Case: c.Number, ID: c.ID, Title: c.Title, Since: at, Kind: "new"})
			continue
		}
		if diff := changes.Changed(old.Case, c.Case); len(diff) > 0 {
			out = append(out, caseChange{Case: c.Number, ID: c.ID, Title: c.Title, Since: at, Kind: "changed", Changes: diff})
		}
	}
	for _, c := range then {
		if _, gone := before[c.ID]; gone {
			out = append(out, caseChange{Case: c.Number, ID: c.ID, Title: c.Title, Since: at, Kind: "closed", Changes: []string{"its reports are in another case, or were dropped"}})
		}
	}
	return out, nil
}

// changesFor compares each case with its state when the person last said
// something of it.
func changesFor(ctx context.Context, st store.Store, now []store.NumberedCase, reviewer string) ([]caseChange, error) {
	records, err := st.Records(ctx, time.Time{})
	if err != nil {
		return nil, err
	}
	states := map[time.Time]map[string]store.NumberedCase{}
	var out []caseChange
	for _, c := range now {
		last := lastSeen(records, c, reviewer)
		if last.IsZero() {
			out = append(out, caseChange{Case: c.Number, ID: c.ID, Title: c.Title, Kind: "not seen yet"})
			continue
		}
		then, ok := states[last]
		if !ok {
			all, err := st.Cases(ctx, last)
			if err != nil {
				return nil, err
			}
			then = map[string]store.NumberedCase{}
			for _, o := range all {
				then[o.ID] = o
			}
			states[last] = then
		}
		old, ok := then[c.ID]
		if !ok {
			out = append(out, caseChange{Case: c.Number, ID: c.ID, Title: c.Title, Since: last, Kind: "new", Changes: []string{"parted or joined since"}})
			continue
		}
		// What the person said himself is no news to him.
		old.Review.Outcome = c.Review.Outcome
		if diff := changes.Changed(old.Case, c.Case); len(diff) > 0 {
			out = append(out, caseChange{Case: c.Number, ID: c.ID, Title: c.Title, Since: last, Kind: "changed", Changes: diff})
		}
	}
	return out, nil
}

func lastSeen(records []review.Record, c store.NumberedCase, reviewer string) time.Time {
	var last time.Time
	for _, r := range records {
		if r.Who == reviewer && r.At.After(last) && changes.Concerns(r, c.Case, records) {
			last = r.At
		}
	}
	return last
}
