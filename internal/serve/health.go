package serve

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/reportedly/reportedly/internal/serve/auth"
)

// Health answers those who watch the process: /healthz while it runs, /readyz
// while it can do its work.
type Health struct {
	Version string
	// Ready tells what keeps the service from working; nil = nothing can.
	Ready func(context.Context) error
	// Figures answers /metrics; nil = there is none.
	Figures http.Handler
}

// Routes implements Part.
func (h Health) Routes() []auth.Route {
	out := []auth.Route{
		{Pattern: "GET /healthz", Needs: auth.Public, Handler: http.HandlerFunc(h.alive)},
		{Pattern: "GET /readyz", Needs: auth.Public, Handler: http.HandlerFunc(h.ready)},
	}
	if h.Figures != nil {
		out = append(out, auth.Route{Pattern: "GET /metrics", Needs: auth.Metrics, Handler: h.Figures})
	}
	return out
}

func (h Health) alive(w http.ResponseWriter, _ *http.Request) {
	say(w, http.StatusOK, map[string]string{"status": "ok", "version": h.Version})
}

// ready does not tell strangers what is wrong; the log does.
func (h Health) ready(w http.ResponseWriter, r *http.Request) {
	if h.Ready != nil && h.Ready(r.Context()) != nil {
		say(w, http.StatusServiceUnavailable, map[string]string{"status": "not ready"})
		return
	}
	say(w, http.StatusOK, map[string]string{"status": "ok"})
}

func say(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the client may be gone
}
