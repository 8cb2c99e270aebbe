package web

import (
	"cmp"
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
	Snippet []snip
}

type snip struct {
	Text string
	Hit  bool
}

// claimFound is a quotation of a case.
type claimFound struct {
	Case           int
	Quote, Article string
	Chain          []string
	Act            string
	Snippet        []snip
}

const (
	searchShown = 20
	snippetHalf = 110
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
		b.Articles = append(b.Articles, found{a, snippet(a.Text, b.Words)})
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
				b.Claims = append(b.Claims, claimFound{Case: c.Number, Quote: l.Quote, Article: l.Article, Chain: l.Chain, Act: string(l.Act), Snippet: snippet(l.Quote, b.Words)})
			}
		}
	}
	return nil
}

// snippet cuts the stretch around the first of the words, all of them marked.
func snippet(text, words string) []snip {
	spans := hits(text, words)
	if len(spans) == 0 {
		return []snip{{Text: strings.ToValidUTF8(clip(text, 2*snippetHalf), "")}}
	}
	before, at, after := marked.Around(text, spans[0], snippetHalf)
	whole := before + at + after
	var out []snip
	for _, para := range marked.Paragraphs(strings.ReplaceAll(whole, "\n", " "), hits(whole, words)) {
		for _, piece := range para {
			out = append(out, snip{piece.Text, len(piece.In) > 0})
		}
	}
	return out
}

// hits finds words in a text, case ignored where that does not change the
// length of the text.
func hits(text, words string) []story.Span {
	low := strings.ToLower(text)
	if len(low) != len(text) {
		low = text
	}
	var out []story.Span
	for _, w := range strings.Fields(strings.ToLower(words)) {
		w = strings.Trim(w, `"*`)
		for at := 0; w != "" && len(out) < 50; {
			i := strings.Index(low[at:], w)
			if i < 0 {
				break
			}
			out = append(out, story.Span{Start: at + i, End: at + i + len(w)})
			at += i + len(w)
		}
	}
	slices.SortFunc(out, func(a, b story.Span) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	return out
}
