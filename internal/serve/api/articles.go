package api

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/newsdesk"
	"github.com/reportedly/reportedly/internal/story"
)

// ArticleLine is an article in a list.
type ArticleLine struct {
	ID        string `json:"id"`
	Outlet    string `json:"outlet"`
	Title     string `json:"title"`
	URL       string `json:"url"`
	Published string `json:"published" doc:"the day, empty where it is not known"`
	Language  string `json:"language"`
}

func articleLineOf(a story.Article) ArticleLine {
	return ArticleLine{a.ID, a.Outlet, a.Title, a.URL, a.Day().String(), a.Language}
}

// article is an article with its text.
type article struct {
	ArticleLine
	Byline   string    `json:"byline"`
	Credit   string    `json:"credit"`
	Text     string    `json:"text"`
	Captures []capture `json:"captures" nullable:"false"`
}

type capture struct {
	SHA256    string    `json:"sha256"`
	MediaType string    `json:"media_type"`
	Size      int64     `json:"size"`
	Retrieved time.Time `json:"retrieved"`
	Method    string    `json:"method"`
	Location  string    `json:"location"`
}

type articlesIn struct {
	Words  string `query:"q" maxLength:"200" doc:"words, \"several in a row\", beginnings*; all must be there"`
	Before int64  `query:"before" minimum:"0" doc:"what the page before gave as next"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
}

type articlesOut struct {
	Body struct {
		Articles []ArticleLine `json:"articles" nullable:"false" doc:"those that came last first"`
		Next     int64         `json:"next" doc:"for the page after; 0 at the end"`
	}
}

type articleIn struct {
	ID string `path:"id" maxLength:"300"`
}

type articleOut struct{ Body article }

type readingOut struct {
	Body struct {
		Article  string  `json:"article"`
		Lists    string  `json:"lists" doc:"names the editions it was read with"`
		Program  string  `json:"program"`
		Mentions []named `json:"mentions" nullable:"false"`
		Claims   []claim `json:"claims" nullable:"false"`
	}
}

// claim is who is said to have done what, according to whom.
type claim struct {
	ID        string   `json:"id"`
	Activity  string   `json:"activity"`
	Aspect    string   `json:"aspect"`
	Act       string   `json:"act" doc:"what the speaker does: assert, deny, ..."`
	Polarity  string   `json:"polarity" enum:"+,-"`
	Certainty string   `json:"certainty"`
	Scope     string   `json:"scope"`
	Players   []player `json:"players" nullable:"false"`
	Chain     []string `json:"chain" nullable:"false" doc:"who says so, from the outlet inwards; empty: the outlet itself"`
	Earliest  string   `json:"earliest"`
	Latest    string   `json:"latest"`
	Quote     string   `json:"quote"`
	Start     int      `json:"start" doc:"code points"`
	End       int      `json:"end" doc:"code points"`
	Rule      string   `json:"rule"`
	Answers   string   `json:"answers" doc:"the claim that this one answers"`
}

type player struct {
	Role  string `json:"role"`
	Party string `json:"party"`
	Name  string `json:"name"`
}

func claimOf(c claims.Claim, text string) claim {
	at := story.RuneSpan(text, c.Evidence)
	out := claim{ID: c.ID, Activity: string(c.Activity), Aspect: string(c.Aspect), Act: string(c.Act), Polarity: c.Polarity, Certainty: string(c.Certainty), Scope: c.Scope,
		Players: []player{}, Chain: []string{}, Quote: c.Evidence.Of(text), Start: at.Start, End: at.End, Rule: c.Rule, Answers: c.Answers}
	for _, p := range c.Players {
		out.Players = append(out.Players, player{string(p.Role), p.Party, p.Name})
	}
	for _, l := range c.Chain {
		out.Chain = append(out.Chain, l.Holder)
	}
	if c.When != nil {
		out.Earliest, out.Latest = c.When.Earliest.String(), c.When.Latest.String()
	}
	return out
}

// postedArticle is the form of a line of JSONL; all but text may be missing.
type postedArticle struct {
	ID        string `json:"id,omitempty" maxLength:"300"`
	URL       string `json:"url,omitempty" maxLength:"4000"`
	Outlet    string `json:"outlet,omitempty" maxLength:"300"`
	Title     string `json:"title,omitempty" maxLength:"2000"`
	Published string `json:"published,omitempty" maxLength:"60" doc:"a day or a moment; never guessed"`
	Language  string `json:"language,omitempty" maxLength:"20"`
	Text      string `json:"text" minLength:"1" maxLength:"16000000"`
}

type postArticles struct {
	Key         string `header:"Idempotency-Key" maxLength:"255"`
	ContentType string `header:"Content-Type"`
	RawBody     []byte `contentType:"application/x-ndjson" doc:"one article a line: {\"id\", \"url\", \"outlet\", \"title\", \"published\", \"language\", \"text\"}; all but text may be missing"`
}

// finding is something of the input that could not be taken.
type finding struct {
	Severity string `json:"severity" enum:"note,lost,refused"`
	Line     int    `json:"line"`
	Record   string `json:"record"`
	Text     string `json:"text"`
}

type takenOut struct {
	Body struct {
		newsdesk.Taken
		Findings []finding `json:"findings" nullable:"false"`
	}
}

type mentionsIn struct {
	Body postedArticle
}

// hypothesis is who may be meant.
type hypothesis struct {
	Party  string  `json:"party" doc:"empty: somebody who is on no list"`
	Name   string  `json:"name"`
	Score  float64 `json:"score"`
	Href   string  `json:"href"`
	For    int     `json:"reasons_for"`
	Contra int     `json:"reasons_against"`
}

// named is one name in a text with who may bear it.
type named struct {
	Text       string       `json:"text"`
	Start      int          `json:"start" doc:"code points"`
	End        int          `json:"end" doc:"code points"`
	Status     string       `json:"status"`
	Hypotheses []hypothesis `json:"hypotheses" nullable:"false" doc:"the likeliest first"`
}

type mentionsOut struct {
	Body struct {
		Mentions []named  `json:"mentions" nullable:"false"`
		Lists    []string `json:"lists" nullable:"false"`
	}
}

func (a *API) routesOfArticles() {
	operation(a, huma.Operation{OperationID: "list-articles", Method: http.MethodGet, Path: "/articles", Summary: "Articles, found by their words", Tags: []string{"articles"}}, auth.Read, a.listArticles)
	operation(a, huma.Operation{OperationID: "get-article", Method: http.MethodGet, Path: "/articles/{id}", Summary: "One article with its captures", Tags: []string{"articles"}, Errors: []int{404}}, auth.Read, a.getArticle)
	operation(a, huma.Operation{OperationID: "get-reading", Method: http.MethodGet, Path: "/articles/{id}/claims", Summary: "Who is named in an article and what is claimed", Tags: []string{"articles"}, Errors: []int{404}}, auth.Read, a.getReading)
	operation(a, huma.Operation{OperationID: "post-articles", Method: http.MethodPost, Path: "/articles", Summary: "Articles in: they are read, kept, and the cases brought up to date", Tags: []string{"articles"}, MaxBodyBytes: maxArticles, Errors: []int{409, 413}}, auth.AddArticles, a.postArticles)
	operation(a, huma.Operation{OperationID: "find-mentions", Method: http.MethodPost, Path: "/mentions", Summary: "Who is named in a text; nothing is kept", Tags: []string{"articles"}, MaxBodyBytes: maxArticles, Errors: []int{409}}, auth.Screen, a.findMentions)
}

func (a *API) listArticles(ctx context.Context, in *articlesIn) (*articlesOut, error) {
	find := func() ([]story.Article, int64, error) { return a.o.Store.ListArticles(ctx, in.Before, in.Limit) }
	if in.Words != "" {
		find = func() ([]story.Article, int64, error) {
			return a.o.Store.SearchArticles(ctx, in.Words, in.Before, in.Limit)
		}
	}
	found, next, err := find()
	if err != nil {
		return nil, err
	}
	out := &articlesOut{}
	out.Body.Articles, out.Body.Next = []ArticleLine{}, next
	for _, f := range found {
		out.Body.Articles = append(out.Body.Articles, articleLineOf(f))
	}
	return out, nil
}

func (a *API) getArticle(ctx context.Context, in *articleIn) (*articleOut, error) {
	art, err := a.o.Store.Article(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := &articleOut{article{ArticleLine: articleLineOf(art), Byline: art.Byline, Credit: art.Credit, Text: art.Text, Captures: []capture{}}}
	for _, c := range art.Captures {
		out.Body.Captures = append(out.Body.Captures, capture{c.SHA256, c.MediaType, c.Size, c.RetrievedAt, c.Method, c.Location})
	}
	return out, nil
}

func (a *API) getReading(ctx context.Context, in *articleIn) (*readingOut, error) {
	art, err := a.o.Store.Article(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	r, err := a.o.Store.Reading(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := &readingOut{}
	out.Body.Article, out.Body.Lists, out.Body.Program, out.Body.Mentions, out.Body.Claims = r.Article, r.Lists, r.Program, namedIn(art.Text, r.Mentions), []claim{}
	for _, c := range r.Claims {
		out.Body.Claims = append(out.Body.Claims, claimOf(c, art.Text))
	}
	return out, nil
}

func (a *API) postArticles(ctx context.Context, in *postArticles) (*takenOut, error) {
	items := articles.Read("posted", bytes.NewReader(in.RawBody), articles.Options{Format: articles.JSONL, Retrieved: a.o.Now(), Method: "posted"})
	t, err := a.o.Desk.Take(ctx, items)
	if err != nil {
		return nil, err
	}
	out := &takenOut{}
	out.Body.Taken, out.Body.Findings = t, []finding{}
	if t.IDs == nil {
		out.Body.IDs = []string{}
	}
	for _, f := range t.Findings {
		out.Body.Findings = append(out.Body.Findings, finding{f.Severity.String(), f.Line, f.Record, f.Text})
	}
	if t.Articles == 0 && len(t.Findings) > 0 {
		return nil, huma.Error422UnprocessableEntity("no article could be read", &huma.ErrorDetail{Message: t.Findings[0].Text, Location: "body"})
	}
	return out, nil
}

func (a *API) findMentions(ctx context.Context, in *mentionsIn) (*mentionsOut, error) {
	art := story.Article{ID: "posted", Outlet: in.Body.Outlet, Title: in.Body.Title, Language: in.Body.Language, Text: in.Body.Text}
	found, r, err := a.o.Desk.Mentions(ctx, art)
	if err != nil {
		return nil, err
	}
	out := &mentionsOut{}
	out.Body.Mentions, out.Body.Lists = namedIn(art.Text, found), append([]string{}, r.Known().Labels()...)
	return out, nil
}

func namedIn(text string, found mentions.Result) []named {
	out := []named{}
	for _, m := range found.Mentions {
		at := story.RuneSpan(text, story.Span{Start: m.Start, End: m.End})
		n := named{Text: m.Text, Start: at.Start, End: at.End, Hypotheses: []hypothesis{}}
		if m.Cluster >= 0 && m.Cluster < len(found.Clusters) {
			c := found.Clusters[m.Cluster]
			n.Status = string(c.Status)
			for _, h := range c.Hypotheses {
				n.Hypotheses = append(n.Hypotheses, hypothesisOf(h))
			}
		}
		out = append(out, n)
	}
	return out
}

func hypothesisOf(h mentions.Hypothesis) hypothesis {
	out := hypothesis{Party: h.Party, Name: h.Name, Score: h.Score, For: len(h.For), Contra: len(h.Against)}
	if h.Party != "" {
		out.Href = Prefix + "/parties/" + h.Party
	}
	return out
}
