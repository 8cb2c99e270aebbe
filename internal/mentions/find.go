package mentions

import (
	"cmp"
	"fmt"
	"github.com/reportedly/reportedly/internal/mentions/identity"
	"github.com/reportedly/reportedly/internal/mentions/runs"
	"slices"
	"sort"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// Find tells which listed parties the text may name, where, and how likely
// each is meant.
func (ix *Index) Find(doc prose.Document, article story.Article) Result {
	article.Text, article.Language = doc.Text, doc.Language
	return ix.FindIn(article, func() prose.Document { return doc })
}

// FindIn is Find for a text that is not cut into sentences yet: split is called
// at most once, and only if somebody is named and sentences matter. Where it
// was not called, the mentions' Sentence is -1. A text that names nobody costs
// one pass over its bytes.
func (ix *Index) FindIn(article story.Article, split func() prose.Document) Result {
	s := ix.borrow()
	defer ix.giveBack(s)
	f := ix.scanText(s, article.Text, article.Language)
	if len(f.found) == 0 && !f.maybe {
		return Result{}
	}
	r := reading{ix: ix, split: split, article: article, text: article.Text, runs: f.runs, scan: s}
	r.cluster(f.found)
	r.follow()
	r.families()
	r.roles()
	r.weigh()
	r.pronouns()
	return r.result()
}

// Names reports whether the text may name a listed party at all; it is the
// first, fast part of Find.
func (ix *Index) Names(text, language string) bool {
	s := ix.borrow()
	defer ix.giveBack(s)
	return len(ix.scanText(s, text, language).found) > 0
}

// scan holds the buffers and memories of one goroutine.
type scan struct {
	runs     runs.Scanner
	identity identity.Reader
	finder   finder
	same     map[[2]int32]bool // which entries list one bearer
}

func (ix *Index) scanText(s *scan, text, language string) *finder {
	f := &s.finder
	f.begin(ix, text, &s.runs)
	s.runs.Walk(&ix.lex, text, runs.Options{Lower: plain(text), Deep: slavic(language)}, runs.Readers{Run: f.run, Unspaced: f.unspaced, Number: f.number})
	f.sift()
	sort.SliceStable(f.found, func(i, j int) bool { return f.found[i].span.Start < f.found[j].span.Start })
	return f
}

// plain reports a text that hardly uses capitals.
func plain(text string) bool {
	head := text[:min(len(text), 1000)]
	small, caps := 0, 0
	for i := range len(head) {
		switch runs.KindOfByte[head[i]] {
		case runs.Lower:
			small++
		case runs.Upper:
			if caps++; caps*200 >= len(head) {
				return false
			}
		}
	}
	return small > 40 && caps*200 < small
}

func slavic(language string) bool {
	switch language {
	case "pl", "cs", "sk", "sl", "hr", "sr", "bs", "bg", "uk", "ru", "be", "mk", "lt", "lv":
		return true
	}
	return false
}

// reading is one text on its way to a Result.
type reading struct {
	ix      *Index
	split   func() prose.Document
	doc     *prose.Document // nil until it was cut
	scan    *scan
	article story.Article
	text    string
	runs    [][]runs.Token
	bearers []*bearer
}

// place is one mention before it gets its index.
type place struct {
	span  story.Span
	form  Form
	reach string
	score float64
}

// bearer is somebody as the text presents him.
type bearer struct {
	places []place
	cands  map[int32]candidate // best per party
	order  []int32             // parties, best name first
	names  []candidate         // the full mentions' own best candidates
	hyps   []Hypothesis
	titles map[string]bool
	status Status
	weak   bool // reached by a surname or a single word alone
	name   string
	called int // places that name takes in: they are only ever added to
}

func (b *bearer) best() candidate { return b.cands[b.order[0]] }

// result numbers mentions and clusters in order of the text. Bearers that are
// hardly anybody's name are left out.
func (r *reading) result() Result {
	var out Result
	type at struct {
		place
		bearer int
	}
	var all []at
	kept := 0
	for _, b := range r.bearers {
		if b.status == Rejected && b.best().score < 0.9 || len(b.places) == 0 {
			continue
		}
		out.Clusters = append(out.Clusters, Cluster{Name: r.nameOf(b), Hypotheses: b.hyps, Status: b.status})
		for _, p := range b.places {
			all = append(all, at{p, kept})
		}
		kept++
	}
	slices.SortStableFunc(all, func(a, b at) int {
		return cmp.Or(cmp.Compare(a.span.Start, b.span.Start), cmp.Compare(b.span.End, a.span.End))
	})
	end := -1
	first := map[int]int{}
	for _, a := range all {
		if a.span.Start < end {
			continue // one stretch of text names one bearer
		}
		end = a.span.End
		m := Mention{Span: a.span, Text: a.span.Of(r.text), Form: a.form, Reach: a.reach, Score: a.score, Cluster: a.bearer, Sentence: r.sentence(a.span.Start)}
		if k, ok := first[a.bearer]; ok && m.Reach == "" {
			m.Reach = fmt.Sprintf("as in mention %d", k)
		} else if !ok {
			first[a.bearer] = len(out.Mentions)
		}
		out.Clusters[a.bearer].Mentions = append(out.Clusters[a.bearer].Mentions, len(out.Mentions))
		out.Mentions = append(out.Mentions, m)
	}
	return out
}

// document cuts the text into sentences.
func (r *reading) document() *prose.Document {
	if r.doc == nil {
		d := r.split()
		r.doc = &d
	}
	return r.doc
}

// sentence finds the sentence that holds a byte, -1 if the text is not cut.
func (r *reading) sentence(at int) int {
	if r.doc == nil {
		return -1
	}
	return sentenceAt(r.doc, at)
}

func sentenceAt(doc *prose.Document, at int) int {
	s := doc.Sentences
	i := sort.Search(len(s), func(i int) bool { return s[i].End > at })
	if i == len(s) || s[i].Start > at {
		return -1
	}
	return i
}

// InSentences tells each mention its sentence, for a result of FindIn.
func (r Result) InSentences(doc prose.Document) {
	for i := range r.Mentions {
		r.Mentions[i].Sentence = sentenceAt(&doc, r.Mentions[i].Start)
	}
}

// nameOf is the fullest form of the name that the text uses.
func (r *reading) nameOf(b *bearer) string {
	for ; b.called < len(b.places); b.called++ {
		p := b.places[b.called]
		if (p.form == Full || p.form == Alias || b.name == "") && p.form != Pronoun && p.form != Role && p.span.Len() > len(b.name) {
			b.name = p.span.Of(r.text)
		}
	}
	return b.name
}
