package cli

import (
	"context"
	"fmt"
	"os"
	"runtime/pprof"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/story"
)

// pipelineBench is what `bench pipeline` prints. The figures at the top are
// those of the articles that are read to the end.
type pipelineBench struct {
	pipeline.Pace
	Silent  pipeline.Pace `json:"silent"` // articles that name nobody
	OpenS   float64       `json:"open_s"` // lists, index and models
	Skipped int           `json:"not_read"`
}

func (a *app) benchPipelineCommand() *cobra.Command {
	var limit int
	var profile string
	cmd := &cobra.Command{
		Use:   "pipeline ARTICLES...",
		Short: "The whole way from text to claims, on one core, with the share of each stage",
		Long: `Reads articles one after another, those that name a listed party (or an
embargoed territory) apart from those that name none. articles_per_s counts by
processor time of the process, garbage collection included.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.benchPipeline(c.Context(), args, limit, profile) },
	}
	cmd.Flags().IntVar(&limit, "limit", 0, "at most so many articles of each kind (0: all)")
	cmd.Flags().StringVar(&profile, "cpuprofile", "", "write a profile of the articles read to the end")
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
	opts, err := scanOptions{}.articles(a)
	if err != nil {
		return err
	}
	var all []story.Article
	for it := range a.open(paths, opts, &bar{}) {
		if it.Finding != nil {
			out.Skipped++
			continue
		}
		all = append(all, it.Article)
	}
	naming, silent := r.Naming(all)
	if limit > 0 {
		naming, silent = naming[:min(limit, len(naming))], silent[:min(limit, len(silent))]
	}
	if profile != "" {
		f, err := os.Create(profile)
		if err != nil {
			return fmt.Errorf("profile: %w", err)
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return fmt.Errorf("profile: %w", err)
		}
	}
	out.Pace = r.Measure(naming, time.Now, cpuTime)
	pprof.StopCPUProfile()
	out.Silent = r.Measure(silent, time.Now, cpuTime)
	return a.printResult(out, false)
}
