package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/screening"
	"github.com/reportedly/reportedly/internal/serve/web/desk"
	"github.com/reportedly/reportedly/internal/serve/web/marked"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// searchPage is what a few words find in everything that is kept.
type searchPage struct {
	Words    string
	In       string // "", "cases", "articles", "claims", "parties"
	Cases    []store.NumberedCase
	CaseN    int
	Articles []found
	Claims   []claimFound
	Parties  []screening.Hit
}

// found is an article with the words in their place.
type found struct {
	story.Article
	Snippet []marked.Snip
}

// claimFound is a quotation of a case.
type claimFound struct {
	Case           int
	Quote, Article string
	Chain          []string
	Act            string
	Snippet        []marked.Snip
}

const (
	searchShown = 20
)

func (p *Pages) search(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	ctx := r.Context()
	b := &searchPage{Words: clip(r.URL.Query().Get("q"), 200), In: r.URL.Query().Get("in")}
	pg := page{Title: "Search", Section: "search", Find: b.Words, Body: b}
	if b.Words == "" {
		return "search", pg, nil
	}
	var err error
	if b.Cases, b.CaseN, err = p.desk.Find(ctx, desk.Query{Words: b.Words, Background: true, Size: searchShown}); err != nil {
		return "", page{}, err
	}
	arts, err := p.desk.Search(ctx, b.Words, searchShown)
	if err != nil {
		return "", page{}, err
	}
	for _, a := range arts {
		b.Articles = append(b.Articles, found{a, marked.Snippet(a.Text, b.Words)})
	}
	if err := p.claimsFound(r, b, arts); err != nil {
		return "", page{}, err
	}
	_, index, err := p.known.now(ctx)
	if err != nil {
		return "", page{}, err
	}
	if index != nil {
		b.Parties = index.Find(screening.Query{Name: b.Words, Limit: 8})
	}
	pg.Title = "Search: " + b.Words
	return "search", pg, nil
}

// claimsFound takes the claims of the articles found whose words hold one of
// those asked for.
func (p *Pages) claimsFound(r *http.Request, b *searchPage, arts []story.Article) error {
	words := strings.Fields(strings.ToLower(b.Words))
	seen := map[string]bool{}
	for _, a := range arts {
		cs, err := p.desk.CasesIn(r.Context(), a.ID)
		if err != nil {
			return err
		}
		for _, c := range cs {
			for _, l := range c.Claims {
				low := strings.ToLower(l.Quote)
				if len(b.Claims) >= searchShown || seen[l.Quote] || !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(low, w) }) {
					continue
				}
				seen[l.Quote] = true
				b.Claims = append(b.Claims, claimFound{Case: c.Number, Quote: l.Quote, Article: l.Article, Chain: l.Chain, Act: string(l.Act), Snippet: marked.Snippet(l.Quote, b.Words)})
			}
		}
	}
	return nil
}
