package claimseval

import (
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/story"
)

// FromClaims writes the program's reading of a text in the form of
// data/claims: offsets in code points, names beside the words of the text.
func FromClaims(id, text string, found []claims.Claim, res mentions.Result) Article {
	out := Article{ID: id, Mentions: []Mention{}, Claims: []Claim{}}
	runes := newRuneIndex(text)
	for _, m := range res.Mentions {
		name := m.Text
		if m.Cluster >= 0 && m.Cluster < len(res.Clusters) {
			c := res.Clusters[m.Cluster]
			if c.Status == mentions.Rejected {
				continue
			}
			name = c.Name
			if best, ok := c.Best(); ok {
				name = best.Name
			}
		}
		a, b := runes.at(m.Start), runes.at(m.End)
		out.Mentions = append(out.Mentions, Mention{Party: name, Start: a, End: b, Text: m.Text})
	}
	for _, c := range found {
		out.Claims = append(out.Claims, fromClaim(text, runes, c))
	}
	return out
}

func fromClaim(text string, runes runeIndex, c claims.Claim) Claim {
	start, end := runes.at(c.Evidence.Start), runes.at(c.Evidence.End)
	out := Claim{
		Activity: string(c.Activity), Aspect: string(c.Aspect), Parties: []Party{}, Items: []Item{}, Chain: []Holder{},
		From: placeText(c.From), To: placeText(c.To), Place: placeText(c.Place), Polarity: c.Polarity, Act: string(c.Act),
		Certainty: string(c.Certainty), Scope: c.Scope, Rule: c.Rule, Notes: c.Notes,
		Evidence: Evidence{Start: &start, End: &end, Text: c.Evidence.Of(text)},
	}
	for _, p := range c.Players {
		out.Parties = append(out.Parties, Party{Role: string(p.Role), Name: p.Name, Surface: p.Surface, Listed: p.Listed})
	}
	if c.When != nil {
		out.When = fromWindow(c.When.Window)
	}
	for _, i := range c.Items {
		out.Items = append(out.Items, Item{Item: i.Item, Quantity: i.Quantity, Unit: i.Unit})
	}
	if c.Amount != nil {
		out.Amount = &Amount{Value: c.Amount.Value, Currency: c.Amount.Currency}
	}
	for _, l := range c.Chain {
		h := Holder{Holder: l.Holder, Kind: string(l.Kind)}
		if l.Name != "" {
			h.Holder = l.Name
		}
		out.Chain = append(out.Chain, h)
	}
	return out
}

func placeText(l *claims.Location) string {
	if l == nil {
		return ""
	}
	return l.Text
}

// fromWindow closes an open end with the other one: the format has no open
// windows.
func fromWindow(w calendar.Window) *When {
	e, l := w.Earliest.First(), w.Latest.Last()
	switch {
	case w.IsZero():
		return nil
	case w.Earliest.IsZero():
		e = w.Latest.First()
	case w.Latest.IsZero():
		l = w.Earliest.Last()
	}
	return &When{Earliest: e.String(), Latest: l.String()}
}

// runeIndex turns byte offsets into code points without counting from the
// start each time.
type runeIndex []int

func newRuneIndex(text string) runeIndex {
	out := make(runeIndex, len(text)+1)
	n := 0
	for i := range text {
		out[i] = n
		n++
	}
	out[len(text)] = n
	// Offsets inside a character take its own count.
	for i := 1; i < len(text); i++ {
		if out[i] == 0 {
			out[i] = out[i-1]
		}
	}
	return out
}

func (r runeIndex) at(i int) int {
	if i < 0 || i >= len(r) {
		return r[len(r)-1]
	}
	return r[i]
}

// GoldMentions gives the gold mentions of an article as the mentions room
// would, one accepted cluster a party: to measure the reading of claims apart
// from the finding of names.
func GoldMentions(a Article) mentions.Result {
	var out mentions.Result
	at := map[string]int{}
	for _, m := range a.Mentions {
		k, ok := at[m.Party]
		if !ok {
			k = len(out.Clusters)
			at[m.Party] = k
			out.Clusters = append(out.Clusters, mentions.Cluster{
				Name: m.Party, Status: mentions.Accepted,
				Hypotheses: []mentions.Hypothesis{{Party: "gold:" + m.Party, Name: m.Party, Score: 1}},
			})
		}
		span := story.ByteSpan(a.Text, story.Span{Start: m.Start, End: m.End})
		out.Clusters[k].Mentions = append(out.Clusters[k].Mentions, len(out.Mentions))
		out.Mentions = append(out.Mentions, mentions.Mention{Span: span, Text: m.Text, Cluster: k, Sentence: -1, Score: 1})
	}
	return out
}
