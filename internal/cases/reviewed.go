package cases

import (
	"slices"

	"github.com/reportedly/reportedly/internal/cases/ratings"
	"github.com/reportedly/reportedly/internal/cases/review"
)

// Review is what people said about a case. Counts, levels and verdicts do not
// depend on it, and no word of the machine goes into it.
type Review struct {
	Outcome string         `json:"outcome,omitempty"` // last decision: review.Supported ...; "" = none yet
	Decided *review.Record `json:"decided,omitempty"`
	// Signed are the second signatures under that decision; Second says that
	// one is still missing (levels 3 and 4 want two pairs of eyes).
	Signed []review.Record `json:"signed,omitempty"`
	Second bool            `json:"second_signature_missing,omitempty"`
	// Stale: reports came or went since the decision.
	Stale      bool            `json:"decided_on_an_earlier_state,omitempty"`
	Assessed   []review.Record `json:"assessed,omitempty"` // likelihoods and confidences, the last of each author
	Notes      []review.Record `json:"notes,omitempty"`
	Answers    []review.Record `json:"answers,omitempty"`
	Evidence   []review.Record `json:"evidence_added,omitempty"`
	Challenges []review.Record `json:"challenges,omitempty"`
	Seen       []review.Record `json:"seen,omitempty"` // the last time of each reader
}

// review sets people's words beside the cases they are about.
func (b *builder) review(out []Case) {
	at := map[string][]int{} // claim -> cases
	for i := range out {
		for _, l := range out[i].Claims {
			at[l.ID] = append(at[l.ID], i)
		}
	}
	for _, r := range b.in.Decisions {
		if r.Kind.Shapes() || r.Kind == review.Reliability || r.Kind == review.Credibility || r.Kind == review.Sign {
			continue
		}
		if i := home(r, out, at); i >= 0 {
			out[i].Review.add(r, out[i].MadeBy.Inputs)
		}
	}
	for i := range out {
		c := &out[i]
		b.challenged(c)
		c.answer()
		if d := c.Review.Decided; d != nil {
			for _, r := range b.in.Decisions {
				if r.Kind == review.Sign && r.Of == d.ID {
					c.Review.Signed = append(c.Review.Signed, r)
				}
			}
			c.Review.Second = len(c.Review.Signed) == 0 && d.Value == review.Supported && len(c.Elements) > 0 && c.Elements[0].Level >= Corroborated
		}
	}
}

// home finds the case that a word is about: the one it was said of where it
// still holds one of its claims, else the one that holds most of them.
func home(r review.Record, out []Case, at map[string][]int) int {
	n := map[int]int{}
	for _, id := range r.Claims {
		for _, i := range at[id] {
			n[i]++
		}
	}
	best := -1
	for i, k := range n {
		switch {
		case out[i].ID == r.Case:
			return i
		case best < 0 || k > n[best] || k == n[best] && out[i].ID < out[best].ID:
			best = i
		}
	}
	return best
}

func (v *Review) add(r review.Record, state string) {
	switch r.Kind {
	case review.Decide:
		v.Decided, v.Outcome, v.Stale = &r, r.Value, r.State != "" && r.State != state
		if r.Value == review.Reopened {
			v.Outcome = ""
		}
	case review.Assess:
		v.Assessed = replace(v.Assessed, r, func(o review.Record) bool { return o.Who == r.Who && (o.Likelihood == "") == (r.Likelihood == "") })
	case review.Note:
		v.Notes = append(v.Notes, r)
	case review.Answer:
		v.Answers = append(v.Answers, r)
	case review.Evidence:
		v.Evidence = append(v.Evidence, r)
	case review.Challenge:
		v.Challenges = append(v.Challenges, r)
	case review.Seen:
		v.Seen = replace(v.Seen, r, func(o review.Record) bool { return o.Who == r.Who })
	}
}

// replace keeps the last word of those that is holds for.
func replace(rs []review.Record, r review.Record, is func(review.Record) bool) []review.Record {
	return append(slices.DeleteFunc(rs, is), r)
}

// challenged adds what was said against a source of the case (UN-10).
func (b *builder) challenged(c *Case) {
	for _, r := range b.in.Decisions {
		if r.Kind != review.Challenge || r.Source == "" || len(r.Claims) > 0 {
			continue
		}
		if slices.ContainsFunc(c.Ratings.Sources, func(s ratings.Standing) bool { return s.Source == r.Source }) {
			c.Review.Challenges = append(c.Review.Challenges, r)
		}
	}
}

// answer moves questions that people answered from what is not known to what
// was answered by them.
func (c *Case) answer() {
	for i := range c.Unknown {
		for _, r := range c.Review.Answers {
			if r.Field == c.Unknown[i].Field {
				c.Unknown[i].Answer, c.Unknown[i].By = r.Text, r.Who
			}
		}
	}
}
