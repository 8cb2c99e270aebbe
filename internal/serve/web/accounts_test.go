package web

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/lists/catalogue"
	"github.com/reportedly/reportedly/internal/serve"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/store/sqlite"
)

// house is the whole service with accounts of its own.
type house struct {
	*testing.T
	pages *Pages
	who   *auth.Service
	url   string
}

// weak is a cost that makes tests quick; it is no cost for people.
var weak = auth.Cost{Time: 1, MemoryKB: 64, Threads: 1}

func newHouse(t *testing.T, file string, sources ...catalogue.Source) *house {
	t.Helper()
	st, err := sqlite.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	log := audit.New(st, nil, time.Now)
	who := auth.New(auth.Options{Keep: st, Audit: log, Cost: weak})
	p, err := New(Options{Store: st, Program: "test", Accounts: who, AuditLog: log, Sources: sources})
	if err != nil {
		t.Fatal(err)
	}
	s, err := serve.New(serve.Options{Listen: "127.0.0.1:0", Identify: who.Identify, Refuse: p.Refuse, Parts: []serve.Part{p}})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	return &house{t, p, who, srv.URL}
}

// browser is a client that keeps cookies and follows.
type browser struct {
	*testing.T
	http.Client
	url string
}

func (h *house) browser() *browser {
	jar, _ := cookiejar.New(nil)
	return &browser{h.T, http.Client{Jar: jar}, h.url}
}

func (b *browser) see(method, path string, form url.Values) (int, string) {
	b.Helper()
	req, err := http.NewRequestWithContext(b.Context(), method, b.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Accept", "text/html")
	if method == "POST" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := b.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		b.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func (b *browser) wants(method, path string, form url.Values, status int, words ...string) string {
	b.Helper()
	code, body := b.see(method, path, form)
	if code != status {
		b.Errorf("%s %s: %d, want %d", method, path, code, status)
	}
	for _, w := range words {
		if !strings.Contains(body, w) {
			b.Errorf("%s %s lacks %q", method, path, w)
		}
	}
	for _, f := range faults(body) {
		b.Errorf("%s %s: %s", method, path, f)
	}
	return body
}

func TestAccounts(t *testing.T) {
	h := newHouse(t, t.TempDir()+"/a.db")
	a := h.browser()
	const pass = "correct horse battery"
	a.wants("GET", "/cases/1", nil, 200, "Nobody can sign in yet")
	a.wants("POST", "/setup", url.Values{"token": {"wrong"}, "login": {"ada"}, "password": {pass}}, 400, "not the set-up token")
	a.wants("POST", "/setup", url.Values{"token": {h.who.SetupToken()}, "login": {"ada"}, "name": {"Ada Lind"}, "password": {"short"}}, 400, `role="alert"`)
	a.wants("POST", "/setup", url.Values{"token": {h.who.SetupToken()}, "login": {"ada"}, "name": {"Ada Lind"}, "password": {pass}}, 200, "You are the administrator", "Ada Lind")
	a.wants("GET", "/setup", nil, 200, "Inbox")
	a.wants("POST", "/users", url.Values{"login": {"ben"}, "name": {"Ben"}, "role": {"reviewer"}, "password": {pass + "!"}}, 200, "can sign in")
	a.wants("POST", "/users", url.Values{"login": {"ben"}, "role": {"reader"}, "password": {pass + "!"}}, 400, "taken")
	a.wants("POST", "/users/1", url.Values{"role": {"reader"}}, 400, "last administrator")

	b := h.browser()
	b.wants("POST", "/login", url.Values{"login": {"ben"}, "password": {"no"}}, 401, "wrong")
	b.wants("POST", "/login", url.Values{"login": {"ben"}, "password": {pass + "!"}, "back": {"/lists"}}, 200, "No list is loaded")
	b.wants("GET", "/users", nil, 403, "your role does not allow this")
	body := b.wants("POST", "/account/tokens", url.Values{"label": {"script"}, "days": {"1"}, "scope": {"read"}}, 200, "shown this once")
	key := regexp.MustCompile(`rpt_[\w-]+`).FindString(body)
	req, _ := http.NewRequestWithContext(t.Context(), "GET", h.url+"/", nil)
	req.Header.Set("Authorization", "Bearer "+key)
	if resp, err := http.DefaultClient.Do(req); err != nil || resp.StatusCode != 200 {
		t.Errorf("the token does not let in: %v %v", resp, err)
	}
	if body := b.wants("GET", "/account", nil, 200, "script"); strings.Contains(body, key) {
		t.Error("the token is shown again")
	}
	b.wants("GET", "/audit?verify=1", nil, 200, "Whole.", "user.added", "session.begun")
	b.wants("POST", "/account/password", url.Values{"old": {pass + "!"}, "new": {"another long password"}}, 200, "was changed")
	b.wants("POST", "/logout", nil, 200, "Sign in")
	b.wants("GET", "/", nil, 200, "Sign in")
	a.wants("POST", "/users/2", url.Values{"role": {"analyst"}, "disabled": {"1"}}, 200, "may not sign in")
	b.wants("POST", "/login", url.Values{"login": {"ben"}, "password": {"another long password"}}, 401, "wrong")
}
