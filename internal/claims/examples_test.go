package claims

import (
	"strings"
	"sync"
	"testing"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/claims/frames"
	"github.com/reportedly/reportedly/internal/claims/relevance"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/dates"
	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/story"
)

var rooms = sync.OnceValue(func() (out struct {
	parser *syntax.Parser
	gaz    *places.Gazetteer
	err    error
}) {
	if out.parser, out.err = syntax.Load(); out.err == nil {
		out.gaz, out.err = places.Load()
	}
	return out
})

// read runs the rooms below over a text in which each name given is a listed
// party, one cluster a name.
func read(t testing.TB, text, published, outlet string, names ...string) Input {
	t.Helper()
	r := rooms()
	if r.err != nil {
		t.Fatal(r.err)
	}
	doc := prose.Split(text, "en")
	in := Input{Article: story.Article{ID: "test", Text: text, Outlet: outlet}, Document: doc, Explain: true}
	day, err := calendar.Parse(published)
	if err != nil {
		t.Fatal(err)
	}
	in.Article.Published = day.Time()
	for k, n := range names {
		in.Mentions.Clusters = append(in.Mentions.Clusters, mentions.Cluster{Name: n, Status: mentions.Accepted, Hypotheses: []mentions.Hypothesis{{Party: "test:" + n, Name: n, Score: 1}}})
		short := n[strings.LastIndexByte(n, ' ')+1:]
		for at := 0; ; {
			i := strings.Index(text[at:], short)
			if i < 0 {
				break
			}
			span := story.Span{Start: at + i, End: at + i + len(short)}
			if full := strings.TrimSuffix(n, short); strings.HasSuffix(text[:span.Start], full) {
				span.Start -= len(full)
			}
			at += i + len(short)
			in.Mentions.Mentions = append(in.Mentions.Mentions, mentions.Mention{Span: span, Text: span.Of(text), Cluster: k})
		}
	}
	in.Places = r.gaz.Find(doc, "")
	in.grow(t, r.parser, day, outlet)
	return in
}

// grow reads the trees, dates and speech of a document that is set.
func (in *Input) grow(t testing.TB, parser *syntax.Parser, published calendar.Date, outlet string) {
	t.Helper()
	var trees []syntax.Tree
	for _, s := range in.Document.Sentences {
		trees = append(trees, parser.Parse(s))
	}
	times, err := dates.Find(in.Document, dates.Anchor{Published: published})
	if err != nil {
		t.Fatal(err)
	}
	said := speech.Find(in.Document, trees, outlet)
	in.Hopes = relevance.Deeds(in.Document, in.Mentions, in.Places) // loses nothing that the bank finds
	in.Tree = func(n int) syntax.Tree { return trees[n] }
	in.Dates = func() []dates.Expression { return times }
	in.Speech = func() []speech.Attribution { return said }
}

// TestFrameExamples reads the examples of every pattern: "yes" must give a
// claim of the pattern's code, "no" must give none.
func TestFrameExamples(t *testing.T) {
	yes, right := 0, 0
	for _, p := range frames.English().Patterns {
		for _, text := range p.Yes {
			yes++
			found, why := Explain(read(t, text, "2020-06-15", "", "Varga"))
			ok := false
			for _, c := range found {
				ok = ok || c.Activity == p.Code
			}
			if ok {
				right++
				continue
			}
			t.Logf("%s %s: %q gives no %s\n  %s", p.Source, p.Key(), text, p.Code, strings.Join(why, "\n  "))
		}
		for _, text := range p.No {
			found, _ := Explain(read(t, text, "2020-06-15", "", "Varga"))
			for _, c := range found {
				if c.Activity == p.Code {
					t.Errorf("%s %s: %q gives %s by %s", p.Source, p.Key(), text, c.Activity, c.Rule)
				}
			}
		}
	}
	t.Logf("%d of %d examples right", right, yes)
	// What is left are sentences that the parser reads wrongly.
	if right*100 < yes*90 {
		t.Errorf("only %d of %d examples right", right, yes)
	}
}
