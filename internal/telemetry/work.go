package telemetry

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Figure is one value of a worker or of what waits for it; Label names the
// stream, "" where the figure is of none.
type Figure struct {
	Name, Help, Label string
	Value             float64
}

// Work answers Prometheus with the figures that ask gives each time, and those
// of the process.
func Work(version string, ask func(context.Context) ([]Figure, error)) http.Handler {
	reg := prometheus.NewRegistry()
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "reportedly_build_info", Help: "1, with the version of the program."}, []string{"version"})
	build.WithLabelValues(version).Set(1)
	reg.MustRegister(build, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &workCollector{ask: ask})
	return promhttp.HandlerFor(reg, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}

type workCollector struct {
	mu  sync.Mutex // one question at a time
	ask func(context.Context) ([]Figure, error)
}

// Describe implements prometheus.Collector: nothing is known beforehand.
func (c *workCollector) Describe(chan<- *prometheus.Desc) {}

// Collect implements prometheus.Collector.
func (c *workCollector) Collect(ch chan<- prometheus.Metric) {
	c.mu.Lock()
	defer c.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	fs, err := c.ask(ctx)
	if err != nil {
		ch <- prometheus.NewInvalidMetric(desc("worker", "Figures of the worker."), err)
		return
	}
	for _, f := range fs {
		kind := prometheus.GaugeValue
		if len(f.Name) > 6 && f.Name[len(f.Name)-6:] == "_total" {
			kind = prometheus.CounterValue
		}
		if f.Label == "" {
			ch <- prometheus.MustNewConstMetric(desc(f.Name, f.Help), kind, f.Value)
			continue
		}
		ch <- prometheus.MustNewConstMetric(desc(f.Name, f.Help, "stream"), kind, f.Value, f.Label)
	}
}
