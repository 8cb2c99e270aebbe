package pipeline

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/demo"
	"github.com/reportedly/reportedly/internal/fetch"
	"github.com/reportedly/reportedly/internal/lists/catalogue"
	"github.com/reportedly/reportedly/internal/store/sqlite"
)

// publisher is a server whose list changes from one update to the next.
type publisher struct {
	body []byte
	etag string
	hits int
}

func (p *publisher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.hits++
	w.Header().Set("ETag", p.etag)
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(string(p.body)))
}

// A failed, truncated, damaged or shrunken download never replaces a good
// list, and says so; the next good one does.
func TestUpdateLists(t *testing.T) {
	_, files, err := demo.Lay(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(files.Lists[0])
	if err != nil {
		t.Fatal(err)
	}
	// The first half of the individuals, well-formed: what a cut made by a
	// careless proxy or a half-written export looks like.
	parts := strings.SplitAfter(string(good), "</INDIVIDUAL>")
	shrunk := strings.Join(parts[:len(parts)/3], "") + parts[len(parts)-1]
	newer := strings.Replace(strings.Join(append(append([]string{}, parts[:3]...), parts[4:]...), ""), "2025-11-15T", "2025-11-20T", 1)

	p := &publisher{}
	srv := httptest.NewServer(p)
	defer srv.Close()
	st, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "s.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	get := fetch.New("test", fetch.Limits{MaxBytes: 1 << 20, Tries: 2, Pause: time.Millisecond, MaxPause: time.Millisecond, Idle: time.Second})
	folder := t.TempDir()
	steps := []struct {
		name, body, etag string
		accept           bool
		wantErr          string
		unchanged        bool
		editions         int // held after the step
		changes          int
	}{
		{"first", string(good), `"1"`, false, "", false, 1, -1},
		{"the same", string(good), `"1"`, false, "", true, 1, -1},
		{"truncated", string(good[:len(good)/2]), `"2"`, false, "", false, 1, -1},
		{"a page of excuses", "<html><body>Down for maintenance</body></html>", `"3"`, false, "unknown list format", false, 1, -1},
		{"shrunk", shrunk, `"4"`, false, "not taken over; confirm", false, 1, -1},
		{"good again", newer, `"5"`, false, "", false, 2, 1},
		{"shrunk and confirmed", strings.Replace(shrunk, "2025-11-15T", "2025-11-25T", 1), `"6"`, true, "", false, 3, -2},
	}
	for _, s := range steps {
		p.body, p.etag = []byte(s.body), s.etag
		done, err := UpdateLists(ctx, st, get, []catalogue.Source{{Code: "un", URLs: []string{srv.URL + "/consolidated.xml?v=1"}}},
			UpdateOptions{Folder: folder, AcceptShrunk: s.accept, Now: time.Now})
		if err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
		u := done[0]
		switch {
		case s.name == "truncated" && (u.Err == nil || !strings.Contains(u.Err.Error(), "refused")):
			t.Errorf("%s: %v", s.name, u.Err)
		case s.wantErr != "" && (u.Err == nil || !strings.Contains(u.Err.Error(), s.wantErr)):
			t.Errorf("%s: %v, want %q", s.name, u.Err, s.wantErr)
		case s.wantErr == "" && s.name != "truncated" && u.Err != nil:
			t.Errorf("%s: %v", s.name, u.Err)
		}
		if u.Unchanged != s.unchanged {
			t.Errorf("%s: unchanged %v", s.name, u.Unchanged)
		}
		if s.changes > 0 && (u.Comparison == nil || len(u.Comparison.Changes) != s.changes) {
			t.Errorf("%s: comparison %+v, want %d changes", s.name, u.Comparison, s.changes)
		}
		eds, err := st.Editions(ctx, "un", time.Time{})
		if err != nil || len(eds) != s.editions {
			t.Errorf("%s: %d editions held, want %d (%v)", s.name, len(eds), s.editions, err)
		}
	}
	// A server that is gone is told and costs only its own list.
	srv.Close()
	done, err := UpdateLists(ctx, st, get, []catalogue.Source{{Code: "un", URLs: []string{srv.URL + "/x"}}}, UpdateOptions{Folder: folder, Now: time.Now})
	if err != nil || done[0].Err == nil {
		t.Errorf("%v %+v", err, done)
	}
}
