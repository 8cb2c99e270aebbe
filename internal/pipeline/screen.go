package pipeline

import (
	"context"
	"iter"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists/history"
	"github.com/reportedly/reportedly/internal/party"
)

// Filter limits whom subjects are screened against. Empty fields limit nothing.
type Filter struct {
	Day      calendar.Date                          // who stood on a list then; zero = whoever any edition held
	Lists    []string                               // "un", "us-ofac-sdn"
	Regimes  []string                               // "1737", "SDGT", or a programme
	Measures []string                               // "M-TRAVEL": by what the list itself says it carries
	Carries  func(party.Designation, []string) bool // whether a designation carries a measure by law; nil = only what lists say
}

// Only gives the filter as screening asks for it, nil where nobody is left out.
func (f Filter) Only() func(*party.Party) bool {
	if f.Day.IsZero() && len(f.Lists)+len(f.Regimes)+len(f.Measures) == 0 {
		return nil
	}
	return func(p *party.Party) bool { return slices.ContainsFunc(p.Designations, f.holds) }
}

// holds reports whether one designation meets all that is asked.
func (f Filter) holds(d party.Designation) bool {
	list := func(l string) bool { return strings.EqualFold(l, d.List) || strings.EqualFold(l, d.Authority) }
	regime := func(r string) bool {
		return strings.EqualFold(r, d.Regime) || slices.ContainsFunc(d.Programmes, func(p string) bool { return strings.EqualFold(p, r) })
	}
	switch {
	case !f.Day.IsZero() && !standsOn(d, f.Day),
		len(f.Lists) > 0 && !slices.ContainsFunc(f.Lists, list),
		len(f.Regimes) > 0 && !slices.ContainsFunc(f.Regimes, regime):
		return false
	case len(f.Measures) == 0:
		return true
	}
	stated := slices.ContainsFunc(d.Stated, func(m party.StatedMeasure) bool {
		return slices.Contains(f.Measures, m.Kind) && (f.Day.IsZero() || (m.From.IsZero() || !m.From.First().After(f.Day)) && (m.To.IsZero() || f.Day.Before(m.To.First())))
	})
	return stated || f.Carries != nil && f.Carries(d, f.Measures)
}

// standsOn reports whether a designation stood, or may have stood, on a day.
func standsOn(d party.Designation, day calendar.Date) bool {
	if len(d.Periods) > 0 {
		return history.Standing(d.Periods, day) != history.Off
	}
	return (d.ListedOn.IsZero() || !d.ListedOn.First().After(day)) && (d.DelistedOn.IsZero() || d.DelistedOn.After(day))
}

// chunk is how many subjects one goroutine takes at a time.
const chunk = 32

// ScreenAll does screen for all subjects on all cores and hands the results on
// in order, some at a time. What is in flight is bounded, so that a file of any
// length takes the same memory.
func ScreenAll[S, T any](ctx context.Context, in iter.Seq2[S, error], screen func(S) (T, error), give func([]S, []T) error) error {
	type job struct {
		in   []S
		out  []T
		done chan struct{}
	}
	workers := runtime.GOMAXPROCS(0)
	queue, order := make(chan *job, workers), make(chan *job, 4*workers)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(queue)
		defer close(order)
		j := &job{done: make(chan struct{})}
		send := func() error {
			if len(j.in) == 0 {
				return nil
			}
			for _, c := range []chan *job{order, queue} {
				select {
				case c <- j:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			j = &job{done: make(chan struct{})}
			return nil
		}
		for s, err := range in {
			if err != nil {
				return err
			}
			if j.in = append(j.in, s); len(j.in) == chunk {
				if err := send(); err != nil {
					return err
				}
			}
		}
		return send()
	})
	for range workers {
		g.Go(func() error {
			for j := range queue {
				j.out = make([]T, len(j.in))
				for i, s := range j.in {
					var err error
					if j.out[i], err = screen(s); err != nil {
						return err
					}
				}
				close(j.done)
			}
			return nil
		})
	}
	g.Go(func() error {
		for j := range order {
			select {
			case <-j.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			if err := give(j.in, j.out); err != nil {
				return err
			}
		}
		return nil
	})
	return g.Wait()
}
