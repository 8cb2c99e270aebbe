package mentions

import (
	"fmt"
	"github.com/reportedly/reportedly/internal/mentions/identity"
	"slices"

	"github.com/reportedly/reportedly/internal/names"
)

// cluster joins stretches whose leading candidates are the same parties.
func (r *reading) cluster(all []found) {
	byParty := map[int32]*bearer{}
	for _, h := range all {
		top := h.cands[0]
		var b *bearer
		for _, c := range h.cands {
			if c.score < top.score-0.05 {
				break
			}
			if b = byParty[c.party]; b != nil {
				break
			}
		}
		if b == nil {
			b = &bearer{cands: map[int32]candidate{}, titles: map[string]bool{}, weak: true}
			r.bearers = append(r.bearers, b)
		}
		b.weak = b.weak && (top.partial || r.lone(top))
		r.join(b, h)
		for _, c := range h.cands {
			if c.score >= top.score-0.05 && byParty[c.party] == nil {
				byParty[c.party] = b
			}
		}
	}
}

// better prefers whole names to acronyms and parts, then the likelier.
func (c candidate) better(old candidate) bool {
	if a, b := c.partial || c.acronym, old.partial || old.acronym; a != b {
		return b
	}
	return c.score > old.score || c.score == old.score && c.rarity > old.rarity
}

// lone reports a person's alias of one word: by itself it is at best a hint.
func (r *reading) lone(c candidate) bool {
	return c.words == 1 && !c.numbered && r.ix.at(c.name).name.Person()
}

func (r *reading) join(b *bearer, h found) {
	top := h.cands[0]
	for _, c := range h.cands {
		if old, ok := b.cands[c.party]; !ok {
			b.cands[c.party] = c
			b.order = append(b.order, c.party)
		} else if c.better(old) {
			b.cands[c.party] = c
		}
	}
	slices.SortStableFunc(b.order, func(x, y int32) int {
		switch cx, cy := b.cands[x], b.cands[y]; {
		case cx.score > cy.score:
			return -1
		case cx.score < cy.score:
			return 1
		}
		return 0
	})
	b.names = append(b.names, top)
	if top.title != "" {
		for _, w := range names.Words(top.title) {
			b.titles[identity.WholeTitle(w.Text)] = true
		}
	}
	b.places = append(b.places, place{span: h.span, form: r.formOf(top), reach: r.reachOf(top), score: top.score})
}

func (r *reading) formOf(c candidate) Form {
	l := r.ix.at(c.name)
	switch {
	case c.numbered:
		return Number
	case c.acronym:
		return Acronym
	case c.partial, c.words == 1 && countFull(l.name) > 1:
		return Partial
	case c.words < countFull(l.name) && !l.name.Person() && c.score < 0.95:
		return Partial
	case l.kind != "" && l.kind != "primary" && l.kind != "native":
		return Alias
	}
	return Full
}

// reachOf says how the words of the text lead to the listed name.
func (r *reading) reachOf(c candidate) string {
	l := r.ix.at(c.name)
	if c.numbered {
		return "number " + c.number
	}
	if c.exact {
		return "listed name"
	}
	why := ""
	for _, p := range c.parts {
		if p.Feature == "word" && p.Text != "" && !isSame(p.Text) {
			if why != "" {
				why += "; "
			}
			why += p.Text
		}
		if p.Feature == "missing" {
			if why != "" {
				why += "; "
			}
			why += p.Text
		}
	}
	if why == "" {
		why = "the same words"
	}
	return fmt.Sprintf("listed as %s: %s", l.name.Text, why)
}

func isSame(s string) bool { return len(s) > 8 && s[len(s)-8:] == "the same" }
