package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strconv"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/store/sqlite"
	"github.com/reportedly/reportedly/internal/store/tables"
	"github.com/spf13/cobra"
)

// benchCommand holds the measures of speed. Each bench_*.go file adds one
// subcommand here; results are figures as of eval, in plain text or --json.
func (a *app) benchCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "bench", Short: "Measure speed on your machine and data"}
	cmd.AddCommand(a.benchScreenCommand(), a.benchServeCommand(), a.benchPipelineCommand(), a.benchScanCommand(), a.benchCopiesCommand(), a.benchWebCommand(), a.benchWorkersCommand(), a.benchSoakCommand(), a.benchCapacityCommand())
	cmd.AddCommand(a.benchCasesCommand())
	return cmd
}

// usage of the machine since it was taken.
type usage struct {
	wall time.Time
	cpu  time.Duration
}

// takeUsage starts a measure.
func takeUsage() usage { return usage{time.Now(), cpuTime()} }

// since gives wall and processor seconds of this process, all its threads
// counted. On a shared machine the processor seconds are the fairer figure.
func (u usage) since() (wall, cpu float64) {
	return time.Since(u.wall).Seconds(), (cpuTime() - u.cpu).Seconds()
}

// residentMB is the resident memory of this process in megabytes, 0 where the
// system does not tell (only Linux does).
func residentMB() float64 {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	f := strings.Fields(string(b))
	if len(f) < 2 {
		return 0
	}
	pages, err := strconv.ParseInt(f[1], 10, 64)
	if err != nil {
		return 0
	}
	return float64(pages*int64(os.Getpagesize())) / (1 << 20)
}

// fileMB is the size of a file in megabytes, 0 where it cannot be told.
func fileMB(file string) float64 {
	info, err := os.Stat(file)
	if err != nil {
		return 0
	}
	return float64(info.Size()) / (1 << 20)
}

// benchStore opens a new store in a temporary folder.
func benchStore(ctx context.Context) (*tables.DB, func(), error) {
	dir, err := os.MkdirTemp("", "reportedly-bench-")
	if err != nil {
		return nil, nil, fmt.Errorf("bench: %w", err)
	}
	st, err := sqlite.Open(ctx, filepath.Join(dir, "bench.db"))
	if err != nil {
		os.RemoveAll(dir)
		return nil, nil, err
	}
	return st, func() { st.Close(); os.RemoveAll(dir) }, nil
}

// startProfile begins a profile of the processor in a file; "" begins none.
func startProfile(file string) (stop func(), err error) {
	if file == "" {
		return func() {}, nil
	}
	f, err := os.Create(file)
	if err != nil {
		return nil, fmt.Errorf("profile: %w", err)
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		f.Close()
		return nil, fmt.Errorf("profile: %w", err)
	}
	return func() { pprof.StopCPUProfile(); f.Close() }, nil
}

// benchArticles reads the articles of several paths; skipped are what could not
// be read.
func (a *app) benchArticles(paths []string) (all []articles.Item, skipped int, err error) {
	opts, err := scanOptions{}.articles(a)
	if err != nil {
		return nil, 0, err
	}
	for it := range a.open(paths, opts, &bar{}) {
		if it.Finding != nil {
			skipped++
			continue
		}
		all = append(all, it)
	}
	return all, skipped, nil
}
