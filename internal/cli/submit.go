package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/store/tables"
	"github.com/reportedly/reportedly/internal/stream"
)

func (a *app) submitCommand() *cobra.Command {
	var o scanOptions
	cmd := &cobra.Command{
		Use:   "submit PATH...",
		Short: "Hand articles to the workers (what 'scan' reads: files, folders, addresses, -)",
		Long: `Keeps articles in the store and has the workers read them. It ends when store
and broker have everything; 'reportedly worker status' shows how far the workers
are. Handing the same in twice is harmless.`,
		Args: func(c *cobra.Command, args []string) error {
			if (len(args) == 0) == (o.manifest == "") {
				return usagef("submit hands in paths, or the parts of --manifest")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if o.manifest != "" {
				return a.submitManifest(c.Context(), o.manifest)
			}
			return a.runSubmit(c.Context(), args, o)
		},
	}
	o.addInputFlags(cmd)
	cmd.Flags().StringVar(&o.manifest, "manifest", "", "hand in the parts of web archives that 'scan --plan' wrote; workers must find the files under the same names")
	return cmd
}

// register is the register of outlets with what the user laid over it.
func (a *app) register() (*sources.Register, error) {
	reg := sources.Default()
	for _, f := range a.cfg.Sources {
		rows, err := os.Open(f)
		if err != nil {
			return nil, usagef("--sources: %v", err)
		}
		reg, err = reg.Extend(rows)
		rows.Close()
		if err != nil {
			return nil, err
		}
	}
	return reg, nil
}

func (a *app) feeder(x *stream.Exchange, st *tables.DB) (*stream.Feeder, error) {
	reg, err := a.register()
	if err != nil {
		return nil, err
	}
	return stream.NewFeeder(x, st, reg, time.Now), nil
}

func (a *app) runSubmit(ctx context.Context, paths []string, o scanOptions) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	opts, err := o.articles(a)
	if err != nil {
		return err
	}
	return a.withExchange(ctx, func(x *stream.Exchange, st *tables.DB) error {
		feed, err := a.feeder(x, st)
		if err != nil {
			return err
		}
		t := &told{a: a}
		b := a.newBar("articles", 0)
		n := 0
		err = feed.SubmitAll(ctx, a.open(paths, opts, b), 4, func(it articles.Item, err error) {
			b.add(1)
			switch {
			case it.Finding != nil:
				t.finding(*it.Finding)
			case err == nil:
				n++
			}
		})
		b.done()
		if err != nil {
			return err
		}
		if a.json {
			err = a.printJSON(map[string]int{"articles": n})
		} else {
			err = a.printf("%d articles handed in; see 'reportedly worker status'\n", n)
		}
		if err != nil {
			return err
		}
		return t.err()
	})
}
