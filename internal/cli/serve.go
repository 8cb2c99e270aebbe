package cli

import (
	"context"
	"crypto/tls"
	"log/slog"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/serve"
	"github.com/reportedly/reportedly/internal/serve/yente"
	"github.com/reportedly/reportedly/internal/store/sqlite"
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
	screens := yente.New(Version, yente.Limits{})
	s, err := a.newServer(st, screens)
	if err != nil {
		return err
	}
	var jobs sync.WaitGroup
	defer jobs.Wait()
	defer stop() // jobs end before the store is closed
	jobs.Go(func() {
		screens.Follow(ctx, screened{st: st, files: a.cfg.Lists, found: (&told{a: a}).finding}, 10*time.Second, a.logger())
	})
	if err := a.printf("Reportedly serves on %s (stop with Ctrl-C)\n", s.URL()); err != nil {
		return err
	}
	return s.Run(ctx)
}

// newServer joins the parts of the service.
func (a *app) newServer(st *sqlite.DB, screens *yente.Handler) (*serve.Server, error) {
	cert, err := a.certificates()
	if err != nil {
		return nil, err
	}
	c := a.cfg.Serve
	return serve.New(serve.Options{
		Listen: c.Listen, Hosts: c.Hosts, TLS: cert, BehindProxy: c.BehindProxy, Log: a.logger(),
		Parts: []serve.Part{
			serve.Health{Version: Version, Ready: func(ctx context.Context) error {
				_, err := st.Editions(ctx, "", time.Time{})
				return err
			}},
			screens,
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
