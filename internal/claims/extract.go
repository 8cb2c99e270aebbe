package claims

import (
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/claims/frames"
	"github.com/reportedly/reportedly/internal/claims/goods"
	"github.com/reportedly/reportedly/internal/claims/mend"
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

// Input is an article as the rooms below have read it.
type Input struct {
	Article  story.Article
	Document prose.Document
	Trees    []syntax.Tree // one for each sentence
	Mentions mentions.Result
	Dates    []dates.Expression
	Places   []places.Toponym
	Speech   []speech.Attribution
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
	published  calendar.Date
	newest     calendar.Date // the last day that the text names; for undated articles
	found      []Claim
	origins    []int // for each of found: index into in.Speech, -1
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
	r.lang = lang
	r.prepare()
	for _, s := range r.Sentences {
		if s != nil {
			r.readSentence(s)
		}
	}
	r.scenes()
	r.answers()
	r.dedupe()
	r.sharedPlaces()
	r.finish()
	return r.found, r.discarded
}

func newReader(in Input) *reader {
	return &reader{in: in, published: in.Article.Day(), Text: &whom.Text{Document: in.Document, Mentions: in.Mentions, Places: in.Places, Speech: in.Speech, Party: in.Party}}
}

func (r *reader) words() clause.Words {
	w := clause.Words{Light: r.lang.Light, Effects: map[string]string{}}
	for k, v := range r.lang.Effects {
		w.Effects[k] = string(v)
	}
	return w
}

// known gathers the spans that help to mend trees.
func (r *reader) known() mend.Known {
	k := mend.Known{Accusing: func(lemma string) bool { return r.lang.Effects[lemma] == frames.Probable }, Deed: r.lang.Verb, Doer: func(lemma string) bool {
		return r.lang.Has("person", []string{lemma}) || r.lang.Has("body", []string{lemma})
	}}
	for _, m := range r.in.Mentions.Mentions {
		if m.Form != mentions.Pronoun && m.Form != mentions.Role {
			k.Names = append(k.Names, m.Span)
		}
	}
	for _, p := range r.in.Places {
		k.Places = append(k.Places, p.Span)
	}
	for _, d := range r.in.Dates {
		k.Times = append(k.Times, d.Span)
	}
	return k
}

func (r *reader) prepare() {
	words, known := r.words(), r.known()
	r.Sentences = make([]*sentence, len(r.in.Document.Sentences))
	for n, src := range r.in.Document.Sentences {
		if n >= len(r.in.Trees) || len(r.in.Trees[n].Words) != len(src.Tokens) || len(src.Tokens) == 0 {
			continue
		}
		if src.Kind != prose.Body && src.Kind != prose.ListItem {
			continue
		}
		s := &sentence{N: n, Src: src, Cl: clause.New(mend.Tree(r.in.Trees[n], src, known), words)}
		s.Goods = goods.New(r.in.Document.Text, src, s.Cl, r.lang)
		s.Mention, s.Toponym, s.Date = blank(src), blank(src), blank(src)
		r.Sentences[n] = s
	}
	for i, m := range r.in.Mentions.Mentions {
		r.Resolved = r.Resolved || m.Form == mentions.Pronoun
		r.mark(m.Span, func(s *sentence, t int) { s.Mention[t] = i })
	}
	for i, p := range r.in.Places {
		r.mark(p.Span, func(s *sentence, t int) { s.Toponym[t] = i })
	}
	for i, d := range r.in.Dates {
		if l := d.Window.Latest; !l.IsZero() && l.Last().After(r.newest) {
			r.newest = l.Last()
		}
		r.mark(d.Span, func(s *sentence, t int) { s.Date[t] = i })
	}
	for i, a := range r.in.Speech {
		for _, s := range r.Sentences {
			if s == nil {
				continue
			}
			touches := a.Cue.Overlaps(s.Src.Span) || a.Sentence == s.N
			for _, c := range a.Content {
				touches = touches || c.Overlaps(s.Src.Span)
			}
			if touches {
				s.Speech = append(s.Speech, i)
			}
		}
	}
}

func blank(src prose.Sentence) []int {
	out := make([]int, len(src.Tokens))
	for i := range out {
		out[i] = -1
	}
	return out
}

// mark calls do for each token that the span covers.
func (r *reader) mark(span story.Span, do func(s *sentence, token int)) {
	for _, s := range r.Sentences {
		if s == nil || !s.Src.Span.Overlaps(span) {
			continue
		}
		for t, tok := range s.Src.Tokens {
			if tok.Span.Overlaps(span) {
				do(s, t)
			}
		}
	}
}

// text of a run of tokens, as it stands in the article.
func (r *reader) phrase(s *sentence, tokens []int) (string, story.Span) {
	if len(tokens) == 0 {
		return "", story.Span{}
	}
	span := story.Span{Start: s.Src.Tokens[tokens[0]].Start, End: s.Src.Tokens[tokens[len(tokens)-1]].End}
	return span.Of(r.in.Document.Text), span
}
