package cli

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/report"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/store/tables"
	"github.com/reportedly/reportedly/internal/story"
)

type scanOptions struct {
	published, outlet, language, format string
	output                              string
	noStore, explain                    bool
	plan, manifest, share               string
	partMB                              int64
}

func (o *scanOptions) addInputFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.published, "published", "", "day of publication, where the file does not say (2016-04-18)")
	f.StringVar(&o.outlet, "outlet", "", "the outlet, where the file does not say")
	f.StringVar(&o.language, "language", "", "ISO 639-1 code, where the file does not say (default: recognised)")
}

func (a *app) scanCommand() *cobra.Command {
	var o scanOptions
	cmd := &cobra.Command{
		Use:   "scan PATH...",
		Short: "Read articles (text, HTML, JSONL, feeds, WARC, mail; .gz, .zst; folders; addresses; -) and keep their claims and cases",
		Long: `Reads articles, finds the listed parties they name and what they are said to
have done, keeps both in the store, and brings the cases up to date. What was
read before is not read again; an interrupted scan goes on where it stopped.

With --format the reading itself is written: jsonl (mentions and claims, one
article a line), text (the same for people) or html (the case files as a page).`,
		Args: func(c *cobra.Command, args []string) error {
			if (len(args) == 0) == (o.manifest == "") {
				return usagef("scan reads paths, or the parts of --manifest")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case o.plan != "":
				return a.planArchives(args, o)
			case o.manifest != "":
				return a.scanManifest(c.Context(), o)
			}
			return a.runScan(c.Context(), args, o)
		},
	}
	o.addInputFlags(cmd)
	f := cmd.Flags()
	f.StringVar(&o.format, "format", "", "write what was read as text, jsonl or html")
	f.StringVarP(&o.output, "output", "o", "", "file for --format (default: standard output)")
	f.BoolVar(&o.noStore, "no-store", false, "keep nothing")
	f.StringVar(&o.plan, "plan", "", "read nothing; write a manifest of parts of the web archives among PATHs to this file")
	f.Int64Var(&o.partMB, "part-mb", 64, "megabytes of a part of --plan, as they lie on the disk")
	f.StringVar(&o.manifest, "manifest", "", "read the parts of a manifest; done ones are left out, one under way goes on where it stopped")
	f.StringVar(&o.share, "share", "", "of the manifest, every Nth part from the Kth on: 2/5 is the second of five machines")
	f.BoolVar(&o.explain, "explain", false, "tell for each claim how it came about, and what was discarded (implies --no-store)")
	return cmd
}

func (o scanOptions) articles(a *app) (articles.Options, error) {
	out := articles.Options{Outlet: o.outlet, Language: o.language, Retrieved: time.Now(), MaxArticle: int64(a.cfg.MaxArticleMB) << 20}
	if o.published == "" {
		return out, nil
	}
	var err error
	out.Published, err = parseDay("published", o.published)
	return out, err
}

// open yields the articles of several paths, counting them for progress.
func (a *app) open(paths []string, opts articles.Options, b *bar) iter.Seq[articles.Item] {
	return func(yield func(articles.Item) bool) {
		n := 0
		for _, p := range paths {
			items := articles.Open(p, a.In, opts)
			if isWeb(p) {
				items = a.fromWeb(context.Background(), p, opts)
			}
			for it := range items {
				n++
				b.grow(n)
				if !yield(it) {
					return
				}
			}
		}
	}
}

func (a *app) runScan(ctx context.Context, paths []string, o scanOptions) error {
	if !slices.Contains([]string{"", "text", "jsonl", "html"}, o.format) {
		return usagef("--format: %q is none of text, jsonl, html", o.format)
	}
	opts, err := o.articles(a)
	if err != nil {
		return err
	}
	if o.noStore || o.explain {
		return a.scanOnly(ctx, paths, o, opts)
	}
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	k, err := a.storeKnowledge(ctx, st)
	if err != nil {
		return err
	}
	return a.scanStored(ctx, st, k, paths, o, opts)
}

// storeKnowledge reads --list files, else the lists of an open store.
func (a *app) storeKnowledge(ctx context.Context, st *tables.DB) (*pipeline.Knowledge, error) {
	if len(a.cfg.Lists) > 0 {
		return a.knowledge(ctx, time.Time{})
	}
	k, err := pipeline.StoredLists(ctx, st, time.Time{})
	if err == nil {
		a.keepIndex(k)
		err = a.useSources(k)
	}
	return k, err
}

func (a *app) scanStored(ctx context.Context, st *tables.DB, k *pipeline.Knowledge, paths []string, o scanOptions, opts articles.Options) error {
	r, err := pipeline.NewReader(k, Version)
	if err != nil {
		return err
	}
	w, finish, err := a.lineWriter(o)
	if err != nil {
		return err
	}
	t := &told{a: a}
	var sum scanSummary
	b := a.newBar("articles", 0)
	var writeErr error
	resume := pipeline.NewResume(context.WithoutCancel(ctx), st, r, time.Now)
	if w == nil { // what is written out is written whole
		opts.From = resume.From
	}
	err = pipeline.ScanInto(ctx, st, a.open(paths, opts, b), r, pipeline.ScanOptions{Workers: a.cfg.Workers}, time.Now, func(s pipeline.Scanned) {
		b.add(1)
		resume.Note(s)
		if s.Finding != nil {
			t.finding(*s.Finding)
			return
		}
		if s.Known && w != nil { // written out again, though not read again
			s.Reading, writeErr = st.Reading(ctx, s.Article.ID)
		}
		sum.count(s)
		if w != nil && writeErr == nil {
			writeErr = w.write(s)
		}
	})
	b.done()
	if kerr := resume.Keep(); err == nil {
		err = kerr
	}
	if ferr := finish(); err == nil && writeErr == nil {
		writeErr = ferr
	}
	if err == nil {
		err = writeErr
	}
	if err != nil {
		return err
	}
	ch, err := pipeline.BuildCases(ctx, st, k, Version, time.Now())
	if err != nil {
		return err
	}
	switch {
	case o.format == "html":
		err = a.runCasesExport(ctx, caseFilter{background: true}, nil, "html", o.output)
	case w == nil:
		err = a.printScan(sum, ch)
	}
	if err != nil {
		return err
	}
	return t.err()
}

type scanSummary struct {
	Articles, Known, Named, Mentions, Claims int
}

func (s *scanSummary) count(x pipeline.Scanned) {
	s.Articles++
	if x.Known {
		s.Known++
	}
	if len(x.Reading.Mentions.Mentions) > 0 {
		s.Named++
	}
	s.Mentions += len(x.Reading.Mentions.Mentions)
	s.Claims += len(x.Reading.Claims)
}

func (a *app) printScan(s scanSummary, ch store.Changes) error {
	if a.json {
		return a.printJSON(map[string]any{"articles": s.Articles, "read_before": s.Known, "naming_somebody": s.Named, "mentions": s.Mentions, "claims": s.Claims,
			"cases": map[string]int{"new": ch.New, "changed": ch.Changed, "closed": ch.Closed, "same": ch.Same}})
	}
	err := a.printf("%d articles (%d read before): %d name somebody who may be listed, %d mentions, %d claims\n", s.Articles, s.Known, s.Named, s.Mentions, s.Claims)
	if err != nil {
		return err
	}
	return a.printf("cases: %d new, %d changed, %d as before, %d closed; see 'reportedly cases'\n", ch.New, ch.Changed, ch.Same, ch.Closed)
}

// scanOnly reads without a store.
func (a *app) scanOnly(ctx context.Context, paths []string, o scanOptions, opts articles.Options) error {
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return err
	}
	r, err := pipeline.NewReader(k, Version)
	if err != nil {
		return err
	}
	if o.explain {
		return a.runExplain(ctx, r, paths, opts)
	}
	if o.format == "" {
		o.format = "jsonl"
	}
	w, finish, err := a.lineWriter(o)
	if err != nil {
		return err
	}
	t := &told{a: a}
	b := a.newBar("articles", 0)
	var all []pipeline.Told // only for the page, which needs all articles at once
	err = pipeline.Scan(ctx, a.open(paths, opts, b), r, pipeline.ScanOptions{Workers: a.cfg.Workers}, func(s pipeline.Scanned) error {
		b.add(1)
		if s.Finding != nil {
			t.finding(*s.Finding)
			return nil
		}
		if w == nil {
			all = append(all, pipeline.Told{Article: s.Article, Reading: s.Reading})
			return nil
		}
		return w.write(s)
	})
	b.done()
	if ferr := finish(); err == nil {
		err = ferr
	}
	if err == nil && w == nil {
		err = a.writePage(all, k, o.output)
	}
	if err != nil {
		return err
	}
	return t.err()
}

// writePage builds the cases of articles that are not kept and writes them.
func (a *app) writePage(all []pipeline.Told, k *pipeline.Knowledge, output string) error {
	made, err := pipeline.Cases(all, k, Version)
	if err != nil {
		return err
	}
	texts := map[string]story.Article{}
	for _, t := range all {
		texts[t.Article.ID] = t.Article
	}
	var files []report.File
	for i, c := range made.Cases {
		files = append(files, report.File{Number: i + 1, Case: c, Articles: texts})
	}
	w, err := a.create(output)
	if err != nil {
		return err
	}
	err = report.HTML(w, pageTitle, files)
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	return err
}

func (a *app) runExplain(ctx context.Context, r *pipeline.Reader, paths []string, opts articles.Options) error {
	t := &told{a: a}
	for it := range a.open(paths, opts, &bar{}) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if it.Finding != nil {
			t.finding(*it.Finding)
			continue
		}
		if err := a.explainArticle(r, it); err != nil {
			return err
		}
	}
	return t.err()
}

func (a *app) explainArticle(r *pipeline.Reader, it articles.Item) error {
	found, notes := r.Explain(it.Article)
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n", it.Article.ID, it.Article.Title)
	for _, c := range found {
		fmt.Fprintf(&b, "  %s %s %s %s  rule %s\n    \"%s\"\n", c.Activity, c.Aspect, c.Act, c.Certainty, c.Rule, strings.Join(strings.Fields(c.Evidence.Of(it.Article.Text)), " "))
		for _, n := range c.Notes {
			fmt.Fprintf(&b, "      %s\n", n)
		}
	}
	for _, n := range notes {
		fmt.Fprintf(&b, "  %s\n", n)
	}
	return a.printf("%s", b.String())
}
