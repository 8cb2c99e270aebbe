package links

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/party"
)

// Status of a link.
type Status string

// Statuses.
const (
	Same     Status = "same"
	Probable Status = "probable"
	Possible Status = "possible" // a shared name and nothing else: no link
	Yields   Status = "yields"   // another entry of the same list fits better
)

// Reason is one piece of evidence; a negative weight speaks against.
type Reason struct {
	Kind   string  `json:"kind"` // "reference", "document", "wallet", "name", "birth", "listing", "nationality", "gender"
	Text   string  `json:"text"`
	Weight float64 `json:"weight"`
}

// Link between two entries of different lists; A sorts before B.
type Link struct {
	A       string   `json:"a"`
	B       string   `json:"b"`
	Status  Status   `json:"status"`
	Score   float64  `json:"score"`
	Reasons []Reason `json:"reasons"`
	Rivals  []string `json:"rivals,omitempty"` // entries that compete for A or for B within their lists
}

func list(id string) string {
	l, _, _ := strings.Cut(id, ":")
	return l
}

// maxShared is how many parties may share a key before it tells nothing.
const maxShared = 100

// Find gives the links among parties, ordered by A and B. Links that are only
// possible are given too, so that a reader sees the namesakes.
func Find(parties []party.Party) []Link {
	index := map[string][]int{}
	for i := range parties {
		for _, key := range keys(&parties[i]) {
			index[key] = append(index[key], i)
		}
	}
	shared := sharedDocuments(parties)
	pairs := map[[2]int]bool{}
	for _, who := range index {
		if len(who) > maxShared {
			continue
		}
		for i, a := range who {
			for _, b := range who[i+1:] {
				if list(parties[a].ID) != list(parties[b].ID) && compatible(parties[a].Schema, parties[b].Schema) {
					pairs[[2]int{min(a, b), max(a, b)}] = true
				}
			}
		}
	}
	var out []Link
	for p := range pairs {
		if l, ok := weigh(&parties[p[0]], &parties[p[1]], shared); ok {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(x, y Link) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	compete(out)
	return out
}

// sharedDocuments are the numbers that one list gives to several entries.
func sharedDocuments(parties []party.Party) map[string]bool {
	holder := map[string]string{} // list and number -> ID
	out := map[string]bool{}
	for i := range parties {
		p := &parties[i]
		for _, d := range p.Documents {
			n := number(d)
			if n == "" {
				continue
			}
			key := list(p.ID) + " " + n
			if have, ok := holder[key]; ok && have != p.ID {
				out[n] = true
			}
			holder[key] = p.ID
		}
	}
	return out
}

// compatible: a person is no body and no ship; what lists call a body differs.
func compatible(a, b party.Schema) bool {
	if a == b || a == party.LegalEntity && b != party.Vessel && b != party.Airplane || b == party.LegalEntity && a != party.Vessel && a != party.Airplane {
		return true
	}
	body := func(s party.Schema) bool {
		return s == party.Organization || s == party.Company || s == party.PublicBody
	}
	return body(a) && body(b)
}

// weigh adds up the evidence about one pair.
func weigh(a, b *party.Party, shared map[string]bool) (Link, bool) {
	l := Link{A: a.ID, B: b.ID}
	if l.B < l.A {
		a, b = b, a
		l.A, l.B = l.B, l.A
	}
	l.Reasons = slices.Concat(references(a, b), documents(a, b, shared), wallets(a, b), names(a, b), births(a, b), listings(a, b), countries(a, b), genders(a, b))
	beyondName := false
	for _, r := range l.Reasons {
		l.Score += r.Weight
		beyondName = beyondName || r.Kind != "name" && r.Kind != "nationality" && r.Weight > 0
	}
	switch {
	case l.Score >= 3 && beyondName:
		l.Status = Same
	case l.Score >= 2 && beyondName:
		l.Status = Probable
	case l.Score > 0:
		l.Status = Possible
	default:
		return l, false
	}
	return l, true
}

// compete settles which of several candidates of one list stands, and names
// the others as rivals.
func compete(all []Link) {
	best := map[string]int{} // "ID list" -> link
	side := func(i int, each func(key, other string)) {
		each(all[i].A+" "+list(all[i].B), all[i].B)
		each(all[i].B+" "+list(all[i].A), all[i].A)
	}
	rivals := map[string][]string{}
	for i := range all {
		side(i, func(key, other string) {
			if have, ok := best[key]; !ok || all[i].Score > all[have].Score {
				best[key] = i
			}
			rivals[key] = append(rivals[key], other)
		})
	}
	for i := range all {
		l := &all[i]
		side(i, func(key, other string) {
			top := best[key]
			for _, r := range rivals[key] {
				if r != other {
					l.Rivals = append(l.Rivals, r)
				}
			}
			if top != i && all[top].Score > l.Score && (all[top].Status == Same || all[top].Status == Probable) && (l.Status != Same || conflict(*l)) {
				l.Status = Yields
				l.Reasons = append(l.Reasons, Reason{Kind: "rival", Text: fmt.Sprintf("%s and %s agree better (%.1f)", all[top].A, all[top].B, all[top].Score)})
			}
		})
		slices.Sort(l.Rivals)
		l.Rivals = slices.Compact(l.Rivals)
	}
}

// conflict reports evidence against: a list may hold one man twice (the EU
// does), so a second counterpart without conflict stands beside the first.
func conflict(l Link) bool {
	return slices.ContainsFunc(l.Reasons, func(r Reason) bool { return r.Weight < 0 })
}

// Groups joins entries that are linked as the same, each group sorted, the
// groups by their first entry.
func Groups(all []Link) [][]string {
	parent := map[string]string{}
	var find func(string) string
	find = func(id string) string {
		if parent[id] == "" || parent[id] == id {
			return id
		}
		parent[id] = find(parent[id])
		return parent[id]
	}
	for _, l := range all {
		if l.Status == Same {
			a, b := find(l.A), find(l.B)
			parent[a], parent[b] = min(a, b), min(a, b)
		}
	}
	members := map[string][]string{}
	for id := range parent {
		members[find(id)] = append(members[find(id)], id)
	}
	var out [][]string
	for _, m := range members {
		slices.Sort(m)
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b []string) int { return cmp.Compare(a[0], b[0]) })
	return out
}
