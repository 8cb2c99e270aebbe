package watch

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/reportedly/reportedly/internal/articles/feed"
	"github.com/reportedly/reportedly/internal/fetch"
	"github.com/reportedly/reportedly/internal/store"
)

// recent bounds what the first look at a sitemap reads: sitemaps name years of
// pages. Later looks read whatever is new.
const recent = 7 * 24 * time.Hour

// settled is how long a file of a folder must be unchanged before it is read,
// so that one still being written is not.
const settled = 2 * time.Second

// maxChildren bounds the sitemaps that an index is followed into.
const maxChildren = 50

// poll looks at everything that is due.
func (w *Watcher) poll(ctx context.Context) (Tally, error) {
	var t Tally
	feeds, err := w.o.Store.Feeds(ctx)
	if err != nil {
		return t, err
	}
	now := w.o.Now()
	var mu sync.Mutex
	work, wctx := errgroup.WithContext(ctx)
	work.SetLimit(w.o.Workers)
	for _, f := range feeds {
		if f.Due.After(now) {
			continue
		}
		work.Go(func() error {
			n, err := w.look(wctx, f)
			mu.Lock()
			defer mu.Unlock()
			t.Feeds++
			t.New += n
			return err
		})
	}
	return t, work.Wait()
}

// look asks one address and keeps what it gave. An error of the address is
// kept with it and is none of the cycle.
func (w *Watcher) look(ctx context.Context, f store.Feed) (int, error) {
	now := w.o.Now()
	every := f.Every
	if every <= 0 {
		every = w.o.Every
	}
	first := f.Fetched.IsZero()
	items, err := w.ask(ctx, &f, first)
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	f.Fetched, f.Due = now, now.Add(every)
	if err != nil {
		f.Errors++
		f.Error = err.Error()
		f.Due = now.Add(w.backOff(f.Errors, every, err))
		w.o.Log.Warn("watch: feed failed", "feed", f.URL, "error", err, "in_a_row", f.Errors)
	} else {
		f.Errors, f.Error = 0, ""
	}
	n, serr := w.o.Store.SaveFetch(ctx, f, items)
	if serr == nil && n > 0 {
		f.Changed = now
		_, serr = w.o.Store.SaveFetch(ctx, f, nil)
	}
	return n, serr
}

// backOff grows with failures in a row; a server's own wish wins.
func (w *Watcher) backOff(errs int, every time.Duration, err error) time.Duration {
	d := max(every, w.o.FirstRetry) << min(errs-1, 8)
	var s *fetch.StatusError
	if errors.As(err, &s) {
		d = max(d, s.RetryAfter)
		if s.Code == 410 { // gone for good
			d = longestRetry
		}
	}
	return min(d, max(longestRetry, every))
}

// ask gives the items of an address, all of them: the store knows which are
// new. It renews validators, kind and title of f.
func (w *Watcher) ask(ctx context.Context, f *store.Feed, first bool) ([]store.FeedItem, error) {
	if f.Kind == "folder" {
		return w.folder(f.URL)
	}
	p, err := w.o.Pages.Get(ctx, fetch.PageRequest{URL: f.URL, ETag: f.ETag, LastModified: f.LastModified, Types: fetch.FeedTypes})
	if err != nil || p.NotModified {
		return nil, err
	}
	body, err := unzip(p.Body)
	if err != nil {
		return nil, err
	}
	var items []store.FeedItem
	parsed, err := feed.Parse(body, p.URL)
	switch {
	case err == nil:
		f.Kind, f.Title = "feed", parsed.Title
		for _, it := range parsed.Items {
			items = append(items, w.entry(f.URL, parsed, it))
		}
	case errors.Is(err, feed.ErrNotFeed):
		f.Kind = "sitemap"
		if items, err = w.sitemap(ctx, f.URL, p.URL, body, first, 0); err != nil {
			if errors.Is(err, feed.ErrNotSitemap) {
				err = errors.New("is neither a feed nor a sitemap")
				f.Kind = ""
			}
			return nil, err
		}
	default:
		return nil, err
	}
	f.ETag, f.LastModified = p.ETag, p.LastModified
	return items, nil
}

// said is what the store keeps of an entry until it is read.
type said struct {
	Title    string
	Language string
	Item     feed.Item
}

func (w *Watcher) entry(url string, f feed.Feed, it feed.Item) store.FeedItem {
	body, err := json.Marshal(said{f.Title, f.Language, it})
	if err != nil {
		body = nil
	}
	key := it.Key()
	if !strings.HasPrefix(key, "http") {
		key = url + " " + key
	}
	return store.FeedItem{Key: key, Feed: url, URL: it.URL, Body: body, State: store.ItemOpen, Found: w.o.Now()}
}

// sitemap reads a sitemap, and the sitemaps of an index one level down.
func (w *Watcher) sitemap(ctx context.Context, url, base string, body []byte, first bool, depth int) ([]store.FeedItem, error) {
	s, err := feed.ParseSitemap(body, base)
	if err != nil {
		return nil, err
	}
	now := w.o.Now()
	var items []store.FeedItem
	if !s.Index {
		for _, l := range s.Links {
			it := w.entry(url, feed.Feed{Title: l.Outlet, Language: l.Language}, feed.Item{URL: l.URL, Title: l.Title, Published: l.Published})
			dated := l.Published
			if dated.IsZero() {
				dated = l.Modified
			}
			if first && now.Sub(dated) > recent {
				it.State, it.Body = store.ItemOld, nil
			}
			items = append(items, it)
		}
		return items, nil
	}
	if depth > 0 {
		return nil, errors.New("an index of sitemaps names another index")
	}
	followed := 0
	for _, l := range s.Links {
		if followed == maxChildren || !l.Modified.IsZero() && now.Sub(l.Modified) > recent {
			continue
		}
		followed++
		p, err := w.o.Pages.Get(ctx, fetch.PageRequest{URL: l.URL, Types: fetch.FeedTypes})
		if err != nil {
			return nil, err
		}
		plain, err := unzip(p.Body)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.URL, err)
		}
		more, err := w.sitemap(ctx, url, p.URL, plain, first, depth+1)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.URL, err)
		}
		items = append(items, more...)
	}
	return items, nil
}

// unzip unpacks a .gz that was served as it is.
func unzip(b []byte) ([]byte, error) {
	if !bytes.HasPrefix(b, []byte{0x1f, 0x8b}) {
		return b, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("is no whole gzip: %w", err)
	}
	plain, err := io.ReadAll(io.LimitReader(z, feed.MaxBytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("is no whole gzip: %w", err)
	case len(plain) > feed.MaxBytes:
		return nil, fmt.Errorf("unpacks to more than %d bytes", feed.MaxBytes)
	}
	return plain, nil
}

// folder makes an item of each file that is new or changed.
func (w *Watcher) folder(dir string) ([]store.FeedItem, error) {
	var items []store.FeedItem
	now := w.o.Now()
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if strings.HasPrefix(d.Name(), ".") && p != dir {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() {
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // taken away meanwhile
		}
		if err != nil {
			return err
		}
		if now.Sub(info.ModTime()) < settled {
			return nil
		}
		key := fmt.Sprintf("file:%s#%d@%d", p, info.Size(), info.ModTime().UnixNano())
		items = append(items, store.FeedItem{Key: key, Feed: dir, URL: p, State: store.ItemOpen, Found: now})
		return nil
	})
	return items, err
}
