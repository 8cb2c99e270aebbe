package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/web/desk"
	"github.com/reportedly/reportedly/internal/serve/web/jobs"
	"github.com/reportedly/reportedly/internal/store"
)

const inboxSize = 40

type inboxPage struct {
	Query   desk.Query
	Rows    []inboxRow
	Total   int
	From    int // number of the first row, from 1
	Next    string
	Before  string
	Empty   bool // nothing is in the store
	Seen    time.Time
	Changed int // cases that came or changed since
	Only    bool
	Saved   []savedSearch
	Filter  bool // something is filtered
}

type inboxRow struct {
	store.NumberedCase
	New bool // came or changed since the last review
}

// inbox lists cases by what matters and what is new.
func (p *Pages) inbox(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	ctx := r.Context()
	c, err := p.desk.Counts(ctx)
	if err != nil {
		return "", page{}, err
	}
	if c.Articles == 0 && c.Cases == 0 {
		return p.welcome(r, c)
	}
	who := auth.From(ctx)
	seen, saved, err := p.habits(ctx, who)
	if err != nil {
		return "", page{}, err
	}
	q := queryOf(r.URL.Query())
	b := inboxPage{Query: q, Seen: seen, Saved: saved, Only: r.URL.Query().Get("changed") != ""}
	if b.Only {
		q.Since = seen
	}
	rows, total, err := p.desk.Find(ctx, q)
	if err != nil {
		return "", page{}, err
	}
	for _, row := range rows {
		b.Rows = append(b.Rows, inboxRow{row, !seen.IsZero() && row.KnownFrom.After(seen)})
	}
	if !seen.IsZero() {
		if _, b.Changed, err = p.desk.Find(ctx, desk.Query{Since: seen, Background: true, Size: 1}); err != nil {
			return "", page{}, err
		}
	}
	b.Total, b.From = total, q.Page*q.Size+1
	b.Filter = b.Only || q.Words != "" || q.Measure != "" || q.MinOrigins > 0 || q.Denied != "" || q.Review != ""
	b.Next, b.Before = pagesOf(r.URL.Query(), q.Page, q.Size, total)
	return "inbox", page{Title: "Inbox", Section: "inbox", Body: b}, nil
}

// pagesOf gives the addresses of the pages after and before, "" at the ends.
func pagesOf(v url.Values, n, size, total int) (next, before string) {
	at := func(n int) string {
		v.Set("page", strconv.Itoa(n))
		return "?" + v.Encode()
	}
	if (n+1)*size < total {
		next = at(n + 1)
	}
	if n > 0 {
		before = at(n - 1)
	}
	return next, before
}

func queryOf(v url.Values) desk.Query {
	number := func(key string, most int) int {
		n, _ := strconv.Atoi(v.Get(key))
		return max(0, min(n, most))
	}
	return desk.Query{Words: clip(v.Get("q"), 200), Measure: v.Get("measure"), MinOrigins: number("origins", 9), Denied: v.Get("denied"), Review: v.Get("review"),
		Background: v.Get("background") != "", Sort: v.Get("sort"), Page: number("page", 1_000_000), Size: inboxSize}
}

func clip(s string, n int) string {
	s = strings.TrimSpace(s)
	if len(s) > n {
		s = strings.ToValidUTF8(s[:n], "")
	}
	return s
}

func (p *Pages) welcome(r *http.Request, c desk.Counts) (string, page, error) {
	return "welcome", page{Title: "Welcome", Section: "inbox", Body: struct {
		Lists int
		Jobs  []*jobs.Job
	}{c.Lists, p.jobs.Running()}}, nil
}
