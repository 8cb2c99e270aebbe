package claims

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/claims/frames"
	"github.com/reportedly/reportedly/internal/claims/whom"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// answers makes claims of the denials and non-confirmations that hold no deed
// of their own: "declined to comment", "could not confirm the report". Each
// takes the activity and parties of what it answers: the claim that a noun of
// its content names, else for silence the article's first claim, else the one
// told last before it.
func (r *reader) answers() {
	r.contradictions()
	used := map[int]bool{}
	for n, c := range r.found {
		if c.Act.IsDenialOrNone() {
			used[r.origins[n]] = true
		}
	}
	told := len(r.found)
	answered := map[string]bool{}
	before := -1
	for k, a := range r.Speech() {
		a = whom.NoOne(a)
		legal := r.Lawful(k, a)
		if used[k] && !legal || !a.Act.IsDenialOrNone() && !r.calledFalse(a) && !legal {
			continue
		}
		s := r.At(a.Sentence)
		if s == nil {
			continue
		}
		own := a.Act == speech.CannotConfirm // "could not be verified": the article says so itself
		scope := ""
		if legal {
			scope = "legal-characterisation"
		} else if a.Act == speech.Deny && a.Holder.Text != "" && !r.bare(a) {
			scope = r.Denied(a)
		}
		if a.Holder.Text == "" && a.Holder.Name == "" && !own || scope == "" && !r.bare(a) {
			if r.in.Explain {
				r.discarded = append(r.discarded, fmt.Sprintf("discarded: sentence %d: the %s of %s has a matter of its own", s.N, a.Act, a.Holder.Text))
			}
			continue
		}
		target := r.answered(s, a, told, before)
		if scope != "" {
			target = r.touched(s, scope, told)
		}
		if target < 0 {
			if r.in.Explain {
				r.discarded = append(r.discarded, fmt.Sprintf("discarded: sentence %d: the %s of %s answers no claim", s.N, a.Act, a.Holder.Text))
			}
			continue
		}
		key := fmt.Sprintf("%d %s", s.N, a.Holder.Text)
		if answered[key] {
			continue
		}
		answered[key] = true
		before = target
		r.reply(s, k, target)
		if scope != "" {
			c := &r.found[len(r.found)-1]
			if c.Scope = scope; len(c.Chain) > 0 {
				c.Chain[len(c.Chain)-1].Holder = r.HolderOf(k)
			}
		}
	}
}

// contradictions makes a denial of what a holder says not to be so after
// somebody else has said that it is: "she never tried to help", "we have made
// no truce".
func (r *reader) contradictions() {
	for n := range r.found {
		c := &r.found[n]
		if c.Polarity != "-" || c.Act != speech.Assert || len(c.Chain) == 0 || c.Aspect == Planned || c.Aspect == Hypothetical {
			continue
		}
		for m := range r.found[:n] {
			o := r.found[m]
			if o.Polarity == "+" && !o.Act.IsDenialOrNone() && o.Activity.Family() == c.Activity.Family() && holderKey(o) != holderKey(*c) && (sharesListed(o, *c) || ourselves(*c)) && o.Aspect != Hypothetical {
				if ourselves(*c) {
					c.Players = once(append(c.Players, o.Players...))
				}
				c.Act, c.Scope = speech.Deny, "whole"
				c.Notes = append(c.Notes, "says against the claim of sentence "+strconv.Itoa(o.Sentence))
				break
			}
		}
		if c.Act == speech.Assert && ofItself(*c) {
			c.Act, c.Scope = speech.Deny, "whole"
			c.Notes = append(c.Notes, "says so of itself or of whom it speaks for")
		}
	}
}

// ofItself reports that the origin speaks of its own doing, or of whom it
// speaks for: "Damascus says it has not used", "a lawyer for Zubro said that she
// did not own", "its ambassador said".
func ofItself(c Claim) bool {
	o, _ := c.Origin()
	words := strings.Fields(strings.ToLower(o.Holder))
	if len(words) > 1 && slices.Contains([]string{"its", "his", "her", "their"}, words[0]) {
		return true
	}
	return slices.ContainsFunc(c.Players, func(p Player) bool {
		if p.Country != "" && p.Country == o.Country {
			return true
		}
		name := strings.Fields(strings.ToLower(p.Name))
		return p.Listed && len(name) > 0 && slices.Contains(words, name[len(name)-1])
	})
}

// ourselves reports a claim in the first person: who speaks for a group speaks
// of what the group is said to have done.
func ourselves(c Claim) bool {
	return slices.ContainsFunc(c.Players, func(p Player) bool { return strings.EqualFold(p.Surface, "we") })
}

// bare reports a denial or non-confirmation whose content names no matter of
// its own: nothing, "the report", "it", or the deed by a noun that a frame
// knows. "Denied involvement in the killing" answers no claim of a trip.
func (r *reader) bare(a speech.Attribution) bool {
	if a.Act == speech.Assert {
		return r.calledFalse(a)
	}
	if a.Act == speech.NoComment || a.Act == speech.NoResponse {
		return slices.ContainsFunc(strings.Fields("comment respond response reply reach return answer request"), func(w string) bool {
			return strings.Contains(strings.ToLower(a.CueText+" "+a.Cue.Of(r.in.Document.Text)), w)
		})
	}
	for t := range r.Within(a.Content) {
		for i, tok := range t.Src.Tokens {
			w := t.Cl.Tree.Words[i]
			if !covers(a.Content, tok.Span) || w.UPOS != "NOUN" && w.UPOS != "VERB" || a.Cue.Overlaps(tok.Span) {
				continue
			}
			if r.ClusterAt(t, i) >= 0 && a.Act == speech.CannotConfirm {
				return true // not aware of the group doing so
			}
			if !r.IsClass(t, i, "matter") && !r.eventNoun(t, i) {
				return false
			}
		}
	}
	return true
}

// calledFalse reports a statement that does nothing but call the matter false:
// "said that is incorrect".
func (r *reader) calledFalse(a speech.Attribution) bool {
	n, yes := 0, false
	for t := range r.Within(a.Content) {
		for i, tok := range t.Src.Tokens {
			if !covers(a.Content, tok.Span) {
				continue
			}
			n++
			yes = yes || r.lang.Effects[t.Cl.Lemma(i)] == frames.Refuted
		}
	}
	return yes && n <= 8
}

// eventNoun reports a noun that names an activity by some frame.
func (r *reader) eventNoun(s *sentence, i int) bool {
	if !s.Cl.IsNoun(i) {
		return false
	}
	for _, k := range r.lang.ByLemma[s.Cl.Lemma(i)] {
		for _, t := range r.lang.Patterns[k].Nouns {
			if t.Lemma == s.Cl.Lemma(i) {
				return true
			}
		}
	}
	return false
}

// reply copies claim target as answered by attribution k.
func (r *reader) reply(s *sentence, k, target int) {
	a := whom.NoOne(r.Speech()[k])
	c := r.found[target]
	c.Trigger, c.Evidence, c.Sentence = a.Cue, s.Src.Span, s.N
	c.Notes = []string{"answers the claim of sentence " + r.found[target].Rule}
	c.Polarity, c.Certainty, c.Amount = "+", speech.Certain, nil
	r.adopt(&c, k)
	switch {
	case a.Act == speech.Assert:
		c.Act, c.Scope = speech.Deny, "whole"
	case a.Act != c.Act:
		c.Act, c.Scope, c.Certainty = a.Act, "whole", a.Certainty
	}
	if c.Act == speech.Deny || c.Act == speech.PartlyDeny {
		c.Polarity = "-"
	}
	c.Rule = "answer/" + string(c.Act)
	c.Score = 0.5
	r.found = append(r.found, c)
	r.origins = append(r.origins, k)
}

// answered finds the claim that attribution a answers among the first told.
func (r *reader) answered(s *sentence, a speech.Attribution, told, before int) int {
	last, first, named := -1, -1, -1
	higher := func(n, than int) bool { // the main clause before the one beside it
		return than < 0 || r.found[n].Sentence != r.found[than].Sentence || r.found[n].depth <= r.found[than].depth
	}
	for n := 0; n < told; n++ {
		c := r.found[n]
		if c.Act.IsDenialOrNone() {
			if first < 0 && c.Sentence < s.N {
				first = n // "denied reports that he plans": the matter of the news
			}
			continue
		}
		if first < 0 || c.Sentence == r.found[first].Sentence && c.depth < r.found[first].depth {
			first = n
		}
		if c.Trigger.Start < a.Cue.Start || c.Sentence < s.N {
			if higher(n, last) {
				last = n
			}
			if r.names(s, a, c) && higher(n, named) {
				named = n
			}
		}
	}
	switch {
	case named >= 0:
		return named
	case r.speaksOfDeed(a):
		return -1 // of another deed than any told
	case a.Act == speech.NoComment || a.Act == speech.NoResponse:
		if first >= 0 && r.found[first].Sentence <= s.N {
			return first
		}
		return -1
	case before >= 0:
		return before // the matter that others answered before
	case last >= 0 && s.N-r.found[last].Sentence <= 4:
		return last
	case first >= 0 && r.found[first].Sentence < s.N && len(a.Content) > 0:
		return first
	case first >= 0 && r.found[first].Sentence <= s.N+2 && a.Act == speech.CannotConfirm && r.OfMatter(a):
		return first // the lead tells that nobody confirms what follows
	}
	return -1
}

// speaksOfDeed reports a content that names some activity by a noun.
func (r *reader) speaksOfDeed(a speech.Attribution) bool {
	for t := range r.Within(a.Content) {
		for i, tok := range t.Src.Tokens {
			if covers(a.Content, tok.Span) && !r.IsClass(t, i, "matter") && r.eventNoun(t, i) {
				return true
			}
		}
	}
	return false
}

// names reports whether the sentence of the answer holds a noun that can name
// the claim's activity.
func (r *reader) names(s *sentence, a speech.Attribution, c Claim) bool {
	for i := range s.Cl.Tree.Words {
		if !s.Cl.IsNoun(i) || s.Src.Tokens[i].Overlaps(a.Holder.Span) {
			continue
		}
		for _, k := range r.lang.ByLemma[s.Cl.Lemma(i)] {
			p := r.lang.Patterns[k]
			if p.Code.Family() != c.Activity.Family() {
				continue
			}
			for _, t := range p.Nouns {
				if t.Lemma == s.Cl.Lemma(i) && r.beside(s, i, t) {
					return true
				}
			}
		}
	}
	return false
}

// holderKey tells origins apart.
func holderKey(c Claim) string {
	o, ok := c.Origin()
	if !ok {
		return ""
	}
	if o.Name != "" {
		return strings.ToLower(o.Name)
	}
	return strings.ToLower(o.Holder)
}

// touched is the claim that a denial of that scope is set beside: the last
// meeting for one of a meeting, else the first deed told, -1 for none.
func (r *reader) touched(s *sentence, scope string, told int) int {
	at := -1
	for n, c := range r.found[:told] {
		if c.Act.IsDenialOrNone() || c.Sentence > s.N || c.Activity.Family() == "OFF" {
			continue
		}
		if at < 0 || scope == "meeting" && c.Activity.Family() == "MET" {
			at = n
		}
	}
	return at
}
