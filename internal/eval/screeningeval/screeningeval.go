package screeningeval

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"sort"
	"strings"

	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
)

// Kind holds the figures of one kind of query.
type Kind struct {
	N             int     `json:"n"`
	RecallDefault float64 `json:"recall_default"`
	RecallAt1     float64 `json:"recall_at_1pct"`
	RecallAt01    float64 `json:"recall_at_0_1pct"`
	Rank1         float64 `json:"rank1"`
}

// Miss is a query whose party was not found at the default threshold.
type Miss struct {
	Query     string  `json:"query"`
	Reference string  `json:"reference"`
	Kind      string  `json:"kind"`
	Score     float64 `json:"score"`
	Names     string  `json:"names"`
}

// Alert is a negative that scored at or over the default threshold.
type Alert struct {
	Name  string  `json:"name"`
	Party string  `json:"party"`
	Score float64 `json:"score"`
}

// Result holds the keys of the evaluation contract. Rank1 is the share of
// those found whose party stands first.
type Result struct {
	Kinds          map[string]Kind `json:"kinds"`
	Negatives      int             `json:"negatives"`
	FalseAlertRate float64         `json:"false_alert_rate"`
	ThresholdAt1   float64         `json:"threshold_at_1pct"`
	ThresholdAt01  float64         `json:"threshold_at_0_1pct"`
	// Reliability tells of the first hits of held-back queries (Held) and of every
	// second negative, to which nothing was fitted, how many were right.
	Reliability []Bin   `json:"reliability"`
	Misses      []Miss  `json:"misses"`
	Alerts      []Alert `json:"alerts"`
}

// Bin is a row of the reliability table: first hits that score from From up to
// To, their mean score and the share that are right.
type Bin struct {
	From      float64 `json:"from"`
	To        float64 `json:"to"`
	N         int     `json:"n"`
	MeanScore float64 `json:"mean_score"`
	Right     float64 `json:"right"`
}

// rely counts one first hit.
func (res *Result) rely(score float64, right bool) {
	if score <= 0 {
		return
	}
	b := &res.Reliability[min(int(score*10), 9)]
	b.N++
	b.MeanScore += (score - b.MeanScore) / float64(b.N)
	b.Right += (truth(right) - b.Right) / float64(b.N)
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// Query is one row of the queries file.
type Query struct{ Text, Reference, Kind string }

// Read reads rows with the named columns of a CSV.
func Read(r io.Reader, columns ...string) ([][]string, error) {
	cr := csv.NewReader(r)
	cr.FieldsPerRecord = -1
	rows, err := cr.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("screening eval: %w", err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("screening eval: empty file")
	}
	at := make([]int, len(columns))
	for i, c := range columns {
		at[i] = slices.IndexFunc(rows[0], func(h string) bool { return strings.TrimPrefix(h, "\ufeff") == c })
		if at[i] < 0 {
			return nil, fmt.Errorf("screening eval: no column %q", c)
		}
	}
	var out [][]string
	for _, row := range rows[1:] {
		pick := make([]string, len(columns))
		for i, k := range at {
			if k < len(row) {
				pick[i] = row[k]
			}
		}
		out = append(out, pick)
	}
	return out, nil
}

// Eval screens every query and every negative.
func Eval(ix *screening.Index, queries, negatives io.Reader) (Result, error) {
	qs, err := Read(queries, "query", "reference", "kind")
	if err != nil {
		return Result{}, err
	}
	neg, err := Read(negatives, "full_name")
	if err != nil {
		return Result{}, err
	}
	res := Result{Kinds: map[string]Kind{}, Negatives: len(neg)}
	res.Reliability = make([]Bin, 10)
	for i := range res.Reliability {
		res.Reliability[i].From, res.Reliability[i].To = float64(i)/10, float64(i+1)/10
	}
	var scores []float64
	for i, n := range neg {
		s, a := 0.0, Alert{Name: n[0]}
		if hits := ix.Find(screening.Query{Name: n[0], Schema: party.Person, Limit: 1, Floor: 0.01}); len(hits) > 0 {
			s, a.Score, a.Party = hits[0].Score, hits[0].Score, hits[0].Party.ID+" "+hits[0].Matched
		}
		scores = append(scores, s)
		if i%2 == 1 {
			res.rely(s, false)
		}
		if s >= screening.Default {
			res.FalseAlertRate++
			res.Alerts = append(res.Alerts, a)
		}
	}
	res.FalseAlertRate = share(res.FalseAlertRate, len(neg))
	sort.Sort(sort.Reverse(sort.Float64Slice(scores)))
	res.ThresholdAt1, res.ThresholdAt01 = over(scores, 0.01), over(scores, 0.001)
	res.ask(ix, qs)
	return res, nil
}

// over is the score that at most the given share of negatives passes.
func over(sorted []float64, part float64) float64 {
	k := int(part * float64(len(sorted)))
	if k >= len(sorted) {
		return 0
	}
	return sorted[k]
}

func (res *Result) ask(ix *screening.Index, qs [][]string) {
	found, at1, at01, first := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	total := map[string]int{}
	for _, q := range qs {
		total[q[2]]++
		score, rank := 0.0, 0
		for i, h := range ix.Find(screening.Query{Name: q[0], Schema: party.Person, Limit: 50, Floor: 0.01}) {
			right := strings.HasSuffix(h.Party.ID, ":"+q[1])
			if i == 0 && Held(q[1]) {
				res.rely(h.Score, right)
			}
			if right {
				score, rank = h.Score, i+1
				break
			}
		}
		if score >= screening.Default {
			found[q[2]]++
			if rank == 1 {
				first[q[2]]++
			}
		} else {
			res.Misses = append(res.Misses, miss(ix, q, score))
		}
		// Strictly over: the negative at the quantile itself must stay out.
		if score > res.ThresholdAt1 {
			at1[q[2]]++
		}
		if score > res.ThresholdAt01 {
			at01[q[2]]++
		}
	}
	for k, n := range total {
		res.Kinds[k] = Kind{n, share(float64(found[k]), n), share(float64(at1[k]), n), share(float64(at01[k]), n), share(float64(first[k]), found[k])}
	}
}

func miss(ix *screening.Index, q []string, score float64) Miss {
	m := Miss{q[0], q[1], q[2], score, ""}
	if p, ok := ix.Party("un:" + q[1]); ok {
		for _, n := range p.Names {
			m.Names += n.Text + "; "
		}
	}
	return m
}

func share(a float64, n int) float64 {
	if n == 0 {
		return 0
	}
	return a / float64(n)
}

// Negatives makes n names of people who need not exist: a forename and a
// surname of one country, drawn by a hash so that every run draws the same.
// The readers are common-forenames-by-country.csv and
// common-surnames-by-country.csv of data/names/ordinary.
func Negatives(forenames, surnames io.Reader, n int) ([]string, error) {
	fore, err := byCountry(forenames)
	if err != nil {
		return nil, err
	}
	sur, err := byCountry(surnames)
	if err != nil {
		return nil, err
	}
	var lands []string
	for c := range fore {
		if len(sur[c]) > 0 {
			lands = append(lands, c)
		}
	}
	sort.Strings(lands)
	if len(lands) == 0 {
		return nil, fmt.Errorf("screening eval: no country has both forenames and surnames")
	}
	seen := map[string]bool{}
	var out []string
	for i := 0; len(out) < n && i < 50*n; i++ {
		c := lands[draw(i, 1, len(lands))]
		name := fore[c][draw(i, 2, len(fore[c]))] + " " + sur[c][draw(i, 3, len(sur[c]))]
		if !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	return out, nil
}

// Held tells the half of the development queries, by the party they are a name
// of, that nothing is fitted to.
func Held(reference string) bool {
	h := fnv.New64a()
	_, _ = h.Write([]byte("held back " + reference)) // cannot fail
	return h.Sum64()>>9%2 == 1
}

// Known gives names of two to four words from a table of persons known to
// Wikipedia (english<TAB>other script, gzip; data/names/translit), in an order of
// its own. Learn tells whether those are wanted that a model may learn from, or
// the others, for measuring: a name's hash decides, so that they never mix.
func Known(packed io.Reader, learn bool) ([]string, error) {
	r, err := gzip.NewReader(packed)
	if err != nil {
		return nil, fmt.Errorf("screening eval: known names: %w", err)
	}
	type drawn struct {
		hash uint64
		name string
	}
	var all []drawn
	for s := bufio.NewScanner(r); s.Scan(); {
		name, _, _ := strings.Cut(s.Text(), "\t")
		if n := len(strings.Fields(name)); n < 2 || n > 4 || strings.Contains(name, " of ") {
			continue
		}
		h := fnv.New64a()
		_, _ = h.Write([]byte(name)) // cannot fail
		if x := h.Sum64() >> 7; x%2 == 0 == learn {
			all = append(all, drawn{x, name})
		}
	}
	slices.SortFunc(all, func(x, y drawn) int { return cmp.Or(cmp.Compare(x.hash, y.hash), cmp.Compare(x.name, y.name)) })
	out := make([]string, len(all))
	for i, d := range all {
		out[i] = d.name
	}
	return slices.Compact(out), nil
}

func draw(i, salt, n int) int {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d/%d", i, salt)
	return int(h.Sum64() >> 11 % uint64(n))
}

func byCountry(r io.Reader) (map[string][]string, error) {
	rows, err := Read(r, "Country", "Romanized Name")
	if err != nil {
		return nil, err
	}
	out := map[string][]string{}
	for _, row := range rows {
		if row[1] != "" {
			out[row[0]] = append(out[row[0]], row[1])
		}
	}
	return out, nil
}
