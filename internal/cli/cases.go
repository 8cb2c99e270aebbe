package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/report"
	"github.com/reportedly/reportedly/internal/report/ftm"
	"github.com/reportedly/reportedly/internal/report/stix"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

type caseFilter struct {
	party      string
	activity   string
	background bool
	knownAt    string
}

func (a *app) casesCommand() *cobra.Command {
	var f caseFilter
	cmd := &cobra.Command{
		Use:   "cases",
		Short: "List, show and export case files",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return a.runCasesList(c.Context(), f) },
	}
	pf := cmd.PersistentFlags()
	pf.StringVar(&f.party, "party", "", "only cases of parties whose name or reference holds this")
	pf.StringVar(&f.activity, "activity", "", "only cases with this activity code, for example TRV-ENTRY or TRV")
	pf.BoolVar(&f.background, "background", true, "also what articles tell in passing about older doings")
	pf.StringVar(&f.knownAt, "known-at", "", "what was known on this day (2016-04-18) and not later")
	cmd.AddCommand(
		&cobra.Command{Use: "list", Short: "List the cases", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error { return a.runCasesList(c.Context(), f) }},
		&cobra.Command{Use: "show CASE...", Short: "Show case files in full, by number or id", Args: cobra.MinimumNArgs(1), RunE: func(c *cobra.Command, args []string) error { return a.runCasesShow(c.Context(), f, args) }},
		a.casesExportCommand(&f),
		a.casesChangesCommand(),
	)
	cmd.AddCommand(a.sayCommands()...)
	return cmd
}

// book is what the store knows of cases at a moment.
type book struct {
	cases  []store.NumberedCase
	copies []echoes.Edge
	shelf  *articleShelf
}

func (a *app) openBook(ctx context.Context, f caseFilter) (*book, func(), error) {
	known, err := knownMoment(f.knownAt)
	if err != nil {
		return nil, nil, err
	}
	st, err := a.openStore(ctx)
	if err != nil {
		return nil, nil, err
	}
	b := &book{shelf: &articleShelf{ctx: ctx, st: st, have: map[string]story.Article{}}}
	closeIt := func() { st.Close() }
	all, err := st.Cases(ctx, known)
	if err == nil {
		b.copies, err = st.Copies(ctx, known)
	}
	if err != nil {
		closeIt()
		return nil, nil, err
	}
	for _, c := range all {
		if f.keeps(c.Case) {
			b.cases = append(b.cases, c)
		}
	}
	return b, closeIt, nil
}

// knownMoment takes the end of the day asked for.
func knownMoment(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	d, err := parseDay("known-at", s)
	if err != nil {
		return time.Time{}, err
	}
	return d.Last().Time().Add(24*time.Hour - time.Nanosecond), nil
}

func (f caseFilter) keeps(c cases.Case) bool {
	if c.Status == cases.Background && !f.background {
		return false
	}
	if f.party != "" {
		hay := strings.ToLower(c.Party.Name + " " + c.Party.ID + " " + strings.Join(c.Party.Refs, " "))
		if !strings.Contains(hay, strings.ToLower(f.party)) {
			return false
		}
	}
	if f.activity == "" {
		return true
	}
	for _, code := range c.Activity {
		if string(code) == f.activity || code.Family() == f.activity {
			return true
		}
	}
	return false
}

func (a *app) runCasesList(ctx context.Context, f caseFilter) error {
	b, done, err := a.openBook(ctx, f)
	if err != nil {
		return err
	}
	defer done()
	if a.json {
		return a.printJSON(b.cases)
	}
	if len(b.cases) == 0 {
		return a.printf("no cases. Import lists (reportedly lists import FILE...), scan articles (reportedly scan PATH...),\nor see the demo (reportedly demo).\n")
	}
	return report.Table(a.Out, b.files(b.cases), a.width())
}

func (a *app) runCasesShow(ctx context.Context, f caseFilter, ids []string) error {
	b, done, err := a.openBook(ctx, caseFilter{background: true, knownAt: f.knownAt})
	if err != nil {
		return err
	}
	defer done()
	picked, err := b.pick(ids)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(picked)
	}
	for i, file := range b.files(picked) {
		if i > 0 {
			if err := a.printf("\n"); err != nil {
				return err
			}
		}
		if err := report.Text(a.Out, file, a.width()); err != nil {
			return err
		}
	}
	return b.shelf.err
}

// pick finds cases by number or by the head of their id.
func (b *book) pick(ids []string) ([]store.NumberedCase, error) {
	var out []store.NumberedCase
	for _, id := range ids {
		n, numErr := strconv.Atoi(strings.TrimPrefix(id, "#"))
		found := false
		for _, c := range b.cases {
			if (numErr == nil && c.Number == n) || (len(id) >= 4 && strings.HasPrefix(c.ID, id)) {
				out = append(out, c)
				found = true
			}
		}
		if !found {
			return nil, fmt.Errorf("case %s: %w", id, store.ErrNotFound)
		}
	}
	return out, nil
}

// articleShelf fetches the articles that case files quote, each once.
type articleShelf struct {
	ctx  context.Context
	st   store.Shelf
	have map[string]story.Article
	err  error
}

func (s *articleShelf) of(c cases.Case) map[string]story.Article {
	for _, ref := range c.Articles {
		if _, ok := s.have[ref.ID]; ok {
			continue
		}
		art, err := s.st.Article(s.ctx, ref.ID)
		if err != nil {
			if !errors.Is(err, store.ErrNotFound) && s.err == nil {
				s.err = err
			}
			continue
		}
		s.have[ref.ID] = art
	}
	return s.have
}

// files turns cases into what report lays out. Links between cases are shown
// by number, which people use, instead of by id.
func (b *book) files(cs []store.NumberedCase) []report.File {
	number := map[string]string{}
	for _, c := range b.cases {
		number[c.ID] = strconv.Itoa(c.Number)
	}
	var out []report.File
	for _, c := range cs {
		links := append([]cases.Link{}, c.Links...)
		for i, l := range links {
			if n, ok := number[l.Case]; ok {
				links[i].Case = n
			}
		}
		c.Case.Links = links
		out = append(out, report.File{Number: c.Number, Case: c.Case, Articles: b.shelf.of(c.Case), Review: reviewed(c.Review)})
	}
	return out
}

func (a *app) casesExportCommand(f *caseFilter) *cobra.Command {
	var format, out string
	cmd := &cobra.Command{
		Use:   "export [CASE...]",
		Short: "Write cases to a file: json (the form the scorer reads), full (everything), html, csv, incidents, ftm, stix",
		RunE: func(c *cobra.Command, args []string) error {
			return a.runCasesExport(c.Context(), *f, args, format, out)
		},
	}
	cmd.Flags().StringVar(&format, "format", "json", strings.Join(formats(), ", "))
	cmd.Flags().StringVarP(&out, "output", "o", "", "file to write, - is the standard output")
	return cmd
}

func (a *app) runCasesExport(ctx context.Context, f caseFilter, ids []string, format, out string) (err error) {
	write, ok := exporters[format]
	if !ok {
		return usagef("--format: %q is none of %s", format, strings.Join(formats(), ", "))
	}
	b, done, err := a.openBook(ctx, f)
	if err != nil {
		return err
	}
	defer done()
	picked := b.cases
	if len(ids) > 0 {
		if picked, err = b.pick(ids); err != nil {
			return err
		}
	}
	w, err := a.create(out)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := w.Close(); err == nil {
			err = cerr
		}
	}()
	return write(w, b, picked)
}

var exporters = map[string]func(io.Writer, *book, []store.NumberedCase) error{
	"json": exportScored,
	"full": func(w io.Writer, b *book, cs []store.NumberedCase) error {
		return (&app{Streams: Streams{Out: w}}).printJSON(map[string]any{"cases": cs, "copies": b.copies})
	},
	"html": func(w io.Writer, b *book, cs []store.NumberedCase) error {
		if err := report.HTML(w, pageTitle, b.files(cs)); err != nil {
			return err
		}
		return b.shelf.err
	},
	"csv":       func(w io.Writer, b *book, cs []store.NumberedCase) error { return report.CSV(w, b.files(cs)) },
	"incidents": func(w io.Writer, b *book, cs []store.NumberedCase) error { return report.Incidents(w, b.files(cs)) },
	"ftm": func(w io.Writer, b *book, cs []store.NumberedCase) error {
		var files []ftm.File
		for _, c := range cs {
			files = append(files, ftm.File{Number: c.Number, Case: c.Case, Articles: b.shelf.of(c.Case)})
		}
		if err := ftm.Write(w, files); err != nil {
			return err
		}
		return b.shelf.err
	},
	"stix": func(w io.Writer, b *book, cs []store.NumberedCase) error {
		var files []stix.File
		for _, c := range cs {
			files = append(files, stix.File{Case: c.Case, Articles: b.shelf.of(c.Case)})
		}
		if err := stix.Write(w, files); err != nil {
			return err
		}
		return b.shelf.err
	},
}

// formats in order of their names.
func formats() []string { return slices.Sorted(maps.Keys(exporters)) }

func exportScored(w io.Writer, b *book, cs []store.NumberedCase) error {
	plain := make([]cases.Case, len(cs))
	for i, c := range cs {
		plain[i] = c.Case
	}
	return (&app{Streams: Streams{Out: w}}).printJSON(cases.ToSystem(plain, b.copies))
}

// pageTitle heads every page of case files.
const pageTitle = "Reportedly: case files"

// reviewed tells in words how far people went with a case.
func reviewed(v cases.Review) string {
	switch d := v.Decided; {
	case v.Outcome == "" && len(v.Seen) == 0:
		return "not reviewed"
	case v.Outcome == "":
		return "seen by " + v.Seen[len(v.Seen)-1].Who + ", not decided"
	default:
		out := fmt.Sprintf("held %s by %s, %s", v.Outcome, d.Who, d.At.Format("2 Jan 2006"))
		for _, s := range v.Signed {
			out += ", signed by " + s.Who
		}
		if v.Second {
			out += ", second signature missing"
		}
		if v.Stale {
			out += "; reports changed since"
		}
		return out
	}
}
