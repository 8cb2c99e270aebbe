package cli

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/lists/catalogue"
	"github.com/reportedly/reportedly/internal/serve"
	"github.com/reportedly/reportedly/internal/serve/api"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/newsdesk"
	"github.com/reportedly/reportedly/internal/serve/web"
	"github.com/reportedly/reportedly/internal/serve/yente"
	"github.com/reportedly/reportedly/internal/store/tables"
)

func (a *app) serveCommand() *cobra.Command {
	var listen string
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
			return a.runServe(c.Context())
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8484", "host:port, also the setting serve.listen")
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
	log, _, err := a.auditLog(st)
	if err != nil {
		return err
	}
	who := auth.New(auth.Options{Keep: st, Audit: log, Secure: a.cfg.Serve.TLSCert != "" || a.cfg.Serve.TLSAuto || a.cfg.Serve.BehindProxy})
	screens := yente.New(Version, yente.Limits{})
	desk := newsdesk.New(st, Version, time.Now)
	pages, err := a.newPages(st, who, log, desk)
	if err != nil {
		return err
	}
	programs := api.New(api.Options{Store: st, Desk: desk, Accounts: who, Audit: log, Version: Version, Log: a.logger()})
	s, err := a.newServer(st, who, pages, screens, programs)
	if err != nil {
		return err
	}
	if err := a.tellSetup(ctx, who, s.URL()); err != nil {
		return err
	}
	var jobs sync.WaitGroup
	defer jobs.Wait()
	defer stop() // jobs end before the store is closed
	jobs.Go(func() {
		screens.Follow(ctx, screened{st: st, files: a.cfg.Lists, found: (&told{a: a}).finding}, 10*time.Second, a.logger())
	})
	jobs.Go(func() { programs.Deliver(ctx, &http.Client{}) })
	if err := a.printf("Reportedly serves on %s (stop with Ctrl-C)\n", s.URL()); err != nil {
		return err
	}
	return s.Run(ctx)
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

// newServer joins the parts of the service.
func (a *app) newServer(st *tables.DB, who *auth.Service, pages *web.Pages, screens *yente.Handler, programs *api.API) (*serve.Server, error) {
	cert, err := a.certificates()
	if err != nil {
		return nil, err
	}
	c := a.cfg.Serve
	return serve.New(serve.Options{
		Listen: c.Listen, Hosts: c.Hosts, TLS: cert, BehindProxy: c.BehindProxy, Log: a.logger(), Identify: who.Identify, Refuse: pages.Refuse,
		Parts: []serve.Part{
			serve.Health{Version: Version, Ready: func(ctx context.Context) error {
				_, err := st.Editions(ctx, "", time.Time{})
				return err
			}},
			screens,
			programs,
			pages,
		},
	})
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

func (a *app) certificates() (*tls.Config, error) {
	c := a.cfg.Serve
	if c.TLSCert == "" && c.TLSKey == "" {
		return nil, nil
	}
	pair, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
	if err != nil {
		return nil, usagef("serve: certificate: %v", err)
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}, nil
}
