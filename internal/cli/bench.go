package cli

import (
	"os"
	"strconv"
	"strings"
	"time"

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
