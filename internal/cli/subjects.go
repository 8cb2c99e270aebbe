package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/entities"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/store/sqlite"
	"github.com/reportedly/reportedly/internal/story"
	"github.com/reportedly/reportedly/internal/subjects"
	"github.com/reportedly/reportedly/internal/subjects/table"
	"github.com/reportedly/reportedly/internal/subjects/watch"
	"github.com/reportedly/reportedly/internal/webhook"
)

func (a *app) subjectsCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "subjects", Short: "Watch customers: screen them again when lists change, tell what became of their hits",
		Long: `Keeps a base of subjects (customers, payees, ships) and screens them again when
something touches them: a list entry that came, went or reads otherwise, a
decision, or the subject itself. New, changed and vanished hits are told as JSON
lines and to a webhook. Nobody else is screened again, and the result is that of
screening all.`}
	cmd.AddCommand(a.subjectsImportCommand(), a.subjectsScreenCommand(), a.subjectsHitsCommand(), a.subjectsRunsCommand(), a.subjectsDropCommand())
	return cmd
}

func (a *app) subjectsImportCommand() *cobra.Command {
	var o batchOptions
	var replace bool
	cmd := &cobra.Command{Use: "import FILE", Short: "Take subjects over from CSV, JSON lines or a workbook; each needs an id of its own", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.runSubjectsImport(c.Context(), args[0], o, replace)
		}}
	o.tableFlags(cmd)
	cmd.Flags().BoolVar(&replace, "replace", false, "the file is the whole base: others are watched no more")
	return cmd
}

func (a *app) runSubjectsImport(ctx context.Context, path string, o batchOptions, replace bool) error {
	reading, err := o.reading(path)
	if err != nil {
		return err
	}
	in, err := openPlain(path)
	if err != nil {
		return err
	}
	defer in.Close()
	t := &told{a: a}
	rows, err := table.Open(in, reading, t.finding)
	if err != nil {
		return err
	}
	defer rows.Close()
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	i := importing{st: st, seen: map[string]bool{}, bar: a.newBar("subjects", 0)}
	err = i.all(ctx, rows, t)
	i.bar.done()
	if err != nil {
		return err
	}
	dropped := 0
	if replace && t.lost == 0 {
		if dropped, err = i.dropOthers(ctx); err != nil {
			return err
		}
	} else if replace {
		fmt.Fprintln(a.Err, "reportedly: some rows were not read, so nobody is dropped")
	}
	figures := map[string]int{"read": len(i.seen), "added": i.added, "changed": i.changed, "dropped": dropped}
	if a.json {
		err = a.printJSON(figures)
	} else {
		err = a.printf("%d subjects read: %d added, %d changed, %d watched no more\n", len(i.seen), i.added, i.changed, dropped)
	}
	if err != nil {
		return err
	}
	return t.err()
}

// importing takes subjects over, some at a time.
type importing struct {
	st             *sqlite.DB
	seen           map[string]bool
	batch          []subjects.Subject
	added, changed int
	bar            *bar
}

const importBatch = 1000

func (i *importing) all(ctx context.Context, rows *table.Rows, t *told) error {
	for s, err := range rows.All() {
		if err != nil {
			return err
		}
		switch {
		case s.ID == "":
			t.finding(story.Finding{Severity: story.Lost, File: rows.File(), Line: s.Line, Offset: -1, Text: "the subject has no id of its own (name the column with --column id=HEADER)"})
			continue
		case i.seen[s.ID]:
			t.finding(story.Finding{Severity: story.Lost, File: rows.File(), Line: s.Line, Offset: -1, Record: s.ID, Text: "the same id stands in a row before"})
			continue
		}
		i.seen[s.ID] = true
		if i.batch = append(i.batch, s); len(i.batch) == importBatch {
			if err := i.save(ctx); err != nil {
				return err
			}
		}
	}
	return i.save(ctx)
}

func (i *importing) save(ctx context.Context) error {
	added, changed, err := i.st.SaveSubjects(ctx, i.batch, time.Now())
	i.added, i.changed = i.added+added, i.changed+changed
	i.bar.grow(len(i.seen))
	i.bar.add(len(i.batch))
	i.batch = i.batch[:0]
	return err
}

func (i *importing) dropOthers(ctx context.Context) (int, error) {
	var others []string
	for s, err := range i.st.Subjects(ctx, "") {
		if err != nil {
			return 0, err
		}
		if !i.seen[s.ID] {
			others = append(others, s.ID)
		}
	}
	return i.st.DropSubjects(ctx, others, time.Now())
}

func (a *app) subjectsDropCommand() *cobra.Command {
	return &cobra.Command{Use: "drop ID...", Short: "Watch subjects no more; what was found stays in the store", Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			st, err := a.openStore(c.Context())
			if err != nil {
				return err
			}
			defer st.Close()
			n, err := st.DropSubjects(c.Context(), args, time.Now())
			if err != nil {
				return err
			}
			return a.printf("%d watched no more\n", n)
		}}
}

// watchOptions are the flags of "subjects screen".
type watchOptions struct {
	screenOptions
	delisted, full bool
	follow         time.Duration
	hook, secret   string
	allow          []string
}

func (a *app) subjectsScreenCommand() *cobra.Command {
	var o watchOptions
	cmd := &cobra.Command{
		Use: "screen", Short: "Screen again those whom something touched; tell new, changed and vanished hits as JSON lines",
		Long: `Screens again the subjects that something touched since the last complete run
and prints new, changed and vanished hits, one JSON object a line. A run is
complete only when every watched subject has been considered; interrupted, the
next call goes on. With --webhook, changes are posted as well, signed
(X-Reportedly-Signature: t=SECONDS,v1=HMAC-SHA256 of "SECONDS.BODY") with the
secret from $REPORTEDLY_WEBHOOK_SECRET, and kept until the receiver takes them.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.runSubjectsScreen(c.Context(), o) },
	}
	o.filterFlags(cmd)
	f := cmd.Flags()
	f.IntVar(&o.limit, "limit", 10, "hits of one subject at most")
	f.Float64Var(&o.threshold, "threshold", 0, "score from which a hit counts (default 0.70)")
	f.BoolVar(&o.delisted, "delisted", false, "also entries that left their lists")
	f.BoolVar(&o.full, "full", false, "screen all, whatever changed")
	f.DurationVar(&o.follow, "follow", 0, "stay and look this often whether lists, subjects or decisions changed (10m)")
	f.StringVar(&o.hook, "webhook", "", "also post changes to this address (https)")
	f.StringSliceVar(&o.allow, "webhook-allow-host", nil, "hosts that may lie inside this machine's networks")
	return cmd
}

func (a *app) runSubjectsScreen(ctx context.Context, o watchOptions) error {
	for _, e := range a.Env {
		if v, ok := strings.CutPrefix(e, "REPORTEDLY_WEBHOOK_SECRET="); ok {
			o.secret = v
		}
	}
	target := webhook.Target{URL: o.hook, Secret: o.secret, AllowHosts: o.allow}
	if o.hook != "" {
		if err := target.Check(); err != nil {
			return usageError{err.Error()}
		}
		if o.secret == "" {
			return usagef("--webhook needs a secret in REPORTEDLY_WEBHOOK_SECRET to sign with")
		}
	}
	ask, err := o.ask()
	if err != nil {
		return err
	}
	if only := ask.Only; !o.delisted && o.asOf == "" {
		ask.Only = func(p *party.Party) bool { return entities.Standing(p) && (only == nil || only(p)) }
	}
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	key := fmt.Sprintf("%v %v %v %v %v %v %v", o.asOf, o.sources, o.regimes, o.measures, ask.Filled().Threshold, ask.Filled().Limit, o.delisted)
	for {
		if err := a.rescreen(ctx, st, ask, key, o.full); err != nil {
			return err
		}
		if o.hook != "" {
			if err := a.deliver(ctx, st, target); err != nil && (o.follow == 0 || ctx.Err() != nil) {
				return err
			} else if err != nil {
				fmt.Fprintln(a.Err, "reportedly:", err, "(kept, tried again later)")
			}
		}
		if o.follow <= 0 {
			return nil
		}
		o.full = false
		timer := time.NewTimer(o.follow)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		}
	}
}

func (a *app) rescreen(ctx context.Context, st *sqlite.DB, ask subjects.Ask, key string, full bool) error {
	k, err := pipeline.StoredLists(ctx, st, time.Time{})
	if err != nil {
		return err
	}
	total, err := st.CountSubjects(ctx)
	if err != nil {
		return err
	}
	b := a.newBar("subjects", total)
	enc := json.NewEncoder(a.Out)
	enc.SetEscapeHTML(false)
	run, err := pipeline.Rescreen{Store: st, Lists: k, Ask: ask, AskKey: key, Program: Version, Full: full, Now: time.Now,
		Tell: func(c watch.Change) error { return enc.Encode(c) }, Progress: b.add}.Subjects(ctx)
	b.done()
	if err != nil {
		return err
	}
	if a.quiet {
		return nil
	}
	_, err = fmt.Fprintln(a.Err, runText(run))
	return err
}

func runText(r watch.Run) string {
	state := "complete"
	if !r.IsComplete() {
		state = "not complete"
	}
	return fmt.Sprintf("run %s %s: %d of %d subjects considered, %d screened again (%d list entries changed); hits: %d new, %d changed, %d vanished",
		r.ID, state, r.Considered, r.Subjects, r.Screened, r.Entries, r.New, r.Changed, r.Vanished)
}

func (a *app) deliver(ctx context.Context, st store.Subjects, t webhook.Target) error {
	s := webhook.Sender{Agent: "reportedly/" + Version}
	n, err := pipeline.Deliver(ctx, st, func(ctx context.Context, delivery string, body []byte) error { return s.Send(ctx, t, delivery, body) }, time.Now)
	if n > 0 && !a.quiet {
		fmt.Fprintf(a.Err, "%d changes delivered\n", n)
	}
	return err
}

func (a *app) subjectsHitsCommand() *cobra.Command {
	return &cobra.Command{Use: "hits [ID]", Short: "Show the hits that stand now, of one subject or of all", Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			st, err := a.openStore(c.Context())
			if err != nil {
				return err
			}
			defer st.Close()
			hits, err := st.SubjectHits(c.Context(), strings.Join(args, ""))
			if err != nil {
				return err
			}
			if a.json {
				if hits == nil {
					hits = []watch.Hit{}
				}
				return a.printJSON(hits)
			}
			for _, h := range hits {
				if err := a.printf("%.3f  %-9s  %s  %s  is perhaps  %s  %s  (%s)\n", h.Score, h.State, h.Subject, h.Name, h.Entry, h.Party, strings.Join(h.Listed, "; ")); err != nil {
					return err
				}
			}
			return nil
		}}
}

func (a *app) subjectsRunsCommand() *cobra.Command {
	return &cobra.Command{Use: "runs", Short: "Show the runs over the watched subjects and whether they are complete", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			st, err := a.openStore(c.Context())
			if err != nil {
				return err
			}
			defer st.Close()
			runs, err := st.SubjectRuns(c.Context(), 50)
			if err != nil {
				return err
			}
			if a.json {
				if runs == nil {
					runs = []watch.Run{}
				}
				return a.printJSON(runs)
			}
			for _, r := range runs {
				if err := a.printf("%s\n", runText(r)); err != nil {
					return err
				}
			}
			return nil
		}}
}
