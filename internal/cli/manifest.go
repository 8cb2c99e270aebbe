package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/store/tables"
	"github.com/reportedly/reportedly/internal/story"
	"github.com/reportedly/reportedly/internal/stream"
)

// planArchives writes a manifest of the archives among some paths.
func (a *app) planArchives(paths []string, o scanOptions) error {
	if o.partMB < 1 {
		return usagef("--part-mb: a part has at least one megabyte")
	}
	out, err := a.create(o.plan)
	if err != nil {
		return err
	}
	t := &told{a: a}
	enc := json.NewEncoder(out)
	n := 0
	err = articles.Plan(paths, o.partMB<<20, func(p articles.Part) error {
		n++
		return enc.Encode(p)
	}, func(file string, why error) {
		t.finding(story.Finding{Severity: story.Note, File: file, Offset: -1, Text: why.Error()})
	})
	if cerr := out.Close(); err == nil {
		err = cerr
	}
	if err == nil && o.plan != "-" {
		err = a.printf("%d parts in %s\n", n, o.plan)
	}
	return err
}

func (a *app) readManifest(file string) ([]articles.Part, error) {
	if file == "-" {
		return articles.ReadManifest(a.In)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, usagef("--manifest: %v", err)
	}
	defer f.Close()
	return articles.ReadManifest(f)
}

// scanManifest reads the parts of a manifest that are this machine's.
func (a *app) scanManifest(ctx context.Context, o scanOptions) error {
	parts, err := a.readManifest(o.manifest)
	if err != nil {
		return err
	}
	k, n := 1, 1
	if o.share != "" {
		if c, err := fmt.Sscanf(o.share, "%d/%d", &k, &n); c != 2 || err != nil || n < 1 || k < 1 || k > n {
			return usagef("--share: %q is no share such as 2/5", o.share)
		}
	}
	opts, err := o.articles(a)
	if err != nil {
		return err
	}
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	known, err := a.storeKnowledge(ctx, st)
	if err != nil {
		return err
	}
	read, err := pipeline.NewReader(known, Version)
	if err != nil {
		return err
	}
	t := &told{a: a}
	var sum scanSummary
	b := a.newBar("parts", (len(parts)-k+n)/n)
	for i := k - 1; i < len(parts); i += n {
		err := pipeline.ScanPart(ctx, st, parts[i], opts, read, a.cfg.Workers, time.Now, func(s pipeline.Scanned) {
			if s.Finding != nil {
				t.finding(*s.Finding)
				return
			}
			sum.count(s)
		})
		if err != nil {
			b.done()
			return err
		}
		b.add(1)
	}
	b.done()
	ch, err := pipeline.BuildCases(ctx, st, known, Version, time.Now())
	if err != nil {
		return err
	}
	if err := a.printScan(sum, ch); err != nil {
		return err
	}
	return t.err()
}

// submitManifest hands the parts of a manifest to the workers.
func (a *app) submitManifest(ctx context.Context, file string) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	parts, err := a.readManifest(file)
	if err != nil {
		return err
	}
	return a.withExchange(ctx, func(x *stream.Exchange, st *tables.DB) error {
		v, err := st.ListVersion(ctx)
		if err != nil {
			return err
		}
		for _, p := range parts {
			if err := x.SubmitPart(ctx, p, v.Number); err != nil {
				return err
			}
		}
		return a.printf("%d parts handed in; see 'reportedly worker status'\n", len(parts))
	})
}
