package mentionseval

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// Alert is the first mention of a bearer whose identity is accepted: what makes
// somebody look at an article. Start and End count bytes of its text.
type Alert struct {
	Article    string   `json:"article"`
	Start, End int      `json:"-"`
	Span       string   `json:"span"`
	Surface    string   `json:"surface"`
	Party      string   `json:"party"`
	Name       string   `json:"name"`
	Form       string   `json:"form"`
	Reach      string   `json:"reach"`
	Score      float64  `json:"score"`
	For        []string `json:"for"`
	Around     string   `json:"around"`
}

// Key names an alert in a judged file.
func (a Alert) Key() string { return a.Article + "\t" + a.Span + "\t" + a.Party }

// Alerts reads texts and gives every alert, in order.
func Alerts(ix *mentions.Index, texts []story.Article) []Alert {
	var out []Alert
	for _, t := range texts {
		r := ix.FindIn(t, func() prose.Document { return prose.Split(t.Text, t.Language) })
		for _, c := range r.Clusters {
			best, ok := c.Best()
			if c.Status != mentions.Accepted || !ok || len(c.Mentions) == 0 {
				continue
			}
			m := r.Mentions[c.Mentions[0]]
			a := Alert{Article: t.ID, Start: m.Start, End: m.End, Span: fmt.Sprintf("%d-%d", m.Start, m.End), Surface: strings.Join(strings.Fields(m.Text), " "), Party: best.Party, Name: best.Name, Form: string(m.Form), Reach: m.Reach, Score: best.Score, Around: wide(t.Text, m.Span)}
			for _, e := range best.For {
				a.For = append(a.For, e.Text)
			}
			out = append(out, a)
		}
	}
	return out
}

// Named gives texts of a corpus the IDs that verdicts call them by: the last
// folder and the name of the file without its endings, and the line.
func Named(texts []story.Article, file string) []story.Article {
	name := filepath.Base(filepath.Dir(file)) + "/" + strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ".gz"), ".jsonl")
	out := slices.Clone(texts)
	for i := range out {
		out[i].ID = fmt.Sprintf("%s:%d", name, i+1)
	}
	return out
}

func wide(text string, s story.Span) string {
	from, to := max(0, s.Start-160), min(len(text), s.End+160)
	return strings.ToValidUTF8(strings.Join(strings.Fields(text[from:to]), " "), "")
}

// Draw gives n of the alerts at random with a fixed seed, all if there are no
// more.
func Draw(alerts []Alert, n int) []Alert {
	rnd := rand.New(rand.NewPCG(200, 300))
	out := slices.Clone(alerts)
	rnd.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out[:min(n, len(out))]
}

// Verdict of a reader on an alert.
type Verdict struct {
	Right  bool
	Reason string
}

// Verdicts reads a judged file: lines of article, span, party, surface, "right"
// or "wrong", and the reason, parted by tabs; lines that begin with # are
// comments.
func Verdicts(r io.Reader) (map[string]Verdict, error) {
	out := map[string]Verdict{}
	s := bufio.NewScanner(r)
	for n := 1; s.Scan(); n++ {
		if strings.HasPrefix(s.Text(), "#") || strings.TrimSpace(s.Text()) == "" {
			continue
		}
		f := strings.Split(s.Text(), "\t")
		if len(f) != 6 || f[4] != "right" && f[4] != "wrong" || f[5] == "" {
			return nil, fmt.Errorf("verdicts: line %s: not article, span, party, surface, right or wrong, reason", strconv.Itoa(n))
		}
		out[strings.Join(f[:3], "\t")] = Verdict{f[4] == "right", f[5]}
	}
	return out, s.Err()
}

// AlertResult counts alerts by what a reader said of them.
type AlertResult struct {
	Articles int `json:"articles"`
	Alerts   int `json:"alerts"`
	Judged   int `json:"judged"`
	Wrong    int `json:"wrong"` // of those judged
	// PerWrong is the number of articles for one wrong alert, if those not
	// judged are as those judged; 0 if none is wrong.
	PerWrong  float64 `json:"articles_per_wrong_alert"`
	Precision float64 `json:"precision"`
	Unjudged  []Alert `json:"unjudged,omitempty"`
	Mistakes  []Alert `json:"mistakes,omitempty"`
}

// Judge holds the alerts against the verdicts.
func Judge(articles int, alerts []Alert, verdicts map[string]Verdict) AlertResult {
	r := AlertResult{Articles: articles, Alerts: len(alerts)}
	for _, a := range alerts {
		v, ok := verdicts[a.Key()]
		switch {
		case !ok:
			r.Unjudged = append(r.Unjudged, a)
			continue
		case !v.Right:
			r.Wrong++
			r.Mistakes = append(r.Mistakes, a)
		}
		r.Judged++
	}
	r.Precision = share(r.Judged-r.Wrong, r.Judged)
	if wrong := float64(r.Wrong) * float64(r.Alerts) / float64(max(r.Judged, 1)); wrong > 0 {
		r.PerWrong = float64(articles) / wrong
	}
	return r
}
