package copieseval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/story"
)

// Result of a run over labelled pairs.
type Result struct {
	Pairs     int     `json:"pairs"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	Misses    []Miss  `json:"misses,omitempty"`
}

// Miss is a pair judged otherwise than the reader did.
type Miss struct {
	ID       string          `json:"id"`
	Label    string          `json:"label"`
	Relation string          `json:"relation,omitempty"` // what the program says
	Likeness echoes.Likeness `json:"likeness"`
}

type pair struct {
	ID         string `json:"id"`
	Label      string `json:"label"`
	Syndicated bool   `json:"syndicated"`
	A          string `json:"a"`
	B          string `json:"b"`
	TextA      string `json:"text_a"`
	TextB      string `json:"text_b"`
}

// Pairs reads near-duplicates JSONL and counts a pair as syndicated where the
// program finds a copy by text: verbatim, edited or translated.
func Pairs(r io.Reader) (Result, error) {
	var out Result
	tp, sys, gold := 0, 0, 0
	err := lines(r, func(line []byte) error {
		var p pair
		if err := json.Unmarshal(line, &p); err != nil {
			return err
		}
		out.Pairs++
		e, l, ok := echoes.Pair(story.Article{ID: p.A, Text: p.TextA, Language: "en"}, story.Article{ID: p.B, Text: p.TextB, Language: "en"})
		found := ok && byText(e.Relation)
		if p.Syndicated {
			gold++
		}
		if found {
			sys++
		}
		if found && p.Syndicated {
			tp++
		}
		if found != p.Syndicated {
			out.Misses = append(out.Misses, Miss{p.ID, p.Label, string(e.Relation), l})
		}
		return nil
	})
	out.Precision, out.Recall, out.F1 = prf(tp, sys, gold)
	return out, err
}

func byText(r echoes.Relation) bool {
	switch r {
	case echoes.SameCapture, echoes.Verbatim, echoes.EditedCopy, echoes.Translation, echoes.OwnUpdate:
		return true
	}
	return false
}

// Clusters is the result over articles labelled by happening.
type Clusters struct {
	Articles  int     `json:"articles"`
	Events    int     `json:"events"`
	Found     int     `json:"clusters"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"` // of pairs of articles
	BCubed    float64 `json:"bcubed_f1"`
	Misses    []Apart `json:"misses,omitempty"`
}

// Apart is an event that was cut up, or a cluster of several events.
type Apart struct {
	Event string   `json:"event"`
	In    []string `json:"in"`
}

type clustered struct {
	ID       string   `json:"id"`
	Event    string   `json:"event"`
	Date     string   `json:"date"`
	Domain   string   `json:"domain"`
	URL      string   `json:"url"`
	Authors  []string `json:"authors"`
	Title    string   `json:"title"`
	Text     string   `json:"text"`
	Language string   `json:"language"`
}

// Events reads giveme5w1h clusters and compares with echoes.Stories.
func Events(r io.Reader) (Clusters, error) {
	var out Clusters
	var articles []story.Article
	event := map[string]string{}
	err := lines(r, func(line []byte) error {
		var c clustered
		if err := json.Unmarshal(line, &c); err != nil {
			return err
		}
		when, _ := time.Parse("2006-01-02T15:04:05", c.Date)
		articles = append(articles, story.Article{ID: c.ID, URL: c.URL, Outlet: c.Domain, Title: c.Title, Text: c.Text, Language: "en", Published: when})
		event[c.ID] = c.Event
		return nil
	})
	if err != nil {
		return out, err
	}
	found := map[string]int{}
	groups := echoes.Stories(articles)
	for i, g := range groups {
		for _, id := range g {
			found[id] = i
		}
	}
	out.Articles, out.Found = len(articles), len(groups)
	score(&out, articles, event, found)
	return out, nil
}

func score(out *Clusters, articles []story.Article, event map[string]string, found map[string]int) {
	tp, sys, gold := 0, 0, 0
	var p, r float64
	events := map[string]map[int]int{}
	for _, a := range articles {
		both, inSys, inGold := 0, 0, 0
		for _, b := range articles {
			s, g := found[a.ID] == found[b.ID], event[a.ID] == event[b.ID]
			inSys, inGold, both = inSys+num(s), inGold+num(g), both+num(s && g)
		}
		tp, sys, gold = tp+both-1, sys+inSys-1, gold+inGold-1
		p += float64(both) / float64(inSys)
		r += float64(both) / float64(inGold)
		if events[event[a.ID]] == nil {
			events[event[a.ID]] = map[int]int{}
		}
		events[event[a.ID]][found[a.ID]]++
	}
	out.Events = len(events)
	out.Precision, out.Recall, out.F1 = prf(tp, sys, gold)
	n := float64(max(1, len(articles)))
	out.BCubed = f1(p/n, r/n)
	for e, in := range events {
		if len(in) > 1 {
			m := Apart{Event: e}
			for c, k := range in {
				m.In = append(m.In, fmt.Sprintf("cluster %d: %d", c, k))
			}
			out.Misses = append(out.Misses, m)
		}
	}
}

func num(b bool) int {
	if b {
		return 1
	}
	return 0
}

func prf(tp, sys, gold int) (p, r, f float64) {
	p, r = 1, 1
	if sys > 0 {
		p = float64(tp) / float64(sys)
	}
	if gold > 0 {
		r = float64(tp) / float64(gold)
	}
	return p, r, f1(p, r)
}

func f1(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func lines(r io.Reader, each func([]byte) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 64<<20)
	for n := 1; s.Scan(); n++ {
		if len(s.Bytes()) == 0 {
			continue
		}
		if err := each(s.Bytes()); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return s.Err()
}
