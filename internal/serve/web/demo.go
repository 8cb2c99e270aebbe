package web

import (
	"context"
	"fmt"
	"net/http"
	"os"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/demo"
	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/web/jobs"
	"github.com/reportedly/reportedly/internal/serve/web/words"
	"github.com/reportedly/reportedly/internal/story"
)

// loadDemo reads the embedded lists and articles into the store.
func (p *Pages) loadDemo(w http.ResponseWriter, r *http.Request) (string, page, error) {
	j := p.jobs.OfKind(demoJob)
	if j == nil {
		j = p.jobs.Start("Reading the demonstration data", demoJob, auth.From(r.Context()), p.demo)
	}
	http.Redirect(w, r, "/jobs/"+j.ID, http.StatusSeeOther)
	return "", page{}, nil
}

func (p *Pages) demo(ctx context.Context, j *jobs.Job) error {
	dir, files, err := demo.Lay("")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	j.At(0, 3, "lists")
	var inputs []snapshot.Input
	for _, f := range files.Lists {
		inputs = append(inputs, snapshot.Path(f))
	}
	found := func(f story.Finding) { j.Tell(jobs.Line{Bad: true, Text: f.String()}) }
	err = pipeline.ImportLists(ctx, p.st, inputs, lists.Options{}, p.o.Now(), func(i pipeline.Imported) {
		j.Tell(jobs.Line{Text: fmt.Sprintf("list %s: %d entries", i.Edition.List, i.Edition.Entries), Link: "/lists/" + i.Edition.List})
	}, found)
	if err != nil {
		return err
	}
	know, _, err := p.known.now(ctx)
	if err != nil {
		return err
	}
	j.At(1, 3, "articles")
	n, err := p.scan(ctx, know, files.Articles, found)
	if err != nil {
		return err
	}
	j.Tell(jobs.Line{Text: words.Plural(n, "article", "articles") + " read"})
	j.At(2, 3, "cases")
	ch, err := pipeline.BuildCases(ctx, p.st, know, p.o.Program, p.o.Now())
	if err != nil {
		return err
	}
	j.At(3, 3, "done")
	j.Tell(jobs.Line{Text: words.Plural(ch.New, "case", "cases") + " in the inbox", Link: "/"})
	return nil
}

// scan reads a file of articles into the store.
func (p *Pages) scan(ctx context.Context, know *pipeline.Knowledge, file string, found func(story.Finding)) (n int, err error) {
	read, err := pipeline.NewReader(know, p.o.Program)
	if err != nil {
		return 0, err
	}
	items := articles.Open(file, nil, articles.Options{Retrieved: p.o.Now(), Method: "embedded"})
	err = pipeline.ScanInto(ctx, p.st, items, read, pipeline.ScanOptions{}, p.o.Now, func(s pipeline.Scanned) {
		if s.Finding != nil {
			found(*s.Finding)
			return
		}
		n++
	})
	return n, err
}
