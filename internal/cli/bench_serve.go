package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/eval/screeningeval"
	"github.com/reportedly/reportedly/internal/serve/yente"
)

// serveBench holds the figures of bench serve: server and load generator run
// in this one process, on this machine, over a TCP connection each worker.
type serveBench struct {
	Parties      int     `json:"parties"`
	Queries      int     `json:"queries"`
	Connections  int     `json:"connections"`
	Requests     int     `json:"requests"`
	Failed       int     `json:"failed"`
	RequestsPerS float64 `json:"requests_per_s"`
	PerCPU       float64 `json:"requests_per_cpu_s"`
	P50          float64 `json:"p50_ms"`
	P95          float64 `json:"p95_ms"`
	P99          float64 `json:"p99_ms"`
	RSS          float64 `json:"rss_mb"`
	Start        float64 `json:"start_s"`
}

func (a *app) benchServeCommand() *cobra.Command {
	var queries, url string
	var seconds float64
	var conns int
	cmd := &cobra.Command{Use: "serve", Short: "Requests to /match a second, with the load generator on the same machine",
		Long: `Serves the lists on a port of this machine and asks /match one query a request
over several connections, or asks another server (--url, for example a yente).
Wall and processor time are told: the load generator's own work is part of both.`,
		Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
			r, err := a.benchServe(c.Context(), queries, url, seconds, conns)
			if err != nil {
				return err
			}
			return a.printResult(r, false)
		}}
	cmd.Flags().StringVar(&queries, "queries", "", "CSV with a column query")
	cmd.Flags().StringVar(&url, "url", "", "ask this server instead of one of our own, for example http://127.0.0.1:8000/match/default")
	cmd.Flags().Float64Var(&seconds, "seconds", 5, "how long to measure at least")
	cmd.Flags().IntVar(&conns, "connections", 8, "requests at once")
	_ = cmd.MarkFlagRequired("queries")
	return cmd
}

func (a *app) benchServe(ctx context.Context, file, url string, seconds float64, conns int) (serveBench, error) {
	b := serveBench{Connections: conns}
	f, err := openPlain(file)
	if err != nil {
		return b, err
	}
	defer f.Close()
	qs, err := screeningeval.Read(f, "query")
	if err != nil {
		return b, err
	}
	bodies := matchBodies(qs)
	if len(bodies) == 0 {
		return b, usagef("%s: no queries", file)
	}
	b.Queries = len(bodies)
	if url == "" {
		stop, err := a.benchServer(ctx, &b, &url)
		if err != nil {
			return b, err
		}
		defer stop()
	}
	b.load(ctx, url, bodies, seconds)
	runtime.GC()
	b.RSS = residentMB()
	return b, ctx.Err()
}

func matchBodies(qs [][]string) [][]byte {
	var out [][]byte
	for _, q := range qs {
		body, err := json.Marshal(map[string]any{"queries": map[string]any{"q": map[string]any{"schema": "Person", "properties": map[string]any{"name": []string{q[0]}}}}})
		if err == nil {
			out = append(out, body)
		}
	}
	return out
}

// benchServer serves the yente routes on a free port.
func (a *app) benchServer(ctx context.Context, b *serveBench, url *string) (stop func(), err error) {
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return nil, err
	}
	u := takeUsage()
	h := yente.New(Version, yente.Limits{})
	h.Set(yente.NewData(k.Parties, k.Editions, k.Key))
	b.Start, _ = u.since()
	b.Parties = len(k.Parties)
	mux := http.NewServeMux()
	for _, r := range h.Routes() {
		mux.Handle(r.Pattern, r.Handler)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	s := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	done := make(chan struct{})
	go func() { defer close(done); _ = s.Serve(l) }()
	*url = "http://" + l.Addr().String() + "/match/default"
	return func() { _ = s.Close(); <-done }, nil
}

// load asks from all connections until the time is over; the first round over
// the queries only warms up.
func (b *serveBench) load(ctx context.Context, url string, bodies [][]byte, seconds float64) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: b.Connections, MaxConnsPerHost: b.Connections, DisableCompression: true}}
	defer client.CloseIdleConnections()
	ask := func(body []byte) bool {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
		if err != nil {
			return false
		}
		req.Header.Set("Content-Type", "application/json")
		resp, err := client.Do(req)
		if err != nil {
			return false
		}
		_, err = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		return err == nil && resp.StatusCode == http.StatusOK
	}
	for _, body := range bodies[:min(len(bodies), 500)] {
		ask(body)
	}
	each := make([][]time.Duration, b.Connections)
	failed := make([]int, b.Connections)
	u := takeUsage()
	var wg sync.WaitGroup
	for w := range b.Connections {
		wg.Go(func() {
			for i := w; ctx.Err() == nil; i += b.Connections {
				at := time.Now()
				if !ask(bodies[i%len(bodies)]) {
					failed[w]++
				}
				each[w] = append(each[w], time.Since(at))
				if wall, _ := u.since(); wall > seconds {
					return
				}
			}
		})
	}
	wg.Wait()
	wall, cpu := u.since()
	all := slices.Concat(each...)
	for _, n := range failed {
		b.Failed += n
	}
	if b.Requests = len(all); b.Requests == 0 || wall == 0 {
		return
	}
	b.RequestsPerS = float64(b.Requests) / wall
	if cpu > 0 {
		b.PerCPU = float64(b.Requests) / cpu
	}
	slices.Sort(all)
	at := func(part float64) float64 { return float64(all[int(part*float64(len(all)-1))].Microseconds()) / 1000 }
	b.P50, b.P95, b.P99 = at(0.50), at(0.95), at(0.99)
}
