package web

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/serve/web/marked"
	"github.com/reportedly/reportedly/internal/story"
)

// sourceText is an article of a case with its evidence set off.
type sourceText struct {
	Ref   cases.ArticleRef
	Title string
	Lang  string
	Paras [][]textPiece
	Open  bool // shown unfolded
	Gone  bool // the text is not in the store
}

// textPiece is a stretch of text in the evidence of some quotations.
type textPiece struct {
	Text  string
	N     []int // quotations that cover it
	First bool  // the first piece of N[0] in this article: carries the anchor
	Last  []int // quotations that end here: their numbers follow
	Deny  bool
}

// texts lays the articles out with the quotations marked: originals open,
// copies folded.
func (b *casePage) texts() []sourceText {
	var out []sourceText
	for _, ref := range b.Articles {
		a, ok := b.File.Articles[ref.ID]
		t := sourceText{Ref: ref, Title: a.Title, Lang: a.Language, Open: len(out) < 3 && len(ref.Of) == 0, Gone: !ok}
		if ok {
			t.Paras = b.mark(a)
		}
		out = append(out, t)
	}
	slices.SortStableFunc(out, func(x, y sourceText) int { return boolRank(x.Open) - boolRank(y.Open) })
	return out
}

func boolRank(first bool) int {
	if first {
		return 0
	}
	return 1
}

func (b *casePage) mark(a story.Article) [][]textPiece {
	at := map[string]int{}
	for _, q := range b.Quotes {
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
	return pieces(a.Text, spans, numbers, deny)
}

func pieces(text string, spans []story.Span, numbers []int, deny map[int]bool) [][]textPiece {
	seen := map[int]bool{}
	var out [][]textPiece
	for _, para := range marked.Paragraphs(text, spans) {
		var line []textPiece
		for _, p := range para {
			t := textPiece{Text: p.Text}
			for _, i := range p.In {
				if n := numbers[i]; !slices.Contains(t.N, n) {
					t.N = append(t.N, n)
					t.Deny = t.Deny || deny[n]
				}
			}
			slices.Sort(t.N)
			if len(t.N) > 0 && !seen[t.N[0]] {
				t.First, seen[t.N[0]] = true, true
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
func (t textPiece) Refs() string { return strings.Trim(strings.Join(strings.Fields(fmt.Sprint(t.N)), " "), "[]") }

// moment is one entry of the timeline of a case.
type moment struct {
	Day   string // as shown
	sort  string
	Class string // "law", "deed", "for", "against", ""
	What  string
	Note  string
	Link  string
}

// moments puts measure, deed, articles and replies into one order of days.
func (b *casePage) moments() []moment {
	var out []moment
	add := func(day, class, what, note, link string) {
		if len(day) >= 4 {
			out = append(out, moment{day[:min(len(day), 10)], day, class, what, note, link})
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
		add(a.Published, class, what+" publishes", a.Relation, "#"+anchor(a.ID))
	}
	for _, r := range b.NumberedCase.Replies {
		for _, a := range b.Articles {
			if a.ID == r.Article && r.Act == "deny" {
				add(a.Published, "against", r.Holder+" denies", r.Scope, "#replies")
			}
		}
	}
	slices.SortStableFunc(out, func(x, y moment) int { return strings.Compare(x.sort, y.sort) })
	return out
}

// anchor makes a fragment of an article's id.
func anchor(id string) string {
	return "text-" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '_'
	}, id)
}

// branch is an article with those that go back to it.
type branch struct {
	Ref   cases.ArticleRef
	Heads []string // origins whose words it carries first
	Below []*branch
}

// tree hangs each article below the one it goes back to.
func (b *casePage) tree() []*branch {
	nodes := map[string]*branch{}
	for _, a := range b.Articles {
		nodes[a.ID] = &branch{Ref: a}
	}
	for _, o := range b.Origins {
		if len(o.Articles) > 0 && nodes[o.Articles[0]] != nil {
			n := nodes[o.Articles[0]]
			n.Heads = append(n.Heads, o.ID+" "+o.Holder)
		}
	}
	var roots []*branch
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
func (b *casePage) upOf(a cases.ArticleRef, nodes map[string]*branch) *branch {
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
