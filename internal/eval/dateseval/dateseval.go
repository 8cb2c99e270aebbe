package dateseval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/dates"
)

// Result is what `eval times` prints.
type Result struct {
	Documents int     `json:"documents"`
	Gold      int     `json:"gold"`
	System    int     `json:"system"`
	RelaxedF1 float64 `json:"relaxed_f1"`
	StrictF1  float64 `json:"strict_f1"`
	ValueF1   float64 `json:"value_f1"`
	TypeF1    float64 `json:"type_f1"`
	Misses    []Miss  `json:"misses,omitempty"`

	relaxed, strict, value, typ int
}

// Miss is one difference between gold and system.
type Miss struct {
	Document string `json:"document"`
	Kind     string `json:"kind"` // missed, extra, extent, value
	Context  string `json:"context"`
	Gold     string `json:"gold,omitempty"`
	System   string `json:"system,omitempty"`
	Rule     string `json:"rule,omitempty"`
}

type record struct {
	ID     string `json:"id"`
	DCT    string `json:"dct"`
	Text   string `json:"text"`
	Timex3 []mark `json:"timex3"`
	Timex2 []mark `json:"timex2"`
	Lang   string `json:"language"`
}

type mark struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
	Type  string `json:"type"`
	Value string `json:"value"`
	Val   string `json:"val"`
	Set   string `json:"set"`
}

func (m mark) value() string { return m.Value + m.Val }

// Splitter cuts a text; the caller passes prose.Split.
type Splitter func(text, language string) prose.Document

// Measure reads gold records and compares. Language is used where a record
// names none. A Timex2 record counts no types: TIMEX2 has none.
func Measure(r io.Reader, language string, split Splitter) (Result, error) {
	var res Result
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 64<<20)
	for sc.Scan() {
		if len(sc.Bytes()) == 0 {
			continue
		}
		var rec record
		if err := json.Unmarshal(sc.Bytes(), &rec); err != nil {
			return Result{}, fmt.Errorf("times gold: record %d: %w", res.Documents+1, err)
		}
		res.Documents++
		if rec.Lang == "" {
			rec.Lang = language
		}
		if err := res.add(&rec, split); err != nil {
			return Result{}, err
		}
	}
	if err := sc.Err(); err != nil {
		return Result{}, fmt.Errorf("times gold: %w", err)
	}
	res.finish()
	return res, nil
}

func (res *Result) add(rec *record, split Splitter) error {
	var anchor dates.Anchor
	if len(rec.DCT) >= 10 {
		anchor.Published, _ = calendar.Parse(rec.DCT[:10])
	}
	system, err := dates.Find(split(rec.Text, rec.Lang), anchor)
	if err != nil {
		return err
	}
	gold := rec.Timex3
	if gold == nil {
		gold = rec.Timex2
	}
	res.Gold += len(gold)
	res.System += len(system)
	used := make([]bool, len(system))
	for _, g := range gold {
		res.match(rec, g, system, used)
	}
	for i, s := range system {
		if !used[i] {
			res.miss(rec, "extra", mark{}, &s)
		}
	}
	return nil
}

func (res *Result) match(rec *record, g mark, system []dates.Expression, used []bool) {
	best := -1
	for i, s := range system {
		if used[i] || s.Start >= g.End || g.Start >= s.End {
			continue
		}
		if best < 0 || s.Start == g.Start && s.End == g.End {
			best = i
		}
	}
	if best < 0 {
		res.miss(rec, "missed", g, nil)
		return
	}
	s := system[best]
	used[best] = true
	res.relaxed++
	if s.Start == g.Start && s.End == g.End {
		res.strict++
	} else {
		res.miss(rec, "extent", g, &s)
	}
	if s.Value == g.value() {
		res.value++
	} else {
		res.miss(rec, "value", g, &s)
	}
	if string(s.Type) == g.Type {
		res.typ++
	}
}

func (res *Result) finish() {
	f1 := func(hits int) float64 {
		if res.Gold+res.System == 0 {
			return 0
		}
		return 2 * float64(hits) / float64(res.Gold+res.System)
	}
	res.RelaxedF1, res.StrictF1, res.ValueF1, res.TypeF1 = f1(res.relaxed), f1(res.strict), f1(res.value), f1(res.typ)
}

func (res *Result) miss(rec *record, kind string, g mark, s *dates.Expression) {
	m := Miss{Document: rec.ID, Kind: kind}
	at, end := g.Start, g.End
	if g.Text != "" {
		m.Gold = g.Text + " = " + g.value()
	}
	if s != nil {
		m.System, m.Rule = s.Text+" = "+s.Value, s.Rule
		if g.Text == "" {
			at, end = s.Start, s.End
		}
	}
	from, to := max(0, at-60), min(len(rec.Text), end+40)
	m.Context = strings.Join(strings.Fields(strings.ToValidUTF8(rec.Text[from:to], "")), " ") + " @" + rec.DCT
	res.Misses = append(res.Misses, m)
}
