package whom

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/claims/frames"
	"github.com/reportedly/reportedly/internal/claims/goods"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/story"
)

// bearers are the parties of the tests, one cluster each in this order.
var bearers = []struct {
	name   string
	schema party.Schema
}{{"Varga", party.Person}, {"Brandt", party.Person}, {"Dawn", party.Organization}, {"Tarkan", party.Company}}

func read(t *testing.T, text string) *Text {
	t.Helper()
	parser, err := syntax.Load()
	if err != nil {
		t.Fatal(err)
	}
	gaz, err := places.Load()
	if err != nil {
		t.Fatal(err)
	}
	doc := prose.Split(text, "en")
	x := &Text{Document: doc, Party: func(id string) (party.Party, bool) {
		for _, b := range bearers {
			if b.name == id {
				return party.Party{ID: id, Schema: b.schema}, true
			}
		}
		return party.Party{}, false
	}}
	for k, b := range bearers {
		x.Mentions.Clusters = append(x.Mentions.Clusters, mentions.Cluster{Name: b.name, Status: mentions.Accepted, Hypotheses: []mentions.Hypothesis{{Party: b.name, Name: b.name, Score: 1}}})
		for at := strings.Index(text, b.name); at >= 0; {
			x.Mentions.Mentions = append(x.Mentions.Mentions, mentions.Mention{Span: story.Span{Start: at, End: at + len(b.name)}, Text: b.name, Cluster: k})
			next := strings.Index(text[at+1:], b.name)
			if next < 0 {
				break
			}
			at += 1 + next
		}
	}
	x.Places = gaz.Find(doc, "")
	mark := func(s *Sentence, span story.Span, row []int, i int) {
		for n, tok := range s.Src.Tokens {
			if tok.Span.Overlaps(span) {
				row[n] = i
			}
		}
	}
	x.Grow = func(n int) *Sentence {
		src := doc.Sentences[n]
		s := &Sentence{N: n, Src: src, Cl: clause.New(parser.Parse(src), clause.Words{})}
		s.Goods = goods.New(text, src, s.Cl, frames.English())
		for range src.Tokens {
			s.Mention, s.Toponym, s.Date = append(s.Mention, -1), append(s.Toponym, -1), append(s.Date, -1)
		}
		for i, m := range x.Mentions.Mentions {
			mark(s, m.Span, s.Mention, i)
		}
		for i, p := range x.Places {
			mark(s, p.Span, s.Toponym, i)
		}
		return s
	}
	return x
}

func TestRefer(t *testing.T) {
	for _, c := range []struct{ name, text, word, want string }{
		{"a name", "On Monday Varga left.", "Varga", "Varga"},
		{"a pronoun", "Varga left Cairo. On Monday he came back.", "he", "Varga"},
		{"a stranger in between", "Varga left Cairo. Novak stayed. On Monday he came back.", "he", ""},
		{"a title told of him", "General Varga left Cairo with Brandt. The general was tired.", "general", "Varga"},
		{"a title of somebody else", "Varga left Cairo. The president was tired.", "president", ""},
		{"a description", "Brandt left Cairo. The billionaire was tired.", "billionaire", "Brandt"},
		{"members of a group", "Fighters of Dawn left Cairo.", "Fighters", "Dawn"},
		{"a company described", "Tarkan grew. The company left Cairo.", "company", "Tarkan"},
		{"a State by its capital", "Moscow denied the report.", "Moscow", "RU"},
		{"an organ of a State", "The Russian army denied the report.", "army", "RU"},
		{"nobody", "The mayor left Cairo.", "mayor", ""},
	} {
		x := read(t, c.text)
		got := "no word"
		for n := range x.Document.Sentences {
			s := x.At(n)
			for i, w := range s.Cl.Tree.Words {
				if w.Form != c.word {
					continue
				}
				switch r := x.Refer(s, i); {
				case r.Cluster >= 0:
					got = bearers[r.Cluster].name
				default:
					got = r.Country
				}
			}
		}
		if got != c.want {
			t.Errorf("%s: %q speaks of %q, want %q", c.name, c.word, got, c.want)
		}
	}
}
