package serve_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/reportedly/reportedly/internal/serve"
	"github.com/reportedly/reportedly/internal/serve/auth"
)

type part []auth.Route

func (p part) Routes() []auth.Route { return p }

func TestBeyondLoopbackOnlyWithTLS(t *testing.T) {
	for _, listen := range []string{":0", "0.0.0.0:0", "[::]:0", "192.0.2.1:0"} {
		if _, err := serve.New(serve.Options{Listen: listen}); !errors.Is(err, serve.ErrExposed) {
			t.Errorf("%s: %v", listen, err)
		}
	}
}

func TestConflictingRoutesAreAnError(t *testing.T) {
	h := http.NotFoundHandler()
	_, err := serve.New(serve.Options{Listen: "127.0.0.1:0", Parts: []serve.Part{part{
		{Pattern: "GET /x/{a}", Needs: auth.Read, Handler: h}, {Pattern: "GET /x/{b}", Needs: auth.Read, Handler: h}}}})
	if err == nil {
		t.Error("no error")
	}
}

// A stop lets a running request end and cuts an event stream at once.
func TestGracefulStop(t *testing.T) {
	started := make(chan string, 2)
	slow := func(name string, until func(*http.Request)) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(200)
			w.(http.Flusher).Flush()
			started <- name
			until(r)
			io.WriteString(w, "whole")
		})
	}
	s, err := serve.New(serve.Options{Listen: "127.0.0.1:0", Parts: []serve.Part{part{
		{Pattern: "GET /slow", Needs: auth.Public, Handler: slow("slow", func(*http.Request) { time.Sleep(100 * time.Millisecond) })},
		{Pattern: "GET /stream", Needs: auth.Public, Long: true, Handler: slow("stream", func(r *http.Request) { <-r.Context().Done() })},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- s.Run(ctx) }()
	bodies := make(chan string, 2)
	for _, p := range []string{"/slow", "/stream"} {
		go func() {
			resp, err := http.Get(s.URL() + p)
			if err != nil {
				bodies <- err.Error()
				return
			}
			b, _ := io.ReadAll(resp.Body)
			bodies <- string(b)
		}()
	}
	<-started
	<-started
	began := time.Now()
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if d := time.Since(began); d > 3*time.Second {
		t.Errorf("stopping took %v", d)
	}
	for range 2 {
		if b := <-bodies; b != "whole" {
			t.Errorf("a request was cut: %q", b)
		}
	}
}

func TestHealth(t *testing.T) {
	s, err := serve.New(serve.Options{Listen: "127.0.0.1:0", Parts: []serve.Part{serve.Health{Version: "1", Ready: func(context.Context) error { return errors.New("disk gone") }}}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go s.Run(ctx)
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 503, "/nothing": 404} {
		resp, err := http.Get(s.URL() + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, resp.StatusCode, want)
		}
	}
}
