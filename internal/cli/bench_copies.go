package cli

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/eval/copieseval"
	"github.com/reportedly/reportedly/internal/pipeline/casebook"
	"github.com/reportedly/reportedly/internal/story"
)

// copiesBench holds the figures of bench copies. Rates are of the last tenth,
// when the index is full; CPU seconds are those of the whole process.
type copiesBench struct {
	Articles  int     `json:"articles"`
	Words     float64 `json:"words_mean"`
	PerCPU    float64 `json:"articles_per_cpu_s"`
	PerS      float64 `json:"articles_per_s"`
	AllPerCPU float64 `json:"articles_per_cpu_s_all"`
	AddP50    float64 `json:"add_p50_ms"` // one article, its print committed
	AddP99    float64 `json:"add_p99_ms"`
	RSS       float64 `json:"rss_mb"`
	IndexMB   float64 `json:"index_mb"`
	StoreMB   float64 `json:"store_mb"`
	Planted   int     `json:"planted"`
	Recall    float64 `json:"planted_recall"`
	Edges     int     `json:"edges"`
	RestoreS  float64 `json:"restore_cpu_s"` // the index made again from the prints of the store
}

type copiesBenchOptions struct {
	n, words int
	restore  bool
	profile  string
}

func (a *app) benchCopiesCommand() *cobra.Command {
	var o copiesBenchOptions
	cmd := &cobra.Command{
		Use:   "copies ARTICLES...",
		Short: "Articles a second that are searched for copies, latency of one, memory",
		Long: `Makes articles from the texts given (half of all words replaced; every eighth a
copy of an earlier one), adds them to an index of copies whose prints lie in a
store of its own, and measures with the index full.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			r, err := a.benchCopies(c.Context(), args, o)
			if err != nil {
				return err
			}
			return a.printResult(r, false)
		},
	}
	cmd.Flags().IntVar(&o.n, "n", 1_000_000, "articles in the index")
	cmd.Flags().IntVar(&o.words, "words", 400, "cut texts at so many words")
	cmd.Flags().StringVar(&o.profile, "cpuprofile", "", "write a profile of filling the index")
	cmd.Flags().BoolVar(&o.restore, "restore", false, "also measure making the index again from the store")
	return cmd
}

// copiesMemory is a soft limit: the table of postings is most of the memory, and
// the collector would else let as much garbage lie beside it.
const copiesMemory = 1800 << 20

// copiesSpan is the time over which the articles are spread.
const copiesSpan = 3 * 365 * 24 * time.Hour

func (a *app) benchCopies(ctx context.Context, files []string, o copiesBenchOptions) (copiesBench, error) {
	var out copiesBench
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(copiesMemory))
	var texts []string
	for _, f := range files {
		for it := range articles.Open(f, a.In, articles.Options{}) {
			if it.Finding == nil {
				texts = append(texts, it.Article.Text)
			}
		}
	}
	stream := copieseval.NewStream(texts, o.n, o.words, copiesSpan, 1)
	if stream.Texts() == 0 {
		return out, usagef("no text of sixty words or more in %s", strings.Join(files, ", "))
	}
	st, done, err := benchStore(ctx)
	if err != nil {
		return out, err
	}
	defer done()
	shelf := casebook.NewPrintShelf(ctx, st, 512)
	m := copiesMeasure{x: echoes.NewIndex(echoes.Options{Shelf: shelf, Forget: true}), stream: stream, shelf: shelf}
	bar := a.newBar("articles", o.n)
	stop, err := startProfile(o.profile)
	if err != nil {
		return out, err
	}
	err = m.fill(ctx, o.n, bar.add)
	stop()
	if err != nil {
		return out, err
	}
	bar.done()
	times, err := m.single(500)
	if err != nil {
		return out, err
	}
	last := m.rates[len(m.rates)*9/10:]
	out = copiesBench{Articles: m.x.Len(), Words: float64(m.words) / float64(m.n), PerCPU: rate(last, true), PerS: rate(last, false), AllPerCPU: rate(m.rates, true),
		AddP50: times[len(times)/2], AddP99: times[len(times)*99/100], RSS: residentMB(), IndexMB: float64(m.x.Bytes()) / (1 << 20),
		Planted: len(stream.Planted), Recall: float64(m.found) / float64(max(1, len(stream.Planted))), Edges: m.edges}
	out.StoreMB = fileMB(st.Path())
	if o.restore {
		u := takeUsage()
		if _, err := casebook.RestoreIndex(ctx, st, echoes.Options{Shelf: shelf}); err != nil {
			return out, err
		}
		_, out.RestoreS = u.since()
	}
	return out, nil
}

// copiesMeasure fills an index and keeps what it saw.
type copiesMeasure struct {
	x                      *echoes.Index
	stream                 *copieseval.Stream
	shelf                  *casebook.PrintShelf
	rates                  []copiesRate
	n, words, found, edges int
}

type copiesRate struct {
	n         int
	wall, cpu float64
}

// fill adds n articles in portions; making the texts is not measured.
func (m *copiesMeasure) fill(ctx context.Context, n int, step func(int)) error {
	const portion = 2000
	for m.n < n {
		if err := ctx.Err(); err != nil {
			return err
		}
		batch := m.portion(min(portion, n-m.n))
		u := takeUsage()
		for _, a := range batch {
			es, err := m.x.Add(a)
			if err != nil {
				return err
			}
			m.note(es)
		}
		wall, cpu := u.since()
		m.rates = append(m.rates, copiesRate{len(batch), wall, cpu})
		step(len(batch))
	}
	return m.shelf.Flush()
}

func (m *copiesMeasure) note(es []echoes.Tie) {
	m.edges += len(es)
	for _, e := range es {
		if m.stream.Planted[e.Copy] == e.Of && e.Relation.IsCopy() {
			m.found++
		}
	}
}

// single times articles that come one by one, in milliseconds, sorted.
func (m *copiesMeasure) single(n int) ([]float64, error) {
	var out []float64
	for _, a := range m.portion(n) {
		t := time.Now()
		es, err := m.x.Add(a)
		if err == nil {
			err = m.shelf.Flush()
		}
		if err != nil {
			return nil, fmt.Errorf("article %s: %w", a.ID, err)
		}
		out = append(out, float64(time.Since(t).Microseconds())/1000)
		m.note(es)
	}
	slices.Sort(out)
	return out, nil
}

func (m *copiesMeasure) portion(n int) []story.Article {
	batch := make([]story.Article, n)
	for i := range batch {
		batch[i] = m.stream.Next()
		m.words += len(strings.Fields(batch[i].Text))
	}
	m.n += n
	return batch
}

func rate(rs []copiesRate, cpu bool) float64 {
	n, s := 0, 0.0
	for _, r := range rs {
		n += r.n
		if cpu {
			s += r.cpu
		} else {
			s += r.wall
		}
	}
	if s == 0 {
		return 0
	}
	return float64(n) / s
}
