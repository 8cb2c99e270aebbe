package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/nats-io/nats.go"
	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/store/tables"
	"github.com/reportedly/reportedly/internal/stream"
	"github.com/reportedly/reportedly/internal/stream/broker"
	"github.com/reportedly/reportedly/internal/telemetry"
)

type workerOptions struct {
	embedded, noCases, drain bool
	listen, metrics          string
	read                     int
}

func (a *app) workerCommand() *cobra.Command {
	var o workerOptions
	cmd := &cobra.Command{
		Use:   "worker",
		Short: "Take part in the work of many processes: read articles that are handed in, build cases",
		Long: `Joins the broker that the setting stream.url names (NATS with JetStream), or
runs one itself (--embedded), reads the articles that 'submit' and 'watch
--submit' hand in, and builds cases, until it is stopped. All workers share the
store that --db names. It may be killed at any moment.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.runWorker(c.Context(), o) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.embedded, "embedded", false, "run a broker in this process; others join it at --listen")
	f.StringVar(&o.listen, "listen", "127.0.0.1:4222", "host:port of the embedded broker, \"\" = nobody joins")
	f.IntVar(&o.read, "read", 0, "articles read side by side; -1: none (default: the setting workers, else one a core)")
	f.BoolVar(&o.noCases, "no-cases", false, "leave building cases to other workers")
	f.StringVar(&o.metrics, "metrics", "", "host:port on this machine that answers Prometheus")
	f.BoolVar(&o.drain, "drain", false, "end when nothing is left to do")
	status := &cobra.Command{Use: "status", Short: "Backlog, lag and workers", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error { return a.workerStatus(c.Context()) }}
	aside := &cobra.Command{Use: "aside", Short: "What could not be done, with its error", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error { return a.workerAside(c.Context()) }}
	replay := &cobra.Command{Use: "replay [NUMBER...]", Short: "Give what was set aside back to the workers (default: all)", RunE: func(c *cobra.Command, args []string) error { return a.workerReplay(c.Context(), args) }}
	var force bool
	raise := &cobra.Command{Use: "lists", Short: "Which version of the lists all read by; --force: these ones from now on", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error { return a.workerLists(c.Context(), force) }}
	raise.Flags().BoolVar(&force, "force", false, "make the lists and sources of this call the ones that count; everything is read again")
	cmd.AddCommand(status, aside, replay, raise)
	return cmd
}

// exchange joins the broker of the settings.
func (a *app) exchange(ctx context.Context, own *broker.Server) (*stream.Exchange, error) {
	c := a.cfg.Stream
	o := stream.Options{URL: c.URL, Credentials: c.Credentials, Prefix: c.Prefix, Replicas: c.Replicas, Partitions: c.Partitions, Log: a.logger()}
	if own != nil {
		o.Via = own.Via()
		return stream.Connect(ctx, o)
	}
	u, err := url.Parse(c.URL)
	if err != nil || u.Host == "" {
		return nil, usagef("stream.url: this is no address such as nats://host:4222")
	}
	if _, _, err := a.brokerPassword(u); err != nil {
		return nil, err
	}
	if u.User == nil {
		// Asked at every connection: the embedded broker may be about to make it.
		o.Via = append(o.Via, nats.IgnoreAuthErrorAbort(), nats.UserInfoHandler(func() (string, string) {
			user, word, _ := a.brokerPassword(u)
			return user, word
		}))
	}
	try, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	x, err := stream.Connect(try, o)
	if err != nil && ctx.Err() == nil {
		return nil, fmt.Errorf("no broker answers at %s; 'reportedly worker --embedded' runs one: %w", u.Redacted(), err)
	}
	return x, err
}

// brokerPassword gives user and password: those of the file that the settings
// name or, on this machine, those of the embedded broker's folder.
func (a *app) brokerPassword(u *url.URL) (user, word string, err error) {
	if f := a.cfg.Stream.PasswordFile; f != "" {
		b, err := os.ReadFile(f)
		if err != nil {
			return "", "", usagef("stream.password_file: %v", err)
		}
		user, word, ok := strings.Cut(strings.TrimSpace(string(b)), ":")
		if !ok {
			return "", "", usagef("stream.password_file: it holds no user:password")
		}
		return user, word, nil
	}
	if ip := net.ParseIP(u.Hostname()); u.User == nil && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()) {
		word, err = broker.Password(a.cfg.Stream.Dir, false)
	}
	return broker.User, word, err
}

func (a *app) startBroker(listen string) (*broker.Server, error) {
	o := broker.Options{Dir: a.cfg.Stream.Dir, Listen: listen}
	var err error
	if f := a.cfg.Stream.PasswordFile; f != "" {
		o.User, o.Password, err = a.brokerPassword(&url.URL{})
	} else {
		o.User = broker.User
		o.Password, err = broker.Password(a.cfg.Stream.Dir, true)
	}
	if err != nil {
		return nil, err
	}
	return broker.Start(o)
}

func (a *app) runWorker(ctx context.Context, o workerOptions) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	var own *broker.Server
	if o.embedded {
		if own, err = a.startBroker(o.listen); err != nil {
			return err
		}
		defer own.Stop()
	}
	x, err := a.exchange(ctx, own)
	if err != nil {
		return err
	}
	defer x.Close()
	w := a.newWorker(x, st, o)
	if o.metrics != "" {
		end, err := a.workerMetrics(ctx, o.metrics, x, w, st)
		if err != nil {
			return err
		}
		defer end()
	}
	if o.drain {
		var cancel context.CancelFunc
		ctx, cancel = context.WithCancel(ctx)
		defer cancel()
		go a.whenDrained(ctx, x, st, cancel)
	}
	return w.Run(ctx)
}

func (a *app) newWorker(x *stream.Exchange, st *tables.DB, o workerOptions) *stream.Worker {
	if o.read == 0 {
		o.read = a.cfg.Workers
	}
	return stream.NewWorker(x, stream.WorkerOptions{Store: st, Readers: stream.NewReaders(st, a.readerOf(st), time.Now), Judge: a.judge(st), Whole: true, Now: time.Now,
		Read: o.read, NoCases: o.noCases, Program: Version, MaxArticle: int64(a.cfg.MaxArticleMB) << 20})
}

// judge brings copies and cases up to date with what is due.
func (a *app) judge(st *tables.DB) stream.Judge {
	builder := pipeline.NewBuilder(st)
	return func(ctx context.Context, read *pipeline.Reader, _ []store.Errand) (store.Changes, error) {
		return builder.Build(ctx, read.Known(), Version, time.Now())
	}
}

// whenDrained ends the work once nothing has been left to do for a moment.
func (a *app) whenDrained(ctx context.Context, x *stream.Exchange, st *tables.DB, end func()) {
	for quiet := 0; quiet < 3; {
		select {
		case <-ctx.Done():
			return
		case <-time.After(300 * time.Millisecond):
		}
		idle, err := x.Idle(ctx, st, Version)
		if err == nil && idle {
			quiet++
		} else {
			quiet = 0
		}
	}
	end()
}

// workerMetrics answers Prometheus on this machine.
func (a *app) workerMetrics(ctx context.Context, listen string, x *stream.Exchange, w *stream.Worker, st *tables.DB) (end func(), err error) {
	host, _, err := net.SplitHostPort(listen)
	if ip := net.ParseIP(host); err != nil || !(host == "localhost" || ip != nil && ip.IsLoopback()) {
		return nil, usagef("--metrics: %q is no host:port of this machine", listen)
	}
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return nil, fmt.Errorf("metrics: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", telemetry.Work(Version, func(ctx context.Context) ([]telemetry.Figure, error) { return workFigures(ctx, x, w, st) }))
	s := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = s.Serve(l) }() // ends with Close
	return func() { _ = s.Close() }, nil
}

func workFigures(ctx context.Context, x *stream.Exchange, w *stream.Worker, st *tables.DB) ([]telemetry.Figure, error) {
	s, err := x.Status(ctx, st, time.Now())
	if err != nil {
		return nil, err
	}
	d := w.Done()
	out := []telemetry.Figure{{Name: "worker_articles_read_total", Help: "Articles read by this worker.", Value: float64(d.Read)},
		{Name: "worker_articles_again_total", Help: "Articles handed in that were read already.", Value: float64(d.Again)},
		{Name: "worker_stale_total", Help: "Readings overtaken by newer texts or lists.", Value: float64(d.Stale)},
		{Name: "worker_retried_total", Help: "Tasks put off after an error.", Value: float64(d.Retried)},
		{Name: "worker_aside_total", Help: "Tasks that this worker set aside.", Value: float64(d.Aside)},
		{Name: "worker_builds_total", Help: "Builds of cases.", Value: float64(d.Builds)},
		{Name: "stream_aside", Help: "Tasks that are set aside.", Value: float64(s.Aside)},
		{Name: "stream_lists_version", Help: "Number of the version of the lists.", Value: float64(s.Lists.Number)}}
	for _, b := range s.Streams {
		out = append(out, telemetry.Figure{Name: "stream_waiting", Help: "Tasks given to nobody yet.", Label: b.Name, Value: float64(b.Waiting)},
			telemetry.Figure{Name: "stream_in_hand", Help: "Tasks given to workers and not finished.", Label: b.Name, Value: float64(b.InHand)},
			telemetry.Figure{Name: "stream_lag_seconds", Help: "Age of the oldest task that is not finished.", Label: b.Name, Value: b.Lag.Seconds()})
	}
	return out, nil
}

// withExchange opens store and broker for one question.
func (a *app) withExchange(ctx context.Context, f func(*stream.Exchange, *tables.DB) error) error {
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	x, err := a.exchange(ctx, nil)
	if err != nil {
		return err
	}
	defer x.Close()
	return f(x, st)
}

func (a *app) workerStatus(ctx context.Context) error {
	return a.withExchange(ctx, func(x *stream.Exchange, st *tables.DB) error {
		s, err := x.Status(ctx, st, time.Now())
		if err != nil {
			return err
		}
		if a.json {
			return a.printJSON(s)
		}
		t := a.boxed("stream", "waiting", "in hand", "given again", "lag")
		for _, b := range s.Streams {
			t.AppendRow(table.Row{b.Name, b.Waiting, b.InHand, b.Again, b.Lag.Round(time.Second)})
		}
		t.Render()
		t = a.boxed("worker", "since", "lists", "read", "builds", "set aside")
		for _, w := range s.Workers {
			t.AppendRow(table.Row{w.Worker, minute(w.Since), w.Lists, w.Done.Read, w.Done.Builds, w.Done.Aside})
		}
		t.Render()
		return a.printf("lists: version %d; %d set aside; %d slots of parties to judge\n", s.Lists.Number, s.Aside, s.Due)
	})
}

func (a *app) workerAside(ctx context.Context) error {
	return a.withExchange(ctx, func(x *stream.Exchange, _ *tables.DB) error {
		all, err := x.SetAside(ctx)
		switch {
		case err != nil:
			return err
		case a.json:
			return printLines(a, all)
		case len(all) == 0:
			return a.printf("nothing is set aside\n")
		}
		t := a.boxed("number", "at", "subject", "task", "given", "error")
		for _, s := range all {
			t.AppendRow(table.Row{s.Number, minute(s.At), s.Subject, s.Task[:min(len(s.Task), 80)], s.Deliveries, s.Error})
		}
		t.Render()
		return nil
	})
}

func (a *app) workerReplay(ctx context.Context, args []string) error {
	var numbers []uint64
	for _, s := range args {
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			return usagef("replay: %q is no number that 'worker aside' shows", s)
		}
		numbers = append(numbers, n)
	}
	return a.withExchange(ctx, func(x *stream.Exchange, _ *tables.DB) error {
		n, err := x.Replay(ctx, numbers...)
		if err == nil || n > 0 {
			err = errors.Join(err, a.printf("%d given back to the workers\n", n))
		}
		return err
	})
}

func (a *app) workerLists(ctx context.Context, force bool) error {
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	if force {
		if _, err := stream.NewReaders(st, a.readerOf(st), time.Now).Refresh(ctx, true); err != nil {
			return err
		}
	}
	v, err := st.ListVersion(ctx)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(v)
	}
	return a.printf("version %d of the lists, %d editions\n", v.Number, v.Editions)
}
