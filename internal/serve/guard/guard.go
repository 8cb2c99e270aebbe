package guard

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// Options of the guard.
type Options struct {
	Log *slog.Logger
	// Hosts are the names that requests may be addressed to, beside loopback
	// names and IP addresses of this machine's loopback. A page elsewhere that
	// points its own name at 127.0.0.1 (DNS rebinding) is refused so.
	Hosts []string
	// TLS adds Strict-Transport-Security.
	TLS bool
	// MaxBody bounds a body in bytes, Time an answer; 0 = 8 MB, 30 s.
	MaxBody int64
	Time    time.Duration
	// Seen is told of each answer, for metrics; may be nil.
	Seen func(pattern string, status int, took time.Duration)
}

// Usual limits.
const (
	DefaultMaxBody = 8 << 20
	DefaultTime    = 30 * time.Second
)

// policy allows files of the service itself and nothing else. Styles and
// scripts stand in files, never in attributes or elements.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'"

var headers = [...][2]string{
	{"Content-Security-Policy", policy},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
	{"Referrer-Policy", "same-origin"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
	{"Cache-Control", "private, no-cache"},
}

// visit is what is noted of one request while it runs.
type visit struct {
	id      string
	pattern string
	actor   string
}

type visitKey struct{}

func visitOf(ctx context.Context) *visit {
	v, _ := ctx.Value(visitKey{}).(*visit)
	if v == nil {
		return &visit{}
	}
	return v
}

// RequestID names the request; it stands in the logs, in the audit log and in
// the answer's X-Request-Id.
func RequestID(ctx context.Context) string { return visitOf(ctx).id }

// SetActor notes who is asking, as the audit log names them.
func SetActor(ctx context.Context, actor string) { visitOf(ctx).actor = actor }

// New puts the guard before a handler.
func New(next http.Handler, o Options) http.Handler {
	csrf := http.NewCrossOriginProtection()
	csrf.SetDenyHandler(refusal(http.StatusForbidden, "a request from another site may not change anything here"))
	h := csrf.Handler(next)
	h = hosts(h, o.Hosts)
	h = secure(h, o.TLS)
	return watch(h, o)
}

func refusal(status int, text string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, text, status) })
}

func secure(next http.Handler, tls bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, kv := range headers {
			w.Header().Set(kv[0], kv[1])
		}
		if tls {
			w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// hosts refuses requests that are addressed to a name that is not ours.
func hosts(next http.Handler, own []string) http.Handler {
	deny := refusal(http.StatusMisdirectedRequest, "this server does not go by that name; see the setting serve.hosts")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !ours(r.Host, own) {
			deny.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func ours(hostport string, own []string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	if a, err := netip.ParseAddr(host); err == nil && a.IsLoopback() {
		return true
	}
	return host == "localhost" || slices.Contains(own, host)
}

// watch names the request, notes how it went, and turns a panic into an answer.
func watch(next http.Handler, o Options) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{id: newID()}
		r = r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
		w.Header().Set("X-Request-Id", v.id)
		rec := &recorder{ResponseWriter: w}
		started := time.Now()
		defer func() {
			if p := recover(); p != nil && p != http.ErrAbortHandler {
				o.Log.ErrorContext(r.Context(), "panic", "request", v.id, "route", v.pattern, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
				if rec.status == 0 {
					http.Error(rec, "something went wrong here; the log has it under "+v.id, http.StatusInternalServerError)
				}
			}
			o.note(r, v, rec, time.Since(started))
		}()
		next.ServeHTTP(rec, r)
	})
}

func (o Options) note(r *http.Request, v *visit, rec *recorder, took time.Duration) {
	status := rec.status
	if status == 0 {
		status = http.StatusOK
	}
	level := slog.LevelInfo
	if status >= 500 {
		level = slog.LevelError
	}
	o.Log.Log(r.Context(), level, "request", "request", v.id, "method", r.Method, "route", v.pattern, "status", status,
		"bytes", rec.bytes, "ms", float64(took.Microseconds())/1000, "actor", v.actor)
	if o.Seen != nil {
		o.Seen(v.pattern, status, took)
	}
}

// Limit stands before one route: it notes its pattern and bounds body and time.
func Limit(pattern string, next http.Handler, maxBody int64, long bool, o Options) http.Handler {
	if maxBody == 0 {
		maxBody = o.MaxBody
	}
	if maxBody == 0 {
		maxBody = DefaultMaxBody
	}
	limit := o.Time
	if limit == 0 {
		limit = DefaultTime
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		visitOf(r.Context()).pattern = pattern
		if r.Body != nil {
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		}
		if !long {
			rc := http.NewResponseController(w)
			end := time.Now().Add(limit)
			// Not every writer has deadlines (tests); the context ends the work all the same.
			_ = rc.SetReadDeadline(end)
			_ = rc.SetWriteDeadline(end.Add(time.Second))
			ctx, cancel := context.WithDeadline(r.Context(), end)
			defer cancel()
			r = r.WithContext(ctx)
		}
		next.ServeHTTP(w, r)
	})
}

func newID() string {
	var b [8]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// recorder notes status and size of an answer.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 && status >= 200 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach flushing and deadlines.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// Flush sends what is written so far, for event streams.
func (r *recorder) Flush() {
	if f, ok := r.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
}
