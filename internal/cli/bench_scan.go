package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/eval/scanbench"
	"github.com/reportedly/reportedly/internal/story"
)

func (a *app) benchScanCommand() *cobra.Command {
	var quick bool
	var profile string
	cmd := &cobra.Command{
		Use:   "scan TEXT...",
		Short: "How fast texts are searched for listed names, beside the fastest exact matcher",
		Long: `Reads the texts with one goroutine and tells megabytes of text a second of
processor time, the same for an exact matcher (Aho-Corasick) of the same names,
what building and opening the index costs, and how time grows with the names.
Half of the texts warm up, the other half is measured. Files hold a text, or one
text a line as JSON with the field text. --quick leaves growth out.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			r, err := a.benchScan(c.Context(), args, quick, profile)
			if err != nil {
				return err
			}
			return a.printResult(r, false)
		},
	}
	cmd.Flags().BoolVar(&quick, "quick", false, "leave out growth, which takes a minute")
	cmd.Flags().StringVar(&profile, "cpuprofile", "", "write a profile of the scan (of the half that is measured)")
	return cmd
}

func (a *app) benchScan(ctx context.Context, paths []string, quick bool, profile string) (scanbench.Result, error) {
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return scanbench.Result{}, err
	}
	var texts []story.Article
	for _, p := range paths {
		f, err := openPlain(p)
		if err != nil {
			return scanbench.Result{}, err
		}
		more, err := scanbench.Texts(f, p)
		f.Close()
		if err != nil {
			return scanbench.Result{}, err
		}
		texts = append(texts, more...)
	}
	m := scanbench.Meter{CPU: cpuTime, Resident: residentMB}
	if profile != "" {
		m.Profile = func() (stop func(), err error) { return startProfile(profile) }
	}
	return scanbench.Measure(k.Parties, texts, m, quick)
}
