package searched

import (
	"fmt"
	"maps"
	"slices"

	"github.com/reportedly/reportedly/internal/story"
)

// Coverage is what stands in a case file.
type Coverage struct {
	Articles  int      `json:"articles"`
	Outlets   []string `json:"outlets,omitempty"`
	Languages []string `json:"languages,omitempty"`
	From      string   `json:"from,omitempty"`
	To        string   `json:"to,omitempty"`
	Lists     []string `json:"lists,omitempty"`
	NotRead   []string `json:"not_read,omitempty"`
}

// Tally counts the articles of one outlet in one language; First and Last are
// ISO days of publication, "" where none is known.
type Tally struct {
	Outlet, Language string
	Articles         int
	First, Last      string
}

// outletsNamed bounds the list of outlets: it is for reading, the number tells
// the rest.
const outletsNamed = 40

// Sum makes a coverage of tallies in any order.
func Sum(tallies []Tally) Coverage {
	var c Coverage
	outlets, languages := map[string]bool{}, map[string]bool{}
	for _, t := range tallies {
		c.Articles += t.Articles
		if t.Articles == 0 {
			continue
		}
		if t.Outlet != "" {
			outlets[t.Outlet] = true
		}
		if t.Language != "" {
			languages[t.Language] = true
		}
		if t.First != "" && (c.From == "" || t.First < c.From) {
			c.From = t.First
		}
		c.To = max(c.To, t.Last)
	}
	c.Outlets, c.Languages = slices.Sorted(maps.Keys(outlets)), slices.Sorted(maps.Keys(languages))
	if n := len(c.Outlets); n > outletsNamed {
		c.Outlets = append(c.Outlets[:outletsNamed:outletsNamed], fmt.Sprintf("and %d more", n-outletsNamed))
	}
	return c
}

// Of makes the coverage of articles.
func Of(articles []story.Article) Coverage {
	tallies := make([]Tally, len(articles))
	for i, a := range articles {
		tallies[i] = Tally{Outlet: a.Outlet, Language: a.Language, Articles: 1}
		if !a.Published.IsZero() {
			tallies[i].First = a.Day().String()
			tallies[i].Last = tallies[i].First
		}
	}
	return Sum(tallies)
}
