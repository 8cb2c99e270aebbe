package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/story"
)

// pipelineBench is what `bench pipeline` prints. The figures at the top are
// those of the articles that name somebody who may be listed.
type pipelineBench struct {
	pipeline.Pace
	// Territory are articles that name nobody, but are read on since they may
	// tell of goods to or from a territory under embargo.
	Territory pipeline.Pace `json:"territory"`
	Silent    pipeline.Pace `json:"silent"` // articles that are read no further than their names
	// Unnamed is the rate over Territory and Silent together: all that name
	// nobody.
	Unnamed float64 `json:"naming_nobody_per_s"`
	OpenS   float64 `json:"open_s"` // lists, index and models
	Skipped int     `json:"not_read"`
}

func (a *app) benchPipelineCommand() *cobra.Command {
	var limit int
	var profile string
	cmd := &cobra.Command{
		Use:   "pipeline ARTICLES...",
		Short: "The whole way from text to claims, on one core, with the share of each stage",
		Long: `Reads articles one after another: those that name somebody who may be listed,
those that name nobody but are read on for a territory under embargo, and the
rest. articles_per_s counts by processor time of the process, garbage
collection included; each stage tells its share, and what the rate would be
without it.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.benchPipeline(c.Context(), args, limit, profile) },
	}
	cmd.Flags().IntVar(&limit, "limit", 0, "at most so many articles of each kind (0: all)")
	cmd.Flags().StringVar(&profile, "cpuprofile", "", "write a profile of the articles that name somebody")
	return cmd
}

func (a *app) benchPipeline(ctx context.Context, paths []string, limit int, profile string) error {
	start := time.Now()
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return err
	}
	r, err := pipeline.NewReader(k, Version)
	if err != nil {
		return err
	}
	k.Index()
	out := pipelineBench{OpenS: time.Since(start).Seconds()}
	items, skipped, err := a.benchArticles(paths)
	if err != nil {
		return err
	}
	out.Skipped = skipped
	all := make([]story.Article, len(items))
	for i := range items {
		all[i] = items[i].Article
	}
	parts := r.Part(all)
	for _, p := range []*[]story.Article{&parts.Naming, &parts.Territory, &parts.Silent} {
		if limit > 0 {
			*p = (*p)[:min(limit, len(*p))]
		}
	}
	stop, err := startProfile(profile)
	if err != nil {
		return err
	}
	out.Pace = r.Measure(parts.Naming, time.Now, cpuTime)
	stop()
	out.Territory = r.Measure(parts.Territory, time.Now, cpuTime)
	out.Silent = r.Measure(parts.Silent, time.Now, cpuTime)
	out.Unnamed = float64(out.Territory.Articles+out.Silent.Articles) / max(out.Territory.CPU+out.Silent.CPU, 1e-9)
	return a.printResult(out, false)
}
