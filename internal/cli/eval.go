package cli

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/eval/caseseval"
	"github.com/reportedly/reportedly/internal/eval/claimseval"
	"github.com/reportedly/reportedly/internal/eval/copieseval"
	"github.com/reportedly/reportedly/internal/eval/dateseval"
	"github.com/reportedly/reportedly/internal/eval/extracteval"
	"github.com/reportedly/reportedly/internal/eval/measureseval"
	"github.com/reportedly/reportedly/internal/eval/nameseval"
	"github.com/reportedly/reportedly/internal/eval/parseeval"
	"github.com/reportedly/reportedly/internal/eval/placeseval"
	"github.com/reportedly/reportedly/internal/eval/screeningeval"
	"github.com/reportedly/reportedly/internal/eval/speecheval"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/screening"
)

func (a *app) evalCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "eval", Short: "Measure quality against gold data"}
	var misses bool
	cmd.PersistentFlags().BoolVar(&misses, "misses", false, "also tell each miss")
	add := func(use, short string, args cobra.PositionalArgs, run func(context.Context, []string) (any, error)) *cobra.Command {
		c := &cobra.Command{Use: use, Short: short, Args: args, RunE: func(c *cobra.Command, args []string) error {
			result, err := run(c.Context(), args)
			if err != nil {
				return err
			}
			return a.printResult(result, misses)
		}}
		cmd.AddCommand(c)
		return c
	}
	var queries, negatives, language, docs string
	add("names PAIRS.csv", "Compare pairs of names labelled as one or two parties", cobra.ExactArgs(1), oneFile(func(r io.Reader) (any, error) { return nameseval.Eval(r) }))
	c := add("screening", "Find parties by the names that other lists give them", cobra.NoArgs, func(ctx context.Context, _ []string) (any, error) {
		return a.evalScreening(ctx, queries, negatives)
	})
	c.Flags().StringVar(&queries, "queries", "", "CSV with query, reference, kind")
	c.Flags().StringVar(&negatives, "negatives", "", "CSV with a column full_name (default: made of common names by country beside the queries)")
	_ = c.MarkFlagRequired("queries")
	a.addMentionEvals(add)
	add("claims GOLD.jsonl", "Claims read in articles, against gold ones", cobra.ExactArgs(1), a.evalClaims)
	add("cases ARTICLES.jsonl GOLD.json", "Cases built from articles, against gold ones", cobra.ExactArgs(2), a.evalCases)
	add("measures GOLDEN.csv", "Verdicts of the register of measures", cobra.ExactArgs(1), a.evalMeasures)
	add("attribution FILE.jsonl", "Who is said to say what", cobra.ExactArgs(1), oneFile(evalAttribution))
	c = add("times FILE.jsonl", "Time expressions", cobra.ExactArgs(1), oneFile(func(r io.Reader) (any, error) { return dateseval.Measure(r, language, prose.Split) }))
	c.Flags().StringVar(&language, "language", "en", "language of the texts")
	add("places FILE.jsonl", "Names of places and where they are", cobra.ExactArgs(1), oneFile(evalPlaces))
	add("copies FILE.jsonl", "Near-duplicates (pairs) or articles of one event (clusters)", cobra.ExactArgs(1), oneFile(evalCopies))
	add("extract DIR", "Text and date of web pages", cobra.ExactArgs(1), func(_ context.Context, args []string) (any, error) { return extracteval.Measure(args[0]) })
	c = add("parse FILE.conllu", "Tags and trees", cobra.ExactArgs(1), oneFile(func(r io.Reader) (any, error) {
		p, err := syntax.Load()
		if err != nil {
			return nil, err
		}
		return parseeval.Score(r, p, parseeval.Options{Docs: docs, Misses: 200})
	}))
	c.Flags().StringVar(&docs, "docs", "", "only documents whose id begins so, for example GUM_news")
	return cmd
}

// oneFile opens a file, plain or compressed, for a measure.
func oneFile(measure func(io.Reader) (any, error)) func(context.Context, []string) (any, error) {
	return func(_ context.Context, args []string) (any, error) {
		r, err := openPlain(args[0])
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return measure(r)
	}
}

type closers struct {
	io.Reader
	close []func() error
}

func (c closers) Close() error {
	var first error
	for _, f := range c.close {
		if err := f(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// openPlain opens a file and peels gzip or zstd.
func openPlain(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	r := bufio.NewReaderSize(f, 1<<16)
	head, _ := r.Peek(4)
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(r)
		if err != nil {
			f.Close()
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		return closers{z, []func() error{z.Close, f.Close}}, nil
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(r)
		if err != nil {
			f.Close()
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		return closers{z, []func() error{func() error { z.Close(); return nil }, f.Close}}, nil
	}
	return closers{r, []func() error{f.Close}}, nil
}

func (a *app) evalScreening(ctx context.Context, queries, negatives string) (any, error) {
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return nil, err
	}
	q, err := openPlain(queries)
	if err != nil {
		return nil, err
	}
	defer q.Close()
	n, err := openNegatives(queries, negatives)
	if err != nil {
		return nil, err
	}
	defer n.Close()
	return screeningeval.Eval(screening.New(k.Parties), q, n)
}

// madeNegatives is how many names are made up where none are given.
const madeNegatives = 4000

// openNegatives opens the names of people who are on no list. Where no file is
// given they are made of common names by country, which lie beside the queries
// in the folder of evaluation data; without them nothing can be said of false
// alerts.
func openNegatives(queries, negatives string) (io.ReadCloser, error) {
	if negatives != "" {
		return openPlain(negatives)
	}
	for _, dir := range []string{filepath.Join(filepath.Dir(queries), "..", "names", "ordinary"), filepath.Join("..", "shared", "data", "names", "ordinary")} {
		fore, err := openPlain(filepath.Join(dir, "common-forenames-by-country.csv"))
		if err != nil {
			continue
		}
		defer fore.Close()
		sur, err := openPlain(filepath.Join(dir, "common-surnames-by-country.csv"))
		if err != nil {
			return nil, err
		}
		defer sur.Close()
		made, err := screeningeval.Negatives(fore, sur, madeNegatives)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		_ = w.Write([]string{"full_name"}) // into memory: cannot fail
		for _, n := range made {
			_ = w.Write([]string{n})
		}
		w.Flush()
		return io.NopCloser(&b), nil
	}
	return nil, usagef("give --negatives, a CSV with a column full_name: no names to make some of lie beside %s", queries)
}

// evalClaims reads the gold articles from their text, as scan would.
func (a *app) evalClaims(ctx context.Context, args []string) (any, error) {
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return nil, err
	}
	r, err := pipeline.NewReader(k, Version)
	if err != nil {
		return nil, err
	}
	f, err := openPlain(args[0])
	if err != nil {
		return nil, err
	}
	defer f.Close()
	gold, err := claimseval.Read(f, args[0])
	if err != nil {
		return nil, err
	}
	var system []claimseval.Article
	err = pipeline.Scan(ctx, articles.Open(args[0], nil, articles.Options{}), r, pipeline.ScanOptions{Workers: a.cfg.Workers}, func(s pipeline.Scanned) error {
		if s.Finding != nil {
			return fmt.Errorf("%s", s.Finding)
		}
		system = append(system, claimseval.FromClaims(s.Article.ID, s.Article.Text, s.Reading.Claims, s.Reading.Mentions))
		return nil
	})
	if err != nil {
		return nil, err
	}
	return claimseval.Compare(gold, system), nil
}

// evalCases reads the articles and builds the cases without a store.
func (a *app) evalCases(ctx context.Context, args []string) (any, error) {
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return nil, err
	}
	r, err := pipeline.NewReader(k, Version)
	if err != nil {
		return nil, err
	}
	var told []pipeline.Told
	err = pipeline.Scan(ctx, articles.Open(args[0], nil, articles.Options{}), r, pipeline.ScanOptions{Workers: a.cfg.Workers}, func(s pipeline.Scanned) error {
		if s.Finding != nil {
			return fmt.Errorf("%s", s.Finding)
		}
		told = append(told, pipeline.Told{Article: s.Article, Reading: s.Reading})
		return nil
	})
	if err != nil {
		return nil, err
	}
	book, err := pipeline.Cases(told, k, Version)
	if err != nil {
		return nil, err
	}
	gold, err := openPlain(args[1])
	if err != nil {
		return nil, err
	}
	defer gold.Close()
	want, err := caseseval.ReadGold(gold)
	if err != nil {
		return nil, err
	}
	form, err := json.Marshal(cases.ToSystem(book.Cases, book.Copies))
	if err != nil {
		return nil, err
	}
	got, err := caseseval.ReadSystem(bytes.NewReader(form))
	if err != nil {
		return nil, err
	}
	return caseseval.Score(want, got), nil
}

func (a *app) evalMeasures(ctx context.Context, args []string) (any, error) {
	reg, err := measures.Embedded()
	if err != nil {
		return nil, err
	}
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return nil, err
	}
	f, err := openPlain(args[0])
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return measureseval.Run(reg, f, measureseval.Index(k.Parties))
}

func evalAttribution(r io.Reader) (any, error) {
	parser, err := syntax.Load()
	if err != nil {
		return nil, err
	}
	return speecheval.Attribution(r, func(text, outlet string) (prose.Document, []syntax.Tree, []speech.Attribution) {
		doc := prose.Split(text, "en")
		trees := make([]syntax.Tree, len(doc.Sentences))
		for i, s := range doc.Sentences {
			trees[i] = parser.Parse(s)
		}
		return doc, trees, speech.Find(doc, trees, outlet)
	})
}

func evalPlaces(r io.Reader) (any, error) {
	g, err := places.Load()
	if err != nil {
		return nil, err
	}
	return placeseval.Measure(r, g, prose.Split)
}

// evalCopies tells labelled pairs from labelled articles by the first line.
func evalCopies(r io.Reader) (any, error) {
	all, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var head map[string]json.RawMessage
	first, _, _ := bytes.Cut(all, []byte("\n"))
	if err := json.Unmarshal(first, &head); err != nil {
		return nil, fmt.Errorf("first line: %w", err)
	}
	if _, ok := head["a"]; ok {
		return copieseval.Pairs(bytes.NewReader(all))
	}
	return copieseval.Events(bytes.NewReader(all))
}

// long keys hold what only --misses asks for.
var long = []string{"misses", "alerts", "relations", "by_cue"}

// printResult prints figures: JSON, or a line each.
func (a *app) printResult(result any, misses bool) error {
	j, err := json.Marshal(result)
	if err != nil {
		return err
	}
	var m map[string]any
	if err := json.Unmarshal(j, &m); err != nil {
		return err
	}
	if !misses {
		for _, k := range long {
			delete(m, k)
		}
	}
	if a.json {
		enc := json.NewEncoder(a.Out)
		enc.SetEscapeHTML(false)
		return enc.Encode(m)
	}
	var b strings.Builder
	figures(&b, "", m)
	return a.printf("%s", b.String())
}

func figures(b *strings.Builder, prefix string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			figures(b, strings.TrimPrefix(prefix+"."+k, "."), v[k])
		}
	case []any:
		for i, x := range v {
			if _, deep := x.(map[string]any); deep {
				j, _ := json.Marshal(x)
				fmt.Fprintf(b, "%s[%d] %s\n", prefix, i, j)
				continue
			}
			fmt.Fprintf(b, "%s[%d] %v\n", prefix, i, x)
		}
	case float64:
		if v == float64(int64(v)) {
			fmt.Fprintf(b, "%-40s %d\n", prefix, int64(v))
			return
		}
		fmt.Fprintf(b, "%-40s %.4f\n", prefix, v)
	default:
		fmt.Fprintf(b, "%-40s %v\n", prefix, v)
	}
}
