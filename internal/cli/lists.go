package cli

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/catalogue"
	"github.com/reportedly/reportedly/internal/lists/history"
	"github.com/reportedly/reportedly/internal/lists/links"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/store"
)

func (a *app) listsCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "lists", Short: "Import sanctions lists, show what they say and what changed"}
	cmd.AddCommand(a.listsImportCommand(), a.listsUpdateCommand(), a.listsStatusCommand(), a.listsShowCommand(), a.listsDiffCommand())
	return cmd
}

type importOptions struct {
	asOf, source string
	partial      bool
}

func (a *app) listsImportCommand() *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:   "import FILE...",
		Short: "Import snapshots of lists from files, several dates in any order",
		Long: `Imports snapshots of lists: plain or in .gz, .zst, .zip and .tar files, several
snapshots in any order. The format is recognised from the content. A file that
is damaged or of an unknown format is refused whole and changes nothing.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.runListsImport(c.Context(), args, o) },
	}
	cmd.Flags().StringVar(&o.asOf, "as-of", "", "day that the files show, where they do not say (2016-02-11)")
	cmd.Flags().StringVar(&o.source, "source", "", "code of the list, for formats that many lists share")
	cmd.Flags().BoolVar(&o.partial, "partial", false, "the files hold only part of their list: absence says nothing")
	return cmd
}

func (o importOptions) lists() (lists.Options, error) {
	out := lists.Options{List: o.source, Partial: o.partial}
	if o.asOf == "" {
		return out, nil
	}
	var err error
	out.AsOf, err = parseDay("as-of", o.asOf)
	return out, err
}

func (a *app) runListsImport(ctx context.Context, paths []string, o importOptions) error {
	opts, err := o.lists()
	if err != nil {
		return err
	}
	inputs, err := listInputs(paths)
	if err != nil {
		return err
	}
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	t := &told{a: a}
	var done []pipeline.Imported
	b := a.newBar("lists", len(inputs))
	err = pipeline.ImportLists(ctx, st, inputs, opts, time.Now(), func(i pipeline.Imported) {
		done = append(done, i)
		b.add(1)
	}, t.finding)
	b.done()
	if err != nil {
		return err
	}
	if a.json {
		err = a.printJSON(done)
	} else {
		err = a.printImported(done)
	}
	if err != nil {
		return err
	}
	return t.err()
}

func (a *app) printImported(done []pipeline.Imported) error {
	for _, i := range done {
		state := "imported"
		if !i.Added {
			state = "held already"
		}
		part := ""
		if i.Edition.Partial {
			part = ", part of the list only"
		}
		if err := a.printf("%-13s %s of %s: %d entries (%s%s)\n", state, i.Edition.List, orUnknown(i.Edition.AsOf), i.Edition.Entries, i.Edition.Format, part); err != nil {
			return err
		}
	}
	return nil
}

func orUnknown(d calendar.Date) string {
	if d.IsZero() {
		return "unknown date"
	}
	return d.String()
}

// listInputs takes files and folders.
func listInputs(paths []string) ([]snapshot.Input, error) {
	var out []snapshot.Input
	for _, p := range paths {
		err := filepath.WalkDir(p, func(f string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if !d.IsDir() && !strings.HasPrefix(d.Name(), ".") {
				out = append(out, snapshot.Path(f))
			}
			return nil
		})
		if err != nil {
			// A missing file is a finding of the import, like any other fault.
			out = append(out, snapshot.Path(p))
		}
	}
	return out, nil
}

func (a *app) listsStatusCommand() *cobra.Command {
	return &cobra.Command{Use: "status", Short: "Show which lists are held, how old they are and how many entries they have", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.runListsStatus(c.Context()) }}
}

type listStatus struct {
	List      string        `json:"list"`
	Publisher string        `json:"publisher"`
	Editions  int           `json:"editions"`
	First     calendar.Date `json:"first"`
	Last      calendar.Date `json:"last"`
	AgeDays   int           `json:"age_days"`
	Entries   int           `json:"entries"`
	Format    string        `json:"format"`
	Partial   bool          `json:"partial"`
	Stated    calendar.Date `json:"stated"`
	Fetched   time.Time     `json:"fetched"`
	Licence   string        `json:"licence"`
}

func (a *app) runListsStatus(ctx context.Context) error {
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	eds, err := st.Editions(ctx, "", time.Time{})
	if err != nil {
		return err
	}
	sources, err := catalogue.Shipped()
	if err != nil {
		return err
	}
	var out []listStatus
	for _, e := range eds { // ordered by list and date, so the last one is the newest
		if n := len(out); n == 0 || out[n-1].List != e.List {
			out = append(out, listStatus{List: e.List, First: e.AsOf})
		}
		s := &out[len(out)-1]
		s.Publisher, s.Last, s.Entries, s.Format, s.Partial = e.Publisher, e.AsOf, e.Entries, e.Format, e.Partial
		s.Stated, s.Fetched, s.Licence = e.Stated, e.KnownFrom, catalogue.Terms(sources, e.List)
		s.Editions++
		if !e.AsOf.IsZero() {
			s.AgeDays = e.AsOf.DaysUntil(calendar.FromTime(time.Now()))
		}
	}
	if a.json {
		return a.printJSON(out)
	}
	t := a.table("list", "publisher", "editions", "from", "to", "fetched", "age in days", "entries", "licence")
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 2, WidthMax: 34, WidthMaxEnforcer: text.WrapSoft}, {Number: 9, WidthMax: 30, WidthMaxEnforcer: text.WrapSoft}})
	for _, s := range out {
		t.AppendRow(table.Row{s.List, s.Publisher, s.Editions, s.First, s.Last, s.Fetched.Format(time.DateOnly), s.AgeDays, s.Entries, s.Licence})
	}
	return a.printf("%s\n", t.Render())
}

func (a *app) table(heads ...any) table.Writer {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Options.DrawBorder = false
	t.Style().Format.Header = text.FormatDefault
	t.AppendHeader(table.Row(heads))
	return t
}

// boxed is a table with a border, rendered straight to the output.
func (a *app) boxed(heads ...any) table.Writer {
	t := table.NewWriter()
	t.SetOutputMirror(a.Out)
	t.SetStyle(table.StyleLight)
	t.AppendHeader(table.Row(heads))
	return t
}

func (a *app) listsShowCommand() *cobra.Command {
	var asOf, knownAt string
	var linked bool
	cmd := &cobra.Command{
		Use: "show REFERENCE...", Short: "Show entries by reference (IRi.039, un:IRi.039), with the periods in which they were listed",
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.runListsShow(c.Context(), args, asOf, knownAt, linked)
		},
	}
	cmd.Flags().StringVar(&asOf, "as-of", "", "what the lists said on this day")
	cmd.Flags().StringVar(&knownAt, "known-at", "", "what had been imported by this day")
	cmd.Flags().BoolVar(&linked, "linked", false, "also the entries of other lists that are or may be the same party, with reasons and rivals")
	return cmd
}

// shownEntry is an entry of a list as 'lists show' prints it.
type shownEntry struct {
	Party    party.Party    `json:"party"`
	AsOf     *calendar.Date `json:"as_of,omitempty"`
	Standing string         `json:"standing"`
	Edition  string         `json:"edition,omitempty"` // whose wording is shown, with --as-of
	Links    []links.Link   `json:"links,omitempty"`
}

// wordingOf shows the entry as the last edition up to the day held it, where
// the store has the editions; the periods stay those of the whole history.
func (a *app) wordingOf(ctx context.Context, e *shownEntry, day calendar.Date, known time.Time) error {
	if day.IsZero() || len(a.cfg.Lists) > 0 {
		return nil
	}
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	list, _, _ := strings.Cut(e.Party.ID, ":")
	eds, err := st.Editions(ctx, list, known)
	if err != nil {
		return err
	}
	for i := len(eds) - 1; i >= 0; i-- {
		if eds[i].AsOf.After(day) {
			continue
		}
		ps, err := st.Parties(ctx, eds[i].Key())
		if err != nil {
			return err
		}
		if j := slices.IndexFunc(ps, func(p party.Party) bool { return p.ID == e.Party.ID }); j >= 0 {
			periods := e.Party.Designations
			e.Party, e.Edition = ps[j], eds[i].AsOf.String()
			for d := range e.Party.Designations {
				if d < len(periods) {
					e.Party.Designations[d].Periods = periods[d].Periods
				}
			}
			return nil
		}
	}
	return nil
}

// addLinks finds the shown entries' counterparts on other lists.
func addLinks(shown []shownEntry, all []party.Party) {
	found := links.Find(all)
	for i := range shown {
		for _, l := range found {
			if l.A == shown[i].Party.ID || l.B == shown[i].Party.ID {
				shown[i].Links = append(shown[i].Links, l)
			}
		}
	}
}

func (a *app) runListsShow(ctx context.Context, refs []string, asOf, knownAt string, linked bool) error {
	known, err := knownMoment(knownAt)
	if err != nil {
		return err
	}
	var day calendar.Date
	if asOf != "" {
		if day, err = parseDay("as-of", asOf); err != nil {
			return err
		}
	}
	k, err := a.knowledge(ctx, known)
	if err != nil {
		return err
	}
	var out []shownEntry
	for _, ref := range refs {
		n := len(out)
		for _, p := range k.Parties {
			if p.ID == ref || hasReference(p, ref) {
				e := shown(p, day)
				if err := a.wordingOf(ctx, &e, day, known); err != nil {
					return err
				}
				out = append(out, e)
			}
		}
		if len(out) == n {
			return fmt.Errorf("%s: %w", ref, store.ErrNotFound)
		}
	}
	if linked {
		addLinks(out, k.Parties)
	}
	if a.json {
		return a.printJSON(out)
	}
	for i, e := range out {
		if i > 0 {
			if err := a.printf("\n"); err != nil {
				return err
			}
		}
		if err := a.printEntry(e); err != nil {
			return err
		}
	}
	return nil
}

func hasReference(p party.Party, ref string) bool {
	return slices.ContainsFunc(p.Designations, func(d party.Designation) bool { return strings.EqualFold(d.Reference, ref) })
}

func shown(p party.Party, day calendar.Date) shownEntry {
	e := shownEntry{Party: p}
	if day.IsZero() {
		return e
	}
	e.AsOf = &day
	var said []string
	for _, d := range p.Designations {
		said = append(said, fmt.Sprintf("%s %s: %s", d.Authority, d.Reference, history.Standing(d.Periods, day)))
	}
	e.Standing = strings.Join(said, "; ")
	return e
}

func (a *app) printEntry(e shownEntry) error {
	p := e.Party
	var b strings.Builder
	fmt.Fprintf(&b, "%s   %s   %s\n", p.PrimaryName(), p.ID, p.Schema)
	if e.Standing != "" {
		fmt.Fprintf(&b, "  on %s     %s\n", e.AsOf, e.Standing)
	}
	for i, n := range p.Names {
		if i > 0 {
			fmt.Fprintf(&b, "  %-14s %s%s\n", n.Kind, n.Text, qualityNote(n.Quality))
		}
	}
	for _, x := range p.Births {
		fmt.Fprintf(&b, "  %-14s %s %s %s\n", "born", x.Window, x.Place, x.In.Text)
	}
	for _, x := range p.Nationalities {
		fmt.Fprintf(&b, "  %-14s %s\n", "nationality", x.Text)
	}
	for _, x := range p.Positions {
		fmt.Fprintf(&b, "  %-14s %s\n", "position", x.Title)
	}
	for _, x := range p.Documents {
		fmt.Fprintf(&b, "  %-14s %s %s %s\n", "document", x.Kind, x.Number, x.Country.Text)
	}
	for _, d := range p.Designations {
		fmt.Fprintf(&b, "  %-14s %s %s, regime %s, stated listing date %s\n", "designation", d.Authority, d.Reference, d.Regime, orUnknown(d.ListedOn))
		for _, period := range d.Periods {
			fmt.Fprintf(&b, "  %-14s %s\n", "  listed", periodText(period))
		}
		for _, m := range d.Stated {
			fmt.Fprintf(&b, "  %-14s %s %s\n", "  carries", m.Kind, m.Text)
		}
	}
	if e.Edition != "" {
		fmt.Fprintf(&b, "  %-14s as the edition of %s words it\n", "wording", e.Edition)
	}
	for _, l := range e.Links {
		other := l.A
		if other == p.ID {
			other = l.B
		}
		var why []string
		for _, r := range l.Reasons {
			why = append(why, r.Text)
		}
		fmt.Fprintf(&b, "  %-14s %s (%.1f): %s\n", l.Status, other, l.Score, strings.Join(why, "; "))
		if len(l.Rivals) > 0 {
			fmt.Fprintf(&b, "  %-14s %s\n", "  rivals", strings.Join(l.Rivals, ", "))
		}
	}
	return a.printf("%s", b.String())
}

func qualityNote(q party.Quality) string {
	if q == party.QualityUnknown {
		return ""
	}
	return " (" + string(q) + ")"
}

func periodText(p party.Period) string {
	out := "from " + orUnknown(p.From)
	if p.Gone.IsZero() {
		return out + ", still in the edition of " + orUnknown(p.LastSeen)
	}
	return fmt.Sprintf("%s; last seen in the edition of %s, absent from that of %s", out, p.LastSeen, p.Gone)
}

func (a *app) listsDiffCommand() *cobra.Command {
	return &cobra.Command{
		Use: "diff OLD NEW", Short: "Tell what truly changed between two snapshot files, or between two days of a list (un@2017-06-20 un@2025-11-15)",
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error { return a.runListsDiff(c.Context(), args[0], args[1]) },
	}
}

func (a *app) runListsDiff(ctx context.Context, older, newer string) error {
	var sides [2][]party.Party
	for i, name := range []string{older, newer} {
		ps, err := a.editionParties(ctx, name)
		if err != nil {
			return err
		}
		sides[i] = ps
	}
	cmp := history.Diff(sides[0], sides[1])
	if a.json {
		return a.printJSON(cmp)
	}
	for _, c := range cmp.Changes {
		if err := a.printf("%s\n", c); err != nil {
			return err
		}
	}
	for _, r := range cmp.Reworked {
		if err := a.printf("reworked throughout: %s\n", r); err != nil {
			return err
		}
	}
	return a.printf("%d entries changed, added or removed\n", len(cmp.Changes))
}

// editionParties reads a snapshot file, or the newest stored edition of a list
// up to a day, written LIST@DAY.
func (a *app) editionParties(ctx context.Context, name string) ([]party.Party, error) {
	list, at, ok := strings.Cut(name, "@")
	if !ok {
		loaded, refused, err := lists.Load(ctx, []snapshot.Input{snapshot.Path(name)}, lists.Options{})
		switch {
		case err != nil:
			return nil, err
		case len(refused) > 0:
			return nil, fmt.Errorf("%s", refused[0])
		case len(loaded) != 1:
			return nil, fmt.Errorf("%s holds %d snapshots, one is needed", name, len(loaded))
		}
		return loaded[0].Parties, nil
	}
	day, err := parseDay("the day after @", at)
	if err != nil {
		return nil, err
	}
	st, err := a.openStore(ctx)
	if err != nil {
		return nil, err
	}
	defer st.Close()
	eds, err := st.Editions(ctx, list, time.Time{})
	if err != nil {
		return nil, err
	}
	key := ""
	for _, e := range eds {
		if !e.AsOf.After(day) && !e.Partial {
			key = e.Key()
		}
	}
	if key == "" {
		return nil, fmt.Errorf("%s: no edition of that list up to that day: %w", name, store.ErrNotFound)
	}
	return st.Parties(ctx, key)
}

// knowledge reads the lists named with --list, else those of the store.
func (a *app) knowledge(ctx context.Context, known time.Time) (*pipeline.Knowledge, error) {
	if len(a.cfg.Lists) > 0 {
		t := &told{a: a}
		k, err := pipeline.ListFiles(ctx, a.cfg.Lists, lists.Options{}, t.finding)
		if err == nil {
			err = t.err()
		}
		if err == nil {
			err = a.useSources(k)
		}
		return k, err
	}
	st, err := a.openStore(ctx)
	if err != nil {
		return nil, err
	}
	defer st.Close()
	k, err := pipeline.StoredLists(ctx, st, known)
	if err == nil && known.IsZero() {
		a.keepIndex(k)
	}
	if err == nil {
		err = a.useSources(k)
	}
	return k, err
}

// useSources lays the user's outlets and control groups over those that ship.
func (a *app) useSources(k *pipeline.Knowledge) error {
	for _, path := range a.cfg.Sources {
		b, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("sources: %w", err)
		}
		if err := k.ExtendSources(b); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

// keepIndex keeps the index of mentions beside the store, if that is a file.
func (a *app) keepIndex(k *pipeline.Knowledge) {
	if !strings.Contains(a.cfg.DB, "://") {
		k.KeepIndex(a.cfg.DB)
	}
}
