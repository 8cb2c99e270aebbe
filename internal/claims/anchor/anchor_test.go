package anchor

import (
	"slices"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/claims/clause"
	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/syntax"
	"github.com/reportedly/reportedly/internal/story"
)

// sentence of words with a head and relation each: "flew/-1/root".
func sentence(words ...string) (string, prose.Sentence, *clause.Sentence) {
	var src prose.Sentence
	var tree syntax.Tree
	text := ""
	heads := map[string]int{}
	for i, w := range words {
		heads[strings.Split(w, "/")[0]] = i
	}
	for i, w := range words {
		f := strings.Split(w, "/")
		if i > 0 && f[0] != "," {
			text += " "
		}
		at := story.Span{Start: len(text), End: len(text) + len(f[0])}
		text += f[0]
		src.Tokens = append(src.Tokens, prose.Token{Span: at, Text: f[0]})
		head := -1
		if f[1] != "-" {
			head = heads[f[1]]
		}
		tree.Words = append(tree.Words, syntax.Word{Form: f[0], Lemma: f[0], UPOS: "VERB", Head: head, Deprel: f[2]})
	}
	src.Span = story.Span{Start: 0, End: len(text)}
	return text, src, clause.New(tree, clause.Words{})
}

func TestParts(t *testing.T) {
	text, src, cl := sentence("Varga/flew/nsubj", "flew/-/root", "off/flew/advmod", ",/returning/punct", "before/returning/mark", "returning/flew/advcl", "home/returning/advmod", "and/selling/cc", "selling/flew/conj")
	spans := func(ws ...string) (out []story.Span) {
		for _, w := range ws {
			i := strings.Index(text, w)
			out = append(out, story.Span{Start: i, End: i + len(w)})
		}
		return out
	}
	for _, c := range []struct{ triggers, want []string }{
		{[]string{"flew", "returning"}, []string{"Varga flew off", "before returning home and selling"}},
		{[]string{"selling", "flew"}, []string{"and selling", "Varga flew off, before returning home"}},
		{[]string{"flew"}, []string{text}},
		{[]string{"flew", "flew"}, []string{text, text}},
	} {
		var got []string
		for _, p := range Parts(text, src, cl, spans(c.triggers...)) {
			got = append(got, p.Of(text))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, not %q", c.triggers, got, c.want)
		}
	}
	if got := Parts(text, src, cl, []story.Span{{Start: 900, End: 901}, {Start: 0, End: 5}}); got[0] != src.Span || got[1] != src.Span {
		t.Errorf("a trigger of another sentence: %v", got)
	}
}
