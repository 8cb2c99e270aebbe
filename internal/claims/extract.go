package claims

import (
	"slices"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/claims/frames"
	"github.com/reportedly/reportedly/internal/claims/goods"
	"github.com/reportedly/reportedly/internal/claims/mend"
	"github.com/reportedly/reportedly/internal/claims/relevance"
	"github.com/reportedly/reportedly/internal/claims/setting"
	"github.com/reportedly/reportedly/internal/claims/whom"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/dates"
	"github.com/reportedly/reportedly/internal/prose/places"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/story"
)

// Input is an article as the rooms below have read it. Trees, dates and speech
// are asked for when a claim may hang on them, and more than once.
type Input struct {
	Article  story.Article
	Document prose.Document
	Mentions mentions.Result
	// Places as the words tell them; the trees of their sentences judge them
	// here.
	Places []places.Toponym
	// Tree of a sentence, empty where it is not worth one.
	Tree   func(sentence int) syntax.Tree
	Dates  func() []dates.Expression
	Speech func() []speech.Attribution
	// Hopes tell which sentences can hold a deed (relevance.Deeds); nil to read
	// all.
	Hopes []relevance.Hope
	// Party looks a hypothesis up; nil where the caller has no list at hand.
	Party func(id string) (party.Party, bool)
	// Explain keeps in Notes what was discarded and why.
	Explain bool
}

// reader holds one article while it is read.
type reader struct {
	*whom.Text // who is spoken of; its sentences are those of the article
	in         Input
	lang       *frames.Language
	words      clause.Words
	published  calendar.Date
	found      []Claim
	origins    []int // for each of found: index into Speech, -1
	discarded  []string
	// lastTrigger is where the word stands that the last line of discarded is
	// about.
	lastTrigger int
}

// sentence is one sentence with what the rooms found in it, by token.
type sentence = whom.Sentence

// Extract gives the claims of an article in order of the text.
func Extract(in Input) []Claim {
	out, _ := Explain(in)
	return out
}

// Explain is Extract, and tells beside what matched a trigger and was
// discarded, and why.
func Explain(in Input) ([]Claim, []string) {
	lang, ok := frames.For(in.Document.Language)
	if !ok {
		r := newReader(in)
		if !r.byOrder() {
			return nil, []string{"no frames for language " + in.Document.Language}
		}
		r.dedupe()
		r.finish()
		return r.found, nil
	}
	r := newReader(in)
	r.lang, r.words = lang, words(lang)
	for n := range in.Document.Sentences {
		if !r.hopeful(n) {
			continue
		}
		if s := r.At(n); s != nil {
			r.readSentence(s)
		}
	}
	r.leftOver()
	r.scenes()
	if len(r.found) > 0 || in.Explain {
		r.answers()
	}
	r.dedupe()
	r.sharedPlaces()
	r.parts()
	r.finish()
	return r.found, r.discarded
}

// kinReach is how many sentences behind a claim another may take its parties.
const kinReach = 10

// hopeful reports that sentence n can hold a claim, by itself or since it may
// go on about one told before.
func (r *reader) hopeful(n int) bool {
	if r.in.Hopes == nil || r.in.Hopes[n] == relevance.Deed {
		return true
	}
	return r.in.Hopes[n] == relevance.Kin && len(r.found) > 0 && n-r.found[len(r.found)-1].Sentence <= kinReach
}

func newReader(in Input) *reader {
	r := &reader{in: in, published: in.Article.Day()}
	r.Text = &whom.Text{Document: in.Document, Mentions: in.Mentions, Places: slices.Clone(in.Places), Party: in.Party, Grow: r.grow, Hear: in.Speech}
	for _, m := range in.Mentions.Mentions {
		r.Resolved = r.Resolved || m.Form == mentions.Pronoun
	}
	return r
}

func words(l *frames.Language) clause.Words {
	w := clause.Words{Light: l.Light, Effects: map[string]string{}}
	for k, v := range l.Effects {
		w.Effects[k] = string(v)
	}
	return w
}

func (r *reader) dates() []dates.Expression {
	if r.in.Dates == nil {
		return nil
	}
	return r.in.Dates()
}

// mending is what helps to mend the tree of a sentence.
func (r *reader) mending(s *sentence) mend.Known {
	k := mend.Known{Accusing: r.accusing, Deed: r.lang.Verb, Doer: r.doer}
	for i, m := range r.in.Mentions.Mentions {
		if m.Form != mentions.Pronoun && m.Form != mentions.Role && m.Overlaps(s.Src.Span) {
			k.Names = append(k.Names, r.in.Mentions.Mentions[i].Span)
		}
	}
	last := -1
	for _, i := range s.Toponym {
		if i >= 0 && i != last {
			k.Places, last = append(k.Places, r.Places[i].Span), i
		}
	}
	last = -1
	for _, i := range s.Date {
		if i >= 0 && i != last {
			k.Times, last = append(k.Times, r.dates()[i].Span), i
		}
	}
	return k
}

func (r *reader) accusing(lemma string) bool { return r.lang.Effects[lemma] == frames.Probable }

func (r *reader) doer(lemma string) bool {
	return r.lang.Has("person", []string{lemma}) || r.lang.Has("body", []string{lemma})
}

// grow reads sentence n, nil where it is no running text or not worth a tree.
func (r *reader) grow(n int) *sentence {
	src := r.in.Document.Sentences[n]
	if len(src.Tokens) == 0 || src.Kind != prose.Body && src.Kind != prose.ListItem {
		return nil
	}
	tree := r.in.Tree(n)
	if len(tree.Words) != len(src.Tokens) {
		return nil
	}
	s := &sentence{N: n, Src: src, Mention: blank(src), Toponym: blank(src), Date: blank(src)}
	for i, p := range r.Places {
		if p.Sentence == n && places.Judge(&r.Places[i], src, tree) {
			mark(src, p.Span, s.Toponym, i)
		}
	}
	for i, m := range r.in.Mentions.Mentions {
		mark(src, m.Span, s.Mention, i)
	}
	for i, d := range r.dates() {
		mark(src, d.Span, s.Date, i)
	}
	s.Cl = clause.New(mend.Tree(tree, src, r.mending(s)), r.words)
	s.Goods = goods.New(r.in.Document.Text, src, s.Cl, r.lang)
	return s
}

func blank(src prose.Sentence) []int {
	out := make([]int, len(src.Tokens))
	for i := range out {
		out[i] = -1
	}
	return out
}

// mark writes i at each token that the span covers.
func mark(src prose.Sentence, span story.Span, row []int, i int) {
	if !src.Span.Overlaps(span) {
		return
	}
	for t, tok := range src.Tokens {
		if tok.Span.Overlaps(span) {
			row[t] = i
		}
	}
}

// at reads where deeds happened.
func (r *reader) at() setting.Text { return setting.Text{Text: r.Text} }
