package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists/history"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/screening"
)

type screenOptions struct {
	schema, birthDate, country, gender, number, asOf string
	limit                                            int
	threshold                                        float64
}

func (a *app) screenCommand() *cobra.Command {
	var o screenOptions
	cmd := &cobra.Command{
		Use:   "screen NAME",
		Short: "Is this name that of a listed party? Ranked hits with reasons",
		Long: `Compares a name, with what else is known of its bearer, with all listed names.
Hits are shown with their scores and the reasons that add up to them. A partial
name alone never reaches the threshold.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.runScreen(c.Context(), strings.Join(args, " "), o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.schema, "schema", "", "Person, Organization, Company, Vessel, ...")
	f.StringVar(&o.birthDate, "birth-date", "", "1957, 1957-03 or 1957-03-11")
	f.StringVar(&o.country, "country", "", "ISO code of nationality or seat, for example IR")
	f.StringVar(&o.gender, "gender", "", "male or female")
	f.StringVar(&o.number, "number", "", "passport, IMO, wallet or register number")
	f.StringVar(&o.asOf, "as-of", "", "only parties that stood on a list on this day")
	f.IntVar(&o.limit, "limit", 10, "number of hits at most")
	f.Float64Var(&o.threshold, "threshold", 0, "least score shown (default: somewhat below a match)")
	return cmd
}

func (o screenOptions) query(name string) (screening.Query, error) {
	q := screening.Query{Name: name, Schema: party.Schema(o.schema), Country: strings.ToUpper(o.country), Gender: o.gender, Number: o.number, Limit: o.limit, Floor: o.threshold}
	if o.birthDate != "" {
		d, err := parseDay("birth-date", o.birthDate)
		if err != nil {
			return q, err
		}
		q.BirthDate = d.Window()
	}
	return q, nil
}

// hitJSON is a hit in the answer of screen --json.
type hitJSON struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Schema   string     `json:"schema"`
	Score    float64    `json:"score"`
	Match    bool       `json:"match"`
	Matched  string     `json:"matched"`
	Listed   []string   `json:"listed,omitempty"`
	Standing []string   `json:"standing,omitempty"`
	Parts    []partJSON `json:"parts"`
}

type partJSON struct {
	Feature string  `json:"feature"`
	Weight  float64 `json:"weight"`
	Text    string  `json:"text"`
}

func (a *app) runScreen(ctx context.Context, name string, o screenOptions) error {
	q, err := o.query(name)
	if err != nil {
		return err
	}
	var day calendar.Date
	if o.asOf != "" {
		if day, err = parseDay("as-of", o.asOf); err != nil {
			return err
		}
	}
	k, err := a.knowledge(ctx, time.Time{})
	if err != nil {
		return err
	}
	hits := []hitJSON{}
	for _, h := range screening.New(standing(k, day)).Find(q) {
		hits = append(hits, newHit(h, day))
	}
	if a.json {
		return a.printJSON(map[string]any{"query": name, "lists": k.Labels(), "threshold": screening.Default, "hits": hits})
	}
	return a.printHits(name, k, hits)
}

// standing leaves out parties that no edition shows as listed on the day.
func standing(k *pipeline.Knowledge, day calendar.Date) []party.Party {
	if day.IsZero() {
		return k.Parties
	}
	var out []party.Party
	for _, p := range k.Parties {
		for _, d := range p.Designations {
			if history.Standing(d.Periods, day) != history.Off {
				out = append(out, p)
				break
			}
		}
	}
	return out
}

func newHit(h screening.Hit, day calendar.Date) hitJSON {
	out := hitJSON{ID: h.Party.ID, Name: h.Party.PrimaryName(), Schema: string(h.Party.Schema), Score: h.Score, Match: h.Score >= screening.Default, Matched: h.Matched}
	for _, d := range h.Party.Designations {
		s := d.Authority + " " + d.Reference
		if len(d.Periods) > 0 {
			s += ", listed " + periodText(d.Periods[len(d.Periods)-1])
		} else if !d.ListedOn.IsZero() {
			s += ", listed " + d.ListedOn.String()
		}
		out.Listed = append(out.Listed, s)
		if !day.IsZero() {
			out.Standing = append(out.Standing, string(history.Standing(d.Periods, day)))
		}
	}
	for _, p := range h.Parts {
		out.Parts = append(out.Parts, partJSON(p))
	}
	return out
}

func (a *app) printHits(name string, k *pipeline.Knowledge, hits []hitJSON) error {
	if len(hits) == 0 {
		return a.printf("%s: no hit among %d parties (%s)\n", name, len(k.Parties), strings.Join(k.Labels(), "; "))
	}
	for _, h := range hits {
		mark := "possible"
		if h.Match {
			mark = "match"
		}
		if err := a.printf("%.3f  %-8s  %s  %s  %s\n", h.Score, mark, h.Name, h.ID, h.Schema); err != nil {
			return err
		}
		if err := a.printf("       matched %q; %s\n", h.Matched, strings.Join(h.Listed, "; ")); err != nil {
			return err
		}
		for _, p := range h.Parts {
			if err := a.printf("       %+.3f %-12s %s\n", p.Weight, p.Feature, p.Text); err != nil {
				return err
			}
		}
	}
	return a.printf("from %.2f on a hit counts as a match; searched %d parties (%s)\n", screening.Default, len(k.Parties), strings.Join(k.Labels(), "; "))
}
