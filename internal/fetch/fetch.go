package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Limits of a download.
type Limits struct {
	MaxBytes int64         // of the file; a longer one is refused
	Tries    int           // attempts in all
	Pause    time.Duration // before the second try; doubles, with jitter
	MaxPause time.Duration
	Idle     time.Duration // longest silence of the server
}

// DefaultLimits suit files of some hundred megabytes from public servers.
func DefaultLimits() Limits {
	return Limits{MaxBytes: 1 << 30, Tries: 5, Pause: time.Second, MaxPause: time.Minute, Idle: 30 * time.Second}
}

// Request is one file to get.
type Request struct {
	URL          string
	ETag         string // validators of the copy that is held
	LastModified string
	SHA256       string // expected digest, "" if unknown
	Target       string // path of the file to write
}

// Result tells what was got.
type Result struct {
	NotModified  bool
	ETag         string
	LastModified string
	SHA256       string
	Size         int64
	Tries        int
}

// Progress hears how many bytes of how many have come; total is -1 if unknown.
type Progress func(done, total int64)

// Getter gets files. The zero Limits are DefaultLimits.
type Getter struct {
	Client    *http.Client
	Limits    Limits
	UserAgent string
}

// New makes a getter with time-outs on every step of a connection.
func New(userAgent string, limits Limits) *Getter {
	dial := &net.Dialer{Timeout: 15 * time.Second}
	return &Getter{UserAgent: userAgent, Limits: limits, Client: &http.Client{Transport: &http.Transport{
		Proxy: http.ProxyFromEnvironment, DialContext: dial.DialContext,
		TLSHandshakeTimeout: 15 * time.Second, ResponseHeaderTimeout: 60 * time.Second, IdleConnTimeout: 60 * time.Second,
		DisableCompression: true, // lengths and ranges count the bytes that travel
	}}}
}

// errAgain marks what another try may mend.
type errAgain struct {
	err  error
	wait time.Duration
}

func (e errAgain) Error() string { return e.err.Error() }
func (e errAgain) Unwrap() error { return e.err }

// ErrTooLarge is returned for a file over the limit.
var ErrTooLarge = errors.New("larger than the limit")

// ErrChecksum is returned where the file is not the one expected.
var ErrChecksum = errors.New("checksum does not match")

// Get gets one file. Until it returns without error the target is as it was.
func (g *Getter) Get(ctx context.Context, r Request, tell Progress) (Result, error) {
	lim := g.Limits
	if lim == (Limits{}) {
		lim = DefaultLimits()
	}
	if err := checkURL(r.URL); err != nil {
		return Result{}, err
	}
	if err := os.MkdirAll(filepath.Dir(r.Target), 0o700); err != nil {
		return Result{}, fmt.Errorf("fetch %s: %w", r.URL, err)
	}
	d := &download{g: g, req: r, lim: lim, tell: tell, part: r.Target + ".part"}
	var last error
	for try := 1; try <= max(lim.Tries, 1); try++ {
		res, err := d.try(ctx)
		res.Tries = try
		var again errAgain
		switch {
		case err == nil:
			return res, nil
		case ctx.Err() != nil:
			return res, fmt.Errorf("fetch %s: %w", r.URL, context.Cause(ctx))
		case !errors.As(err, &again):
			return res, fmt.Errorf("fetch %s: %w", r.URL, err)
		}
		last = err
		if try < lim.Tries {
			if err := rest(ctx, pause(lim, try, again.wait)); err != nil {
				return res, fmt.Errorf("fetch %s: %w", r.URL, err)
			}
		}
	}
	return Result{}, fmt.Errorf("fetch %s: given up after %d tries: %w", r.URL, lim.Tries, last)
}

func checkURL(raw string) error {
	u, err := url.Parse(raw)
	if err != nil {
		return fmt.Errorf("fetch: %w", err)
	}
	if (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
		return fmt.Errorf("fetch %s: no http address", raw)
	}
	return nil
}

// pause grows with each try; a server's own wish wins up to the limit.
func pause(lim Limits, try int, asked time.Duration) time.Duration {
	p := lim.Pause << (try - 1)
	p += time.Duration(rand.Int64N(int64(p)/2 + 1))
	return min(max(p, asked), max(lim.MaxPause, lim.Pause))
}

func rest(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

type download struct {
	g    *Getter
	req  Request
	lim  Limits
	tell Progress
	part string
	// tag names the server's copy that the part file is a part of.
	tag string
}

// try makes one request and takes in what it gives.
func (d *download) try(ctx context.Context) (Result, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.req.URL, nil)
	if err != nil {
		return Result{}, err
	}
	req.Header.Set("User-Agent", d.g.UserAgent)
	have := d.resumable()
	if have > 0 {
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", have))
		req.Header.Set("If-Range", d.tag)
	} else {
		d.condition(req)
	}
	resp, err := d.g.Client.Do(req)
	if err != nil {
		return Result{}, errAgain{err: err}
	}
	defer resp.Body.Close()
	return d.answer(resp, have, cancel)
}

// resumable gives how much of the file is held from an earlier try of this
// run. A part of an earlier run is not trusted: its validator is not known.
func (d *download) resumable() int64 {
	if d.tag == "" {
		return 0
	}
	info, err := os.Stat(d.part)
	if err != nil {
		return 0
	}
	return info.Size()
}

func (d *download) condition(req *http.Request) {
	if d.req.ETag != "" {
		req.Header.Set("If-None-Match", d.req.ETag)
	}
	if d.req.LastModified != "" {
		req.Header.Set("If-Modified-Since", d.req.LastModified)
	}
}

func (d *download) answer(resp *http.Response, have int64, cancel context.CancelFunc) (Result, error) {
	res := Result{ETag: resp.Header.Get("ETag"), LastModified: resp.Header.Get("Last-Modified")}
	switch {
	case resp.StatusCode == http.StatusNotModified:
		return Result{NotModified: true, ETag: d.req.ETag, LastModified: d.req.LastModified}, nil
	case resp.StatusCode == http.StatusOK:
		have = 0
	case resp.StatusCode == http.StatusPartialContent && startsAt(resp, have):
	case resp.StatusCode == http.StatusRequestedRangeNotSatisfiable || resp.StatusCode == http.StatusPartialContent:
		d.forget()
		return res, errAgain{err: fmt.Errorf("the server's copy changed under way (status %d)", resp.StatusCode)}
	case worthAgain(resp.StatusCode):
		return res, errAgain{fmt.Errorf("status %s", resp.Status), retryAfter(resp)}
	default:
		return res, fmt.Errorf("status %s", resp.Status)
	}
	d.tag = strongTag(res)
	size, err := d.take(resp, have, cancel)
	if err != nil {
		return res, err
	}
	res.Size = size
	if res.SHA256, err = d.finish(); err != nil {
		return res, err
	}
	return res, nil
}

// strongTag is what If-Range may carry (RFC 9110, 13.1.5): a strong entity tag
// or a date.
func strongTag(r Result) string {
	if r.ETag != "" && !strings.HasPrefix(r.ETag, "W/") {
		return r.ETag
	}
	return r.LastModified
}

func startsAt(resp *http.Response, have int64) bool {
	return strings.HasPrefix(resp.Header.Get("Content-Range"), fmt.Sprintf("bytes %d-", have))
}

func worthAgain(status int) bool {
	return status >= 500 || status == http.StatusRequestTimeout || status == http.StatusTooEarly || status == http.StatusTooManyRequests
}

func retryAfter(resp *http.Response) time.Duration {
	if n, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && n >= 0 {
		return time.Duration(n) * time.Second
	}
	return 0
}

func (d *download) forget() {
	d.tag = ""
	os.Remove(d.part)
}

// take appends the body to the part file and gives the size of the whole.
func (d *download) take(resp *http.Response, have int64, cancel context.CancelFunc) (int64, error) {
	total := int64(-1)
	if resp.ContentLength >= 0 {
		total = have + resp.ContentLength
	}
	if total > d.lim.MaxBytes {
		return 0, fmt.Errorf("%d bytes: %w of %d", total, ErrTooLarge, d.lim.MaxBytes)
	}
	flags := os.O_CREATE | os.O_WRONLY | os.O_TRUNC
	if have > 0 {
		flags = os.O_WRONLY | os.O_APPEND
	}
	f, err := os.OpenFile(d.part, flags, 0o600)
	if err != nil {
		return 0, err
	}
	watch := time.AfterFunc(d.lim.Idle, cancel) // a silent server is a broken one
	defer watch.Stop()
	w := &counter{f: f, n: have, total: total, tell: d.tell, alive: func() { watch.Reset(d.lim.Idle) }}
	_, err = io.Copy(w, io.LimitReader(resp.Body, d.lim.MaxBytes-have+1))
	if cerr := f.Close(); err == nil && cerr != nil {
		return 0, cerr
	}
	switch {
	case w.err != nil: // our own disk
		return 0, w.err
	case w.n > d.lim.MaxBytes:
		d.forget()
		return 0, fmt.Errorf("%w of %d bytes", ErrTooLarge, d.lim.MaxBytes)
	case err != nil:
		return 0, errAgain{err: fmt.Errorf("broken off after %d bytes: %w", w.n, err)}
	case total >= 0 && w.n != total:
		return 0, errAgain{err: fmt.Errorf("broken off after %d of %d bytes", w.n, total)}
	}
	return w.n, nil
}

// counter writes to the part file and tells of it.
type counter struct {
	f        *os.File
	n, total int64
	tell     Progress
	alive    func()
	err      error
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.f.Write(p)
	c.n += int64(n)
	c.err = err
	c.alive()
	if c.tell != nil {
		c.tell(c.n, c.total)
	}
	return n, err
}

// finish holds the file against its checksum and gives it its name.
func (d *download) finish() (string, error) {
	f, err := os.Open(d.part)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.Copy(h, f)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return "", err
	}
	sum := hex.EncodeToString(h.Sum(nil))
	if d.req.SHA256 != "" && !strings.EqualFold(sum, d.req.SHA256) {
		d.forget()
		return sum, fmt.Errorf("%w: got %s, expected %s", ErrChecksum, sum, d.req.SHA256)
	}
	return sum, os.Rename(d.part, d.req.Target)
}
