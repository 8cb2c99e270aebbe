package yente

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"github.com/reportedly/reportedly/internal/entities"
)

// nested is an entity whose properties may hold entities.
type nested struct {
	entity entities.Entity
	edges  map[string][]any // property to entities (*nested) or IDs
}

// MarshalJSON puts the nested entities in the place of their IDs.
func (n *nested) MarshalJSON() ([]byte, error) {
	props := make(map[string]any, len(n.entity.Properties)+len(n.edges))
	for k, v := range n.entity.Properties {
		props[k] = v
	}
	for k, v := range n.edges {
		props[k] = v
	}
	p, err := json.Marshal(props)
	if err != nil {
		return nil, err
	}
	e := n.entity
	e.Properties = nil
	b := e.AppendJSON(nil)
	const empty = `"properties":{}`
	i := indexOf(b, empty)
	out := append(append([]byte(nil), b[:i]...), `"properties":`...)
	out = append(out, p...)
	return append(append(out, b[i+len(empty):]...), '}'), nil
}

// indexOf finds the empty properties: id, caption and schema stand before them
// and hold no unescaped quotation mark, so the first match is the member.
func indexOf(b []byte, s string) int {
	for i := 0; i+len(s) <= len(b); i++ {
		if string(b[i:i+len(s)]) == s {
			return i
		}
	}
	return -1
}

// around gives a party's entity with all that hangs on it one edge away, by the
// property under which it hangs.
func (d *Data) around(i int) *nested {
	p := &d.parties[i]
	n := &nested{entity: d.lists.Main(p), edges: map[string][]any{}}
	m := entities.Vocabulary()
	own := m.Schemata[n.entity.Schema]
	hang := d.lists.Hanging(p, d.find)
	for _, j := range d.inbound()[p.ID] { // edges that only the other side tells
		for _, e := range d.lists.Hanging(&d.parties[j], d.find) {
			if pointsTo(&e, n.entity.ID) && !slices.ContainsFunc(hang, func(h entities.Entity) bool { return h.ID == e.ID }) {
				hang = append(hang, e)
			}
		}
	}
	for k := range hang {
		e := &hang[k]
		if e.Schema == "Address" {
			n.edges["addressEntity"] = append(n.edges["addressEntity"], &nested{entity: *e})
			continue
		}
		s := m.Schemata[e.Schema]
		for _, prop := range slices.Sorted(maps.Keys(e.Properties)) {
			q := s.Property(prop)
			if q.Type != "entity" || !slices.Contains(e.Properties[prop], n.entity.ID) || own.Property(q.Reverse) == nil {
				continue
			}
			n.edges[q.Reverse] = append(n.edges[q.Reverse], d.expand(e, prop))
		}
	}
	return n
}

func pointsTo(e *entities.Entity, id string) bool {
	for _, v := range e.Properties {
		if slices.Contains(v, id) {
			return true
		}
	}
	return false
}

// expand shows an edge with the party at its far end; the near end is left out.
func (d *Data) expand(e *entities.Entity, near string) *nested {
	n := &nested{entity: *e, edges: map[string][]any{}}
	n.entity.Properties = maps.Clone(e.Properties)
	delete(n.entity.Properties, near)
	s := entities.Vocabulary().Schemata[e.Schema]
	for prop, ids := range n.entity.Properties {
		if s.Property(prop).Type != "entity" {
			continue
		}
		for _, id := range ids {
			if p := d.find(id); p != nil {
				n.edges[prop] = append(n.edges[prop], &nested{entity: d.lists.Main(p)})
			} else {
				n.edges[prop] = append(n.edges[prop], id)
			}
		}
	}
	return n
}

// entityAt finds the entity of the request's path. Another of its IDs leads on
// to the one under which it is served (308), as in yente.
func (d *Data) entityAt(w http.ResponseWriter, r *http.Request, rest string) (i int, done bool, err error) {
	id := r.PathValue("id")
	i, ok := d.byID[id]
	if !ok {
		return 0, false, failf(http.StatusNotFound, "No such entity!")
	}
	if own := d.lists.ID(d.parties[i].ID); own != id {
		to := "/entities/" + url.PathEscape(own) + rest
		if r.URL.RawQuery != "" {
			to += "?" + r.URL.RawQuery
		}
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusPermanentRedirect)
		return 0, true, nil
	}
	return i, false, nil
}

// entity answers GET /entities/{id}.
func (h *Handler) entity(d *Data, w http.ResponseWriter, r *http.Request) error {
	a := asked(r)
	whole := a.truth("nested", true)
	if a.err != nil {
		return a.err
	}
	i, done, err := d.entityAt(w, r, "")
	if done || err != nil {
		return err
	}
	if whole {
		send(w, http.StatusOK, d.around(i))
		return nil
	}
	e := d.lists.Main(&d.parties[i])
	send(w, http.StatusOK, &e)
	return nil
}

// page of the entities that hang on one property.
type page struct {
	Results []any `json:"results"`
	Total   total `json:"total"`
	Limit   int   `json:"limit"`
	Offset  int   `json:"offset"`
}

func paged(all []any, limit, offset int) page {
	p := page{all[min(offset, len(all)):min(offset+limit, len(all))], total{len(all), "eq"}, limit, offset}
	if p.Results == nil {
		p.Results = []any{}
	}
	return p
}

// adjacent answers GET /entities/{id}/adjacent.
func (h *Handler) adjacent(d *Data, w http.ResponseWriter, r *http.Request) error {
	a := asked(r)
	limit, offset := a.window()
	if a.err != nil {
		return a.err
	}
	i, done, err := d.entityAt(w, r, "/adjacent")
	if done || err != nil {
		return err
	}
	n := d.around(i)
	pages := map[string]page{}
	for prop, all := range n.edges {
		pages[prop] = paged(all, limit, offset)
	}
	send(w, http.StatusOK, map[string]any{"entity": &n.entity, "adjacent": pages})
	return nil
}

// adjacentBy answers GET /entities/{id}/adjacent/{property}.
func (h *Handler) adjacentBy(d *Data, w http.ResponseWriter, r *http.Request) error {
	a := asked(r)
	limit, offset := a.window()
	if a.err != nil {
		return a.err
	}
	name := r.PathValue("property")
	i, done, err := d.entityAt(w, r, "/adjacent/"+url.PathEscape(name))
	if done || err != nil {
		return err
	}
	prop := entities.Vocabulary().Schemata[schemaOf(&d.parties[i])].Property(name)
	if prop == nil || prop.Type != "entity" {
		return failf(http.StatusNotFound, "No such property!")
	}
	send(w, http.StatusOK, paged(d.around(i).edges[name], limit, offset))
	return nil
}
