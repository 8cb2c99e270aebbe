package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/netip"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/fetch"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/store/tables"
	"github.com/reportedly/reportedly/internal/story"
	"github.com/reportedly/reportedly/internal/watch"
)

func (a *app) feedsCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "feeds", Short: "What 'watch' follows: feeds, sitemaps, folders"}
	var f store.Feed
	var every string
	add := &cobra.Command{
		Use: "add ADDRESS...", Short: "Follow feeds (RSS, Atom, JSON), sitemaps or folders", Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			d, err := duration("every", every)
			if err != nil {
				return err
			}
			f.Every = d
			return a.addFeeds(c.Context(), args, f)
		},
	}
	add.Flags().StringVar(&f.Outlet, "outlet", "", "the outlet, for all that comes this way")
	add.Flags().StringVar(&f.Language, "language", "", "ISO 639-1 code, where pages do not say")
	add.Flags().StringVar(&every, "every", "", "how often to look (default: the setting watch.every)")
	remove := &cobra.Command{
		Use: "remove ADDRESS...", Short: "Follow no longer; what was read stays", Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.removeFeeds(c.Context(), args) },
	}
	list := &cobra.Command{Use: "list", Short: "What is followed, and how it fares", Aliases: []string{"status"}, Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.listFeeds(c.Context()) }}
	cmd.AddCommand(add, remove, list)
	return cmd
}

// place makes an address of what a user writes: a web address, or a folder.
func place(arg string) (url, kind string, err error) {
	if isWeb(arg) {
		return arg, "", nil
	}
	info, err := os.Stat(arg)
	if err != nil || !info.IsDir() {
		return "", "", usagef("feeds: %s is neither a web address nor a folder", arg)
	}
	abs, err := filepath.Abs(arg)
	return abs, "folder", err
}

func isWeb(s string) bool { return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") }

func (a *app) addFeeds(ctx context.Context, args []string, f store.Feed) error {
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	for _, arg := range args {
		if f.URL, f.Kind, err = place(arg); err != nil {
			return err
		}
		added, err := st.AddFeed(ctx, f, time.Now())
		if err != nil {
			return err
		}
		word := "changed"
		if added {
			word = "followed"
		}
		if err := a.printf("%s: %s\n", f.URL, word); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) removeFeeds(ctx context.Context, args []string) error {
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	for _, arg := range args {
		address := arg
		if !isWeb(arg) {
			if address, err = filepath.Abs(arg); err != nil {
				return err
			}
		}
		err := st.RemoveFeed(ctx, address, time.Now())
		if errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("feeds: %s is not followed", arg)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *app) listFeeds(ctx context.Context) error {
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	health, err := watch.FeedsHealth(ctx, st, time.Now())
	if err != nil {
		return err
	}
	if a.json {
		if health == nil {
			health = []watch.FeedHealth{}
		}
		return a.printJSON(health)
	}
	if len(health) == 0 {
		return a.printf("nothing is followed; 'reportedly feeds add ADDRESS' begins\n")
	}
	t := a.boxed("address", "kind", "status", "last look", "next", "open", "read", "failed", "error")
	for _, h := range health {
		t.AppendRow(table.Row{h.URL, h.Kind, h.Status, minute(h.Fetched), minute(h.Due), h.Open, h.Done, h.Failed, h.Error})
	}
	t.Render()
	return nil
}

func minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02 15:04")
}

func duration(name, s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		return 0, usagef("%s: %q is no duration such as 15m", name, s)
	}
	return d, nil
}

// pages makes the way to fetch that the settings describe.
func (a *app) pages() (*fetch.Pages, error) {
	c := a.cfg.Watch
	p := fetch.Policy{UserAgent: c.UserAgent, MaxBytes: int64(c.MaxPageMB) << 20, IgnoreRobots: c.IgnoreRobots}
	if p.UserAgent == "" {
		p.UserAgent = "reportedly/" + Version
	}
	var err error
	if p.Interval, err = duration("watch.interval", c.Interval); err != nil {
		return nil, err
	}
	if p.Interval == 0 {
		p.Interval = -1
	}
	for _, n := range c.Allow {
		net, err := netip.ParsePrefix(n)
		if err != nil {
			return nil, usagef("watch.allow: %q is no network such as 10.1.2.0/24", n)
		}
		p.Allow = append(p.Allow, net)
	}
	if c.Proxy != "" {
		if p.Proxy, err = url.Parse(c.Proxy); err != nil || p.Proxy.Host == "" {
			return nil, usagef("watch.proxy: %q is no address", c.Proxy)
		}
	}
	return fetch.NewPages(p), nil
}

// readerOf gives a reader for the lists of the moment and keeps it while they
// stay the same.
func (a *app) readerOf(st *tables.DB) func(context.Context) (*pipeline.Reader, error) {
	var mu sync.Mutex
	var have *pipeline.Reader
	var of string
	return func(ctx context.Context) (*pipeline.Reader, error) {
		mu.Lock()
		defer mu.Unlock()
		editions, err := st.Editions(ctx, "", time.Time{})
		if err != nil {
			return nil, err
		}
		key := strings.Join(a.cfg.Lists, "\n")
		for _, e := range editions {
			key += "\n" + e.Key()
		}
		if have != nil && key == of {
			return have, nil
		}
		k, err := a.storeKnowledge(ctx, st)
		if err != nil {
			return nil, err
		}
		r, err := pipeline.NewReader(k, Version)
		if err == nil {
			have, of = r, key
		}
		return r, err
	}
}

// newWatcher joins what following needs; the service runs it too, with the
// builder of cases that its other parts have.
func (a *app) newWatcher(ctx context.Context, st *tables.DB, submit func(context.Context, story.Article) error, cases *pipeline.Builder) (*watch.Watcher, error) {
	pages, err := a.pages()
	if err != nil {
		return nil, err
	}
	every, err := duration("watch.every", a.cfg.Watch.Every)
	if err != nil {
		return nil, err
	}
	for _, arg := range a.cfg.Watch.Feeds {
		f := store.Feed{}
		if f.URL, f.Kind, err = place(arg); err != nil {
			return nil, err
		}
		if err := a.follow(ctx, st, f); err != nil {
			return nil, err
		}
	}
	return watch.New(watch.Options{Store: st, Pages: pages, Reader: a.readerOf(st), Submit: submit, Cases: cases, Program: Version, Every: every, Workers: a.cfg.Workers,
		MaxArticle: int64(a.cfg.MaxArticleMB) << 20, Log: a.logger()}), nil
}

// follow adds what the settings name, and leaves what is followed as it is.
func (a *app) follow(ctx context.Context, st *tables.DB, f store.Feed) error {
	have, err := st.Feeds(ctx)
	if err != nil {
		return err
	}
	for _, h := range have {
		if h.URL == f.URL {
			return nil
		}
	}
	_, err = st.AddFeed(ctx, f, time.Now())
	return err
}

func (a *app) watchCommand() *cobra.Command {
	var once, stream, submit bool
	cmd := &cobra.Command{
		Use:   "watch",
		Short: "Follow feeds, sitemaps and folders, and keep cases current",
		Long: `Looks at everything that 'feeds add' or the setting watch.feeds names, fetches
and reads what is new, and brings the cases up to date. It can be stopped and
killed at any moment; it goes on where it was. With --once it does what is due
now and ends. With --stream it reads articles from standard input (JSONL)
instead, and ends with the stream.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.runWatch(c.Context(), once, stream, submit) },
	}
	cmd.Flags().BoolVar(&once, "once", false, "do what is due now, and end")
	cmd.Flags().BoolVar(&stream, "stream", false, "read articles from standard input")
	cmd.Flags().BoolVar(&submit, "submit", false, "hand what is new to the workers instead of reading it here")
	return cmd
}

func (a *app) runWatch(ctx context.Context, once, stream, submit bool) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	var hand func(context.Context, story.Article) error
	if submit {
		x, err := a.exchange(ctx, nil)
		if err != nil {
			return err
		}
		defer x.Close()
		feed, err := a.feeder(x, st)
		if err != nil {
			return err
		}
		hand = func(ctx context.Context, a story.Article) error { return feed.Submit(ctx, a) }
	}
	w, err := a.newWatcher(ctx, st, hand, nil)
	if err != nil {
		return err
	}
	switch {
	case stream:
		t := &told{a: a}
		opts := articles.Options{Format: articles.JSONL, Retrieved: time.Now(), Method: "stdin", MaxArticle: int64(a.cfg.MaxArticleMB) << 20}
		tally, err := w.Take(ctx, articles.Read("standard input", a.In, opts), func(s pipeline.Scanned) {
			if s.Finding != nil {
				t.finding(*s.Finding)
			}
		})
		if err == nil {
			err = a.printTally(tally)
		}
		return errors.Join(err, t.err())
	case once:
		tally, err := w.Once(ctx)
		if err != nil {
			return err
		}
		return a.printTally(tally)
	}
	return w.Run(ctx)
}

func (a *app) printTally(t watch.Tally) error {
	if a.json {
		return a.printJSON(t)
	}
	return a.printf("%d feeds looked at, %d new items; %d articles read, %d name somebody who may be listed, %d claims; %d put off, %d failed\ncases: %d new, %d changed, %d as before, %d closed\n",
		t.Feeds, t.New, t.Articles, t.Named, t.Claims, t.Retried, t.Failed, t.Cases.New, t.Cases.Changed, t.Cases.Same, t.Cases.Closed)
}

// fromWeb fetches one address for 'scan': a page, or a feed with its entries.
func (a *app) fromWeb(ctx context.Context, address string, opts articles.Options) iter.Seq[articles.Item] {
	return func(yield func(articles.Item) bool) {
		lost := func(err error) {
			yield(articles.Item{Finding: &story.Finding{Severity: story.Refused, File: address, Offset: -1, Text: err.Error()}})
		}
		pages, err := a.pages()
		if err != nil {
			lost(err)
			return
		}
		p, err := pages.Get(ctx, fetch.PageRequest{URL: address, Types: append(fetch.FeedTypes, fetch.PageTypes...)})
		if err != nil {
			lost(err)
			return
		}
		opts.Retrieved, opts.Method = p.At, "http"
		articles.ReadPage(p.URL, p.Body, p.MediaType, opts)(yield)
	}
}
