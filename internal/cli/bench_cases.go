package cli

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/eval/newsworld"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/pipeline/casebook"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/store/tables"
)

// casesBench holds the figures of bench cases. CPU seconds are those of the
// whole process.
type casesBench struct {
	Articles  int     `json:"articles"`
	Claims    int     `json:"claims"`
	Parties   int     `json:"parties"`
	SaveCPU   float64 `json:"save_cpu_s"`   // articles and readings into the store
	CopiesCPU float64 `json:"copies_cpu_s"` // all of them compared
	CasesCPU  float64 `json:"cases_cpu_s"`  // all cases built from the store and kept
	CasesS    float64 `json:"cases_s"`
	Cases     int     `json:"cases"`
	Added     int     `json:"added"` // one by one: kept, compared, cases brought up to date
	AddP50    float64 `json:"add_p50_ms"`
	AddP95    float64 `json:"add_p95_ms"`
	AddCPU    float64 `json:"add_cpu_ms_mean"`
	Told      int     `json:"added_with_claims"`
	ToldP50   float64 `json:"with_claims_p50_ms"`
	ToldP95   float64 `json:"with_claims_p95_ms"`
	ToldCPU   float64 `json:"with_claims_cpu_ms_mean"`
	RSS       float64 `json:"rss_mb"`
	StoreMB   float64 `json:"store_mb"`
}

type casesBenchOptions struct {
	n, add, parties int
	naming          float64
	profile         string
}

func (a *app) benchCasesCommand() *cobra.Command {
	var o casesBenchOptions
	cmd := &cobra.Command{
		Use:   "cases",
		Short: "Building all cases of a store, and adding articles one by one to a large one",
		Long: `Fills a store of its own with made-up articles, already read, looks for copies
among them and builds their cases; then adds articles one by one, each with all
that follows from it: kept, compared with all others, and the cases it touches
built and kept. Reading texts is not part of it (bench pipeline measures that).`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			r, err := a.benchCases(c.Context(), o)
			if err != nil {
				return err
			}
			return a.printResult(r, false)
		},
	}
	cmd.Flags().IntVar(&o.n, "n", 1_000_000, "articles in the store")
	cmd.Flags().IntVar(&o.add, "add", 400, "articles added one by one")
	cmd.Flags().IntVar(&o.parties, "parties", 2000, "listed parties that are met, a few of them in most articles")
	cmd.Flags().Float64Var(&o.naming, "naming", 0.07, "share of the stories that name one of them")
	cmd.Flags().StringVar(&o.profile, "cpuprofile", "", "write a profile of building cases and of adding one by one")
	return cmd
}

// growth is what bench cases works with.
type growth struct {
	st     *tables.DB
	basis  *casebook.Basis
	keeper *casebook.Keeper
	world  *newsworld.World
	now    time.Time
	claims int
}

func (a *app) benchCases(ctx context.Context, o casesBenchOptions) (casesBench, error) {
	out := casesBench{Articles: o.n, Parties: o.parties}
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(copiesMemory))
	st, done, err := benchStore(ctx)
	if err != nil {
		return out, err
	}
	defer done()
	law, err := measures.Embedded()
	if err != nil {
		return out, err
	}
	g := &growth{st: st, keeper: casebook.New(st), now: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}
	g.world = newsworld.New(newsworld.Options{Parties: o.parties, Outlets: 400, Naming: o.naming, Every: copiesSpan / time.Duration(max(o.n, 1)), Sentence: 20, Seed: 1})
	g.basis = &casebook.Basis{Parties: g.world.Parties, Sources: sources.Default(), Law: law, Lists: []string{"inv"}, Key: "bench", Program: Version, Rules: 1}
	u := takeUsage()
	bar := a.newBar("articles", o.n)
	if err := g.fill(ctx, o.n, bar.add); err != nil {
		return out, err
	}
	bar.done()
	_, out.SaveCPU = u.since()
	out.Claims = g.claims
	if err := g.copies(ctx, a, o.n, &out); err != nil {
		return out, err
	}
	stop, err := startProfile(o.profile)
	if err != nil {
		return out, err
	}
	err = g.buildAll(ctx, &out)
	if err == nil {
		err = g.addAll(ctx, o.add, &out)
	}
	stop()
	out.RSS = residentMB()
	out.StoreMB = fileMB(st.Path())
	return out, err
}

// fill keeps articles and readings, many in one transaction.
func (g *growth) fill(ctx context.Context, n int, step func(int)) error {
	const together = 1000
	for left := n; left > 0; left -= together {
		if err := ctx.Err(); err != nil {
			return err
		}
		k := min(left, together)
		pieces := make([]newsworld.Piece, k)
		for i := range pieces {
			pieces[i] = g.world.Next()
			g.claims += len(pieces[i].Claims)
		}
		g.now = g.now.Add(time.Second)
		err := g.st.Together(ctx, func(ctx context.Context) error {
			for _, p := range pieces {
				if err := g.save(ctx, p); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		step(k)
	}
	return nil
}

func (g *growth) save(ctx context.Context, p newsworld.Piece) error {
	if err := g.st.SaveArticle(ctx, p.Article, g.now); err != nil {
		return err
	}
	return g.st.SaveReading(ctx, store.Reading{Key: p.Article.ID, Article: p.Article.ID, Lists: g.basis.Key, Program: Version, Mentions: p.Mentions, Claims: p.Claims}, g.now)
}

func (g *growth) copies(ctx context.Context, a *app, n int, out *casesBench) error {
	bar := a.newBar("copies", n)
	g.keeper.Progress = func(stage string, k int) {
		if stage == "copies" {
			bar.add(k)
		}
	}
	u := takeUsage()
	if err := g.keeper.Copies(ctx, g.basis, g.now); err != nil {
		return err
	}
	bar.done()
	_, out.CopiesCPU = u.since()
	return nil
}

func (g *growth) buildAll(ctx context.Context, out *casesBench) error {
	u := takeUsage()
	ch, err := g.keeper.Bring(ctx, g.basis, g.now)
	out.CasesS, out.CasesCPU = u.since()
	out.Cases = ch.New
	return err
}

func (g *growth) addAll(ctx context.Context, n int, out *casesBench) error {
	var all, told []float64
	var cpu, toldCPU float64
	for range n {
		p := g.world.Next()
		g.now = g.now.Add(time.Second)
		u := takeUsage()
		err := g.save(ctx, p)
		if err == nil {
			_, err = g.keeper.Bring(ctx, g.basis, g.now)
		}
		wall, busy := u.since()
		if err != nil {
			return fmt.Errorf("article %s: %w", p.Article.ID, err)
		}
		all, cpu = append(all, 1000*wall), cpu+1000*busy
		if len(p.Claims) > 0 {
			told, toldCPU = append(told, 1000*wall), toldCPU+1000*busy
		}
	}
	slices.Sort(all)
	slices.Sort(told)
	at := func(ms []float64, share float64) float64 {
		if len(ms) == 0 {
			return 0
		}
		return ms[min(len(ms)-1, int(share*float64(len(ms))))]
	}
	out.Added, out.AddP50, out.AddP95, out.AddCPU = len(all), at(all, 0.5), at(all, 0.95), cpu/float64(max(1, len(all)))
	out.Told, out.ToldP50, out.ToldP95, out.ToldCPU = len(told), at(told, 0.5), at(told, 0.95), toldCPU/float64(max(1, len(told)))
	return nil
}
