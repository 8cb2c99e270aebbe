package watch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/articles/feed"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/fetch"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// read fetches a batch of items, reads them and closes them.
func (w *Watcher) read(ctx context.Context, read *pipeline.Reader, items []store.FeedItem, about map[string]store.Feed) (Tally, error) {
	var t Tally
	got := make([]outcome, len(items))
	work, wctx := errgroup.WithContext(ctx)
	work.SetLimit(w.o.Workers)
	for i, it := range items {
		if strings.HasPrefix(it.Key, "file:") {
			continue
		}
		work.Go(func() error {
			got[i] = w.fetch(wctx, it, about[it.Feed])
			return wctx.Err()
		})
	}
	if err := work.Wait(); err != nil {
		return t, err
	}
	byArticle := map[string]store.FeedItem{}
	var ready []articles.Item
	for i, it := range items {
		switch o := got[i]; {
		case strings.HasPrefix(it.Key, "file:"):
			done, err := w.file(ctx, read, it, about[it.Feed])
			t.add(done)
			if err != nil {
				return t, err
			}
		case o.again > 0:
			it.Tries++
			it.Due, it.Error = w.o.Now().Add(o.again), o.err.Error()
			t.Retried++
			if err := w.o.Store.SaveItem(ctx, it); err != nil {
				return t, err
			}
		case o.article.ID == "":
			it.State, it.Error = store.ItemFailed, o.err.Error()
			t.Failed++
			if err := w.o.Store.SaveItem(ctx, it); err != nil {
				return t, err
			}
		default:
			it.Error = ""
			if o.err != nil {
				it.Error = o.err.Error()
			}
			byArticle[o.article.ID] = it
			ready = append(ready, articles.Item{Article: o.article})
		}
	}
	return t, w.keep(ctx, read, ready, byArticle, &t)
}

// keep has articles read and kept, and closes the item of each.
func (w *Watcher) keep(ctx context.Context, read *pipeline.Reader, ready []articles.Item, of map[string]store.FeedItem, t *Tally) error {
	var closing error
	closed := func(s pipeline.Scanned) {
		t.count(s)
		it, ok := of[s.Article.ID]
		if !ok || closing != nil {
			return
		}
		it.State, it.Article = store.ItemDone, s.Article.ID
		closing = w.o.Store.SaveItem(ctx, it)
	}
	if w.o.Submit != nil {
		err := w.submit(ctx, slices.Values(ready), closed)
		return errors.Join(err, closing)
	}
	err := pipeline.ScanInto(ctx, w.o.Store, slices.Values(ready), read, pipeline.ScanOptions{Workers: w.o.Workers}, w.o.Now, closed)
	return errors.Join(err, closing)
}

// outcome of fetching an item: an article, or an error for now (again > 0) or
// for good. An article with an error is what the feed itself says.
type outcome struct {
	article story.Article
	err     error
	again   time.Duration
}

// fetch gets the page behind an entry.
func (w *Watcher) fetch(ctx context.Context, it store.FeedItem, about store.Feed) outcome {
	var s said
	_ = json.Unmarshal(it.Body, &s) // an empty one says nothing
	opts := articles.Options{Outlet: about.Outlet, Language: about.Language, Retrieved: w.o.Now(), Method: "http"}
	if it.URL == "" {
		return w.ownWords(it, s, opts, errors.New("the feed gives no address"))
	}
	p, err := w.o.Pages.Get(ctx, fetch.PageRequest{URL: it.URL, Types: fetch.PageTypes})
	if err != nil {
		if again := w.retry(it, err); again > 0 {
			return outcome{err: err, again: again}
		}
		return w.ownWords(it, s, opts, err)
	}
	a, problem, ok := articles.FromPage(p.Body, p.URL, p.MediaType)
	if !ok || problem != "" {
		return w.ownWords(it, s, opts, fmt.Errorf("the page %s", cmpOr(problem, "is no text")))
	}
	opts.Retrieved = p.At
	w.join(&a, it, s)
	if about.Outlet != "" {
		a.Outlet = about.Outlet
	}
	articles.Complete(&a, p.Body, p.URL, opts)
	return outcome{article: a}
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// retry gives the pause before the next try, 0 where there is none.
func (w *Watcher) retry(it store.FeedItem, err error) time.Duration {
	if errors.Is(err, fetch.ErrRobots) || errors.Is(err, fetch.ErrAddress) || errors.Is(err, fetch.ErrType) || errors.Is(err, fetch.ErrTooLarge) || it.Tries+1 >= maxTries {
		return 0
	}
	d := w.o.FirstRetry << it.Tries
	var s *fetch.StatusError
	if errors.As(err, &s) {
		if !s.Temporary() {
			return 0
		}
		d = max(d, s.RetryAfter)
	}
	return min(d, longestRetry)
}

// ownWords reads what the feed itself holds of an entry whose page is not to
// be had.
func (w *Watcher) ownWords(it store.FeedItem, s said, opts articles.Options, err error) outcome {
	a, problem := articles.FromEntry(feed.Feed{Title: s.Title, Language: s.Language}, s.Item)
	if problem != "" {
		return outcome{err: err}
	}
	w.join(&a, it, s)
	if opts.Outlet != "" {
		a.Outlet = opts.Outlet
	}
	articles.Complete(&a, it.Body, it.Feed, opts)
	return outcome{article: a, err: err}
}

// join adds what the feed says to what the page does. The id is that of the
// item, so that reading it twice gives one article.
func (w *Watcher) join(a *story.Article, it store.FeedItem, s said) {
	sum := sha256.Sum256([]byte(it.Key))
	a.ID = "f-" + hex.EncodeToString(sum[:])[:16]
	if !s.Item.Published.IsZero() {
		a.Published, a.PublishedPrecision = s.Item.Published, calendar.Day
	}
	if a.Title == "" {
		a.Title = s.Item.Title
	}
	if a.Byline == "" {
		a.Byline = s.Item.Byline
	}
	if u := feed.CanonicalURL(a.URL); u != "" {
		a.URL = u
	}
	if s.Title != "" && (a.Outlet == "" || isHost(a.Outlet, a.URL)) {
		a.Outlet = s.Title
	}
	if a.Language == "" {
		a.Language = s.Language
	}
}

// isHost reports an outlet's name that is no more than the address's host, as
// extraction gives where a page does not say.
func isHost(name, address string) bool {
	u, err := url.Parse(address)
	return err == nil && strings.TrimPrefix(strings.ToLower(name), "www.") == strings.TrimPrefix(u.Host, "www.")
}

// file reads a file of a folder; it may hold many articles.
func (w *Watcher) file(ctx context.Context, read *pipeline.Reader, it store.FeedItem, about store.Feed) (Tally, error) {
	var t Tally
	opts := articles.Options{Outlet: about.Outlet, Language: about.Language, Retrieved: w.o.Now(), MaxArticle: w.o.MaxArticle}
	lost := ""
	tell := func(s pipeline.Scanned) {
		if s.Finding != nil && s.Finding.Severity != story.Note && lost == "" {
			lost = s.Finding.String()
		}
		t.count(s)
	}
	var err error
	if w.o.Submit != nil {
		err = w.submit(ctx, articles.Open(it.URL, nil, opts), tell)
	} else {
		err = pipeline.ScanFiles(ctx, w.o.Store, it.URL, nil, opts, read, w.o.Workers, w.o.Now, tell)
	}
	if err != nil {
		return t, err
	}
	it.State, it.Error = store.ItemDone, lost
	if t.Articles == 0 && lost != "" {
		it.State = store.ItemFailed
		t.Failed++
	}
	return t, w.o.Store.SaveItem(ctx, it)
}
