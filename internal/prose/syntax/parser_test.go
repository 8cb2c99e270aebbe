package syntax

import (
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/prose"
)

func parser(t testing.TB) *Parser {
	t.Helper()
	p, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func checkTree(t *testing.T, tree Tree, n int) {
	t.Helper()
	if len(tree.Words) != n {
		t.Fatalf("%d words for %d tokens", len(tree.Words), n)
	}
	roots := 0
	for i, w := range tree.Words {
		if w.Head < 0 {
			roots++
		}
		k, steps := i, 0
		for ; k >= 0 && steps <= n; steps++ {
			k = tree.Words[k].Head
		}
		if steps > n {
			t.Fatalf("word %d %q hangs in a ring", i, w.Form)
		}
		if (w.Deprel == "root") != (w.Head < 0) {
			t.Errorf("word %d %q: %s of %d", i, w.Form, w.Deprel, w.Head)
		}
	}
	if n > 0 && roots != 1 {
		t.Errorf("%d roots", roots)
	}
}

func TestEveryTextGivesATree(t *testing.T) {
	p := parser(t)
	for _, text := range []string{
		"Go!", "\"", "a b c d e f", ") ) ( (", "\xff \xfe", "1 2 3 4 5 6 7",
		strings.Repeat("The ship left the port , and ", 200) + "stopped.",
		strings.Repeat("word ", 700),
	} {
		for _, s := range prose.Split(text, "en").Sentences {
			checkTree(t, p.Parse(s), len(s.Tokens))
		}
	}
	checkTree(t, p.Parse(prose.Sentence{}), 0)
}

func FuzzParse(f *testing.F) {
	f.Add("General Brandt flew to Sandhaven on Monday.")
	f.Add("x . ! ? ( ) ’s n't")
	p := parser(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range prose.Split(text, "en").Sentences {
			checkTree(t, p.Parse(s), len(s.Tokens))
		}
	})
}

func FuzzReadModel(f *testing.F) {
	f.Add([]byte("x"))
	f.Add(english[:1000])
	f.Fuzz(func(t *testing.T, b []byte) {
		if m, err := ReadModel(b); err == nil {
			NewParser(m).Parse(prose.Split("The ship left.", "en").Sentences[0])
		}
	})
}

func BenchmarkParse(b *testing.B) {
	p := parser(b)
	var all []prose.Sentence
	all = append(all, prose.Split("Maj. Gen. Ola Brandt flew to the port city of Sandhaven on Monday aboard a military aircraft, two officials said. The ministry declined to comment on the report, which was first published by a local newspaper. He denied it.", "en").Sentences...)
	n := 0
	for _, s := range all {
		n += len(s.Tokens)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range all {
			p.Parse(s)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "tokens/s")
}
