package parseeval

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/story"
)

// Parser is what is measured; *syntax.Parser is one.
type Parser interface {
	Parse(prose.Sentence) syntax.Tree
}

// Scores are shares in percent.
type Scores struct {
	UPOS        float64 `json:"upos"`
	XPOS        float64 `json:"xpos"`
	Feats       float64 `json:"feats"`
	Lemma       float64 `json:"lemma"`
	UAS         float64 `json:"uas"`
	LAS         float64 `json:"las"`
	LASSubtypes float64 `json:"las_subtypes"`
}

// Result is what `eval parse` prints.
type Result struct {
	Sentences int `json:"sentences"`
	Words     int `json:"words"`
	// Scores with the gold sentences and tokens.
	Scores
	// Raw are the same from raw text, as F1 over aligned words.
	Raw        Scores  `json:"raw"`
	SentenceF1 float64 `json:"sentence_f1"`
	TokenF1    float64 `json:"token_f1"`
	// TokensPerSecond is tagging and parsing on one core, gold tokens.
	TokensPerSecond float64 `json:"tokens_per_s"`
	// Relations counts wrong heads or labels by gold relation.
	Relations map[string]Count `json:"relations"`
	Misses    []Miss           `json:"misses,omitempty"`
}

// Count of words right and in all.
type Count struct {
	Right int `json:"right"`
	All   int `json:"all"`
}

// Miss is a word whose head or relation is wrong.
type Miss struct {
	Sentence string `json:"sentence"`
	Word     string `json:"word"`
	Gold     string `json:"gold"` // relation(head)
	Got      string `json:"got"`
}

// Options narrow the measure.
type Options struct {
	// Docs keeps only documents whose id starts so, "" for all.
	Docs string
	// Misses is the most misses to keep.
	Misses int
}

// Score reads gold sentences and measures the parser on them.
func Score(gold io.Reader, p Parser, o Options) (Result, error) {
	var all []Sentence
	for s, err := range Read(gold) {
		if err != nil {
			return Result{}, fmt.Errorf("parseeval: %w", err)
		}
		if strings.HasPrefix(s.Doc, o.Docs) {
			all = append(all, s)
		}
	}
	r := Result{Sentences: len(all), Relations: map[string]Count{}}
	scoreGold(&r, all, p, o.Misses)
	scoreRaw(&r, all, p)
	return r, nil
}

// tally counts right words by column.
type tally struct{ upos, xpos, feats, lemma, uas, las, sub, gold, got int }

func (t *tally) scores() Scores {
	f1 := func(right int) float64 {
		if t.gold+t.got == 0 {
			return 0
		}
		return 200 * float64(right) / float64(t.gold+t.got)
	}
	return Scores{f1(t.upos), f1(t.xpos), f1(t.feats), f1(t.lemma), f1(t.uas), f1(t.las), f1(t.sub)}
}

func (t *tally) word(gold, got syntax.Word, head bool) {
	count := func(n *int, ok bool) {
		if ok {
			*n++
		}
	}
	count(&t.upos, gold.UPOS == got.UPOS)
	count(&t.xpos, gold.XPOS == got.XPOS)
	count(&t.feats, gold.Feats == got.Feats)
	// As in the shared task's scorer, a gold lemma left out is free.
	count(&t.lemma, gold.Lemma == got.Lemma || gold.Lemma == "_")
	count(&t.uas, head)
	count(&t.las, head && universal(gold.Deprel) == universal(got.Deprel))
	count(&t.sub, head && gold.Deprel == got.Deprel)
}

func universal(rel string) string {
	u, _, _ := strings.Cut(rel, ":")
	return u
}

func scoreGold(r *Result, all []Sentence, p Parser, misses int) {
	var t tally
	in := make([]prose.Sentence, len(all))
	for i, s := range all {
		in[i] = s.Prose()
	}
	trees := make([]syntax.Tree, len(all))
	began := time.Now()
	for i := range in {
		trees[i] = p.Parse(in[i])
	}
	spent := time.Since(began).Seconds()
	for i, s := range all {
		r.Words += len(s.Words)
		for k, g := range s.Words {
			if k >= len(trees[i].Words) {
				break
			}
			w := trees[i].Words[k]
			ok := w.Head == g.Head
			t.word(g, w, ok)
			right := ok && universal(g.Deprel) == universal(w.Deprel)
			c := r.Relations[g.Deprel]
			c.All++
			if right {
				c.Right++
			} else if len(r.Misses) < misses {
				r.Misses = append(r.Misses, Miss{s.ID, g.Form, arc(s.Words, g), arc(s.Words, w)})
			}
			r.Relations[g.Deprel] = c
		}
	}
	t.gold, t.got = r.Words, r.Words
	r.Scores = t.scores()
	if spent > 0 {
		r.TokensPerSecond = float64(r.Words) / spent
	}
}

func arc(words []syntax.Word, w syntax.Word) string {
	head := "ROOT"
	if w.Head >= 0 && w.Head < len(words) {
		head = words[w.Head].Form
	}
	return w.Deprel + "(" + head + ")"
}

// scoreRaw splits the rebuilt text and aligns by place.
func scoreRaw(r *Result, all []Sentence, p Parser) {
	text, sentences, words := rawText(all)
	doc := prose.Split(text, "en")
	goldSent := map[story.Span]bool{}
	for _, s := range sentences {
		goldSent[s] = true
	}
	goldWord := make(map[story.Span]int, len(words))
	for i, w := range words {
		if _, twice := goldWord[w.Span]; !twice {
			goldWord[w.Span] = i
		}
	}
	placeOf := func(sentence, word int) story.Span { return story.Span{Start: sentence, End: word} }
	spanOf := make(map[story.Span]story.Span, len(words))
	for _, w := range words {
		spanOf[placeOf(w.sentence, w.word)] = w.Span
	}
	var t tally
	rightSent, rightTok := 0, 0
	for _, s := range doc.Sentences {
		if goldSent[s.Span] {
			rightSent++
		}
		tree := p.Parse(s)
		t.got += len(s.Tokens)
		for k, tok := range s.Tokens {
			i, ok := goldWord[tok.Span]
			if !ok {
				continue
			}
			rightTok++
			g := all[words[i].sentence].Words[words[i].word]
			var head bool
			switch h := tree.Words[k].Head; {
			case g.Head < 0 || h < 0:
				head = g.Head < 0 && h < 0
			default:
				head = spanOf[placeOf(words[i].sentence, g.Head)] == s.Tokens[h].Span
			}
			t.word(g, tree.Words[k], head)
		}
	}
	t.gold = len(words)
	r.Raw = t.scores()
	r.SentenceF1 = f1(rightSent, len(doc.Sentences), len(sentences))
	r.TokenF1 = f1(rightTok, t.got, t.gold)
}

func f1(right, got, gold int) float64 {
	if got+gold == 0 {
		return 0
	}
	return 200 * float64(right) / float64(got+gold)
}
