package cli

import (
	"context"
	"encoding/csv"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/screening"
	"github.com/reportedly/reportedly/internal/subjects"
)

type decideOptions struct {
	screenOptions
	id, who, reason string
}

// decideCommand keeps a person's word on a hit.
func (a *app) decideCommand() *cobra.Command {
	var o decideOptions
	cmd := &cobra.Command{
		Use:   "decide VERDICT PARTY [NAME]",
		Short: "Keep that a hit is a false match or a true one (or open it again)",
		Long: `Keeps a decision on one subject and one listed party: false-match, true-match,
or reopen. It holds for the wordings that both have now; when the list entry or
the subject changes, the hit is shown as open again beside the decision. The
subject is a watched one (--id), or a name with what else was given to screen.`,
		Example: `  reportedly screen decide false-match invented:inv-tolvanyi "Marek Tolvani" --birth-date 1990 --reason "born 1990, a baker in Lyon" --by ada
  reportedly screen decide true-match invented:inv-tolvanyi --id C-1042 --reason "passport compared" --by ada`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(c *cobra.Command, args []string) error { return a.runDecide(c.Context(), args, o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.id, "id", "", "the subject's own id; a watched subject needs nothing else")
	f.StringVar(&o.who, "by", "", "who decides (default: $REPORTEDLY_REVIEWER)")
	f.StringVar(&o.reason, "reason", "", "why; needed")
	f.StringVar(&o.schema, "schema", "", "as given to screen")
	f.StringVar(&o.birthDate, "birth-date", "", "as given to screen")
	f.StringVar(&o.country, "country", "", "as given to screen")
	f.StringVar(&o.gender, "gender", "", "as given to screen")
	f.StringVar(&o.number, "number", "", "as given to screen")
	return cmd
}

func (a *app) runDecide(ctx context.Context, args []string, o decideOptions) error {
	d := subjects.Decision{Verdict: subjects.Verdict(args[0]), Party: args[1], Reason: o.reason, Who: o.who, At: time.Now()}
	if d.Who == "" {
		d.Who = a.cfg.Reviewer
	}
	if d.Who == "" {
		return usagef("who decides? Name yourself with --by or REPORTEDLY_REVIEWER")
	}
	if strings.TrimSpace(d.Reason) == "" {
		return usagef("a decision needs its reason: --reason \"...\"")
	}
	s, err := o.subject(strings.Join(args[2:], " "))
	if err != nil {
		return err
	}
	s.ID = o.id
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	if s.Name == "" && len(s.Numbers) == 0 {
		if s, err = st.Subject(ctx, o.id); err != nil {
			return err
		}
	}
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return err
	}
	p, ok := k.Party(d.Party)
	if !ok {
		return fmt.Errorf("%s: no such party on the lists", d.Party)
	}
	d.Subject, d.Name, d.SubjectHash, d.PartyHash = s.Key(), s.Name, s.Hash(), subjects.HashOf(&p)
	if hits := s.Find(screening.New(k.Parties[k.Place(d.Party):k.Place(d.Party)+1]), subjects.Ask{Floor: 0.01}); len(hits) > 0 {
		d.Matched, d.Score = hits[0].Matched, hits[0].Score
	}
	log, _, err := a.auditLog(st)
	if err != nil {
		return err
	}
	kept, err := pipeline.Decide(ctx, st, decisionLog{log}, d)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(kept)
	}
	return a.printf("decision %d kept: %s is a %s of %s (%s), by %s\n", kept.Number, kept.Party, kept.Verdict, kept.Name, kept.Subject, kept.Who)
}

// auditor writes decisions into the audit log.
type decisionLog struct{ log *audit.Log }

// Decided implements pipeline.DecisionLog.
func (l decisionLog) Decided(ctx context.Context, d subjects.Decision) error {
	_, err := l.log.Append(ctx, audit.Entry{Time: d.At, Actor: "cli", Action: "decision.match", Object: d.Party, Detail: map[string]string{
		"subject": d.Subject, "verdict": string(d.Verdict), "reason": d.Reason, "by": d.Who, "number": fmt.Sprint(d.Number), "subject_hash": d.SubjectHash, "party_hash": d.PartyHash}})
	return err
}

// decisionsCommand exports what was decided.
func (a *app) decisionsCommand() *cobra.Command {
	var known, format string
	cmd := &cobra.Command{
		Use: "decisions", Short: "List or export what was decided about hits (all of it, in order)", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.runDecisions(c.Context(), known, format) },
	}
	cmd.Flags().StringVar(&known, "known-at", "", "what had been decided by this day")
	cmd.Flags().StringVar(&format, "format", "text", "text, csv or jsonl")
	return cmd
}

func (a *app) runDecisions(ctx context.Context, knownAt, format string) error {
	known, err := knownMoment(knownAt)
	if err != nil {
		return err
	}
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	all, err := st.Decisions(ctx, known)
	switch {
	case err != nil:
		return err
	case a.json:
		if all == nil {
			all = []subjects.Decision{}
		}
		return a.printJSON(all)
	}
	switch format {
	case "jsonl":
		return printLines(a, all)
	case "csv":
		w := csv.NewWriter(a.Out)
		_ = w.Write([]string{"number", "at", "verdict", "subject", "name", "party", "matched", "score", "by", "reason"}) // told by Error
		for _, d := range all {
			_ = w.Write([]string{fmt.Sprint(d.Number), d.At.Format(time.RFC3339), string(d.Verdict), noFormula(d.Subject), noFormula(d.Name), d.Party, noFormula(d.Matched), fmt.Sprintf("%.4f", d.Score), noFormula(d.Who), noFormula(d.Reason)})
		}
		w.Flush()
		return w.Error()
	case "text":
		for _, d := range all {
			if err := a.printf("%d  %s  %s  %s (%s)  %s  by %s: %s\n", d.Number, d.At.Format(time.DateOnly), d.Verdict, d.Name, d.Subject, d.Party, d.Who, d.Reason); err != nil {
				return err
			}
		}
		return nil
	}
	return usagef("--format: text, csv or jsonl, not %q", format)
}

// noFormula keeps a spreadsheet from running a cell.
func noFormula(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}
