package casetext

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/report"
	"github.com/reportedly/reportedly/internal/serve/web/marked"
	"github.com/reportedly/reportedly/internal/serve/web/words"
	"github.com/reportedly/reportedly/internal/story"
)

// Layout is a case file cut up for a page.
type Layout struct {
	cases.Case
	File   report.File
	Quotes []Quote
}

// Quote is a quotation with its number, from 1, and the article it stands in.
type Quote struct {
	*report.Quotation
	N     int
	About cases.ArticleRef
}

// New numbers the quotations of a case file.
func New(f report.File) *Layout {
	b := &Layout{Case: f.Case, File: f}
	refs := map[string]cases.ArticleRef{}
	for _, a := range f.Case.Articles {
		refs[a.ID] = a
	}
	for i, e := range f.Quotations() {
		b.Quotes = append(b.Quotes, Quote{e, i + 1, refs[e.Article]})
	}
	return b
}

// Numbers gives the quotations that carry some claims.
func (b *Layout) Numbers(claims []string) (out []int) {
	for _, q := range b.Quotes {
		if slices.ContainsFunc(q.Claims, func(id string) bool { return slices.Contains(claims, id) }) {
			out = append(out, q.N)
		}
	}
	return out
}

// Text is an article of a case with its evidence set off.
type Text struct {
	Ref   cases.ArticleRef
	Title string
	Lang  string
	Paras [][]Piece
	Open  bool // shown unfolded
	Gone  bool // the text is not in the store
}

// Piece is a stretch of text in the evidence of some quotations.
type Piece struct {
	Text string
	N    []int // quotations that cover it
	Ids  []int // quotations whose anchor stands here: their first words, where they stand first
	Last []int // quotations that end here: their numbers follow
	Deny bool
}

// Texts lays the articles out with the quotations marked: originals open,
// copies folded.
func (b *Layout) Texts() []Text {
	var out []Text
	for _, ref := range b.Articles {
		a, ok := b.File.Articles[ref.ID]
		t := Text{Ref: ref, Title: a.Title, Lang: a.Language, Open: len(out) < 3 && len(ref.Of) == 0, Gone: !ok}
		if ok {
			t.Paras = b.mark(a)
		}
		out = append(out, t)
	}
	slices.SortStableFunc(out, func(x, y Text) int { return boolRank(x.Open) - boolRank(y.Open) })
	return out
}

func boolRank(first bool) int {
	if first {
		return 0
	}
	return 1
}

func (b *Layout) mark(a story.Article) [][]Piece {
	at := map[string]int{}
	own := map[int]bool{}
	for _, q := range b.Quotes {
		own[q.N] = q.Article == a.ID
		for _, id := range q.Claims {
			at[id] = q.N
		}
	}
	var spans []story.Span
	var numbers []int
	deny := map[int]bool{}
	for _, c := range b.Claims {
		s := story.Span{Start: c.Start, End: c.End}
		n := at[c.ID]
		if c.Article != a.ID || n == 0 || slices.ContainsFunc(spans, func(o story.Span) bool { return o == s }) && slices.Contains(numbers, n) {
			continue
		}
		spans, numbers = append(spans, s), append(numbers, n)
		deny[n] = deny[n] || c.Act == "deny" || c.Act == "partly-deny"
	}
	return pieces(a.Text, spans, numbers, deny, own)
}

func pieces(text string, spans []story.Span, numbers []int, deny, own map[int]bool) [][]Piece {
	var out [][]Piece
	for _, para := range marked.Paragraphs(text, spans) {
		var line []Piece
		for _, p := range para {
			t := Piece{Text: p.Text}
			for _, i := range p.In {
				if n := numbers[i]; !slices.Contains(t.N, n) {
					t.N = append(t.N, n)
					t.Deny = t.Deny || deny[n]
				}
			}
			slices.Sort(t.N)
			for _, n := range t.N {
				if own[n] {
					t.Ids, own[n] = append(t.Ids, n), false
				}
			}
			for _, i := range p.Ends {
				if n := numbers[i]; !slices.Contains(t.Last, n) {
					t.Last = append(t.Last, n)
				}
			}
			slices.Sort(t.Last)
			line = append(line, t)
		}
		if len(line) > 0 {
			out = append(out, line)
		}
	}
	return out
}

// Refs are the numbers for the attribute by which scripts find the pieces.
func (t Piece) Refs() string {
	return strings.Trim(strings.Join(strings.Fields(fmt.Sprint(t.N)), " "), "[]")
}

// Moment is one entry of the timeline of a case.
type Moment struct {
	Day   string // as shown
	sort  string
	Class string // "law", "deed", "for", "against", ""
	What  string
	Note  string
	Link  string
}

// Moments puts measure, deed, articles and replies into one order of days.
func (b *Layout) Moments() []Moment {
	var out []Moment
	add := func(day, class, what, note, link string) {
		if len(day) >= 4 {
			out = append(out, Moment{day[:min(len(day), 10)], day, class, what, note, link})
		}
	}
	for _, g := range b.Check.Answer.Grounds {
		add(g.From.String(), "law", g.Authority+" measure begins", g.Citation, "")
		add(g.Until.String(), "law", g.Authority+" measure ends", g.Citation, "")
	}
	w := b.Window
	if w.Basis == "reported" {
		what := "what is reported"
		note := ""
		if !w.Earliest.IsZero() && w.Latest != w.Earliest && !w.Latest.IsZero() {
			note = "or up to " + w.Latest.String()
		}
		day := w.Earliest
		if day.IsZero() {
			day, note = w.Latest, "or before"
		}
		add(day.String(), "deed", what, note, "")
	}
	for _, a := range b.Articles {
		what, class := a.Outlet, "for"
		if what == "" {
			what = "an article whose outlet is not stated"
		}
		if len(a.Of) > 0 {
			class = ""
		}
		add(a.Published, class, what+" publishes", a.Relation, "#"+words.Anchor(a.ID))
	}
	for _, r := range b.Case.Replies {
		for _, a := range b.Articles {
			if a.ID == r.Article && r.Act == "deny" {
				add(a.Published, "against", r.Holder+" denies", r.Scope, "#replies")
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Moment) int { return strings.Compare(x.sort, y.sort) })
	return out
}

// Branch is an article with those that go back to it.
type Branch struct {
	Ref   cases.ArticleRef
	Heads []string // origins whose words it carries first
	Below []*Branch
}

// Tree hangs each article below the one it goes back to.
func (b *Layout) Tree() []*Branch {
	nodes := map[string]*Branch{}
	for _, a := range b.Articles {
		nodes[a.ID] = &Branch{Ref: a}
	}
	for _, o := range b.Origins {
		if len(o.Articles) > 0 && nodes[o.Articles[0]] != nil {
			n := nodes[o.Articles[0]]
			n.Heads = append(n.Heads, o.ID+" "+o.Holder)
		}
	}
	var roots []*Branch
	for _, a := range b.Articles {
		n := nodes[a.ID]
		up := b.upOf(a, nodes)
		if up == nil {
			roots = append(roots, n)
			continue
		}
		up.Below = append(up.Below, n)
	}
	return roots
}

// upOf picks the article above, unless the way up comes back to the article:
// two that cite each other both stay roots.
func (b *Layout) upOf(a cases.ArticleRef, nodes map[string]*Branch) *Branch {
	if len(a.Of) == 0 {
		return nil
	}
	seen := map[string]bool{a.ID: true}
	for id := a.Of[0]; ; {
		n := nodes[id]
		if n == nil || len(n.Ref.Of) == 0 {
			break
		}
		if seen[id] {
			return nil
		}
		seen[id] = true
		id = n.Ref.Of[0]
	}
	return nodes[a.Of[0]]
}
