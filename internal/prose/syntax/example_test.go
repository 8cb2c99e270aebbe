package syntax_test

import (
	"fmt"

	"github.com/reportedly/reportedly/internal/prose"
	"github.com/reportedly/reportedly/internal/prose/syntax"
)

func ExampleParser_Parse() {
	parser, err := syntax.Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	d := prose.Split("The rifles were not delivered by the company.", "en")
	t := parser.Parse(d.Sentences[0])
	v := t.Root()
	g := t.VerbGroup(v)
	fmt.Println(t.Words[v].Lemma, g.Past, g.Passive, g.Negation >= 0)
	fmt.Println(t.NounPhrase(t.Actor(v)).Span(d.Sentences[0]).Of(d.Text))
	fmt.Println(t.NounPhrase(t.Patient(v)).Span(d.Sentences[0]).Of(d.Text))
	// Output:
	// deliver true true true
	// the company
	// The rifles
}
