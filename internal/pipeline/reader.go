package pipeline

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/articles"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/claims/relevance"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// Clock tells the time; rooms below take times as parameters.
type Clock func() time.Time

// Reader reads articles: who is named in them, and what they are said to have
// done. It is safe for several goroutines.
type Reader struct {
	known   *Knowledge
	parser  *syntax.Parser
	places  *places.Gazetteer
	sources *sources.Register
	program string
	explain bool
	laps    *Laps // nil where nobody measures
	whole   bool  // parse every sentence
}

// NewReader loads the models that reading needs. program is the version of the
// program, part of the key of every reading.
func NewReader(known *Knowledge, program string) (*Reader, error) {
	parser, err := syntax.Load()
	if err != nil {
		return nil, fmt.Errorf("reader: %w", err)
	}
	gaz, err := places.Load()
	if err != nil {
		return nil, fmt.Errorf("reader: %w", err)
	}
	return &Reader{known: known, parser: parser, places: gaz, sources: known.Sources(), program: program}, nil
}

// Explain reads an article and tells, beside the claims with how each came
// about, what matched a trigger and was discarded, and why.
func (r *Reader) Explain(a story.Article) ([]claims.Claim, []string) {
	e := *r
	e.explain = true
	in := e.analyse(e.Prepare(a))
	if in.Tree == nil {
		return nil, []string{"nobody who may be listed is named, and no territory under embargo"}
	}
	return claims.Explain(in)
}

// Known is what the reader knows of lists.
func (r *Reader) Known() *Knowledge { return r.known }

// Prepare fills what an article tells about itself in its head and tail: the
// dateline and the credit line, which copies and chains need.
func (r *Reader) Prepare(a story.Article) story.Article { return Prepare(r.sources, a) }

// Prepare does so without a reader, for whoever only hands articles on. It also
// marks English, which is told at once; reading tells other languages.
func Prepare(reg *sources.Register, a story.Article) story.Article {
	if a.Credit == "" {
		a.Credit = credit(reg, a.Text)
	}
	if a.Credit == "" {
		a.Credit = sources.SignOff(a.Text)
	}
	if a.Dateline.Wire == "" {
		head, _, _ := strings.Cut(strings.TrimLeft(a.Text, "\n "), "\n")
		if c, ok := reg.DatelineWire(head); ok {
			a.Dateline.Wire = c.Source.Name
		}
	}
	if a.Language == "" && articles.English(a.Text) {
		a.Language = "en"
	}
	return a
}

// creditLine is longer than any credit line and shorter than a paragraph.
const creditLine = 160

// credit looks at the last lines, where wires are named.
func credit(reg *sources.Register, text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i := len(lines) - 1; i >= max(len(lines)-3, 0); i-- {
		l := strings.TrimSpace(lines[i])
		if l == "" || len(l) > creditLine {
			continue
		}
		if _, ok := reg.CreditOf(l); ok {
			return l
		}
	}
	return ""
}

// Read finds mentions and claims, and gives the article back with its language
// where that had to be recognised. Only an article that names somebody, or
// goods on their way to or from a territory under embargo, is read further
// than its names: most news is neither, and trees are dear.
func (r *Reader) Read(a story.Article) (story.Article, store.Reading) {
	out := store.Reading{Key: r.Key(a), Article: a.ID, Lists: r.known.Key, Program: r.program}
	r.laps.lap(-1)
	in := r.analyse(a)
	out.Mentions = in.Mentions
	if in.Tree != nil {
		out.Claims = claims.Extract(in)
		r.laps.lap(StageClaims)
	}
	return in.Article, out
}

// Mentions finds only who is named.
func (r *Reader) Mentions(a story.Article) mentions.Result {
	return r.known.Index().FindIn(a, func() prose.Document { return prose.Split(a.Text, a.Language) })
}

// analyse brings the article through the rooms below claims, the dearer ones
// only as far as they can matter. Tree is nil where nothing in it can become
// a claim. Whether an article that states no language is English costs next to
// nothing; another language is recognised only where somebody is named, since
// that test is slow.
func (r *Reader) analyse(a story.Article) claims.Input {
	if a.Language == "" && articles.English(a.Text) {
		a.Language = "en"
	}
	r.laps.lap(StageLanguage)
	var doc *prose.Document
	split := func() prose.Document {
		if doc == nil {
			r.laps.lap(StageNames)
			d := prose.Split(a.Text, a.Language)
			doc = &d
			r.laps.lap(StageSplit)
		}
		return *doc
	}
	in := claims.Input{Article: a, Mentions: r.known.Index().FindIn(a, split), Party: r.known.Party, Explain: r.explain}
	r.laps.lap(StageNames)
	if len(in.Mentions.Mentions) == 0 && !(mayBeEnglish(a) && relevance.Controlled(a.Text) && relevance.Traded(split())) {
		r.laps.lap(StageTerritory)
		return in
	}
	in.Document = split()
	in.Mentions.InSentences(in.Document)
	in.Places = r.places.Find(in.Document, r.home(a))
	r.laps.lap(StagePlaces)
	if !relevance.Relevant(in.Mentions, in.Places) {
		return in
	}
	if a.Language == "" {
		a.Language = articles.Language(a.Text)
		r.laps.lap(StageLanguage)
		if a.Language != "" {
			return r.analyse(a)
		}
	}
	g := &growing{r: r, a: a, doc: in.Document}
	if a.Language == "en" {
		g.needed = relevance.Needed(in.Document, in.Mentions, in.Places)
		if !r.explain && !r.whole {
			in.Hopes = relevance.Deeds(in.Document, in.Mentions, in.Places)
			r.laps.lap(StageClaims)
			if !slices.Contains(in.Hopes, relevance.Deed) {
				return in
			}
			g.hopes = in.Hopes
		}
	}
	in.Tree, in.Dates, in.Speech = g.tree, g.times, g.said
	return in
}

// mayBeEnglish holds for a text whose language nobody stated too. In other
// languages all claims are of somebody named.
func mayBeEnglish(a story.Article) bool {
	return a.Language == "" || a.Language == "en" || strings.HasPrefix(a.Language, "en-")
}

// home is the State of the outlet, which decides between places of one name.
func (r *Reader) home(a story.Article) string {
	if s, ok := r.sources.Lookup(a.Outlet); ok {
		return s.Country
	}
	return ""
}
