package changes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/cases"
)

// Changed tells in words what differs between two states of one case, gravest
// first: what was withdrawn, whose case it is, counts and verdict, then what was
// added. Nothing is told of what a re-run changes without a report having
// changed (run, coverage).
func Changed(before, after cases.Case) []string {
	var out []string
	add := func(when bool, format string, args ...any) {
		if when {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	was := map[string]string{} // article -> withdrawn by
	for _, a := range before.Articles {
		was[a.ID] = a.Retracted
	}
	for _, a := range after.Articles {
		add(a.Retracted != "" && was[a.ID] == "", "withdrawn: %s, by %s", a.ID, a.Retracted)
	}
	add(before.Party.ID != after.Party.ID || before.Party.Identity != after.Party.Identity, "identity: %s (%s), was %s (%s)", after.Party.Name, after.Party.Identity, before.Party.Name, before.Party.Identity)
	add(before.For != after.For, "independent origins for: %s, were %s", span(after.For), span(before.For))
	add(before.Against != after.Against, "independent origins against: %s, were %s", span(after.Against), span(before.Against))
	for _, e := range after.Elements {
		i := slices.IndexFunc(before.Elements, func(o cases.Element) bool { return o.Name == e.Name })
		switch {
		case i < 0:
			add(true, "new element: %s, %s", e.Name, e.Level)
		default:
			add(before.Elements[i].Level != e.Level, "%s: %s, was %s", e.Name, e.Level, before.Elements[i].Level)
		}
	}
	add(before.Check.Verdict != after.Check.Verdict, "measure check: %s, was %s", after.Check.Verdict, before.Check.Verdict)
	add(before.Window.Earliest != after.Window.Earliest || before.Window.Latest != after.Window.Latest, "days: %s..%s, were %s..%s", after.Window.Earliest, after.Window.Latest, before.Window.Earliest, before.Window.Latest)
	for _, r := range after.Replies {
		known := slices.ContainsFunc(before.Replies, func(o cases.Reply) bool { return o.Holder == r.Holder && o.Act == r.Act && o.Scope == r.Scope })
		add(!known, "new reply: %s, %s (%s)", r.Holder, r.Act, r.Scope)
	}
	more, gone := differ(articleIDs(before), articleIDs(after))
	add(len(more) > 0, "new articles: %s", strings.Join(more, ", "))
	add(len(gone) > 0, "articles that left the case: %s", strings.Join(gone, ", "))
	for _, f := range after.Flags {
		known := slices.ContainsFunc(before.Flags, func(o cases.Flag) bool { return o.Kind == f.Kind })
		add(!known, "new pattern: %s", f.Kind)
	}
	add(before.Review.Outcome != after.Review.Outcome, "review: %s, was %s", orNone(after.Review.Outcome), orNone(before.Review.Outcome))
	return out
}

func orNone(s string) string {
	if s == "" {
		return "not decided"
	}
	return s
}

func span(c cases.Count) string {
	if c.Max > c.Min {
		return fmt.Sprintf("%d (up to %d)", c.Min, c.Max)
	}
	return fmt.Sprint(c.Min)
}

func articleIDs(c cases.Case) []string {
	var out []string
	for _, a := range c.Articles {
		out = append(out, a.ID)
	}
	return out
}

// differ gives what only b and what only a has.
func differ(a, b []string) (more, gone []string) {
	for _, s := range b {
		if !slices.Contains(a, s) {
			more = append(more, s)
		}
	}
	for _, s := range a {
		if !slices.Contains(b, s) {
			gone = append(gone, s)
		}
	}
	return more, gone
}

// Effect is a judgement that rested on something withdrawn or corrected
// (ICD 206, IC-7).
type Effect struct {
	Case    string `json:"case"`
	Article string `json:"article"` // what was withdrawn or corrected
	By      string `json:"by"`      // the article, or the reply, that does it
	Act     string `json:"act"`
	On      string `json:"on"` // what rested on it
}

// Effects lists, for each withdrawal and correction in the cases, everything
// that rested on it: origins, elements, the articles that carried it on, and
// the decisions of people.
func Effects(all []cases.Case) []Effect {
	var out []Effect
	for _, c := range all {
		for _, a := range c.Articles {
			if a.Retracted == "" {
				continue
			}
			put := func(format string, args ...any) {
				out = append(out, Effect{Case: c.ID, Article: a.ID, By: a.Retracted, Act: "retract", On: fmt.Sprintf(format, args...)})
			}
			for _, o := range c.Origins {
				if slices.Contains(o.Articles, a.ID) {
					put("origin %s, %s, which counts no more", o.ID, o.Holder)
				}
			}
			for _, b := range c.Articles {
				if slices.Contains(b.Of, a.ID) && b.Relation != "own-update" {
					put("article %s (%s), which carries it on", b.ID, b.Outlet)
				}
			}
			for _, e := range c.Elements {
				put("element %s: %s, level %d", e.Name, span(e.For), e.Level)
			}
			if d := c.Review.Decided; d != nil && c.Review.Outcome != "" {
				put("the decision of %s: %s", d.Who, c.Review.Outcome)
			}
		}
		for _, r := range c.Replies {
			if r.Act == "correct" {
				out = append(out, Effect{Case: c.ID, Article: r.Article, By: r.Holder, Act: "correct", On: fmt.Sprintf("%s of the case: %s..%s", r.Scope, c.Window.Earliest, c.Window.Latest)})
			}
		}
	}
	return out
}
