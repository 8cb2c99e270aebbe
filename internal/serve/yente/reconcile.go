package yente

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/entities"
	"github.com/reportedly/reportedly/internal/screening"
)

// The W3C reconciliation API, version 0.2
// (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/),
// as yente serves it.

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:20])
}

type freeType struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
}

func typeOf(s *entities.Schema) freeType {
	f := freeType{s.Name, s.Plural, s.Description}
	if f.Description == "" {
		f.Description = s.Label
	}
	return f
}

type freeEntity struct {
	ID          string     `json:"id"`
	Name        string     `json:"name"`
	Description string     `json:"description"`
	Type        []freeType `json:"type"`
	Score       *float64   `json:"score,omitempty"`
	Match       *bool      `json:"match,omitempty"`
	Features    []feature  `json:"features,omitempty"`
}

type feature struct {
	ID    string  `json:"id"`
	Value float64 `json:"value"`
}

// matchable gives the schemata that lists here hold, with those above them.
func matchable(d *Data) []*entities.Schema {
	m := entities.Vocabulary()
	have := map[string]bool{}
	for i := range d.parties {
		have[schemaOf(&d.parties[i])] = true
	}
	up := map[string]bool{}
	for name := range have {
		for _, l := range m.Schemata[name].Lineage() {
			up[l] = true
		}
	}
	var out []*entities.Schema
	for _, name := range sortedKeys(up) {
		out = append(out, m.Schemata[name])
	}
	return out
}

// reconcile answers /reconcile/{dataset}: the manifest, queries, or extension.
func (h *Handler) reconcile(d *Data, w http.ResponseWriter, r *http.Request) error {
	set, err := d.asked(r)
	if err != nil {
		return err
	}
	if r.Method == http.MethodPost {
		if err := r.ParseForm(); err != nil {
			return fmt.Errorf("form: %w", err)
		}
	} else if err := r.ParseForm(); err != nil {
		return failf(http.StatusBadRequest, "The query string cannot be read")
	}
	if x := strings.TrimSpace(r.Form.Get("extend")); x != "" {
		return h.extend(d, w, x)
	}
	if q := strings.TrimSpace(r.Form.Get("queries")); q != "" {
		return h.reconcileQueries(d, set, w, r, q)
	}
	if r.Method == http.MethodPost {
		return failf(http.StatusBadRequest, "No queries provided.")
	}
	send(w, http.StatusOK, h.manifest(d, set, r))
	return nil
}

func (h *Handler) manifest(d *Data, set *dataset, r *http.Request) map[string]any {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	base := scheme + "://" + r.Host + "/reconcile/" + set.Name
	query := ""
	if r.URL.RawQuery != "" {
		query = "?" + r.URL.RawQuery
	}
	service := func(path string) map[string]string {
		return map[string]string{"service_url": base, "service_path": path + query}
	}
	types := []freeType{}
	for _, s := range matchable(d) {
		types = append(types, typeOf(s))
	}
	return map[string]any{
		"versions": []string{"0.2"}, "name": set.Title + " (Reportedly " + h.version + ")",
		"identifierSpace": "https://www.opensanctions.org/reference/#schema", "schemaSpace": "https://www.opensanctions.org/reference/#schema",
		"documentation": "https://reconciliation-api.github.io/specs/0.2/", "batchSize": 50,
		"view":    map[string]string{"url": scheme + "://" + r.Host + "/entities/{{id}}"},
		"preview": map[string]any{"url": base + "/preview?id={{id}}", "width": 430, "height": 300},
		"suggest": map[string]any{"entity": service("/suggest/entity"), "type": service("/suggest/type"), "property": service("/suggest/property")},
		"extend": map[string]any{"propose_properties": service("/extend/property"), "property_settings": extendSettings(),
			"propose_settings": extendSettings()},
		"defaultTypes": types,
	}
}

func extendSettings() []map[string]any {
	return []map[string]any{
		{"name": "limit", "label": "Limit", "type": "number", "default": 0, "help_text": "Maximum number of values to return per row (0 for no limit)."},
		{"name": "render", "label": "Value rendering", "type": "select", "default": "caption",
			"choices":   []map[string]string{{"id": "caption", "name": "User-readable value"}, {"id": "raw", "name": "Machine-readable value"}},
			"help_text": "Return readable value (e.g. 'Russia') instead of raw value ('ru')."},
	}
}

type reconQuery struct {
	Query      *string    `json:"query"`
	Type       wireValues `json:"type"`
	Limit      *int       `json:"limit"`
	Properties []struct {
		PID string     `json:"pid"`
		V   wireRecord `json:"v"`
	} `json:"properties"`
}

// wireRecord is a value of a reconciliation query: a text, a number, an entity
// ({"id", "name"}), or a list of them.
type wireRecord []string

func (v *wireRecord) UnmarshalJSON(b []byte) error {
	var any any
	if err := json.Unmarshal(b, &any); err != nil {
		return err
	}
	list, ok := any.([]interface{})
	if !ok {
		list = []interface{}{any}
	}
	for _, it := range list {
		if m, ok := it.(map[string]interface{}); ok {
			it = m["name"]
			if it == nil {
				it = m["id"]
			}
		}
		*v = append(*v, plain(it))
	}
	return nil
}

func (q reconQuery) example(key string) (example, error) {
	schema := "Thing"
	if len(q.Type) > 0 && q.Type[0] != "" {
		schema = q.Type[0]
	}
	props := map[string]wireValues{}
	if q.Query != nil {
		props["name"] = wireValues{*q.Query}
	}
	m := entities.Vocabulary()
	s := m.Schemata[schema]
	for _, p := range q.Properties {
		prop := m.Named(p.PID)
		if prop == nil {
			prop = s.Property(p.PID) // "birthDate" for "Person:birthDate"
		}
		if prop != nil {
			props[prop.Name] = append(props[prop.Name], p.V...)
		}
	}
	// A property of a narrower type than the query's says that it is of that type.
	if schema == "Thing" {
		for _, p := range q.Properties {
			if prop := m.Named(p.PID); prop != nil && m.Schemata[prop.Schema].Matchable && prop.Schema != "Thing" {
				schema = prop.Schema
				break
			}
		}
	}
	return newExample(key, nil, schema, props)
}

func (h *Handler) reconcileQueries(d *Data, set *dataset, w http.ResponseWriter, r *http.Request, text string) error {
	a := asked(r)
	var raw map[string]reconQuery
	if err := json.Unmarshal([]byte(text), &raw); err != nil {
		return failf(http.StatusBadRequest, "Cannot decode queries: %v", err)
	}
	if len(raw) > h.limits.Batch {
		return failf(http.StatusBadRequest, "Too many queries in one batch (limit: %d)", h.limits.Batch)
	}
	algo, err := algorithmNamed(cmpOr(a.Get("algorithm"), "best"))
	if err != nil {
		return err
	}
	m := matching{data: d, scope: d.scope(set, a), threshold: screening.Default, algorithm: algo}
	if a.err != nil {
		return a.err
	}
	out := map[string]any{}
	for _, key := range sortedKeys(raw) {
		q, err := raw[key].example(key)
		if err != nil {
			return err
		}
		m.limit = 5
		if l := raw[key].Limit; l != nil {
			m.limit = min(max(*l, 0), h.limits.Matches)
		}
		out[key] = map[string]any{"result": m.reconciled(&q)}
	}
	w.Header().Set("X-Batch-Size", fmt.Sprint(len(out)))
	w.Header().Set("X-Reportedly-Algorithm", ours)
	send(w, http.StatusOK, out)
	return nil
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (m *matching) reconciled(q *example) []freeEntity {
	hits := m.find(q)
	out := []freeEntity{}
	for _, s := range hits[:min(len(hits), m.limit)] {
		schema := entities.Vocabulary().Schemata[schemaOf(&s.Party)]
		score, match := s.score, s.score >= m.threshold
		e := freeEntity{ID: m.data.lists.ID(s.Party.ID), Name: s.Party.PrimaryName(), Description: schema.Label, Type: []freeType{typeOf(schema)}, Score: &score, Match: &match}
		for _, p := range s.Parts {
			e.Features = append(e.Features, feature{featureKey(p.Feature), p.Weight})
		}
		out = append(out, e)
	}
	return out
}

type extension struct {
	IDs        []string `json:"ids"`
	Properties []struct {
		ID       string `json:"id"`
		Settings struct {
			Limit  json.Number `json:"limit"`
			Render string      `json:"render"`
		} `json:"settings"`
	} `json:"properties"`
}

// extend answers a data extension query: values of properties for IDs.
func (h *Handler) extend(d *Data, w http.ResponseWriter, text string) error {
	var x extension
	if err := json.Unmarshal([]byte(text), &x); err != nil {
		return failf(http.StatusBadRequest, "Cannot decode extension request")
	}
	if len(x.IDs) > h.limits.Batch {
		return failf(http.StatusBadRequest, "Too many queries in one batch (limit: %d)", h.limits.Batch)
	}
	type value struct {
		Str string `json:"str"`
	}
	m := entities.Vocabulary()
	meta, told := []map[string]string{}, map[string]bool{}
	rows := map[string]map[string][]value{}
	for _, id := range x.IDs {
		row := map[string][]value{}
		rows[id] = row
		p := d.find(id)
		if p == nil {
			continue
		}
		e := d.lists.Main(p)
		for _, want := range x.Properties {
			prop := m.Schemata[e.Schema].Property(want.ID)
			if prop == nil {
				continue
			}
			if !told[want.ID] {
				told[want.ID] = true
				meta = append(meta, map[string]string{"id": prop.Name, "name": prop.Label})
			}
			row[want.ID] = []value{}
			limit, _ := want.Settings.Limit.Int64()
			for i, v := range e.Properties[prop.Name] {
				if limit > 0 && int64(i) >= limit {
					break
				}
				if want.Settings.Render != "raw" {
					if t := m.Types[prop.Type]; t.Group != "" {
						v = d.label(t.Group, v)
					}
				}
				row[want.ID] = append(row[want.ID], value{v})
			}
		}
	}
	w.Header().Set("X-Batch-Size", fmt.Sprint(len(rows)))
	send(w, http.StatusOK, map[string]any{"meta": meta, "rows": rows})
	return nil
}

func suggestion(prefix string, result any) map[string]any {
	return map[string]any{"code": "/api/status/ok", "status": "200 OK", "prefix": prefix, "result": result}
}

func (h *Handler) suggestEntity(d *Data, w http.ResponseWriter, r *http.Request) error {
	a := asked(r)
	limit := a.number("limit", defaultPage, maxPage)
	if a.err != nil {
		return a.err
	}
	set, err := d.asked(r)
	if err != nil {
		return err
	}
	out := []freeEntity{}
	for _, p := range d.suggested(set, a.Get("prefix"), limit) {
		s := entities.Vocabulary().Schemata[schemaOf(&p)]
		out = append(out, freeEntity{ID: d.lists.ID(p.ID), Name: p.PrimaryName(), Description: s.Label, Type: []freeType{typeOf(s)}})
	}
	send(w, http.StatusOK, suggestion(a.Get("prefix"), out))
	return nil
}

func begins(prefix string, labels ...string) bool {
	prefix = strings.ToLower(strings.TrimSpace(prefix))
	return prefix != "" && slices.ContainsFunc(labels, func(l string) bool { return strings.HasPrefix(strings.ToLower(l), prefix) })
}

func (h *Handler) suggestProperty(d *Data, w http.ResponseWriter, r *http.Request) error {
	if _, err := d.asked(r); err != nil {
		return err
	}
	prefix := r.URL.Query().Get("prefix")
	out := []freeType{}
	seen := map[string]bool{}
	for _, s := range matchable(d) {
		for _, name := range sortedKeys(s.Properties) {
			p := s.Properties[name]
			if p.Hidden || p.Type == "entity" || seen[p.QName()] || !begins(prefix, p.Name, p.Label, p.QName()) || len(out) == defaultMatches {
				continue
			}
			seen[p.QName()] = true
			out = append(out, freeType{ID: p.QName(), Name: p.Label})
		}
	}
	send(w, http.StatusOK, suggestion(prefix, out))
	return nil
}

func (h *Handler) suggestType(d *Data, w http.ResponseWriter, r *http.Request) error {
	if _, err := d.asked(r); err != nil {
		return err
	}
	prefix := r.URL.Query().Get("prefix")
	out := []freeType{}
	for _, s := range matchable(d) {
		if begins(prefix, s.Name, s.Label) && len(out) < defaultMatches {
			out = append(out, typeOf(s))
		}
	}
	send(w, http.StatusOK, suggestion(prefix, out))
	return nil
}

func (h *Handler) extendProperties(_ *Data, w http.ResponseWriter, r *http.Request) error {
	a := asked(r)
	limit := a.number("limit", 0, maxPage)
	if a.err != nil {
		return a.err
	}
	name := cmpOr(a.Get("type"), "Thing")
	s := entities.Vocabulary().Schemata[name]
	if s == nil {
		return failf(http.StatusBadRequest, "Invalid type: %s", name)
	}
	out := []freeType{}
	for _, f := range s.Featured {
		if p := s.Property(f); p != nil {
			out = append(out, freeType{ID: p.Name, Name: p.Label})
		}
	}
	for _, n := range sortedKeys(s.Properties) {
		if p := s.Properties[n]; !p.Hidden && p.Type != "entity" && !slices.Contains(s.Featured, n) {
			out = append(out, freeType{ID: p.Name, Name: p.Label})
		}
	}
	if limit > 0 {
		out = out[:min(limit, len(out))]
	}
	slices.SortStableFunc(out, func(a, b freeType) int { return strings.Compare(a.Name, b.Name) })
	send(w, http.StatusOK, map[string]any{"limit": limit, "type": s.Name, "properties": out})
	return nil
}

// preview answers the small page that OpenRefine shows for a candidate.
func (h *Handler) preview(d *Data, w http.ResponseWriter, r *http.Request) error {
	p := d.find(r.URL.Query().Get("id"))
	if p == nil {
		return failf(http.StatusNotFound, "No such entity!")
	}
	e := d.lists.Main(p)
	s := entities.Vocabulary().Schemata[e.Schema]
	var b strings.Builder
	fmt.Fprintf(&b, "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>%s</title><h1>%[1]s</h1><p>%s, %s</p><dl>", html.EscapeString(e.Caption), html.EscapeString(s.Label), html.EscapeString(strings.Join(e.Datasets, ", ")))
	for _, f := range append(slices.Clone(s.Featured), "alias", "country", "position", "program") {
		prop := s.Property(f)
		if prop == nil || len(e.Properties[f]) == 0 {
			continue
		}
		var values []string
		for _, v := range cut(e.Properties[f], 8) {
			values = append(values, html.EscapeString(d.label(entities.Vocabulary().Types[prop.Type].Group, v)))
		}
		fmt.Fprintf(&b, "<dt>%s</dt><dd>%s</dd>", html.EscapeString(prop.Label), strings.Join(values, "<br>"))
	}
	b.WriteString("</dl></html>\n")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(b.String())) // the client may be gone
	return nil
}
