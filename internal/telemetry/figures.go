package telemetry

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/reportedly/reportedly/internal/store"
)

// Kept is what the figures are taken from.
type Kept interface {
	store.Lists
	Volume(ctx context.Context) (store.Volume, error)
	Feeds(ctx context.Context) ([]store.Feed, error)
}

// Figures are all metrics of one process.
type Figures struct {
	reg      *prometheus.Registry
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
	stages   *prometheus.HistogramVec
}

// NewFigures makes the metrics. Those of the store are taken when asked for,
// at most once in a minute, since counting takes a moment.
func NewFigures(kept Kept, version string, now func() time.Time) *Figures {
	f := &Figures{
		reg: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "reportedly_http_requests_total",
			Help: "Answers by route and class of status."}, []string{"route", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "reportedly_http_request_seconds",
			Help: "Time of answers by route.", Buckets: []float64{.005, .02, .05, .1, .15, .3, .6, 1, 3, 10, 30}}, []string{"route"}),
		stages: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "reportedly_stage_seconds",
			Help: "Time of a stage of work: reading (a batch of articles), building (all cases).", Buckets: prometheus.ExponentialBuckets(.01, 3, 10)}, []string{"stage"}),
	}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "reportedly_build_info", Help: "1, with the version of the program."}, []string{"version"})
	build.WithLabelValues(version).Set(1)
	f.reg.MustRegister(f.requests, f.took, f.stages, build, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		&keptCollector{kept: kept, now: now})
	return f
}

// Handler answers Prometheus.
func (f *Figures) Handler() http.Handler {
	return promhttp.HandlerFor(f.reg, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}

// Answered notes an answer; route is the pattern, never the path.
func (f *Figures) Answered(route string, status int, took time.Duration) {
	if route == "" {
		route = "none"
	}
	f.requests.WithLabelValues(route, strconv.Itoa(status/100)+"xx").Inc()
	f.took.WithLabelValues(route).Observe(took.Seconds())
}

// Worked notes the time of a stage of work.
func (f *Figures) Worked(stage string, took time.Duration) {
	f.stages.WithLabelValues(stage).Observe(took.Seconds())
}

// keptCollector reads the figures of the store.
type keptCollector struct {
	kept Kept
	now  func() time.Time

	mu   sync.Mutex
	at   time.Time
	last []prometheus.Metric
}

const countedFor = time.Minute

func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("reportedly_"+name, help, labels, nil)
}

var (
	articlesDesc = desc("articles", "Articles that are kept.")
	mentionsDesc = desc("mentions", "Names found in current readings that may be those of listed parties.")
	claimsDesc   = desc("claims", "Claims in current readings.")
	casesDesc    = desc("cases", "Cases that are known now.", "status")
	engagedDesc  = desc("cases_duty_engaged", "Live cases in which a duty would have been engaged if the reports are accurate.")
	openDesc     = desc("cases_undecided", "Live cases that nobody has decided on.")
	newestDesc   = desc("newest_article_age_seconds", "Since the last article came.")
	feedLagDesc  = desc("feed_lag_seconds", "How long a look at a feed is overdue; 0 = none is due.", "feed")
	feedFailDesc = desc("feed_failures", "Looks at a feed in a row that failed.", "feed")
	feedOpenDesc = desc("feed_items_open", "Items found in a feed that are still to be read.", "feed")
	listAgeDesc  = desc("list_age_seconds", "Since the day that the newest edition of a list speaks of.", "list")
	listTakeDesc = desc("list_taken_age_seconds", "Since the newest edition of a list was taken over.", "list")
)

// Describe implements prometheus.Collector; the lists of a store are not known
// beforehand.
func (c *keptCollector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{articlesDesc, mentionsDesc, claimsDesc, casesDesc, engagedDesc, openDesc, newestDesc, listAgeDesc, listTakeDesc, feedLagDesc, feedFailDesc, feedOpenDesc} {
		ch <- d
	}
}

// Collect implements prometheus.Collector.
func (c *keptCollector) Collect(ch chan<- prometheus.Metric) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last == nil || time.Since(c.at) > countedFor {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		ms, err := c.read(ctx)
		if err != nil {
			ch <- prometheus.NewInvalidMetric(articlesDesc, err)
			return
		}
		c.last, c.at = ms, time.Now()
	}
	for _, m := range c.last {
		ch <- m
	}
}

func (c *keptCollector) read(ctx context.Context) ([]prometheus.Metric, error) {
	v, err := c.kept.Volume(ctx)
	if err != nil {
		return nil, err
	}
	gauge := func(d *prometheus.Desc, n float64, labels ...string) prometheus.Metric {
		return prometheus.MustNewConstMetric(d, prometheus.GaugeValue, n, labels...)
	}
	out := []prometheus.Metric{gauge(articlesDesc, float64(v.Articles)), gauge(mentionsDesc, float64(v.Mentions)), gauge(claimsDesc, float64(v.Claims)),
		gauge(casesDesc, float64(v.Live), "live"), gauge(casesDesc, float64(v.Background), "background"), gauge(engagedDesc, float64(v.Engaged)), gauge(openDesc, float64(v.Undecided))}
	now := c.now()
	if !v.Newest.IsZero() {
		out = append(out, gauge(newestDesc, now.Sub(v.Newest).Seconds()))
	}
	feeds, err := c.kept.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range feeds {
		lag := 0.0
		if !f.Due.IsZero() {
			lag = max(0, now.Sub(f.Due).Seconds())
		}
		out = append(out, gauge(feedLagDesc, lag, f.URL), gauge(feedFailDesc, float64(f.Errors), f.URL), gauge(feedOpenDesc, float64(f.Open), f.URL))
	}
	eds, err := c.kept.Editions(ctx, "", time.Time{})
	if err != nil {
		return nil, err
	}
	taken, spoken := map[string]time.Time{}, map[string]time.Time{}
	for _, e := range eds {
		if e.KnownFrom.After(taken[e.List]) {
			taken[e.List] = e.KnownFrom
		}
		if !e.AsOf.IsZero() && e.AsOf.Time().After(spoken[e.List]) {
			spoken[e.List] = e.AsOf.Time()
		}
	}
	for list, at := range taken {
		out = append(out, gauge(listTakeDesc, now.Sub(at).Seconds(), list))
	}
	for list, at := range spoken {
		out = append(out, gauge(listAgeDesc, now.Sub(at).Seconds(), list))
	}
	return out, nil
}
