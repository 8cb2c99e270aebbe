package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
	"github.com/reportedly/reportedly/internal/serve/web/words"
	"github.com/reportedly/reportedly/internal/store"
)

// partyPage is an entry of a list with those that stand for the same party.
type partyPage struct {
	party.Party
	Same []party.Party
	words.Timeline
	Cases  []store.NumberedCase
	Maybe  []store.NumberedCase // in which the party may be meant
	Rivals []screening.Hit      // others of a like name
	Known  bool
	Name   string
}

func (p *Pages) party(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	ctx, id := r.Context(), r.PathValue("id")
	know, index, err := p.known.now(ctx)
	if err != nil {
		return "", page{}, err
	}
	b := &partyPage{Party: party.Party{ID: id}}
	if know != nil {
		b.Party, b.Known = know.Party(id)
	}
	all, err := p.desk.CasesOf(ctx, id)
	if err != nil {
		return "", page{}, err
	}
	for _, c := range all {
		if c.Party.ID == id || slices.Contains(c.Party.Same, id) {
			b.Cases = append(b.Cases, c)
		} else {
			b.Maybe = append(b.Maybe, c)
		}
	}
	if !b.Known {
		if len(all) == 0 {
			return "", page{}, missing("the party " + id)
		}
		b.ID, b.Name = id, words.Bearing(all[0].Party)
		return "party", page{Title: b.Name, Section: "screen", Body: b}, nil
	}
	b.Name = b.PrimaryName()
	for other, head := range know.Same() {
		if other != id && (head == know.Same()[id] && head != "" || head == id) {
			if o, ok := know.Party(other); ok {
				b.Same = append(b.Same, o)
			}
		}
	}
	slices.SortFunc(b.Same, func(x, y party.Party) int { return strings.Compare(x.ID, y.ID) })
	for _, h := range index.Find(screening.Query{Name: b.Name, Schema: b.Schema, Limit: 12}) {
		if h.Party.ID != id && !slices.ContainsFunc(b.Same, func(o party.Party) bool { return o.ID == h.Party.ID }) {
			b.Rivals = append(b.Rivals, h)
		}
	}
	b.Timeline = words.Designations(p.today(), append([]party.Party{b.Party}, b.Same...)...)
	return "party", page{Title: b.Name, Section: "screen", Body: b}, nil
}
