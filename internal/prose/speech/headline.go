package speech

import (
	"strings"
	"unicode"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"

	"github.com/reportedly/reportedly/internal/prose/speech/lexicon"
	"github.com/reportedly/reportedly/internal/prose/speech/quotation"
)

// headline reads the short forms of headlines and transcripts: "Iran denies
// talks: report", "General met minister - source", "Kirby: no comment". It
// reports true where nothing is left to read.
func (v *view) headline() bool {
	n := len(v.Toks)
	if n < 4 {
		return false
	}
	title := v.doc.Sentences[v.Idx].Kind == prose.Headline
	if title {
		for i := n - 2; i > 2 && i >= n-7; i-- {
			if t := v.Toks[i].Text; t == ":" || t == "-" || t == "–" || t == "—" || t == "--" {
				if v.speaksBehind(i) {
					v.short(i+1, n-1, 0, i-1, i)
				}
				break
			}
		}
	}
	for i := 1; i < n-2 && i <= 6; i++ {
		if v.Toks[i].Text == ":" {
			if v.speaksBefore(i, title) {
				v.short(0, i-1, i+1, n-1, i)
			}
			break
		}
	}
	return false
}

// short adds an attribution of tokens c..d to the holder in tokens a..b.
func (v *view) short(a, b, c, d, mark int) {
	h, ok := v.Trimmed(a, b)
	content, ok2 := v.Trimmed(c, d)
	if !ok || !ok2 {
		return
	}
	head := b
	for head > a && v.IsPunct(head) {
		head--
	}
	holder := Holder{Span: h, Text: h.Of(v.doc.Text), Head: v.Toks[head].Span}
	v.classify(&holder, v.Lower(head), v.Texts(a, b))
	at := Attribution{Holder: holder, Cue: v.Toks[mark].Span, CueText: v.Toks[mark].Text, Class: Statement, Act: Assert,
		Certainty: Certain, Content: []story.Span{content}, Parent: -1, Sentence: v.Idx}
	at.Content = quotation.Merge(at.Content)
	at.Directness = v.directness(at.Content)
	v.out = append(v.out, at)
}

// speaksBehind asks of the words behind mark i whether they name a source:
// "source", "Iranian official", "Reuters", "state TV".
func (v *view) speaksBehind(i int) bool {
	words := v.Texts(i+1, len(v.Toks)-1)
	for len(words) > 0 && !strings.ContainsFunc(words[len(words)-1], unicode.IsLetter) {
		words = words[:len(words)-1]
	}
	if len(words) == 0 || len(words) > 5 {
		return false
	}
	if _, ok := v.lex.KnownName(strings.Join(words, " ")); ok {
		return true
	}
	last := strings.ToLower(words[len(words)-1])
	_, ok := v.lex.HeadKind(last)
	return ok
}

// speaksBefore asks whether the words before the colon at i name a speaker: a
// name in capitals or title case, or in headlines also a role.
func (v *view) speaksBefore(i int, title bool) bool {
	words := v.Texts(0, i-1)
	if lexicon.Labels()[strings.ToLower(strings.Join(words, " "))] || lexicon.Labels()[strings.ToLower(words[0])] {
		return false
	}
	if name := strings.Join(words, " "); name == strings.ToUpper(name) && v.lex.CountryIn(words) != "" {
		return false // "LONDON: POLICE ..." is a place line
	} else if _, ok := v.lex.KnownName(name); ok {
		return true
	}
	if len(words) > 4 {
		return false
	}
	last := strings.ToLower(words[len(words)-1])
	if _, ok := v.lex.HeadKind(last); ok && title {
		return true
	}
	for k, w := range words {
		r := []rune(w)
		if !unicode.IsUpper(r[0]) || lexicon.Labels()[strings.ToLower(w)] {
			return false
		}
		if k < len(v.Words) && v.Words[k].UPOS != "" && v.Words[k].UPOS != "PROPN" {
			return false
		}
	}
	_, month := v.lex.Countries[last]
	return !month || title
}
