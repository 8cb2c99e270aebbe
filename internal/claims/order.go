package claims

import (
	"github.com/reportedly/reportedly/internal/claims/frames"
	"github.com/reportedly/reportedly/internal/claims/surface"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// byOrder takes over what the order of words tells in a language without trees.
func (r *reader) byOrder() bool {
	in := r.in
	deeds, ok, _ := surface.Read(surface.Input{Document: in.Document, Mentions: in.Mentions, Dates: r.dates(), Places: in.Places, Speech: r.Speech(), Person: r.Travels})
	for _, d := range deeds {
		r.tell(d)
	}
	return ok
}

// tell makes a claim of a deed that the order of words tells.
func (r *reader) tell(d surface.Deed) {
	in := r.in
	p := r.bearer(in.Mentions.Mentions[d.Mention].Cluster)
	p.Role, p.Surface, p.Span = Role(d.Role), d.Surface.Of(in.Document.Text), d.Surface
	if !p.Listed {
		return
	}
	c := Claim{
		Article: in.Article.ID, Activity: d.Activity, Aspect: Aspect(d.Aspect), Players: []Player{p}, Rule: d.Rule, Version: frames.Version,
		Evidence: d.Evidence, Trigger: d.Trigger, Sentence: d.Sentence, From: r.Spot(d.From), To: r.Spot(d.To), Place: r.Spot(d.Place),
		Act: speech.Assert, Certainty: speech.Certain,
	}
	if d.Attribution >= 0 {
		r.adopt(&c, d.Attribution)
		if h, n := d.Said, len(c.Chain); h != nil && n > 0 {
			c.Chain[n-1].Holder, c.Chain[n-1].Name, c.Chain[n-1].Kind, c.Chain[n-1].Span = h.Of(in.Document.Text), "", h.Kind, h.Span
		}
	} else if h := d.Holder; h != nil {
		c.Chain = []Link{{Holder: h.Of(in.Document.Text), Kind: h.Kind, Cue: h.Cue, Span: h.Span, Directness: speech.Indirect}}
	}
	c.Polarity, c.Scope, c.Certainty = d.Polarity, d.Scope, c.Certainty.Weaker(d.Certainty)
	if d.Act != speech.Assert {
		c.Act = d.Act
	}
	if c.Place == nil {
		c.Place = c.To
	}
	for _, i := range d.Items {
		c.Items = append(c.Items, Item{Item: i.Of(in.Document.Text), Span: i})
	}
	if d.Date >= 0 && !r.dates()[d.Date].Window.IsZero() {
		c.When = &When{Window: r.dates()[d.Date].Window, Basis: "expression", Span: r.dates()[d.Date].Span}
	}
	if c.Aspect == Completed && r.old(&c) {
		c.Aspect = Historical
	}
	r.found = append(r.found, c)
}

// bearer makes a player of a cluster of mentions, but for role and words.
func (r *reader) bearer(cluster int) Player {
	c := r.in.Mentions.Clusters[cluster]
	p := Player{Cluster: cluster, Name: c.Name}
	for _, h := range c.Hypotheses {
		if h.Party != "" {
			p.Candidates = append(p.Candidates, h.Party)
		}
	}
	if best, ok := c.Best(); ok && c.Status != mentions.Rejected {
		p.Listed, p.Name = true, best.Name
		if c.Status == mentions.Accepted {
			p.Party = best.Party
		}
	}
	return p
}
