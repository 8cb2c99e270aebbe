package cli

import (
	"context"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/eval/mentionseval"
	"github.com/reportedly/reportedly/internal/eval/scanbench"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/story"
)

// addMentionEvals adds the measures of who is found in texts.
func (a *app) addMentionEvals(add func(use, short string, args cobra.PositionalArgs, run func(context.Context, []string) (any, error)) *cobra.Command) {
	add("mentions GOLD.jsonl", "Gold mentions of the listed parties in articles", cobra.ExactArgs(1), func(ctx context.Context, args []string) (any, error) {
		return withIndex(ctx, a, args[0], func(ix *mentions.Index, r io.Reader) (any, error) { return mentionseval.Eval(ix, r) })
	})
	add("variants QUERIES.csv", "Other spellings of the listed parties, written into sentences", cobra.ExactArgs(1), func(ctx context.Context, args []string) (any, error) {
		return withIndex(ctx, a, args[0], func(ix *mentions.Index, r io.Reader) (any, error) {
			v, err := mentionseval.Variants(r)
			if err != nil {
				return nil, err
			}
			return mentionseval.EvalPlanted(ix, v), nil
		})
	})
	add("slips", "The listed names with one typing error each, written into sentences", cobra.NoArgs, func(ctx context.Context, _ []string) (any, error) {
		k, err := a.knowledge(ctx, time.Time{})
		if err != nil {
			return nil, err
		}
		return mentionseval.EvalPlanted(k.Index(), mentionseval.Slips(k.Parties)), nil
	})
	add("inflection FILE.jsonl", "Inflected names of persons, found from their base forms (bsnlp2021)", cobra.ExactArgs(1), oneFile(evalInflection))
	var language string
	var unspaced bool
	c := add("tagged FILE.jsonl", "Names of persons that a tagged corpus repeats, found from themselves", cobra.ExactArgs(1), oneFile(func(r io.Reader) (any, error) {
		ps, v, err := mentionseval.Tagged(r, language, unspaced)
		if err != nil {
			return nil, err
		}
		return mentionseval.EvalPlanted(mentions.New(ps), v), nil
	}))
	c.Flags().StringVar(&language, "language", "ar", "language of the corpus")
	c.Flags().BoolVar(&unspaced, "unspaced", false, "the language is written without blanks")
	var judged string
	c = add("alerts TEXT...", "Accepted identities in ordinary news, held against a reader's verdicts", cobra.MinimumNArgs(1), func(ctx context.Context, args []string) (any, error) {
		return a.evalAlerts(ctx, args, judged)
	})
	c.Flags().StringVar(&judged, "judged", "", "file of verdicts: article, span, party, surface, right or wrong, reason")
}

func withIndex(ctx context.Context, a *app, file string, measure func(*mentions.Index, io.Reader) (any, error)) (any, error) {
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return nil, err
	}
	r, err := openPlain(file)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return measure(k.Index(), r)
}

func evalInflection(r io.Reader) (any, error) {
	ps, v, err := mentionseval.Inflected(r)
	if err != nil {
		return nil, err
	}
	return mentionseval.EvalPlanted(mentions.New(ps), mentionseval.OnlyInflected(v)), nil
}

func (a *app) evalAlerts(ctx context.Context, files []string, judged string) (any, error) {
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return nil, err
	}
	verdicts := map[string]mentionseval.Verdict{}
	if judged != "" {
		r, err := openPlain(judged)
		if err != nil {
			return nil, err
		}
		defer r.Close()
		if verdicts, err = mentionseval.Verdicts(r); err != nil {
			return nil, err
		}
	}
	var texts []story.Article
	for _, f := range files {
		r, err := openPlain(f)
		if err != nil {
			return nil, err
		}
		more, err := scanbench.Texts(r, f)
		r.Close()
		if err != nil {
			return nil, err
		}
		texts = append(texts, mentionseval.Named(more, f)...)
	}
	return mentionseval.Judge(len(texts), mentionseval.Draw(mentionseval.Alerts(k.Index(), texts), 1<<30), verdicts), nil
}
