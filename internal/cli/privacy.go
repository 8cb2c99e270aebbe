package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/store/tables"
	"github.com/reportedly/reportedly/internal/story"
)

func (a *app) privacyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "privacy",
		Short: "What is kept of a person, erasure on request, retention",
		Long: `Erasure takes the words of articles out of everything that holds them and
leaves a keyed hash, so that the next import does not bring them back. It cannot
be undone. Backups made before still hold them.`,
	}
	cmd.AddCommand(a.privacyExportCommand(), a.privacyEraseCommand(), a.privacyRetainCommand())
	return cmd
}

func (a *app) privacyExportCommand() *cobra.Command {
	var party, words, out string
	cmd := &cobra.Command{Use: "export", Short: "Write all that is kept of a person, for a request of access", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		if party == "" && words == "" {
			return usagef("give --party or --words")
		}
		return a.runPrivacyExport(c.Context(), party, words, out)
	}}
	f := cmd.Flags()
	f.StringVar(&party, "party", "", "id of a listed party, for example un:IRi.039")
	f.StringVar(&words, "words", "", `words that articles hold, for example "\"Jane Doe\""`)
	f.StringVarP(&out, "output", "o", "-", "file to write")
	return cmd
}

// held is what is kept of a person.
type held struct {
	Cases    []store.NumberedCase `json:"cases"`
	Articles []story.Article      `json:"articles"`
	Records  []review.Record      `json:"records"`
}

// pageOfArticles is how many are read at a time.
const pageOfArticles = 200

func (a *app) runPrivacyExport(ctx context.Context, party, words, out string) (err error) {
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	h, err := gatherHeld(ctx, st, party, words)
	if err != nil {
		return err
	}
	if err := a.logged(ctx, st, "privacy.export", map[string]string{"cases": fmt.Sprint(len(h.Cases)), "articles": fmt.Sprint(len(h.Articles))}); err != nil {
		return err
	}
	w, err := a.create(out)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	err = enc.Encode(h)
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	return err
}

func gatherHeld(ctx context.Context, st *tables.DB, party, words string) (held, error) {
	h := held{Cases: []store.NumberedCase{}, Articles: []story.Article{}, Records: []review.Record{}}
	seen, ours := map[string]bool{}, map[string]bool{}
	for _, q := range []store.CaseQuery{{Party: party}, {Words: words, Quotes: true}} {
		if q.Party == "" && q.Words == "" {
			continue
		}
		q.Background, q.Sort = true, "number"
		found, _, err := st.FindCases(ctx, q)
		if err != nil {
			return h, err
		}
		for _, c := range found {
			if ours[c.ID] {
				continue
			}
			ours[c.ID] = true
			h.Cases = append(h.Cases, c)
			for _, ref := range c.Articles {
				seen[ref.ID] = true
			}
		}
	}
	for next := int64(0); words != ""; {
		found, n, err := st.SearchArticles(ctx, words, next, pageOfArticles)
		if err != nil {
			return h, err
		}
		for _, art := range found {
			seen[art.ID] = true
		}
		if next = n; next == 0 {
			break
		}
	}
	for art, err := range st.Articles(ctx) {
		if err != nil {
			return h, err
		}
		if seen[art.ID] {
			h.Articles = append(h.Articles, art)
		}
	}
	all, err := st.Records(ctx, time.Time{})
	for _, r := range all {
		if ours[r.Case] {
			h.Records = append(h.Records, r)
		}
	}
	return h, err
}

func (a *app) privacyEraseCommand() *cobra.Command {
	var reason string
	cmd := &cobra.Command{Use: "erase ARTICLE...", Short: "Take articles out for good and build the cases again", Args: cobra.MinimumNArgs(1), RunE: func(c *cobra.Command, args []string) error {
		if reason == "" {
			return usagef("--reason is needed: it stands in the audit log, without names")
		}
		st, err := a.openStore(c.Context())
		if err != nil {
			return err
		}
		defer st.Close()
		return a.erase(c.Context(), st, args, reason)
	}}
	cmd.Flags().StringVar(&reason, "reason", "", "why, for example a file number of the request")
	return cmd
}

// erase takes articles out, builds the cases without them, and takes their
// words out of the cases of before. It may be run again after an interruption.
func (a *app) erase(ctx context.Context, st *tables.DB, ids []string, reason string) error {
	now, gone := time.Now(), 0
	for _, id := range ids {
		switch err := st.Erase(ctx, id, reason, now); {
		case errors.Is(err, store.ErrNotFound): // erased before an interruption, or never here
		case err != nil:
			return err
		default:
			gone++
		}
	}
	k, err := a.storeKnowledge(ctx, st)
	switch {
	case errors.Is(err, pipeline.ErrNoLists): // then there are no cases
	case err != nil:
		return err
	default:
		if _, err := pipeline.BuildCases(ctx, st, k, Version, now); err != nil {
			return err
		}
	}
	redacted, err := st.Redact(ctx, ids)
	if err != nil {
		return err
	}
	if err := a.logged(ctx, st, "privacy.erased", map[string]string{"articles": fmt.Sprint(gone), "cases": fmt.Sprint(redacted), "reason": reason}); err != nil {
		return err
	}
	return a.printf("%d articles erased, %d past cases redacted\n", gone, redacted)
}

func (a *app) privacyRetainCommand() *cobra.Command {
	var days int
	var dry bool
	cmd := &cobra.Command{Use: "retain", Short: "Erase articles older than the retention period on which no case rests", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		if days < 1 {
			return usagef("--days: %d is no period", days)
		}
		return a.runRetain(c.Context(), days, dry)
	}}
	cmd.Flags().IntVar(&days, "days", 0, "how long articles are kept")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only count them")
	return cmd
}

func (a *app) runRetain(ctx context.Context, days int, dry bool) error {
	const most = 10_000_000
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	ids, err := st.Expired(ctx, time.Now().AddDate(0, 0, -days), most)
	if err != nil {
		return err
	}
	if dry || len(ids) == 0 {
		return a.printf("%d articles are older than %d days and no case rests on them\n", len(ids), days)
	}
	return a.erase(ctx, st, ids, fmt.Sprintf("retention of %d days", days))
}
