package yente

import (
	"net/http"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/entities"
)

type publisher struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// catalogEntry is a data set as /catalog describes it.
type catalogEntry struct {
	Name         string         `json:"name"`
	Title        string         `json:"title"`
	Version      string         `json:"version"`
	Load         bool           `json:"load"`
	EntityCount  int            `json:"entity_count"`
	ThingCount   int            `json:"thing_count"`
	TargetCount  int            `json:"target_count"`
	UpdatedAt    *string        `json:"updated_at"`
	LastExport   *string        `json:"last_export"`
	Coverage     map[string]any `json:"coverage,omitempty"`
	Publisher    *publisher     `json:"publisher,omitempty"`
	IndexVersion string         `json:"index_version"`
	IndexCurrent bool           `json:"index_current"`
	Children     []string       `json:"children"`
	Resources    []any          `json:"resources"`
}

// catalog answers GET /catalog and /manifest.
func (h *Handler) catalog(d *Data, w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("ETag", d.etag)
	if slices.Contains(strings.Split(r.Header.Get("If-None-Match"), ", "), d.etag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	out := []catalogEntry{}
	current := []string{}
	var children []string
	for i := range d.sets {
		if s := &d.sets[i]; s.list != "" {
			children = append(children, s.Name)
		}
	}
	for i := range d.sets {
		s := &d.sets[i]
		e := catalogEntry{Name: s.Name, Title: s.Title, EntityCount: s.entities, ThingCount: s.entities, TargetCount: s.entities, IndexCurrent: true, Children: []string{}, Resources: []any{}}
		if s.list == "" {
			e.Version, e.Children = strings.Trim(d.etag, `"`), children
		} else {
			e.Load = true
			e.Version, e.Publisher = s.edition.Key(), &publisher{Name: s.edition.Publisher}
			e.UpdatedAt = day(s.edition.AsOf)
			e.LastExport = e.UpdatedAt
			if !s.edition.AsOf.IsZero() {
				e.Coverage = map[string]any{"end": s.edition.AsOf.String(), "countries": []string{}}
			}
			current = append(current, s.Name)
		}
		e.IndexVersion = e.Version
		out = append(out, e)
	}
	send(w, http.StatusOK, map[string]any{"datasets": out, "current": current, "outdated": []string{}, "index_stale": false})
	return nil
}

func day(c calendar.Date) *string {
	if c.IsZero() {
		return nil
	}
	s := c.First().String() + "T00:00:00"
	return &s
}

// statement is one value of one property with where it comes from.
type statement struct {
	ID            string  `json:"id"`
	EntityID      string  `json:"entity_id"`
	CanonicalID   string  `json:"canonical_id"`
	Prop          string  `json:"prop"`
	PropType      string  `json:"prop_type"`
	Schema        string  `json:"schema"`
	Value         string  `json:"value"`
	OriginalValue *string `json:"original_value"`
	Dataset       string  `json:"dataset"`
	Lang          *string `json:"lang"`
	Origin        *string `json:"origin"`
	FirstSeen     string  `json:"first_seen"`
	LastSeen      string  `json:"last_seen"`
}

const maxStatements = 5000

// statements answers GET /statements: what each list says, value by value.
// OpenSanctions' API has this route, yente itself does not; here it costs
// nothing. It needs an entity: all statements of all lists are an export.
func (h *Handler) statements(d *Data, w http.ResponseWriter, r *http.Request) error {
	a := asked(r)
	limit, offset := a.number("limit", 50, maxStatements), a.number("offset", 0, 1_000_000)
	if a.err != nil {
		return a.err
	}
	id := a.Get("canonical_id")
	if id == "" {
		id = a.Get("entity_id")
	}
	if id == "" {
		return failf(http.StatusBadRequest, "Give canonical_id or entity_id.")
	}
	all := []statement{}
	if i, ok := d.byID[id]; ok {
		p := &d.parties[i]
		all = appendStatements(all, d.lists.Main(p), a)
		for _, e := range d.lists.Hanging(p, d.find) {
			all = appendStatements(all, e, a)
		}
	}
	send(w, http.StatusOK, map[string]any{"results": all[min(offset, len(all)):min(offset+limit, len(all))], "total": total{len(all), "eq"}, "limit": limit, "offset": offset})
	return nil
}

func appendStatements(all []statement, e entities.Entity, a *ask) []statement {
	s := entities.Vocabulary().Schemata[e.Schema]
	seen := e.FirstSeen
	if seen == "" {
		seen = "1970-01-01T00:00:00"
	}
	last := e.LastSeen
	if last == "" {
		last = seen
	}
	wanted := func(param, have string) bool { return !a.Has(param) || a.Get(param) == have }
	for _, prop := range sortedKeys(e.Properties) {
		for _, v := range e.Properties[prop] {
			if !wanted("prop", prop) || !wanted("value", v) || !wanted("schema", e.Schema) || !wanted("dataset", e.Datasets[0]) {
				continue
			}
			all = append(all, statement{ID: digest(e.Datasets[0], e.ID, prop, v), EntityID: e.ID, CanonicalID: e.ID, Prop: prop, PropType: s.Property(prop).Type, Schema: e.Schema,
				Value: v, Dataset: e.Datasets[0], FirstSeen: seen, LastSeen: last})
		}
	}
	return all
}
