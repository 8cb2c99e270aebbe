package speech

import (
	"strings"
	"unicode"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/story"
)

// headline reads the short forms of headlines and transcripts: "Iran denies
// talks: report", "General met minister - source", "Kirby: no comment". It
// reports true where nothing is left to read.
func (v *view) headline() bool {
	n := len(v.toks)
	if n < 4 {
		return false
	}
	title := v.doc.Sentences[v.idx].Kind == prose.Headline
	if title {
		for i := n - 2; i > 2 && i >= n-7; i-- {
			if t := v.toks[i].Text; t == ":" || t == "-" || t == "–" || t == "—" || t == "--" {
				if v.speaksBehind(i) {
					v.short(i+1, n-1, 0, i-1, i)
				}
				break
			}
		}
	}
	for i := 1; i < n-2 && i <= 6; i++ {
		if v.toks[i].Text == ":" {
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
	h, ok := v.trimmed(a, b)
	content, ok2 := v.trimmed(c, d)
	if !ok || !ok2 {
		return
	}
	head := b
	for head > a && v.isPunct(head) {
		head--
	}
	holder := Holder{Span: h, Text: h.Of(v.doc.Text), Head: v.toks[head].Span}
	v.classify(&holder, v.lower(head), v.texts(a, b))
	at := Attribution{Holder: holder, Cue: v.toks[mark].Span, CueText: v.toks[mark].Text, Class: Statement, Act: Assert,
		Certainty: Certain, Content: []story.Span{content}, Parent: -1, Sentence: v.idx}
	at.Content = merge(at.Content)
	at.Directness = v.directness(at.Content)
	v.out = append(v.out, at)
}

func (v *view) texts(a, b int) []string {
	var out []string
	for i := a; i <= b && i < len(v.toks); i++ {
		out = append(out, v.toks[i].Text)
	}
	return out
}

// speaksBehind asks of the words behind mark i whether they name a source:
// "source", "Iranian official", "Reuters", "state TV".
func (v *view) speaksBehind(i int) bool {
	words := v.texts(i+1, len(v.toks)-1)
	for len(words) > 0 && !strings.ContainsFunc(words[len(words)-1], unicode.IsLetter) {
		words = words[:len(words)-1]
	}
	if len(words) == 0 || len(words) > 5 {
		return false
	}
	if _, ok := v.lex.knownName(strings.Join(words, " ")); ok {
		return true
	}
	last := strings.ToLower(words[len(words)-1])
	_, ok := v.lex.headKind(last)
	return ok
}

// speaksBefore asks whether the words before the colon at i name a speaker: a
// name in capitals or title case, or in headlines also a role.
func (v *view) speaksBefore(i int, title bool) bool {
	words := v.texts(0, i-1)
	if labels()[strings.ToLower(strings.Join(words, " "))] || labels()[strings.ToLower(words[0])] {
		return false
	}
	if _, ok := v.lex.knownName(strings.Join(words, " ")); ok {
		return true
	}
	if len(words) > 4 {
		return false
	}
	last := strings.ToLower(words[len(words)-1])
	if _, ok := v.lex.headKind(last); ok && title {
		return true
	}
	for k, w := range words {
		r := []rune(w)
		if !unicode.IsUpper(r[0]) || labels()[strings.ToLower(w)] {
			return false
		}
		if k < len(v.words) && v.words[k].UPOS != "" && v.words[k].UPOS != "PROPN" {
			return false
		}
	}
	_, month := v.lex.countries[last]
	return !month || title
}
