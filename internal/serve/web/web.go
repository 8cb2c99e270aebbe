package web

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/lists/catalogue"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/web/desk"
	"github.com/reportedly/reportedly/internal/serve/web/jobs"
	"github.com/reportedly/reportedly/internal/serve/web/words"
	"github.com/reportedly/reportedly/internal/store"
)

//go:embed static
var staticFiles embed.FS

//go:embed pages/*.html
var pageFiles embed.FS

// Options of the pages.
type Options struct {
	Store   store.Store
	Program string // version, shown at the foot
	Now     func() time.Time
	Log     *slog.Logger
	// Accounts signs people in; without it there are no pages for it.
	Accounts *auth.Service
	// AuditLog takes what people say of cases, and is shown; may be nil.
	AuditLog *audit.Log
	// Rebuild brings the cases up to date after a word; nil = at once, here.
	Rebuild func(context.Context) error
	// Sources are the official lists that can be downloaded.
	Sources []catalogue.Source
	// Folder for what is downloaded and laid out; "" = the system's own.
	Folder string
}

// Pages are the handlers with all they need.
type Pages struct {
	o      Options
	st     store.Store
	desk   desk.Desk
	known  *known
	jobs   *jobs.Jobs
	base   string // "/static/HASH/"
	static http.Handler
	pages  map[string]*template.Template
}

// New parses the templates. It reads nothing from the store.
func New(o Options) (*Pages, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	p := &Pages{o: o, st: o.Store, known: &known{st: o.Store}, jobs: jobs.New(o.Now), pages: map[string]*template.Template{}}
	p.desk = desk.Over(o.Store)
	sub, err := fs.Sub(staticFiles, "static")
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	sum, err := hashOf(sub)
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	p.base = "/static/" + sum + "/"
	p.static = http.StripPrefix(p.base, http.FileServerFS(sub))
	names, err := fs.Glob(pageFiles, "pages/*.html")
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	shared := template.New("").Funcs(words.Funcs(o.Now))
	if shared, err = shared.ParseFS(pageFiles, "pages/_*.html"); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	for _, n := range names {
		name := strings.TrimSuffix(path.Base(n), ".html")
		if strings.HasPrefix(name, "_") {
			continue
		}
		t := template.Must(shared.Clone())
		if t, err = t.ParseFS(pageFiles, n); err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
		p.pages[name] = t
	}
	return p, nil
}

// hashOf names the content of all files, so that browsers may keep them for
// ever.
func hashOf(files fs.FS) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(files, name)
		h.Write([]byte(name))
		h.Write(b)
		return err
	})
	return hex.EncodeToString(h.Sum(nil)[:5]), err
}

// page is what every template gets.
type page struct {
	Title    string
	Section  string // entry of the menu
	Visitor  auth.Identity
	Theme    string // "light", "dark" or "" for the system's
	Base     string // of static files
	Path     string // with the query, to come back to
	RawQuery string
	Find     string // what stands in the search field
	Flash    string // what was just done
	Status   int    // of the answer, 0 = 200
	Refresh  int    // seconds after which a page without scripts asks again
	Program  string
	Counts   desk.Counts
	More     []menuEntry
	Body     any
}

// menuEntry leads to pages that only some may see.
type menuEntry struct{ Path, Name, Section string }

// Gate is a page outside the frame: sign-in and set-up.
func (p page) Gate() bool { return p.Section == "gate" }

// problem is an error with the status and the words that people see.
type problem struct {
	status int
	text   string
	err    error
}

func (e problem) Error() string {
	if e.err != nil {
		return e.text + ": " + e.err.Error()
	}
	return e.text
}

func (e problem) Unwrap() error { return e.err }

func missing(what string) error {
	return problem{status: http.StatusNotFound, text: what + " is not in the store"}
}
func wrong(text string) error { return problem{status: http.StatusBadRequest, text: text} }

// handler gives a page or an error; a page whose name is empty was answered
// already (a redirect, a download).
type handler func(w http.ResponseWriter, r *http.Request) (name string, pg page, err error)

// show runs a handler and renders what it gives.
func (p *Pages) show(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		name, pg, err := h(w, r)
		if err != nil {
			p.fail(w, r, err)
			return
		}
		if name != "" {
			p.render(w, r, cmp.Or(pg.Status, http.StatusOK), name, pg)
		}
	}
}

func (p *Pages) fail(w http.ResponseWriter, r *http.Request, err error) {
	var pb problem
	switch {
	case errors.Is(err, context.Canceled):
		return
	case errors.As(err, &pb):
	case errors.Is(err, store.ErrNotFound):
		pb = problem{status: http.StatusNotFound, text: "this is not in the store"}
	default:
		pb = problem{status: http.StatusInternalServerError, text: "something failed on the server; nothing was changed"}
	}
	if pb.status >= 500 {
		p.o.Log.Error("page", "path", r.URL.Path, "error", err)
	}
	p.render(w, r, pb.status, "problem", page{Title: http.StatusText(pb.status), Body: struct {
		Status int
		Text   string
	}{pb.status, pb.text}})
}

// Refuse tells somebody that they may not: who is not signed in is led to
// where he can, and back again.
func (p *Pages) Refuse(w http.ResponseWriter, r *http.Request, status int) {
	switch {
	case !strings.Contains(r.Header.Get("Accept"), "text/html"): // a program, not a browser
		http.Error(w, http.StatusText(status), status)
	case status == http.StatusUnauthorized && r.Method == http.MethodGet:
		http.Redirect(w, r, "/login?back="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
	case status == http.StatusForbidden:
		p.fail(w, r, problem{status: status, text: "your role does not allow this; an administrator can give you another one"})
	default:
		p.fail(w, r, problem{status: status, text: "sign in first"})
	}
}

func (p *Pages) render(w http.ResponseWriter, r *http.Request, status int, name string, pg page) {
	pg.Visitor, pg.Theme, pg.Base, pg.Path, pg.RawQuery, pg.Program = auth.From(r.Context()), theme(r), p.base, r.URL.RequestURI(), r.URL.RawQuery, p.o.Program
	if pg.Flash == "" {
		pg.Flash = takeFlash(w, r)
	}
	if pg.Visitor.Known() && !pg.Gate() {
		pg.Counts, pg.More = p.counts(r.Context()), p.more(pg.Visitor)
	}
	var b bytes.Buffer
	if err := p.pages[name].ExecuteTemplate(&b, "layout", pg); err != nil {
		p.o.Log.Error("template", "page", name, "error", err)
		http.Error(w, "this page could not be laid out", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(b.Bytes())
}

// more are the pages that the visitor may see beside those for everybody.
func (p *Pages) more(who auth.Identity) (out []menuEntry) {
	if p.o.Accounts != nil && who.May(auth.ManageUsers) {
		out = append(out, menuEntry{"/users", "Users", "users"})
	}
	if p.o.AuditLog != nil && who.May(auth.ReadAudit) {
		out = append(out, menuEntry{"/audit", "Audit log", "audit"})
	}
	return out
}

// counts for the menu; without them the page is still worth showing.
func (p *Pages) counts(ctx context.Context) desk.Counts {
	c, err := p.desk.Counts(ctx)
	if err != nil && ctx.Err() == nil {
		p.o.Log.Error("counts", "error", err)
	}
	return c
}

// Cookies of the pages; neither says who somebody is.
const (
	themeCookie = "theme"
	flashCookie = "flash"
)

func theme(r *http.Request) string {
	if c, err := r.Cookie(themeCookie); err == nil && (c.Value == "light" || c.Value == "dark") {
		return c.Value
	}
	return ""
}

// setTheme keeps the choice for this browser and goes back.
func (p *Pages) setTheme(w http.ResponseWriter, r *http.Request) (string, page, error) {
	v := r.FormValue("theme")
	c := &http.Cookie{Name: themeCookie, Value: v, Path: "/", MaxAge: 400 * 24 * 3600, SameSite: http.SameSiteLaxMode}
	if v != "light" && v != "dark" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
	http.Redirect(w, r, back(r), http.StatusSeeOther)
	return "", page{}, nil
}

// back is the page of ours that a form came from.
func back(r *http.Request) string {
	to := r.FormValue("back")
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\n\r") {
		return "/"
	}
	return to
}

// done goes to a page and says there what was done.
func done(w http.ResponseWriter, r *http.Request, to, said string) (string, page, error) {
	http.SetCookie(w, &http.Cookie{Name: flashCookie, Value: hex.EncodeToString([]byte(said)), Path: "/", MaxAge: 60, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, to, http.StatusSeeOther)
	return "", page{}, nil
}

func takeFlash(w http.ResponseWriter, r *http.Request) string {
	c, err := r.Cookie(flashCookie)
	if err != nil {
		return ""
	}
	http.SetCookie(w, &http.Cookie{Name: flashCookie, Path: "/", MaxAge: -1})
	b, err := hex.DecodeString(c.Value)
	if err != nil || len(b) > 500 {
		return ""
	}
	return string(b)
}

func (p *Pages) serveStatic(w http.ResponseWriter, r *http.Request) {
	if !strings.HasPrefix(r.URL.Path, p.base) {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	p.static.ServeHTTP(w, r)
}
