package cli

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/crypto/acme/autocert"

	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/config"
	"github.com/reportedly/reportedly/internal/lists/catalogue"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/serve"
	"github.com/reportedly/reportedly/internal/serve/api"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/guard"
	"github.com/reportedly/reportedly/internal/serve/newsdesk"
	"github.com/reportedly/reportedly/internal/serve/web"
	"github.com/reportedly/reportedly/internal/serve/yente"
	"github.com/reportedly/reportedly/internal/store/tables"
	"github.com/reportedly/reportedly/internal/telemetry"
	"github.com/reportedly/reportedly/internal/watch"
)

func (a *app) serveCommand() *cobra.Command {
	var listen string
	var o config.Serve
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show cases to analysts in the browser and answer programs",
		Long: `Opens pages for analysts and an API on this machine, from one process and one
file. The first visit makes the administrator, with a token that is printed
here. Beyond this machine it listens only with TLS.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if c.Flags().Changed("listen") {
				a.cfg.Serve.Listen = listen
			}
			a.cfg.Serve.TLSAuto = a.cfg.Serve.TLSAuto || o.TLSAuto
			a.cfg.Serve.BehindProxy = a.cfg.Serve.BehindProxy || o.BehindProxy
			a.cfg.Serve.Hosts = append(a.cfg.Serve.Hosts, o.Hosts...)
			if o.TLSCert != "" || o.TLSKey != "" {
				a.cfg.Serve.TLSCert, a.cfg.Serve.TLSKey = o.TLSCert, o.TLSKey
			}
			return a.runServe(c.Context())
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8484", "host:port, also the setting serve.listen")
	f := cmd.Flags()
	f.StringVar(&o.TLSCert, "tls-cert", "", "certificate, a PEM file")
	f.StringVar(&o.TLSKey, "tls-key", "", "its key, a PEM file")
	f.BoolVar(&o.TLSAuto, "tls-auto", false, "get certificates for --host by ACME (Let's Encrypt)")
	f.BoolVar(&o.BehindProxy, "behind-proxy", false, "a proxy in front provides TLS")
	f.StringSliceVar(&o.Hosts, "host", nil, "a name by which the service may be asked, beside this machine's own")
	return cmd
}

func (a *app) runServe(ctx context.Context) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	endTraces, err := telemetry.SendTraces(ctx, a.cfg.Serve.OTLP, Version)
	if err != nil {
		return err
	}
	defer func() {
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = endTraces(end) // what could not be sent is lost; the work is not
	}()
	h, err := a.newHouse(st)
	if err != nil {
		return err
	}
	s, err := a.newServer(h)
	if err != nil {
		return err
	}
	if err := a.tellSetup(ctx, h.who, s.URL()); err != nil {
		return err
	}
	var jobs sync.WaitGroup
	defer jobs.Wait()
	defer stop() // jobs end before the store is closed
	jobs.Go(func() {
		h.screens.Follow(ctx, screened{st: st, files: a.cfg.Lists, found: (&told{a: a}).finding}, 10*time.Second, a.logger())
	})
	jobs.Go(func() { h.programs.Deliver(ctx, &http.Client{}) })
	feeds, err := a.newWatcher(ctx, st, nil, h.cases)
	if err != nil {
		return err
	}
	jobs.Go(func() { followOnceAsked(ctx, st, feeds) })
	if err := a.printf("Reportedly serves on %s (stop with Ctrl-C)\n", s.URL()); err != nil {
		return err
	}
	return s.Run(ctx)
}

// followOnceAsked follows feeds from when there are any; without lists and
// feeds there is nothing to read with, and nothing to read.
func followOnceAsked(ctx context.Context, st *tables.DB, w *watch.Watcher) {
	for {
		followed, err := st.Feeds(ctx)
		if err == nil && len(followed) > 0 {
			_ = w.Run(ctx) // it logs what goes wrong and ends with the context
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(10 * time.Second):
		}
	}
}

// house holds the parts of the service.
type house struct {
	st       *tables.DB
	who      *auth.Service
	figures  *telemetry.Figures
	pages    *web.Pages
	programs *api.API
	screens  *yente.Handler
	provider *auth.OIDC // nil = none
	cases    *pipeline.Builder
}

// newHouse makes the parts over an open store.
func (a *app) newHouse(st *tables.DB) (*house, error) {
	log, _, err := a.auditLog(st)
	if err != nil {
		return nil, err
	}
	c := a.cfg.Serve
	h := &house{st: st, figures: telemetry.NewFigures(st, Version, time.Now), screens: yente.New(Version, yente.Limits{}),
		who: auth.New(auth.Options{Keep: st, Audit: log, Secure: c.TLSCert != "" || c.TLSAuto || c.BehindProxy})}
	desk := newsdesk.New(st, Version, time.Now)
	desk.Worked = h.figures.Worked
	h.cases = desk.Builder()
	if h.pages, err = a.newPages(st, h.who, log, desk); err != nil {
		return nil, err
	}
	h.programs = api.New(api.Options{Store: st, Desk: desk, Accounts: h.who, Audit: log, Version: Version, Log: a.logger()})
	if c.OIDC.Issuer == "" {
		return h, nil
	}
	key, err := os.ReadFile(c.OIDC.SecretFile)
	if err != nil {
		return nil, usagef("serve.oidc.secret_file: %v", err)
	}
	h.provider, err = h.who.NewOIDC(auth.Provider{Issuer: c.OIDC.Issuer, ClientID: c.OIDC.ClientID, Secret: strings.TrimSpace(string(key)), BaseURL: c.OIDC.BaseURL, Role: auth.Role(c.OIDC.Role)})
	return h, err
}

// tellSetup shows where the first administrator is made, while there is none.
func (a *app) tellSetup(ctx context.Context, who *auth.Service, url string) error {
	fresh, err := who.NeedsSetup(ctx)
	if err != nil || !fresh {
		return err
	}
	return a.printf("Nobody can sign in yet. Make the administrator at\n  %s/setup?token=%s\n", url, who.SetupToken())
}

// newPages makes the pages for analysts; downloads of lists lie beside the
// store, as those of 'lists update' do.
func (a *app) newPages(st *tables.DB, who *auth.Service, log *audit.Log, desk *newsdesk.Desk) (*web.Pages, error) {
	sources, err := catalogue.Shipped()
	if err != nil {
		return nil, err
	}
	return web.New(web.Options{Store: st, Program: Version, Log: a.logger(), Accounts: who, AuditLog: log, Rebuild: desk.Rebuild, Sources: sources, Folder: filepath.Dir(a.cfg.DB)})
}

// newServer opens the port before the parts.
func (a *app) newServer(h *house) (*serve.Server, error) {
	cert, err := a.certificates()
	if err != nil {
		return nil, err
	}
	ready := func(ctx context.Context) error {
		_, err := h.st.Editions(ctx, "", time.Time{})
		return err
	}
	parts := []serve.Part{serve.Health{Version: Version, Ready: ready, Figures: h.figures.Handler()}, h.screens, h.programs, h.pages}
	if h.provider != nil {
		parts = append(parts, h.provider)
	}
	c := a.cfg.Serve
	return serve.New(serve.Options{Listen: c.Listen, Hosts: c.Hosts, TLS: cert, BehindProxy: c.BehindProxy, Log: a.logger(),
		Identify: h.who.Identify, Refuse: h.pages.Refuse, Guard: guard.Options{Seen: h.figures.Answered}, Parts: parts})
}

// logger writes structured lines to the error stream.
func (a *app) logger() *slog.Logger {
	o := &slog.HandlerOptions{Level: slog.LevelInfo}
	if a.quiet {
		o.Level = slog.LevelWarn
	}
	if a.cfg.Serve.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(a.Err, o))
	}
	return slog.New(slog.NewTextHandler(a.Err, o))
}

// certificates are those of files, or such as an ACME service (Let's Encrypt)
// gives for our own names and nobody else's.
func (a *app) certificates() (*tls.Config, error) {
	c := a.cfg.Serve
	switch {
	case c.TLSAuto && len(c.Hosts) == 0:
		return nil, usagef("serve.tls_auto needs serve.hosts, the names that certificates are for")
	case c.TLSAuto:
		m := &autocert.Manager{Prompt: autocert.AcceptTOS, HostPolicy: autocert.HostWhitelist(c.Hosts...), Cache: autocert.DirCache(filepath.Join(filepath.Dir(a.cfg.DB), "certificates"))}
		conf := m.TLSConfig()
		conf.MinVersion = tls.VersionTLS12
		return conf, nil
	case c.TLSCert == "" && c.TLSKey == "":
		return nil, nil
	}
	pair, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
	if err != nil {
		return nil, usagef("serve: certificate: %v", err)
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}, nil
}
