package cli

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/eval/capacity"
)

func (a *app) benchCapacityCommand() *cobra.Command {
	var costs string
	l := capacity.Load{Name: "this load", Days: 1, AllLists: true, Window: 30e6}
	cmd := &cobra.Command{
		Use:   "capacity",
		Short: "What a load takes: processors, machines, storage, what runs out first (docs/scale.md)",
		Long: `Reckons from measured costs of one article what a load takes. Without --articles
it gives the three loads of docs/scale.md. --costs names a file of figures of
your own machines, in the form of internal/eval/capacity/costs.toml.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.benchCapacity(costs, l) },
	}
	f := cmd.Flags()
	f.StringVar(&costs, "costs", "", "file of measured costs (default: those that ship)")
	f.Float64Var(&l.Articles, "articles", 0, "articles in all")
	f.Float64Var(&l.Days, "days", 1, "days in which they are read")
	f.BoolVar(&l.Archive, "archive", false, "they come from web archives, not from feeds")
	f.BoolVar(&l.AllLists, "all-lists", true, "70,000 parties; false: the UN's 1,000")
	f.Float64Var(&l.Window, "window", 30e6, "articles among which copies are looked for")
	return cmd
}

func (a *app) benchCapacity(file string, l capacity.Load) error {
	c, err := capacity.Measured()
	if file != "" {
		b, rerr := os.ReadFile(file)
		if rerr != nil {
			return usagef("--costs: %v", rerr)
		}
		c, err = capacity.Read(string(b))
	}
	if err != nil {
		return err
	}
	loads := capacity.Loads()
	if l.Articles > 0 {
		if l.Days <= 0 {
			return usagef("--days: some time must pass")
		}
		loads = []capacity.Load{l}
	}
	var plans []capacity.Plan
	for _, l := range loads {
		plans = append(plans, c.For(l))
	}
	if a.json {
		return a.printJSON(plans)
	}
	return a.printf("%s", capacity.Table(plans))
}
