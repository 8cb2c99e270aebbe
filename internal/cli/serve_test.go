package cli

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/config"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/store/sqlite"
)

// Every door of the whole service is closed to every role that its permission
// does not reach, whatever part it belongs to; a new route is held to it too.
func TestNoRouteLetsARoleBeyondItsPermission(t *testing.T) {
	ctx := context.Background()
	a := &app{Streams: Streams{Out: io.Discard, Err: io.Discard}, cfg: config.Default(), quiet: true}
	a.cfg.DB, a.cfg.Serve.Listen = filepath.Join(t.TempDir(), "s.db"), "127.0.0.1:0"
	st, err := sqlite.Open(ctx, a.cfg.DB)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	h, err := a.newHouse(st)
	if err != nil {
		t.Fatal(err)
	}
	s, err := a.newServer(h)
	if err != nil {
		t.Fatal(err)
	}
	keys := map[auth.Role]string{}
	for _, r := range auth.Roles {
		if _, err := h.who.AddUser(ctx, auth.Local(), string(r)+"1", "", r, ""); err != nil {
			t.Fatal(err)
		}
		if keys[r], _, err = h.who.TokenFor(ctx, auth.Local(), string(r)+"1", "test", nil, 0); err != nil {
			t.Fatal(err)
		}
	}
	public, closed := 0, 0
	for _, route := range s.Routes() {
		if route.Needs == auth.Public {
			public++
			continue
		}
		method, path, ok := strings.Cut(route.Pattern, " ")
		if !ok {
			method, path = http.MethodGet, route.Pattern
		}
		path = strings.NewReplacer("{$}", "", "{", "", "}", "", "...", "").Replace(path)
		for _, role := range append([]auth.Role{""}, auth.Roles[:]...) {
			if (auth.Identity{User: 1, Role: role}).May(route.Needs) {
				continue // what it may do is for the tests of the part
			}
			closed++
			r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(""))
			if role != "" {
				r.Header.Set("Authorization", "Bearer "+keys[role])
			}
			w := httptest.NewRecorder()
			s.Handler().ServeHTTP(w, r)
			toLogin := w.Code == http.StatusSeeOther && strings.HasPrefix(w.Header().Get("Location"), "/login")
			if w.Code != http.StatusForbidden && w.Code != http.StatusUnauthorized && !toLogin {
				t.Errorf("%s as %q: %d (needs %s)", route.Pattern, role, w.Code, route.Needs)
			}
		}
	}
	if len(s.Routes()) < 60 || closed < 100 {
		t.Errorf("%d routes, %d refusals looked at", len(s.Routes()), closed)
	}
	if public > 30 {
		t.Errorf("%d routes are open to anybody; each must be meant", public)
	}
}
