package watch

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/demo"
	"github.com/reportedly/reportedly/internal/fetch"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/store/sqlite"
	"github.com/reportedly/reportedly/internal/story"
)

// childStore, where set, makes this test binary a watcher that the kill test
// starts and kills.
const childStore = "REPORTEDLY_WATCH_CHILD"

func TestMain(m *testing.M) {
	if path := os.Getenv(childStore); path != "" {
		if err := child(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func child(path string) error {
	st, err := sqlite.Open(context.Background(), path)
	if err != nil {
		return err
	}
	defer st.Close()
	read, err := demoReader(filepath.Dir(path))
	if err != nil {
		return err
	}
	read.Read(story.Article{Text: "General Qassem Soleimani flew to Moscow, the ministry said.", Language: "en"}) // loads what is loaded when first needed
	fmt.Println("ready")
	return newWatcher(st, read).Run(context.Background())
}

func demoReader(dir string) (*pipeline.Reader, error) {
	_, files, err := demo.Lay(filepath.Join(dir, "demo"))
	if err != nil {
		return nil, err
	}
	k, err := pipeline.ListFiles(context.Background(), files.Lists, lists.Options{}, func(story.Finding) {})
	if err != nil {
		return nil, err
	}
	return pipeline.NewReader(k, "test")
}

func newWatcher(st store.Store, read *pipeline.Reader) *Watcher {
	pages := fetch.NewPages(fetch.Policy{Interval: -1, Timeout: 5 * time.Second, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	return New(Options{Store: st, Pages: pages, Reader: func(context.Context) (*pipeline.Reader, error) { return read, nil }, Program: "test", Workers: 2,
		Pause: 10 * time.Millisecond, FirstRetry: time.Millisecond})
}

// outlet is a news site made of the demo's articles.
type outlet struct {
	*httptest.Server
	items  []story.Article
	delay  time.Duration
	asked  atomic.Int32 // pages
	feeds  atomic.Int32 // whole feeds sent
	broken atomic.Bool  // pages answer 503
}

func newOutlet(t *testing.T, n int, delay time.Duration) *outlet {
	t.Helper()
	_, files, err := demo.Lay(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var base []story.Article
	for it := range articles.Open(files.Articles, nil, articles.Options{}) {
		base = append(base, it.Article)
	}
	o := &outlet{delay: delay}
	for i := range n {
		a := base[i%len(base)]
		if i >= len(base) {
			a.Text += fmt.Sprintf("\n\nThis is report number %d of the day.", i)
		}
		o.items = append(o.items, a)
	}
	o.Server = httptest.NewServer(o)
	t.Cleanup(o.Close)
	return o
}

func (o *outlet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/feed.xml":
		tag := fmt.Sprintf(`"%d"`, len(o.items))
		w.Header().Set("ETag", tag)
		w.Header().Set("Content-Type", "application/rss+xml")
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		o.feeds.Add(1)
		fmt.Fprint(w, `<rss version="2.0"><channel><title>Coast Star</title>`)
		for i, a := range o.items {
			fmt.Fprintf(w, "<item><title>%s</title><link>%s/news/%d?utm_source=feed</link><pubDate>%s</pubDate><description>%s</description></item>",
				html.EscapeString(a.Title), o.URL, i, a.Published.Format(time.RFC1123Z), html.EscapeString(a.Title))
		}
		fmt.Fprint(w, "</channel></rss>")
	case r.URL.Path == "/sitemap.xml":
		fmt.Fprint(w, `<urlset>`)
		for i := range o.items {
			fmt.Fprintf(w, "<url><loc>%s/news/%d</loc><lastmod>%s</lastmod></url>", o.URL, i, time.Now().AddDate(0, 0, -20*(i%2)).Format(time.DateOnly))
		}
		fmt.Fprint(w, "</urlset>")
	case strings.HasPrefix(r.URL.Path, "/news/"):
		o.asked.Add(1)
		i, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/news/"))
		if err != nil || i >= len(o.items) {
			http.NotFound(w, r)
			return
		}
		if o.broken.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		time.Sleep(o.delay)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<html lang=en><head><title>%s</title></head><body><article><h1>%s</h1>", html.EscapeString(o.items[i].Title), html.EscapeString(o.items[i].Title))
		for p := range strings.SplitSeq(o.items[i].Text, "\n") {
			fmt.Fprintf(w, "<p>%s</p>", html.EscapeString(p))
		}
		fmt.Fprint(w, "</article></body></html>")
	default:
		http.NotFound(w, r)
	}
}

func openStore(t *testing.T, path string) store.Store {
	t.Helper()
	st, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return st
}

// oneReader is shared by the tests: it does not change.
var oneReader = sync.OnceValues(func() (*pipeline.Reader, error) {
	dir, err := os.MkdirTemp("", "reportedly-watch-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	return demoReader(dir)
})

func reader(t *testing.T) *pipeline.Reader {
	t.Helper()
	r, err := oneReader()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func follow(t *testing.T, st store.Store, f store.Feed) {
	t.Helper()
	if _, err := st.AddFeed(t.Context(), f, time.Now()); err != nil {
		t.Fatal(err)
	}
}

// kept gives ids with texts of all articles, and all cases without the numbers
// that tell only the order of finding.
func kept(t *testing.T, st store.Store) (ids map[string]string, cases map[string]string) {
	t.Helper()
	ids, cases = map[string]string{}, map[string]string{}
	for a, err := range st.Articles(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		ids[a.ID] = a.Text
	}
	cs, err := st.Cases(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cs {
		j, err := json.Marshal(c.Case)
		if err != nil {
			t.Fatal(err)
		}
		cases[c.ID] = string(j)
	}
	return ids, cases
}

func once(t *testing.T, w *Watcher) Tally {
	t.Helper()
	tally, err := w.Once(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return tally
}

func TestFeedIsFollowed(t *testing.T) {
	o := newOutlet(t, 6, 0)
	st, read := openStore(t, filepath.Join(t.TempDir(), "s.db")), reader(t)
	follow(t, st, store.Feed{URL: o.URL + "/feed.xml"})
	w := newWatcher(st, read)
	tally := once(t, w)
	if tally.New != 6 || tally.Articles != 6 || tally.Claims == 0 || tally.Cases.New == 0 {
		t.Errorf("%+v", tally)
	}
	a := first(t, st)
	full, err := st.Article(t.Context(), a.ID)
	if err != nil || len(full.Captures) != 1 || full.Captures[0].Method != "http" || a.Published.IsZero() || a.Outlet != "Coast Star" {
		t.Errorf("%+v %v", full, err)
	}
	if c, err := st.Capture(t.Context(), full.Captures[0].SHA256); err != nil || !bytes.Contains(c.Body, []byte("<article>")) {
		t.Errorf("capture: %v", err)
	}
	// The same feed again: not sent, nothing read. One more item: it alone.
	again := func() Tally { // to follow it again is to look now
		follow(t, st, store.Feed{URL: o.URL + "/feed.xml"})
		return once(t, w)
	}
	if tally = again(); tally.New != 0 || tally.Articles != 0 || o.feeds.Load() != 1 || o.asked.Load() != 6 {
		t.Errorf("again: %+v, %d feeds, %d pages", tally, o.feeds.Load(), o.asked.Load())
	}
	o.items = append(o.items, o.items[0])
	o.items[6].Text = "Another story about nothing much was written on that very day, and nobody of note was named in it at all."
	if tally = again(); tally.New != 1 || o.asked.Load() != 7 {
		t.Errorf("one more: %+v, %d pages", tally, o.asked.Load())
	}
	h, err := w.Health(t.Context())
	if err != nil || len(h.Feeds) != 1 || h.Feeds[0].Status != "well" || h.Feeds[0].Done != 7 || h.Feeds[0].Kind != "feed" || h.LastCycle.IsZero() {
		t.Errorf("health %+v %v", h, err)
	}
}

func first(t *testing.T, st store.Store) story.Article {
	t.Helper()
	for a, err := range st.Articles(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	t.Fatal("no article")
	return story.Article{}
}

// Two addresses that carry the same pages give each once; an old page of a
// sitemap is not read.
func TestSitemapAndFeedShareItems(t *testing.T) {
	o := newOutlet(t, 6, 0)
	st := openStore(t, filepath.Join(t.TempDir(), "s.db"))
	follow(t, st, store.Feed{URL: o.URL + "/sitemap.xml"})
	w := newWatcher(st, reader(t))
	if tally := once(t, w); tally.Articles != 3 {
		t.Errorf("sitemap: %+v", tally)
	}
	follow(t, st, store.Feed{URL: o.URL + "/feed.xml"})
	if tally := once(t, w); tally.New != 0 || o.asked.Load() != 3 {
		t.Errorf("feed of the same pages: %+v, %d pages asked", tally, o.asked.Load())
	}
}

func TestFailuresAreSeenAndRetried(t *testing.T) {
	o := newOutlet(t, 2, 0)
	o.broken.Store(true)
	st := openStore(t, filepath.Join(t.TempDir(), "s.db"))
	follow(t, st, store.Feed{URL: o.URL + "/feed.xml"})
	follow(t, st, store.Feed{URL: o.URL + "/gone.xml"})
	follow(t, st, store.Feed{URL: "http://10.0.0.1/feed"})
	w := newWatcher(st, reader(t))
	tally := once(t, w)
	if tally.Retried == 0 || tally.Feeds != 3 {
		t.Errorf("%+v", tally)
	}
	h, err := FeedsHealth(t.Context(), st, time.Now())
	if err != nil || len(h) != 3 {
		t.Fatalf("%+v %v", h, err)
	}
	for _, f := range h {
		if bad := !strings.HasSuffix(f.URL, "/feed.xml"); bad != (f.Status == "failing" && f.Error != "" && f.Due.After(time.Now())) {
			t.Errorf("%+v", f)
		}
	}
	// Pages that stay away are tried six times, then the feed's own words are
	// read, so that nothing is lost.
	for range 200 {
		if once(t, w); o.asked.Load() >= 2*maxTries {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	once(t, w)
	items, err := st.Feeds(t.Context())
	if err != nil || o.asked.Load() != 2*maxTries {
		t.Errorf("%d pages asked, %v", o.asked.Load(), err)
	}
	for _, f := range items {
		if strings.HasSuffix(f.URL, "/feed.xml") && (f.Done != 2 || f.Open != 0) {
			t.Errorf("%+v", f)
		}
	}
}

func TestFolderAndStream(t *testing.T) {
	dir := t.TempDir()
	_, files, err := demo.Lay(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	all, err := os.ReadFile(files.Articles)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(all, []byte("\n"))
	put := func(name string, b []byte) {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(p, time.Time{}, time.Now().Add(-time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	put("a.jsonl", bytes.Join(lines[:2], nil))
	put("bad.bin", []byte{0, 1, 2, 3, 0, 0, 0})
	if err := os.WriteFile(filepath.Join(dir, "fresh.txt"), []byte("still being written"), 0o600); err != nil {
		t.Fatal(err)
	}
	st := openStore(t, filepath.Join(t.TempDir(), "s.db"))
	follow(t, st, store.Feed{URL: dir, Kind: "folder"})
	w := newWatcher(st, reader(t))
	if tally := once(t, w); tally.Articles != 2 || tally.Failed != 1 {
		t.Errorf("%+v", tally)
	}
	follow(t, st, store.Feed{URL: dir, Kind: "folder"})
	if tally := once(t, w); tally.Articles != 0 {
		t.Errorf("again: %+v", tally)
	}
	put("b.jsonl", bytes.Join(lines[2:3], nil))
	follow(t, st, store.Feed{URL: dir, Kind: "folder"})
	if tally := once(t, w); tally.Articles != 1 {
		t.Errorf("one more file: %+v", tally)
	}
	for i := range 2 {
		tally, err := w.Take(t.Context(), articles.Read("stream", bytes.NewReader(all), articles.Options{Format: articles.JSONL}), nil)
		if err != nil || tally.Articles == 0 {
			t.Errorf("stream %d: %+v %v", i, tally, err)
		}
		ids, _ := kept(t, st)
		if n := bytes.Count(bytes.TrimSpace(all), []byte("\n")) + 1; len(ids) != n {
			t.Errorf("stream %d: %d articles kept, want %d", i, len(ids), n)
		}
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	o := newOutlet(t, 2, 0)
	st := openStore(t, filepath.Join(t.TempDir(), "s.db"))
	follow(t, st, store.Feed{URL: o.URL + "/feed.xml"})
	w := newWatcher(st, reader(t))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx) }()
	for o.asked.Load() < 2 {
		time.Sleep(time.Millisecond)
	}
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it does not end")
	}
}

// Killed at random moments, a watcher loses no article, keeps none twice, and
// comes to the cases that it would have come to without. REPORTEDLY_KILLS says
// how often it is killed; 5 in the normal suite.
func TestKills(t *testing.T) {
	kills := 5
	if n, err := strconv.Atoi(os.Getenv("REPORTEDLY_KILLS")); err == nil {
		kills = n
	}
	if testing.Short() {
		t.Skip("starts processes")
	}
	o := newOutlet(t, 10*kills, 15*time.Millisecond)
	whole := openStore(t, filepath.Join(t.TempDir(), "whole.db"))
	follow(t, whole, store.Feed{URL: o.URL + "/feed.xml"})
	read := reader(t)
	once(t, newWatcher(whole, read))
	wantIDs, wantCases := kept(t, whole)

	path := filepath.Join(t.TempDir(), "killed.db")
	st := openStore(t, path)
	follow(t, st, store.Feed{URL: o.URL + "/feed.xml"})
	st.Close()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 1))
	for range kills {
		killOnce(t, path, time.Duration(r.Int64N(int64(500*time.Millisecond))))
	}
	st = openStore(t, path)
	done := count(t, st)
	t.Logf("%d of %d articles were read before the last kill", done, len(o.items))
	once(t, newWatcher(st, read))
	ids, cases := kept(t, st)
	if diff := cmp.Diff(wantIDs, ids); diff != "" {
		t.Errorf("articles (-without kills +with): %s", diff)
	}
	if diff := cmp.Diff(wantCases, cases); diff != "" {
		t.Errorf("cases (-without kills +with): %s", diff)
	}
	if feeds, err := st.Feeds(t.Context()); err != nil || feeds[0].Open != 0 || feeds[0].Done != len(o.items) {
		t.Errorf("%+v %v", feeds, err)
	}
	if len(wantIDs) != len(o.items) || len(wantCases) == 0 {
		t.Errorf("%d articles and %d cases without kills", len(wantIDs), len(wantCases))
	}
}

func count(t *testing.T, st store.Store) int {
	ids, _ := kept(t, st)
	return len(ids)
}

// killOnce starts a watcher, lets it work for a while and kills it.
func killOnce(t *testing.T, path string, after time.Duration) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childStore+"="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Errorf("the child did not begin: %v", err)
	}
	time.Sleep(after)
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}
