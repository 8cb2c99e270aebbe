package web

import (
	"cmp"
	"context"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/report"
	"github.com/reportedly/reportedly/internal/report/changes"
	"github.com/reportedly/reportedly/internal/serve/auth"
	"github.com/reportedly/reportedly/internal/serve/web/casetext"
	"github.com/reportedly/reportedly/internal/serve/web/words"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// casePage is a case file, live.
type casePage struct {
	store.NumberedCase
	File                  report.File
	Quotes                []casetext.Quote
	Texts                 []casetext.Text
	Replies               []replyRow
	Moments               []casetext.Moment
	Tree                  []*casetext.Branch
	Links                 []caseLink
	Log                   []logLine
	Since                 []string // what changed since the visitor's last review
	SinceAt               time.Time
	Others                []store.NumberedCase // of the same party, for merging
	Map, Drawn, TreeDrawn template.HTML        // empty where nothing can be drawn
	Choices               choices
	// Second: the visitor may put the second signature under this decision.
	Second *review.Record
}

// choices are the closed lists of the forms.
type choices struct {
	Outcomes, Likelihoods, Confidences []string
	Reliability, Credibility           []string
}

// replyRow is a denial or non-confirmation with the numbers of its quotations.
type replyRow struct {
	cases.Reply
	N []int
}

type caseLink struct {
	cases.Link
	Number int
	Title  string
}

// logLine is a record of a person as the log of a case shows it.
type logLine struct {
	review.Record
	Holds bool // not taken back
	Mine  bool // may be taken back by the visitor
}

func caseNumber(r *http.Request) (int, error) {
	n, err := strconv.Atoi(r.PathValue("number"))
	if err != nil || n < 1 {
		return 0, wrong("a case is named by its number")
	}
	return n, nil
}

func (p *Pages) caseFile(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	n, err := caseNumber(r)
	if err != nil {
		return "", page{}, err
	}
	b, err := p.caseView(r.Context(), n)
	if err != nil {
		return "", page{}, err
	}
	return "case", page{Title: fmt.Sprintf("Case %d: %s", n, words.Bearing(b.Party)), Section: "inbox", Body: b}, nil
}

func (p *Pages) caseView(ctx context.Context, n int) (*casePage, error) {
	c, err := p.desk.Case(ctx, n, time.Time{})
	if err != nil {
		return nil, err
	}
	b := &casePage{NumberedCase: c, File: report.File{Number: n, Case: c.Case, Articles: map[string]story.Article{}}}
	for _, ref := range c.Articles {
		a, err := p.st.Article(ctx, ref.ID)
		if err != nil {
			continue // a text that is gone leaves its quotations, which the case holds
		}
		b.File.Articles[ref.ID] = a
	}
	l := casetext.New(b.File)
	b.Quotes, b.Texts, b.Moments, b.Tree = l.Quotes, l.Texts(), l.Moments(), l.Tree()
	for _, r := range c.Replies {
		b.Replies = append(b.Replies, replyRow{r, l.Numbers(r.Claims)})
	}
	b.Choices = choices{review.Outcomes, review.Likelihoods, review.Confidences, []string{"A", "B", "C", "D", "E", "F"}, []string{"1", "2", "3", "4", "5", "6"}}
	if b.Others, err = p.desk.CasesOf(ctx, c.Party.ID); err != nil {
		return nil, err
	}
	b.link()
	if err := p.logOf(ctx, b); err != nil {
		return nil, err
	}
	return b, p.changes(ctx, b)
}

// link finds the numbers of the cases that this one points to.
func (b *casePage) link() {
	for _, l := range b.NumberedCase.Links {
		out := caseLink{Link: l}
		for _, o := range b.Others {
			if o.ID == l.Case || strconv.Itoa(o.Number) == l.Case {
				out.Number, out.Title = o.Number, o.Title
			}
		}
		if out.Number == 0 {
			out.Number, _ = strconv.Atoi(l.Case)
		}
		b.Links = append(b.Links, out)
	}
	b.Others = slices.DeleteFunc(b.Others, func(o store.NumberedCase) bool { return o.Number == b.Number })
}

// logOf gathers what people said of the case, the newest first.
func (p *Pages) logOf(ctx context.Context, b *casePage) error {
	all, err := p.st.Records(ctx, time.Time{})
	if err != nil {
		return err
	}
	who := auth.From(ctx)
	holding := map[string]bool{}
	for _, r := range review.Holding(all) {
		holding[r.ID] = true
	}
	for _, r := range all {
		if !changes.Concerns(r, b.Case, all) {
			continue
		}
		b.Log = append(b.Log, logLine{Record: r, Holds: holding[r.ID] || r.Kind == review.Undo, Mine: who.May(auth.Decide)})
	}
	slices.SortFunc(b.Log, func(x, y logLine) int { return review.Order(y.Record, x.Record) })
	if d := b.Case.Review.Decided; d != nil && b.Case.Review.Outcome != "" && d.Who != author(who) && who.May(auth.Sign) && !signedBy(b.Case.Review.Signed, author(who)) {
		b.Second = d
	}
	return nil
}

func signedBy(rs []review.Record, who string) bool {
	return slices.ContainsFunc(rs, func(r review.Record) bool { return r.Who == who })
}

// changes tells what is different since the visitor last looked through.
func (p *Pages) changes(ctx context.Context, b *casePage) error {
	seen, _, err := p.habits(ctx, auth.From(ctx))
	if err != nil {
		return err
	}
	for _, r := range b.Case.Review.Seen {
		if r.Who == author(auth.From(ctx)) && r.At.After(seen) {
			seen = r.At
		}
	}
	if seen.IsZero() || !b.KnownFrom.After(seen) {
		return nil
	}
	was, err := p.desk.Case(ctx, b.Number, seen)
	if err != nil {
		b.Since, b.SinceAt = []string{"the whole case is new"}, seen
		return nil
	}
	b.Since, b.SinceAt = differences(was.Case, b.Case), seen
	return nil
}

// differences between two states of a case, in words.
func differences(was, is cases.Case) []string {
	var out []string
	say := func(what string, a, b any) {
		if x, y := fmt.Sprint(a), fmt.Sprint(b); x != y {
			out = append(out, fmt.Sprintf("%s: %s, before %s", what, y, x))
		}
	}
	interval := func(c cases.Count) string {
		if c.Max > c.Min {
			return fmt.Sprintf("%d (up to %d)", c.Min, c.Max)
		}
		return strconv.Itoa(c.Min)
	}
	say("origins for", interval(was.For), interval(is.For))
	say("origins against", interval(was.Against), interval(is.Against))
	say("articles", was.Reach.Articles, is.Reach.Articles)
	say("denials and other replies", len(was.Replies), len(is.Replies))
	say("measure", words.Verdict(was.Check.Verdict), words.Verdict(is.Check.Verdict))
	say("earliest day", was.Window.Earliest, is.Window.Earliest)
	say("latest day", was.Window.Latest, is.Window.Latest)
	say("party", words.Bearing(was.Party), words.Bearing(is.Party))
	say("decision", cmp.Or(was.Review.Outcome, "none"), cmp.Or(is.Review.Outcome, "none"))
	if len(out) == 0 {
		out = append(out, "wording or records only")
	}
	return out
}
