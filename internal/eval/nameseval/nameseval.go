package nameseval

import (
	"encoding/csv"
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/party"
)

// Figures are precision, recall, F1 and accuracy at one threshold.
type Figures struct {
	N         int     `json:"n"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	Accuracy  float64 `json:"accuracy"`
}

// Result holds the keys of the evaluation contract.
type Result struct {
	Figures
	Threshold   float64            `json:"threshold"`
	BestF1      float64            `json:"best_f1"`
	BestAt      float64            `json:"best_threshold"`
	AUC         float64            `json:"auc"`
	RecallAtP90 float64            `json:"recall_at_p90"`
	ByQuality   map[string]Figures `json:"by_quality"`
	BySchema    map[string]Figures `json:"by_schema"`
	Reliability []Bin              `json:"reliability"`
	Misses      []Pair             `json:"misses"`
}

// Bin is one row of the reliability table.
type Bin struct {
	From, To, MeanScore, Right float64
	N                          int
}

// Pair is one labelled pair with its score.
type Pair struct {
	Schema  string  `json:"schema"`
	A       string  `json:"name1"`
	B       string  `json:"name2"`
	Match   bool    `json:"is_match"`
	Quality string  `json:"quality"`
	Score   float64 `json:"score"`
	Why     string  `json:"why"`
}

// Eval scores every pair of the CSV.
func Eval(r io.Reader) (Result, error) {
	pairs, err := read(r)
	if err != nil {
		return Result{}, err
	}
	res := Result{Threshold: names.Default, ByQuality: map[string]Figures{}, BySchema: map[string]Figures{}}
	for i := range pairs {
		p := &pairs[i]
		s := names.Compare(names.Parse(p.A, party.Schema(p.Schema)), names.Parse(p.B, party.Schema(p.Schema)))
		p.Score, p.Why = s.Value, reasons(s)
		if (p.Score >= names.Default) != p.Match {
			res.Misses = append(res.Misses, *p)
		}
	}
	res.Figures = figures(pairs, names.Default)
	for _, p := range pairs {
		res.ByQuality[p.Quality] = figures(pick(pairs, func(q Pair) bool { return q.Quality == p.Quality }), names.Default)
		res.BySchema[p.Schema] = figures(pick(pairs, func(q Pair) bool { return q.Schema == p.Schema }), names.Default)
	}
	res.curve(pairs)
	res.Reliability = bins(pairs)
	return res, nil
}

func reasons(s names.Score) string {
	var out []string
	for _, p := range s.Parts {
		out = append(out, fmt.Sprintf("%+.2f %s", p.Weight, p.Text))
	}
	return strings.Join(out, "; ")
}

func read(r io.Reader) ([]Pair, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("names eval: pairs: %w", err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("names eval: pairs: empty file")
	}
	col := map[string]int{}
	for i, h := range rows[0] {
		col[h] = i
	}
	for _, h := range []string{"schema", "name1", "name2", "is_match"} {
		if _, ok := col[h]; !ok {
			return nil, fmt.Errorf("names eval: pairs: no column %q", h)
		}
	}
	var out []Pair
	for _, row := range rows[1:] {
		p := Pair{Schema: row[col["schema"]], A: row[col["name1"]], B: row[col["name2"]], Match: row[col["is_match"]] == "true", Quality: "MEDIUM"}
		if i, ok := col["quality"]; ok && row[i] != "" {
			p.Quality = row[i]
		}
		out = append(out, p)
	}
	return out, nil
}

func pick(ps []Pair, ok func(Pair) bool) []Pair {
	var out []Pair
	for _, p := range ps {
		if ok(p) {
			out = append(out, p)
		}
	}
	return out
}

func figures(ps []Pair, at float64) Figures {
	var tp, fp, fn, right float64
	for _, p := range ps {
		said := p.Score >= at
		switch {
		case said && p.Match:
			tp++
		case said:
			fp++
		case p.Match:
			fn++
		}
		if said == p.Match {
			right++
		}
	}
	f := Figures{N: len(ps), Precision: share(tp, tp+fp), Recall: share(tp, tp+fn), Accuracy: share(right, float64(len(ps)))}
	f.F1 = share(2*tp, 2*tp+fp+fn)
	return f
}

func share(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// curve fills best F1, the area under the ROC curve (ties count half) and the
// recall where precision is still 0.90.
func (r *Result) curve(ps []Pair) {
	s := append([]Pair(nil), ps...)
	sort.SliceStable(s, func(i, j int) bool { return s[i].Score > s[j].Score })
	pos := float64(len(pick(s, func(p Pair) bool { return p.Match })))
	neg := float64(len(s)) - pos
	var tp, fp, area float64
	for i := 0; i < len(s); {
		j := i
		var t, f float64
		for ; j < len(s) && s[j].Score == s[i].Score; j++ {
			if s[j].Match {
				t++
			} else {
				f++
			}
		}
		area += f * (tp + t/2)
		tp, fp = tp+t, fp+f
		if f1 := share(2*tp, tp+fp+pos); f1 > r.BestF1 {
			r.BestF1, r.BestAt = f1, s[i].Score
		}
		if share(tp, tp+fp) >= 0.9 {
			r.RecallAtP90 = max(r.RecallAtP90, share(tp, pos))
		}
		i = j
	}
	r.AUC = share(area, pos*neg)
}

func bins(ps []Pair) []Bin {
	out := make([]Bin, 10)
	for i := range out {
		out[i].From, out[i].To = float64(i)/10, float64(i+1)/10
	}
	for _, p := range ps {
		b := &out[min(int(p.Score*10), 9)]
		b.N++
		b.MeanScore += p.Score
		if p.Match {
			b.Right++
		}
	}
	for i := range out {
		if n := float64(out[i].N); n > 0 {
			out[i].MeanScore /= n
			out[i].Right /= n
		}
	}
	return out
}
