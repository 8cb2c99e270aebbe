package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/fetch"
	"github.com/reportedly/reportedly/internal/lists/catalogue"
	"github.com/reportedly/reportedly/internal/pipeline"
)

type updateOptions struct {
	sources      []string
	catalogue    string
	acceptShrunk bool
	dir          string
}

func (a *app) listsUpdateCommand() *cobra.Command {
	var o updateOptions
	cmd := &cobra.Command{
		Use:   "update",
		Short: "Download the official lists and take over what changed",
		Long: `Downloads the official lists (conditional requests, resumed, tried again, held
against length and checksum) and takes each over whole. A download that fails, is
damaged or lost more than a fifth of its entries changes nothing and is told.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.runListsUpdate(c.Context(), o) },
	}
	f := cmd.Flags()
	f.StringSliceVar(&o.sources, "source", nil, "only these: un, us (or us-ofac-sdn, us-ofac-cons), eu, uk, ch, ca, au")
	f.StringVar(&o.catalogue, "catalogue", "", "TOML file of sources laid over those that ship")
	f.BoolVar(&o.acceptShrunk, "accept-shrunk", false, "take a list over although it lost more than a fifth of its entries")
	f.StringVar(&o.dir, "dir", "", "folder for the downloads (default: beside the store)")
	return cmd
}

func (o updateOptions) picked() ([]catalogue.Source, error) {
	all, err := catalogue.Shipped()
	if err != nil {
		return nil, err
	}
	if o.catalogue != "" {
		f, err := os.Open(o.catalogue)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		own, err := catalogue.Read(f)
		if err != nil {
			return nil, usageError{o.catalogue + ": " + err.Error()}
		}
		all = catalogue.Over(all, own)
	}
	picked, err := catalogue.Pick(all, o.sources)
	if err != nil {
		return nil, usageError{err.Error()}
	}
	return picked, nil
}

func (a *app) runListsUpdate(ctx context.Context, o updateOptions) error {
	sources, err := o.picked()
	if err != nil {
		return err
	}
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	if o.dir == "" {
		o.dir = filepath.Join(filepath.Dir(a.cfg.DB), "downloads")
	}
	t := &told{a: a}
	b := a.newBytesBar()
	done, err := pipeline.UpdateLists(ctx, st, fetch.New("reportedly/"+Version, fetch.DefaultLimits()), sources, pipeline.UpdateOptions{
		Folder: o.dir, AcceptShrunk: o.acceptShrunk, Now: time.Now, Found: t.finding, Progress: b.at})
	b.done()
	if err != nil {
		return err
	}
	failed := 0
	for _, u := range done {
		if u.Err != nil {
			failed++
			fmt.Fprintf(a.Err, "%s: not taken over: %v\n", u.Source, u.Err)
		}
	}
	if a.json {
		err = a.printJSON(updatesJSON(done))
	} else {
		err = a.printUpdates(done)
	}
	if err == nil && failed > 0 {
		err = fmt.Errorf("%d of %d lists were not taken over; what was held stays", failed, len(done))
	}
	return err
}

func (a *app) printUpdates(done []pipeline.Updated) error {
	for _, u := range done {
		if u.Unchanged {
			if err := a.printf("%-14s unchanged\n", u.Source); err != nil {
				return err
			}
		}
		if err := a.printImported(u.Editions); err != nil {
			return err
		}
		if u.Comparison == nil {
			continue
		}
		for _, c := range u.Comparison.Changes {
			if err := a.printf("  %s\n", c); err != nil {
				return err
			}
		}
	}
	return nil
}

type updateJSON struct {
	Source    string   `json:"source"`
	Unchanged bool     `json:"unchanged"`
	Editions  []string `json:"editions,omitempty"`
	Changes   any      `json:"changes,omitempty"`
	Error     string   `json:"error,omitempty"`
}

func updatesJSON(done []pipeline.Updated) []updateJSON {
	out := []updateJSON{}
	for _, u := range done {
		j := updateJSON{Source: u.Source, Unchanged: u.Unchanged}
		for _, e := range u.Editions {
			j.Editions = append(j.Editions, e.Edition.Key())
		}
		if u.Comparison != nil {
			j.Changes = u.Comparison.Changes
		}
		if u.Err != nil {
			j.Error = u.Err.Error()
		}
		out = append(out, j)
	}
	return out
}
