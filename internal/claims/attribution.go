package claims

import (
	"strings"

	"github.com/reportedly/reportedly/internal/prose/speech"
)

// attribute finds who says so: the innermost attribution whose content holds
// the trigger, and the chain above it. It gives the index of the attribution,
// -1 for the article's own voice.
func (r *reader) attribute(s *sentence, c *Claim) int {
	c.Act, c.Certainty = speech.Assert, speech.Certain
	best, width := -1, 0
	for _, k := range r.SpeechIn(s) {
		a := r.Speech()[k]
		if a.Cue.Overlaps(c.Trigger) || !covers(a.Content, c.Trigger) {
			continue
		}
		if !holds(a) {
			c.asked = c.asked || a.Class == speech.Question
			if a.Class == speech.Appearance || a.Holder.Text == "" {
				c.Certainty = c.Certainty.Weaker(a.Certainty)
			}
			continue
		}
		w := 0
		for _, p := range a.Content {
			w += p.Len()
		}
		if best < 0 || w < width {
			best, width = k, w
		}
	}
	if best < 0 {
		best = r.saidThat(s, c)
	}
	if best >= 0 {
		r.adopt(c, best)
	}
	return best
}

// holds reports an attribution whose holder says that something is so, or
// withholds support: not one who likes, discusses, backs or asks.
func holds(a speech.Attribution) bool {
	switch a.Class {
	case speech.Statement, speech.Finding, speech.Belief, "":
		return true
	}
	return a.Act.IsDenialOrNone()
}

// saidThat finds "reported on Tuesday that ..." where the tree lost the clause:
// what follows such a "that" in the sentence is said, as far as nobody else
// says it.
func (r *reader) saidThat(s *sentence, c *Claim) int {
	for _, k := range r.SpeechIn(s) {
		a := r.Speech()[k]
		if a.Sentence != s.N || !holds(a) || a.Act != speech.Assert || a.Holder.Text == "" || a.Cue.Start > c.Trigger.Start {
			continue
		}
		for t, tok := range s.Src.Tokens {
			if !a.Cue.Overlaps(tok.Span) {
				continue
			}
			for n := t + 1; n < len(s.Src.Tokens) && n <= t+4; n++ {
				if s.Cl.Lemma(n) == "that" && s.Src.Tokens[n].Start < c.Trigger.Start && (n == t+1 || s.Date[n-1] >= 0) {
					return k
				}
			}
		}
	}
	return -1
}

// adopt takes act, certainty and chain from attribution k.
func (r *reader) adopt(c *Claim, k int) {
	a := r.Speech()[k]
	c.Act = a.Act
	if c.Act == "" {
		c.Act = speech.Assert
	}
	c.Chain = nil
	for n, at := 0, k; at >= 0 && at < len(r.Speech()) && n < 6; n++ {
		b := r.Speech()[at]
		if !holds(b) {
			at = b.Parent
			continue
		}
		if b.Certainty != "" && (n > 0 || !b.Act.IsDenialOrNone()) {
			c.Certainty = c.Certainty.Weaker(b.Certainty)
		}
		if !b.Self && (b.Holder.Text != "" || b.Holder.Name != "") && !first(b.Holder.Text) && !r.spokenFor(b) {
			c.Chain = append([]Link{r.link(at)}, c.Chain...)
		}
		at = b.Parent
	}
	c.Chain = distinct(c.Chain)
	if c.Act.IsDenialOrNone() {
		c.Scope = "whole"
		if c.Act != speech.Deny && c.Act != speech.PartlyDeny {
			c.Certainty = speech.Uncommitted
		}
	}
}

// over finds a denial or non-confirmation above attribution k, -1 if none.
func (r *reader) over(k int) int {
	if k < 0 || r.Speech()[k].Act.IsDenialOrNone() {
		return -1
	}
	for n, at := 0, r.Speech()[k].Parent; at >= 0 && at < len(r.Speech()) && n < 6; n, at = n+1, r.Speech()[at].Parent {
		if r.Speech()[at].Act.IsDenialOrNone() {
			return at
		}
	}
	return -1
}

// below is the chain from attribution k up to, and without, attribution top:
// who denies a report does not hold it.
func (r *reader) below(k, top int) []Link {
	var out []Link
	for n := 0; k >= 0 && k != top && n < 6; n++ {
		if b := r.Speech()[k]; !b.Self && b.Holder.Text != "" && !first(b.Holder.Text) {
			out = append([]Link{r.link(k)}, out...)
		}
		k = r.Speech()[k].Parent
	}
	return distinct(out)
}

// spokenFor reports a government whose own official speaks for it: "Kirby said
// the U.S. was unable to confirm".
func (r *reader) spokenFor(a speech.Attribution) bool {
	if !a.Act.IsDenialOrNone() || a.Parent < 0 || a.Parent >= len(r.Speech()) || a.Holder.Kind != speech.GovernmentH {
		return false
	}
	k := r.Speech()[a.Parent].Holder.Kind
	return k == speech.Official || k == speech.PersonH
}

// first reports I and we: who says it stands above already.
func first(holder string) bool {
	switch strings.ToLower(holder) {
	case "i", "we":
		return true
	}
	return false
}

func (r *reader) link(k int) Link {
	a := r.Speech()[k]
	h := a.Holder
	if h.Name == "" {
		h.Text = r.fullHolder(k)
	}
	return Link{
		Holder: h.Text, Name: h.Name, Kind: h.Kind, Stated: h.Stated, Plural: h.Plural, Country: h.Country,
		Cue: a.CueText, Directness: a.Directness, Reason: h.Reason, Span: h.Span,
	}
}

// fullHolder gives for "the source", "the official" the words in which the
// article brought that source in.
func (r *reader) fullHolder(k int) string {
	h := r.Speech()[k].Holder
	words := strings.Fields(strings.ToLower(h.Text))
	if len(words) == 0 || len(words) > 3 || words[0] != "the" && words[0] != "he" && words[0] != "she" {
		return h.Text
	}
	for n := k - 1; n >= 0; n-- {
		e := r.Speech()[n].Holder
		if e.Name != "" && words[0] != "the" {
			return h.Text
		}
		if len(strings.Fields(e.Text)) <= len(words) {
			continue
		}
		if words[0] != "the" && (e.Kind == speech.Anonymous || e.Kind == speech.Official) {
			return e.Text
		}
		if words[0] == "the" && strings.EqualFold(e.Head.Of(r.in.Document.Text), words[len(words)-1]) {
			return e.Text
		}
	}
	return h.Text
}

// distinct drops a holder who stands twice in a row.
func distinct(in []Link) []Link {
	var out []Link
	for _, l := range in {
		if n := len(out); n > 0 && (l.Name != "" && l.Name == out[n-1].Name || strings.EqualFold(l.Holder, out[n-1].Holder)) {
			continue
		}
		out = append(out, l)
	}
	return out
}
