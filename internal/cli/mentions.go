package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/eval/claimseval"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/pipeline"
)

func (a *app) mentionsCommand() *cobra.Command {
	var o scanOptions
	var flush, resume bool
	cmd := &cobra.Command{
		Use:   "mentions PATH...",
		Short: "Find who is named, and nothing else, at full speed; keeps nothing",
		Long: `Finds the listed parties that texts name, in any spelling, with who they may be.
Writes one line of JSON an article with --format jsonl, else a table. With - it
reads JSONL from standard input and, with --flush, answers line by line, so that
a stream processor can run it as a step. With --resume it goes on where an
interrupted run over the same input stopped writing its output file.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.runMentions(c.Context(), args, o, flush, resume) },
	}
	o.addInputFlags(cmd)
	cmd.Flags().StringVar(&o.format, "format", "", "jsonl: one article a line")
	cmd.Flags().StringVarP(&o.output, "output", "o", "", "file to write (default: standard output)")
	cmd.Flags().BoolVar(&flush, "flush", false, "write each line at once")
	cmd.Flags().BoolVar(&resume, "resume", false, "go on behind the last whole line of the output file")
	return cmd
}

func (a *app) runMentions(ctx context.Context, paths []string, o scanOptions, flush, resume bool) error {
	if o.format != "" && o.format != "jsonl" {
		return usagef("--format: %q is not jsonl", o.format)
	}
	if resume && (o.format != "jsonl" || o.output == "" || o.output == "-") {
		return usagef("--resume needs --format jsonl and --output FILE")
	}
	opts, err := o.articles(a)
	if err != nil {
		return err
	}
	if flush && len(paths) == 1 && paths[0] == "-" {
		opts.Format = articles.JSONL
	}
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return err
	}
	out, done, err := a.outputOf(o.output, resume)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	t := &told{a: a}
	b := a.newBar("articles", 0)
	workers := a.cfg.Workers
	if flush {
		workers = 1
	}
	err = pipeline.Name(ctx, skipped(a.open(paths, opts, b), done), k, workers, func(n pipeline.Named) error {
		b.add(1)
		if n.Finding != nil {
			t.finding(*n.Finding)
			return nil
		}
		if err := writeNamed(w, n, o.format == "jsonl" || a.json); err != nil {
			return err
		}
		if flush {
			return w.Flush()
		}
		return nil
	})
	b.done()
	if ferr := w.Flush(); err == nil {
		err = ferr
	}
	if cerr := out.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	return t.err()
}

// outputOf opens the output, for a resumed run behind its last whole line; done
// is the number of lines there.
func (a *app) outputOf(path string, resume bool) (out io.WriteCloser, done int, err error) {
	if !resume {
		out, err = a.create(path)
		return out, 0, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, 0, fmt.Errorf("output: %w", err)
	}
	whole := int64(0)
	r := bufio.NewReaderSize(f, 1<<20)
	for {
		n, end := 0, false
		for !end {
			piece, err := r.ReadSlice('\n')
			n += len(piece)
			if end = err == nil; err != nil && !errors.Is(err, bufio.ErrBufferFull) {
				break
			}
		}
		if !end {
			break
		}
		whole += int64(n)
		done++
	}
	if err = f.Truncate(whole); err == nil {
		_, err = f.Seek(whole, io.SeekStart)
	}
	if err != nil {
		f.Close()
		return nil, 0, fmt.Errorf("output: %w", err)
	}
	return f, done, nil
}

// skipped leaves out the first n articles; what is said of bad ones is said
// again.
func skipped(items iter.Seq[articles.Item], n int) iter.Seq[articles.Item] {
	return func(yield func(articles.Item) bool) {
		for it := range items {
			if it.Finding == nil && n > 0 {
				n--
				continue
			}
			if !yield(it) {
				return
			}
		}
	}
}

// clusterJSON is a bearer of a name with who he may be.
type clusterJSON struct {
	Name       string           `json:"name"`
	Status     mentions.Status  `json:"status"`
	Mentions   []int            `json:"mentions"`
	Hypotheses []hypothesisJSON `json:"hypotheses"`
}

type hypothesisJSON struct {
	Party   string   `json:"party"`
	Name    string   `json:"name"`
	Score   float64  `json:"score"`
	For     []string `json:"for,omitempty"`
	Against []string `json:"against,omitempty"`
}

func writeNamed(w io.Writer, n pipeline.Named, asJSON bool) error {
	if !asJSON {
		return writeNamedText(w, n)
	}
	line := claimseval.FromClaims(n.Article.ID, n.Article.Text, nil, n.Result)
	j, err := json.Marshal(struct {
		ID       string        `json:"id"`
		Mentions any           `json:"mentions"`
		Clusters []clusterJSON `json:"clusters"`
	}{n.Article.ID, line.Mentions, clustersJSON(n.Result)})
	if err != nil {
		return err
	}
	_, err = w.Write(append(j, '\n'))
	return err
}

func clustersJSON(r mentions.Result) []clusterJSON {
	out := []clusterJSON{}
	for _, c := range r.Clusters {
		j := clusterJSON{Name: c.Name, Status: c.Status, Mentions: c.Mentions}
		for _, h := range c.Hypotheses {
			j.Hypotheses = append(j.Hypotheses, hypothesisJSON{h.Party, h.Name, h.Score, texts(h.For), texts(h.Against)})
		}
		out = append(out, j)
	}
	return out
}

func texts(es []mentions.Evidence) []string {
	var out []string
	for _, e := range es {
		out = append(out, e.Text)
	}
	return out
}

func writeNamedText(w io.Writer, n pipeline.Named) error {
	for _, c := range n.Result.Clusters {
		best, _ := c.Best()
		var forms []string
		for _, i := range c.Mentions {
			if t := n.Result.Mentions[i].Text; !slices.Contains(forms, t) {
				forms = append(forms, t)
			}
		}
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%.2f\t%s\n", n.Article.ID, c.Status, best.Party, best.Score, strings.Join(forms, " | ")); err != nil {
			return err
		}
	}
	return nil
}
