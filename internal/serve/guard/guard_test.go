package guard_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/serve/guard"
)

func guarded(log io.Writer, pattern string, h http.HandlerFunc, o guard.Options) http.Handler {
	o.Log = slog.New(slog.NewTextHandler(log, nil))
	mux := http.NewServeMux()
	mux.Handle(pattern, guard.Limit(pattern, h, 0, false, o))
	return guard.New(mux, o)
}

func ask(h http.Handler, method, url string, head map[string]string, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, url, strings.NewReader(body))
	for k, v := range head {
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestHeadersAreStrict(t *testing.T) {
	w := ask(guarded(io.Discard, "GET /x", func(w http.ResponseWriter, _ *http.Request) {}, guard.Options{TLS: true}), "GET", "http://localhost/x", nil, "")
	csp := w.Header().Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
		if !strings.Contains(csp, want) {
			t.Errorf("policy %q lacks %s", csp, want)
		}
	}
	if strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") || strings.Contains(csp, "*") {
		t.Errorf("policy %q is open", csp)
	}
	for _, h := range []string{"X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Strict-Transport-Security", "X-Request-Id"} {
		if w.Header().Get(h) == "" {
			t.Errorf("no %s", h)
		}
	}
}

// A page elsewhere may neither write across origins nor reach the service
// under its own name (DNS rebinding).
func TestForeignPages(t *testing.T) {
	called := 0
	h := guarded(io.Discard, "/x", func(http.ResponseWriter, *http.Request) { called++ }, guard.Options{Hosts: []string{"cases.example.org"}})
	tests := []struct {
		method, url string
		head        map[string]string
		want        int
	}{
		{"GET", "http://127.0.0.1:8484/x", nil, 200},
		{"GET", "http://[::1]:8484/x", nil, 200},
		{"GET", "http://LOCALHOST:8484/x", nil, 200},
		{"GET", "http://cases.example.org/x", nil, 200},
		{"GET", "http://evil.example/x", nil, 421},
		{"GET", "http://127.0.0.1.evil.example/x", nil, 421},
		{"GET", "http://10.0.0.1/x", nil, 421},
		{"POST", "http://localhost/x", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		{"POST", "http://localhost/x", map[string]string{"Sec-Fetch-Site": "same-site"}, 403},
		{"POST", "http://localhost/x", map[string]string{"Origin": "https://evil.example"}, 403},
		{"DELETE", "http://localhost/x", map[string]string{"Origin": "null"}, 403},
		{"POST", "http://localhost/x", map[string]string{"Sec-Fetch-Site": "same-origin"}, 200},
		{"POST", "http://localhost/x", nil, 200}, // no browser: programs with a token
		{"GET", "http://localhost/x", map[string]string{"Sec-Fetch-Site": "cross-site"}, 200},
	}
	for _, tt := range tests {
		before := called
		if w := ask(h, tt.method, tt.url, tt.head, ""); w.Code != tt.want || (called > before) != (tt.want == 200) {
			t.Errorf("%s %s %v: %d, want %d", tt.method, tt.url, tt.head, w.Code, tt.want)
		}
	}
}

func TestPanicBecomesAnAnswer(t *testing.T) {
	var log bytes.Buffer
	w := ask(guarded(&log, "GET /x", func(http.ResponseWriter, *http.Request) { panic("oh") }, guard.Options{}), "GET", "http://localhost/x", nil, "")
	if w.Code != 500 || strings.Contains(w.Body.String(), "oh") || !strings.Contains(w.Body.String(), w.Header().Get("X-Request-Id")) {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), "panic=oh") {
		t.Errorf("the log does not tell: %s", log.String())
	}
}

func TestBodyAndTimeAreBounded(t *testing.T) {
	h := guarded(io.Discard, "POST /x", func(w http.ResponseWriter, r *http.Request) {
		_, err := io.ReadAll(r.Body)
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
		}
	}, guard.Options{MaxBody: 10})
	if w := ask(h, "POST", "http://localhost/x", nil, "0123456789ab"); w.Code != 413 {
		t.Errorf("12 bytes of 10 allowed: %d", w.Code)
	}
	slow := guarded(io.Discard, "GET /x", func(w http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
		w.WriteHeader(http.StatusGatewayTimeout)
	}, guard.Options{Time: 20 * time.Millisecond})
	if w := ask(slow, "GET", "http://localhost/x", nil, ""); w.Code != 504 {
		t.Errorf("no limit on time: %d", w.Code)
	}
}

// Names of people stand in paths and queries; none may reach the log.
func TestLogsHoldNoPersonalData(t *testing.T) {
	var log bytes.Buffer
	h := guarded(&log, "POST /parties/{name}", func(_ http.ResponseWriter, r *http.Request) { guard.SetActor(r.Context(), "user:7") }, guard.Options{})
	ask(h, "POST", "http://localhost/parties/Soleimani?q=Qasem", map[string]string{"User-Agent": "Firefox", "Authorization": "Bearer secret"}, "body of Qasem")
	for _, word := range []string{"Soleimani", "Qasem", "secret", "192.0.2.1", "Firefox"} {
		if strings.Contains(log.String(), word) {
			t.Errorf("the log holds %q: %s", word, log.String())
		}
	}
	for _, want := range []string{`route="POST /parties/{name}"`, "status=200", "actor=user:7", "request="} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %s: %s", want, log.String())
		}
	}
}
