package cases

import (
	"slices"

	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/cases/origins"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/mentions"
)

// gaps lists what a committee would ask and no report answers (TB-9), and who
// was asked (UN-7).
func (b *builder) gaps(c *Case, live []*happenings.Told) {
	ask := func(known bool, field, question string) {
		if !known {
			c.Unknown = append(c.Unknown, Gap{Field: field, Question: question})
		}
	}
	ask(c.Party.Identity == mentions.Accepted, "identity", "Which bearer of the name is meant?")
	ask(c.Window.Basis == "reported", "date", "On which day?")
	has := func(f func(*happenings.Told) bool) bool { return slices.ContainsFunc(live, f) }
	if c.Activity[0].Family() == "TRV" || c.Activity[0] == "MET-IN" {
		e := b.parties[c.Party.ID]
		ask(has(func(t *happenings.Told) bool { return t.From != nil }), "departure", "From where, and when?")
		ask(has(func(t *happenings.Told) bool { return t.Via != nil }), "itinerary", "By which route, with which transit?")
		ask(has(func(t *happenings.Told) bool { return carried(t) }), "transport", "By which carrier, flight or vessel?")
		ask(has(func(t *happenings.Told) bool { return t.Purpose != "" }), "purpose", "For what purpose?")
		ask(has(func(t *happenings.Told) bool { return t.Activity == "TRV-EXIT" }), "return", "When did the stay end?")
		ask(e != nil && len(e.Documents) > 0, "passport", "On which passport?")
		ask(has(func(t *happenings.Told) bool { return t.Exemption != "" }), "exemption", "Was an exemption asked for, and given?")
		ask(false, "funds", "Who paid for the journey?")
	} else {
		ask(slices.ContainsFunc(c.Places, func(p Place) bool { return p.Basis == "" }), "place", "Where?")
		ask(has(func(t *happenings.Told) bool { return len(t.Players) > 1 }), "counterparty", "With whom?")
		ask(has(func(t *happenings.Told) bool { return t.Exemption != "" }), "exemption", "Was an exemption or licence asked for, and given?")
	}
	b.asked(c)
}

func carried(t *happenings.Told) bool {
	return slices.ContainsFunc(t.Players, func(p claims.Player) bool { return p.Role == claims.Carrier })
}

// asked sets the answers of the party's State and of the host State beside the
// case; "not asked" is a value, and as far as the articles tell.
func (b *builder) asked(c *Case) {
	const none = "not asked, as far as the articles tell"
	states := map[string]string{}
	_, _, nations := b.designations(c.Party)
	for _, n := range nations {
		states[n] = "the party's State (" + n + ")"
	}
	for _, p := range c.Places {
		if p.Country != "" && states[p.Country] == "" {
			states[p.Country] = "the State concerned (" + p.Country + ")"
		}
	}
	var codes []string
	for k := range states {
		codes = append(codes, k)
	}
	slices.Sort(codes)
	own := Asked{Who: "the party", Answer: none}
	for _, r := range c.Replies {
		if origins.NameWithin(origins.HolderWords(r.Holder), origins.HolderWords(c.Party.Name)) {
			own = Asked{"the party", string(r.Act), r.Quote, r.Claims[0]}
		}
	}
	c.Asked = append(c.Asked, own)
	for _, k := range codes {
		a := Asked{Who: states[k], Answer: none}
		for _, r := range c.Replies {
			if r.Country == k {
				id := ""
				if len(r.Claims) > 0 {
					id = r.Claims[0]
				}
				a = Asked{states[k], string(r.Act), r.Quote, id}
				break
			}
		}
		c.Asked = append(c.Asked, a)
	}
}
