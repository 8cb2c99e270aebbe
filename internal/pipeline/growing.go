package pipeline

import (
	"github.com/reportedly/reportedly/internal/claims/relevance"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/dates"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/story"
)

// growing is what of one article is found only when a claim may hang on it:
// trees, times and speech. Each is found once.
type growing struct {
	r      *Reader
	a      story.Article
	doc    prose.Document
	hopes  []relevance.Hope // nil: all sentences
	needed []bool           // sentences that are worth a tree; nil for none
	trees  []syntax.Tree
	grown  []bool
	dates  []dates.Expression
	dated  bool
	speech []speech.Attribution
	heard  bool
}

// tree parses sentence n if it is worth that.
func (g *growing) tree(n int) syntax.Tree {
	if g.trees == nil {
		g.trees, g.grown = make([]syntax.Tree, len(g.doc.Sentences)), make([]bool, len(g.doc.Sentences))
	}
	if !g.grown[n] && g.needed != nil && (g.needed[n] || g.r.whole) {
		g.r.laps.lap(StageClaims)
		g.trees[n], g.grown[n] = g.r.parser.Parse(g.doc.Sentences[n]), true
		g.r.laps.lap(StageTrees)
	}
	return g.trees[n]
}

// times gives the dates of the article; an expression that cannot be read is
// left out, the rest stands.
func (g *growing) times() []dates.Expression {
	if !g.dated {
		g.r.laps.lap(StageClaims)
		g.dates, _ = dates.Find(g.doc, dates.Anchor{Published: g.a.Day()})
		g.dated = true
		g.r.laps.lap(StageDates)
	}
	return g.dates
}

// said gives the speech of the article.
func (g *growing) said() []speech.Attribution {
	if !g.heard {
		telling := relevance.Telling(g.doc, g.hopes)
		for n := range g.doc.Sentences {
			if telling == nil || telling[n] {
				g.tree(n)
			}
		}
		g.r.laps.lap(StageClaims)
		g.speech, g.heard = speech.Find(g.doc, g.trees, g.a.Outlet), true
		g.r.laps.lap(StageSpeech)
	}
	return g.speech
}
