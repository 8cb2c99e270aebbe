package serve

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/guard"
	"github.com/reportedly/reportedly/internal/telemetry"
)

// Part is a share of the service with routes of its own.
type Part = auth.Part

// Options of a server.
type Options struct {
	Listen string // host:port; port 0 = any free one
	Hosts  []string
	Log    *slog.Logger // nil = nothing is logged
	// TLS of the service; nil = plain HTTP, on loopback only unless
	// BehindProxy says that a proxy in front provides TLS.
	TLS         *tls.Config
	BehindProxy bool
	// Identify finds out who is asking and puts it into the context.
	Identify func(http.Handler) http.Handler
	// Refuse tells somebody that they may not, for parts that have no Refuse of
	// their own; nil = a plain text.
	Refuse func(w http.ResponseWriter, r *http.Request, status int)
	Parts  []Part
	Guard  guard.Options // limits; Log, Hosts and TLS are filled in
	// Grace is how long running requests may take to end; 0 = 10 s.
	Grace time.Duration
}

// Server serves until its context ends.
type Server struct {
	opts   Options
	routes []auth.Route
	http   *http.Server
	listen net.Listener
	// stopping ends when the server begins to stop.
	stopping context.Context
	stop     context.CancelFunc
}

// ErrExposed is returned where the service would be reachable from other
// machines without TLS.
var ErrExposed = errors.New("refusing to listen beyond this machine without TLS; give --tls-cert and --tls-key, --tls-auto, or --behind-proxy if a proxy in front provides it")

// New puts the parts together and opens the port, so that its address is
// known before Run.
func New(o Options) (*Server, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Refuse == nil {
		o.Refuse = func(w http.ResponseWriter, _ *http.Request, status int) {
			http.Error(w, http.StatusText(status), status)
		}
	}
	if o.Identify == nil {
		o.Identify = func(h http.Handler) http.Handler { return h }
	}
	if o.Grace == 0 {
		o.Grace = 10 * time.Second
	}
	o.Guard.Log, o.Guard.Hosts, o.Guard.TLS = o.Log, o.Hosts, o.TLS != nil || o.BehindProxy
	s := &Server{opts: o}
	s.stopping, s.stop = context.WithCancel(context.Background())
	h, err := s.handler()
	if err != nil {
		return nil, err
	}
	if s.listen, err = open(o); err != nil {
		return nil, err
	}
	s.http = &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(o.Log.Handler(), slog.LevelWarn)}
	return s, nil
}

func open(o Options) (net.Listener, error) {
	if o.TLS == nil && !o.BehindProxy && !loopback(o.Listen) {
		return nil, fmt.Errorf("%s: %w", o.Listen, ErrExposed)
	}
	l, err := net.Listen("tcp", o.Listen)
	if err != nil {
		return nil, fmt.Errorf("serve: %w", err)
	}
	if o.TLS != nil {
		l = tls.NewListener(l, o.TLS)
	}
	return l, nil
}

// loopback reports whether only this machine can reach an address.
func loopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.IsLoopback()
}

// handler mounts every route behind what it needs.
func (s *Server) handler() (h http.Handler, err error) {
	mux := http.NewServeMux()
	defer func() {
		if p := recover(); p != nil { // ServeMux panics where two patterns conflict
			err = fmt.Errorf("serve: routes: %v", p)
		}
	}()
	for _, part := range s.opts.Parts {
		refuse := s.opts.Refuse
		if own, ok := part.(interface {
			Refuse(w http.ResponseWriter, r *http.Request, status int)
		}); ok {
			refuse = own.Refuse
		}
		for _, r := range part.Routes() {
			s.routes = append(s.routes, r)
			inner := auth.Require(r.Needs, s.endWithServer(r), refuse)
			mux.Handle(r.Pattern, guard.Limit(r.Pattern, inner, r.MaxBody, r.Long, s.opts.Guard))
		}
	}
	return guard.New(s.opts.Identify(traced(mux)), s.opts.Guard), nil
}

// traced notes a span for each request, named by its pattern.
func traced(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, pattern := mux.Handler(r)
		ctx, end := telemetry.Span(r.Context(), "http "+pattern)
		defer end(nil)
		mux.ServeHTTP(w, r.WithContext(ctx))
	})
}

// endWithServer ends event streams and long downloads when the server stops;
// they would hold it up until the grace is over.
func (s *Server) endWithServer(r auth.Route) http.Handler {
	if !r.Long || !strings.HasPrefix(r.Pattern, "GET ") {
		return r.Handler
	}
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		ctx, cancel := context.WithCancel(req.Context())
		defer cancel()
		defer context.AfterFunc(s.stopping, cancel)()
		r.Handler.ServeHTTP(w, req.WithContext(ctx))
	})
}

// Routes are all doors of the service.
func (s *Server) Routes() []auth.Route { return s.routes }

// Handler answers requests without a port, for tests.
func (s *Server) Handler() http.Handler { return s.http.Handler }

// Addr is where the server listens.
func (s *Server) Addr() net.Addr { return s.listen.Addr() }

// URL is the address for a browser on this machine.
func (s *Server) URL() string {
	scheme := "http"
	if s.opts.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + s.listen.Addr().String()
}

// Run serves until the context ends, then lets running requests end; what has
// not ended when the grace is over is cut off.
func (s *Server) Run(ctx context.Context) error {
	defer s.stop()
	failed := make(chan error, 1)
	go func() { failed <- s.http.Serve(s.listen) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	s.stop()
	end, done := context.WithTimeout(context.WithoutCancel(ctx), s.opts.Grace)
	defer done()
	err := s.http.Shutdown(end)
	if errors.Is(err, context.DeadlineExceeded) {
		s.opts.Log.Warn("some requests did not end in time", "grace", s.opts.Grace.String())
		err = s.http.Close()
	}
	if err != nil {
		return fmt.Errorf("serve: stop: %w", err)
	}
	return nil
}
