package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/review"
)

// alternatives lists explanations other than the reported one that nothing in
// the reports rules out (IC-4), and those that people considered. They are for
// a reader to weigh; the machine weighs none.
func alternatives(c cases.Case) []string {
	var out []string
	add := func(when bool, format string, args ...any) {
		if when {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	add(c.Party.Identity == "undecided", "Somebody else of that name is meant: the reports do not decide it.")
	if c.Party.Identity != "undecided" && c.Party.Kind != "territory" {
		for _, r := range c.Party.Rivals {
			add(r.Score >= 0.02 && r.Name != "", "%s is meant (score %.2f).", r.Name, r.Score)
		}
	}
	travel := len(c.Activity) > 0 && c.Activity[0].Family() == "TRV"
	firstHand := slices.ContainsFunc(c.Origins, func(o cases.Origin) bool { return o.FirstHand && o.Stance == "for" && o.Retracted == "" })
	add(travel && !firstHand, "A delegation or relatives came without the person: no first-hand origin says that he was seen.")
	add(c.For.Min < 2, "The one origin is mistaken, or serves somebody's purpose: nothing independent bears it out.")
	for _, k := range c.Conflicts {
		if k.Argument == "date" || k.Argument == "place" {
			add(true, "An error of %s: the reports differ.", k.Argument)
		}
	}
	for _, f := range c.Flags {
		switch f.Kind {
		case cases.SingleControlGroup:
			add(true, "All origins are under one control: %s.", strings.TrimSuffix(f.Text, "."))
		case cases.MachineTranslated:
			add(true, "An error of translation: the words are known from translations only.")
		case cases.DescriptorDrift:
			add(true, "It is less certain than later reports make it: %s.", strings.TrimSuffix(f.Text, "."))
		}
	}
	add(slices.ContainsFunc(c.Origins, func(o cases.Origin) bool { return o.Basis == "image-video" }), "The pictures are older, or of another place: their day and place are not verified here.")
	for _, l := range c.Links {
		add(l.Relation == "earlier" && strings.Contains(l.Why, "days between") && near(l.Why), "It is the happening of case %s told again (%s).", l.Case, l.Why)
	}
	add(c.Against.Min > 0, "It did not happen, as those say who deny it.")
	if d := c.Review.Decided; d != nil {
		for _, a := range d.Alternatives {
			add(true, "Considered by %s: %s", d.Who, a)
		}
		add(d.Waived != "", "%s considered none, because: %s", d.Who, d.Waived)
	}
	return out
}

// near: "12 days between": a month at most.
func near(why string) bool {
	n := 0
	_, err := fmt.Sscanf(why, "%d days", &n)
	return err == nil && n <= 31
}

// said lists what people said of a case, newest last.
func said(c cases.Case) []string {
	v := c.Review
	var all []review.Record
	if v.Decided != nil {
		all = append(all, *v.Decided)
	}
	for _, rs := range [][]review.Record{v.Signed, v.Notes, v.Answers, v.Evidence, v.Challenges, v.Seen} {
		all = append(all, rs...)
	}
	slices.SortFunc(all, review.Order)
	var out []string
	for _, r := range all {
		out = append(out, r.String())
	}
	// A likelihood and a confidence never stand in one sentence (IC-3).
	for _, a := range v.Assessed {
		if a.Likelihood != "" {
			low, high := review.LikelihoodRange(a.Likelihood)
			out = append(out, fmt.Sprintf("%s holds it %s (%d to %d per cent): %s", a.Who, a.Likelihood, low, high, a.Reason))
		} else {
			out = append(out, fmt.Sprintf("%s has %s confidence in the evidence: %s", a.Who, a.Confidence, a.Reason))
		}
	}
	if v.Second {
		out = append(out, "A second signature is missing: the level asks for two pairs of eyes.")
	}
	if v.Stale {
		out = append(out, "Reports came or went since the decision.")
	}
	return out
}

// descriptor is what a copy that leaves the house says of a source (IC-6).
type descriptor struct {
	Publisher, Descriptor, Published, Information, Retrieved, Quality string
}

// descriptors of the articles of a case.
func (f File) descriptors() []descriptor {
	var out []descriptor
	for _, a := range f.Case.Articles {
		d := descriptor{Publisher: orElse(a.Outlet, "outlet not stated"), Published: orElse(a.Published, "not stated"), Retrieved: "not kept", Information: "not dated"}
		var holders []string
		for _, o := range f.Case.Origins {
			for _, x := range o.Descriptors {
				if x.Article == a.ID && x.Text != "" && !slices.Contains(holders, x.Text) {
					holders = append(holders, x.Text)
				}
			}
		}
		d.Descriptor = orElse(strings.Join(holders, "; "), "none of its own")
		for _, l := range f.Case.Claims {
			if l.Article == a.ID && !l.Window.IsZero() {
				d.Information = dates(cases.Window{Earliest: l.Window.Earliest, Latest: l.Window.Latest})
				break
			}
		}
		if art, ok := f.Articles[a.ID]; ok {
			for _, c := range art.Captures {
				if !c.RetrievedAt.IsZero() {
					d.Retrieved = c.RetrievedAt.UTC().Format("2006-01-02 15:04")
				}
			}
		}
		d.Quality = f.quality(a)
		out = append(out, d)
	}
	return out
}

// quality sums up a source: its relation, its grade on the day, whether it
// still stands.
func (f File) quality(a cases.ArticleRef) string {
	out := []string{a.Relation}
	for _, s := range f.Case.Ratings.Sources {
		if s.Source == a.Outlet {
			out = append(out, "reliability "+s.Grade.String())
		}
	}
	if a.Retracted != "" {
		out = append(out, "withdrawn by "+f.outletOf(a.Retracted))
	}
	return strings.Join(out, "; ")
}
