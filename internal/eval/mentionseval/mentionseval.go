package mentionseval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/names"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// Gold is one article with its mentions.
type Gold struct {
	ID       string `json:"id"`
	Language string `json:"language"`
	Text     string `json:"text"`
	Mentions []struct {
		Party string `json:"party"`
		Start int    `json:"start"`
		End   int    `json:"end"`
		Text  string `json:"text"`
	} `json:"mentions"`
}

// Item is a gold mention that was missed or a mention without gold.
type Item struct {
	Article string `json:"article"`
	Party   string `json:"party"`
	Text    string `json:"text"`
	Around  string `json:"around"`
	Why     string `json:"why"`
}

// Result holds the figures. Recall counts any status, Accepted only those of
// accepted clusters; Full those whose gold text is a full name of two words.
type Result struct {
	Gold           int     `json:"gold"`
	Recall         float64 `json:"recall"`
	RecallAccepted float64 `json:"recall_accepted"`
	FullGold       int     `json:"full_gold"`
	RecallFull     float64 `json:"recall_full"`
	Found          int     `json:"found"` // mentions given in accepted clusters
	Extra          int     `json:"extra"` // of those without gold, roles and pronouns left out
	Precision      float64 `json:"precision"`
	Misses         []Item  `json:"misses"`
	Extras         []Item  `json:"extras"`
}

// Eval finds the mentions of every gold article.
func Eval(ix *mentions.Index, r io.Reader) (Result, error) {
	var res Result
	hit, acc, full := 0, 0, 0
	s := bufio.NewScanner(r)
	s.Buffer(nil, 64<<20)
	for line := 1; s.Scan(); line++ {
		if len(strings.TrimSpace(s.Text())) == 0 {
			continue
		}
		var g Gold
		if err := json.Unmarshal(s.Bytes(), &g); err != nil {
			return res, fmt.Errorf("mentions eval: line %d: %w", line, err)
		}
		out := ix.Find(prose.Split(g.Text, g.Language), story.Article{ID: g.ID, Text: g.Text, Language: g.Language})
		used := make([]bool, len(out.Mentions))
		for _, m := range g.Mentions {
			span := story.ByteSpan(g.Text, story.Span{Start: m.Start, End: m.End})
			two := len(strings.Fields(m.Text)) > 1
			res.Gold++
			if two {
				res.FullGold++
			}
			status, why := match(ix, out, used, span, m.Party)
			if status == "" {
				res.Misses = append(res.Misses, Item{g.ID, m.Party, m.Text, around(g.Text, span), why})
				continue
			}
			hit++
			if two {
				full++
			}
			if status == mentions.Accepted {
				acc++
			}
		}
		for i, m := range out.Mentions {
			c := out.Clusters[m.Cluster]
			if c.Status != mentions.Accepted || m.Form == mentions.Role || m.Form == mentions.Pronoun {
				continue
			}
			res.Found++
			if !used[i] {
				res.Extra++
				best, _ := c.Best()
				res.Extras = append(res.Extras, Item{g.ID, best.Name, m.Text, around(g.Text, m.Span), string(m.Form) + ": " + m.Reach})
			}
		}
	}
	res.Recall, res.RecallAccepted, res.RecallFull = share(hit, res.Gold), share(acc, res.Gold), share(full, res.FullGold)
	res.Precision = share(res.Found-res.Extra, res.Found)
	return res, s.Err()
}

func share(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func around(text string, s story.Span) string {
	from, to := max(0, s.Start-40), min(len(text), s.End+40)
	return strings.ToValidUTF8(strings.ReplaceAll(text[from:to], "\n", " / "), "")
}

// match finds the mention at the span whose cluster leads to the party.
func match(ix *mentions.Index, out mentions.Result, used []bool, span story.Span, party string) (mentions.Status, string) {
	why := "nothing found there"
	for i, m := range out.Mentions {
		if !m.Span.Overlaps(span) {
			continue
		}
		c := out.Clusters[m.Cluster]
		best, ok := c.Best()
		if ok && called(ix, best.Party, party) {
			used[i] = true
			return c.Status, ""
		}
		why = "taken for " + best.Name
	}
	return "", why
}

func called(ix *mentions.Index, id, name string) bool {
	want := names.Fold(name)
	for _, p := range ix.Parties() {
		if p.ID != id {
			continue
		}
		for _, n := range p.Names {
			if names.Fold(n.Text) == want {
				return true
			}
		}
		return names.Compare(names.Parse(p.PrimaryName(), p.Schema), names.Parse(name, p.Schema)).Value > 0.85
	}
	return false
}
