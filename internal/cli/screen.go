package cli

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/screening"
	"github.com/reportedly/reportedly/internal/subjects"
	"github.com/reportedly/reportedly/internal/subjects/answers"
)

type screenOptions struct {
	schema, birthDate, country, gender, number, asOf string
	sources, regimes, measures                       []string
	limit                                            int
	threshold, floor                                 float64
	batch                                            batchOptions
}

func (a *app) screenCommand() *cobra.Command {
	var o screenOptions
	cmd := &cobra.Command{
		Use:   "screen NAME | FILE",
		Short: "Is this name that of a listed party? One name, or a file of them",
		Long: `Compares a name, with what else is known of its bearer, with all listed names.
Hits are shown with their scores and the reasons that add up to them. A partial
name alone never reaches the threshold.

A file (.csv .tsv .jsonl .xlsx, also .gz and .zst) is screened row by row on all
cores, in order, with little memory. Columns are recognised by their names; name
them with --column field=HEADER. Interrupted, the same command with -o goes on
where it stopped. A row that cannot be read costs itself and is told.

The threshold is a score from 0 to 1. What it means was measured, see
docs/matching.md: at the default, 0.70, almost all spellings of one name are
found; higher finds fewer and is wrong less often. 1 is the listed name itself.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if o.batch.resolve(args) {
				return a.runScreenFile(c.Context(), args[0], o)
			}
			return a.runScreen(c.Context(), strings.Join(args, " "), o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.schema, "schema", "", "Person, Organization, Company, Vessel, ...; in a file, of rows that do not say")
	f.StringVar(&o.birthDate, "birth-date", "", "1957, 1957-03 or 1957-03-11")
	f.StringVar(&o.country, "country", "", "ISO code or name of nationality or seat, for example IR")
	f.StringVar(&o.gender, "gender", "", "male or female")
	f.StringVar(&o.number, "number", "", "passport, IMO, wallet or register number")
	o.filterFlags(cmd)
	f.IntVar(&o.limit, "limit", 10, "number of hits at most, of each row in a file")
	f.Float64Var(&o.threshold, "threshold", 0, "score from which a hit is a match (default 0.70); less is not shown unless --floor says so")
	f.Float64Var(&o.floor, "floor", 0, "least score shown (default: for one name 0.50, in files the threshold)")
	o.batch.flags(cmd)
	cmd.AddCommand(a.decideCommand(), a.decisionsCommand())
	return cmd
}

// filterFlags are those that say against whom is screened.
func (o *screenOptions) filterFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.asOf, "as-of", "", "only parties that stood on a list on this day")
	f.StringSliceVar(&o.sources, "source", nil, "only these lists or authorities: un, us-ofac-sdn, EU, ...")
	f.StringSliceVar(&o.regimes, "regime", nil, "only these regimes or programmes: 1737, SDGT, ...")
	f.StringSliceVar(&o.measures, "measure", nil, "only who carries these measures: M-TRAVEL, M-FREEZE, ... (names as 'travel ban' too)")
}

// day that is asked for.
func (o screenOptions) day() (calendar.Date, error) {
	if o.asOf == "" {
		return calendar.Date{}, nil
	}
	return parseDay("as-of", o.asOf)
}

// ask joins the flags to what subjects are screened with.
func (o screenOptions) ask() (subjects.Ask, error) {
	out := subjects.Ask{Limit: o.limit, Threshold: o.threshold, Floor: o.floor, Schema: party.Schema(o.schema)}
	day, err := o.day()
	if err != nil {
		return out, err
	}
	filter := pipeline.Filter{Day: day, Lists: o.sources, Regimes: o.regimes}
	for _, m := range o.measures {
		kind := strings.ToUpper(m)
		if !strings.HasPrefix(kind, "M-") {
			var ok bool
			if kind, ok = fields.MeasureKind(m); !ok {
				return out, usagef("--measure: %q is no known measure", m)
			}
		}
		filter.Measures = append(filter.Measures, kind)
	}
	if len(filter.Measures) > 0 {
		reg, err := measures.Embedded()
		if err != nil {
			return out, err
		}
		filter.Carries = carries(reg, day)
	}
	out.Only = filter.Only()
	if o.threshold < 0 || o.threshold > 1 || o.floor < 0 || o.floor > 1 {
		return out, usagef("--threshold and --floor are scores from 0 to 1")
	}
	return out, nil
}

// carries asks the register of measures whether a designation carries one of
// some kinds by law on a day; the zero day means ever.
func carries(reg *measures.Register, day calendar.Date) func(party.Designation, []string) bool {
	return func(d party.Designation, kinds []string) bool {
		for _, k := range kinds {
			for _, m := range reg.OfKind(activity.Kind(k)) {
				for _, s := range reg.Carried(m, d) {
					if day.IsZero() || (!s.From.After(day) && (s.Until.IsZero() || day.Before(s.Until))) {
						return true
					}
				}
			}
		}
		return false
	}
}

// subject is the one that the flags describe.
func (o screenOptions) subject(name string) (subjects.Subject, error) {
	s := subjects.Subject{Name: name, Schema: party.Schema(o.schema), Gender: o.gender}
	if o.number != "" {
		s.Numbers = []string{o.number}
	}
	if o.country != "" {
		c := fields.Country(o.country).Code
		if c == "" {
			c = strings.ToUpper(o.country)
		}
		s.Countries = []string{c}
	}
	if o.birthDate != "" {
		d, err := parseDay("birth-date", o.birthDate)
		if err != nil {
			return s, err
		}
		s.BirthDate = d.Window()
	}
	return s, nil
}

// possible is the least score shown for one name: less alike is noise.
const possible = 0.5

func (a *app) runScreen(ctx context.Context, name string, o screenOptions) error {
	s, err := o.subject(name)
	if err != nil {
		return err
	}
	ask, err := o.ask()
	if err != nil {
		return err
	}
	if ask.Floor == 0 && o.threshold == 0 {
		ask.Floor = possible
	}
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return err
	}
	said, err := a.decisions(ctx)
	if err != nil {
		return err
	}
	day, err := o.day()
	if err != nil {
		return err
	}
	answer := answers.Of(subjects.Screen(screening.New(k.Parties), s, ask, said), day)
	if a.json {
		return a.printJSON(map[string]any{"query": name, "lists": k.Labels(), "threshold": ask.Filled().Threshold, "status": answer.Status, "hits": answer.Hits})
	}
	return a.printHits(name, k, answer.Hits, ask.Filled().Threshold)
}

// decisions that the store holds; none where there is no store yet, so that
// screening against files needs none.
func (a *app) decisions(ctx context.Context) (subjects.Decisions, error) {
	if _, err := os.Stat(a.cfg.DB); err != nil && !strings.Contains(a.cfg.DB, "://") {
		return subjects.Decisions{}, nil
	}
	st, err := a.openStore(ctx)
	if err != nil {
		return subjects.Decisions{}, err
	}
	defer st.Close()
	all, err := st.Decisions(ctx, time.Time{})
	return subjects.Latest(all), err
}

func (a *app) printHits(name string, k *pipeline.Knowledge, hits []answers.Hit, threshold float64) error {
	if len(hits) == 0 {
		return a.printf("%s: no hit among %d parties (%s)\n", name, len(k.Parties), strings.Join(k.Labels(), "; "))
	}
	for _, h := range hits {
		mark := "possible"
		switch {
		case h.State == subjects.Cleared || h.State == subjects.Confirmed:
			mark = string(h.State)
		case h.Match:
			mark = "match"
		}
		if err := a.printf("%.3f  %-8s  %s  %s  %s\n", h.Score, mark, h.Name, h.ID, h.Schema); err != nil {
			return err
		}
		if err := a.printf("       matched %q; %s\n", h.Matched, strings.Join(h.Listed, "; ")); err != nil {
			return err
		}
		if d := h.Decision; d != nil {
			open := ""
			if h.Changed != "" {
				open = "; open again: " + h.Changed
			}
			if err := a.printf("       %s by %s on %s: %s%s\n", d.Verdict, d.Who, d.At.Format(time.DateOnly), d.Reason, open); err != nil {
				return err
			}
		}
		for _, p := range h.Parts {
			if err := a.printf("       %+.3f %-12s %s\n", p.Weight, p.Feature, p.Text); err != nil {
				return err
			}
		}
	}
	return a.printf("from %.2f on a hit counts as a match; searched %d parties (%s)\n", threshold, len(k.Parties), strings.Join(k.Labels(), "; "))
}

// tableFiles are the endings of files that are screened row by row.
var tableFiles = []string{".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json", ".xlsx"}

// isTable reports an existing file with such an ending.
func isTable(path string) bool {
	stem := strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(path), ".gz"), ".zst")
	if !slices.Contains(tableFiles, filepath.Ext(stem)) {
		return false
	}
	st, err := os.Stat(path)
	return err == nil && st.Mode().IsRegular()
}
