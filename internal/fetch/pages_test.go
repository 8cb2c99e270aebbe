package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"

	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestPublic(t *testing.T) {
	for a, want := range map[string]bool{
		"8.8.8.8": true, "2606:4700::1111": true, "127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false,
		"169.254.169.254": false, "100.64.0.1": false, "0.0.0.0": false, "224.0.0.1": false, "255.255.255.255": false, "198.18.0.1": false,
		"::1": false, "::": false, "fe80::1": false, "fc00::1": false, "ff02::1": false, "::ffff:127.0.0.1": false, "::ffff:8.8.8.8": true,
		"64:ff9b::7f00:1": false, "2002:7f00:1::": false, "2001:0:1::": false, "2001:db8::1": false, "192.0.2.1": false, "fd00:ec2::254": false,
	} {
		if got := Public(netip.MustParseAddr(a)); got != want {
			t.Errorf("%s: %v, want %v", a, got, want)
		}
	}
}

// loopback lets a test ask its own servers.
var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

func testPages(p Policy) *Pages {
	p.Allow, p.Interval = loopback, -1
	if p.Timeout == 0 {
		p.Timeout = 3 * time.Second
	}
	return NewPages(p)
}

func local(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func TestOwnNetworksAreNotAsked(t *testing.T) {
	var asked atomic.Int32
	at := local(t, func(http.ResponseWriter, *http.Request) { asked.Add(1) })
	p := NewPages(Policy{Interval: -1, Timeout: 2 * time.Second})
	u, _ := url.Parse(at)
	for _, address := range []string{at, "http://localhost:" + u.Port(), "http://[::1]:" + u.Port(), "http://2130706433:" + u.Port(), "http://169.254.169.254/latest/meta-data/", "http://0.0.0.0:" + u.Port(), "file:///etc/passwd", "gopher://x/", "http://user:pass@127.0.0.1:" + u.Port()} {
		if _, err := p.Get(t.Context(), PageRequest{URL: address}); err == nil {
			t.Errorf("%s was asked", address)
		}
	}
	if asked.Load() > 0 {
		t.Errorf("%d requests came through", asked.Load())
	}
}

// A name that means a public address when it is checked and loopback when it
// is connected to is stopped at the connection.
func TestRebinding(t *testing.T) {
	g := guard{}
	if err := g.control("tcp", "127.0.0.1:80", nil); !errors.Is(err, ErrAddress) {
		t.Errorf("loopback at the connection: %v", err)
	}
	if err := g.control("tcp", "8.8.8.8:25", nil); !errors.Is(err, ErrAddress) {
		t.Errorf("port 25: %v", err)
	}
	if err := g.control("tcp", "8.8.8.8:443", nil); err != nil {
		t.Error(err)
	}
}

func TestRedirects(t *testing.T) {
	inner := local(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "secret") })
	var at string
	at = local(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/in":
			http.Redirect(w, r, inner, http.StatusFound)
		case "/file":
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(http.StatusFound)
		case "/loop":
			http.Redirect(w, r, at+"/loop", http.StatusFound)
		case "/moved":
			http.Redirect(w, r, at+"/new", http.StatusMovedPermanently)
		case "/new":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "page")
		default:
			http.NotFound(w, r)
		}
	})
	only := netip.MustParseAddrPort(strings.TrimPrefix(at, "http://")).Addr()
	p := NewPages(Policy{Interval: -1, Timeout: 3 * time.Second, Allow: []netip.Prefix{netip.PrefixFrom(only, 32)}})
	for _, path := range []string{"/file", "/loop"} {
		if _, err := p.Get(t.Context(), PageRequest{URL: at + path}); err == nil {
			t.Errorf("%s was followed", path)
		}
	}
	// The first step is allowed, the redirect into another network is not.
	q := NewPages(Policy{Interval: -1, Timeout: 3 * time.Second, Allow: []netip.Prefix{netip.PrefixFrom(only, 32)}})
	toLocal := local(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://10.0.0.1/", http.StatusFound)
	})
	if _, err := q.Get(t.Context(), PageRequest{URL: toLocal + "/x"}); err == nil || !errors.Is(err, ErrAddress) {
		t.Errorf("redirect to a private address: %v", err)
	}
	got, err := p.Get(t.Context(), PageRequest{URL: at + "/moved"})
	if err != nil || got.Moved != at+"/new" || got.URL != at+"/new" || string(got.Body) != "page" {
		t.Errorf("%+v %v", got, err)
	}
}

func TestLimits(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	z.Write(make([]byte, 8<<20))
	z.Close()
	at := local(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		switch r.URL.Path {
		case "/long":
			w.Write(make([]byte, 3<<20))
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(bomb.Bytes())
		case "/silent":
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		case "/drip":
			for range 1000 {
				if _, err := w.Write([]byte("x")); err != nil {
					return
				}
				w.(http.Flusher).Flush()
				time.Sleep(20 * time.Millisecond)
			}
		case "/picture":
			w.Header().Set("Content-Type", "image/png")
		case "/header":
			w.Header().Set("X", strings.Repeat("x", 1<<20))
		case "/br":
			w.Header().Set("Content-Encoding", "br")
		case "/zip":
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			fmt.Fprint(z, "whole")
			z.Close()
		default:
			http.NotFound(w, r)
		}
	})
	p := testPages(Policy{MaxBytes: 2 << 20, Timeout: 500 * time.Millisecond})
	for path, want := range map[string]error{"/long": ErrTooLarge, "/bomb": ErrTooLarge, "/silent": context.DeadlineExceeded, "/drip": context.DeadlineExceeded, "/picture": ErrType, "/header": nil, "/br": nil} {
		_, err := p.Get(t.Context(), PageRequest{URL: at + path, Types: PageTypes})
		if err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
	}
	if got, err := p.Get(t.Context(), PageRequest{URL: at + "/zip"}); err != nil || string(got.Body) != "whole" {
		t.Errorf("%+v %v", got, err)
	}
}

func TestConditionsAndWishes(t *testing.T) {
	at := local(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /private\n")
		case r.URL.Path == "/busy":
			w.Header().Set("Retry-After", "77")
			w.WriteHeader(http.StatusTooManyRequests)
		case r.Header.Get("If-None-Match") == `"1"`:
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", `"1"`)
			fmt.Fprint(w, "new")
		}
	})
	p := testPages(Policy{})
	got, err := p.Get(t.Context(), PageRequest{URL: at + "/feed"})
	if err != nil || got.ETag != `"1"` {
		t.Fatalf("%+v %v", got, err)
	}
	if got, err = p.Get(t.Context(), PageRequest{URL: at + "/feed", ETag: got.ETag}); err != nil || !got.NotModified || got.ETag != `"1"` {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := p.Get(t.Context(), PageRequest{URL: at + "/private/x"}); !errors.Is(err, ErrRobots) {
		t.Errorf("disallowed page: %v", err)
	}
	var s *StatusError
	if _, err := p.Get(t.Context(), PageRequest{URL: at + "/busy"}); !errors.As(err, &s) || s.RetryAfter != 77*time.Second || !s.Temporary() {
		t.Errorf("busy: %v", err)
	}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if d := retryWish(now.Add(time.Minute).Format(http.TimeFormat), now); d != time.Minute {
		t.Errorf("Retry-After as a date: %v", d)
	}
}

func TestPoliteness(t *testing.T) {
	var at []time.Time
	url := local(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		at = append(at, time.Now())
	})
	p := NewPages(Policy{Allow: loopback, Interval: 60 * time.Millisecond, Timeout: 5 * time.Second})
	done := make(chan error, 3)
	for range 3 {
		go func() {
			_, err := p.Get(t.Context(), PageRequest{URL: url + "/x"})
			done <- err
		}()
	}
	for range 3 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	for i := 1; i < len(at); i++ {
		if gap := at[i].Sub(at[i-1]); gap < 55*time.Millisecond {
			t.Errorf("requests %v apart", gap)
		}
	}
}

func TestProxy(t *testing.T) {
	var seen atomic.Value
	proxy := local(t, func(w http.ResponseWriter, r *http.Request) {
		seen.Store(r.URL.String())
		if strings.HasSuffix(r.URL.Path, "robots.txt") {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, "by proxy")
	})
	u, _ := url.Parse(proxy)
	p := NewPages(Policy{Proxy: u, Interval: -1, Timeout: 3 * time.Second})
	if _, err := p.Get(t.Context(), PageRequest{URL: "http://127.0.0.1/x"}); !errors.Is(err, ErrAddress) {
		t.Errorf("loopback through the proxy: %v", err)
	}
	if seen.Load() != nil {
		t.Errorf("the proxy was asked for %v", seen.Load())
	}
	if got, err := p.Get(t.Context(), PageRequest{URL: "http://8.8.8.8/x"}); err != nil || string(got.Body) != "by proxy" {
		t.Errorf("%+v %v", got, err)
	}
}
