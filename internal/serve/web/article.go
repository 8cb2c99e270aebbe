package web

import (
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/serve/web/marked"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// articlePage is a text with who is named in it and what it claims.
type articlePage struct {
	Article store.Reading
	Text    story.Article
	Paras   [][]readPiece
	People  []bearerRow
	Claims  []claimCard
	Copies  []copyRow
	Cases   []store.NumberedCase
	Unread  bool
}

// readPiece is a stretch of text with the mention and the claims that cover it.
type readPiece struct {
	Text    string
	Who     *bearerRow
	WhoEnds bool
	Claims  []*claimCard
	Begins  []*claimCard // claims whose words begin here
	Ends    []*claimCard
}

// bearerRow is somebody named in the text, with the parties he may be.
type bearerRow struct {
	mentions.Cluster
	N     int
	Best  *mentions.Hypothesis
	Count int
}

// claimCard is a claim with its chain, outermost first.
type claimCard struct {
	claims.Claim
	N     int
	Chain []string
	Quote string
	Who   []string
}

// Deny reports that the claim speaks against what it is about.
func (c claimCard) Deny() bool { return c.Act == "deny" || c.Act == "partly-deny" }

type copyRow struct {
	Other    story.Article
	ID       string
	Relation echoes.Relation
	From     bool // the article goes back to the other one
	Why      string
}

func (p *Pages) article(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	ctx, id := r.Context(), r.PathValue("id")
	a, err := p.st.Article(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return "", page{}, missing("the article " + id)
	}
	if err != nil {
		return "", page{}, err
	}
	b := &articlePage{Text: a}
	switch b.Article, err = p.st.Reading(ctx, id); {
	case errors.Is(err, store.ErrNotFound):
		b.Unread = true
	case err != nil:
		return "", page{}, err
	}
	b.read()
	if b.Cases, err = p.desk.CasesIn(ctx, id); err != nil {
		return "", page{}, err
	}
	if b.Copies, err = p.copies(r, id); err != nil {
		return "", page{}, err
	}
	title := a.Title
	if title == "" {
		title = "Article " + id
	}
	return "article", page{Title: title, Section: "search", Body: b}, nil
}

func (p *Pages) copies(r *http.Request, id string) ([]copyRow, error) {
	edges, err := p.st.Copies(r.Context(), time.Time{})
	if err != nil {
		return nil, err
	}
	var out []copyRow
	for _, e := range edges {
		row := copyRow{Relation: e.Relation, From: e.Copy == id, ID: e.Copy}
		if e.Copy == id {
			row.ID = e.Of
		} else if e.Of != id {
			continue
		}
		var why []string
		for _, ev := range e.Evidence {
			if ev.Text != "" && len(why) < 3 {
				why = append(why, ev.Text)
			}
		}
		row.Why = strings.Join(why, "; ")
		if row.Other, err = p.st.Article(r.Context(), row.ID); err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}

// read lays the text out with its mentions and claims.
func (b *articlePage) read() {
	res := b.Article.Mentions
	for i, cl := range res.Clusters {
		row := bearerRow{Cluster: cl, N: i + 1, Count: len(cl.Mentions)}
		if h, ok := cl.Best(); ok {
			row.Best = &h
		}
		b.People = append(b.People, row)
	}
	var spans []story.Span
	for _, m := range res.Mentions {
		spans = append(spans, m.Span)
	}
	for i, c := range b.Article.Claims {
		card := claimCard{Claim: c, N: i + 1, Quote: c.Evidence.Of(b.Text.Text)}
		if b.Text.Outlet != "" {
			card.Chain = append(card.Chain, b.Text.Outlet)
		}
		for _, l := range c.Chain {
			card.Chain = append(card.Chain, l.Holder)
		}
		for _, pl := range c.Players {
			card.Who = append(card.Who, pl.Surface+" ("+string(pl.Role)+")")
		}
		b.Claims = append(b.Claims, card)
		spans = append(spans, c.Evidence)
	}
	first := len(res.Mentions)
	for _, para := range marked.Paragraphs(b.Text.Text, spans) {
		var line []readPiece
		for _, piece := range para {
			line = append(line, b.piece(piece, first))
		}
		if len(line) > 0 {
			b.Paras = append(b.Paras, line)
		}
	}
}

// piece resolves indices of spans: below first they are mentions, then claims.
func (b *articlePage) piece(p marked.Piece, first int) readPiece {
	out := readPiece{Text: p.Text}
	for _, i := range p.In {
		if i >= first {
			out.Claims = append(out.Claims, &b.Claims[i-first])
			continue
		}
		if n := b.Article.Mentions.Mentions[i].Cluster; n >= 0 && n < len(b.People) {
			out.Who, out.WhoEnds = &b.People[n], slices.Contains(p.Ends, i)
		}
	}
	pick := func(in []int) (cards []*claimCard) {
		for _, i := range in {
			if i >= first {
				cards = append(cards, &b.Claims[i-first])
			}
		}
		return cards
	}
	out.Begins, out.Ends = pick(p.Begins), pick(p.Ends)
	return out
}

// Deny reports that one of the claims here speaks against what it is about.
func (r readPiece) Deny() bool {
	return slices.ContainsFunc(r.Claims, func(c *claimCard) bool { return c.Deny() })
}

// Refs are the numbers by which scripts find the pieces of a claim.
func (r readPiece) Refs() string {
	var out []string
	for _, c := range r.Claims {
		out = append(out, fmt.Sprint(c.N))
	}
	return strings.Join(out, " ")
}

// capturePage shows what was obtained, byte for byte, as far as it is text.
type capturePage struct {
	Article string
	story.Capture
	Head   string
	Binary bool
	Cut    bool
}

const captureShown = 64 << 10

// capture shows the bytes as they came, never as a page of ours: what a
// stranger wrote is only ever text here.
func (p *Pages) capture(w http.ResponseWriter, r *http.Request) (string, page, error) {
	sha := r.PathValue("sha")
	if _, err := hex.DecodeString(sha); err != nil {
		return "", page{}, wrong("a capture is named by its SHA-256")
	}
	c, err := p.st.Capture(r.Context(), sha)
	if errors.Is(err, store.ErrNotFound) {
		return "", page{}, missing("this capture")
	}
	if err != nil {
		return "", page{}, err
	}
	if r.URL.Query().Has("download") {
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Disposition", `attachment; filename="`+sha[:16]+`.capture"`)
		_, err := w.Write(c.Body)
		return "", page{}, err
	}
	b := capturePage{Article: r.PathValue("id"), Capture: c, Binary: !utf8.Valid(c.Body), Cut: len(c.Body) > captureShown}
	if !b.Binary {
		b.Head = strings.ToValidUTF8(string(c.Body[:min(len(c.Body), captureShown)]), "")
	}
	return "capture", page{Title: "Capture " + sha[:12], Section: "search", Body: b}, nil
}
