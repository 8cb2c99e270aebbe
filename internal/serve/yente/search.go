package yente

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/entities"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/serve/yente/fulltext"
)

type total struct {
	Value    int    `json:"value"`
	Relation string `json:"relation"`
}

type facetItem struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	Count int    `json:"count"`
}

type facet struct {
	Label  string      `json:"label"`
	Values []facetItem `json:"values"`
}

// facets that can be asked for, with what they are called.
var facetLabels = map[string]string{"datasets": "Data sources", "schema": "Entity types", "countries": "Countries", "identifiers": "Identifiers", "topics": "Topics", "genders": "Genders"}

const maxFacet = 1000

// search answers GET /search/{dataset}.
func (h *Handler) search(d *Data, w http.ResponseWriter, r *http.Request) error {
	a := asked(r)
	limit, offset := a.window()
	facets := a.Values["facets"]
	if !a.Has("facets") {
		facets = []string{"countries", "topics", "datasets"}
	}
	for i, f := range facets {
		if facetLabels[f] == "" {
			a.refuse(refuse("enum", "Input should be 'datasets', 'schema', 'countries', 'identifiers', 'topics' or 'genders'", f, "query", "facets", i))
		}
	}
	fuzzy, simple := a.truth("fuzzy", false), a.truth("simple", false)
	set, err := d.asked(r)
	if err != nil {
		return err
	}
	sift, err := d.sift(set, a)
	if err != nil {
		return err
	}
	if a.err != nil {
		return a.err
	}
	t := tally{facets: facets, sorts: a.Values["sort"], counts: map[string]map[string]int{}}
	sift.found(d.words().Rank(fulltext.Parse(a.Get("q"), fuzzy, simple)), &t)
	t.order()
	results := []*entities.Entity{}
	for _, f := range t.found[min(offset, len(t.found)):min(offset+limit, len(t.found))] {
		e := d.lists.Main(&d.parties[f.id])
		results = append(results, &e)
	}
	send(w, http.StatusOK, struct {
		Limit   int                `json:"limit"`
		Offset  int                `json:"offset"`
		Total   total              `json:"total"`
		Results []*entities.Entity `json:"results"`
		Facets  map[string]facet   `json:"facets"`
	}{limit, offset, total{len(t.found), "eq"}, results, d.count(&t)})
	return nil
}

// sift holds the filters of a search.
type sift struct {
	scope   scope
	schema  *entities.Schema
	filters map[string][]string // field to wanted values
	every   bool                // all values of a field are wanted, not one
}

func (d *Data) sift(set *dataset, a *ask) (sift, error) {
	s := sift{filters: map[string][]string{}}
	name := a.Get("schema")
	if name == "" {
		name = "Thing"
	}
	if s.schema = entities.Vocabulary().Schemata[name]; s.schema == nil {
		return s, failf(http.StatusBadRequest, "Invalid schema")
	}
	switch op := a.Get("filter_op"); op {
	case "", "OR":
	case "AND":
		s.every = true
	default:
		return s, refuse("enum", "Input should be 'AND' or 'OR'", op, "query", "filter_op")
	}
	for _, field := range []string{"countries", "topics", "datasets"} {
		if v := a.Values[field]; len(v) > 0 {
			s.filters[field] = append(s.filters[field], v...)
		}
	}
	for _, f := range a.Values["filter"] {
		field, value, ok := strings.Cut(f, ":")
		if !ok {
			return s, failf(http.StatusBadRequest, "Invalid filter: '%s'", f)
		}
		s.filters[field] = append(s.filters[field], value)
	}
	if a.Has("target") {
		want := "false"
		if a.truth("target", true) {
			want = "true"
		}
		s.filters["target"] = []string{want}
	}
	topics := a.Values["topics"]
	delete(a.Values, "topics") // an ordinary filter here, so that filter_op counts
	s.scope = d.scope(set, a)
	if topics != nil {
		a.Values["topics"] = topics
	}
	return s, nil
}

// tally is what a search keeps of each entity that it finds: not the entity
// itself, since all of a list may be found.
type tally struct {
	facets, sorts []string
	found         []foundEntity
	counts        map[string]map[string]int // facet to value to number
}

type foundEntity struct {
	id   int32
	keys []string // by which it is sorted
}

// found keeps the entities that pass, in their order.
func (s *sift) found(all []fulltext.Hit, t *tally) {
	m := entities.Vocabulary()
	for _, f := range t.facets {
		t.counts[f] = map[string]int{}
	}
	for _, r := range all {
		p := &s.scope.data.parties[r.Party]
		schema := m.Schemata[schemaOf(p)]
		if !s.scope.holds(p) || !(s.schema.CanMatch(schema) || schema.IsA(s.schema.Name)) {
			continue
		}
		e := s.scope.data.lists.Main(p)
		if !s.passes(&e) {
			continue
		}
		f := foundEntity{id: r.Party}
		for _, by := range t.sorts {
			field, _, _ := strings.Cut(by, ":")
			f.keys = append(f.keys, first(fulltext.Values(&e, field)))
		}
		t.found = append(t.found, f)
		for _, field := range t.facets {
			for _, v := range fulltext.Values(&e, field) {
				t.counts[field][v]++
			}
		}
	}
}

func (s *sift) passes(e *entities.Entity) bool {
	for field, want := range s.filters {
		have := fulltext.Values(e, field)
		n := 0
		for _, w := range want {
			if slices.ContainsFunc(have, func(v string) bool {
				return strings.EqualFold(v, w) || (field == "datasets" && slices.Contains(collections, w))
			}) {
				n++
			}
		}
		if n == 0 || (s.every && n < len(want)) {
			return false
		}
	}
	return true
}

// order sorts by "field" or "field:desc"; entities without the field come last.
func (t *tally) order() {
	if len(t.sorts) == 0 {
		return
	}
	slices.SortStableFunc(t.found, func(a, b foundEntity) int {
		for i, s := range t.sorts {
			x, y := a.keys[i], b.keys[i]
			c := cmp.Compare(x, y)
			switch {
			case x == y:
				continue
			case x == "":
				return 1
			case y == "":
				return -1
			case strings.HasSuffix(s, ":desc"):
				return -c
			}
			return c
		}
		return 0
	})
}

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}

// count gives the facets, the most frequent values first.
func (d *Data) count(t *tally) map[string]facet {
	out := map[string]facet{}
	for f, n := range t.counts {
		fc := facet{Label: facetLabels[f], Values: []facetItem{}}
		for v, c := range n {
			fc.Values = append(fc.Values, facetItem{v, d.label(f, v), c})
		}
		slices.SortFunc(fc.Values, func(a, b facetItem) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name)) })
		fc.Values = fc.Values[:min(len(fc.Values), maxFacet)]
		out[f] = fc
	}
	return out
}

// label is what people call a value of a field.
func (d *Data) label(field, v string) string {
	m := entities.Vocabulary()
	switch field {
	case "countries":
		if l := m.Countries[v]; l != "" {
			return l
		}
	case "topics":
		if l := m.Topics[v]; l != "" {
			return l
		}
	case "schema":
		if s := m.Schemata[v]; s != nil {
			return s.Plural
		}
	case "datasets":
		if s := d.dataset(v); s != nil {
			return s.Title
		}
	}
	return v
}

// suggested gives the entities whose names hold all words of a prefix, the last
// one perhaps begun only.
func (d *Data) suggested(set *dataset, prefix string, limit int) []party.Party {
	q, ok := fulltext.Prefix(prefix)
	if !ok {
		return nil
	}
	s := d.scope(set, &ask{})
	var out []party.Party
	for _, r := range d.words().Rank(q) {
		if p := &d.parties[r.Party]; s.holds(p) {
			if out = append(out, *p); len(out) == limit {
				break
			}
		}
	}
	return out
}
