package speech

import (
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/syntax"

	"github.com/reportedly/reportedly/internal/prose/speech/clause"
	"github.com/reportedly/reportedly/internal/prose/speech/frames"
	"github.com/reportedly/reportedly/internal/prose/speech/lexicon"
	"github.com/reportedly/reportedly/internal/prose/speech/people"
	"github.com/reportedly/reportedly/internal/prose/speech/quotation"
)

// reader carries what is known of one article while it is read.
type reader struct {
	doc    prose.Document
	trees  []syntax.Tree
	outlet string
	lex    *lexicon.Lexicon
	quotes []Quote
	people *people.Roster
	out    []Attribution
	// from tells, for an attribution just found, the cue word above it that is
	// its parent by construction ("told Reuters", "citing X"), by index.
	parentOf map[int]int
}

// longest sentence read, in tokens: beyond it stand tables and lists that lost
// their line breaks, where trees say nothing and time grows with the square.
const longest = 400

// view is a sentence while it is read for speech.
type view struct {
	*reader
	*clause.View
	used map[int]bool // words that are already part of a cue
}

// Find gives all attributions of an article in the order of the text. trees
// hold one tree a sentence, and may be short or empty: then only forms that
// show on the surface are found. outlet is the article's own publication, ""
// if unknown.
func Find(doc prose.Document, trees []syntax.Tree, outlet string) []Attribution {
	r := &reader{doc: doc, trees: trees, outlet: outlet, lex: lexicon.English(), quotes: quotation.Find(doc), parentOf: map[int]int{}}
	if doc.Language != "" && doc.Language != "en" {
		return r.foreign()
	}
	views := make([]*clause.View, len(doc.Sentences))
	for i := range views {
		views[i] = clause.New(doc, trees, i, r.lex, r.quotes)
	}
	r.people = people.Read(views)
	for i, s := range doc.Sentences {
		if s.Kind == prose.Boilerplate || s.Kind == prose.DatelineOnly || len(s.Tokens) == 0 || len(s.Tokens) > longest {
			continue
		}
		v := &view{reader: r, View: views[i], used: map[int]bool{}}
		v.read()
	}
	r.quoteOn()
	r.order()
	r.nest()
	r.resolve()
	return r.out
}

// read finds the attributions of one sentence.
func (v *view) read() {
	if v.headline() {
		return
	}
	v.withhold()
	for i := range v.Words {
		if v.used[i] {
			continue
		}
		c := v.cueAt(i)
		if c == nil {
			continue
		}
		if rd, ok := frames.Read(v.View, i, c); ok {
			v.emit(i, c, rd)
		}
	}
	v.citing()
}

// cueAt looks word i up in the table of its word class.
func (v *view) cueAt(i int) *lexicon.Cue {
	for _, c := range v.lex.Preps {
		if v.starts(i, c.Words) {
			return c
		}
	}
	lemma := v.Lemma(i)
	switch v.Words[i].UPOS {
	case "VERB":
		if v.Rel(i) == "amod" {
			return v.lex.Amods[v.Lower(i)]
		}
		for _, c := range v.lex.Phrases[lemma] {
			if v.particle(i, c.Words[1:]) {
				return c
			}
		}
		// "took back", "blasted off": another verb than the bare one.
		if prt := v.Kid(i, "compound:prt"); prt >= 0 && v.Lower(prt) != "out" {
			return nil
		}
		return v.lex.Verbs[lemma]
	case "NOUN":
		return v.lex.Nouns[lemma]
	case "ADJ":
		if c := v.lex.Amods[v.Lower(i)]; c != nil && v.Rel(i) == "amod" {
			return c
		}
		return v.lex.Adjs[lemma]
	case "ADV":
		return v.lex.Advs[v.Lower(i)]
	}
	return nil
}

func (v *view) starts(i int, words []string) bool {
	if i+len(words) > len(v.Toks) {
		return false
	}
	for k, w := range words {
		if v.Lower(i+k) != w {
			return false
		}
	}
	return true
}

// particle asks for "out" of "point out", "clear" of "make clear": a child of
// the verb with that form.
func (v *view) particle(i int, rest []string) bool {
	for _, w := range rest {
		found := false
		for _, k := range v.Kids[i] {
			if v.Lower(k) == w && k > i && k < i+5 {
				found = true
			}
		}
		if !found {
			return false
		}
	}
	return true
}
