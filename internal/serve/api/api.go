package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/guard"
	"github.com/reportedly/reportedly/internal/serve/newsdesk"
	"github.com/reportedly/reportedly/internal/store"
)

// Store is what the API needs of one.
type Store interface {
	store.Store
	store.Hooks
	store.Replays
}

// Options of the API.
type Options struct {
	Store    Store
	Desk     *newsdesk.Desk
	Accounts *auth.Service
	Audit    *audit.Log
	Version  string
	Now      func() time.Time
	Log      *slog.Logger
}

// API answers programs.
type API struct {
	o      Options
	huma   huma.API
	mux    *http.ServeMux
	routes []auth.Route
}

// Prefix of all routes.
const Prefix = "/api/v1"

const maxArticles = 64 << 20 // bytes of one post of articles

// New makes the API.
func New(o Options) *API {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	a := &API{o: o, mux: http.NewServeMux()}
	c := huma.DefaultConfig("Reportedly", o.Version)
	c.Info.Description = "What is each listed party reported to have done, when, where, according to whom, and which measure was in force. " +
		"Every count and verdict is about reports; nothing here says that they are true."
	c.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token":   {Type: "http", Scheme: "bearer", Description: "an API token, made under Account or by 'reportedly users token'"},
		"session": {Type: "apiKey", In: "cookie", Name: o.Accounts.CookieName()},
	}
	c.Security = []map[string][]string{{"token": {}}, {"session": {}}}
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", "" // we serve the document ourselves, pages need no third party
	c.CreateHooks = nil                                   // no $schema fields in answers
	a.huma = humago.New(a.mux, c)
	a.routesOfCases()
	a.routesOfArticles()
	a.routesOfLists()
	a.routesOfFollowing()
	a.routesOfOperations()
	windows(c.Components.Schemas)
	a.raw("GET", "/openapi.json", auth.Public, a.document, false)
	a.raw("GET", "/events", auth.Read, a.events, true)
	return a
}

// windows describes calendar.Window as it writes itself: with small letters,
// and as null where it is unknown. huma sees only the fields of the type.
func windows(schemas huma.Registry) {
	w := schemas.Map()["CalendarWindow"]
	if w == nil {
		return
	}
	text := &huma.Schema{Type: huma.TypeString}
	w.Nullable, w.Required = true, []string{"earliest", "latest"}
	w.Properties = map[string]*huma.Schema{"earliest": text, "latest": text, "precision": text}
	w.PrecomputeMessages()
}

// schemaName keeps types of the same name in different packages apart.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	path := t.PkgPath()
	if path == "" || strings.HasSuffix(path, "/serve/api") || strings.Contains(path, "danielgtaylor") {
		return name
	}
	pkg := path[strings.LastIndex(path, "/")+1:]
	return strings.ToUpper(pkg[:1]) + pkg[1:] + name
}

// Routes implements auth.Part.
func (a *API) Routes() []auth.Route { return a.routes }

// Refuse answers in the form of all other errors.
func (a *API) Refuse(w http.ResponseWriter, _ *http.Request, status int) {
	text := "your role or the scopes of the token do not reach this"
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
		text = "sign in, or send a token: Authorization: Bearer ..."
	}
	writeProblem(w, status, text)
}

func writeProblem(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(huma.ErrorModel{Title: http.StatusText(status), Status: status, Detail: text}) // the client may be gone
}

// operation registers a typed operation with the permission it needs.
func operation[I, O any](a *API, op huma.Operation, needs auth.Permission, f func(context.Context, *I) (*O, error)) {
	op.Path = Prefix + op.Path
	op.Errors = append(op.Errors, http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusInternalServerError)
	op.Extensions = map[string]any{"x-permission": needs}
	op.SkipValidateParams = false
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := f(ctx, in)
		return out, a.told(ctx, err)
	})
	h := http.Handler(a.mux)
	if op.Method == http.MethodGet {
		h = tagged(h)
	}
	if op.Method == http.MethodPost {
		h = a.once(h)
	}
	a.routes = append(a.routes, auth.Route{Pattern: op.Method + " " + op.Path, Needs: needs, Handler: h, MaxBody: op.MaxBodyBytes})
}

// raw registers a handler beside the typed ones.
func (a *API) raw(method, path string, needs auth.Permission, f http.HandlerFunc, long bool) {
	a.routes = append(a.routes, auth.Route{Pattern: method + " " + Prefix + path, Needs: needs, Handler: f, Long: long})
}

// told turns an error into one with a status. What is our own fault is logged
// and not told.
func (a *API) told(ctx context.Context, err error) error {
	var own huma.StatusError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &own):
		return own
	case errors.Is(err, store.ErrNotFound):
		return huma.Error404NotFound("it is not in the store")
	case errors.Is(err, store.ErrTaken):
		return huma.Error409Conflict(store.ErrTaken.Error())
	case errors.Is(err, pipeline.ErrNoLists):
		return huma.Error409Conflict("there are no lists yet; load some first")
	case errors.Is(err, auth.ErrDenied):
		return huma.Error403Forbidden(err.Error())
	case errors.Is(err, auth.ErrWeak), errors.Is(err, auth.ErrInvalid), errors.Is(err, auth.ErrLastAdministrator):
		return huma.Error422UnprocessableEntity(err.Error())
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return huma.Error503ServiceUnavailable("it took too long")
	}
	a.o.Log.ErrorContext(ctx, "api", "request", guard.RequestID(ctx), "error", err)
	return huma.Error500InternalServerError("something failed here; the log has it under " + guard.RequestID(ctx))
}

// log writes an entry into the audit log.
func (a *API) log(ctx context.Context, action, object string, detail map[string]string) error {
	_, err := a.o.Audit.Append(ctx, audit.Entry{Time: a.o.Now(), Actor: auth.From(ctx).Actor(), Action: action, Object: object, Detail: detail, Request: guard.RequestID(ctx)})
	return err
}

func (a *API) document(w http.ResponseWriter, _ *http.Request) {
	b, err := json.Marshal(a.huma.OpenAPI())
	if err != nil {
		writeProblem(w, http.StatusInternalServerError, "the document could not be written")
		return
	}
	w.Header().Set("Content-Type", "application/openapi+json")
	_, _ = w.Write(b) // the client may be gone
}

// kept holds an answer back.
type kept struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (k *kept) WriteHeader(status int) {
	if k.status == 0 {
		k.status = status
	}
}

func (k *kept) Write(b []byte) (int, error) {
	k.WriteHeader(http.StatusOK)
	return k.body.Write(b)
}

// send passes the answer on.
func (k *kept) send() {
	if k.status == 0 {
		k.status = http.StatusOK
	}
	k.ResponseWriter.WriteHeader(k.status)
	_, _ = k.ResponseWriter.Write(k.body.Bytes()) // the client may be gone
}

// tagged gives answers an ETag of their bytes and answers 304 where the client
// has them already.
func tagged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		k := &kept{ResponseWriter: w}
		next.ServeHTTP(k, r)
		if k.status == http.StatusOK {
			sum := sha256.Sum256(k.body.Bytes())
			tag := `"` + hex.EncodeToString(sum[:12]) + `"`
			w.Header().Set("ETag", tag)
			for _, have := range strings.Split(r.Header.Get("If-None-Match"), ",") {
				if have = strings.TrimPrefix(strings.TrimSpace(have), "W/"); have == tag || have == "*" {
					w.Header().Del("Content-Type")
					w.WriteHeader(http.StatusNotModified)
					return
				}
			}
		}
		k.send()
	})
}

// Page is how lists are asked for.
type Page struct {
	Limit  int `query:"limit" default:"50" minimum:"1" maximum:"500" doc:"how many at most"`
	Offset int `query:"offset" default:"0" minimum:"0" maximum:"10000000" doc:"how many to leave out first"`
}

// next gives the Link header of the page after (RFC 8288), "" at the end.
func (p Page) next(path string, total int) string {
	if p.Offset+p.Limit >= total {
		return ""
	}
	return fmt.Sprintf(`<%s%s?limit=%d&offset=%d>; rel="next"`, Prefix, path, p.Limit, p.Offset+p.Limit)
}
