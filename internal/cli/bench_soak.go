package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/store/tables"
	"github.com/reportedly/reportedly/internal/story"
	"github.com/reportedly/reportedly/internal/stream"
)

// soakSample is how the process stands at one moment.
type soakSample struct {
	At         float64 `json:"at_s"`
	Submitted  int     `json:"submitted"`
	Read       int64   `json:"read"`
	Waiting    int     `json:"waiting"` // tasks not finished
	LagS       float64 `json:"lag_s"`   // age of the oldest
	HeapMB     float64 `json:"heap_mb"` // live after a collection
	ResidentMB float64 `json:"resident_mb"`
	Goroutines int     `json:"goroutines"`
	Handles    int     `json:"handles"`
}

// soakBench is what `bench soak` prints.
type soakBench struct {
	Minutes  float64 `json:"minutes"`
	Articles int     `json:"articles"`
	Cases    int     `json:"cases"`
	CPU      float64 `json:"cpu_s"`
	MaxLagS  float64 `json:"max_lag_s"`
	DrainS   float64 `json:"drain_s"` // after the last article until nothing was left
	Aside    int     `json:"aside"`
	// First and Last are means of the second and of the last quarter: the first
	// quarter fills what is filled once.
	First   soakSample   `json:"second_quarter"`
	Last    soakSample   `json:"last_quarter"`
	End     soakSample   `json:"end"`
	Samples []soakSample `json:"samples"`
}

func (a *app) benchSoakCommand() *cobra.Command {
	var minutes float64
	var perDay, workers int
	cmd := &cobra.Command{
		Use:   "soak ARTICLES...",
		Short: "A day of feed traffic in some minutes: memory, goroutines, handles, lag",
		Long: `Hands in --per-day articles over --minutes, more by day than by night as news
comes, to workers with a broker and a new store in this process. Articles are
those of the files again and again, each time of another day and outlet.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.benchSoak(c.Context(), args, minutes, perDay, workers)
		},
	}
	cmd.Flags().Float64Var(&minutes, "minutes", 20, "how long")
	cmd.Flags().IntVar(&perDay, "per-day", 20000, "articles of the day")
	cmd.Flags().IntVar(&workers, "workers", 2, "workers")
	return cmd
}

// soak is a soak under way.
type soak struct {
	a         *app
	st        *tables.DB
	x         *stream.Exchange
	feed      *stream.Feeder
	team      []*stream.Worker
	began     time.Time
	submitted int
	out       soakBench
}

func (a *app) benchSoak(ctx context.Context, paths []string, minutes float64, perDay, workers int) error {
	k, err := a.knowledge(ctx, time.Time{})
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
	st, done, err := benchStore(ctx)
	if err != nil {
		return err
	}
	defer done()
	_, x, end, err := a.benchBroker(ctx, st)
	if err != nil {
		return err
	}
	defer end()
	s := &soak{a: a, st: st, x: x, feed: stream.NewFeeder(x, st, sources.Default(), time.Now), began: time.Now()}
	stop, err := s.workers(ctx, k, workers)
	if err != nil {
		return err
	}
	defer stop()
	u := takeUsage()
	if err := s.day(ctx, all, time.Duration(minutes*float64(time.Minute)), perDay); err != nil {
		return err
	}
	if err := s.drain(ctx, 10*time.Minute); err != nil {
		return err
	}
	_, s.out.CPU = u.since()
	return s.finish(ctx, minutes)
}

// day hands in articles as they come over a day: in the middle of it nine times
// as many as at its ends.
func (s *soak) day(ctx context.Context, all []articles.Item, length time.Duration, perDay int) error {
	tick, sample := 200*time.Millisecond, time.Now()
	for {
		passed := float64(time.Since(s.began)) / float64(length)
		target := int(float64(perDay) * min(1, passed-0.8/(2*math.Pi)*math.Sin(2*math.Pi*min(1, passed))))
		var some []story.Article
		for ; s.submitted < target; s.submitted++ {
			some = append(some, again(all, s.submitted))
		}
		if err := s.feed.Submit(ctx, some...); err != nil {
			return err
		}
		if time.Since(sample) > length/200 {
			sample = time.Now()
			if err := s.sample(ctx); err != nil {
				return err
			}
		}
		if passed >= 1 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(tick):
		}
	}
}

// again gives an article of the material, of another day and outlet each time
// the material begins anew.
func again(all []articles.Item, n int) story.Article {
	a := all[n%len(all)].Article
	if round := n / len(all); round > 0 {
		a.ID = fmt.Sprintf("%s-%d", a.ID, round)
		a.URL = ""
		a.Outlet = fmt.Sprintf("Paper %d", round)
		a.Published = a.Published.AddDate(0, 0, 40*round)
	}
	return a
}

func (s *soak) sample(ctx context.Context) error {
	status, err := s.x.Status(ctx, s.st, time.Now())
	if err != nil {
		return err
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	p := soakSample{At: time.Since(s.began).Seconds(), Submitted: s.submitted, HeapMB: float64(m.HeapAlloc) / (1 << 20), ResidentMB: residentMB(), Goroutines: runtime.NumGoroutine(), Handles: openHandles()}
	for _, b := range status.Streams {
		p.Waiting += b.Waiting + b.InHand
		p.LagS = max(p.LagS, b.Lag.Seconds())
	}
	for _, w := range s.team {
		p.Read += w.Done().Read
	}
	s.out.MaxLagS = max(s.out.MaxLagS, p.LagS)
	s.out.Samples = append(s.out.Samples, p)
	s.out.Aside = status.Aside
	return nil
}

// openHandles counts the open files of the process, 0 where the system does not
// tell (only Linux does).
func openHandles() int {
	fs, _ := os.ReadDir("/proc/self/fd")
	return len(fs)
}

func (s *soak) drain(ctx context.Context, limit time.Duration) error {
	start := time.Now()
	for {
		idle, err := s.x.Idle(ctx, s.st, Version)
		switch {
		case err != nil:
			return err
		case idle:
			s.out.DrainS = time.Since(start).Seconds()
			return s.sample(ctx)
		case time.Since(start) > limit:
			return errors.New("bench soak: what was handed in is not done after ten minutes more")
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func (s *soak) finish(ctx context.Context, minutes float64) error {
	cs, err := s.st.Cases(ctx, time.Time{})
	if err != nil {
		return err
	}
	s.out.Minutes, s.out.Articles, s.out.Cases = minutes, s.submitted, len(cs)
	n := len(s.out.Samples)
	s.out.First, s.out.Last, s.out.End = meanSample(s.out.Samples[n/4:max(n/2, n/4+1)]), meanSample(s.out.Samples[n-max(n/4, 1):]), s.out.Samples[n-1]
	return s.a.printResult(s.out, false)
}

func meanSample(all []soakSample) soakSample {
	var m soakSample
	n := float64(len(all))
	for _, s := range all {
		m.At += s.At / n
		m.HeapMB += s.HeapMB / n
		m.ResidentMB += s.ResidentMB / n
		m.LagS += s.LagS / n
		m.Goroutines += s.Goroutines
		m.Handles += s.Handles
		m.Waiting += s.Waiting
	}
	m.Goroutines, m.Handles, m.Waiting = m.Goroutines/len(all), m.Handles/len(all), m.Waiting/len(all)
	m.Submitted, m.Read = all[len(all)-1].Submitted, all[len(all)-1].Read
	return m
}

// workers starts workers with one reader; the first of them builds cases.
func (s *soak) workers(ctx context.Context, k *pipeline.Knowledge, n int) (stop func(), err error) {
	read, err := pipeline.NewReader(k, Version)
	if err != nil {
		return nil, err
	}
	load := func(context.Context) (*pipeline.Reader, error) { return read, nil }
	readers := stream.NewReaders(s.st, load, time.Now)
	if _, err := readers.Now(ctx); err != nil {
		return nil, err
	}
	running, end := context.WithCancel(ctx)
	var group sync.WaitGroup
	for i := range n {
		w := stream.NewWorker(s.x, stream.WorkerOptions{Store: s.st, Readers: readers, Judge: s.a.judge(s.st), Whole: true, Read: 1, NoCases: i > 0, Program: Version})
		s.team = append(s.team, w)
		group.Go(func() { _ = w.Run(running) }) // it logs what goes wrong
	}
	return func() { end(); group.Wait() }, nil
}
