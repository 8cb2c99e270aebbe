package api

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/demo"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/serve"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/newsdesk"
	"github.com/reportedly/reportedly/internal/store/sqlite"
	"github.com/reportedly/reportedly/internal/store/tables"
	"github.com/reportedly/reportedly/internal/story"
)

var ctx = context.Background()

// house is a service over a store with the demo's lists and articles.
type house struct {
	t      testing.TB
	st     *tables.DB
	api    *API
	server http.Handler
	routes []auth.Route
	keys   map[auth.Role]string
	files  demo.Files
}

func open(t testing.TB) *house {
	t.Helper()
	st, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "s.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	h := &house{t: t, st: st, keys: map[auth.Role]string{}}
	if _, h.files, err = demo.Lay(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	log := audit.New(st, nil, nil)
	who := auth.New(auth.Options{Keep: st, Audit: log, Cost: auth.Cost{Time: 1, MemoryKB: 8, Threads: 1}})
	desk := newsdesk.New(st, "test", nil)
	h.api = New(Options{Store: st, Desk: desk, Accounts: who, Audit: log, Version: "test"})
	s, err := serve.New(serve.Options{Listen: "127.0.0.1:0", Identify: who.Identify, Parts: []serve.Part{h.api}})
	if err != nil {
		t.Fatal(err)
	}
	h.server, h.routes = s.Handler(), s.Routes()
	for _, r := range auth.Roles {
		if _, err := who.AddUser(ctx, auth.Local(), string(r)+"1", "", r, ""); err != nil {
			t.Fatal(err)
		}
		if h.keys[r], _, err = who.TokenFor(ctx, auth.Local(), string(r)+"1", "test", nil, 0); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

func (h *house) loadLists() {
	h.t.Helper()
	var inputs []snapshot.Input
	for _, f := range h.files.Lists {
		inputs = append(inputs, snapshot.Path(f))
	}
	if err := pipeline.ImportLists(ctx, h.st, inputs, lists.Options{}, time.Now(), func(pipeline.Imported) {}, func(f story.Finding) { h.t.Log(f) }); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) loadArticles() {
	h.t.Helper()
	if _, err := h.api.o.Desk.Take(ctx, articles.Open(h.files.Articles, nil, articles.Options{})); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) ask(role auth.Role, method, path, body string, head ...string) *httptest.ResponseRecorder {
	h.t.Helper()
	r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(body))
	if role != "" {
		r.Header.Set("Authorization", "Bearer "+h.keys[role])
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	w := httptest.NewRecorder()
	h.server.ServeHTTP(w, r)
	return w
}

// wants asks, checks the status and holds the answer against the schema of the
// document.
func (h *house) wants(status int, role auth.Role, method, path, body string, head ...string) map[string]any {
	h.t.Helper()
	w := h.ask(role, method, path, body, head...)
	if w.Code != status {
		h.t.Fatalf("%s %s: %d, want %d: %s", method, path, w.Code, status, w.Body)
	}
	h.holds(method, path, w)
	var out map[string]any
	if strings.Contains(w.Header().Get("Content-Type"), "json") {
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
			h.t.Fatal(err)
		}
	}
	return out
}

func (h *house) holds(method, path string, w *httptest.ResponseRecorder) {
	h.t.Helper()
	path, _, _ = strings.Cut(path, "?")
	doc := h.api.huma.OpenAPI()
	for pattern, item := range doc.Paths {
		ops := map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PATCH": item.Patch, "DELETE": item.Delete}
		op := ops[method]
		if op == nil || !fits(pattern, path) {
			continue
		}
		resp := op.Responses[fmt.Sprint(w.Code)]
		if resp == nil {
			h.t.Errorf("%s %s: %d is not in the document", method, pattern, w.Code)
			return
		}
		for kind, m := range resp.Content {
			if m.Schema == nil || !strings.HasPrefix(w.Header().Get("Content-Type"), kind) || !strings.Contains(kind, "json") {
				continue
			}
			var v any
			if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
				h.t.Fatal(err)
			}
			res := &huma.ValidateResult{}
			huma.Validate(doc.Components.Schemas, m.Schema, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, v, res)
			for _, e := range res.Errors {
				h.t.Errorf("%s %s: the answer is not of its schema: %v", method, path, e)
			}
		}
		return
	}
	h.t.Errorf("%s %s is not in the document", method, path)
}

func fits(pattern, path string) bool {
	a, b := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] && !strings.HasPrefix(a[i], "{") {
			return false
		}
	}
	return true
}

// Every route is refused to every role that its permission does not reach, and
// to nobody else.
func TestEveryRouteAsksForItsPermission(t *testing.T) {
	h := open(t)
	if len(h.routes) < 20 {
		t.Fatalf("%d routes", len(h.routes))
	}
	for _, r := range h.routes {
		method, path, _ := strings.Cut(r.Pattern, " ")
		path = strings.NewReplacer("{number}", "1", "{id}", "x", "{list}", "un").Replace(path)
		if r.Needs == auth.Public {
			continue
		}
		for _, role := range append([]auth.Role{""}, auth.Roles[:]...) {
			may := auth.Identity{User: 1, Role: role}.May(r.Needs)
			if path == Prefix+"/events" && may {
				continue // it would not end
			}
			w := h.ask(role, method, path, "{}")
			refused := w.Code == http.StatusForbidden || w.Code == http.StatusUnauthorized
			if refused == may {
				t.Errorf("%s as %q: %d (needs %s)", r.Pattern, role, w.Code, r.Needs)
			}
			if refused && w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s as %q: refused as %s", r.Pattern, role, w.Header().Get("Content-Type"))
			}
		}
	}
}

func TestTheWayOfAnArticle(t *testing.T) {
	h := open(t)
	h.wants(409, auth.Analyst, "POST", Prefix+"/mentions", `{"text":"Nobody."}`)
	h.loadLists()
	eds := h.wants(200, auth.Reader, "GET", Prefix+"/lists", "")["editions"].([]any)
	if len(eds) == 0 {
		t.Fatal("no editions")
	}
	h.loadArticles()
	page := h.wants(200, auth.Reader, "GET", Prefix+"/cases?limit=2&background=true", "")
	total := int(page["total"].(float64))
	if total < 3 || len(page["cases"].([]any)) != 2 {
		t.Fatalf("%v", page)
	}
	first := page["cases"].([]any)[0].(map[string]any)
	n := fmt.Sprint(first["number"])
	h.wants(200, auth.Reader, "GET", Prefix+"/cases/"+n, "")
	h.wants(404, auth.Reader, "GET", Prefix+"/cases/"+n+"?known_at=2001-01-01", "")
	h.wants(422, auth.Reader, "GET", Prefix+"/cases/"+n+"?known_at=soon", "")
	h.wants(404, auth.Reader, "GET", Prefix+"/cases/999999", "")
	h.wants(422, auth.Reader, "GET", Prefix+"/cases?limit=0", "")
	h.wants(422, auth.Reader, "GET", Prefix+"/cases?sort=guilt", "")
	h.wants(200, auth.Reader, "GET", Prefix+"/parties/"+fmt.Sprint(first["party_id"]), "")
	h.wants(200, auth.Reader, "GET", Prefix+"/outlets", "")
	arts := h.wants(200, auth.Reader, "GET", Prefix+"/articles?limit=3", "")["articles"].([]any)
	id := arts[0].(map[string]any)["id"].(string)
	h.wants(200, auth.Reader, "GET", Prefix+"/articles/"+id, "")
	h.wants(200, auth.Reader, "GET", Prefix+"/articles/"+id+"/claims", "")
	h.wants(404, auth.Reader, "GET", Prefix+"/articles/none", "")
	full := h.wants(200, auth.Reader, "GET", Prefix+"/articles/"+id, "")
	text, _ := json.Marshal(map[string]any{"text": full["text"]})
	h.wants(200, auth.Analyst, "POST", Prefix+"/mentions", string(text))
	before := len(h.records())
	for _, f := range []string{"html", "text", "csv", "incidents", "ftm", "stix"} {
		if w := h.ask(auth.Analyst, "GET", Prefix+"/cases/"+n+"/export?format="+f, ""); w.Code != 200 || w.Body.Len() < 500 || !strings.Contains(w.Header().Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: %d, %d bytes", f, w.Code, w.Body.Len())
		}
	}
	if got := len(h.records()); got != before+6 {
		t.Errorf("%d exports in the audit log, want 6", got-before)
	}
}

func (h *house) records() []any {
	return h.wants(200, auth.Reviewer, "GET", Prefix+"/audit?limit=1000", "")["records"].([]any)
}

func TestArticlesIn(t *testing.T) {
	h := open(t)
	h.loadLists()
	lines := `{"id":"p1","outlet":"Coast Star","title":"A","published":"2024-05-01","text":"The minister flew to Vienna."}
{"id":"p2","text":
{"id":"p3","text":"A ship left."}
`
	out := h.wants(200, auth.Analyst, "POST", Prefix+"/articles", lines, "Content-Type", "application/x-ndjson", "Idempotency-Key", "k1")
	if out["articles"].(float64) != 2 || len(out["findings"].([]any)) != 1 {
		t.Errorf("%v", out)
	}
	w := h.ask(auth.Analyst, "POST", Prefix+"/articles", lines, "Content-Type", "application/x-ndjson", "Idempotency-Key", "k1")
	if w.Code != 200 || w.Header().Get("Idempotent-Replayed") != "true" {
		t.Errorf("not the same answer: %d %v", w.Code, w.Header())
	}
	h.wants(422, auth.Analyst, "POST", Prefix+"/articles", lines+lines, "Content-Type", "application/x-ndjson", "Idempotency-Key", "k1")
	// The key of one user is not that of another.
	h.wants(200, auth.Reviewer, "POST", Prefix+"/articles", lines, "Content-Type", "application/x-ndjson", "Idempotency-Key", "k1")
	h.wants(422, auth.Analyst, "POST", Prefix+"/articles", "{", "Content-Type", "application/x-ndjson")
	if got := h.wants(200, auth.Reader, "GET", Prefix+"/articles?q=minister", "")["articles"].([]any); len(got) != 1 {
		t.Errorf("%v", got)
	}
}

func TestETags(t *testing.T) {
	h := open(t)
	w := h.ask(auth.Reader, "GET", Prefix+"/cases", "")
	tag := w.Header().Get("ETag")
	if tag == "" {
		t.Fatal("no ETag")
	}
	if w := h.ask(auth.Reader, "GET", Prefix+"/cases", "", "If-None-Match", "W/"+tag); w.Code != 304 || w.Body.Len() != 0 {
		t.Errorf("%d with %d bytes", w.Code, w.Body.Len())
	}
	h.loadLists()
	h.loadArticles()
	if w := h.ask(auth.Reader, "GET", Prefix+"/cases", "", "If-None-Match", tag); w.Code != 200 {
		t.Errorf("%d though there are cases now", w.Code)
	}
}

// An analyst decides, a reviewer signs, the analyst takes it back; each word
// needs its permission, and nobody signs his own.
func TestReview(t *testing.T) {
	h := open(t)
	h.loadLists()
	h.loadArticles()
	first := h.wants(200, auth.Reader, "GET", Prefix+"/cases?limit=1", "")["cases"].([]any)[0].(map[string]any)
	path := fmt.Sprintf("%s/cases/%v/records", Prefix, first["number"])
	decision := `{"kind":"decide","value":"undecided","reason":"one origin only"}`
	h.wants(403, auth.Reader, "POST", path, decision)
	r := h.wants(201, auth.Analyst, "POST", path, decision)
	h.wants(422, auth.Analyst, "POST", path, `{"kind":"decide","value":"undecided"}`)
	h.wants(422, auth.Analyst, "POST", path, `{"kind":"guess","value":"x","reason":"y"}`)
	sign := fmt.Sprintf(`{"kind":"sign","of":"%v"}`, r["id"])
	h.wants(403, auth.Analyst, "POST", path, sign)
	h.wants(201, auth.Reviewer, "POST", path, sign)
	h.wants(201, auth.Reviewer, "POST", path, `{"kind":"note","text":"looked at it"}`)
	if got := h.wants(200, auth.Reader, "GET", Prefix+"/cases?review=decided", ""); got["total"].(float64) != 1 {
		t.Errorf("the decision is not in the list: %v", got)
	}
	h.wants(201, auth.Analyst, "POST", fmt.Sprintf("%s/records/%v/undo", Prefix, r["id"]), `{"reason":"wrong case"}`)
	if got := h.wants(200, auth.Reader, "GET", Prefix+"/records", "")["records"].([]any); len(got) != 4 {
		t.Errorf("%d records", len(got))
	}
	if p := h.wants(200, auth.Reviewer, "GET", Prefix+"/audit/proof", ""); p["holds"] != true {
		t.Errorf("%v", p)
	}
}

func TestUsers(t *testing.T) {
	h := open(t)
	u := h.wants(201, auth.Administrator, "POST", Prefix+"/users", `{"login":"eve","role":"reader","password":"a long enough one"}`)
	h.wants(409, auth.Administrator, "POST", Prefix+"/users", `{"login":"eve","role":"reader","password":"a long enough one"}`)
	h.wants(422, auth.Administrator, "POST", Prefix+"/users", `{"login":"bob","role":"reader","password":"short"}`)
	h.wants(422, auth.Administrator, "POST", Prefix+"/users", `{"login":"bob","role":"king"}`)
	h.wants(200, auth.Administrator, "PATCH", fmt.Sprintf("%s/users/%v", Prefix, u["id"]), `{"role":"analyst"}`)
	h.wants(404, auth.Administrator, "PATCH", Prefix+"/users/999", `{"role":"analyst"}`)
	h.wants(200, auth.Administrator, "GET", Prefix+"/users", "")
	if me := h.wants(200, auth.Reviewer, "GET", Prefix+"/me", ""); me["role"] != "reviewer" || me["via"] != "token" {
		t.Errorf("%v", me)
	}
	if s := fmt.Sprint(h.wants(200, auth.Administrator, "GET", Prefix+"/users", "")); strings.Contains(s, "argon2") {
		t.Error("hashes of passwords are shown")
	}
}

// A receiver that is away is told later, in order, everything, and can check
// who told it.
func TestWebhooks(t *testing.T) {
	h := open(t)
	now := time.Now()
	h.api.o.Now = func() time.Time { return now }
	var mu sync.Mutex
	var got []string
	secret, down := "", true
	recv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if down {
			w.WriteHeader(503)
			return
		}
		b, _ := io.ReadAll(r.Body)
		want := "v1," + Sign(secret, r.Header.Get("Webhook-Id"), r.Header.Get("Webhook-Timestamp"), b)
		if r.Header.Get("Webhook-Signature") != want {
			t.Error("the signature does not hold")
		}
		got = append(got, r.Header.Get("Webhook-Id"))
	}))
	defer recv.Close()
	for _, bad := range []string{"http://example.org/x", "ftp://x/y", "https://", "https://u:p@example.org/", "file:///etc/passwd"} {
		h.wants(422, auth.Administrator, "POST", Prefix+"/webhooks", `{"url":"`+bad+`"}`)
	}
	made := h.wants(201, auth.Administrator, "POST", Prefix+"/webhooks", `{"url":"`+recv.URL+`"}`)
	secret = made["secret"].(string)
	h.loadLists()
	h.loadArticles()
	deliver := func() {
		t.Helper()
		if err := h.api.DeliverOnce(ctx, http.DefaultClient); err != nil {
			t.Fatal(err)
		}
	}
	deliver()
	hooks := h.wants(200, auth.Administrator, "GET", Prefix+"/webhooks", "")["webhooks"].([]any)[0].(map[string]any)
	if hooks["failed_attempts"].(float64) != 1 || hooks["problem"] == "" || hooks["secret"] != nil {
		t.Errorf("%v", hooks)
	}
	mu.Lock()
	down = false
	mu.Unlock()
	deliver()
	if len(got) != 0 {
		t.Error("tried again at once")
	}
	now = now.Add(time.Minute)
	deliver()
	total := int(h.wants(200, auth.Reader, "GET", Prefix+"/cases?background=true", "")["total"].(float64))
	if len(got) != total || total == 0 {
		t.Errorf("%d told, %d cases", len(got), total)
	}
	deliver()
	if len(got) != total {
		t.Error("told twice")
	}
	h.wants(204, auth.Administrator, "DELETE", fmt.Sprintf("%s/webhooks/%v", Prefix, made["id"]), "")
	h.wants(404, auth.Administrator, "DELETE", Prefix+"/webhooks/none", "")
}

func TestEvents(t *testing.T) {
	h := open(t)
	s := httptest.NewServer(h.server)
	defer s.Close()
	h.loadLists()
	h.loadArticles()
	c, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	r, _ := http.NewRequestWithContext(c, "GET", s.URL+Prefix+"/events?since=2001-01-01T00:00:00Z", nil)
	r.Header.Set("Authorization", "Bearer "+h.keys[auth.Reader])
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatal(resp.Status, resp.Header)
	}
	in := bufio.NewScanner(resp.Body)
	for in.Scan() {
		if data, ok := strings.CutPrefix(in.Text(), "data: "); ok {
			var e event
			if err := json.Unmarshal([]byte(data), &e); err != nil || e.Type != "case.new" || e.Case.Number == 0 {
				t.Errorf("%s: %v", data, err)
			}
			return
		}
	}
	t.Error("no event came")
}

// The document is what clients are made from: a change of it must be meant.
func TestDocument(t *testing.T) {
	h := open(t)
	w := h.ask("", "GET", Prefix+"/openapi.json", "")
	var doc map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil || doc["openapi"] != "3.1.0" {
		t.Fatalf("%d %v", w.Code, err)
	}
	var lines []string
	for _, r := range h.routes {
		lines = append(lines, r.Pattern+"\t"+string(r.Needs))
	}
	got := strings.Join(lines, "\n") + "\n"
	file := filepath.Join("testdata", "routes.golden")
	if os.Getenv("UPDATE") != "" {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != got {
		t.Errorf("routes changed (UPDATE=1 go test writes them): %v\n%s", err, got)
	}
}
