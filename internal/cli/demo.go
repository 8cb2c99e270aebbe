package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/demo"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/report"
	"github.com/reportedly/reportedly/internal/store/tables"
)

func (a *app) demoCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "See the whole way from lists and articles to case files, offline, in seconds",
		Long: `Lays a small list of real designations, an invented list and a dozen articles in
a new temporary folder, reads them into a store there, and shows the cases: a
table, one case file in full, and a page for the browser. Articles of the outlet
"Demo Digest" retell what was reported in 2015 and 2016; everything else, people,
outlets and list, is invented.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.runDemo(c.Context(), dir) },
	}
	cmd.Flags().StringVar(&dir, "dir", "", "folder to use instead of a new temporary one")
	return cmd
}

func (a *app) runDemo(ctx context.Context, dir string) error {
	started := time.Now()
	dir, files, err := demo.Lay(dir)
	if err != nil {
		return err
	}
	a.cfg.DB = filepath.Join(dir, "reportedly.db")
	if err := a.printf("The demo works in %s\n\n", dir); err != nil {
		return err
	}
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	if err := a.demoLists(ctx, st, files.Lists); err != nil {
		return err
	}
	k, err := pipeline.StoredLists(ctx, st, time.Time{})
	if err != nil {
		return err
	}
	if err := a.scanStored(ctx, st, k, []string{files.Articles}, scanOptions{}, articles.Options{Retrieved: time.Now(), Method: "embedded"}); err != nil {
		return err
	}
	return a.demoShow(ctx, dir, started)
}

func (a *app) demoLists(ctx context.Context, st *tables.DB, paths []string) error {
	inputs, err := listInputs(paths)
	if err != nil {
		return err
	}
	t := &told{a: a}
	var done []pipeline.Imported
	err = pipeline.ImportLists(ctx, st, inputs, lists.Options{}, time.Now(), func(i pipeline.Imported) { done = append(done, i) }, t.finding)
	if err != nil {
		return err
	}
	if err := a.printImported(done); err != nil {
		return err
	}
	return t.err()
}

func (a *app) demoShow(ctx context.Context, dir string, started time.Time) error {
	b, done, err := a.openBook(ctx, caseFilter{background: true})
	if err != nil {
		return err
	}
	defer done()
	files := b.files(b.cases)
	if err := a.printf("\n"); err != nil {
		return err
	}
	if err := report.Table(a.Out, files, a.width()); err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("the demo made no case")
	}
	best := richest(files)
	if err := a.printf("\n"); err != nil {
		return err
	}
	if err := report.Text(a.Out, best, a.width()); err != nil {
		return err
	}
	page := filepath.Join(dir, "cases.html")
	if err := writeFile(page, func(f *os.File) error { return report.HTML(f, pageTitle, files) }); err != nil {
		return err
	}
	return a.printf(`
All case files as one page for the browser: %s
Done in %.1f s. Type next:

  reportedly --db %[3]s cases show %[4]d
  reportedly --db %[3]s screen %[5]q
  reportedly --db %[3]s lists show %[6]s
  reportedly --db %[3]s scan --published 2024-05-06 YOUR-ARTICLE.txt

and with real lists: reportedly lists import FILE..., see README.md.
(From a checkout, 'go run ./cmd/reportedly' stands for 'reportedly'.)
`, page, time.Since(started).Seconds(), a.cfg.DB, best.Number, best.Case.Party.Name, best.Case.Party.ID)
}

// richest picks the live case that most voices speak of, for a first look.
func richest(files []report.File) report.File {
	best, most := files[0], -1
	for _, f := range files {
		n := len(f.Case.Origins)*3 + len(f.Case.Replies)*2 + len(f.Case.Articles)
		if f.Case.Status == cases.Live && n > most {
			best, most = f, n
		}
	}
	return best
}

func writeFile(path string, write func(*os.File) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
