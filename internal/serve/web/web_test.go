package web

import (
	"context"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/serve"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/guard"
	"github.com/reportedly/reportedly/internal/serve/web/jobs"
	"github.com/reportedly/reportedly/internal/store/sqlite"
)

var update = flag.Bool("update", false, "write the golden files anew")

// noon is the time of all tests.
var noon = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

// people who sign in with the header "As".
var people = map[string]auth.Identity{
	"reader": {User: 4, Login: "rita", Name: "Rita Read", Role: auth.Reader, Via: "session"},
	"ada":    {User: 1, Login: "ada", Name: "Ada Lind", Role: auth.Administrator, Via: "session"},
	"ben":    {User: 2, Login: "ben", Name: "Ben Okafor", Role: auth.Reviewer, Via: "session"},
	"ann":    {User: 3, Login: "ann", Name: "Ann Lee", Role: auth.Analyst, Via: "session"},
}

// site is the pages over a store of their own, behind the guard of the house.
type site struct {
	*testing.T
	*Pages
	url string
}

// demoStore reads the demonstration data once for all tests.
var demoStore = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "reportedly-web-")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "demo.db")
	st, err := sqlite.Open(context.Background(), file)
	if err != nil {
		return "", err
	}
	p, err := New(Options{Store: st, Program: "test", Now: func() time.Time { return noon.Add(-48 * time.Hour) }})
	if err != nil {
		return "", err
	}
	if _, err := jobs.Once(context.Background(), p.demo); err != nil {
		return "", err
	}
	return file, st.Close()
})

func TestMain(m *testing.M) {
	code := m.Run()
	if file, err := demoStore(); err == nil {
		os.RemoveAll(filepath.Dir(file))
	}
	os.Exit(code)
}

func open(t *testing.T, demo bool) *site {
	t.Helper()
	file := filepath.Join(t.TempDir(), "test.db")
	if demo {
		from, err := demoStore()
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(file, b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	st, err := sqlite.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	now := noon
	var mu sync.Mutex
	p, err := New(Options{Store: st, Program: "test", Now: func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Second)
		return now
	}})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	for _, r := range p.Routes() {
		mux.Handle(r.Pattern, auth.Require(r.Needs, r.Handler, p.Refuse))
	}
	var part serve.Part = p // the pages are a part of the service
	_ = part
	as := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mux.ServeHTTP(w, r.WithContext(auth.With(r.Context(), people[r.Header.Get("As")])))
	})
	srv := httptest.NewServer(guard.New(as, guard.Options{Log: p.o.Log}))
	t.Cleanup(srv.Close)
	return &site{t, p, srv.URL}
}

func (s *site) do(as, method, path string, form url.Values) (int, string, http.Header) {
	s.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(s.Context(), method, s.url+path, body)
	if err != nil {
		s.Fatal(err)
	}
	req.Header.Set("As", as)
	req.Header.Set("Accept", "text/html")
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		s.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		s.Fatal(err)
	}
	return resp.StatusCode, string(b), resp.Header
}

func (s *site) get(path string) string {
	s.Helper()
	code, body, _ := s.do("ada", "GET", path, nil)
	if code != http.StatusOK {
		s.Fatalf("%s: %d", path, code)
	}
	return body
}

// post sends a form and wants it to lead on.
func (s *site) post(as, path string, form url.Values) string {
	s.Helper()
	code, body, h := s.do(as, "POST", path, form)
	if code != http.StatusSeeOther {
		s.Fatalf("%s: %d\n%s", path, code, body)
	}
	return h.Get("Location")
}
