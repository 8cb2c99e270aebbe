package yente

import (
	"cmp"
	"math"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/reportedly/reportedly/internal/entities"
	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
)

// matching is one request to /match with its parameters read.
type matching struct {
	data              *Data
	scope             scope
	limit             int
	threshold, cutoff float64
	algorithm         algorithm
	asked             string // the algorithm's name as asked for
	weights           map[string]float64
	config            map[string]any
}

// match answers POST /match/{dataset}.
func (h *Handler) match(d *Data, w http.ResponseWriter, r *http.Request) error {
	a := asked(r)
	m := matching{data: d, limit: a.number("limit", defaultMatches, h.limits.Matches), threshold: a.float("threshold", screening.Default)}
	m.cutoff = min(a.float("cutoff", screening.Default), m.threshold)
	b, err := readBatch(r.Body, h.limits.Batch)
	if err != nil {
		return err
	}
	m.weights, m.config = b.weights, b.config
	set, err := d.asked(r)
	if err != nil {
		return err
	}
	m.scope = d.scope(set, a)
	if a.err != nil {
		return a.err
	}
	if m.asked = a.Get("algorithm"); m.asked == "" {
		m.asked = "best"
	}
	if m.algorithm, err = algorithmNamed(m.asked); err != nil {
		return err
	}
	for key := range m.config {
		if _, ok := m.algorithm.config[key]; !ok {
			return failf(400, "Invalid configuration parameter: %s for algorithm %s", key, m.algorithm.Name)
		}
	}
	if len(b.queries) == 0 {
		return failf(400, "No queries provided.")
	}
	m.answer(w, b.queries)
	return nil
}

var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 16<<10); return &b }}

// answer writes the responses of all queries, in the order of the request.
func (m *matching) answer(w http.ResponseWriter, queries []example) {
	buf := buffers.Get().(*[]byte)
	b := append((*buf)[:0], `{"responses":{`...)
	if len(queries) == 1 {
		b = m.appendOne(b, &queries[0])
	} else {
		for i, part := range m.parallel(queries) {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(b, part...)
		}
	}
	b = append(b, `},"limit":`...)
	b = strconv.AppendInt(b, int64(m.limit), 10)
	b = append(b, `,"algorithm":`...)
	b = m.appendAlgorithm(b)
	b = append(b, '}')
	head := w.Header()
	head.Set("Content-Type", "application/json")
	head.Set("Content-Length", strconv.Itoa(len(b)))
	head.Set("X-Batch-Size", strconv.Itoa(len(queries)))
	head.Set("X-Reportedly-Algorithm", ours)
	_, _ = w.Write(b) // the client may be gone
	if cap(b) <= 1<<20 {
		*buf = b
		buffers.Put(buf)
	}
}

func (m *matching) parallel(queries []example) [][]byte {
	out := make([][]byte, len(queries))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range queries {
		g.Go(func() error {
			out[i] = m.appendOne(nil, &queries[i])
			return nil
		})
	}
	_ = g.Wait() // none of them fails
	return out
}

// scored is a hit with the score that weights and algorithm give it.
type scored struct {
	screening.Hit
	score float64
	query string
}

func (m *matching) find(q *example) []scored {
	ix, only := m.scope.screener()
	best := map[string]scored{}
	for _, x := range q.queries(m.config) {
		x.Only = only
		// Some more than asked for: schema and weights may still drop some.
		x.Limit = max(20, m.limit+10)
		if x.Floor = m.cutoff; len(m.weights) > 0 || m.cutoff <= 0 || m.algorithm.namesOnly {
			x.Floor = 0
		}
		for _, hit := range ix.Find(x) {
			if !q.schema.CanMatch(entities.Vocabulary().Schemata[schemaOf(&hit.Party)]) {
				continue
			}
			s := scored{hit, m.score(&hit), x.Name}
			if s.score <= m.cutoff && s.score < m.threshold {
				continue
			}
			if old, ok := best[hit.Party.ID]; !ok || s.score > old.score {
				best[hit.Party.ID] = s
			}
		}
	}
	out := make([]scored, 0, len(best))
	for _, s := range best {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.NameScore, a.NameScore), cmp.Compare(a.Party.ID, b.Party.ID))
	})
	return out
}

func schemaOf(p *party.Party) string {
	if s := entities.Vocabulary().Schemata[string(p.Schema)]; s == nil || s.Abstract {
		return string(party.LegalEntity)
	}
	return string(p.Schema)
}

// score is the hit's own, or the sum of its parts under the request's weights.
func (m *matching) score(h *screening.Hit) float64 {
	if m.algorithm.namesOnly {
		return h.NameScore
	}
	if len(m.weights) == 0 {
		return h.Score
	}
	sum := 0.0
	for _, p := range h.Parts {
		sum += p.Weight * m.factor(p)
	}
	return math.Max(0, math.Min(1, sum))
}

func (m *matching) factor(p names.Part) float64 {
	if w, ok := m.weights[featureKey(p.Feature)]; ok {
		return w
	}
	for _, f := range theirs[p.Feature] {
		if w, ok := m.weights[f.name]; ok && (p.Weight < 0) == (f.usual < 0) {
			return w / f.usual
		}
	}
	return 1
}

// featureKey writes a part's feature as yente writes features.
func featureKey(feature string) string { return strings.ReplaceAll(feature, " ", "_") }

func (m *matching) appendOne(b []byte, q *example) []byte {
	hits := m.find(q)
	matches := 0
	for _, s := range hits {
		if s.score >= m.threshold {
			matches++
		}
	}
	b = entities.AppendString(b, q.key)
	b = append(b, `:{"status":200,"results":[`...)
	for i := range hits[:min(len(hits), m.limit)] {
		if i > 0 {
			b = append(b, ',')
		}
		b = m.appendHit(b, &hits[i])
	}
	b = append(b, `],"total":{"value":`...)
	b = strconv.AppendInt(b, int64(matches), 10)
	b = append(b, `,"relation":"eq"},"query":{"id":`...)
	if q.id == nil {
		b = append(b, "null"...)
	} else {
		b = entities.AppendString(b, *q.id)
	}
	b = append(b, `,"schema":`...)
	b = entities.AppendString(b, q.schema.Name)
	b = append(b, `,"properties":`...)
	b = entities.AppendProperties(b, q.properties)
	return append(b, '}', '}')
}

func (m *matching) appendHit(b []byte, s *scored) []byte {
	b = m.data.appendEntity(b, m.data.byID[s.Party.ID])
	b = append(b, `,"score":`...)
	b = appendScore(b, s.score)
	b = append(b, `,"match":`...)
	b = strconv.AppendBool(b, s.score >= m.threshold)
	b = append(b, `,"explanations":{`...)
	for i, p := range s.Parts {
		first := slices.IndexFunc(s.Parts, func(o names.Part) bool { return o.Feature == p.Feature })
		if first < i || (m.algorithm.namesOnly && beyondName[p.Feature]) {
			continue
		}
		if b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		b = m.appendFeature(b, s, s.Parts[i:])
	}
	return append(b, '}', '}')
}

// appendFeature joins the parts of one feature, the first of which leads parts.
func (m *matching) appendFeature(b []byte, s *scored, parts []names.Part) []byte {
	feature := parts[0].Feature
	b = entities.AppendString(b, featureKey(feature))
	sum, said := 0.0, ""
	for _, p := range parts {
		if p.Feature != feature {
			continue
		}
		if sum += p.Weight * m.factor(p); said == "" {
			said = p.Text
		} else if p.Text != "" && p.Text != said {
			said += "; " + p.Text
		}
	}
	b = append(b, `:{"score":`...)
	b = appendScore(b, sum)
	b = append(b, `,"detail":`...)
	b = entities.AppendString(b, said)
	if beyondName[feature] {
		return append(b, `,"query":null,"candidate":null}`...)
	}
	b = append(b, `,"query":`...)
	b = entities.AppendString(b, s.query)
	b = append(b, `,"candidate":`...)
	b = entities.AppendString(b, s.Matched)
	return append(b, '}')
}

func appendScore(b []byte, f float64) []byte {
	return strconv.AppendFloat(b, math.Round(f*1e4)/1e4, 'f', -1, 64)
}
