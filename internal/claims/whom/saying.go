package whom

import (
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/claims/matter"
	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/story"
)

// ContentOf gives the words of what an attribution says.
func (r *Text) ContentOf(a speech.Attribution) string {
	var out []string
	for _, c := range a.Content {
		out = append(out, c.Of(r.Document.Text))
	}
	return strings.Join(out, " ")
}

// HolderOf describes who says it; "she says" by whom the attributions before
// it name.
func (r *Text) HolderOf(k int) string {
	all := r.Speech()
	for n := k; n >= 0 && n > k-4; n-- {
		switch strings.ToLower(all[n].Holder.Text) {
		case "", "he", "she", "it", "they":
			continue
		}
		return all[n].Holder.Text
	}
	return all[k].Holder.Name
}

// Denied gives what a denial is about that no frame reads, "" where its words
// leave that open.
func (r *Text) Denied(a speech.Attribution) string {
	foreign := false
	for _, p := range r.Places {
		if p.Use == places.Demonym || p.Use == places.Literal {
			for _, c := range a.Content {
				foreign = foreign || c.Contains(p.Span)
			}
		}
	}
	return matter.Denied(r.ContentOf(a), foreign)
}

// Lawful reports an attribution by which somebody who speaks for another calls
// his deed lawful.
func (r *Text) Lawful(k int, a speech.Attribution) bool {
	return a.Act == speech.Assert && matter.Advocate(r.HolderOf(k)) && matter.Lawful(r.ContentOf(a))
}

// NoOne reads "no official has confirmed" as a non-confirmation.
func NoOne(a speech.Attribution) speech.Attribution {
	if rest, ok := strings.CutPrefix(a.Holder.Text, "No "); ok && a.Act == speech.Confirm {
		a.Act, a.Holder.Text, a.Certainty = speech.CannotConfirm, rest, speech.Uncommitted
	}
	return a
}

// OfMatter reports a content that speaks of "the allegation" or the like.
func (r *Text) OfMatter(a speech.Attribution) bool {
	for t := range r.Within(a.Content) {
		for i, tok := range t.Src.Tokens {
			if slices.ContainsFunc(a.Content, func(c story.Span) bool { return c.Contains(tok.Span) }) && t.Cl.IsNoun(i) && r.IsClass(t, i, "matter") {
				return true
			}
		}
	}
	return false
}
