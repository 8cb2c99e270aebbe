package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

var quick = Limits{MaxBytes: 1 << 20, Tries: 4, Pause: time.Millisecond, MaxPause: 5 * time.Millisecond, Idle: 300 * time.Millisecond}

var body = strings.Repeat("entry of a list\n", 4000)

func sum(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// get runs one download against a handler with an older good file in place.
func get(t *testing.T, h http.HandlerFunc, change func(*Request)) (res Result, kept string, err error) {
	t.Helper()
	srv := httptest.NewServer(h)
	defer srv.Close()
	target := filepath.Join(t.TempDir(), "lists", "l.xml")
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(target, []byte("old good file"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := Request{URL: srv.URL + "/l.xml", Target: target}
	if change != nil {
		change(&r)
	}
	res, err = New("test", quick).Get(context.Background(), r, nil)
	got, rerr := os.ReadFile(target)
	if rerr != nil {
		t.Fatal(rerr)
	}
	return res, string(got), err
}

func serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("ETag", `"v1"`)
	http.ServeContent(w, r, "l.xml", time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC), strings.NewReader(body))
}

func TestGood(t *testing.T) {
	res, got, err := get(t, serve, func(r *Request) { r.SHA256 = sum(body) })
	if err != nil || got != body || res.SHA256 != sum(body) || res.ETag != `"v1"` || res.Size != int64(len(body)) {
		t.Errorf("%+v %v, %d bytes", res, err, len(got))
	}
}

func TestNotModified(t *testing.T) {
	res, got, err := get(t, serve, func(r *Request) { r.ETag = `"v1"` })
	if err != nil || !res.NotModified || got != "old good file" {
		t.Errorf("%+v %v %q", res, err, got)
	}
}

// breaking sends half the body and cuts the connection, for the first n calls.
func breaking(n int32, calls *atomic.Int32, ranges *atomic.Int32) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Range") != "" {
			ranges.Add(1)
		}
		if calls.Add(1) <= n {
			w.Header().Set("ETag", `"v1"`)
			w.Header().Set("Content-Length", fmt.Sprint(len(body)))
			w.Write([]byte(body[:len(body)/2]))
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}
		serve(w, r)
	}
}

func TestBrokenConnectionResumes(t *testing.T) {
	var calls, ranges atomic.Int32
	res, got, err := get(t, breaking(1, &calls, &ranges), nil)
	if err != nil || got != body || ranges.Load() != 1 || res.Tries != 2 {
		t.Errorf("%+v %v, %d bytes, %d ranges", res, err, len(got), ranges.Load())
	}
}

func TestBrokenForGood(t *testing.T) {
	var calls, ranges atomic.Int32
	_, got, err := get(t, breaking(99, &calls, &ranges), nil)
	if err == nil || got != "old good file" || !strings.Contains(err.Error(), "given up after 4 tries") {
		t.Errorf("%v %q", err, got)
	}
}

// The server's copy changes between two tries: the halves must not be joined.
func TestCopyChangesUnderWay(t *testing.T) {
	var calls atomic.Int32
	_, got, err := get(t, func(w http.ResponseWriter, r *http.Request) {
		if calls.Add(1) == 1 {
			w.Header().Set("ETag", `"v0"`)
			w.Header().Set("Content-Length", fmt.Sprint(len(body)))
			w.Write([]byte(strings.Repeat("x", 1000)))
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}
		serve(w, r)
	}, nil)
	if err != nil || got != body {
		t.Errorf("%v, %d bytes, starts %q", err, len(got), got[:5])
	}
}

func TestServerErrorsAreTriedAgain(t *testing.T) {
	var calls atomic.Int32
	res, got, err := get(t, func(w http.ResponseWriter, r *http.Request) {
		switch calls.Add(1) {
		case 1:
			http.Error(w, "no", http.StatusServiceUnavailable)
		case 2:
			w.Header().Set("Retry-After", "0")
			http.Error(w, "slow down", http.StatusTooManyRequests)
		default:
			serve(w, r)
		}
	}, nil)
	if err != nil || got != body || res.Tries != 3 {
		t.Errorf("%+v %v", res, err)
	}
}

func TestFinalErrors(t *testing.T) {
	tests := map[string]struct {
		h      http.HandlerFunc
		change func(*Request)
		want   error
		text   string
	}{
		"not found": {http.NotFound, nil, nil, "404"},
		"too large": {func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 2<<20)) }, nil, ErrTooLarge, "limit"},
		"too large, said so": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "99999999")
		}, nil, ErrTooLarge, "limit"},
		"checksum": {serve, func(r *Request) { r.SHA256 = sum("something else") }, ErrChecksum, "expected"},
		"address":  {serve, func(r *Request) { r.URL = "ftp://lists.example/l" }, nil, "no http address"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, got, err := get(t, tt.h, tt.change)
			if err == nil || got != "old good file" || !strings.Contains(err.Error(), tt.text) || (tt.want != nil && !errors.Is(err, tt.want)) {
				t.Errorf("%v %q", err, got)
			}
		})
	}
}

// A server that falls silent is given up, not waited for.
func TestSilentServer(t *testing.T) {
	start := time.Now()
	_, got, err := get(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1000")
		w.Write([]byte("x"))
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}, nil)
	if err == nil || got != "old good file" || time.Since(start) > 5*time.Second {
		t.Errorf("%v after %s", err, time.Since(start))
	}
}

func TestCancelled(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer srv.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	_, err := New("test", quick).Get(ctx, Request{URL: srv.URL, Target: filepath.Join(t.TempDir(), "x")}, nil)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}
