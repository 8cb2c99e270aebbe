package screening

import (
	"cmp"
	"slices"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/names/sound"
	"github.com/reportedly/reportedly/internal/party"
)

// Query is what is known of somebody. Only Name or Number is needed.
type Query struct {
	Name      string
	Schema    party.Schema // "" = unknown
	BirthDate calendar.Window
	Country   string // ISO 3166-1 alpha-2
	Gender    string
	Number    string // passport, IMO, wallet, register number
	// Limit is the number of hits wanted, 0 = 10. Floor is the least score, 0 =
	// names.Partial - 0.15: what is less alike is noise.
	Limit int
	Floor float64
	// Only limits the answer to parties for which it is true (a list, a regime, a
	// day); nil = all. It is asked before the best candidates are cut, so that
	// those left out take nobody's place.
	Only func(*party.Party) bool
}

// Hit is one listed party that may be the one asked for.
type Hit struct {
	Party   party.Party
	Matched string // the listed name that is likest
	// NameScore is the likeness of the names alone, Score with all evidence.
	NameScore float64
	Score     float64
	Parts     []names.Part // add up to Score
}

// Default is the score from which a hit counts as found.
const Default = names.Default

// Names compared in full for one query, and the most where many are as good.
const (
	compared     = 48
	comparedTies = 1024
)

type scratch struct {
	weight  []float32
	touched []int32
}

// Find ranks the parties that may be meant.
func (ix *Index) Find(q Query) []Hit {
	if q.Limit <= 0 {
		q.Limit = 10
	}
	if q.Floor == 0 {
		q.Floor = names.Partial - 0.15
	}
	best := map[int32]Hit{}
	ix.byName(q, best)
	if k := numberKey(q.Number); k != "" {
		for _, i := range ix.byNumber[k] {
			if q.Only != nil && !q.Only(&ix.parties[i]) {
				continue
			}
			h := best[i]
			h.Parts = append(h.Parts, names.Part{Feature: "number", Weight: 1 - h.NameScore, Text: "the same number " + q.Number})
			h.NameScore, h.Party = 1, ix.parties[i]
			best[i] = h
		}
	}
	hits := make([]Hit, 0, len(best))
	for i, h := range best {
		h.Party = ix.parties[i]
		if h.weigh(q); h.Score >= q.Floor && h.Score > 0 {
			hits = append(hits, h)
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.NameScore, a.NameScore), cmp.Compare(a.Party.ID, b.Party.ID))
	})
	return hits[:min(len(hits), q.Limit)]
}

// byName compares the query with the listed names that share most of what is
// rare in it.
func (ix *Index) byName(q Query, best map[int32]Hit) {
	if len(q.Name) > 4096 {
		q.Name = q.Name[:4096] // longer input names nobody
	}
	asked := readings(q)
	for _, a := range asked {
		for _, id := range ix.candidates(a, q.Only) {
			l := &ix.names[id]
			if other(q.Schema, ix.parties[l.party].Schema) || l.doubled && !consonantal(a) {
				continue
			}
			s := names.Compare(a, l.name)
			if l.weak && s.Value < 1 {
				s.Parts = append(s.Parts, names.Part{Feature: "weak alias", Weight: -0.03, Text: "the list itself calls this name weak"})
				s.Value -= 0.03
			}
			if h, ok := best[l.party]; !ok || s.Value > h.NameScore {
				best[l.party] = Hit{Matched: l.name.Text, NameScore: s.Value, Parts: s.Parts}
			}
		}
	}
}

func consonantal(n names.Name) bool {
	for _, w := range n.Words {
		if w.Consonants {
			return true
		}
	}
	return false
}

// readings of a query whose type is not known: what its name looks like, and
// an organisation's where that differs.
func readings(q Query) []names.Name {
	a := names.Parse(q.Name, q.Schema)
	if q.Schema != "" && q.Schema != party.LegalEntity {
		return []names.Name{a}
	}
	if a.Person() {
		return []names.Name{a, names.Parse(q.Name, party.Organization)}
	}
	return []names.Name{a}
}

// candidates are the listed names that share the weightiest keys with a.
func (ix *Index) candidates(a names.Name, only func(*party.Party) bool) []int32 {
	sc := ix.scratch.Get().(*scratch)
	defer ix.scratch.Put(sc)
	sc.touched = sc.touched[:0]
	for _, k := range queryKeys(a) {
		ids := ix.byKey[k.key]
		if len(ids) == 0 || len(ids) > 20_000 {
			continue
		}
		w := ix.weightOf(len(ids)) * k.share
		for _, id := range ids {
			if sc.weight[id] == 0 {
				sc.touched = append(sc.touched, id)
			}
			sc.weight[id] += w
		}
	}
	if only != nil {
		sc.touched = slices.DeleteFunc(sc.touched, func(id int32) bool {
			if only(&ix.parties[ix.names[id].party]) {
				return false
			}
			sc.weight[id] = 0
			return true
		})
	}
	slices.SortFunc(sc.touched, func(x, y int32) int {
		return cmp.Or(cmp.Compare(sc.weight[y], sc.weight[x]), cmp.Compare(x, y))
	})
	out := slices.Clone(sc.touched[:sc.cut()])
	for _, id := range sc.touched {
		sc.weight[id] = 0
	}
	return out
}

// cut is how many of the sorted names are compared: the best, and those that
// are as good as the last of them. Several lists carry the same man under the
// same spellings, and none of his entries may be lost to the others.
func (sc *scratch) cut() int {
	n := min(len(sc.touched), compared)
	for n > 0 && n < min(len(sc.touched), comparedTies) && sc.weight[sc.touched[n]] == sc.weight[sc.touched[n-1]] {
		n++
	}
	return n
}

type queryKey struct {
	key   string
	share float32 // an approximate key says less than an exact one
}

func queryKeys(n names.Name) []queryKey {
	var out []queryKey
	seen := map[string]bool{}
	add := func(k string, share float32) {
		if k != "" && !seen[k] {
			seen[k] = true
			out = append(out, queryKey{k, share})
		}
	}
	for i, w := range n.Words {
		if w.Kind == names.Particle && len(n.Words) > 1 {
			continue
		}
		add(w.Key, 1)
		add(w.Kept, 1)
		if !w.Consonants {
			for _, k := range sound.Alternatives(w.Text) {
				add(k, 0.9)
			}
		}
		if i+1 < len(n.Words) {
			add(sound.Key(w.Text+n.Words[i+1].Text), 1)
		}
	}
	for _, w := range n.Words {
		if w.Kind != names.Particle {
			for _, d := range deletions(w.Key) {
				add(d, 0.3)
			}
		}
	}
	return out
}
