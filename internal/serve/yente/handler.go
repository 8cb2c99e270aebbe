package yente

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/yente/openapi"
)

// Limits of one request, by yente's settings of the same purpose.
type Limits struct {
	Batch   int   // queries in one /match or /reconcile (YENTE_MAX_BATCH)
	Matches int   // results of one query (YENTE_MAX_MATCHES)
	Body    int64 // bytes of a request's body
}

// Usual limits: yente's own where it has one.
var usual = Limits{Batch: 100, Matches: 500, Body: 16 << 20}

const (
	defaultMatches = 5    // YENTE_MATCH_PAGE
	defaultPage    = 10   // DEFAULT_PAGE
	maxPage        = 500  // MAX_PAGE
	maxResults     = 9999 // MAX_RESULTS: limit and offset together
)

// Handler answers yente's routes. The zero value is not ready: Set gives it
// Data.
type Handler struct {
	limits  Limits
	version string
	data    atomic.Pointer[Data]
}

// New gives a handler; zero limits mean the usual ones. version names the
// program in the answers.
func New(version string, l Limits) *Handler {
	if l.Batch <= 0 {
		l.Batch = usual.Batch
	}
	if l.Matches <= 0 {
		l.Matches = usual.Matches
	}
	if l.Body <= 0 {
		l.Body = usual.Body
	}
	return &Handler{limits: l, version: version}
}

// Set swaps in newer data; requests that run finish on the older.
func (h *Handler) Set(d *Data) { h.data.Store(d) }

// Ready reports whether data is there.
func (h *Handler) Ready() bool { return h.data.Load() != nil }

// Routes implements auth.Part.
func (h *Handler) Routes() []auth.Route {
	route := func(pattern string, f func(*Data, http.ResponseWriter, *http.Request) error) auth.Route {
		return auth.Route{Pattern: pattern, Needs: auth.Screen, Handler: h.with(f), MaxBody: h.limits.Body}
	}
	return []auth.Route{
		route("POST /match/{dataset}", h.match),
		route("GET /search/{dataset}", h.search),
		route("GET /entities/{id}", h.entity),
		route("GET /entities/{id}/adjacent", h.adjacent),
		route("GET /entities/{id}/adjacent/{property}", h.adjacentBy),
		route("GET /catalog", h.catalog),
		route("GET /manifest", h.catalog),
		route("GET /algorithms", h.algorithms),
		route("GET /statements", h.statements),
		route("GET /reconcile/{dataset}", h.reconcile),
		route("POST /reconcile/{dataset}", h.reconcile),
		route("GET /reconcile/{dataset}/suggest/entity", h.suggestEntity),
		route("GET /reconcile/{dataset}/suggest/property", h.suggestProperty),
		route("GET /reconcile/{dataset}/suggest/type", h.suggestType),
		route("GET /reconcile/{dataset}/extend/property", h.extendProperties),
		route("GET /reconcile/{dataset}/preview", h.preview),
		{Pattern: "GET /openapi.json", Needs: auth.Public, Handler: http.HandlerFunc(h.openAPI)},
	}
}

// fault is an answer that is no success: yente's {"detail": ...}.
type fault struct {
	status int
	detail any // a text, or pydantic's list of errors
}

func (f *fault) Error() string { return fmt.Sprint(f.detail) }

func failf(status int, format string, args ...any) error {
	return &fault{status, fmt.Sprintf(format, args...)}
}

// invalid is FastAPI's answer (422) to a parameter or body of the wrong shape.
type invalid struct {
	Type  string `json:"type"`
	Loc   []any  `json:"loc"`
	Msg   string `json:"msg"`
	Input any    `json:"input"`
}

func refuse(kind, msg string, input any, loc ...any) error {
	return &fault{http.StatusUnprocessableEntity, []invalid{{kind, loc, msg, input}}}
}

// with turns a function into a handler: the data of this moment, and errors as
// yente writes them.
func (h *Handler) with(f func(*Data, http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d := h.data.Load()
		err := failf(http.StatusServiceUnavailable, "Index not ready.")
		if d != nil {
			if r.Body != nil {
				r.Body = http.MaxBytesReader(w, r.Body, h.limits.Body)
			}
			err = f(d, w, r)
		}
		if err != nil {
			h.fail(w, err)
		}
	})
}

func (h *Handler) fail(w http.ResponseWriter, err error) {
	var f *fault
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		f = &fault{http.StatusRequestEntityTooLarge, fmt.Sprintf("Request body is larger than %d bytes.", large.Limit)}
	case !errors.As(err, &f):
		f = &fault{http.StatusInternalServerError, "Server error"}
	}
	send(w, f.status, map[string]any{"detail": f.detail})
}

func send(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // the client may be gone
}

// ask reads parameters of a query string; the first fault is kept.
type ask struct {
	url.Values
	err error
}

func asked(r *http.Request) *ask { return &ask{Values: r.URL.Query()} }

func (a *ask) refuse(err error) {
	if a.err == nil {
		a.err = err
	}
}

// number reads a whole number not above most.
func (a *ask) number(name string, usual, most int) int {
	s := a.Get(name)
	if !a.Has(name) {
		return usual
	}
	n, err := strconv.Atoi(strings.TrimSpace(s))
	switch {
	case err != nil:
		a.refuse(refuse("int_parsing", "Input should be a valid integer, unable to parse string as an integer", s, "query", name))
	case n > most:
		a.refuse(refuse("less_than_equal", fmt.Sprintf("Input should be less than or equal to %d", most), s, "query", name))
	}
	return max(n, 0)
}

func (a *ask) float(name string, usual float64) float64 {
	s := a.Get(name)
	if !a.Has(name) {
		return usual
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		a.refuse(refuse("float_parsing", "Input should be a valid number, unable to parse string as a number", s, "query", name))
	}
	return f
}

func (a *ask) truth(name string, usual bool) bool {
	switch s := strings.ToLower(a.Get(name)); s {
	case "":
		return usual
	case "true", "1", "yes", "on", "t", "y":
		return true
	case "false", "0", "no", "off", "f", "n":
		return false
	default:
		a.refuse(refuse("bool_parsing", "Input should be a valid boolean, unable to interpret input", s, "query", name))
		return usual
	}
}

var moments = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?$`)

func (a *ask) moment(name string) string {
	s := a.Get(name)
	if s != "" && !moments.MatchString(s) {
		a.refuse(refuse("string_pattern_mismatch", "String should match pattern '"+moments.String()+"'", s, "query", name))
	}
	return s
}

// window is limit and offset within the first 9,999 results.
func (a *ask) window() (limit, offset int) {
	limit, offset = a.number("limit", defaultPage, maxPage), a.number("offset", 0, maxResults-maxPage)
	return min(limit, maxResults-offset), offset
}

func (h *Handler) openAPI(w http.ResponseWriter, _ *http.Request) {
	send(w, http.StatusOK, openapi.Document(h.version))
}

func (d *Data) asked(r *http.Request) (*dataset, error) {
	if s := d.dataset(r.PathValue("dataset")); s != nil {
		return s, nil
	}
	return nil, failf(http.StatusNotFound, "No such dataset.")
}
