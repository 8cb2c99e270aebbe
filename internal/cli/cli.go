package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/config"
	"github.com/reportedly/reportedly/internal/store/postgres"
	"github.com/reportedly/reportedly/internal/store/sqlite"
	"github.com/reportedly/reportedly/internal/store/tables"
	"github.com/reportedly/reportedly/internal/story"
)

// Version of the program. It is part of the key of every reading, so that a
// new version reads again.
const Version = "0.1.0"

// Streams are the doors of the program.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	Env      []string
}

// Exit statuses.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// usageError is a mistake in how the program was called.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

func usagef(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

// errLost ends a command that did its work but lost some input; the findings
// have been told already.
var errLost = errors.New("some input was not read, see above")

// app is what all commands share.
type app struct {
	Streams
	cfg        config.Config
	configFile string
	db         string
	lists      []string
	sources    []string
	json       bool
	quiet      bool
}

// Main runs the command line and gives the exit status.
func Main(ctx context.Context, args []string, s Streams) int {
	a := &app{Streams: s}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	cmd, err := root.ExecuteContextC(ctx)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(s.Err, "reportedly: interrupted; what was done is kept, the same command goes on from there")
		return exitFailed
	}
	fmt.Fprintln(s.Err, "reportedly:", err)
	var u usageError
	if errors.As(err, &u) || isCobraUsage(err) {
		fmt.Fprintf(s.Err, "see '%s --help'\n", cmd.CommandPath())
		return exitUsage
	}
	return exitFailed
}

// isCobraUsage recognises cobra's own complaints, which have no type.
func isCobraUsage(err error) bool {
	for _, p := range []string{"unknown command", "unknown flag", "unknown shorthand", "flag needs", "accepts ", "requires at least", "invalid argument", "required flag"} {
		if strings.HasPrefix(err.Error(), p) {
			return true
		}
	}
	return false
}

func (a *app) root() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "reportedly",
		Short: "What is each sanctioned party reported to have done, and who says so?",
		Long: `Reportedly reads news beside sanctions lists and builds case files: what each
listed party is reported to have done, when, where, according to whom, who
denies it, how many independent origins stand behind it, and which measure was
in force on that day. It attributes everything and convicts nobody.

Start with:  reportedly demo`,
		Version:           Version,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: func(*cobra.Command, []string) error { return a.configure() },
	}
	f := cmd.PersistentFlags()
	f.StringVar(&a.db, "db", "", "store: a file, or postgres://user@host/name (default "+config.Default().DB+")")
	f.StringSliceVar(&a.lists, "list", nil, "use these list files instead of the store's lists")
	f.StringSliceVar(&a.sources, "sources", nil, "files of outlets, agencies and control groups, laid over those that ship (docs/cases.md)")
	f.BoolVar(&a.json, "json", false, "print results as JSON")
	f.BoolVarP(&a.quiet, "quiet", "q", false, "show no progress")
	f.StringVar(&a.configFile, "config", "", "settings file (default "+config.File()+")")
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err.Error()} })
	cmd.AddCommand(a.demoCommand(), a.listsCommand(), a.screenCommand(), a.subjectsCommand(), a.scanCommand(), a.feedsCommand(), a.watchCommand(), a.submitCommand(), a.workerCommand(), a.mentionsCommand(),
		a.casesCommand(), a.evalCommand(), a.benchCommand(), a.storeCommand(), a.serveCommand(), a.auditCommand(), a.usersCommand(), a.backupCommand(), a.restoreCommand(), a.privacyCommand(), a.versionCommand())
	return cmd
}

// configure joins file, environment and flags, the last winning.
func (a *app) configure() error {
	file := a.configFile
	for _, e := range a.Env {
		if v, ok := strings.CutPrefix(e, "REPORTEDLY_CONFIG="); ok && file == "" {
			file = v
		}
	}
	c, err := config.Load(file, a.Env)
	if err != nil {
		return usageError{err.Error()}
	}
	if a.db != "" {
		c.DB = a.db
	}
	if len(a.lists) > 0 {
		c.Lists = a.lists
	}
	if len(a.sources) > 0 {
		c.Sources = a.sources
	}
	a.cfg = c
	return nil
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Print the version", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		return a.printf("reportedly %s\n", Version)
	}}
}

// openStore opens the store that --db names: a file, or a PostgreSQL database.
func (a *app) openStore(ctx context.Context) (*tables.DB, error) { return openDB(ctx, a.cfg.DB) }

func openDB(ctx context.Context, place string) (*tables.DB, error) {
	if postgres.IsAddress(place) {
		return postgres.Open(ctx, place)
	}
	return sqlite.Open(ctx, place)
}

// printf writes to the output; a broken pipe ends the command.
func (a *app) printf(format string, args ...any) error {
	_, err := fmt.Fprintf(a.Out, format, args...)
	return err
}

func (a *app) printJSON(v any) error {
	enc := json.NewEncoder(a.Out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(v)
}

// printLines prints values as JSON, one a line.
func printLines[T any](a *app, all []T) error {
	enc := json.NewEncoder(a.Out)
	enc.SetEscapeHTML(false)
	for _, v := range all {
		if err := enc.Encode(v); err != nil {
			return err
		}
	}
	return nil
}

// told counts findings and prints each on a line of its own.
type told struct {
	a    *app
	lost int
}

func (t *told) finding(f story.Finding) {
	if f.Severity != story.Note {
		t.lost++
	}
	if f.Severity != story.Note || !t.a.quiet {
		fmt.Fprintln(t.a.Err, f.String())
	}
}

func (t *told) err() error {
	if t.lost > 0 {
		return errLost
	}
	return nil
}

// width of the terminal, 100 where the output is none.
func (a *app) width() int {
	if f, ok := a.Out.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 40 {
			return min(w, 140)
		}
	}
	return 110
}

// showProgress is true on a terminal that is not told to be quiet.
func (a *app) showProgress() bool {
	f, ok := a.Err.(*os.File)
	return ok && !a.quiet && term.IsTerminal(int(f.Fd()))
}

// parseDay reads a day given on the command line.
func parseDay(flag, s string) (calendar.Date, error) {
	d, err := calendar.Parse(s)
	if err != nil {
		return d, usagef("--%s: %q is no date of the form 2016-04-18", flag, s)
	}
	return d, nil
}

// create opens an output file, "" or "-" is the standard output.
func (a *app) create(path string) (io.WriteCloser, error) {
	if path == "" || path == "-" {
		return nopCloser{a.Out}, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("output: %w", err)
	}
	return f, nil
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }
