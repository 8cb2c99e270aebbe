package cli

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/store/tables"
	"github.com/reportedly/reportedly/internal/stream"
	"github.com/reportedly/reportedly/internal/stream/broker"
)

// workersBench is what `bench workers` prints. Processor seconds are those of
// the process: workers, broker and store are all in it.
type workersBench struct {
	Articles int        `json:"articles"`
	Alone    benchSpell `json:"in_process"`  // scan without an engine, one article at a time
	Submit   benchSpell `json:"submit"`      // articles kept and published
	One      benchSpell `json:"one_worker"`  // one worker reads them all
	Two      benchSpell `json:"two_workers"` // two workers
	// EngineCost is the share of processor time that the engine adds: submit and
	// one worker against in_process.
	EngineCost float64 `json:"engine_cost"`
	// Speedup is the rate of two workers over that of one by the clock, and
	// SpeedupCPU what two free cores would give: twice the processor time that one
	// worker needs over that of two.
	Speedup    float64 `json:"speedup"`
	SpeedupCPU float64 `json:"speedup_cpu"`
}

// benchSpell is a piece of work with what it took.
type benchSpell struct {
	Wall      float64 `json:"wall_s"`
	CPU       float64 `json:"cpu_s"`
	PerSecond float64 `json:"articles_per_wall_s"`
	PerCPU    float64 `json:"articles_per_cpu_s"`
}

func (a *app) benchWorkersCommand() *cobra.Command {
	var limit int
	var profile string
	cmd := &cobra.Command{
		Use:   "workers ARTICLES...",
		Short: "What the engine costs against one process, and what a second worker brings",
		Long: `Reads the same articles three times into new stores: in this process, by one
worker and by two workers that a broker in this process serves. Cases are left
out. Processor time counts all of the process, broker and store included.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.benchWorkers(c.Context(), args, limit, profile) },
	}
	cmd.Flags().IntVar(&limit, "limit", 0, "at most so many articles (0: all)")
	cmd.Flags().StringVar(&profile, "cpuprofile", "", "write a profile of submit and one worker")
	return cmd
}

func (a *app) benchWorkers(ctx context.Context, paths []string, limit int, profile string) error {
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return err
	}
	read, err := pipeline.NewReader(k, Version)
	if err != nil {
		return err
	}
	all, _, err := a.benchArticles(paths)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return usagef("no articles in %v", paths)
	}
	if limit > 0 {
		all = all[:min(limit, len(all))]
	}
	warm := min(len(all), 20) // loads what is loaded when first needed
	for _, it := range all[:warm] {
		read.Read(read.Prepare(it.Article))
	}
	out := workersBench{Articles: len(all)}
	if out.Alone, err = a.benchAlone(ctx, read, all); err != nil {
		return err
	}
	stop, err := startProfile(profile)
	if err != nil {
		return err
	}
	out.Submit, out.One, err = a.benchEngine(ctx, read, all, 1)
	stop()
	if err != nil {
		return err
	}
	if _, out.Two, err = a.benchEngine(ctx, read, all, 2); err != nil {
		return err
	}
	out.EngineCost = (out.Submit.CPU+out.One.CPU)/out.Alone.CPU - 1
	out.Speedup = out.One.Wall / out.Two.Wall
	out.SpeedupCPU = 2 * out.One.CPU / out.Two.CPU
	return a.printResult(out, false)
}

func spell(u usage, n int) benchSpell {
	wall, cpu := u.since()
	return benchSpell{Wall: wall, CPU: cpu, PerSecond: float64(n) / max(wall, 1e-9), PerCPU: float64(n) / max(cpu, 1e-9)}
}

func (a *app) benchAlone(ctx context.Context, read *pipeline.Reader, all []articles.Item) (benchSpell, error) {
	st, done, err := benchStore(ctx)
	if err != nil {
		return benchSpell{}, err
	}
	defer done()
	u := takeUsage()
	err = pipeline.ScanInto(ctx, st, slices.Values(all), read, pipeline.ScanOptions{Workers: 1}, time.Now, nil)
	return spell(u, len(all)), err
}

// benchBroker runs a broker beside a store of benchStore, and joins it.
func (a *app) benchBroker(ctx context.Context, st *tables.DB) (b *broker.Server, x *stream.Exchange, end func(), err error) {
	if b, err = broker.Start(broker.Options{Dir: filepath.Join(filepath.Dir(st.Path()), "broker")}); err != nil {
		return nil, nil, nil, err
	}
	if x, err = stream.Connect(ctx, stream.Options{Via: b.Via(), Log: a.logger()}); err != nil {
		b.Stop()
		return nil, nil, nil, err
	}
	return b, x, func() { x.Close(); b.Stop() }, nil
}

func (a *app) benchEngine(ctx context.Context, read *pipeline.Reader, all []articles.Item, workers int) (submit, work benchSpell, err error) {
	st, done, err := benchStore(ctx)
	if err != nil {
		return submit, work, err
	}
	defer done()
	b, x, end, err := a.benchBroker(ctx, st)
	if err != nil {
		return submit, work, err
	}
	defer end()
	load := func(context.Context) (*pipeline.Reader, error) { return read, nil }
	if _, err := stream.NewReaders(st, load, time.Now).Now(ctx); err != nil {
		return submit, work, err
	}
	u := takeUsage()
	if err := stream.NewFeeder(x, st, sources.Default(), time.Now).SubmitAll(ctx, slices.Values(all), 2, nil); err != nil {
		return submit, work, err
	}
	submit = spell(u, len(all))
	u = takeUsage()
	running, rest := context.WithCancel(ctx)
	defer rest()
	var group sync.WaitGroup
	var team []*stream.Worker
	errs := make(chan error, workers)
	for range workers {
		own, err := stream.Connect(ctx, stream.Options{Via: b.Via(), Log: a.logger()})
		if err != nil {
			return submit, work, err
		}
		defer own.Close()
		w := stream.NewWorker(own, stream.WorkerOptions{Store: st, Readers: stream.NewReaders(st, load, time.Now), Read: 1, NoCases: true, Program: Version})
		team = append(team, w)
		group.Go(func() { errs <- w.Run(running) })
	}
	for read := int64(0); read < int64(len(all)); {
		select {
		case <-ctx.Done():
			return submit, work, ctx.Err()
		case err := <-errs:
			return submit, work, errors.Join(errors.New("bench: a worker ended"), err)
		case <-time.After(5 * time.Millisecond):
		}
		read = 0
		for _, w := range team {
			d := w.Done()
			read += d.Read + d.Again + d.Aside
		}
	}
	work = spell(u, len(all))
	rest()
	group.Wait()
	return submit, work, nil
}
