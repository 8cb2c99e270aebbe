package fulltext

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/entities"
	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/party"
)

// Index tells which entities hold which word, in a name or in any other value.
// It never changes once made.
type Index struct {
	parties []party.Party
	lists   entities.Lists
	inName  map[string][]int32
	inText  map[string][]int32
	vocab   []string // of both, sorted, for wildcards and fuzzy terms
	size    []uint16 // number of values of an entity: well-described ones rank first
}

// searched are the types of properties whose values can be found by words.
var searched = map[string]bool{"name": true, "string": true, "text": true, "identifier": true, "address": true, "country": true, "date": true, "url": true, "email": true}

// New builds the index of the entities that stand for parties.
func New(parties []party.Party, lists entities.Lists) *Index {
	w := &Index{parties: parties, lists: lists, inName: map[string][]int32{}, inText: map[string][]int32{}, size: make([]uint16, len(parties))}
	m := entities.Vocabulary()
	for i := range parties {
		e := lists.Main(&parties[i])
		s := m.Schemata[e.Schema]
		n := 0
		for prop, values := range e.Properties {
			n += len(values)
			p := s.Property(prop)
			if !searched[p.Type] {
				continue
			}
			for _, v := range values {
				to := w.inText
				if p.Type == "name" {
					to = w.inName
				}
				for _, t := range Tokens(v) {
					put(to, t, int32(i))
				}
				if p.Type == "identifier" {
					put(to, strings.Join(Tokens(v), ""), int32(i))
				}
			}
		}
		put(w.inText, strings.ToLower(e.ID), int32(i))
		w.size[i] = uint16(min(n, math.MaxUint16))
	}
	for t := range w.inName {
		w.vocab = append(w.vocab, t)
	}
	for t := range w.inText {
		if w.inName[t] == nil {
			w.vocab = append(w.vocab, t)
		}
	}
	slices.Sort(w.vocab)
	return w
}

// put adds an entity under a word; entities come in rising order.
func put(m map[string][]int32, t string, i int32) {
	if t == "" {
		return
	}
	if l := m[t]; len(l) == 0 || l[len(l)-1] != i {
		m[t] = append(l, i)
	}
}

// Tokens folds a text (case, accents, script) and cuts it into words.
func Tokens(s string) []string {
	return strings.FieldsFunc(names.Fold(s), func(r rune) bool { return r == ' ' || r == '-' || r == '\'' || r == ',' || r == '.' || r == '/' })
}

// maxExpanded bounds the words that one wildcard or fuzzy term stands for.
const maxExpanded = 1000

// expand gives the words of the index that a term stands for.
func (w *Index) expand(t term) []string {
	switch {
	case t.prefix:
		from, _ := slices.BinarySearch(w.vocab, t.word)
		var out []string
		for _, v := range w.vocab[from:] {
			if !strings.HasPrefix(v, t.word) || len(out) == maxExpanded {
				break
			}
			out = append(out, v)
		}
		return out
	case t.fuzzy:
		most := 0 // Elasticsearch's AUTO
		switch n := len(t.word); {
		case n > 5:
			most = 2
		case n > 2:
			most = 1
		}
		var out []string
		for _, v := range w.vocab {
			if len(v) >= len(t.word)-most && len(v) <= len(t.word)+most && within(t.word, v, most) && len(out) < maxExpanded {
				out = append(out, v)
			}
		}
		return out
	}
	return []string{t.word}
}

// within reports whether two words are at most k edits apart (Levenshtein).
func within(a, b string, k int) bool {
	if k == 0 {
		return a == b
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal, least := row[0], i
		row[0] = i
		for j := 1; j <= len(b); j++ {
			d := diagonal
			if a[i-1] != b[j-1] {
				d++
			}
			diagonal = row[j]
			row[j] = min(d, row[j]+1, row[j-1]+1)
			least = min(least, row[j])
		}
		if least > k {
			return false
		}
	}
	return row[len(b)] <= k
}

// Rank gives the entities that a query matches with their weights, best first.
func (w *Index) Rank(q Query) []Hit {
	n := float64(len(w.parties))
	var hits map[int32]float64
	for _, clause := range q.all {
		found := map[int32]float64{}
		for _, t := range clause {
			for _, v := range w.expand(t) {
				for _, l := range []struct {
					ids   []int32
					boost float64
				}{{w.inName[v], 3}, {w.inText[v], 1}} {
					idf := math.Log(1 + n/float64(len(l.ids)+1))
					for _, id := range l.ids {
						if t.field == "" || w.field(id, t) {
							found[id] = max(found[id], l.boost*idf)
						}
					}
				}
			}
			if t.field != "" {
				w.byField(t, found)
			}
		}
		if hits == nil {
			hits = found
			continue
		}
		for id, x := range hits {
			if y, ok := found[id]; ok {
				hits[id] = x + y
			} else {
				delete(hits, id)
			}
		}
	}
	if hits == nil { // nothing asked for: everything
		hits = make(map[int32]float64, len(w.parties))
		for i := range w.parties {
			hits[int32(i)] = 1
		}
	}
	for _, t := range q.not {
		for _, v := range w.expand(t) {
			for _, ids := range [][]int32{w.inName[v], w.inText[v]} {
				for _, id := range ids {
					if t.field == "" || w.field(id, t) {
						delete(hits, id)
					}
				}
			}
		}
	}
	out := make([]Hit, 0, len(hits))
	for id, x := range hits {
		if len(q.phrases) > 0 && !w.says(id, q.phrases) {
			continue
		}
		// As yente does: an entity of which much is known ranks higher.
		out = append(out, Hit{id, x + math.Sqrt(0.5*float64(w.size[id]))})
	}
	slices.SortFunc(out, func(a, b Hit) int { return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Party, b.Party)) })
	return out
}

// Hit is one entity that a query matches.
type Hit struct {
	Party  int32 // its place among the parties
	Weight float64
}

// field reports whether the word stands in the field that the term names.
func (w *Index) field(id int32, t term) bool {
	e := w.lists.Main(&w.parties[id])
	for _, v := range Values(&e, t.field) {
		for _, x := range Tokens(v) {
			if x == t.word || (t.prefix && strings.HasPrefix(x, t.word)) {
				return true
			}
		}
	}
	return false
}

// byField finds what has no words of its own in the index: schema, topics, data
// sets.
func (w *Index) byField(t term, found map[int32]float64) {
	switch t.field {
	case "schema", "topics", "datasets":
	default:
		return
	}
	for i := range w.parties {
		e := w.lists.Main(&w.parties[i])
		for _, v := range Values(&e, t.field) {
			if strings.EqualFold(v, t.raw) {
				found[int32(i)] = max(found[int32(i)], 1)
			}
		}
	}
}

// says reports whether all phrases stand word by word in one value each.
func (w *Index) says(id int32, phrases [][]string) bool {
	e := w.lists.Main(&w.parties[id])
	for _, ph := range phrases {
		want := " " + strings.Join(ph, " ") + " "
		ok := false
		for _, values := range e.Properties {
			for _, v := range values {
				ok = ok || strings.Contains(" "+strings.Join(Tokens(v), " ")+" ", want)
			}
		}
		if !ok {
			return false
		}
	}
	return true
}

// Values gives the values of a field as yente's index names them: a
// group ("countries"), "schema", or "properties.birthDate".
func Values(e *entities.Entity, field string) []string {
	if prop, ok := strings.CutPrefix(field, "properties."); ok {
		return e.Properties[prop]
	}
	switch field {
	case "schema":
		return []string{e.Schema}
	case "datasets":
		return e.Datasets
	case "id", "entity_id":
		return []string{e.ID}
	case "caption":
		return []string{e.Caption}
	case "first_seen":
		return []string{e.FirstSeen}
	case "last_seen":
		return []string{e.LastSeen}
	case "last_change":
		return []string{e.LastChange}
	case "target":
		if e.Target {
			return []string{"true"}
		}
		return []string{"false"}
	case "referents":
		return e.Referents
	}
	m := entities.Vocabulary()
	for name, t := range m.Types {
		if t.Group == field && field != "" {
			return e.OfType(name)
		}
	}
	return e.Properties[field]
}
