package cli

import (
	"bytes"
	"cmp"
	"context"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
	"unicode"

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
	// Latin and Other are the shares of the queries with a reference whose
	// party is among the first ten: names in Latin letters, and with others.
	Latin  float64       `json:"in_first_ten_latin"`
	Other  float64       `json:"in_first_ten_other"`
	Growth []grown       `json:"growth,omitempty"`
	Peers  []peerFigures `json:"peers,omitempty"`
}

func (a *app) benchScreenCommand() *cobra.Command {
	var queries, peers string
	var seconds float64
	var sizes []int
	cmd := &cobra.Command{Use: "screen", Short: "Names screened a second, latency, memory and start", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		r, err := a.benchScreen(c.Context(), queries, peers, sizes, seconds)
		if err != nil {
			return err
		}
		return a.printResult(r, false)
	}}
	cmd.Flags().StringVar(&queries, "queries", "", "CSV with a column query")
	cmd.Flags().IntSliceVar(&sizes, "parties", nil, "also measure among so many parties, put together of the names of real ones (100000,1000000)")
	cmd.Flags().StringVar(&peers, "peers", "", "also measure the programs in this folder (bench/peers)")
	cmd.Flags().Float64Var(&seconds, "seconds", 5, "how long to measure at least")
	_ = cmd.MarkFlagRequired("queries")
	return cmd
}

func (a *app) benchScreen(ctx context.Context, file, peers string, sizes []int, seconds float64) (screenBench, error) {
	var b screenBench
	qs, err := benchQueries(file)
	if err != nil {
		return b, err
	}
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return b, err
	}
	qs = fullReferences(k.Parties, qs)
	u := takeUsage()
	ix := screening.New(k.Parties)
	ix.Find(screening.Query{Name: qs[0][0]})
	b.Start, b.StartCPU = u.since()
	b.Parties, b.Queries = ix.Len(), len(qs)
	b.measure(ctx, ix, qs, seconds)
	runtime.GC()
	b.RSS = residentMB()
	b.Latin, b.Other = inFirstTen(ix, qs)
	b.benchGrowth(ctx, k.Parties, qs, sizes, seconds)
	if peers != "" && ctx.Err() == nil {
		if b.Peers, err = benchPeers(ctx, peers, k.Parties, qs, seconds); err != nil {
			return b, err
		}
		for i, p := range b.Peers {
			if p.NamesPerCPU > 0 {
				b.Peers[i].Ratio = b.NamesPerCPU / p.NamesPerCPU
			}
		}
	}
	return b, ctx.Err()
}

// benchQueries reads names and, where the file has the column, the reference
// of the party that each is a name of ("" otherwise).
func benchQueries(file string) ([][]string, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	qs, err := screeningeval.Read(bytes.NewReader(b), "query", "reference")
	if err != nil {
		if qs, err = screeningeval.Read(bytes.NewReader(b), "query"); err != nil {
			return nil, err
		}
		for i := range qs {
			qs[i] = append(qs[i], "")
		}
	}
	if len(qs) == 0 {
		return nil, usagef("%s: no queries", file)
	}
	return qs, nil
}

// fullReferences puts the party's id in place of a list's own reference, so
// that we and the peers are asked for the same; a reference that no party has
// stays and is never found.
func fullReferences(parties []party.Party, qs [][]string) [][]string {
	ids := map[string]string{}
	for i := range parties {
		id := parties[i].ID
		ids[id] = id
		if _, ref, ok := strings.Cut(id, ":"); ok {
			ids[ref] = id
		}
	}
	out := make([][]string, len(qs))
	for i, q := range qs {
		out[i] = []string{q[0], cmp.Or(ids[q[1]], q[1])}
	}
	return out
}

func inFirstTen(ix *screening.Index, qs [][]string) (latin, other float64) {
	var found, known [2]float64
	for _, q := range qs {
		if q[1] == "" {
			continue
		}
		kind := 0
		if strings.ContainsFunc(q[0], func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) }) {
			kind = 1
		}
		known[kind]++
		hits := ix.Find(screening.Query{Name: q[0], Schema: party.Person, Limit: 10, Floor: 0.01})
		if slices.ContainsFunc(hits, func(h screening.Hit) bool { return h.Party.ID == q[1] }) {
			found[kind]++
		}
	}
	return found[0] / max(1, known[0]), found[1] / max(1, known[1])
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
