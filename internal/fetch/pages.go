package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Policy says how strangers' pages are asked for. The zero value is usable.
type Policy struct {
	UserAgent string
	MaxBytes  int64         // of a body, unpacked; 0 means 16 MB
	Timeout   time.Duration // of a whole request; 0 means one minute
	Interval  time.Duration // between two requests to one host; 0 means a second, negative none
	// Proxy is an outgoing HTTP proxy. It resolves names itself, so that the
	// check of addresses is then made beforehand and is not proof against a name
	// that changes under way; the proxy should refuse private addresses too.
	Proxy *url.URL
	// Allow names networks beyond the public internet that may be asked all the
	// same: an outlet in one's own house, or a test's own server.
	Allow []netip.Prefix
	// IgnoreRobots asks without looking at robots.txt.
	IgnoreRobots bool
}

const (
	defaultMaxBytes = 16 << 20
	defaultTimeout  = time.Minute
	defaultInterval = time.Second
	maxRedirects    = 5
	maxHeader       = 64 << 10
	maxRatio        = 200 // of plain to packed bytes, above the first megabyte
)

// PageRequest is one page or feed to get.
type PageRequest struct {
	URL          string
	ETag         string // validators of what is held
	LastModified string
	// Types are the media types that are of use; a body of another is not read.
	Types []string
}

// Types of bodies.
var (
	PageTypes = []string{"text/html", "application/xhtml+xml", "text/plain"}
	FeedTypes = []string{"text/", "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/xml",
		"application/json", "application/gzip", "application/x-gzip", "application/octet-stream"}
)

// Page is what a server answered.
type Page struct {
	URL          string // after redirects
	Moved        string // where a permanent redirect of the first address leads, "" if none
	NotModified  bool
	MediaType    string // as stated, with parameters
	ETag         string
	LastModified string
	Body         []byte // unpacked
	At           time.Time
}

// StatusError is an answer other than the page.
type StatusError struct {
	Code       int
	Status     string
	RetryAfter time.Duration // 0 if the server did not say
}

func (e *StatusError) Error() string { return "status " + e.Status }

// Temporary reports whether asking again later may help.
func (e *StatusError) Temporary() bool { return worthAgain(e.Code) }

// Errors of pages.
var (
	ErrRobots = errors.New("robots.txt does not allow it")
	ErrType   = errors.New("is of a type that is not read")
)

// Pages asks strangers' servers for pages and feeds: only on the public
// internet, politely, and within limits. It is safe for several goroutines.
type Pages struct {
	policy Policy
	guard  guard
	client *http.Client
	robots *robots
	mu     sync.Mutex
	hosts  map[string]*host
}

// host keeps requests to one server apart.
type host struct {
	turn chan struct{} // one request at a time
	next time.Time
}

// NewPages makes a reader of pages.
func NewPages(p Policy) *Pages {
	if p.MaxBytes <= 0 {
		p.MaxBytes = defaultMaxBytes
	}
	if p.Timeout <= 0 {
		p.Timeout = defaultTimeout
	}
	if p.Interval == 0 {
		p.Interval = defaultInterval
	}
	if p.UserAgent == "" {
		p.UserAgent = "reportedly"
	}
	g := &Pages{policy: p, guard: guard{p.Allow}, hosts: map[string]*host{}}
	dial := &net.Dialer{Timeout: 15 * time.Second, Control: g.guard.control}
	t := &http.Transport{
		DialContext: dial.DialContext, TLSHandshakeTimeout: 15 * time.Second, ResponseHeaderTimeout: 30 * time.Second,
		IdleConnTimeout: 30 * time.Second, MaxIdleConns: 100, MaxResponseHeaderBytes: maxHeader, DisableCompression: true, ForceAttemptHTTP2: true,
	}
	if p.Proxy != nil {
		t.Proxy = http.ProxyURL(p.Proxy)
		t.DialContext = (&net.Dialer{Timeout: 15 * time.Second}).DialContext // only ever to the proxy
	}
	g.client = &http.Client{Transport: t, CheckRedirect: g.redirect}
	g.robots = &robots{agent: p.UserAgent, rules: map[string]rules{}}
	return g
}

type firstKey struct{}

// redirect checks each step: its address, its robots.txt, and that the way
// ends.
func (g *Pages) redirect(req *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return fmt.Errorf("more than %d redirects", maxRedirects)
	}
	if moved, ok := req.Context().Value(firstKey{}).(*string); ok && len(via) == 1 {
		if r := req.Response; r != nil && (r.StatusCode == http.StatusMovedPermanently || r.StatusCode == http.StatusPermanentRedirect) {
			*moved = req.URL.String()
		}
	}
	return g.may(req.Context(), req.URL)
}

// may checks that an address may be asked at all.
func (g *Pages) may(ctx context.Context, u *url.URL) error {
	if err := checkURL(u.String()); err != nil {
		return err
	}
	if u.User != nil {
		return fmt.Errorf("%s: an address with a password is not asked", u.Redacted())
	}
	if g.policy.Proxy != nil {
		if err := g.guard.resolve(ctx, u); err != nil {
			return err
		}
	}
	if g.policy.IgnoreRobots || u.Path == "/robots.txt" {
		return nil
	}
	return g.robots.allow(ctx, g, u)
}

// Get asks for one page.
func (g *Pages) Get(ctx context.Context, r PageRequest) (Page, error) {
	ctx, cancel := context.WithTimeout(ctx, g.policy.Timeout)
	defer cancel()
	p, err := g.get(ctx, r)
	if err != nil {
		return Page{}, fmt.Errorf("fetch %s: %w", r.URL, err)
	}
	return p, nil
}

func (g *Pages) get(ctx context.Context, r PageRequest) (Page, error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return Page{}, err
	}
	if err := g.may(ctx, u); err != nil {
		return Page{}, err
	}
	done, err := g.turn(ctx, u.Host)
	if err != nil {
		return Page{}, err
	}
	defer done()
	return g.ask(ctx, r)
}

// ask makes the request and reads the answer.
func (g *Pages) ask(ctx context.Context, r PageRequest) (Page, error) {
	var moved string
	req, err := http.NewRequestWithContext(context.WithValue(ctx, firstKey{}, &moved), http.MethodGet, r.URL, nil)
	if err != nil {
		return Page{}, err
	}
	req.Header.Set("User-Agent", g.policy.UserAgent)
	req.Header.Set("Accept-Encoding", "gzip")
	req.Header.Set("Accept", "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5")
	if r.ETag != "" {
		req.Header.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		req.Header.Set("If-Modified-Since", r.LastModified)
	}
	resp, err := g.client.Do(req)
	if err != nil {
		return Page{}, err
	}
	defer resp.Body.Close()
	h := resp.Header
	p := Page{URL: resp.Request.URL.String(), Moved: moved, MediaType: h.Get("Content-Type"), ETag: h.Get("ETag"), LastModified: h.Get("Last-Modified"), At: time.Now()}
	switch resp.StatusCode {
	case http.StatusOK:
	case http.StatusNotModified:
		p.NotModified, p.ETag, p.LastModified = true, r.ETag, r.LastModified
		return p, nil
	default:
		return Page{}, &StatusError{resp.StatusCode, resp.Status, retryWish(h.Get("Retry-After"), p.At)}
	}
	if !useful(p.MediaType, r.Types) {
		return Page{}, fmt.Errorf("%s: %w", p.MediaType, ErrType)
	}
	p.Body, err = g.body(resp)
	return p, err
}

// useful reports whether a media type is among those asked for. A server that
// states none is believed to answer what was asked.
func useful(stated string, types []string) bool {
	media, _, err := mime.ParseMediaType(stated)
	if err != nil {
		media, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(stated)), ";")
	}
	if len(types) == 0 || media == "" {
		return true
	}
	for _, t := range types {
		if media == t || strings.HasSuffix(t, "/") && strings.HasPrefix(media, t) {
			return true
		}
	}
	return false
}

// body reads within the limits, and unpacks.
func (g *Pages) body(resp *http.Response) ([]byte, error) {
	most := g.policy.MaxBytes
	if resp.ContentLength > most {
		return nil, fmt.Errorf("%d bytes: %w of %d", resp.ContentLength, ErrTooLarge, most)
	}
	packed, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	if err != nil {
		return nil, fmt.Errorf("broken off after %d bytes: %w", len(packed), err)
	}
	if int64(len(packed)) > most {
		return nil, fmt.Errorf("%w of %d bytes", ErrTooLarge, most)
	}
	switch coding := strings.ToLower(resp.Header.Get("Content-Encoding")); coding {
	case "", "identity":
		return packed, nil
	case "gzip", "x-gzip":
	default:
		return nil, fmt.Errorf("content coding %q was not asked for", coding)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("is no whole gzip: %w", err)
	}
	most = min(most, max(1<<20, maxRatio*int64(len(packed))))
	plain, err := io.ReadAll(io.LimitReader(z, most+1))
	switch {
	case int64(len(plain)) > most:
		return nil, fmt.Errorf("unpacks to more than %d bytes: %w", most, ErrTooLarge)
	case err != nil:
		return nil, fmt.Errorf("is no whole gzip: %w", err)
	}
	return plain, nil
}

// retryWish reads both forms of Retry-After.
func retryWish(v string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(v); err == nil && n >= 0 {
		return time.Duration(n) * time.Second
	}
	if t, err := http.ParseTime(v); err == nil && t.After(now) {
		return t.Sub(now)
	}
	return 0
}

// maxHosts bounds what is remembered of hosts.
const maxHosts = 4096

// turn waits until the host may be asked again and gives the function that
// ends the request.
func (g *Pages) turn(ctx context.Context, name string) (func(), error) {
	name = strings.ToLower(name)
	g.mu.Lock()
	h := g.hosts[name]
	if h == nil {
		if len(g.hosts) >= maxHosts {
			g.forget(time.Now())
		}
		h = &host{turn: make(chan struct{}, 1)}
		g.hosts[name] = h
	}
	g.mu.Unlock()
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	if wait := time.Until(h.next); wait > 0 {
		if err := rest(ctx, wait); err != nil {
			<-h.turn
			return nil, err
		}
	}
	return func() {
		h.next = time.Now().Add(max(g.policy.Interval, g.robots.delay(name)))
		<-h.turn
	}, nil
}

// forget drops hosts that nobody asks now.
func (g *Pages) forget(now time.Time) {
	for name, h := range g.hosts {
		select {
		case h.turn <- struct{}{}:
			if h.next.Before(now) {
				delete(g.hosts, name)
			}
			<-h.turn
		default:
		}
	}
}
