package cli

import (
	"context"
	"runtime"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/eval/screeningeval"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
)

// screenBench holds the figures of bench screen: throughput of one goroutine,
// latency of one query in milliseconds, and the cost of the index.
type screenBench struct {
	Parties     int     `json:"parties"`
	Queries     int     `json:"queries"`
	NamesPerS   float64 `json:"names_per_s"`
	NamesPerCPU float64 `json:"names_per_cpu_s"`
	P50         float64 `json:"p50_ms"`
	P95         float64 `json:"p95_ms"`
	P99         float64 `json:"p99_ms"`
	RSS         float64 `json:"rss_mb"`
	Start       float64 `json:"start_s"`
	StartCPU    float64 `json:"start_cpu_s"`
}

func (a *app) benchScreenCommand() *cobra.Command {
	var queries string
	var seconds float64
	cmd := &cobra.Command{Use: "screen", Short: "Names screened a second, latency, memory and start", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		r, err := a.benchScreen(c.Context(), queries, seconds)
		if err != nil {
			return err
		}
		return a.printResult(r, false)
	}}
	cmd.Flags().StringVar(&queries, "queries", "", "CSV with a column query")
	cmd.Flags().Float64Var(&seconds, "seconds", 5, "how long to measure at least")
	_ = cmd.MarkFlagRequired("queries")
	return cmd
}

func (a *app) benchScreen(ctx context.Context, file string, seconds float64) (screenBench, error) {
	var b screenBench
	f, err := openPlain(file)
	if err != nil {
		return b, err
	}
	defer f.Close()
	qs, err := screeningeval.Read(f, "query")
	if err != nil {
		return b, err
	}
	if len(qs) == 0 {
		return b, usagef("%s: no queries", file)
	}
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return b, err
	}
	u := takeUsage()
	ix := screening.New(k.Parties)
	ix.Find(screening.Query{Name: qs[0][0]})
	b.Start, b.StartCPU = u.since()
	b.Parties, b.Queries = ix.Len(), len(qs)
	b.measure(ctx, ix, qs, seconds)
	runtime.GC()
	b.RSS = residentMB()
	return b, ctx.Err()
}

// measure asks all queries again and again, one goroutine, until the time is
// over; the first round only warms up.
func (b *screenBench) measure(ctx context.Context, ix *screening.Index, qs [][]string, seconds float64) {
	ask := func(q []string) { ix.Find(screening.Query{Name: q[0], Schema: party.Person}) }
	for _, q := range qs {
		ask(q)
	}
	var each []time.Duration
	u := takeUsage()
	for wall := 0.0; wall < seconds && ctx.Err() == nil; wall, _ = u.since() {
		for _, q := range qs {
			at := time.Now()
			ask(q)
			each = append(each, time.Since(at))
		}
	}
	wall, cpu := u.since()
	if len(each) == 0 || wall == 0 {
		return
	}
	b.NamesPerS = float64(len(each)) / wall
	if cpu > 0 {
		b.NamesPerCPU = float64(len(each)) / cpu
	}
	slices.Sort(each)
	at := func(part float64) float64 { return float64(each[int(part*float64(len(each)-1))].Microseconds()) / 1000 }
	b.P50, b.P95, b.P99 = at(0.50), at(0.95), at(0.99)
}
