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
	for _, k := range s.speech {
		a := r.in.Speech[k]
		if !covers(a.Content, c.Trigger) || a.Cue.Overlaps(c.Trigger) || !a.Holder.Span.Overlaps(s.src.Span) && a.Holder.Len() > 0 && false {
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
	if best >= 0 {
		r.adopt(c, best)
	}
	return best
}

// adopt takes act, certainty and chain from attribution k.
func (r *reader) adopt(c *Claim, k int) {
	a := r.in.Speech[k]
	c.Act = a.Act
	if c.Act == "" {
		c.Act = speech.Assert
	}
	c.Chain = nil
	for n, at := 0, k; at >= 0 && at < len(r.in.Speech) && n < 6; n++ {
		b := r.in.Speech[at]
		if b.Certainty != "" && (n > 0 || !b.Act.IsDenialOrNone()) {
			c.Certainty = c.Certainty.Weaker(b.Certainty)
		}
		if !b.Self && (b.Holder.Text != "" || b.Holder.Name != "") {
			c.Chain = append([]Link{link(b)}, c.Chain...)
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

func link(a speech.Attribution) Link {
	h := a.Holder
	return Link{
		Holder: h.Text, Name: h.Name, Kind: h.Kind, Stated: h.Stated, Plural: h.Plural, Country: h.Country,
		Cue: a.CueText, Directness: a.Directness, Reason: h.Reason, Span: h.Span,
	}
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
