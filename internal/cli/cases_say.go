package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/report/changes"
	"github.com/reportedly/reportedly/internal/store"
)

// saying is one command by which a person says something of a case.
type saying struct {
	use, short string
	args       cobra.PositionalArgs
	flags      func(*cobra.Command, *review.Record)
	// fill takes the arguments over into the record. find gives a case by number
	// or id.
	fill func(r *review.Record, args []string, find func(string) (store.NumberedCase, error)) error
}

// sayings are the commands below "cases" that add a record.
var sayings = []saying{
	{use: "decide CASE OUTCOME", short: "Decide on a case: " + strings.Join(review.Outcomes, ", "), args: cobra.ExactArgs(2),
		flags: func(c *cobra.Command, r *review.Record) {
			c.Flags().StringArrayVar(&r.Alternatives, "alternative", nil, "an alternative explanation that was considered (may be repeated)")
			c.Flags().StringVar(&r.Waived, "no-alternative", "", "why no alternative explanation was considered")
		},
		fill: about(review.Decide, func(r *review.Record, rest []string) { r.Value = rest[0] })},
	{use: "sign RECORD", short: "Put a second signature under a decision", args: cobra.ExactArgs(1), fill: of(review.Sign)},
	{use: "undo RECORD", short: "Take a record back by a further record", args: cobra.ExactArgs(1), fill: of(review.Undo)},
	{use: "note CASE TEXT", short: "Note something beside a case", args: cobra.ExactArgs(2),
		fill: about(review.Note, func(r *review.Record, rest []string) { r.Text = rest[0] })},
	{use: "answer CASE FIELD TEXT", short: "Answer a question that the reports leave open", args: cobra.ExactArgs(3),
		fill: about(review.Answer, func(r *review.Record, rest []string) { r.Field, r.Text = rest[0], rest[1] })},
	{use: "evidence CASE ADDRESS", short: "Add evidence to a case: the id of a stored article, or an address", args: cobra.ExactArgs(2),
		fill: about(review.Evidence, func(r *review.Record, rest []string) { r.Text = rest[0] })},
	{use: "assess CASE", short: "Give a likelihood or a confidence, one at a time", args: cobra.ExactArgs(1),
		flags: func(c *cobra.Command, r *review.Record) {
			c.Flags().StringVar(&r.Likelihood, "likelihood", "", strings.Join(review.Likelihoods, ", "))
			c.Flags().StringVar(&r.Confidence, "confidence", "", "in the evidence base: "+strings.Join(review.Confidences, ", "))
		},
		fill: about(review.Assess, nil)},
	{use: "seen CASE", short: "Note that a case was looked through as it stands", args: cobra.ExactArgs(1), fill: about(review.Seen, nil)},
	{use: "merge CASE CASE", short: "Two cases are one happening", args: cobra.ExactArgs(2), fill: merge},
	{use: "split CASE", short: "Claims are a case of their own", args: cobra.ExactArgs(1), flags: claimFlag, fill: about(review.Split, nil)},
	{use: "drop CASE", short: "Claims are read wrongly and count no more", args: cobra.ExactArgs(1), flags: claimFlag, fill: about(review.Drop, nil)},
	{use: "identify CASE PARTY", short: `A case (or some of its claims) is about another party; "none" is somebody on no list`, args: cobra.ExactArgs(2),
		flags: optionalClaims, fill: identify},
	{use: "independence CASE ORIGIN ORIGIN VALUE", short: "Two origins (O1, O2) are independent, dependent or undetermined", args: cobra.ExactArgs(4), fill: independence},
	{use: "exemption CASE STATUS", short: "Put on record what is known of an exemption: " + strings.Join(review.Exemptions, ", "), args: cobra.ExactArgs(2),
		flags: func(c *cobra.Command, r *review.Record) {
			c.Flags().StringVar(&r.Text, "body", "", "who gave or refused it")
		},
		fill: about(review.Exemption, func(r *review.Record, rest []string) { r.Value = rest[0] })},
	{use: "rate-source NAME GRADE", short: "Grade the reliability of a source, A to F", args: cobra.ExactArgs(2),
		flags: func(c *cobra.Command, r *review.Record) {
			c.Flags().StringVar(&r.Text, "from", "", "day from which the grade holds (default: today)")
		},
		fill: rateSource},
	{use: "rate-item CLAIM GRADE", short: "Grade the credibility of a claim, 1 to 6", args: cobra.ExactArgs(2),
		flags: func(c *cobra.Command, r *review.Record) {
			c.Flags().StringVar(&r.Against, "against", "", "the claim that contradicts it (needed for 5)")
		},
		fill: func(r *review.Record, args []string, _ func(string) (store.NumberedCase, error)) error {
			r.Kind, r.Claims, r.Value = review.Credibility, []string{args[0]}, args[1]
			return nil
		}},
	{use: "challenge CASE TEXT", short: "Keep that somebody contests a case", args: cobra.ExactArgs(2),
		fill: about(review.Challenge, func(r *review.Record, rest []string) { r.Text = rest[0] })},
}

func claimFlag(c *cobra.Command, r *review.Record) {
	optionalClaims(c, r)
	if err := c.MarkFlagRequired("claim"); err != nil {
		panic(err) // the flag is made one line above
	}
}

func optionalClaims(c *cobra.Command, r *review.Record) {
	c.Flags().StringSliceVar(&r.Claims, "claim", nil, "ids of the claims (see cases show --json)")
}

// about fills in the case that the first argument names.
func about(k review.Kind, more func(*review.Record, []string)) func(*review.Record, []string, func(string) (store.NumberedCase, error)) error {
	return func(r *review.Record, args []string, find func(string) (store.NumberedCase, error)) error {
		c, err := find(args[0])
		if err != nil {
			return err
		}
		r.Kind, r.Case = k, c.ID
		if more != nil {
			more(r, args[1:])
		}
		return nil
	}
}

func of(k review.Kind) func(*review.Record, []string, func(string) (store.NumberedCase, error)) error {
	return func(r *review.Record, args []string, _ func(string) (store.NumberedCase, error)) error {
		r.Kind, r.Of = k, args[0]
		return nil
	}
}

func merge(r *review.Record, args []string, find func(string) (store.NumberedCase, error)) error {
	r.Kind = review.Merge
	for _, a := range args {
		c, err := find(a)
		if err != nil {
			return err
		}
		r.Case = c.ID
		for _, l := range c.Claims {
			r.Claims = append(r.Claims, l.ID)
		}
	}
	return nil
}

func identify(r *review.Record, args []string, find func(string) (store.NumberedCase, error)) error {
	c, err := find(args[0])
	r.Kind, r.Case, r.Field, r.Value = review.Identify, c.ID, c.Party.ID, args[1]
	return err
}

func independence(r *review.Record, args []string, find func(string) (store.NumberedCase, error)) error {
	c, err := find(args[0])
	if err != nil {
		return err
	}
	r.Kind, r.Case, r.Value = review.Independence, c.ID, args[3]
	of := func(id string) []string {
		i := slices.IndexFunc(c.Origins, func(o cases.Origin) bool { return o.ID == id })
		if i < 0 {
			return nil
		}
		return c.Origins[i].Claims
	}
	if r.Claims, r.Other = of(args[1]), of(args[2]); len(r.Claims) == 0 || len(r.Other) == 0 {
		return fmt.Errorf("case %d has no origins %s and %s", c.Number, args[1], args[2])
	}
	return nil
}

func rateSource(r *review.Record, args []string, _ func(string) (store.NumberedCase, error)) error {
	r.Kind, r.Source, r.Value = review.Reliability, args[0], args[1]
	if r.Text == "" {
		return nil
	}
	var err error
	r.From, err = parseDay("from", r.Text)
	r.Text = ""
	return err
}

// sayCommands makes the commands of sayings and the one that lists records.
func (a *app) sayCommands() []*cobra.Command {
	var out []*cobra.Command
	for _, s := range sayings {
		r := &review.Record{}
		cmd := &cobra.Command{Use: s.use, Short: s.short, Args: s.args,
			RunE: func(c *cobra.Command, args []string) error { return a.say(c.Context(), s, *r, args) }}
		cmd.Flags().StringVar(&r.Who, "by", "", "who says so (default: $REPORTEDLY_REVIEWER)")
		cmd.Flags().StringVar(&r.Reason, "reason", "", "why")
		if s.flags != nil {
			s.flags(cmd, r)
		}
		out = append(out, cmd)
	}
	return append(out, &cobra.Command{Use: "records [CASE]", Short: "List what people said, of one case or of all", Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.runRecords(c.Context(), args) }})
}

func (a *app) say(ctx context.Context, s saying, r review.Record, args []string) error {
	if r.Who == "" {
		r.Who = a.cfg.Reviewer
	}
	if r.Who == "" {
		return usagef("who says so? Name yourself with --by or REPORTEDLY_REVIEWER")
	}
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	all, err := st.Cases(ctx, time.Time{})
	if err != nil {
		return err
	}
	b := &book{cases: all}
	find := func(id string) (store.NumberedCase, error) {
		got, err := b.pick([]string{id})
		if err != nil {
			return store.NumberedCase{}, err
		}
		return got[0], nil
	}
	if err := s.fill(&r, args, find); err != nil {
		return err
	}
	if r.Kind == review.Evidence {
		if _, err := st.Article(ctx, r.Text); err == nil {
			r.Article, r.Text = r.Text, ""
		}
	}
	kept, err := pipeline.Say(ctx, st, nil, r, time.Now())
	if err != nil {
		return err
	}
	k, err := a.storeKnowledge(ctx, st)
	if err != nil {
		return fmt.Errorf("record %s is kept; the cases were not built again: %w", kept.ID, err)
	}
	ch, err := pipeline.BuildCases(ctx, st, k, Version, time.Now())
	if err != nil {
		return fmt.Errorf("record %s is kept; the cases were not built again: %w", kept.ID, err)
	}
	if a.json {
		return a.printJSON(kept)
	}
	return a.printf("%s kept. Cases: %d new, %d changed, %d closed, %d as before.\n", kept.ID, ch.New, ch.Changed, ch.Closed, ch.Same)
}

func (a *app) runRecords(ctx context.Context, args []string) error {
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	records, err := st.Records(ctx, time.Time{})
	if err != nil {
		return err
	}
	if len(args) == 1 {
		all, err := st.Cases(ctx, time.Time{})
		if err != nil {
			return err
		}
		picked, err := (&book{cases: all}).pick(args)
		if err != nil {
			return err
		}
		records = slices.DeleteFunc(records, func(r review.Record) bool { return !changes.Concerns(r, picked[0].Case, records) })
	}
	if a.json {
		return a.printJSON(records)
	}
	for _, r := range records {
		if err := a.printf("%s\n", r); err != nil {
			return err
		}
	}
	return nil
}
