package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/demo"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/store/tables"
	"github.com/reportedly/reportedly/internal/story"
)

type benchWeb struct {
	dir             string
	articles, cases int
	rate, seconds   int
}

func (a *app) benchWebCommand() *cobra.Command {
	var o benchWeb
	cmd := &cobra.Command{
		Use:   "web",
		Short: "Pages and full text over a large store, at a steady rate of requests",
		Long: `Fills a store with many articles and cases (made from those of the demo, with
names and words exchanged), serves the pages from it, and asks for them at a
steady rate as a browser that is signed in does. Times are those of whole
answers, over a connection on this machine. A --dir that is filled is used again.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.runBenchWeb(c.Context(), o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.dir, "dir", "", "folder of the store (default a new temporary one)")
	f.IntVar(&o.articles, "articles", 1_000_000, "articles in the store")
	f.IntVar(&o.cases, "cases", 50_000, "cases in the store")
	f.IntVar(&o.rate, "rate", 50, "requests a second")
	f.IntVar(&o.seconds, "seconds", 30, "how long")
	return cmd
}

func (a *app) runBenchWeb(ctx context.Context, o benchWeb) error {
	if o.dir == "" {
		dir, err := os.MkdirTemp("", "reportedly-bench-*")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		o.dir = dir
	}
	a.cfg.DB = filepath.Join(o.dir, "bench.db")
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	if err := a.fillWeb(ctx, st, o); err != nil {
		return err
	}
	base, key, done, err := a.benchPages(ctx, st)
	if err != nil {
		return err
	}
	defer done()
	u := takeUsage()
	took, err := askSteadily(ctx, base, key, o)
	if err != nil {
		return err
	}
	wall, cpu := u.since()
	out := map[string]any{"articles": o.articles, "cases": o.cases, "rate": o.rate, "wall_s": wall, "cpu_s": cpu, "rss_mb": residentMB()}
	var lines []string
	for _, kind := range []string{"inbox", "case", "search", "api search"} {
		d := took[kind]
		slices.SortFunc(d, func(x, y asked) int { return int(x.took - y.took) })
		at := func(q float64) float64 { return float64(d[int(q*float64(len(d)-1))].took.Microseconds()) / 1000 }
		size := 0
		for _, x := range d {
			size = max(size, x.bytes)
		}
		out[kind] = map[string]any{"n": len(d), "p50_ms": at(0.5), "p95_ms": at(0.95), "p99_ms": at(0.99), "max_kb": size / 1000}
		lines = append(lines, fmt.Sprintf("%-10s %5d answers  p50 %6.1f ms  p95 %6.1f ms  p99 %6.1f ms  largest %d kB\n", kind, len(d), at(0.5), at(0.95), at(0.99), size/1000))
	}
	if a.json {
		return a.printJSON(out)
	}
	return a.printf("%s%.1f s of processor in %.1f s, %.0f MB resident\n", strings.Join(lines, ""), cpu, wall, out["rss_mb"])
}

// benchPages serves the pages to one analyst.
func (a *app) benchPages(ctx context.Context, st *tables.DB) (base, key string, done func(), err error) {
	a.quiet, a.cfg.Serve.Listen = true, "127.0.0.1:0"
	h, err := a.newHouse(st)
	if err != nil {
		return "", "", nil, err
	}
	if _, err := h.who.AddUser(ctx, auth.Local(), "bench", "", auth.Analyst, ""); err != nil && !errors.Is(err, store.ErrTaken) {
		return "", "", nil, err
	}
	if key, _, err = h.who.TokenFor(ctx, auth.Local(), "bench", "bench", nil, time.Hour); err != nil {
		return "", "", nil, err
	}
	s, err := a.newServer(h)
	if err != nil {
		return "", "", nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	var run sync.WaitGroup
	run.Go(func() { _ = s.Run(ctx) })
	return s.URL(), key, func() { stop(); run.Wait() }, nil
}

type asked struct {
	took  time.Duration
	bytes int
}

// askSteadily asks at a fixed rate, whether or not earlier answers have come:
// a server that falls behind shows it.
func askSteadily(ctx context.Context, base, key string, o benchWeb) (map[string][]asked, error) {
	var mu sync.Mutex
	took := map[string][]asked{}
	var failed error
	var wait sync.WaitGroup
	tick := time.NewTicker(time.Second / time.Duration(o.rate))
	defer tick.Stop()
	rng := rand.New(rand.NewPCG(1, 2))
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 100}}
	for range o.rate * o.seconds {
		kind, path := nextPage(rng, o)
		wait.Go(func() {
			began := time.Now()
			n, err := fetchPage(ctx, client, base+path, key)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed = err
			}
			took[kind] = append(took[kind], asked{time.Since(began), n})
		})
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	wait.Wait()
	return took, failed
}

func fetchPage(ctx context.Context, c *http.Client, url, key string) (int, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	r.Header.Set("Authorization", "Bearer "+key)
	resp, err := c.Do(r)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	n, err := io.Copy(io.Discard, resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("bench: %s: %s", url, resp.Status)
	}
	return int(n), err
}

// nextPage is what analysts do: mostly the inbox and cases.
func nextPage(rng *rand.Rand, o benchWeb) (kind, path string) {
	switch n := rng.IntN(10); {
	case n < 4:
		return "inbox", []string{"/", "/?measure=engaged", "/?origins=2&sort=new", "/?denied=yes&sort=origins", "/?q=" + url.QueryEscape(benchWord(rng)), "/?page=3&sort=happened"}[rng.IntN(6)]
	case n < 8:
		return "case", fmt.Sprint("/cases/", 1+rng.IntN(o.cases))
	case n < 9:
		return "search", "/search?q=" + url.QueryEscape(benchWord(rng)+" "+benchWord(rng))
	default:
		return "api search", "/api/v1/articles?q=" + url.QueryEscape(benchWord(rng)+" "+benchWord(rng))
	}
}

// benchWord draws a word by Zipf's law, as texts do.
func benchWord(rng *rand.Rand) string {
	z := rand.NewZipf(rng, 1.1, 10, 200_000)
	return benchSpelling(z.Uint64())
}

// benchSpelling gives a word for a rank; common ones are short.
func benchSpelling(rank uint64) string {
	const syllables = "bacedifoguhajekilomunapereqisotuvawexiyozu"
	out := []byte{}
	for rank++; rank > 0; rank /= 21 {
		i := rank % 21 * 2
		out = append(out, syllables[i:i+2]...)
	}
	return string(out)
}

// fillWeb brings a store up to the size asked for.
func (a *app) fillWeb(ctx context.Context, st *tables.DB, o benchWeb) error {
	have, err := st.Counts(ctx)
	if err != nil {
		return err
	}
	b := a.newBar("filling", o.articles)
	rng := rand.New(rand.NewPCG(3, 4))
	z := rand.NewZipf(rng, 1.1, 10, 200_000)
	start := time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := have.Articles; i < o.articles; i++ {
		var text strings.Builder
		for w := range 60 + rng.IntN(180) {
			if w > 0 {
				text.WriteByte(' ')
			}
			text.WriteString(benchSpelling(z.Uint64()))
		}
		art := story.Article{ID: fmt.Sprint("bench-", i), Outlet: fmt.Sprint("Outlet ", i%700), Title: benchSpelling(z.Uint64()) + " " + benchSpelling(z.Uint64()),
			Published: start.Add(time.Duration(i) * 5 * time.Minute), Language: "en", Text: text.String()}
		if err := st.SaveArticle(ctx, art, art.Published); err != nil {
			return err
		}
		b.add(1)
	}
	b.done()
	if have.Cases >= o.cases {
		return nil
	}
	return a.fillCases(ctx, st, o.cases, rng)
}

// fillCases multiplies the cases of the demo with other names and counts.
func (a *app) fillCases(ctx context.Context, st *tables.DB, n int, rng *rand.Rand) error {
	made, err := a.demoCases(ctx)
	if err != nil {
		return err
	}
	var all []cases.Case
	for i := range n {
		c := made[i%len(made)]
		c.ID = fmt.Sprintf("%s-%d", c.ID, i)
		name := benchWord(rng) + " " + benchWord(rng)
		c.Title, c.Party.Name, c.Party.ID = name+" "+c.Title, name, fmt.Sprint("bench:", i/3)
		c.For = cases.Count{Min: 1 + rng.IntN(4), Max: 5}
		all = append(all, c)
	}
	_, err = st.SaveCases(ctx, store.Run{ID: "bench"}, all, nil, time.Now())
	return err
}

func (a *app) demoCases(ctx context.Context) ([]cases.Case, error) {
	dir, err := os.MkdirTemp("", "reportedly-demo-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	_, files, err := demo.Lay(dir)
	if err != nil {
		return nil, err
	}
	a.cfg.Lists = files.Lists
	k, err := a.knowledge(ctx, time.Time{})
	a.cfg.Lists = nil
	if err != nil {
		return nil, err
	}
	r, err := pipeline.NewReader(k, Version)
	if err != nil {
		return nil, err
	}
	var told []pipeline.Told
	items := articles.Open(files.Articles, nil, articles.Options{})
	if err := pipeline.Scan(ctx, items, r, pipeline.ScanOptions{}, func(s pipeline.Scanned) error {
		told = append(told, pipeline.Told{Article: s.Article, Reading: s.Reading})
		return nil
	}); err != nil {
		return nil, err
	}
	book, err := pipeline.Cases(told, k, Version)
	return book.Cases, err
}
